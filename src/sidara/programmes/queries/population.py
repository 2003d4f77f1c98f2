"""The registered population of the villages that are counted, where the facts have it."""

from dataclasses import dataclass

from sidara.kernel.actor import Actor
from sidara.programmes.queries.registers import LEAST, Scope, settled
from sidara.regions import queries as regions
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Operation, Query

PEOPLE, WOMEN = "KEP_001", "KEP_003"
HALVES = ("S2", "S1")


@dataclass(frozen=True, slots=True)
class Population:
    """People and women of an area in a half year, and of how many villages of those that are asked."""

    period: str
    people: int
    women: int
    reporting: int
    expected: int


def population(actor: Actor, scope: Scope) -> Population | None:
    """Give the population of the last half of the year that any village told; `None` where nobody did.

    At the status and as of the day of the scope; nothing of what the actor may not ask.
    """
    told, area = settled(actor, scope), regions.resolve(actor, scope.under)
    if area is None:
        return None
    for half in HALVES:
        period = f"{told.year}-{half}"
        answer = warehouse.ask(
            actor,
            Query(
                told.dataset,
                (PEOPLE, WOMEN),
                Operation.SUM,
                area.level,
                codes=(area.code,),
                periods=(period,),
                as_of=told.as_of,
                least_level=int(LEAST[told.status]),
            ),
        )
        figures = {row["variable"]: row for row in answer.frame.iter_rows(named=True)}
        held = [figures.get(code) for code in (PEOPLE, WOMEN)]
        if all(row is not None and row["value"] is not None for row in held):
            people, women = (row for row in held if row is not None)
            return Population(
                period, int(people["value"]), int(women["value"]), people["reporting"], people["expected"]
            )
    return None
