"""Indicators of the Renja beside those of the Renstra: S05 (targets), S06 (units)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from sidara.programmes.core.alignment.content import CheckCode, Parameter
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import indicator_key, of_plan, owner_key, place
from sidara.programmes.core.alignment.rows import PlanLine, Tables
from sidara.programmes.core.words import PlanKind

FALLING = "turun"


def targets(tables: Tables, context: Context) -> Iterator[Found]:
    """S05: the indicator goes the same way, and its target is not weaker without a reason."""
    tell = Teller(CheckCode.TARGETS, context)
    for lower, upper in _pairs(tables, context):
        yield from _target(tell, lower, upper)


def _target(tell: Teller, lower: PlanLine, upper: PlanLine) -> Iterator[Found]:
    rules = tell.context.rules
    if lower.direction and upper.direction and lower.direction != upper.direction:
        yield tell.line("opposite", lower, upper, direction=lower.direction, upper_direction=upper.direction)
        return
    direction = lower.direction or upper.direction or rules.assumed_direction
    if lower.target is None or upper.target is None:
        return
    if lower.unit and upper.unit and rules.unit(lower.unit) != rules.unit(upper.unit):
        return
    better = (lower.target - upper.target) * (-1 if direction == FALLING else 1)
    allowed = rules.parameters[Parameter.WEAKER_TOLERANCE] * Fraction(abs(upper.target))
    figures: dict[str, Decimal] = {"target": lower.target, "upper_target": upper.target}
    if better > 0:
        yield tell.line("stronger", lower, upper, **figures)
    elif -Fraction(better) > allowed and not lower.reason.strip():
        yield tell.line("weaker", lower, upper, **figures)


def units(tables: Tables, context: Context) -> Iterator[Found]:
    """S06: the unit is the same, by the list of spellings."""
    tell = Teller(CheckCode.UNITS, context)
    for lower, upper in _pairs(tables, context):
        if lower.unit and upper.unit and context.rules.unit(lower.unit) != context.rules.unit(upper.unit):
            yield tell.line("other_unit", lower, upper, unit=lower.unit, upper_unit=upper.unit)


def _pairs(tables: Tables, context: Context) -> Iterator[tuple[PlanLine, PlanLine]]:
    """Give each line of the Renja with the line of the Renstra of the same year, code and indicator."""

    def key(line: PlanLine) -> tuple[object, ...]:
        code = context.newest(line.code or "")
        return (*place(line), owner_key(line), code, indicator_key(line), line.year)

    upper = {
        key(one): one for one in of_plan(tables.plan_lines, PlanKind.RENSTRA) if one.code and one.indicator
    }
    for one in of_plan(tables.plan_lines, PlanKind.RENJA):
        if one.code and one.indicator and (found := upper.get(key(one))) is not None:
            yield one, found
