"""Before and after, for example the Rakernis: two runs beside each other, check by check."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sidara.programmes.core.alignment import Rules
from sidara.programmes.queries.alignment import FindingRow, RunRow
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.alignment import words
from sidara.web.pages.alignment.asked import Asked
from sidara.web.pages.alignment.found import money
from sidara.web.pages.alignment.money import rupiah
from sidara.web.pages.parts import Option

TWO = 2
type Short = Mapping[str, tuple[str, int]]
"""The findings of a run by key: check and rupiah."""


@dataclass(frozen=True)
class Compared:
    """Two runs beside each other, and those among which a reader chooses."""

    figure: Figure
    first: Sequence[Option]
    last: Sequence[Option]


@dataclass(frozen=True)
class _Side:
    """A run as it concerns the area: its findings, and the rupiah of each check."""

    run: RunRow
    found: Short
    money: Mapping[str, int]


def build(
    asked: Asked,
    rules: Rules,
    runs: Sequence[RunRow],
    told: Sequence[FindingRow],
    sources: Sequence[Source],
) -> Compared | None:
    """Compare two runs of one area, by default the oldest with a label (else the oldest) and the newest.

    An area that was not looked at twice by itself takes the runs around it, with its own findings of them.
    """
    own = [one for one in runs if one.area == asked.wilayah]
    is_around = len(own) < TWO
    runs = runs if is_around else own
    if len(runs) < TWO:
        return None
    by_number = {str(one.number): one for one in runs}
    named = [one for one in runs if one.label]
    first = by_number.get(asked.dari) or (named[-1] if named and named[-1] is not runs[0] else runs[-1])
    last = by_number.get(asked.ke) or runs[0]
    here = {one.key: one for one in told} if is_around else None
    before, after = _side(first, here), _side(last, here)
    solved, new = before.found.keys() - after.found.keys(), after.found.keys() - before.found.keys()
    less = sum(before.money.values()) - sum(after.money.values())
    title = _title(len(solved), len(new), less)
    columns = (
        Column("uji", say("Uji")),
        Column("sebelum", say("Sebelum"), is_number=True),
        Column("sesudah", say("Sesudah"), is_number=True),
        Column("selesai", say("Selesai"), is_number=True),
        Column("baru", say("Baru ditemukan"), is_number=True),
        Column("uang_sebelum_rp", say("Uang sebelum"), is_number=True),
        Column("uang_sesudah_rp", say("Uang sesudah"), is_number=True),
    )
    codes = [
        code
        for code in rules.checks
        if any(one[0] == code for one in (*before.found.values(), *after.found.values()))
    ]
    both = before, after
    rows = [_cells(f"{words.short(code)} {rules.checks[code].name}", code, *both) for code in codes]
    foot = _cells(say("Semua"), "", *both)
    said = say("{before} dibandingkan dengan {after}", before=name(first), after=name(last))
    figure = Figure("banding", title, said, Table(columns, tuple(rows), foot), sources)
    offered = ([Option(str(one.number), name(one), one is here) for one in runs] for here in (first, last))
    return Compared(figure, *offered)


def name(one: RunRow) -> str:
    """Name a run by its label and day."""
    day = format_date(one.day)
    return f"{one.label} ({day})" if one.label else say("pemeriksaan {n} ({day})", n=one.number, day=day)


def _side(one: RunRow, here: Mapping[str, FindingRow] | None) -> _Side:
    """Read a run; `here` are the findings of an area by the keys that runs name them by, `None` = all."""
    found = {
        key: (code, amount or 0)
        for key, code, severity, amount in one.summary.get("findings", ())
        if severity in {"error", "warning"} and (here is None or key in here)
    }
    if here is None:
        return _Side(one, found, one.summary.get("money", {}))
    by_check: defaultdict[str, list[FindingRow]] = defaultdict(list)
    for key in found:
        by_check[here[key].code].append(here[key])
    return _Side(one, found, {code: money(rows) for code, rows in by_check.items()})


def _title(solved: int, new: int, less: int) -> str:
    if not solved and not new:
        return say("Temuannya masih sama")
    told = say("{n} temuan selesai, {k} temuan baru", n=format_number(solved), k=format_number(new))
    if less > 0:
        return say("{told}, {money} tidak perlu dibicarakan lagi", told=told, money=rupiah(less))
    return told


def _cells(label: str, code: str, before: _Side, after: _Side) -> tuple[Cell, ...]:
    """Give a line: counts and money of one check (all of them without a code) in both runs."""
    first, last = (
        {key: one for key, one in side.found.items() if not code or one[0] == code}
        for side in (before, after)
    )
    sums = [side.money.get(code, 0) if code else sum(side.money.values()) for side in (before, after)]
    return (
        text_cell(label, language="id" if code else ""),
        number_cell(len(first)),
        number_cell(len(last)),
        number_cell(len(first.keys() - last.keys())),
        number_cell(len(last.keys() - first.keys())),
        *(Cell(amount, rupiah(amount)) for amount in sums),
    )
