"""From the rows of a file to cells: keys read, values typed; what cannot be read is said with its line.

A row is a cell: `form, region, period, row, variable, breakdown, state, value, explanation`. An empty state
with a value is `nilai`; an empty cell is not sent. States may be written with blanks (`tidak ada`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import polars as pl

from sidara.checks.core.book import Item, RuleBook, Type
from sidara.checks.core.cell_table import COLUMNS
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL, canonical
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place

REQUIRED = ("form", "region", "period", "variable", "value")
KNOWN = (*REQUIRED, "row", "breakdown", "state", "explanation")
"""Columns of a file of cells; `explanation` is kept by those who collect, judging does not read it."""
MOST_DIGITS = 18
_REGION = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_TRUTHS = {"true": "true", "false": "false", "ya": "true", "tidak": "false"}


@dataclass(frozen=True, eq=False)
class Read:
    """Cells as `COLUMNS` say; `rejected` rows could not be read, `findings` say why. `sent` is all rows."""

    cells: pl.DataFrame
    rejected: int
    sent: int
    findings: tuple[Finding, ...]


def read_rows(rows: Iterable[tuple[int, Mapping[str, str | None]]], book: RuleBook) -> Read:
    """Read rows (line, column -> text). A key that stands twice: all of its rows are rejected."""
    made: dict[tuple[str, ...], list[tuple[int, tuple[str | None, ...]]]] = {}
    findings: list[Finding] = []
    sent = bad = 0
    for line, row in rows:
        given = {name: (row.get(name) or "").strip() for name in KNOWN}
        if not given["value"] and not given["state"]:
            continue
        sent += 1
        cell = _cell(given, book)
        if isinstance(cell, Finding):
            findings.append(_at(cell, line))
            bad += 1
            continue
        made.setdefault(tuple(str(part) for part in cell[:5]), []).append((line, cell))
    good = []
    for found in made.values():
        if len(found) == 1:
            good.append(found[0][1])
            continue
        lines = ", ".join(str(line) for line, _ in found)
        say = f"Sel ini tertulis {len(found)} kali (baris {lines})."
        place = Place(line=found[0][0], column="variable")
        findings.append(Finding("CELL_TWICE", say, "Sisakan satu baris.", place=place))
        bad += len(found)
    cells = pl.DataFrame(good, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return Read(cells, bad, sent, tuple(sorted(findings, key=lambda one: one.place.line or 0)))


def _at(finding: Finding, line: int) -> Finding:
    place = Place(line=line, column=finding.place.column)
    return Finding(finding.code, finding.message, finding.remedy, place=place, value=finding.value)


def _fault(code: str, message: str, remedy: str, column: str, value: str) -> Finding:
    return Finding(code, message, remedy, place=Place(column=column), value=value)


def _cell(given: Mapping[str, str], book: RuleBook) -> tuple[str | None, ...] | Finding:
    """Give the key, the state and the value of a row, or what is wrong with it."""
    found = next(_key_faults(given, book), None)
    if found is not None:
        return found
    state = given["state"].replace(" ", "_") or State.VALUE.value
    breakdown = canonical(given["breakdown"])
    key = (given["region"], given["period"], given["row"], given["variable"], breakdown)
    if state != State.VALUE.value:
        if given["value"]:
            say = f"Keadaan {given['state']} tidak boleh bersama nilai {given['value']}."
            return _fault("CELL_STATE", say, "Kosongkan nilainya atau keadaannya.", "state", given["state"])
        return (*key, state, None)
    item = book.items.get(given["variable"])
    if item is None:
        say = f"{given['variable']} adalah daftar, bukan isian."
        remedy = "Tulis kolom barisnya, atau keadaan tidak ada."
        return _fault("CELL_VALUE", say, remedy, "value", given["value"])
    value = _value(item, given["value"])
    return value if isinstance(value, Finding) else (*key, state, value)


def _key_faults(given: Mapping[str, str], book: RuleBook) -> Iterator[Finding]:
    """Say what is wrong with the key of a row, the first things first."""
    variable, item = given["variable"], book.items.get(given["variable"])
    if item is None and variable not in book.lists:
        say = f"Isian {variable or '(kosong)'} tidak ada pada kamus."
        yield _fault("CELL_VARIABLE", say, "Periksa kodenya, misalnya KEP_001.", "variable", variable)
        return
    home = (
        item.form if item is not None else next(i.form for i in book.items.values() if i.own_list == variable)
    )
    if given["form"] != home:
        say = f"{variable} diisi pada formulir {home}, bukan {given['form'] or '(kosong)'}."
        yield _fault("CELL_FORM", say, f"Tulis {home}.", "form", given["form"])
    if not _REGION.fullmatch(given["region"]):
        say = f"Kode wilayah {given['region'] or '(kosong)'} bukan kode desa."
        yield _fault("CELL_REGION", say, "Tulis seperti 62.01.02.2016.", "region", given["region"])
    period = periods.parse(given["period"])
    frequency = next(i.frequency for i in book.items.values() if i.form == home)
    if period is None or period.frequency is not frequency:
        say = f"Periode {given['period'] or '(kosong)'} tidak cocok dengan formulir {home}."
        remedy = f"Tulis seperti {periods.containing(frequency, date(2026, 7, 1))}."
        yield _fault("CELL_PERIOD", say, remedy, "period", given["period"])
    if given["state"].replace(" ", "_") not in {"", *State}:
        words = ", ".join(state.words for state in State)
        say = f"Keadaan {given['state']} tidak dikenal."
        yield _fault("CELL_STATE", say, f"Pilih salah satu: {words}.", "state", given["state"])
    if item is not None:
        yield from _place_faults(given, item, book)


def _place_faults(given: Mapping[str, str], item: Item, book: RuleBook) -> Iterator[Finding]:
    if bool(item.own_list) != bool(given["row"]):
        say = f"{item.code} bukan kolom daftar, tetapi berbaris {given['row']}."
        remedy = "Kosongkan kolom row."
        if item.own_list:
            say = f"{item.code} adalah kolom daftar {item.own_list}, tetapi barisnya kosong."
            remedy = "Isi tanda barisnya."
        yield _fault("CELL_ROW", say, remedy, "row", given["row"])
    allowed = book.breakdowns(item)
    if canonical(given["breakdown"]) not in allowed:
        say = f"Rincian {given['breakdown'] or TOTAL} tidak ada bagi {item.code}."
        shown = ", ".join(allowed[:6]) + (" …" if len(allowed) > 6 else "")
        yield _fault("CELL_BREAKDOWN", say, f"Yang ada: {shown}.", "breakdown", given["breakdown"])


def _value(item: Item, text: str) -> str | Finding:
    """Give a value as cells hold it, or what is wrong with it."""
    if not text:
        say = "Keadaan nilai tanpa nilai."
        return _fault("CELL_VALUE", say, "Isi nilainya, atau tulis keadaan lain.", "value", text)
    if item.type.is_number:
        return _number(item, text)
    match item.type:
        case Type.YES_NO:
            return _TRUTHS.get(text.lower()) or _wrong(item, text, "ya atau tidak")
        case Type.DATE:
            return _day(item, text)
        case Type.CHOICE | Type.CHOICES:
            return _options(item, text)
        case _:
            return text


def _day(item: Item, text: str) -> str | Finding:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return _wrong(item, text, "tanggal seperti 2026-11-24")


def _options(item: Item, text: str) -> str | Finding:
    codes = text.split() if item.type is Type.CHOICES else [text]
    if all(code in item.options for code in codes):
        return " ".join(dict.fromkeys(codes))
    several = "beberapa dari" if item.type is Type.CHOICES else "salah satu dari"
    return _wrong(item, text, f"{several} {', '.join(item.options)}")


def _number(item: Item, text: str) -> str | Finding:
    try:
        number = Decimal(text) if _NUMBER.fullmatch(text) else None
    except InvalidOperation:
        number = None
    if number is None:
        return _wrong(item, text, "angka seperti 1250 atau 12.5, tanpa titik ribuan")
    if len(number.as_tuple().digits) > MOST_DIGITS:
        return _wrong(item, text, f"angka paling banyak {MOST_DIGITS} angka")
    return str(number)


def _wrong(item: Item, text: str, wanted: str) -> Finding:
    say = f"{item.name} ({item.code}) berisi {text[:40]}, seharusnya {wanted}."
    return _fault("CELL_VALUE", say, "Betulkan nilainya.", "value", text[:200])
