"""Headings: where they stand in a sheet, which column each is, and which table they make.

A heading of several rows is joined with ": "; compared are all its endings without case, signs and double
blanks. Numbers of years stand as 1, I, ke-1 or the year itself.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sidara.programmes.core.importing.definition import Column, Need, PlanTable, PlanTables, Type, plain
from sidara.programmes.core.importing.grid import Grid, words_of
from sidara.programmes.core.importing.values import ROMAN

_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_NUMBER = r"(?:ke )?((?:19|20)\d{2}|\d{1,2}|[ivx]{1,4})"
DEEPEST, FARTHEST = 3, 80
"""Rows of one heading, and rows of a sheet among which it is looked for."""
WITHIN = 0
"""The column of cells that stand within another one; no sheet has it."""
LEAST = 3
"""Columns that a heading has at least."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A column of a sheet that is understood: `number` of a repeated one, else 0."""

    column: Column
    number: int = 0
    is_difference: bool = False
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a table stands: first and last row of its heading, its columns, the others by what they say.

    `joined`: columns that hold the parts of one code (`2`, `3`, `10`), by the first of them.
    """

    table: PlanTable
    top: int
    bottom: int
    fits: Mapping[int, Fit]
    names: Mapping[int, str]
    score: float = 0.0
    unknown: tuple[int, ...] = field(default=())
    joined: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[tuple[Column, str], ...]:
        """Required columns that the sheet has not, each with its label; of a repeated one each number."""
        there = {(one.column.key, one.number) for one in self.fits.values()}
        keys = {key for key, _ in there}
        found: list[tuple[Column, str]] = []
        for one in self.table.columns:
            if one.need is not Need.REQUIRED:
                continue
            if one.key not in keys:
                found.append((one, one.label.replace("{n}", "1")))
            elif one.most > 1 and one.type is not Type.TICKS:
                numbers = [at for at in range(1, one.most + 1) if (one.key, at) not in there]
                found += [(one, one.label.replace("{n}", str(at))) for at in numbers]
        return tuple(found)


def find_heading(
    grid: Grid,
    tables: PlanTables,
    *,
    table: str = "",
    year: int | None = None,
    first_year: int | None = None,
) -> tuple[Heading, ...]:
    """Find the headings of a sheet, the best table first; empty where none fits.

    `year`: that of the plan, `first_year` of its period: years in headings are numbered from it, else from
    the earliest that stands there.
    """
    spread = _spread(grid)
    found: list[Heading] = []
    rows = [row for row in sorted(grid.rows) if row <= FARTHEST]
    known = _Vocabulary(tables)
    laid = {
        (top, depth): parts
        for top in rows
        for depth in range(1, DEEPEST + 1)
        if not _is_cut(grid, top, top + depth - 1)
        and known.has(parts := _heading(spread, grid.columns, top, top + depth - 1))
    }
    above = {top: plain(" ".join(text for (row, _), text in spread.items() if row < top)) for top, _ in laid}
    for one in tables.tables:
        best: Heading | None = None
        if not table or one.key == table:
            for (top, depth), parts in laid.items():
                heading = _judge(parts, one, (top, top + depth - 1), above[top], (year, first_year))
                if heading is not None and (best is None or heading.score > best.score):
                    best = heading
        if best is not None:
            found.append(best)
    return tuple(sorted(found, key=lambda heading: -heading.score))


class _Vocabulary:
    """All spellings of all tables, to pass over rows that are surely no heading."""

    def __init__(self, tables: PlanTables) -> None:
        self._words: set[str] = set()
        patterns: set[str] = set()
        for column in (column for one in tables.tables for column in one.columns):
            self._words.update(column.alone, *column.names)
            for spelling in column.spellings:
                if "{n}" in spelling:
                    patterns.add(_pattern(spelling))
                else:
                    self._words.add(_plain_spelling(spelling))
        self._numbered = re.compile("|".join(sorted(patterns)) or r"(?!)")

    def has(self, parts: Mapping[int, tuple[str, ...]]) -> bool:
        """Whether enough columns bear a heading that some table knows (years read as those of a plan)."""
        return sum(map(self._is_known, parts.values())) >= LEAST

    def _is_known(self, some: tuple[str, ...]) -> bool:
        said = list(map(plain, some))
        for at in range(len(said)):
            ending = " ".join(said[at:])
            dated = _YEAR.sub("n", ending)
            if {ending, dated, dated + " 1"} & self._words or self._numbered.fullmatch(ending):
                return True
        return False


def _spread(grid: Grid) -> dict[tuple[int, int], str]:
    """Give the words of the first rows, with merged cells in all that they cover."""
    words = {
        (row, column): words_of(value)
        for row, cells in grid.rows.items()
        if row <= FARTHEST + DEEPEST
        for column, value in cells.items()
    }
    for top, left, bottom, right in grid.merged:
        text = words.get((top, left))
        if text is None or top > FARTHEST or bottom - top > DEEPEST or right - left > 60:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                words[row, column] = text
    return words


def _is_cut(grid: Grid, top: int, bottom: int) -> bool:
    """Whether a merged heading of these rows goes on below them."""
    return any(first <= bottom < last <= top + DEEPEST for first, _, last, _ in grid.merged if first >= top)


def _heading(
    words: Mapping[tuple[int, int], str], columns: Sequence[int], top: int, bottom: int
) -> dict[int, tuple[str, ...]]:
    """Give the heading of each column, if rows may be one; else nothing."""
    if bottom > top and not any(words.get((bottom, column)) for column in columns):
        return {}
    parts = _parts(words, columns, top, bottom)
    return parts if len(parts) >= LEAST else {}


def _judge(
    parts: Mapping[int, tuple[str, ...]],
    table: PlanTable,
    rows: tuple[int, int],
    above: str,
    years: tuple[int | None, int | None],
) -> Heading | None:
    top, bottom = rows
    texts = {column: tuple(map(plain, some)) for column, some in parts.items()}
    fits = assign(texts, table, *years)
    fits, joined = _parted(fits, texts, table)
    fits |= _within(fits, table)
    keys = {one.column.key for one in fits.values() if one.column.type is not Type.IGNORED}
    required = [one for one in table.columns if one.need is Need.REQUIRED]
    there = sum(one.key in keys for one in required)
    if len(keys) < LEAST or there * 2 < len(required):
        return None
    taken = {*fits, *(at for some in joined.values() for at in some)}
    unknown = tuple(column for column in parts if column not in taken)
    titled = any(re.search(rf"\b{re.escape(title)}\b", above) for title in table.titles)
    score = (
        10.0 * there / len(required)
        + 0.5 * len(keys)
        - 0.3 * len(unknown)
        + 3.0 * titled
        - 0.05 * (bottom - top)
    )
    names = {column: ": ".join(some) for column, some in parts.items()}
    return Heading(table, top, bottom, fits, names, score, unknown, joined)


def _parts(
    words: Mapping[tuple[int, int], str], columns: Sequence[int], top: int, bottom: int
) -> dict[int, tuple[str, ...]]:
    """Give the heading of each column, from the upper row to the lowest, equal and empty ones once.

    A heading over several columns that is not merged reaches right over empty cells, as far as the row below
    has headings.
    """
    laid = {
        row: {column: words.get((row, column), "") for column in columns} for row in range(top, bottom + 1)
    }
    for upper, lower in pairwise(range(top, bottom + 1)):
        last = ""
        for column in columns:
            if laid[upper][column]:
                last = laid[upper][column] if laid[lower][column] else ""
            elif laid[lower][column]:
                laid[upper][column] = last
            else:
                last = ""
    found: dict[int, tuple[str, ...]] = {}
    for column in columns:
        some = [laid[row][column] for row in range(top, bottom + 1) if laid[row][column]]
        some = [text for at, text in enumerate(some) if at == 0 or plain(text) != plain(some[at - 1])]
        if some:
            found[column] = tuple(some)
    return found


def assign(
    texts: Mapping[int, tuple[str, ...]], table: PlanTable, year: int | None, first_year: int | None
) -> dict[int, Fit]:
    """Give each heading the column that fits best; a column (or one number of it) is taken once.

    What two columns may be called goes by place: the left heading to the column that the table names first.
    """
    years = sorted({int(found) for some in texts.values() for part in some for found in _YEAR.findall(part)})
    shift = _Years(year, first_year, years[0] if years else None)
    claimed = {word for column in table.columns for word in column.under}
    offers: list[tuple[int, int, int, int, Fit]] = []
    for at, some in texts.items():
        for place, column in enumerate(table.columns):
            offer = _fit(some, column, shift, claimed)
            if offer is not None:
                quality, spelling, fit = offer
                offers.append((quality, spelling, place, at, fit))
    held: dict[int, Fit] = {}
    taken: set[tuple[str, int]] = set()
    contested = Counter(at for *_, at, _ in offers)
    for *_, at, fit in sorted(
        offers, key=lambda one: (one[0], one[2] if contested[one[3]] > 1 else 0, one[1], one[3])
    ):
        if at in held or (fit.column.key, fit.number) in taken:
            continue
        held[at] = fit
        taken.add((fit.column.key, fit.number))
    return _with_unit(held, texts, table, taken)


def _parted(
    fits: Mapping[int, Fit], texts: Mapping[int, tuple[str, ...]], table: PlanTable
) -> tuple[dict[int, Fit], dict[int, tuple[int, ...]]]:
    """Find codes whose parts stand in columns of their own under one heading, as in the APBDes form.

    Parts of the activity stand under `1`, those of the account under `2`; without such numbers all are one.
    """
    code, account = table.column("code"), table.column("account")
    held = dict(fits)
    if code is None or account is None:
        return held, {}
    words = {_plain_spelling(one) for one in code.spellings}
    run = [at for at in sorted(texts) if texts[at][0] in words]
    if len(run) < LEAST or run[-1] - run[0] != len(run) - 1:
        return held, {}
    groups: dict[tuple[str, ...], list[int]] = {}
    for at in run:
        groups.setdefault(texts[at][:2], []).append(at)
    if len(groups) > 2:
        groups = {(): run}
    held = {at: fit for at, fit in held.items() if at not in run and fit.column not in (code, account)}
    for column, group in zip((code, account), groups.values(), strict=False):
        held[group[0]] = Fit(column)
    return held, {group[0]: tuple(group) for group in groups.values()}


def _within(fits: Mapping[int, Fit], table: PlanTable) -> dict[int, Fit]:
    """Give the column whose cells stand within another one that is there."""
    there = {one.column.key for one in fits.values()}
    found = [one for one in table.columns if one.within in there and one.key not in there]
    return {WITHIN: Fit(found[0])} if found else {}


def _with_unit(
    held: dict[int, Fit], texts: Mapping[int, tuple[str, ...]], table: PlanTable, taken: set[tuple[str, int]]
) -> dict[int, Fit]:
    """Take the right half of an amount under one heading over two columns (`120` | `M`) for its unit."""
    unit = table.column("unit")
    if unit is None or ("unit", 0) in taken:
        return held
    for at, fit in sorted(held.items()):
        if fit.column.type is Type.QUANTITY and at + 1 not in held and texts.get(at + 1) == texts[at]:
            return held | {at + 1: Fit(unit)}
    return held


@dataclass(frozen=True, slots=True)
class _Years:
    """The years by which headings are numbered."""

    plan: int | None
    first: int | None
    earliest: int | None

    def number(self, text: str) -> int:
        """Read a number of a heading: 1, i, or a year from the first one of the period."""
        if len(text) == 4 and text.isdigit():
            begin = self.first or self.earliest or int(text)
            return int(text) - begin + 1
        return ROMAN.get(text) or (int(text) if text.isdigit() else 0)

    def relative(self, text: str) -> str:
        """Write years as those of the plan: `{y}`, `{y+1}`."""
        begin = self.plan if self.plan is not None else self.earliest
        if begin is None:
            return text
        return _YEAR.sub(lambda found: {0: "n", 1: "n 1"}.get(int(found[1]) - begin, found[1]), text)


def _fit(
    some: tuple[str, ...], column: Column, years: _Years, claimed: Collection[str]
) -> tuple[int, int, Fit] | None:
    """Say how a heading fits a column: quality (0 best), place of its spelling, the fit."""
    endings = [" ".join(some[at:]) for at in range(len(some))]
    above = some[:-1]
    is_claimed = any(part.startswith(tuple(claimed)) for part in above)
    is_under = any(part.startswith(column.under) for part in above)
    if not is_under and (is_claimed if not column.under else not some[0].startswith(column.under)):
        return None
    quality = 0 if is_under else 1
    if column.most > 1:
        return _repeated(endings, column, years, quality)
    for depth, ending in enumerate(endings):
        readings = dict.fromkeys((ending, years.relative(ending)))
        for at, spelling in enumerate(column.spellings):
            if _plain_spelling(spelling) in readings:
                is_difference = plain(spelling) in column.differences
                return quality + depth, at, Fit(column, 0, is_difference)
    return None


def _repeated(
    endings: Sequence[str], column: Column, years: _Years, quality: int
) -> tuple[int, int, Fit] | None:
    for depth, ending in enumerate(endings):
        for number, names in enumerate(column.names, 1):
            if ending in names:
                return quality + depth, 0, Fit(column, number)
        for at, spelling in enumerate(column.spellings):
            found = re.fullmatch(_pattern(spelling), ending)
            if found is None:
                continue
            number = years.number(found[1])
            if 1 <= number <= column.most:
                return quality + depth, at, Fit(column, number)
        if ending in column.alone:
            return quality + depth, 90, Fit(column, 0, is_alone=True)
    return None


def _plain_spelling(spelling: str) -> str:
    return plain(spelling.replace("{y+1}", "n 1").replace("{y}", "n"))


def _pattern(spelling: str) -> str:
    before, _, after = spelling.partition("{n}")
    return " ".join(part for part in (re.escape(plain(before)), _NUMBER, re.escape(plain(after))) if part)
