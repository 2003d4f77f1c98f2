"""What the scores of a village can be: sure where its answers decide, else all that they leave open.

A village's missing answers can be completed in many ways; the lowest and the highest score are those of
the best and the worst completion. Items that read a common answer are completed together, for one answer
serves all of them. Where an answer is known and still no rule holds (`x / 0`), or a rule leaves its score
open, every such score is possible.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from math import lcm
from operator import or_

import polars as pl

from sidara import expressions
from sidara.indices.core import answers, critical
from sidara.indices.core.definition import Input, Item, Version
from sidara.indices.core.scoring import score_type, shares

KEY = "__key"
HOLDS = "holds"
LEAST, MOST, LOW, HIGH = "least", "most", "low", "high"
AT_ONCE = 20_000
"""How many different villages are completed at once: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Points:
    """Scores by item, row by row, as whole numbers.

    `sure` is null where a score is not. `least` and `most` are what each item can have by itself; `low`
    and `high` are scores that occur together and give the lowest and the highest index.
    """

    sure: pl.DataFrame
    low: pl.DataFrame
    high: pl.DataFrame
    least: pl.DataFrame
    most: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Component:
    """Items that hang together by answers which they share, and the answers that their rules ask for."""

    items: tuple[Item, ...]
    inputs: tuple[Input, ...]


def asked(item: Item, year: int) -> tuple[Input, ...]:
    """Give the inputs that the rules of `year` read and that are missing when they are empty."""
    if item.measure is not None:
        return item.inputs
    read = {name for rule in item.rules_in(year) for name in answers.resolved(item, rule.when).names}
    return tuple(one for one in item.inputs if one.name in read and one.is_asked)


def components(version: Version, year: int) -> tuple[Component, ...]:
    """Give the items of a version, those that share an answer together."""
    groups: list[tuple[list[Item], dict[str, Input]]] = []
    for item in version.items:
        inputs = {one.name: one for one in asked(item, year)}
        joined = [group for group in groups if group[1].keys() & inputs.keys()]
        items = [one for group in joined for one in group[0]] + [item]
        for group in joined:
            inputs = group[1] | inputs
        groups = [group for group in groups if not any(group is one for one in joined)] + [(items, inputs)]
    return tuple(Component(tuple(items), tuple(inputs.values())) for items, inputs in groups)


def points(version: Version, frame: pl.DataFrame, year: int) -> Points:
    """Give the scores of typed answers (see `answers.typed`) under the rules of `year`, exactly."""
    return Spans(version, year).points(frame)


