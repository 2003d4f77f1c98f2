"""What waits for a verifier: submissions in his hands, the latest and most doubtful first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from sidara.collection import queries as collection
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, NotAllowed
from sidara.verification import models
from sidara.verification.core import VERIFYING, Level, Step
from sidara.verification.queries.receipts import handed_over

READ_QUEUE = "verification.read_queue"


@dataclass(frozen=True, slots=True)
class Queued:
    """A submission that waits for a step, as lists show it.

    `since`: when it came into these hands, the first of several (UTC). `due_date` and `is_late` are of its
    sending; `doubts` are warnings that were explained, `returned` cells that are being mended meanwhile.
    `received_at`: when it was handed over at the kecamatan before it was sent (UTC).
    """

    form: str
    region: str
    period: str
    dataset: str
    level: Level
    since: datetime
    due_date: date | None
    is_late: bool
    doubts: int
    returned: int
    received_at: datetime | None = None


def steps_of(actor: Actor, *, region: str = "", sector: str | None = None, dataset: str = "") -> list[Step]:
    """Give the steps above the village that an actor may take: in a region and sector, or anywhere."""
    return [
        step
        for step in VERIFYING
        if (
            actor.may(step.operation, region=region, sector=sector, dataset=dataset)
            if region
            else actor.may_somewhere(step.operation)
        )
    ]


def queue(  # noqa: PLR0913 - keyword-only, each bounds it
    actor: Actor,
    step: Step,
    *,
    under: str = "",
    form: str = "",
    period: str = "",
    dataset: str = "",
) -> list[Queued]:
    """Give the submissions that wait for a step of the actor: late ones first, then by doubts, then by wait.

    `under` bounds to a region (dotted code) and all below it, `form`, `period` and `dataset` to one of each.
    Refuses (`NotAllowed`) an actor who may take that step nowhere.
    """
    if not actor.may_somewhere(step.operation):
        raise NotAllowed(actor, step.operation)
    rows = models.Stand.objects.filter(waiting__contains=f" {step.value} ")
    if dataset:
        rows = rows.filter(submission__dataset__code=dataset)
    if form:
        rows = rows.filter(submission__form=form)
    if period:
        rows = rows.filter(submission__period=period)
    if under:
        rows = rows.filter(collection.below(actor, under, of="submission__"))
    rows = rows.order_by(
        "-is_late", F("due_date").asc(nulls_last=True), "-doubts", "since", "submission__region__code"
    )
    forms = dictionary.dictionary(actor).forms
    own = ("submission__form", "submission__region__code", "submission__period", "submission__dataset__code")
    rest = ("level", "since", "due_date", "is_late", "doubts", "returned", "sent_at")
    handed = _handed(actor, under=under, form=form, period=period, dataset=dataset)
    found: list[Queued] = []
    for code, region, at, held, level, *times, sent_at in rows.values_list(*own, *rest):
        sector = forms[code].sector if code in forms else None
        if actor.may(step.operation, region=region, sector=sector, dataset=held):
            first = handed.get((code, region, at, held))
            received = first if first and sent_at and first <= sent_at else None
            told = (*times, received)
            found.append(Queued(code, region, at, held, Level(level), *told))
    return found


def _handed(actor: Actor, **bounds: str) -> dict[tuple[str, str, str, str], datetime]:
    """Give when submissions were first handed over at the kecamatan, by form, region, period and data set."""
    made: dict[tuple[str, str, str, str], datetime] = {}
    for one in handed_over(actor, **bounds):
        made.setdefault((one.form, one.region, one.period, one.dataset), one.handed_at)
    return made
