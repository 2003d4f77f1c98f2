"""Cases of the alignment: small tables in JSON, and the findings of each in the same shape.

A case: `{"id", "uji", "konteks": {…}, "tabel": {…}}` with the tables of `alignment_rows`; a file is a list of
cases, or `{"kasus": […]}`. A table that is not named is empty; `harapan` of a case is not read. Faults name
case, table, row and field.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.alignment import CHECKS, Context, Found, Kinds, Rules, Value
from sidara.programmes.core.alignment.rows import Tables
from sidara.programmes.core.codes.nomenclature import Nomenclature
from sidara.programmes.core.words import Level, PlanKind
from sidara.programmes.formats.alignment_rows import tables_of
from sidara.programmes.formats.json_values import (
    Wrong,
    day_of,
    mapping_of,
    maybe_number,
    maybe_year,
    money_of,
    required_of,
    text_of,
    years_of,
    yes_of,
)

SEVERITIES = {
    Severity.ERROR: "galat",
    Severity.WARNING: "peringatan",
    Severity.INFO: "info",
    Severity.NOT_EVALUATED: "tidak_dinilai",
}
"""The words of a case for severities."""
CODE_PREFIX = "SIN_"


@dataclass(frozen=True, slots=True)
class Case:
    """A case that could be read; `checks` are codes of the product, empty = all."""

    id: str
    checks: tuple[str, ...]
    tables: Tables
    context: Context


@dataclass(frozen=True, slots=True)
class Base:
    """What every case stands on: rules, lists, and the day of a case that names none."""

    rules: Rules
    day: date
    kinds: Kinds
    nomenclature: Nomenclature | None


@dataclass(slots=True)
class Reading:
    """Cases in their order with the faults of those that could not be read; `is_list`: the file is one."""

    is_list: bool = False
    cases: list[Case] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(content: bytes, base: Base, *, file: str = "") -> Reading:
    """Read the cases of a file; what is no case becomes a finding, and so does a field nobody knows."""
    made = Reading()
    try:
        whole = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        line = fault.lineno if isinstance(fault, json.JSONDecodeError) else None
        made.findings.append(
            Finding(
                "ALIGNMENT_NOT_JSON",
                "Berkas ini bukan JSON yang dapat dibaca.",
                "Simpan sebagai JSON (UTF-8) berisi daftar kasus.",
                place=Place(line=line, file=file or None),
            )
        )
        return made
    rows = whole.get("kasus") if isinstance(whole, dict) and "kasus" in whole else whole
    rows = [rows] if isinstance(rows, dict) and "tabel" in rows else rows
    if not isinstance(rows, list):
        made.findings.append(
            Finding(
                "ALIGNMENT_NO_CASES",
                "Berkas ini tidak berisi daftar kasus.",
                'Tulis daftar [{"id": …, "uji": …, "tabel": {…}}] atau {"kasus": […]}.',
                place=Place(file=file or None),
            )
        )
        return made
    made.is_list = True
    seen: set[str] = set()
    for number, one in enumerate(rows, 1):
        _read_one(made, one, number, base, seen)
    return made


def _no_number(word: str) -> object:
    raise ValueError(word)


def _read_one(made: Reading, one: object, number: int, base: Base, seen: set[str]) -> None:
    name = f"kasus ke-{number}"
    try:
        case = mapping_of(one, name)
        id_ = text_of(case.get("id"), f"{name}, id", required=True)
        name = f"kasus {id_}"
        if id_ in seen:
            raise Wrong(f"{name}, id", "id yang belum dipakai kasus lain", id_)
        seen.add(id_)
        tables, unknown = tables_of(mapping_of(case.get("tabel", {}), f"{name}, tabel"), name)
        context = _context(mapping_of(case.get("konteks", {}), f"{name}, konteks"), name, base, tables)
        made.cases.append(Case(id_, _checks(case.get("uji"), name), tables, context))
    except Wrong as fault:
        told = f" (tertulis {_short(fault.value)})" if fault.value is not None else ""
        made.findings.append(
            Finding(
                "ALIGNMENT_CASE_INVALID",
                f"{fault.where[:1].upper()}{fault.where[1:]}: diharapkan {fault.expected}{told}.",
                "Kasus ini tidak dihitung; perbaiki lalu jalankan lagi.",
                value=None if fault.value is None else _short(fault.value),
            )
        )
        return
    for where in unknown:
        made.findings.append(
            Finding(
                "ALIGNMENT_FIELD_UNKNOWN",
                f"{where[:1].upper()}{where[1:]}: medan ini tidak dikenal dan tidak dibaca.",
                "Periksa ejaannya.",
                Severity.WARNING,
            )
        )


def told(case: Case, findings: Sequence[Found]) -> dict[str, Any]:
    """Give the findings of a case in the shape of `harapan`."""
    return {"id": case.id, "harapan": [_flat(one, is_named=len(case.checks) != 1) for one in findings]}


def _flat(one: Found, *, is_named: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"uji": one.code.removeprefix(CODE_PREFIX)} if is_named else {}
    made |= {"tingkat": SEVERITIES[one.severity], "baris": list(one.rows)}
    if one.value is not None:
        made["nilai"] = _plain(one.value)
    if one.amount_idr is not None:
        made["uang_rp"] = one.amount_idr
    if one.severity is Severity.NOT_EVALUATED:
        made["alasan"] = one.message
    return made


def _plain(value: Value) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


def _short(value: object) -> str:
    words = str(value)
    return words if len(words) <= 60 else words[:57] + "…"


def _checks(value: object, name: str) -> tuple[str, ...]:
    if value is None:
        return ()
    code = CODE_PREFIX + text_of(value, f"{name}, uji").removeprefix(CODE_PREFIX)
    if code not in CHECKS:
        known = ", ".join(one.removeprefix(CODE_PREFIX) for one in CHECKS)
        raise Wrong(f"{name}, uji", f"salah satu dari {known}", value)
    return (code,)


_LEVELS = {
    "data_pusat": Level.CENTRE,
    "data_provinsi": Level.PROVINCE,
    "data_kabupaten": Level.REGENCY,
    "data_desa": Level.VILLAGE,
}


def _context(made: Mapping[str, Any], name: str, base: Base, tables: Tables) -> Context:
    where = f"{name}, konteks"
    day = day_of(made.get("tanggal"), f"{where} tanggal") or base.day
    year = maybe_year(made.get("tahun"), f"{where} tahun") or day.year
    span = years_of(made.get("rpjmd"), f"{where} rpjmd")
    if span and (len(span) != 2 or span[0] > span[1]):
        raise Wrong(f"{where} rpjmd", "dua tahun, yang awal lebih dulu", list(span))
    established = day_of(made.get("rkpd_ditetapkan"), f"{where} rkpd_ditetapkan")
    versions = mapping_of(made.get("peta_versi", {}), f"{where} peta_versi")
    parameters = {
        key: maybe_number(one, f"{where} parameter {key}")
        for key, one in mapping_of(made.get("parameter", {}), f"{where} parameter").items()
    }
    return Context(
        rules=base.rules,
        year=year,
        day=day,
        kinds=base.kinds,
        nomenclature=base.nomenclature,
        versions={old: required_of(new, f"{where} peta_versi") for old, new in versions.items()},
        periods={"": (span[0], span[1])} if span else {},
        rkpd_dates={"": established} if established else {},
        parameters={None: parameters},
        forms=_forms(mapping_of(made.get("formulir", {}), f"{where} formulir"), where, year, tables),
        missing=frozenset(
            level for key, level in _LEVELS.items() if key in made and not yes_of(made[key], f"{where} {key}")
        ),
    )


def _forms(
    made: Mapping[str, Any], where: str, year: int, tables: Tables
) -> dict[tuple[str, int], dict[str, int]]:
    """Give the figures of the forms to the village whose APBDes the case holds, else to a nameless one."""
    figures = {
        key: amount
        for key, one in made.items()
        if (amount := money_of(one, f"{where} formulir {key}")) is not None
    }
    if not figures:
        return {}
    keys = {
        (one.area or one.owner, one.year) for one in tables.plan_lines if one.plan is PlanKind.APBDES
    } or {("", year)}
    return dict.fromkeys(sorted(keys), figures)
