"""Unusual figures: of a table of villages at once, or of one village by its pinned spans; decided alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from sidara.checks.core.book import Item, Rule, RuleBook, Type
from sidara.checks.core.cell_table import CellTable
from sidara.checks.core.derived import Kind
from sidara.checks.core.judge import CellFinding, Cells, Context, Stand, judge_at
from sidara.checks.core.pinned import Figure, SpansOfOne, span_rule
from sidara.checks.core.programme import tasks
from sidara.checks.core.spans import Against, Settings, Span, Spans, Whole, after_before, among_peers
from sidara.checks.core.spread import Flags, Floats
from sidara.expressions import Kind as Valued
from sidara.expressions import Slot, Subject
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import EMPTY, State
from sidara.kernel.period import Period, last_ended

NOT_MEASURED = {Type.PERCENT}
YEARS = "tahun"
"""The unit of items that are years."""


@dataclass(frozen=True, slots=True)
class SpanTable:
    """The usual spans of all villages of a table at a period, by figure."""

    regions: Mapping[str, int]
    spans: Mapping[Figure, Mapping[Against, Spans]]

    def of(self, region: str) -> dict[Figure, dict[Against, Span]]:
        """Give the spans of one village, to be pinned."""
        place = self.regions[region]
        made: dict[Figure, dict[Against, Span]] = {}
        for figure, own in self.spans.items():
            found = {against: span for against, one in own.items() if (span := one.at(place)) is not None}
            if found:
                made[figure] = found
        return made


def is_compared(item: Item) -> bool:
    """Whether figures of an item are compared with others: measured, never below zero, no year, no share."""
    has_floor = item.above is not None or (item.minimum is not None and item.minimum >= 0)
    is_bounded = item.maximum is not None
    return (
        item.type.is_number
        and item.type not in NOT_MEASURED
        and item.unit != YEARS
        and has_floor
        and not (is_bounded or item.is_derived or item.own_list)
    )


def figures_of(book: RuleBook, period: Period, form: str = "") -> Iterator[tuple[Item, str]]:
    """Give what is compared at a period: items of its frequency, by breakdown."""
    for item in book.items.values():
        if item.frequency is not period.frequency or not is_compared(item) or (form and item.form != form):
            continue
        yield from ((item, breakdown) for breakdown in book.breakdowns(item))


def spans_of(table: CellTable, period: Period, settings: Settings, form: str = "") -> SpanTable:
    """Find what is usual at a period for each figure of each village, from all villages of the table."""
    exposures = {
        unit: _exposure(table, table.book.items[code], period, settings)
        for unit, code in settings.exposures.items()
        if code in table.book.items
    }
    made: dict[Figure, dict[Against, Spans]] = {}
    for item, breakdown in figures_of(table.book, period, form):
        numbers = numbers_of(table, item, breakdown, period)
        before = numbers_of(table, item, breakdown, period.preceding)
        found = {
            Against.BEFORE: after_before(
                item,
                numbers.scaled(item),
                before.scaled(item),
                numbers.is_filled & before.is_filled,
                settings,
            ),
            Against.PEERS: among_peers(
                item,
                numbers.scaled(item),
                numbers.is_filled,
                None if item.code in settings.exposures.values() else exposures.get(item.unit),
                settings,
            ),
        }
        made[item.code, breakdown] = {against: one for against, one in found.items() if one is not None}
    return SpanTable(table.place_of, made)


def _exposure(table: CellTable, item: Item, period: Period, settings: Settings) -> Floats:
    """Give the size of villages; where it has just jumped, the one of the period before stands for it."""
    at = last_ended(item.frequency, period.last_day)
    numbers, before = (numbers_of(table, item, TOTAL, one) for one in (at, at.preceding))
    size = np.where(numbers.is_filled, numbers.scaled(item) / 10**item.decimals, np.nan)
    earlier = np.where(before.is_filled, before.scaled(item) / 10**item.decimals, np.nan)
    both = numbers.is_filled & before.is_filled
    spans = after_before(item, numbers.scaled(item), before.scaled(item), both, settings)
    if spans is not None:
        size = np.where(spans.unusual(numbers.values, both, numbers.decimals), earlier, size)
    return np.where(np.isfinite(size), size, earlier)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A figure of all villages: whole numbers scaled by `decimals`, and where there is one."""

    values: Whole
    is_filled: Flags
    decimals: int

    def scaled(self, item: Item) -> Whole:
        """Give the figures at the decimals of the item; more decimals are cut off."""
        made: Whole = self.values // 10 ** (self.decimals - item.decimals)
        return made


def numbers_of(table: CellTable, item: Item, breakdown: str, period: Period) -> Numbers:
    """Read a figure of all villages; what does not exist is 0 where the item adds up."""
    slot = Slot(item.code, breakdown, str(period), kind=Valued.NUMBER)
    (values, states), scale = table.column(slot)
    decimals = max(scale, item.decimals)
    is_none = (states == State.NONE.value).to_numpy() & item.adds_up
    numbers = values.fill_null(0).to_numpy() * 10 ** (decimals - scale)
    is_filled = values.is_not_null().to_numpy() | is_none
    return Numbers(np.where(is_none, 0, numbers), is_filled, decimals)


def unusual_in_table(
    table: CellTable, spans: SpanTable, context: Context, kinds: Mapping[str, Kind]
) -> tuple[CellFinding, ...]:
    """Tell the unusual figures of all villages, in the order of villages and figures."""
    found: dict[int, list[tuple[Figure, Against]]] = {}
    for figure, own in spans.spans.items():
        numbers = numbers_of(table, table.book.items[figure[0]], figure[1], context.period)
        told = np.zeros(len(table.regions), bool)
        for against in Against:
            if against not in own or against.value not in kinds:
                continue
            flags = own[against].unusual(numbers.values, numbers.is_filled, numbers.decimals) & ~told
            told |= flags
            for place in np.flatnonzero(flags).tolist():
                found.setdefault(place, []).append((figure, against))
    made: list[CellFinding] = []
    for own_place in sorted(found):
        region = table.regions[own_place]
        pinned = {
            figure: {against: span}
            for figure, against in found[own_place]
            if (span := spans.spans[figure][against].at(own_place)) is not None
        }
        own_context = table.context_of(region, context)
        made += unusual_in(table.cells_of(region), pinned, table.book, own_context, kinds)
    return tuple(made)


def unusual_in(
    cells: Cells, spans: SpansOfOne, book: RuleBook, context: Context, kinds: Mapping[str, Kind]
) -> tuple[CellFinding, ...]:
    """Tell the unusual figures of one village by its pinned spans; of each figure one finding at most."""
    made: list[CellFinding] = []
    for figure, own in spans.items():
        item = book.items[figure[0]]
        cell = cells.get((*figure, str(context.period)), EMPTY)
        value = cell.reading(adds_up=item.adds_up)
        if not isinstance(value, Decimal):
            continue
        against = next(
            (one for one in Against if one in own and one.value in kinds and not own[one].holds(value)), None
        )
        if against is not None:
            rule = span_rule(book, figure, against, own[against], kinds, value=value)
            made += _told(rule, cells, book, context)
    return tuple(made)


def _told(rule: Rule, cells: Cells, book: RuleBook, context: Context) -> tuple[CellFinding, ...]:
    """Let the rule itself speak: its words, its place, its figures."""
    subject = Subject(
        cells, context.lists, context.today, context.region or None, context.region_kind or None
    )
    (task,) = tasks(book, rule, context.period)
    return judge_at(task, Stand(subject, context), book).findings
