"""Reads of many submissions at once, for imports and for checks of what is stored."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import batched
from operator import or_

import polars as pl
from django.db.models import Count, F, Min, Q

from sidara.collection import models
from sidara.collection.core.bulk.merging import STORED
from sidara.collection.core.dataset import dataset_of
from sidara.collection.core.rights import READ
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.kernel.cell import State
from sidara.records.writing import last_number
from sidara.regions import queries as areas

BATCH = 5_000
"""Ids that go into one question to the database."""
FEW = 500
"""Regions that are named in a question; of more, all are read and the others left out."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A submission that somebody began: ids, where, its last revision, the number of its form's version."""

    id: int
    uid: str
    form: str
    region_id: int
    period: str
    revision: int
    form_number: int
    form_version: str


def begun(actor: Actor, dataset: str, region_ids: Collection[int], homes: Collection[Home]) -> list[Begun]:
    """Give the submissions of some regions among some forms and periods."""
    require_somewhere(actor, READ)
    wanted = set(homes)
    fields = ("pk", "uid", "form", "region_id", "period", "revision", "form_number", "form_version")
    own = set(region_ids)
    rows = models.Submission.objects.filter(
        dataset__code=dataset,
        form__in={home.form for home in wanted},
        period__in={home.period for home in wanted},
    )
    if len(own) <= FEW:
        rows = rows.filter(region_id__in=own)
    return [
        Begun(pk, str(uid), *rest)
        for pk, uid, *rest in rows.values_list(*fields)
        if rest[1] in own and Home(rest[0], rest[2]) in wanted
    ]


def stored(actor: Actor, submission_ids: Iterable[int]) -> pl.DataFrame:
    """Give the present cells of submissions (`STORED`; `sub` is the submission's id)."""
    require_somewhere(actor, READ)
    return pl.DataFrame(list(_cells(submission_ids)), schema=STORED, orient="row")


def _cells(submission_ids: Iterable[int]) -> Iterator[tuple[object, ...]]:
    fields = ("submission_id", "pk", "row", "variable__code", "breakdown", "state", "value", "explanation")
    for ids in batched(submission_ids, BATCH):
        cells = models.Cell.objects.filter(submission_id__in=ids).order_by()
        yield from cells.values_list(*fields, "revision").iterator(chunk_size=20_000)


def contested(actor: Actor, submission_ids: Iterable[int]) -> set[int]:
    """Give the submissions that were ever in conflict or locked: they are merged one by one."""
    require_somewhere(actor, READ)
    found: set[int] = set()
    for ids in batched(submission_ids, BATCH):
        rows = models.Kept.objects.filter(record__submission_id__in=ids)
        found |= set(rows.values_list("record__submission_id", flat=True).distinct())
        locks = models.Lock.objects.filter(submission_id__in=ids)
        found |= set(locks.values_list("submission_id", flat=True).distinct())
    return found


def newest_lock(actor: Actor) -> int:
    """Give the number of the newest lock, 0 where there is none."""
    require_somewhere(actor, READ)
    return last_number(models.Lock)


def below(actor: Actor, under: str, *, of: str = "") -> Q:
    """Ask for the submissions of a region and of all that lies in it today; of an unknown one for none.

    `of` leads from the rows that are asked for to their submission (`submission__`).

    By the tree and not by how codes begin: a village that moved into another kecamatan may keep its code.
    """
    area = areas.resolve(actor, under)
    if area is None:
        return Q(pk__in=())
    places = ("region", "region__parent", "region__parent__parent", "region__parent__parent__parent")
    return reduce(or_, (Q(**{f"{of}{place}": area.id}) for place in places))


CELLS_AT = {"uid": pl.String, "row": pl.String, "variable": pl.String, "breakdown": pl.String} | {
    "first_revision": pl.Int64
}
"""Cells of submissions (uid), with the first revision that has them."""


def cells_at(actor: Actor, submissions: Collection[str]) -> pl.DataFrame:
    """Give the cells that submissions (uid) ever had, and since which revision (`CELLS_AT`).

    Keys only, nothing of what stands there. Refuses (`NotAllowed`) an actor who may read no submission.
    """
    require_somewhere(actor, READ)
    found: list[tuple[object, ...]] = []
    for uids in batched(sorted(submissions), BATCH):
        rows = (
            models.Change.objects.filter(record__submission__uid__in=uids)
            .order_by()
            .values_list("record__submission__uid", "cell__row", "cell__variable__code", "cell__breakdown")
            .annotate(first=Min("record__number"))
        )
        found += [(str(uid), *rest) for uid, *rest in rows]
    return pl.DataFrame(found, schema=CELLS_AT, orient="row")


@dataclass(frozen=True, slots=True)
class Listed:
    """A submission in a list: where, its last revision, how many of its cells are filled."""

    form: str
    form_number: int
    region: str
    period: str
    revision: int
    cells: int


def listed(
    actor: Actor, *, form: str = "", under: str = "", period: str = "", dataset: str = ""
) -> list[Listed]:
    """List the submissions that somebody began and the actor may read, by region, form and period.

    `under` bounds to a region (dotted code) and all below it; without a data set that of `under` is read,
    example villages apart from real ones. Refuses (`NotAllowed`) who may read nowhere.
    """
    require_somewhere(actor, READ)
    dataset = dataset or dataset_of(under)
    rows = models.Submission.objects.filter(dataset__code=dataset)
    if form:
        rows = rows.filter(form=form)
    if period:
        rows = rows.filter(period=period)
    if under:
        rows = rows.filter(below(actor, under))
    is_filled = ~Q(cells__state=State.EMPTY.value) & Q(cells__isnull=False)
    counted = rows.annotate(filled=Count("cells", filter=is_filled)).order_by(
        "region__code", "form", "period"
    )
    fields = ("form", "form_number", "region__code", "period", "revision", "filled")
    known = dictionary.dictionary(actor).forms
    return [
        Listed(*row)
        for row in counted.values_list(*fields)
        if actor.may(
            READ, region=row[2], sector=known[row[0]].sector if row[0] in known else None, dataset=dataset
        )
    ]


@dataclass(frozen=True, slots=True)
class Head:
    """A submission with its last revision and the hash of its content."""

    form: str
    region: str
    period: str
    revision: int
    content_hash: str


def heads(actor: Actor, dataset: str, regions: Collection[str]) -> list[Head]:
    """Give the heads of all submissions of some villages (dotted codes), by region, form and period.

    Refuses (`NotAllowed`) an actor who may not read what is filled in in one of them.
    """
    for code in regions:
        require(actor, READ, region=code, dataset=dataset)
    found: list[Head] = []
    for codes in batched(sorted(regions), BATCH):
        rows = models.Revision.objects.filter(
            submission__dataset__code=dataset,
            submission__region__code__in=codes,
            number=F("submission__revision"),
        ).order_by("submission__region__code", "submission__form", "submission__period")
        fields = ("submission__form", "submission__region__code", "submission__period")
        found += [Head(*row) for row in rows.values_list(*fields, "number", "content_hash")]
    return found
