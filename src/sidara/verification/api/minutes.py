"""Minutes (berita acara): what would be closed now, those that were made, closing, the paper, the check."""

from datetime import date, datetime

from django.http import HttpResponse
from ninja import Schema
from ninja.params.functions import Query

from sidara.collection.core.rights import READ
from sidara.kernel.clock import now
from sidara.ui.api import MessageId, Text, missing, reads, writes
from sidara.ui.rights import Asking
from sidara.verification import queries, services
from sidara.verification.api.acts import VERIFY, problem
from sidara.verification.api.standing import STEP, router, step_of
from sidara.verification.core import Step, read_code

PDF = "application/pdf"


class BatchEntryOut(Schema):
    """What a step did with one submission in the batch: cells accepted and returned."""

    form: str
    region: str
    period: str
    dataset: str
    accepted: int
    returned: int


class BatchOut(Schema):
    """What would be closed now; `seal` names just that, and goes into the request that closes it."""

    step: str
    under: str
    since: datetime | None
    seal: str
    entries: list[BatchEntryOut]


class ListedOut(Schema):
    """Minutes that were made: code, area, when (UTC), how many submissions."""

    code: str
    area: str
    made_at: datetime
    submissions: int


class CloseBody(Schema):
    """What is closed: a step (without: the first of one's own) in an area (without: the first of one's own).

    `seal` is that of the batch that was seen: nothing else is closed. `form` and `period` bound it.
    """

    step: Text = ""
    under: Text = ""
    form: Text = ""
    period: Text = ""
    seal: Text = ""


class ClosedOut(Schema):
    """The code of the minutes. `repeated`: this message made them before."""

    code: str
    repeated: bool


class CheckedOut(Schema):
    """What minutes say without figures and names. `whole`: hash and code follow from what is kept.

    `file_hash` is the SHA-256 of the paper: another one is not the paper that was made.
    """

    code: str
    whole: bool
    step: str
    area: str
    area_name: str
    made_at: datetime
    submissions: int
    content_hash: str
    file_hash: str
    root_day: date | None
    root_hash: str


@reads(router, "/batch", right=queries.READ_QUEUE, response=BatchOut)
def show_batch(
    request: Asking,
    step: Text = Query("", description=STEP),
    under: Text = "",
    form: Text = "",
    period: Text = "",
) -> dict[str, object]:
    """Yang akan masuk berita acara langkah Anda bila ditutup sekarang."""
    taken = step_of(request, step)
    area = _area(request, taken, under)
    held = queries.open_batch(request.actor, taken, under=area, form=form, period=period)
    entries = [
        {
            "form": one.form,
            "region": one.region,
            "period": one.period,
            "dataset": one.dataset,
            "accepted": one.accepted,
            "returned": one.returned,
        }
        for one in held.entries
    ]
    return {"step": taken.value, "under": area, "since": held.since, "seal": held.seal, "entries": entries}


@reads(router, "/minutes", right=queries.READ_QUEUE, response=list[ListedOut])
def list_minutes(
    request: Asking, step: Text = Query("", description=STEP), under: Text = ""
) -> list[dict[str, object]]:
    """Berita acara langkah Anda, yang terbaru lebih dahulu."""
    taken = step_of(request, step)
    return [
        {"code": one.code, "area": one.area_name, "made_at": one.made_at, "submissions": one.count}
        for one in queries.minutes_of(request.actor, taken, under=_area(request, taken, under))
    ]


@writes(router, "/minutes", right=VERIFY, response=ClosedOut, method="POST")
def close_batch(request: Asking, body: CloseBody, idempotency_key: MessageId) -> dict[str, object]:
    """Tutup yang Anda terima dan kembalikan dengan berita acara, sekali."""
    step = step_of(request, body.step)
    done = services.close_batch(
        request.actor,
        step=step,
        under=_area(request, step, body.under),
        site=request.build_absolute_uri("/"),
        message_id=idempotency_key,
        now=now(),
        form=body.form,
        period=body.period,
        seen=body.seal,
    )
    if not done.is_done:
        raise problem(*done.findings)
    return {"code": done.code, "repeated": done.is_repeated}


@reads(router, "/minutes/{code}", right=queries.CHECK, response=CheckedOut)
def check_minutes(request: Asking, code: Text) -> dict[str, object]:
    """Cocokkan berita acara dengan kodenya; siapa pun boleh."""
    kept = queries.minutes(request.actor, read_code(code))
    if kept is None:
        raise missing("Berita acara", code)
    made = kept.minutes
    return {
        "code": kept.code,
        "whole": kept.is_whole,
        "step": made.step.value,
        "area": made.area,
        "area_name": made.area_name,
        "made_at": made.made_at,
        "submissions": len(made.entries),
        "content_hash": kept.content_hash,
        "file_hash": kept.file_hash,
        "root_day": made.root_day,
        "root_hash": made.root_hash,
    }


@reads(router, "/minutes/{code}/file", right=READ, response=bytes)
def minutes_file(request: Asking, code: Text) -> HttpResponse:
    """PDF berita acara."""
    content = queries.minutes_file(request.actor, read_code(code))
    if content is None:
        raise missing("Berita acara", code)
    return HttpResponse(content, content_type=PDF)


def _area(request: Asking, step: Step, under: str) -> str:
    """Give the area that is meant; without one the first for which the asker takes the step."""
    own = queries.areas_of(request.actor, step)
    return under or (own[0].code if own else "")
