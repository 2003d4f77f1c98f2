"""What people say to findings of the alignment: an explanation with a reason, or that it is open again."""

from datetime import datetime
from uuid import UUID

from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.finding import Finding, Severity
from sidara.programmes import models
from sidara.programmes.core import Act, State, Subject
from sidara.programmes.queries.rights import EXPLAIN, holds_in
from sidara.programmes.services.events import Deed, Outcome, tell, told_before
from sidara.records.writing import writing

LONGEST_REASON = 2_000


def explain_finding(actor: Actor, *, uid: UUID, reason: str, message_id: UUID, now: datetime) -> Outcome:
    """Explain a finding; it stays explained until something else is found. A later reason replaces it.

    Gives findings where there is no reason, or where nothing is to be explained. Refuses (`NotAllowed`) who
    owns none of its rows: the right `programmes.explain` is asked for their areas.
    """
    deed = Deed(
        subject=Subject.FINDING,
        act=Act.EXPLAIN,
        message_id=message_id,
        asked={"uid": str(uid)},
        reason=reason.strip(),
    )
    return _changed(actor, uid, deed, State.EXPLAINED, now)


def reopen_finding(actor: Actor, *, uid: UUID, reason: str, message_id: UUID, now: datetime) -> Outcome:
    """Take an explanation back, with a reason; refusals as in `explain_finding`."""
    deed = Deed(
        subject=Subject.FINDING,
        act=Act.REOPEN,
        message_id=message_id,
        asked={"uid": str(uid)},
        reason=reason.strip(),
    )
    return _changed(actor, uid, deed, State.OPEN, now)


def _changed(actor: Actor, uid: UUID, deed: Deed, state: State, now: datetime) -> Outcome:
    with writing():
        one = models.AlignmentFinding.objects.select_related("area").filter(uid=uid).first()
        if one is None:
            return Outcome(findings=(_gone(uid),))
        own = {row["area"] for row in one.rows} | ({one.area.code} if one.area else set())
        if not any((holds_in(actor, EXPLAIN, code) if code else actor.may(EXPLAIN)) for code in own or {""}):
            raise NotAllowed(actor, EXPLAIN)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        faults = tuple(_faults(one, deed, state))
        if faults:
            return Outcome(findings=faults)
        number = models.ProgrammeEvent.objects.filter(subject=Subject.FINDING, subject_uid=uid).count() + 1
        held = {"state": one.state}
        models.AlignmentFinding.objects.filter(pk=one.pk).update(state=state.value)
        return tell(actor, deed=deed, subject_uid=uid, before=held, revision=number, now=now)


def _faults(one: models.AlignmentFinding, deed: Deed, state: State) -> "list[Finding]":
    found = []
    if not 0 < len(deed.reason) <= LONGEST_REASON:
        found.append(
            Finding(
                "FINDING_REASON",
                f"Alasannya kosong, atau lebih dari {LONGEST_REASON} huruf.",
                "Tulis dalam satu atau dua kalimat mengapa rencana ini sudah benar.",
            )
        )
    if one.state == State.SOLVED.value:
        found.append(
            Finding(
                "FINDING_SOLVED",
                "Temuan ini sudah selesai: penyebabnya tidak ditemukan lagi.",
                "Tidak perlu dijelaskan.",
            )
        )
    elif one.severity == Severity.NOT_EVALUATED.value:
        found.append(
            Finding(
                "FINDING_NOT_EVALUATED",
                "Bagian ini belum dinilai karena datanya belum ada; tidak ada yang perlu dijelaskan.",
                "Lengkapi datanya, lalu jalankan pemeriksaan lagi.",
            )
        )
    elif state is State.OPEN and one.state != State.EXPLAINED.value:
        found.append(
            Finding(
                "FINDING_NOT_EXPLAINED", "Temuan ini belum dijelaskan.", "Tidak ada yang perlu dibuka lagi."
            )
        )
    return found


def _gone(uid: UUID) -> Finding:
    return Finding("FINDING_UNKNOWN", "Temuan ini tidak ada.", "Muat ulang daftar temuannya.", value=str(uid))
