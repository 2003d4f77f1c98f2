"""What is known of poverty by village, from what villages fill in: sums, coverage, age; no proxy is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Variable
from sidara.kernel.actor import Actor, require
from sidara.programmes.core.equity import EquityContent, PovertyMeasure
from sidara.programmes.formats import equity_file
from sidara.programmes.queries.rights import READ
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Answer, Query
from sidara.warehouse.core.indicators import KINDS


@dataclass(frozen=True, slots=True)
class Poverty:
    """A measure over an area: `total` over the villages that answered it, `share` of its denominator.

    `reporting` of `expected` villages and kelurahan answered it, in the periods `oldest` to `newest`: each
    by its newest answer. `share` stands on the `both` that answered the denominator, too. `total` is `None`
    where nobody did: that is not known, not 0. `villages` gives each village's own answer.
    """

    measure: PovertyMeasure
    variable: Variable
    total: Decimal | None
    share: Fraction | None
    reporting: int
    both: int
    expected: int
    oldest: str
    newest: str
    recorded_at: datetime | None
    villages: Mapping[str, Decimal]


def equity_content(actor: Actor) -> EquityContent:
    """Give what the content says of spread and poverty."""
    require(actor, READ)
    return equity_file.read()


def poverty(actor: Actor, dataset: str, under: str) -> tuple[tuple[Poverty, ...], Answer | None]:
    """Give what is known of poverty in an area, measures of poverty itself first, and the answer behind it.

    `dataset`: that of real or of example villages, never both. Rights are those of `ask`: without them
    nothing is known. A variable that the dictionary does not hold is left out.
    """
    content, held = equity_content(actor), dictionary.dictionary(actor).variables
    told = [one for one in content.poverty if one.variable in held]
    codes = tuple(dict.fromkeys(code for one in told for code in (one.variable, one.per) if code in held))
    answer: Answer | None = None
    found: dict[str, Answer] = {}
    for code in codes:
        answer = warehouse.ask(actor, Query(dataset, (code,), under=under, kinds=KINDS))
        found[code] = answer
    return tuple(_measured(one, held[one.variable], found) for one in told), answer


def _measured(one: PovertyMeasure, variable: Variable, found: Mapping[str, Answer]) -> Poverty:
    figures = found[one.variable].figures
    told = {each.region: each for each in figures if each.value is not None}
    per = {
        each.region: each.value
        for each in (found[one.per].figures if one.per in found else ())
        if each.value is not None
    }
    both = told.keys() & per.keys()
    below = sum((per[code] for code in both), Decimal(0))
    above = sum((told[code].value or Decimal(0) for code in both), Decimal(0))
    periods = sorted(each.period or "" for each in told.values())
    return Poverty(
        one,
        variable,
        sum((each.value or Decimal(0) for each in told.values()), Decimal(0)) if told else None,
        Fraction(above) / Fraction(below) if below else None,
        len(told),
        len(both),
        len({each.region for each in figures}),
        periods[0] if periods else "",
        periods[-1] if periods else "",
        max((each.newest for each in told.values() if each.newest), default=None),
        {code: each.value or Decimal(0) for code, each in told.items()},
    )
