"""Which answers would give an item a score: the change of a village's answers that is nearest to today's.

Tried, not solved: each input takes its options, or the numbers at which the item's rules turn; what the index
itself computes from them decides. Words: candidate (a value tried for one input), trial (a whole row).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor
from typing import NamedTuple

import polars as pl

from sidara.expressions.nodes import Constant, Node, Operation
from sidara.indices.core.answers import resolved
from sidara.indices.core.definition import Input, InputType, Item, Version
from sidara.indices.core.evaluate import Depth, evaluate

MOST_TRIALS = 400
"""How many rows are tried for one item."""
PERCENT = 100

type Row = Mapping[str, str | None]


class _Trial(NamedTuple):
    """One row to be computed: for which item, what it changes, how far that is from today."""

    item: str
    change: dict[str, str]
    distance: tuple[int, Fraction]


def fulfil(
    version: Version, row: Row, year: int, wanted: Mapping[str, int]
) -> Mapping[str, Mapping[str, str] | None]:
    """Give for each wanted item (code -> score) the answers to change (name -> text); `None`: none was found.

    `row` holds today's answers as a file would (`None` = unknown). Fewest answers change, then numbers least.
    """
    trials = [
        trial for code in wanted for trial in islice(_trials(version.by_code[code], row, year), MOST_TRIALS)
    ]
    found: dict[str, Mapping[str, str] | None] = dict.fromkeys(wanted)
    if not trials:
        return found
    names = [one.name for one in version.inputs]
    frame = pl.DataFrame(
        {name: [trial.change.get(name, row.get(name)) for trial in trials] for name in names},
        schema=dict.fromkeys(names, pl.String),
    )
    points = evaluate(version, Depth.ANSWERS, frame, year).points.select(list(wanted))
    fitting = [
        trial
        for trial, scores in zip(trials, points.iter_rows(named=True), strict=True)
        if scores[trial.item] == wanted[trial.item]
    ]
    for trial in sorted(fitting, key=lambda one: one.distance, reverse=True):
        found[trial.item] = trial.change
    return found


def _trials(item: Item, row: Row, year: int) -> Iterator[_Trial]:
    inputs = item.read_inputs
    limits = sorted(
        {value for rule in item.rules_in(year) for value in _limits(resolved(item, rule.when).root)}
    )
    tried = [_candidates(one, inputs, row, limits) for one in inputs]
    for texts in product(*tried):
        change = {
            one.name: text
            for one, text in zip(inputs, texts, strict=True)
            if text is not None and text != row.get(one.name)
        }
        steps = (_distance(row.get(name), text) for name, text in change.items())
        yield _Trial(item.code, change, (len(change), sum(steps, Fraction(0))))


def _limits(node: Node) -> Iterator[Fraction]:
    """Give the numbers that stand in a condition."""
    match node:
        case Constant(Fraction() as value):
            yield value
        case Operation(_, operands):
            for operand in operands:
                yield from _limits(operand)
        case _:
            return


def _candidates(
    one: Input, inputs: Sequence[Input], row: Row, limits: Sequence[Fraction]
) -> tuple[str | None, ...]:
    """Give today's answer first, then what could turn a rule."""
    today = row.get(one.name)
    match one.type:
        case InputType.YES_NO:
            return tuple(dict.fromkeys((today, "true", "false")))
        case InputType.CHOICE:
            return tuple(dict.fromkeys((today, *one.choices)))
    others = [value for other in inputs if other is not one and (value := _number(row.get(other.name)))]
    factors = [Fraction(1), *others, *(value / PERCENT for value in others)]
    grain = 10**one.decimals
    units = {
        unit + shift
        for limit in limits
        for factor in factors
        for unit in (floor(limit * factor * grain), ceil(limit * factor * grain))
        for shift in (-1, 0, 1)
    }
    least = 0 if one.minimum is None else ceil(one.minimum * grain)
    fitting = [unit for unit in units if unit >= least]
    if one.maximum is not None:
        fitting = [unit for unit in fitting if unit <= one.maximum * grain]
    now = _number(today) or Fraction(0)
    fitting.sort(key=lambda unit: (abs(Fraction(unit, grain) - now), unit))
    return tuple(dict.fromkeys((today, *(_text(unit, one.decimals) for unit in fitting))))


def _text(unit: int, decimals: int) -> str:
    whole, part = divmod(unit, 10**decimals)
    return f"{whole}.{part:0{decimals}d}".rstrip("0").rstrip(".") if part else str(whole)


def _number(text: str | None) -> Fraction | None:
    try:
        return None if text is None else Fraction(text)
    except ValueError:
        return None


def _distance(before: str | None, after: str) -> Fraction:
    old, new = _number(before), _number(after)
    return Fraction(0) if old is None or new is None else abs(new - old)
