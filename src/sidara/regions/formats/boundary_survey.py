"""From an opened file to a survey: codes by column, the account, polygons judged and made a coverage."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.regions.core.boundaries import columns, coverage
from sidara.regions.core.boundaries.account import Account, reconcile
from sidara.regions.core.boundaries.layer import Rules, Survey
from sidara.regions.core.code import LENGTHS
from sidara.regions.core.naming import Reading, search_key
from sidara.regions.core.region import Level
from sidara.regions.formats import boundary_file

type AskedBack = Callable[[Collection[str], Collection[str]], Mapping[str, Finding]]

NOTHING = np.empty(0, dtype=object)


def survey(  # noqa: PLR0913 - each rule has its own name
    file: Path,
    register: pl.DataFrame,
    *,
    on: date | None,
    layer: str | None,
    with_gaps: bool,
    rules: Rules,
    reading: Reading,
    asked_back: AskedBack,
) -> Survey:
    """Read and judge a file against the register of a day (region_id, code, level, name). Keeps nothing.

    `asked_back` says which of the codes as written may mean two places.
    """
    register = register.with_columns(search_key=search_key(pl.col("name"), reading))
    opened = boundary_file.read(file, layer=layer, country=rules.country)
    if not opened.columns and opened.findings:
        return Survey(file.name, "", Account(), (), NOTHING, opened.findings)
    chosen = columns.choose(list(opened.columns), rules.sets)
    if chosen is None:
        return Survey(
            file.name, "", Account(), (), NOTHING, (*opened.findings, _no_column(opened, file, rules))
        )
    findings = list(opened.findings)
    rows = [
        dict(zip(opened.columns, values, strict=True))
        for values in zip(*opened.columns.values(), strict=True)
    ]
    codes, faults = _codes(rows, chosen)
    findings += faults
    places = [Place(line=line, column=chosen.code) for line in range(1, len(rows) + 1)]
    findings += coverage.faults_of_shapes(opened.shapes, places, rules.country)
    whole = [code for code in codes if code is not None]
    account = reconcile(
        whole,
        _names(rows, codes, chosen, reading),
        register,
        likeness=rules.likeness,
        unlike=rules.unlike,
        unknown=rules.unknown,
    )
    findings += _findings(account, codes, chosen.code)
    if not account.is_scheme_doubted:
        findings += _ambiguous(rows, codes, chosen, account, asked_back)
    if any(one.severity is Severity.ERROR for one in findings):
        return Survey(file.name, chosen.set_name, account, (), NOTHING, tuple(findings))
    order = {code: at for at, code in enumerate(codes)}
    shapes = opened.shapes[[order[code] for code in account.matched]]
    covered = coverage.cover(shapes, account.matched, narrow=rules.narrow, with_gaps=with_gaps)
    findings += covered.findings
    ids = dict(register.select("code", "region_id").iter_rows())
    return Survey(
        file.name,
        chosen.set_name,
        account,
        account.matched,
        covered.shapes,
        tuple(findings),
        tuple(ids[code] for code in account.matched),
        on,
    )


def _no_column(opened: boundary_file.Opened, file: Path, rules: Rules) -> Finding:
    """Say that no column holds codes, and which would."""
    there = ", ".join(list(opened.columns)[:12]) or "tidak ada kolom"
    wanted = ", ".join(one.code[0] for one in rules.sets)
    return Finding(
        "BOUNDARY_COLUMN",
        f"Tidak ada kolom kode desa. Kolom di berkas: {there}.",
        f"Beri nama kolom kodenya salah satu dari: {wanted}. Nama desa saja tidak cukup.",
        place=Place(file=file.name),
    )


def _codes(
    rows: Sequence[Mapping[str, Any]], chosen: columns.Chosen
) -> tuple[list[str | None], list[Finding]]:
    """Read the village code of each row; what is none is found."""
    codes: list[str | None] = []
    findings = []
    for line, row in enumerate(rows, 1):
        text = columns.plain(row[chosen.code])
        place = Place(line=line, column=chosen.code)
        code = columns.read_code(row, chosen)
        if columns.is_placeholder(text):
            findings.append(
                Finding(
                    "BOUNDARY_CODE_PLACEHOLDER",
                    f"Kodenya {text or 'kosong'}, hanya pengganti.",
                    "Isi kode Kemendagri desanya, atau hapus baris yang bukan desa (danau, hutan).",
                    place=place,
                    value=text,
                )
            )
            code = None
        elif code is None:
            findings.append(
                Finding(
                    "BOUNDARY_CODE_SHAPE",
                    f"{text} bukan kode wilayah Kemendagri.",
                    "Tulis 10 angka, dengan atau tanpa titik: 62.01.02.2016 atau 6201022016.",
                    place=place,
                    value=text,
                )
            )
        elif len(code) != LENGTHS[Level.VILLAGE]:
            findings.append(
                Finding(
                    "BOUNDARY_CODE_LEVEL",
                    f"{code} bukan kode desa atau kelurahan.",
                    "Muat batas desa; batas kecamatan dan kabupaten dibentuk SIDARA dari batas desa.",
                    place=place,
                    value=code,
                )
            )
            code = None
        codes.append(code)
    return codes, findings


def _names(
    rows: Sequence[Mapping[str, Any]],
    codes: Sequence[str | None],
    chosen: columns.Chosen,
    reading: Reading,
) -> pl.DataFrame:
    """Give the names that the file has, with their search keys: code, name, search_key."""
    label = chosen.label
    pairs = [
        (code, columns.plain(row[label]))
        for code, row in zip(codes, rows, strict=True)
        if label is not None and code is not None and columns.plain(row[label])
    ]
    frame = pl.DataFrame(pairs, schema={"code": pl.String, "name": pl.String}, orient="row")
    return frame.with_columns(search_key(pl.col("name"), reading).alias("search_key"))


def _ambiguous(
    rows: Sequence[Mapping[str, Any]],
    codes: Sequence[str | None],
    chosen: columns.Chosen,
    account: Account,
    asked_back: AskedBack,
) -> list[Finding]:
    """Ask back about bare codes that mean two places, but for those that their name bears out."""
    unlike = {code for code, _, _ in account.unlike}
    written: dict[str, int] = {}
    denied = set()
    for line, (row, code) in enumerate(zip(rows, codes, strict=True), 1):
        text = columns.plain(row[chosen.code])
        if code in unlike:
            denied.add(text)
        if code in unlike or chosen.label is None or not row[chosen.label]:
            written.setdefault(text, line)
    sure = {columns.plain(row[chosen.code]) for row in rows}
    return [
        replace(finding, place=Place(line=written[text], column=chosen.code))
        for text, finding in asked_back(sure, denied).items()
        if text in written
    ]


def _findings(account: Account, codes: Sequence[str | None], column: str) -> list[Finding]:
    """Say what the account means for the file."""
    found = []
    if account.is_scheme_doubted:
        found.append(
            Finding(
                "BOUNDARY_CODE_SCHEME",
                f"Kodenya tampaknya bukan kode Kemendagri: {format_number(len(account.extra))} tidak dikenal,"
                f" {format_number(len(account.unlike))} menunjuk desa lain dari namanya.",
                "Mungkin kode BPS. Ganti dengan kode Kemendagri; kode BPS tidak pernah dibaca sebagai kode"
                " Kemendagri.",
                place=Place(column=column),
                value=(account.extra or tuple(code for code, _, _ in account.unlike))[0],
            )
        )
    elif not account.matched and any(codes):
        found.append(
            Finding(
                "BOUNDARY_NONE",
                "Tidak satu pun kodenya ada di daftar wilayah.",
                "Muat dulu provinsinya: sidara regions load --province KODE.",
                place=Place(column=column),
                value=account.extra[0],
            )
        )
    lines: dict[str, list[int]] = {}
    for line, code in enumerate(codes, 1):
        if code is not None:
            lines.setdefault(code, []).append(line)
    found += [
        Finding(
            "BOUNDARY_CODE_DUPLICATE",
            f"Kode {code} tertulis di {len(lines[code])} baris: {', '.join(map(str, lines[code][:5]))}.",
            "Gabungkan bidangnya menjadi satu baris (Dissolve), atau perbaiki kodenya.",
            place=Place(line=lines[code][-1], column=column),
            value=code,
        )
        for code in account.duplicate
    ]
    if account.is_scheme_doubted:
        return found
    found += [
        Finding(
            "BOUNDARY_NAME",
            f"{code} di berkas bernama {there}, di daftar wilayah {here}.",
            "Periksa apakah kodenya benar.",
            severity=Severity.WARNING,
            place=Place(line=lines[code][0], column=column),
            value=there,
        )
        for code, there, here in account.unlike
    ]
    return found
