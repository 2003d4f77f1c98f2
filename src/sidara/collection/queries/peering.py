"""What villages of the same kecamatan say of the same cells, for who looks whether a figure can be right."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sidara.collection import models
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.cell import State
from sidara.regions import queries as regions


@dataclass(frozen=True, slots=True)
class Peers:
    """The figures of other villages for a cell: how many, the least and most, how many nobody sent yet."""

    count: int
    least: Decimal
    most: Decimal
    drafts: int = 0


def peers(actor: Actor, key: SubmissionKey, cells: Collection[Key]) -> dict[Key, Peers]:
    """Give, for cells of a submission, what the other villages of its kecamatan say in the same period.

    Only numbers, no rows of lists, and only of villages that the actor may read. Refuses (`NotAllowed`) an
    actor who may not read the submission itself.
    """
    place = regions.resolve(actor, key.region)
    form = dictionary.dictionary(actor).forms.get(key.form)
    sector = form.sector if form else None
    if place is None:
        return {}
    require(actor, READ, region=place.code, sector=sector, dataset=key.dataset)
    wanted = {(one.variable, one.breakdown): one for one in cells if not one.row}
    rows = models.Cell.objects.filter(
        submission__dataset__code=key.dataset,
        submission__form=key.form,
        submission__period=key.period,
        region__parent_id=place.parent_id,
        variable__code__in={variable for variable, _ in wanted},
        state=State.VALUE.value,
        row="",
    ).exclude(region_id=place.id)
    found: dict[Key, list[Decimal]] = {}
    drafts: Counter[Key] = Counter()
    told = list(rows.values_list("region__code", "variable__code", "breakdown", "value", "submission_id"))
    sent = _locked({one[-1] for one in told})
    for region, variable, breakdown, value, submission in told:
        own = wanted.get((variable, breakdown))
        number = None if own is None else _number(value)
        if own and number is not None and actor.may(READ, region=region, sector=sector, dataset=key.dataset):
            found.setdefault(own, []).append(number)
            drafts[own] += submission not in sent
    return {one: Peers(len(some), min(some), max(some), drafts[one]) for one, some in found.items()}


def _locked(submissions: Collection[int]) -> set[int]:
    """Give those of some submissions that are locked: they were sent."""
    rows = models.Lock.objects.filter(submission_id__in=submissions).order_by("id")
    last = dict(rows.values_list("submission_id", "is_locked"))
    return {one for one, is_locked in last.items() if is_locked}


def _number(text: str | None) -> Decimal | None:
    try:
        made = Decimal(text or "")
    except InvalidOperation:
        return None
    return made if made.is_finite() else None
