"""What the scores of a village can be: sure where its answers decide, else all that they leave open.

A village's missing answers can be completed in many ways; the lowest and the highest score are those of
the best and the worst completion. Items that read a common answer are completed together, for one answer
serves all of them. Where an answer is known and still no rule holds (`x / 0`), or a rule leaves its score
open, every such score is possible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import polars as pl

from sidara import expressions
from sidara.indices.core import answers, critical
from sidara.indices.core.definition import Input, Item, Version
from sidara.indices.core.scoring import shares

KEY = "__key"
MASK = "__mask"
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
    frame = frame.with_columns(pl.lit(year, dtype=pl.Int64).alias(expressions.PERIOD_YEAR))
    scales = answers.scales(version)
    ranges = {item.code: _range(item, year, scales) for item in version.items}
    least = frame.select(**{code: low for code, (low, _) in ranges.items()})
    most = frame.select(**{code: high for code, (_, high) in ranges.items()})
    low, high = least, most
    for component in components(version, year):
        if len(component.inputs) < 2:
            continue
        exact = _completed(version, component, frame, year)
        if exact is None:
            continue
        codes = [item.code for item in component.items]
        least, most = _set(least, exact, codes, "least"), _set(most, exact, codes, "most")
        low, high = _set(low, exact, codes, "low"), _set(high, exact, codes, "high")
    both = pl.concat([least, most.rename(lambda name: f"most {name}")], how="horizontal")
    sure = both.select(
        pl.when(pl.col(code) == pl.col(f"most {code}")).then(pl.col(code)).alias(code) for code in ranges
    )
    return Points(sure, low, high, least, most)


def _set(frame: pl.DataFrame, exact: pl.DataFrame, codes: list[str], side: str) -> pl.DataFrame:
    """Put the completed scores in place of those of their rows."""
    made = []
    for code in codes:
        column = frame[code].clone()
        column.scatter(exact["at"], exact[f"{side} {code}"])
        made.append(column)
    return frame.with_columns(made)


def _range(item: Item, year: int, scales: Mapping[str, int]) -> tuple[pl.Expr, pl.Expr]:
    if item.measure is not None:
        return _measured(item)
    is_done: pl.Expr | None = None
    lowest, highest = [], []
    for rule in item.rules_in(year):
        holds = expressions.to_polars(answers.resolved(item, rule.when), scales, digits=answers.DIGITS)
        may_hold = holds.fill_null(value=True)
        still = may_hold if is_done is None else may_hold & ~is_done
        lowest.append(pl.when(still).then(pl.lit(min(rule.possible), dtype=pl.Int64)))
        highest.append(pl.when(still).then(pl.lit(max(rule.possible), dtype=pl.Int64)))
        does_hold = holds.fill_null(value=False)
        is_done = does_hold if is_done is None else does_hold | is_done
    return pl.min_horizontal(*lowest), pl.max_horizontal(*highest)


def _measured(item: Item) -> tuple[pl.Expr, pl.Expr]:
    """Give a figure cut off at its ends; anything between them when it is not known."""
    if item.measure is None:
        raise TypeError(f"{item.code} has rules")
    scale = 10**item.decimals
    low, high = int(item.measure.minimum * scale), int(item.measure.maximum * scale)
    value = pl.col(item.inputs[0].name).clip(low, high)
    return value.fill_null(low), value.fill_null(high)


def _completed(version: Version, component: Component, frame: pl.DataFrame, year: int) -> pl.DataFrame | None:
    """Give the spans of the rows in which answers of the component are missing, `None` without such rows.

    Columns: `at` (the row), and for each item its code behind `least`, `most`, `low` and `high`.
    """
    names = [one.name for one in component.inputs]
    others = {one.name for item in component.items for one in item.inputs} - set(names)
    read = [*names, *sorted(others), expressions.PERIOD_YEAR]
    is_open = pl.any_horizontal(pl.col(name).is_null() for name in names)
    rows = frame.select(read).with_row_index("at").filter(is_open)
    if rows.is_empty():
        return None
    different = rows.select(read).unique(maintain_order=True).with_row_index(KEY)
    mask = pl.concat_str(pl.col(name).is_null().cast(pl.Int8).cast(pl.String) for name in names)
    exact = [
        _spans(version, component, part.slice(start, AT_ONCE), year)
        for part in different.with_columns(mask.alias(MASK)).partition_by(MASK, include_key=False)
        for start in range(0, part.height, AT_ONCE)
    ]
    found = rows.join(different, on=read, nulls_equal=True, how="left").select("at", KEY)
    return found.join(pl.concat(exact), on=KEY, how="left").drop(KEY)


def _spans(version: Version, component: Component, part: pl.DataFrame, year: int) -> pl.DataFrame:
    """Complete villages that miss the same answers; one row each, by `KEY`."""
    scales = answers.scales(version)
    turning = [one for item in component.items for one in critical.polynomials(item, year)]
    missing = [one for one in component.inputs if part[one.name].null_count()]
    table = part
    for at, one in enumerate(missing):
        pending = {later.name: later for later in missing[at + 1 :]}
        relevant = [polynomial for polynomial in turning if any(one.name in names for names in polynomial)]
        tried = critical.candidates(one, relevant, pending, scales).alias(one.name)
        table = table.with_columns(tried).explode(one.name)
    codes = [item.code for item in component.items]
    ranges = {item.code: _range(item, year, scales) for item in component.items}
    table = table.select(
        KEY,
        *(low.alias(f"least {code}") for code, (low, _) in ranges.items()),
        *(high.alias(f"most {code}") for code, (_, high) in ranges.items()),
    )
    weights = _weights(version, codes)
    total = {
        side: pl.sum_horizontal(pl.col(f"{side} {code}") * weights[code] for code in codes)
        for side in ("least", "most")
    }
    table = table.with_columns(total["least"].alias("lowest"), total["most"].alias("highest"))
    return table.group_by(KEY).agg(
        *(pl.col(f"least {code}").min() for code in codes),
        *(pl.col(f"most {code}").max() for code in codes),
        *(pl.col(f"least {code}").get(pl.col("lowest").arg_min()).alias(f"low {code}") for code in codes),
        *(pl.col(f"most {code}").get(pl.col("highest").arg_max()).alias(f"high {code}") for code in codes),
    )


def _weights(version: Version, codes: list[str]) -> dict[str, int]:
    """Give whole numbers in the proportion of what a point of each item adds to the index."""
    known = shares(version)
    if known is None or len(codes) == 1:
        return dict.fromkeys(codes, 1)
    whole = lcm(*(known[code].denominator for code in codes))
    return {code: int(known[code] * whole) for code in codes}


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
