"""Windows of forms, as they hold for a region: the nearest group of regions to which it belongs decides."""

from collections.abc import Iterable, Sequence
from datetime import date

from sidara.dictionary.core import Dictionary, openings
from sidara.dictionary.core.openings import Opening, Shift
from sidara.dictionary.queries.drafts import Review
from sidara.dictionary.queries.revisions import dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.kept import Kept
from sidara.kernel.period import Period
from sidara.regions import queries as regions

KEPT = 64
"""How many answers about days are kept: all villages ask about the same day."""
_between: Kept[tuple[Opening, ...]] = Kept(KEPT)
_ahead: Kept[tuple[Opening, ...]] = Kept(KEPT)


def opening(actor: Actor, form: str, period: Period, region_id: int | None = None) -> Opening | None:
    """Say when a form of a period is open in a region (`None` = where no group is named)."""
    return openings.opening(dictionary(actor), form, period, _lineage(actor, region_id))


def openings_of(
    actor: Actor, asked: Iterable[tuple[str, Period]], region_id: int | None = None
) -> list[Opening | None]:
    """Give the openings of forms of periods, in their order, as `opening`: the region is asked for once."""
    made, lineage = dictionary(actor), _lineage(actor, region_id)
    return [openings.opening(made, form, period, lineage) for form, period in asked]


def openings_in(actor: Actor, within: Period, region_id: int | None = None) -> tuple[Opening, ...]:
    """Give the openings of every form for its periods inside another one, by due day."""
    return openings.openings_in(dictionary(actor), within, _lineage(actor, region_id))


def openings_between(
    actor: Actor, first: date, last: date, region_id: int | None = None
) -> tuple[Opening, ...]:
    """Give the openings that are open, or take what is late, on any of the days; by due day."""
    made = dictionary(actor)
    groups = _groups(made, _lineage(actor, region_id))
    return _between.of(
        made, (first, last, groups), lambda: openings.openings_between(made, first, last, groups)
    )


def openings_ahead(actor: Actor, day: date, region_id: int | None = None) -> tuple[Opening, ...]:
    """Give the openings of the periods in which a day lies that are not open yet: drafts may be begun."""
    made = dictionary(actor)
    groups = _groups(made, _lineage(actor, region_id))
    return _ahead.of(made, (day, groups), lambda: openings.openings_ahead(made, day, groups))


def schedule(actor: Actor, first: date, last: date) -> tuple[Opening, ...]:
    """Give the openings of every window, those of groups of regions too, as `openings_between`."""
    return openings.schedule(dictionary(actor), first, last)


def shifts(actor: Actor, review: Review, day: date) -> tuple[Shift, ...]:
    """Say what a draft does to the days of forms, for each region that its changed windows name."""
    changed = openings.changed_windows(review.before, review.dictionary)
    named = regions.named(actor, {code for one in changed for code in one.regions})
    lineages = {code: _lineage(actor, one.id) for code, one in sorted(named.items())}
    return openings.shifts(review.before, review.dictionary, day, lineages)


def unknown_regions(actor: Actor, review: Review) -> tuple[str, ...]:
    """Give the codes that changed windows of a draft name and the register does not have today."""
    changed = openings.changed_windows(review.before, review.dictionary)
    codes = {code for one in changed for code in one.regions if one in review.dictionary.windows.values()}
    return tuple(sorted(codes - set(regions.named(actor, codes))))


def _groups(made: Dictionary, lineage: Sequence[str]) -> tuple[str, ...]:
    """Give the codes that windows name: villages that none of them names share an answer."""
    named = {code for one in made.windows.values() for code in one.regions}
    return tuple(code for code in lineage if code in named)


def _lineage(actor: Actor, region_id: int | None) -> Sequence[str]:
    """Give the code of a region and of those above it, the nearest first."""
    if region_id is None:
        return ()
    return [one.code for one in reversed(regions.with_above(actor, region_id))]
