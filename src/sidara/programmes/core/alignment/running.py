"""All checks, by code, and the one function that runs them."""

from collections.abc import Callable, Collection, Iterator, Mapping

from sidara.kernel.finding import Severity
from sidara.programmes.core.alignment import strategic
from sidara.programmes.core.alignment.ceilings import ceilings
from sidara.programmes.core.alignment.codes import codes
from sidara.programmes.core.alignment.content import CheckCode
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found
from sidara.programmes.core.alignment.indicators import targets, units
from sidara.programmes.core.alignment.locations import locations
from sidara.programmes.core.alignment.overlaps import overlaps
from sidara.programmes.core.alignment.proposals import proposals
from sidara.programmes.core.alignment.realised import realised
from sidara.programmes.core.alignment.rows import Tables
from sidara.programmes.core.alignment.village_funds import village_funds
from sidara.programmes.core.alignment.village_plans import budgets, yearly_plans

CHECKS: Mapping[CheckCode, Callable[[Tables, Context], Iterator[Found]]] = {
    CheckCode.PROGRAMMES: strategic.programmes,
    CheckCode.SUB_ACTIVITIES: strategic.sub_activities,
    CheckCode.GOALS: strategic.goals,
    CheckCode.CODES: codes,
    CheckCode.TARGETS: targets,
    CheckCode.UNITS: units,
    CheckCode.CEILINGS: ceilings,
    CheckCode.PRIORITIES: strategic.priorities,
    CheckCode.LOCATIONS: locations,
    CheckCode.OVERLAPS: overlaps,
    CheckCode.PROPOSALS: proposals,
    CheckCode.YEARLY_PLANS: yearly_plans,
    CheckCode.BUDGETS: budgets,
    CheckCode.VILLAGE_FUNDS: village_funds,
    CheckCode.REALISED: realised,
}
"""What each check does; how it is called and told is `content/alignment.yaml`."""
_WEIGHT = list(Severity)


def check(tables: Tables, context: Context, only: Collection[str] = ()) -> list[Found]:
    """Run the checks (`only` some, by code) over the rows; of each check the gravest findings first.

    The order of the rows changes nothing.
    """
    return [
        one
        for code, run in CHECKS.items()
        if not only or code in only
        for one in sorted(run(tables, context), key=lambda found: _WEIGHT.index(found.severity))
    ]