@dataclass(frozen=True)
class Spans:
    """The rules of one year, made ready for any number of tables: conditions first, scores from them.

    Each condition is worked out once, as a column of truths; lowest and highest scores then read these.
    """

    version: Version
    year: int

    def points(self, frame: pl.DataFrame) -> Points:
        """Give the scores of typed answers (see `answers.typed`), exactly."""
        frame = frame.with_columns(pl.lit(self.year, dtype=pl.Int64).alias(expressions.PERIOD_YEAR))
        codes = list(self.version.by_code)
        both = self._ranges(frame, codes)
        least = both.select(pl.col(f"{LEAST} {code}").alias(code) for code in codes)
        most = both.select(pl.col(f"{MOST} {code}").alias(code) for code in codes)
        low, high = least, most
        for component in self._components:
            exact = self._completed(component, frame, both)
            if exact is None:
                continue
            own = [item.code for item in component.items]
            least, most = _set(least, exact, own, LEAST), _set(most, exact, own, MOST)
            low, high = _set(low, exact, own, LOW), _set(high, exact, own, HIGH)
        both = pl.concat([least, most.rename(lambda name: f"{MOST} {name}")], how="horizontal")
        sure = both.select(
            pl.when(pl.col(code) == pl.col(f"{MOST} {code}")).then(pl.col(code)).alias(code) for code in codes
        )
        return Points(sure, low, high, least, most)

    @cached_property
    def _scales(self) -> dict[str, int]:
        return answers.scales(self.version)

    @cached_property
    def _shares(self) -> dict[str, Fraction] | None:
        return shares(self.version)

    @cached_property
    def _components(self) -> tuple[Component, ...]:
        """The components whose items need more than one answer: only these are completed."""
        return tuple(one for one in components(self.version, self.year) if len(one.inputs) > 1)

    @cached_property
    def _holds(self) -> dict[str, dict[str, pl.Expr]]:
        """The condition of each rule, by item and by the column in which its truth stands."""
        return {
            item.code: {
                f"{HOLDS} {item.code} {at}": expressions.to_polars(
                    answers.resolved(item, rule.when), self._scales, digits=answers.DIGITS
                )
                for at, rule in enumerate(item.rules_in(self.year))
            }
            for item in self.version.items
            if item.measure is None
        }

    @cached_property
    def _ends(self) -> dict[str, tuple[pl.Expr, pl.Expr]]:
        """The lowest and the highest score of each item, from the truths of `_holds`."""
        return {
            item.code: _measured(item)
            if item.measure
            else _range(item, self.year, list(self._holds[item.code]))
            for item in self.version.items
        }

    def _ranges(self, frame: pl.DataFrame, codes: Sequence[str]) -> pl.DataFrame:
        """Give `least CODE` and `most CODE` of some items, each by itself."""
        holds = {name: one for code in codes for name, one in self._holds.get(code, {}).items()}
        measured = [one.name for code in codes if code not in self._holds for one in self._inputs(code)]
        truths = frame.select(**holds, **{name: pl.col(name) for name in measured})
        ends = {code: self._ends[code] for code in codes}
        return truths.select(
            **{f"{LEAST} {code}": low for code, (low, _) in ends.items()},
            **{f"{MOST} {code}": high for code, (_, high) in ends.items()},
        )

    def _inputs(self, code: str) -> tuple[Input, ...]:
        return self.version.by_code[code].inputs[:1]

    def _completed(
        self, component: Component, frame: pl.DataFrame, both: pl.DataFrame
    ) -> pl.DataFrame | None:
        """Give the spans of the rows in which answers of the component are missing, `None` without such rows.

        `both` holds what each score can be by itself; where that is one score for each item (an official
        class is entered), no completion changes it. Columns: `at` (the row), and for each item its code
        behind `least`, `most`, `low` and `high`.
        """
        names = [one.name for one in component.inputs]
        others = {one.name for item in component.items for one in item.inputs} - set(names)
        read = [*names, *sorted(others), expressions.PERIOD_YEAR]
        lacks = frame.select(pl.any_horizontal(pl.col(name).is_null() for name in names)).to_series()
        spread = (both[f"{LEAST} {item.code}"] < both[f"{MOST} {item.code}"] for item in component.items)
        is_open = lacks & reduce(or_, spread)
        rows = frame.select(read).with_row_index("at").filter(is_open)
        if rows.is_empty():
            return None
        different = rows.select(read).unique(maintain_order=True).with_row_index(KEY)
        turning = [one for item in component.items for one in critical.polynomials(item, self.year)]
        exact = [
            self._spans(component, turning, different.slice(start, AT_ONCE))
            for start in range(0, different.height, AT_ONCE)
        ]
        found = rows.join(different, on=read, nulls_equal=True, how="left").select("at", KEY)
        return found.join(pl.concat(exact), on=KEY, how="left").drop(KEY)

    def _spans(
        self, component: Component, turning: Sequence[critical.Polynomial], part: pl.DataFrame
    ) -> pl.DataFrame:
        """Complete villages that miss answers; one row each, by `KEY`."""
        missing = [one for one in component.inputs if part[one.name].null_count()]
        table = part
        for at, one in enumerate(missing):
            pending = {later.name: later for later in missing[at + 1 :]}
            relevant = [
                polynomial for polynomial in turning if any(one.name in names for names in polynomial)
            ]
            tried = critical.candidates(one, relevant, pending, self._scales).alias(one.name)
            table = table.with_columns(tried).explode(one.name)
        codes = [item.code for item in component.items]
        table = table.select(KEY).hstack(self._ranges(table, codes))
        weights = self._weights(codes)
        total = {
            side: pl.sum_horizontal(pl.col(f"{side} {code}").cast(pl.Int64) * weights[code] for code in codes)
            for side in (LEAST, MOST)
        }
        table = table.with_columns(total[LEAST].alias("lowest"), total[MOST].alias("highest"))
        lowest, highest = pl.col("lowest").arg_min(), pl.col("highest").arg_max()
        return table.group_by(KEY).agg(
            *(pl.col(f"{LEAST} {code}").min() for code in codes),
            *(pl.col(f"{MOST} {code}").max() for code in codes),
            *(pl.col(f"{LEAST} {code}").get(lowest).alias(f"{LOW} {code}") for code in codes),
            *(pl.col(f"{MOST} {code}").get(highest).alias(f"{HIGH} {code}") for code in codes),
        )

    def _weights(self, codes: list[str]) -> dict[str, int]:
        """Give whole numbers in the proportion of what a point of each item adds to the index."""
        known = self._shares
        if known is None or len(codes) == 1:
            return dict.fromkeys(codes, 1)
        whole = lcm(*(known[code].denominator for code in codes))
        return {code: int(known[code] * whole) for code in codes}


