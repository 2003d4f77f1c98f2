"""The JSON door of redactions: what was asked and decided, asking, the second person's decision."""

from datetime import datetime
from http import HTTPStatus
from typing import Literal
from uuid import UUID

from ninja import Schema

from sidara.collection import queries, services
from sidara.collection.api.submissions import router
from sidara.collection.core.redaction import Redaction, Scope
from sidara.collection.core.rights import PROPOSE_REDACTION, READ, REDACT
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding
from sidara.ui.api import MessageId, Problem, Text, reads, refused, writes
from sidara.ui.rights import Asking

LATE = ("REDACTION_OPEN", "REDACTION_DECIDED", "MESSAGE_REUSED")


class RedactionIn(Schema):
    """A cell from whose texts something is to be taken out: numbers that look personal, or all of them."""

    variable: Text
    breakdown: Text = TOTAL
    row: Text = ""
    scope: Literal["numbers", "all"] = "numbers"
    reason: Text


class DecisionIn(Schema):
    """Whether it is taken out."""

    confirm: bool


class RedactionOut(Schema):
    """A request with its decision; `revision` is that in which it was done, 0 where it was not."""

    id: UUID
    row: str
    variable: str
    breakdown: str
    scope: str
    reason: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    done: bool
    revision: int


@reads(router, "/{form}/{region}/{period}/redactions", right=READ, response=list[RedactionOut])
def list_redactions(request: Asking, form: Text, region: Text, period: Text) -> list[dict[str, object]]:
    """Penghapusan data pribadi pada sebuah isian, yang diminta dan yang diputuskan."""
    return [_flat(one) for one in queries.redactions(request.actor, SubmissionKey(form, region, period))]


@writes(
    router,
    "/{form}/{region}/{period}/redactions",
    right=PROPOSE_REDACTION,
    response=RedactionOut,
    method="POST",
)
def propose_redaction(
    request: Asking,
    form: Text,
    region: Text,
    period: Text,
    body: RedactionIn,
    idempotency_key: MessageId,
) -> dict[str, object]:
    """Minta data pribadi dihapus dari teks sebuah sel; orang lain yang menghapusnya."""
    done = services.propose_redaction(
        request.actor,
        key=SubmissionKey(form, region, period),
        cell=Key(body.row.lower(), body.variable, body.breakdown),
        scope=Scope(body.scope),
        reason=body.reason,
        request=idempotency_key,
        now=now(),
    )
    return _answer(done)


@writes(router, "/{form}/{region}/{period}/redactions/{redaction}", right=REDACT, response=RedactionOut)
def decide_redaction(
    request: Asking, form: Text, region: Text, period: Text, redaction: UUID, body: DecisionIn
) -> dict[str, object]:
    """Hapus yang diminta orang lain untuk selamanya, atau tolak."""
    key = SubmissionKey(form, region, period)
    done = services.decide_redaction(
        request.actor, key=key, request=redaction, is_confirmed=body.confirm, now=now()
    )
    return _answer(done)


def _answer(done: Redaction | Finding) -> dict[str, object]:
    if isinstance(done, Redaction):
        return _flat(done)
    if done.code == "REDACTION_GONE":
        raise Problem(HTTPStatus.NOT_FOUND, done)
    raise Problem(HTTPStatus.CONFLICT, done) if done.code in LATE else refused(done)


def _flat(one: Redaction) -> dict[str, object]:
    return {
        "id": one.id,
        "row": one.key.row,
        "variable": one.key.variable,
        "breakdown": one.key.breakdown,
        "scope": one.scope.value,
        "reason": one.reason,
        "asked_by": one.asked.name,
        "asked_at": one.asked.at,
        "decided_by": one.decided.name if one.decided else "",
        "decided_at": one.decided.at if one.decided else None,
        "done": one.is_done,
        "revision": one.revision,
    }
