"""The JSON door of redactions: what was asked and decided, asking, the second person's decision."""

from datetime import datetime
from http import HTTPStatus
from typing import Literal
from uuid import UUID

from ninja import Schema

from sidara.collection import queries, services
from sidara.collection.api.submissions import router
from sidara.collection.core.redaction import About, Proof, Reason, Redaction, Scope
from sidara.collection.core.rights import PROPOSE_REDACTION, READ, REDACT
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding
from sidara.ui.api import MessageId, Problem, Text, reads, refused, writes
from sidara.ui.rights import Asking

LATE = ("REDACTION_OPEN", "REDACTION_DECIDED", "MESSAGE_REUSED")


class RedactionIn(Schema):
    """From what something is to be taken out: numbers that look personal, or the whole text.

    Exactly one of `variable` (texts of a cell), `reason_of` (reason of a revision, by its number) and
    `evidence` (a piece with its file, as a whole).
    """

    variable: Text = ""
    breakdown: Text = TOTAL
    row: Text = ""
    reason_of: int = 0
    evidence: UUID | None = None
    scope: Literal["numbers", "all"] = "numbers"
    reason: Text


class DecisionIn(Schema):
    """Whether it is taken out."""

    confirm: bool


class RedactionOut(Schema):
    """A request with its decision; `revision` is that in which it was done, else (and for evidence) 0.

    About a cell (`variable`), the reason of a revision (`reason_of`) or a piece of evidence (`evidence`).
    `same_file` says how often else the file of that piece is evidence: there it stays.
    """

    id: UUID
    row: str
    variable: str
    breakdown: str
    reason_of: int
    evidence: UUID | None
    same_file: int
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
    key = SubmissionKey(form, region, period)
    return [_flat(request, key, one) for one in queries.redactions(request.actor, key)]


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
    """Minta data pribadi dihapus dari sel, alasan atau bukti; orang lain yang menghapusnya."""
    if sum(map(bool, (body.variable, body.reason_of, body.evidence))) != 1:
        raise Problem(HTTPStatus.BAD_REQUEST, _unclear())
    key = SubmissionKey(form, region, period)
    done = services.propose_redaction(
        request.actor,
        key=key,
        about=_about(body),
        scope=Scope(body.scope),
        reason=body.reason,
        request=idempotency_key,
        now=now(),
    )
    return _answer(request, key, done)


@writes(router, "/{form}/{region}/{period}/redactions/{redaction}", right=REDACT, response=RedactionOut)
def decide_redaction(
    request: Asking, form: Text, region: Text, period: Text, redaction: UUID, body: DecisionIn
) -> dict[str, object]:
    """Hapus yang diminta orang lain untuk selamanya, atau tolak."""
    key = SubmissionKey(form, region, period)
    done = services.decide_redaction(
        request.actor, key=key, request=redaction, is_confirmed=body.confirm, now=now()
    )
    return _answer(request, key, done)


def _about(body: RedactionIn) -> About:
    if body.evidence:
        return Proof(body.evidence)
    if body.reason_of:
        return Reason(body.reason_of)
    return Key(body.row.lower(), body.variable, body.breakdown)


def _unclear() -> Finding:
    return Finding(
        "API_VALUE_WRONG",
        "Permintaan ini harus tentang satu hal: variable, reason_of, atau evidence.",
        "Isi tepat satu dari ketiganya.",
    )


def _answer(request: Asking, key: SubmissionKey, done: Redaction | Finding) -> dict[str, object]:
    if isinstance(done, Redaction):
        return _flat(request, key, done)
    if done.code == "REDACTION_GONE":
        raise Problem(HTTPStatus.NOT_FOUND, done)
    raise Problem(HTTPStatus.CONFLICT, done) if done.code in LATE else refused(done)


def _flat(request: Asking, key: SubmissionKey, one: Redaction) -> dict[str, object]:
    cell = one.about if isinstance(one.about, Key) else Key("", "", "")
    piece = one.about.piece if isinstance(one.about, Proof) else None
    same = queries.same_elsewhere(request.actor, key, piece) if piece else queries.Same(())
    return {
        "id": one.id,
        "row": cell.row,
        "variable": cell.variable,
        "breakdown": cell.breakdown,
        "reason_of": one.about.revision if isinstance(one.about, Reason) else 0,
        "evidence": piece,
        "same_file": len(same.keys) + same.others,
        "scope": one.scope.value,
        "reason": one.reason,
        "asked_by": one.asked.name,
        "asked_at": one.asked.at,
        "decided_by": one.decided.name if one.decided else "",
        "decided_at": one.decided.at if one.decided else None,
        "done": one.is_done,
        "revision": one.revision,
    }
