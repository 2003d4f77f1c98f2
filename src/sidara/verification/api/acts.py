"""Acts on a submission: sent, withdrawn, endorsed, accepted, returned, corrected; each once."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding, Place
from sidara.ui.api import OR, MessageId, Problem, Text, Whole, nothing, writes
from sidara.ui.rights import Asking
from sidara.verification import services
from sidara.verification.api.standing import router, step_of
from sidara.verification.core import VERIFYING, WHOLE

MOST = 5_000
"""Cells that an act names."""
VERIFY = OR.join(one.operation for one in VERIFYING)
AT = "/submissions/{form}/{region}/{period}"
WRONG = frozenset(
    {
        *("RETURN_NOTHING", "RETURN_REASON", "RETURN_DUE", "CORRECT_NOTHING", "CORRECT_REASON"),
        *("SEND_NOTHING", "REGION_UNKNOWN", "FORM_UNKNOWN", "PERIOD_UNKNOWN"),
    }
)
"""Codes of what is wrong at any moment: 400; what holds an act back today is 409."""
type Reason = Annotated[str, StringConstraints(max_length=2_001, pattern=r"^[^\x00]*$")]


class NamedCell(Schema):
    """A cell; `row` is the id of a row of a list. The code of a list without row names the list."""

    variable: Text
    breakdown: Text = TOTAL
    row: Text = ""


class ReturnedCell(NamedCell):
    """A cell that is returned; without `reason` for that of the request."""

    reason: Reason = ""


class SendBody(Schema):
    """The revision that the sender saw."""

    revision: Whole


class WithdrawBody(Schema):
    """Why it is taken back."""

    reason: Reason = ""


class EndorseBody(Schema):
    """The hash of the content that the head of the village saw."""

    content_hash: Text


class AcceptBody(Schema):
    """The revision that was seen, and the cells: else all that wait; `quiet` leaves out doubtful ones."""

    revision: Whole
    step: Text = ""
    cells: list[NamedCell] | None = Field(None, max_length=MOST)
    quiet: bool = False


class ReturnBody(Schema):
    """The revision that was seen, cells with reasons, the day to mend by; `whole` returns the form."""

    revision: Whole
    step: Text = ""
    cells: list[ReturnedCell] = Field([], max_length=MOST)
    whole: bool = False
    reason: Reason = ""
    due_date: date | None = None


class CorrectBody(Schema):
    """The final cells that are opened, and why."""

    cells: list[NamedCell] = Field(max_length=MOST)
    reason: Reason


class ActedOut(Schema):
    """What came of an act: the level now, and what was recorded.

    `repeated`: this message had been carried out before, and this is what it did.
    """

    level: str
    repeated: bool
    number: int
    revision: int
    content_hash: str
    late: bool
    due_date: date | None


@writes(router, f"{AT}/send", right=services.SEND, response=ActedOut, method="POST")
def send_submission(
    request: Asking, form: Text, region: Text, period: Text, body: SendBody, idempotency_key: MessageId
) -> dict[str, object]:
    """Kirim isian sebuah formulir untuk disahkan dan diperiksa, sekali."""
    return _told(
        services.send_submission(
            request.actor,
            key=SubmissionKey(form, region, period),
            revision=body.revision,
            message_id=idempotency_key,
            now=now(),
        )
    )


@writes(router, f"{AT}/withdraw", right=services.WITHDRAW, response=ActedOut, method="POST")
def withdraw_submission(
    request: Asking, form: Text, region: Text, period: Text, body: WithdrawBody, idempotency_key: MessageId
) -> dict[str, object]:
    """Tarik kembali kiriman sendiri, sebelum diperiksa kecamatan."""
    return _told(
        services.withdraw_submission(
            request.actor,
            key=SubmissionKey(form, region, period),
            message_id=idempotency_key,
            now=now(),
            reason=body.reason,
        )
    )


@writes(router, f"{AT}/endorse", right=services.ENDORSE, response=ActedOut, method="POST")
def endorse_submission(
    request: Asking, form: Text, region: Text, period: Text, body: EndorseBody, idempotency_key: MessageId
) -> dict[str, object]:
    """Sahkan kiriman sebagai kepala desa."""
    return _told(
        services.endorse_submission(
            request.actor,
            key=SubmissionKey(form, region, period),
            content_hash=body.content_hash,
            message_id=idempotency_key,
            now=now(),
        )
    )


@writes(router, f"{AT}/accept", right=VERIFY, response=ActedOut, method="POST")
def accept_cells(
    request: Asking, form: Text, region: Text, period: Text, body: AcceptBody, idempotency_key: MessageId
) -> dict[str, object]:
    """Terima sel sebagai pemeriksa: semua yang menunggu, yang tenang, atau yang disebut."""
    key = SubmissionKey(form, region, period)
    step = step_of(request, body.step, key=key)
    cells = None if body.cells is None else [_key(one) for one in body.cells]
    if body.quiet:
        done = services.accept_quiet(
            request.actor,
            key=key,
            step=step,
            revision=body.revision,
            message_id=idempotency_key,
            now=now(),
        )
    else:
        done = services.accept_cells(
            request.actor,
            key=key,
            step=step,
            revision=body.revision,
            message_id=idempotency_key,
            now=now(),
            cells=cells,
        )
    return _told(done)


@writes(router, f"{AT}/return", right=VERIFY, response=ActedOut, method="POST")
def return_cells(
    request: Asking, form: Text, region: Text, period: Text, body: ReturnBody, idempotency_key: MessageId
) -> dict[str, object]:
    """Kembalikan sel, daftar atau formulir ke desa, dengan alasan dan hari."""
    key = SubmissionKey(form, region, period)
    reasons = {_key(one): one.reason or body.reason for one in body.cells}
    done = services.return_cells(
        request.actor,
        key=key,
        step=step_of(request, body.step, key=key),
        reasons={WHOLE: body.reason} if body.whole else reasons,
        due_date=body.due_date,
        revision=body.revision,
        message_id=idempotency_key,
        now=now(),
    )
    return _told(done)


@writes(router, f"{AT}/correct", right=services.CORRECT, response=ActedOut, method="POST")
def correct_cells(
    request: Asking, form: Text, region: Text, period: Text, body: CorrectBody, idempotency_key: MessageId
) -> dict[str, object]:
    """Buka sel final untuk koreksi; yang terkait menurut pemeriksaan ikut terbuka."""
    return _told(
        services.correct_cells(
            request.actor,
            key=SubmissionKey(form, region, period),
            cells=[_key(one) for one in body.cells],
            message_id=idempotency_key,
            now=now(),
            reason=body.reason,
        )
    )


def problem(*findings: Finding) -> Problem:
    """Say why an act was not carried out."""
    told = findings or (nothing(),)
    status = HTTPStatus.BAD_REQUEST if told[0].code in WRONG else HTTPStatus.CONFLICT
    return Problem(status, *told)


def _key(one: NamedCell) -> Key:
    return Key(one.row.lower(), one.variable, one.breakdown)


def _told(done: services.Outcome) -> dict[str, object]:
    """Give what came of an act; raises `Problem` with all that held it back."""
    event = done.event
    if not done.is_done or event is None:
        blocking = [
            Finding(
                one.finding.code,
                one.finding.message,
                one.finding.remedy,
                severity=one.finding.severity,
                place=Place(column=one.key.variable if one.key else None),
            )
            for one in done.blocking
        ]
        raise problem(*done.findings, *blocking)
    return {
        "level": done.level.name.lower(),
        "repeated": done.is_repeated,
        "number": event.link.number,
        "revision": event.link.revision,
        "content_hash": event.link.content_hash,
        "late": event.link.is_late,
        "due_date": event.due_date,
    }