def _set(frame: pl.DataFrame, exact: pl.DataFrame, codes: list[str], side: str) -> pl.DataFrame:
    """Put the completed scores in place of those of their rows."""
    made = []
    for code in codes:
        column = frame[code].clone()
        column.scatter(exact["at"], exact[f"{side} {code}"])
        made.append(column)
    return frame.with_columns(made)


def _range(item: Item, year: int, truths: Sequence[str]) -> tuple[pl.Expr, pl.Expr]:
    """Give the lowest and the highest score of the rules that may be the first to hold.

    `truths` are the columns with the conditions of the rules in their order (null = not known).
    """
    is_done: pl.Expr | None = None
    lowest: dict[int, pl.Expr] = {}
    highest: dict[int, pl.Expr] = {}
    for name, rule in zip(truths, item.rules_in(year), strict=True):
        may_hold = pl.col(name).fill_null(value=True)
        still = may_hold if is_done is None else may_hold & ~is_done
        for found, score in ((lowest, min(rule.possible)), (highest, max(rule.possible))):
            found[score] = found[score] | still if score in found else still
        does_hold = pl.col(name).fill_null(value=False)
        is_done = does_hold if is_done is None else does_hold | is_done
    dtype = score_type(item)
    return _first(sorted(lowest.items()), dtype), _first(sorted(highest.items(), reverse=True), dtype)


def _first(scores: Sequence[tuple[int, pl.Expr]], dtype: type[pl.DataType]) -> pl.Expr:
    """Give the first score whose condition is true, null where none is."""
    nothing: pl.Expr = pl.lit(None, dtype=dtype)
    return reduce(
        lambda rest, one: pl.when(one[1]).then(pl.lit(one[0], dtype=dtype)).otherwise(rest),
        reversed(scores),
        nothing,
    )


def _measured(item: Item) -> tuple[pl.Expr, pl.Expr]:
    """Give a figure cut off at its ends; anything between them when it is not known."""
    if item.measure is None:
        raise TypeError(f"{item.code} has rules")
    scale = 10**item.decimals
    low, high = int(item.measure.minimum * scale), int(item.measure.maximum * scale)
    value = pl.col(item.inputs[0].name).clip(low, high)
    return value.fill_null(low), value.fill_null(high)


def exactness(component: Component, year: int) -> str | None:
    """Say which item keeps the span of a component from being exact, `None` when it is exact."""
    if len(component.inputs) < 2:
        return None
    for item in component.items:
        if item.measure is not None:
            return item.code
        try:
            critical.polynomials(item, year)
        except critical.NotLinear:
            return item.code
    return None


def change(item: Item, least: int, most: int) -> Fraction:
    """Give what an open score could still change, in points."""
    return Fraction(most - least, 10**item.decimals)
