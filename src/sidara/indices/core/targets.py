"""Which scores an item can be raised to, so that its own rules will say that they are reached.

An access item whose matrix is not public gets its score from the official class alone: where that class is
not entered, no answer shows that it became 5. Nor can a deed reach the score of a percentage of nothing, or
of a question that does not apply to the village.
"""

from enum import IntEnum
from functools import reduce
from operator import or_

import polars as pl

from sidara import expressions
from sidara.indices.core import answers, spans
from sidara.indices.core.definition import Item, Version


class Reach(IntEnum):
    """What an item of a village can be raised to: nothing, what its asked answers can show, any score."""

    NOTHING = 0
    ANSWERED = 1
    ANY = 2


def answered(item: Item, year: int) -> frozenset[int]:
    """Give the scores that rules of `year` fix from answers that are asked (an official class is not)."""
    optional = {one.name for one in item.inputs if one.is_optional}
    rules = [
        rule for rule in item.rules_in(year) if not optional & set(answers.resolved(item, rule.when).names)
    ]
    return frozenset(rule.score for rule in rules if rule.score is not None)


def scores(item: Item, year: int, reach: Reach) -> frozenset[int]:
    """Give the scores that the item can be raised to."""
    match reach:
        case Reach.NOTHING:
            return frozenset()
        case Reach.ANSWERED:
            return answered(item, year)
        case Reach.ANY:
            return frozenset(item.scores_in(year))


def of_answers(version: Version, typed: pl.DataFrame, sure: pl.DataFrame, year: int) -> pl.DataFrame:
    """Give the `Reach` of each item, row by row, from typed answers and the scores that they make sure."""
    both = pl.concat([typed, sure.rename(lambda name: f"score {name}")], how="horizontal")
    reached = both.with_columns(_reach(version, item, year).alias(item.code) for item in version.items)
    return reached.select(item.code for item in version.items)


def of_scores(version: Version, height: int) -> pl.DataFrame:
    """Give the `Reach` where scores are entered: any."""
    return pl.DataFrame({item.code: pl.repeat(int(Reach.ANY), height, eager=True) for item in version.items})


def _reach(version: Version, item: Item, year: int) -> pl.Expr:
    asked = [pl.col(one.name).is_null() for one in spans.asked(item, year)]
    is_empty = reduce(or_, asked, pl.lit(value=False))
    is_out = pl.lit(value=False)
    if any(one.when_absent is None for one in item.derived):
        is_out = pl.col(f"score {item.code}").is_null() & ~is_empty
    if item.applies_when is not None:
        applies = expressions.to_polars(item.applies_when, answers.scales(version), digits=answers.DIGITS)
        is_out = is_out | (is_empty & ~applies.fill_null(value=True))
    official = [pl.col(one.name) != answers.NOT_SAID for one in item.inputs if one.is_optional]
    is_official = reduce(or_, official, pl.lit(value=False)) if official else pl.lit(value=True)
    reached = pl.when(is_official).then(int(Reach.ANY)).otherwise(int(Reach.ANSWERED))
    return pl.when(is_out).then(int(Reach.NOTHING)).otherwise(reached)
