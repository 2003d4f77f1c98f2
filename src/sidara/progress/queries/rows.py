"""Single submissions: how far each is, for who answers for its village."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import F

from sidara.kernel.actor import Actor
from sidara.progress.queries.rights import READ_VILLAGES, own
from sidara.progress.queries.rolled import Scope, chosen
from sidara.verification.core import Step

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One expected submission; fields as in the records (`models.Tally`), days as `date.toordinal`.

    `region` is the code of the village, `region_name` its name without the word for its kind.
    """

    dataset: str
    form: str
    sector: str
    period: str
    year: int
    region_id: int
    region: str
    region_name: str
    district_id: int
    regency_id: int
    province_id: int
    due_day: int
    revision: int
    asked: int
    required: int
    filled: int
    unknown: int
    not_applicable: int
    cells: int
    returned: int
    returned_now: int
    returns: int
    errors: int
    explained_warnings: int
    open_warnings: int
    doubted: int
    unexplained: int
    unsound: int
    copied: int
    poor: int
    poor_apart: int
    is_copy_of_year: bool
    is_copy_of_neighbour: bool
    recorded_days: int
    level: int
    waiting: str
    since_day: int | None
    sent_day: int | None
    received_day: int | None
    came_day: int | None

    @property
    def open(self) -> int:
        """Required cells that apply and are not filled."""
        return self.required - self.not_applicable - self.filled

    @property
    def steps(self) -> tuple[Step, ...]:
        """Who it waits for."""
        return tuple(Step(one) for one in self.waiting.split())

    def late_days(self, today: date) -> int:
        """How many days after the due day it came, or, while it did not come, today is; 0 in time."""
        came = self.came_day if self.came_day is not None else today.toordinal()
        return max(0, came - self.due_day)


_NAMES = tuple(one.name for one in fields(Row))
_COLUMNS = {"region": "region__code", "region_name": "region__name"}


def count(actor: Actor, scope: Scope) -> int:
    """Count the submissions of a scope that the actor may see one by one. Rights as `rows`."""
    return chosen(actor, scope).filter(own(actor, READ_VILLAGES)).count()


def rows(actor: Actor, scope: Scope, *, worst: int | None = None, **only: Any) -> Iterator[Row]:
    """Give the submissions of a scope that the actor may see one by one, by region, form and period.

    With `worst` so many, those first of which most is open. `only` bounds further, by conditions on fields
    (`returned_now__gt=0`). Refuses (`NotAllowed`) who may see none anywhere.
    """
    found = chosen(actor, scope).filter(own(actor, READ_VILLAGES), **only)
    named = [_COLUMNS.get(name, name) for name in _NAMES]
    order = ("region__code", "form", "period")
    if worst is not None:
        left = F("filled") + F("not_applicable") - F("required")
        found = found.order_by(left, "-due_day", *order)[:worst]
    else:
        found = found.order_by(*order)
    ordered = found.values_list(*named)
    yield from (Row(*one) for one in ordered.iterator(chunk_size=CHUNK))
