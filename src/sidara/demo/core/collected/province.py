"""Draws the cells of example villages: lazily, each item at each period from what it depends on.

Numbers are whole numbers scaled by the item's decimals. What has relations to others (population, budget,
roads, welfare …) is drawn by `special`, everything else by its model.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

from sidara.checks.core import COLUMNS, CellTable, Context, Item, RuleBook, Type
from sidara.checks.core.programme import part_of
from sidara.demo.core.collected import special
from sidara.demo.core.collected.chance import Chance, Floats, Whole, binomial_of, poisson_of, whole
from sidara.demo.core.collected.model import Amount, Count, Level, Model, Models, Part
from sidara.expressions import Time
from sidara.expressions.sheet import RECORD, evaluate_sheet
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.period import Frequency, Period, last_ended

type Texts = NDArray[np.str_]
SKIPPED = frozenset({Type.TEXT, Type.POINT, Type.FILE})
"""Types of which nothing is drawn."""
DRIFT = 0.02
"""How much the logarithm of a rate moves a year, in the standard deviation of villages."""
FIRST = 2020
"""The year from which drift is counted."""
PEAK = 1
"""The month in which a seasonal count is highest."""


def simulate_collected(
    book: RuleBook, models: Models, villages: Sequence[str], years: Sequence[int], *, seed: int
) -> pl.DataFrame:
    """Make the cells of `villages` (dotted codes) in `years`: a long frame of `checks.core.COLUMNS`.

    Holds every variable that is asked, but no texts, places, files, and no lists. What an item's relevance
    rules out is `tidak_berlaku`. Villages are desa; nothing here is true of any place.
    """
    province = Province(book, models, villages, seed)
    frames = [frame for year in years for frame in province.year(year)]
    made = pl.concat(frames) if frames else pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    return _without_the_irrelevant(made, book, years)


class Province:
    """Some villages and what was drawn of them so far."""

    def __init__(self, book: RuleBook, models: Models, villages: Sequence[str], seed: int) -> None:
        """Take the rule book for its items, and models for how they are drawn."""
        self.book, self.models, self.villages = book, models, villages
        self.chance = Chance(villages, seed)
        self._numbers: dict[tuple[str, str, Period], Whole] = {}
        self._texts: dict[tuple[str, Period], Texts] = {}

    def year(self, year: int) -> Iterator[pl.DataFrame]:
        """Give a frame for each cell of a year."""
        for item in self.book.items.values():
            if item.own_list or item.is_derived or item.type in SKIPPED:
                continue
            for at in periods.year(year).parts(item.frequency):
                for breakdown in self.book.breakdowns(item):
                    yield self._frame(item, breakdown, at)

    def _frame(self, item: Item, breakdown: str, at: Period) -> pl.DataFrame:
        if item.type.is_number:
            numbers = pl.Series(self.number(item.code, at, breakdown))
            values = written(numbers, item.decimals)
        else:
            values = pl.Series(self.text(item.code, at, breakdown), dtype=pl.String)
        count = len(self.villages)
        return pl.DataFrame(
            {
                "region": list(self.villages),
                "period": [str(at)] * count,
                "row": [""] * count,
                "variable": [item.code] * count,
                "breakdown": [breakdown] * count,
                "state": [State.VALUE.value] * count,
                "value": values,
            }
        )

    def number(self, code: str, at: Period, breakdown: str = TOTAL) -> Whole:
        """Give a number of each village, scaled by its decimals, at a period of its own frequency."""
        key = code, breakdown, at
        if key not in self._numbers:
            self._numbers[key] = self._drawn(self.book.items[code], at, breakdown)
        return self._numbers[key]

    def last(self, code: str, at: Period) -> Whole:
        """Give a stock as it was at the end of its last period that ended by then."""
        return self.number(code, last_ended(self.book.items[code].frequency, at.last_day))

    def text(self, code: str, at: Period, breakdown: str = TOTAL) -> Texts:
        """Give a choice, a yes or no, or a day of each village as text."""
        key = f"{code}|{breakdown}", at
        if key not in self._texts:
            self._texts[key] = self._said(self.book.items[code], at, breakdown)
        return self._texts[key]

    def _drawn(self, item: Item, at: Period, breakdown: str) -> Whole:
        own = special.NUMBERS.get(item.code)
        if own is not None:
            return own(self, at, breakdown)
        if item.parts_make_total and breakdown != TOTAL:
            return self.split(item, self.number(item.code, at))[breakdown]
        if item.time is Time.YEAR_TO_DATE and item.frequency is not Frequency.YEAR:
            return self._since_january(item, at, breakdown)
        return self.modelled(item, at, breakdown)

    def model(self, item: Item) -> Model:
        """Give the model of an item, or that of its type."""
        return self.models.items.get(item.code) or self.models.defaults[item.type.value]

    def modelled(self, item: Item, at: Period, breakdown: str = TOTAL) -> Whole:
        """Draw what an item counts within one period by its model."""
        name = f"{item.code}|{breakdown}"
        match self.model(item):
            case Part() as model:
                return self._part(model, name, at)
            case Count() as model:
                return self._count(model, name, at)
            case Amount() as model:
                return self._amount(model, item, name, at)
            case Level(low, high, keep):
                level = low + (high - low) * self.chance.kept(name, at, keep)
                return whole(level * 10**item.decimals)

    def increment(self, code: str, at: Period) -> Whole:
        """Give what was counted within a period, also of a figure that runs from January."""
        item = self.book.items[code]
        now = self.last(code, at)
        if item.time is not Time.YEAR_TO_DATE or at.first_day.month == 1:
            return now
        return now - self.number(code, at.preceding)

    def _since_january(self, item: Item, at: Period, breakdown: str) -> Whole:
        drawn = self.modelled(item, at, breakdown)
        model = self.model(item)
        total = drawn if at.first_day.month == 1 else drawn + self.number(item.code, at.preceding, breakdown)
        if isinstance(model, Count) and model.most:
            total = np.minimum(total, self.last(model.most, periods.year(at.year - 1)))
        return total

    def _part(self, model: Part, name: str, at: Period) -> Whole:
        of = self.increment(model.of, at) if self._runs(name) else self.last(model.of, at)
        usual = scipy.special.logit(model.share)
        odds = usual + model.spread * self._own(name) + self._season(model.season, at)
        share = scipy.special.expit(odds + self._drift(name, at))
        return binomial_of(self.chance.kept(name, at, model.keep), of, share)

    def _runs(self, name: str) -> bool:
        item = self.book.items[name.partition("|")[0]]
        return item.time is Time.YEAR_TO_DATE and item.frequency is not Frequency.YEAR

    def _count(self, model: Count, name: str, at: Period) -> Whole:
        mean = np.full(len(self.villages), model.mean)
        if model.per:
            mean = self.last(model.per, at) * (model.rate / 1000)
        own = model.spread * self._own(name) - model.spread**2 / 2
        rate = mean * np.exp(own + self._drift(name, at) + self._season(model.season, at))
        drawn = model.plus + poisson_of(self.chance.kept(name, at, model.keep), rate)
        made = np.where(self._exists(model.zero, name, at), drawn, 0)
        if model.least:
            made = np.maximum(made, self.last(model.least, at))
        return np.minimum(made, self.last(model.most, at)) if model.most and not self._runs(name) else made

    def _amount(self, model: Amount, item: Item, name: str, at: Period) -> Whole:
        spread = np.sqrt(model.keep) * self._own(name)
        spread = spread + np.sqrt(1 - model.keep) * self.chance.normal(name, at)
        amount = model.median * np.exp(model.spread * spread)
        steps = np.maximum(np.round(amount * 10**item.decimals / model.step), 1)
        made: Whole = np.where(self._exists(model.zero, name, at), steps * model.step, 0).astype(np.int64)
        return made

    def _own(self, name: str) -> Floats:
        """Give the lasting part of a village and its regency."""
        return 0.9 * self.chance.normal(name, "place") + 0.436 * self.chance.shared(name, "regency")

    def _drift(self, name: str, at: Period) -> Floats:
        return DRIFT * (at.year - FIRST) * self.chance.normal(name, "drift")

    def _season(self, size: float, at: Period) -> float:
        return size * float(np.cos(2 * np.pi * (at.first_day.month - PEAK) / 12))

    def _exists(self, zero: float, name: str, at: Period) -> NDArray[np.bool_]:
        exists: NDArray[np.bool_] = self.chance.kept(f"{name} exists", at.year, 0.995) >= zero
        return exists

    def split(self, item: Item, totals: Whole) -> dict[str, Whole]:
        """Split totals among its categories by lasting weights; they add up exactly."""
        names = self.book.breakdowns(item)[:-1]
        weights = np.array([np.exp(1.2 * self.chance.normal(item.code, name)) for name in names])
        limits = np.cumsum(weights, axis=0) / weights.sum(axis=0)
        limits[-1] = 1
        places = np.floor(limits * totals + 0.5).astype(np.int64)
        parts = np.diff(places, axis=0, prepend=np.zeros((1, len(self.villages)), np.int64))
        return dict(zip(names, parts, strict=True))

    def _said(self, item: Item, at: Period, breakdown: str) -> Texts:
        own = special.TEXTS.get(item.code)
        if own is not None:
            return own(self, at)
        name = f"{item.code}|{breakdown}"
        drawn = self.chance.kept(name, at, 0.97)
        match item.type:
            case Type.YES_NO:
                return np.where(drawn < 0.6, "true", "false")
            case Type.CHOICE:
                codes = np.array(list(item.options))
                return codes[np.minimum((drawn * len(codes)).astype(np.int64), len(codes) - 1)]
            case Type.CHOICES:
                return self._several(item, at)
            case _:
                month = 1 + (drawn * 11).astype(np.int64)
                return np.array([f"{at.year}-{one:02d}-15" for one in month])

    def _several(self, item: Item, at: Period) -> Texts:
        """Choose some options, or the one that says that there is none."""
        none = next((code for code, label in item.options.items() if label.lower() == "tidak ada"), "")
        others = [code for code in item.options if code != none]
        chosen = np.array([self.chance.kept(f"{item.code} {code}", at, 0.97) < 0.4 for code in others])
        empty = none or others[0]
        return np.array(
            [
                " ".join(code for code, is_in in zip(others, row, strict=True) if is_in) or empty
                for row in chosen.T
            ]
        )


def written(numbers: pl.Series, decimals: int) -> pl.Series:
    """Write scaled whole numbers as plain decimals."""
    if not decimals:
        return numbers.cast(pl.String)
    size = numbers.abs()
    below = (size % 10**decimals).cast(pl.String).str.zfill(decimals)
    sign = pl.select(pl.when(numbers < 0).then(pl.lit("-")).otherwise(pl.lit("")).alias("sign"))["sign"]
    made: pl.Series = sign + (size // 10**decimals).cast(pl.String) + "." + below
    return made


def _without_the_irrelevant(cells: pl.DataFrame, book: RuleBook, years: Sequence[int]) -> pl.DataFrame:
    """Turn cells that the relevance of their item rules out into `tidak_berlaku`."""
    table = CellTable(cells, book)
    out = []
    for item in book.items.values():
        if not item.relevance or item.own_list or item.is_derived or item.type in SKIPPED:
            continue
        for year in years:
            for at in periods.year(year).parts(item.frequency):
                for breakdown in book.breakdowns(item):
                    bound = part_of(book, item.relevance, at, breakdown)
                    sheet = table.sheet(bound, Context(at, region_kind="desa"))
                    found = evaluate_sheet(bound, sheet).sort(RECORD)["value"]
                    regions = [
                        region
                        for region, is_asked in zip(table.regions, found, strict=True)
                        if is_asked is False
                    ]
                    out.append(
                        pl.DataFrame(
                            {
                                "region": regions,
                                "period": str(at),
                                "variable": item.code,
                                "breakdown": breakdown,
                            },
                            schema=dict.fromkeys(("region", "period", "variable", "breakdown"), pl.String),
                        )
                    )
    if not out:
        return cells
    gone = pl.concat(out).with_columns(is_out=pl.lit(value=True))
    joined = cells.join(
        gone, on=["region", "period", "variable", "breakdown"], how="left", maintain_order="left"
    )
    is_out = pl.col("is_out").fill_null(value=False)
    return joined.with_columns(
        state=pl.when(is_out).then(pl.lit(State.NOT_APPLICABLE.value)).otherwise("state"),
        value=pl.when(~is_out).then("value"),
    ).select(COLUMNS)
