"""Made-up conditions of the example villages of a province, stated through the service of everybody."""

from functools import cache

from sidara.demo.core.conditions import Shares, condition_of
from sidara.kernel import content
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock
from sidara.regions import queries as regions
from sidara.regions import services as registering


@cache
def shares() -> Shares:
    """Read `content/conditions.yaml`."""
    made = content.load("sidara.demo", "conditions")
    alone, parts = made["without_link"], (made["difficulty"]["linked"], made["difficulty"]["without_link"])
    return Shares(
        made["source"],
        made["since"],
        alone["default_percent"],
        alone["regencies"],
        made["office_percent"],
        (parts[0]["hard_percent"], parts[1]["hard_percent"]),
        (parts[0]["extreme_percent"], parts[1]["extreme_percent"]),
    )


def state_conditions(actor: Actor, *, province: str, clock: Clock) -> int:
    """State under which conditions the example villages of a province (two digits) work; gives how many.

    The same again states none. Refuses (`NotAllowed`) who may not state conditions there.
    """
    made = {
        one.code: condition_of(one.code, shares())
        for one in regions.villages(actor, province, examples=True)
        if one.is_example
    }
    return registering.state_conditions(actor, conditions=made, clock=clock)
