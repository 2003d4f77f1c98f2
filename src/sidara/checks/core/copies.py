"""Copies: a form whose numbers all equal those of a year ago, or those of a neighbour.

Copied = all of at least `smallest_count` (10) numbers other than 0 are equal, and none is on one side only.
"""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from sidara.checks.core.book import Item, RuleBook
from sidara.checks.core.cell_table import CellTable
from sidara.checks.core.derived import Kind
from sidara.checks.core.judge import CellFinding, Cells, Context
from sidara.checks.core.pinned import Figure
from sidara.checks.core.unusual import numbers_of as numbers_of_all
from sidara.kernel.cell import EMPTY
from sidara.kernel.finding import CellPlace
from sidara.kernel.period import Period

LAST_YEAR, NEIGHBOUR = "COPIED_LAST_YEAR", "COPIED_NEIGHBOUR"
type Numbers = Mapping[Figure, Decimal]


def numbers_of(cells: Cells, book: RuleBook, form: str, period: Period) -> dict[Figure, Decimal]:
    """Give the numbers other than 0 that a form asks for, by variable and breakdown."""
    made: dict[Figure, Decimal] = {}
    for item in _asked(book, form):
        for breakdown in book.breakdowns(item):
            value = cells.get((item.code, breakdown, str(period)), EMPTY).value
            if isinstance(value, Decimal) and value:
                made[item.code, breakdown] = value
    return made


def _asked(book: RuleBook, form: str) -> list[Item]:
    return [
        item
        for item in book.items.values()
        if item.form == form and item.type.is_number and not (item.own_list or item.is_derived)
    ]


def are_copied(now: Numbers, other: Numbers, smallest_count: int) -> bool:
    """Whether the numbers of a form are those of another."""
    return len(now) >= smallest_count and now == other


def copies_in(
    cells: Cells,
    book: RuleBook,
    context: Context,
    kinds: Mapping[str, Kind],
    neighbours: Mapping[str, Cells] | None = None,
) -> tuple[CellFinding, ...]:
    """Tell whether the form of a village is a copy; `neighbours`: name or code -> their cells."""
    now = numbers_of(cells, book, context.form, context.period)
    made = []
    if LAST_YEAR in kinds:
        before = context.period.year_earlier
        if _is_copy(now, numbers_of(cells, book, context.form, before), kinds[LAST_YEAR]):
            made.append(_finding(kinds[LAST_YEAR], now, book, context, before=str(before)))
    if NEIGHBOUR in kinds:
        for name, theirs in sorted((neighbours or {}).items()):
            if _is_copy(now, numbers_of(theirs, book, context.form, context.period), kinds[NEIGHBOUR]):
                made.append(_finding(kinds[NEIGHBOUR], now, book, context, neighbour=name))
                break
    return tuple(made)


def copies_in_table(
    table: CellTable, context: Context, kinds: Mapping[str, Kind], groups: Mapping[str, str]
) -> tuple[CellFinding, ...]:
    """Tell the copies of a form among all villages; `groups`: region -> what it shares with its neighbours.

    Of several villages with the same numbers each names the first other one.
    """
    now = _matrix(table, context.form, context.period)
    before = _matrix(table, context.form, context.period.year_earlier)
    is_like_before = (now == before).all(axis=1)
    alike: dict[tuple[str, bytes], list[int]] = {}
    for place, region in enumerate(table.regions):
        alike.setdefault((groups.get(region, ""), now[place].tobytes()), []).append(place)
    made: list[CellFinding] = []
    for place, region in enumerate(table.regions):
        same = [other for other in alike[groups.get(region, ""), now[place].tobytes()] if other != place][:1]
        if not now[place].any() or not (same or is_like_before[place]):
            continue
        neighbours = {table.regions[other]: table.cells_of(table.regions[other]) for other in same}
        own_context = table.context_of(region, context)
        made += copies_in(table.cells_of(region), table.book, own_context, kinds, neighbours)
    return tuple(made)


def _matrix(table: CellTable, form: str, period: Period) -> NDArray[np.int64]:
    """Give the numbers of a form, a row a village, a column a figure; what is not filled is 0."""
    columns = [
        np.where(numbers.is_filled, numbers.scaled(item), 0)
        for item in _asked(table.book, form)
        for breakdown in table.book.breakdowns(item)
        for numbers in (numbers_of_all(table, item, breakdown, period),)
    ]
    made: NDArray[np.int64] = np.column_stack([np.zeros(len(table.regions), np.int64), *columns])
    return np.ascontiguousarray(made)


def _is_copy(now: Numbers, other: Numbers, kind: Kind) -> bool:
    return are_copied(now, other, int(kind.of("smallest_count")))


def _finding(kind: Kind, now: Numbers, book: RuleBook, context: Context, **words: str) -> CellFinding:
    form = book.forms.get(context.form, context.form)
    period, region = str(context.period), context.region
    cells = tuple(
        CellPlace(
            form=form,
            section=book.items[variable].section,
            variable=variable,
            label=book.items[variable].name,
            breakdown=breakdown,
            category=book.words_of(breakdown),
            period=period,
            region=region,
        )
        for variable, breakdown in now
    )
    return CellFinding(
        kind.code,
        kind.message.format(count=len(now), **words),
        kind.remedy,
        kind.severity,
        CellPlace(form=form, period=period, region=region),
        rule=kind.code,
        cells=cells,
        figures=tuple(str(value) for value in now.values()),
    )
