"""All checks, by code, and the one function that runs them."""

from collections.abc import Callable, Collection, Iterator, Mapping

from sidara.kernel.finding import Severity
from sidara.programmes.core.alignment import strategic
from sidara.programmes.core.alignment.ceilings import ceilings
from sidara.programmes.core.alignment.codes import codes
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found
from sidara.programmes.core.alignment.indicators import targets, units
from sidara.programmes.core.alignment.locations import locations
from sidara.programmes.core.alignment.overlaps import overlaps
from sidara.programmes.core.alignment.proposals import proposals
from sidara.programmes.core.alignment.realised import realised
from sidara.programmes.core.alignment.village_funds import village_funds
from sidara.programmes.core.alignment.village_plans import budgets, yearly_plans
from sidara.programmes.core.rows import Tables

CHECKS: Mapping[str, Callable[[Tables, Context], Iterator[Found]]] = {
    "SIN_S01": strategic.programmes,
    "SIN_S02": strategic.sub_activities,
    "SIN_S03": strategic.goals,
    "SIN_S04": codes,
    "SIN_S05": targets,
    "SIN_S06": units,
    "SIN_S07": ceilings,
    "SIN_S08": strategic.priorities,
    "SIN_S09": locations,
    "SIN_S10": overlaps,
    "SIN_S11": proposals,
    "SIN_S12": yearly_plans,
    "SIN_S13": budgets,
    "SIN_S14": village_funds,
    "SIN_S15": realised,
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
