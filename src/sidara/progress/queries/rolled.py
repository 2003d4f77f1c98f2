"""Counts by form, period and area: sums over the tallies, made by the database, whichever it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable

from sidara.collection.core import COLLECTION, dataset_of
from sidara.kernel.actor import Actor, require
from sidara.progress import models
from sidara.progress.core import SUMMED, Sums
from sidara.progress.queries.awards import days_to_zero
from sidara.progress.queries.keeping import kept
from sidara.progress.queries.marked import READ
from sidara.progress.queries.rights import READ_VILLAGES, own
from sidara.regions import queries as regions
from sidara.regions.core import Level
from sidara.verification.core import Level as Reached

BY = {
    "form": "form",
    "sector": "sector",
    "period": "period",
    "year": "year",
    "province": "province_id",
    "regency": "regency_id",
    "district": "district_id",
    "village": "region_id",
    "level": "level",
}
"""What counts may be given by; areas by the id of the region."""
AREAS = {
    Level.PROVINCE: "province_id",
    Level.REGENCY: "regency_id",
    Level.DISTRICT: "district_id",
    Level.VILLAGE: "region_id",
}
"""The column that says in which area of a level a tally lies."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which submissions are counted: those of one data set, real and simulated never together.

    `under` bounds to an area (dotted code), `year` to periods that lie in it, the rest to one each. Without a
    data set that of `under` is meant.
    """

    dataset: str = ""
    under: str = ""
    year: int = 0
    period: str = ""
    form: str = ""
    sector: str = ""

    def __post_init__(self) -> None:
        """Follow the area where no data set is named."""
        if not self.dataset:
            object.__setattr__(self, "dataset", dataset_of(self.under) if self.under else COLLECTION)


def chosen(actor: Actor, scope: Scope) -> QuerySet[models.Tally]:
    """Choose the tallies of a scope, for the queries of this room; of an unknown area none."""
    require(actor, READ)
    found = models.Tally.objects.filter(dataset=scope.dataset)
    for name in ("year", "period", "form", "sector"):
        if asked := getattr(scope, name):
            found = found.filter(**{name: asked})
    if scope.under:
        area = regions.resolve(actor, scope.under)
        above = regions.with_above(actor, area.id) if area else ()
        found = found.filter(**{AREAS[one.level]: one.id for one in above}) if above else found.none()
    return found


def rolled(actor: Actor, scope: Scope, *, by: Sequence[str], today: date) -> dict[tuple[Any, ...], Sums]:
    """Give the sums of a scope by some of `BY`, keyed in their order; nothing where nothing is expected.

    Sums of parts equal the whole exactly. Counts by area and form are everybody's; by village only those that
    the actor may see one by one. Refuses (`NotAllowed`) who may see no village and asks by village.
    """
    if "village" in by:
        return _rolled(actor, chosen(actor, scope).filter(own(actor, READ_VILLAGES)), by, today)
    require(actor, READ)
    name = "rolled", scope, tuple(by), today
    return dict(kept(actor, name, lambda: _rolled(actor, chosen(actor, scope), by, today)))


def _rolled(
    actor: Actor, rows: QuerySet[models.Tally], by: Sequence[str], today: date
) -> dict[tuple[Any, ...], Sums]:
    names = [BY[one] for one in by]
    counted = rows.order_by().values(*names).annotate(**_sums(today.toordinal(), days_to_zero(actor)))
    return {tuple(row[name] for name in names): _read(row) for row in counted}


def total(actor: Actor, scope: Scope, *, today: date) -> Sums:
    """Give the sums of a whole scope."""
    return sum(rolled(actor, scope, by=("province",), today=today).values(), start=Sums())


def _read(row: Mapping[str, Any]) -> Sums:
    return Sums(*(row[f"n_{name}"] or 0 for name in SUMMED))


def _sums(today: int, zero: int) -> dict[str, Combinable]:
    """Give what is summed, under names that no column has: fields of `Sums` behind `n_`."""
    is_due = Q(came_day=None, due_day__lt=today)
    counts = {
        "expected": Count("pk"),
        "begun": _count(Q(revision__gt=0)),
        "sent": _count(Q(level__gte=Reached.SENT)),
        "regency": _count(Q(level__gte=Reached.REGENCY)),
        "final": _count(Q(level=Reached.PROVINCE)),
        "late": _count(Q(came_day__gt=F("due_day")) | is_due),
        "mending": _count(Q(returned_now__gt=0)),
        "overdue": _count(is_due),
        "warnings": Sum(F("explained_warnings") + F("open_warnings")),
        "punctual": Sum(_punctual(today, zero), default=0),
        "judged": _count(Q(came_day__isnull=False) | is_due),
    }
    plain = {name: Sum(name) for name in SUMMED if name not in counts}
    return {f"n_{name}": one for name, one in (plain | counts).items()}


def _count(asked: Q) -> Combinable:
    return Sum(Case(When(asked, then=Value(1)), default=Value(0), output_field=IntegerField()))


def _punctual(today: int, zero: int) -> Case:
    """Give the parts (of `zero`) that timeliness gives to a submission: all until the due day, then fewer."""
    return Case(
        When(came_day__lte=F("due_day"), then=Value(zero)),
        When(came_day__lt=F("due_day") + zero, then=F("due_day") + zero - F("came_day")),
        When(came_day__isnull=False, then=Value(0)),
        When(due_day__gte=today, then=Value(0)),
        When(due_day__gt=today - zero, then=F("due_day") + zero - today),
        default=Value(0),
        output_field=IntegerField(),
    )
