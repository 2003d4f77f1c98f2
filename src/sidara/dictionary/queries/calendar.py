"""Windows of forms, as they hold for a region: the nearest group of regions to which it belongs decides."""

from collections.abc import Sequence
from datetime import date

from sidara.dictionary.core import openings
from sidara.dictionary.core.openings import Opening
from sidara.dictionary.queries.revisions import dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.period import Period
from sidara.regions import queries as regions


def opening(actor: Actor, form: str, period: Period, region_id: int | None = None) -> Opening | None:
    """Say when a form of a period is open in a region (`None` = where no group is named)."""
    return openings.opening(dictionary(actor), form, period, _lineage(actor, region_id))


def openings_in(actor: Actor, within: Period, region_id: int | None = None) -> tuple[Opening, ...]:
    """Give the openings of every form for its periods inside another one, by due day."""
    return openings.openings_in(dictionary(actor), within, _lineage(actor, region_id))


def openings_between(
    actor: Actor, first: date, last: date, region_id: int | None = None
) -> tuple[Opening, ...]:
    """Give the openings that are open, or take what is late, on any of the days; by due day."""
    return openings.openings_between(dictionary(actor), first, last, _lineage(actor, region_id))


def schedule(actor: Actor, first: date, last: date) -> tuple[Opening, ...]:
    """Give the openings of every window, those of groups of regions too, as `openings_between`."""
    return openings.schedule(dictionary(actor), first, last)


def _lineage(actor: Actor, region_id: int | None) -> Sequence[str]:
    """Give the code of a region and of those above it, the nearest first."""
    if region_id is None:
        return ()
    own = regions.regions(actor, [region_id]).values()
    return [one.code for one in (*own, *reversed(regions.ancestors(actor, region_id)))]
