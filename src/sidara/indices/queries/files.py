"""Files of villages: computed, explained, changed, led to a goal. Nothing is written or stored."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara import tables
from sidara.indices import core
from sidara.indices.core import keys
from sidara.indices.core.compute import known_columns, needed_columns
from sidara.indices.core.costs import Costs
from sidara.indices.core.path import Goal, Paths, paths
from sidara.indices.core.sensitivity import SHARES, Sensitivity, sensitivity
from sidara.indices.core.whatif import Change, WhatIf, whatif
from sidara.indices.formats import changes_file, costs_file
from sidara.indices.queries.definitions import READ
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding, Place, Severity
from sidara.regions import queries as regions
from sidara.regions.core import KEMENDAGRI, bare


@dataclass(frozen=True, slots=True)
class Computation:
    """What came of a file: `read` = `computed` + `rejected` rows; `frame` is `None` when it is refused."""

    read: int
    computed: int
    rejected: int
    depth: core.Depth | None
    frame: pl.DataFrame | None
    findings: tuple[Finding, ...]


def compute_file(
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    scheme: str | None = None,
) -> Computation:
    """Compute a file of villages (see `tables.read` for formats). Nothing is written or stored.

    Codes that the register of areas does not know are told, not rejected. A bare code that may be the code of
    another village in another scheme is asked back (its row is rejected), unless `scheme` is stated or the
    other codes of the file leave no doubt. A file without the columns of one whole level is refused.
    """
    if scheme not in {None, KEMENDAGRI}:
        return Computation(0, 0, 0, None, None, (_other_scheme(str(scheme)),))
    reading = _table(actor, index, source, format)
    if scheme is None:
        reading = _without(reading, _asked(actor, reading))
    if reading.table is None:
        return Computation(0, 0, 0, None, None, reading.findings)
    frame = reading.table.frame
    made = core.compute(index, frame, _known(actor, frame))
    rejected = len(made.rejected) + len(reading.rejected_lines)
    computed = made.frame.height
    findings = (*reading.findings, *_in_sheet(made.findings, reading.table.sheet))
    return Computation(computed + rejected, computed, rejected, made.depth, made.frame, findings)


def explain_row(  # noqa: PLR0913 - the options of the command
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    *,
    code: str,
    year: int,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> core.Explanation | tuple[Finding, ...]:
    """Explain one village and year of a file; findings when the file or the row is refused or absent."""
    reading = _read(actor, index, source, format)
    if reading.table is None:
        return reading.findings
    if asked := _asked_of(actor, reading.table.frame, [code]):
        return asked
    frame = keys.with_keys(reading.table.frame)
    row = frame.filter((pl.col(keys.BARE) == bare(code)) & (pl.col(keys.YEAR_NUMBER) == year)).head(1)
    if row.is_empty():
        return (_absent(code, year),)
    return core.explain(index, row.drop(keys.BARE, keys.YEAR_NUMBER))


def whatif_file(  # noqa: PLR0913 - the options of the command
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    changes: Sequence[Change],
    *,
    changes_from: Path | None = None,
    under: str | None = None,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> WhatIf | tuple[Finding, ...]:
    """Change a file of villages and compare (see `core.whatif`); findings when a file is refused.

    The changes of the file `changes_from` come first, `changes` after them; a later one wins.
    """
    reading = _read(actor, index, source, format)
    if reading.table is None:
        return reading.findings
    listed: tuple[Change, ...] = ()
    if changes_from is not None:
        listed, findings = changes_file.read(changes_from)
        if any(one.severity is Severity.ERROR for one in findings):
            return findings
    frame = reading.table.frame
    told = (*(one.code for one in (*listed, *changes)), *((under,) if under else ()))
    if asked := _asked_of(actor, frame, told):
        return asked
    return whatif(index, frame, [*listed, *changes], under=under, known=_known(actor, frame))


@dataclass(frozen=True, slots=True)
class PathSearch:
    """Paths of a file: the rows read and rejected (`frame` rows only), the costs used, the paths."""

    read: int
    costs: Costs
    found: Paths
    findings: tuple[Finding, ...]


def paths_file(  # noqa: PLR0913 - the options of the command
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    goal: Goal,
    *,
    costs_from: Path | None = None,
    unit: str = "biaya",
    fixed: Collection[str] = (),
    codes: Sequence[str] = (),
    year: int | None = None,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> PathSearch | tuple[Finding, ...]:
    """Find the cheapest paths of villages of a file (see `core.path`); findings when a file is refused.

    `codes`: only villages with these codes or in these areas; one that is nowhere is told. `year`: only
    that year, else the newest of each village. `fixed` items are added to those of `costs_from`; `unit`
    is the word for its costs.
    """
    reading = _read(actor, index, source, format)
    if reading.table is None:
        return reading.findings
    if asked := _asked_of(actor, reading.table.frame, codes):
        return asked
    costs = Costs()
    said = list(reading.findings)
    if costs_from is not None:
        priced, findings = costs_file.read(costs_from, index, unit=unit)
        if priced is None:
            return findings
        costs = priced
        said += findings
    costs = replace(costs, fixed=costs.fixed | frozenset(fixed))
    frame, told = _chosen(keys.with_keys(reading.table.frame), codes, year)
    said += told
    if frame.is_empty():
        return tuple(said)
    found = paths(index, frame, goal, costs, _known(actor, frame))
    return PathSearch(frame.height, costs, found, (*said, *_in_sheet(found.findings, reading.table.sheet)))


def _chosen(
    keyed: pl.DataFrame, codes: Sequence[str], year: int | None
) -> tuple[pl.DataFrame, list[Finding]]:
    """Choose rows by code or area and by year; the newest of each village where no year is asked."""
    said = []
    if codes:
        is_asked = []
        for code in codes:
            one = pl.col(keys.BARE).str.starts_with(bare(code)).fill_null(value=False)
            is_asked.append(one)
            if keyed.filter(one).is_empty():
                said.append(_absent(code, year))
        keyed = keyed.filter(pl.any_horizontal(is_asked))
    if year is not None:
        frame = keyed.filter(pl.col(keys.YEAR_NUMBER) == year)
        if frame.is_empty() and not keyed.is_empty():
            said.append(_absent(", ".join(codes) or "mana pun", year))
    else:
        newest = pl.col(keys.YEAR_NUMBER).max().over(keys.BARE)
        is_newest = (pl.col(keys.YEAR_NUMBER) == newest).fill_null(value=True)
        frame = keyed.filter(is_newest)
    older = keyed.height - frame.height
    if older and year is None:
        said.append(
            Finding(
                "YEAR_NEWEST",
                f"{older} baris tahun yang lebih lama tidak dipakai; tiap desa memakai tahun terbarunya.",
                "Sebutkan tahunnya untuk memakai tahun lain.",
                Severity.INFO,
            )
        )
    return frame.drop(keys.BARE, keys.YEAR_NUMBER), said


def sensitivity_file(
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    *,
    shares: Sequence[Fraction] = SHARES,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> Sensitivity | tuple[Finding, ...]:
    """Tell what the statuses of a file hang on (see `core.sensitivity`); findings when it is refused."""
    reading = _read(actor, index, source, format)
    if reading.table is None:
        return reading.findings
    frame = reading.table.frame
    return sensitivity(index, frame, shares, _known(actor, frame))


def _known(actor: Actor, frame: pl.DataFrame) -> Collection[str]:
    """Give the codes of a table that the register of areas knows."""
    asked = {code for code in keys.with_keys(frame)[keys.BARE].unique() if code is not None}
    return regions.known_codes(actor, asked)


def _absent(code: str, year: int | None) -> Finding:
    when = f" tahun {year}" if year is not None else ""
    return Finding(
        "VILLAGE_ABSENT",
        f"Desa {code}{when} tidak ada dalam berkas.",
        "Periksa kode desa dan tahunnya.",
        Severity.ERROR,
        Place(column=keys.CODE),
        code,
    )


def _read(
    actor: Actor, index: core.Definition, source: Path | BinaryIO, chosen: str | None
) -> tables.Reading:
    """Read a file; one with a code that must be asked back is refused."""
    reading = _table(actor, index, source, chosen)
    asked = _asked(actor, reading)
    return tables.Reading(None, (*reading.findings, *asked)) if asked else reading


def _table(
    actor: Actor, index: core.Definition, source: Path | BinaryIO, chosen: str | None
) -> tables.Reading:
    require(actor, READ)
    return tables.read(
        source,
        format=chosen,
        required=(keys.CODE, keys.YEAR),
        one_of=needed_columns(index),
        known=known_columns(index),
    )


def _asked(actor: Actor, reading: tables.Reading) -> tuple[Finding, ...]:
    """Give a finding for each row whose bare code may mean two villages."""
    if reading.table is None or keys.CODE not in reading.table.frame.columns:
        return ()
    rows = reading.table.frame.select(tables.LINE, keys.CODE).drop_nulls()
    found = regions.asked_back(actor, set(rows[keys.CODE]))
    return tuple(
        keys.error(found[code].code, found[code].message, found[code].remedy, line, keys.CODE, code)
        for line, code in rows.iter_rows()
        if code in found
    )


def _asked_of(actor: Actor, frame: pl.DataFrame, codes: Iterable[str]) -> tuple[Finding, ...]:
    """Ask back about bare codes beside a file that may mean two villages, unless it writes them so."""
    written = set(frame[keys.CODE]) if keys.CODE in frame.columns else set()
    bare = {code.strip() for code in codes if "." not in code} - written
    found = (regions.ambiguity(actor, code) for code in sorted(bare) if code.isdecimal())
    return tuple(one for one in found if one is not None)


def _without(reading: tables.Reading, asked: Sequence[Finding]) -> tables.Reading:
    """Reject the rows that are asked back."""
    if reading.table is None or not asked:
        return reading
    lines = [one.place.line for one in asked if one.place.line is not None]
    kept = reading.table.frame.filter(~pl.col(tables.LINE).is_in(lines))
    rejected = tuple(sorted({*reading.rejected_lines, *lines}))
    return tables.Reading(replace(reading.table, frame=kept), (*reading.findings, *asked), rejected)


def _other_scheme(scheme: str) -> Finding:
    return Finding(
        "SCHEME_WRONG",
        f"Indeks dihitung menurut kode {KEMENDAGRI}, bukan {scheme}.",
        "Ubah dahulu kodenya menjadi kode Kemendagri.",
        place=Place(column="scheme"),
        value=scheme,
    )


def _in_sheet(findings: Sequence[Finding], sheet: str | None) -> tuple[Finding, ...]:
    if sheet is None:
        return tuple(findings)
    return tuple(
        Finding(
            one.code,
            one.message,
            one.remedy,
            one.severity,
            Place(one.place.line, one.place.column, sheet, one.place.file),
            one.value,
        )
        for one in findings
    )
