"""What the level that was asked says to a proposal: accepted with an activity, or no, with a reason."""

from datetime import datetime
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.programmes import models, queries
from sidara.programmes.core import Act, Decision, FateSource, Level, Stage, Subject
from sidara.programmes.core.deciding import fate_of
from sidara.programmes.queries.rights import DECIDE
from sidara.programmes.services.events import Deed, Outcome, tell, told_before
from sidara.records.writing import writing
from sidara.regions import queries as regions


def decide_proposal(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    proposal: UUID,
    decision: Decision,
    message_id: UUID,
    now: datetime,
    reason: str = "",
    activity: UUID | None = None,
) -> Outcome:
    """Decide a proposal for the level that it asks; the same message twice is nothing.

    Accepted needs an activity of that level in the village, rejected and postponed a reason that the village
    can read. A later decision takes the place of an earlier one; both stay in the events. Refuses
    (`NotAllowed`) who does not hold the level asked there; an agency is told what lies beside its sectors.
    """
    deed = Deed(
        subject=Subject.PROPOSAL,
        act=Act.DECIDE,
        message_id=message_id,
        asked={"proposal": proposal, "decision": decision.value, "activity": activity},
        reason=reason.strip(),
    )
    with writing():
        row = models.Proposal.objects.select_related("village", "activity").filter(uid=proposal).first()
        if row is None:
            return Outcome(findings=(UNKNOWN,))
        if not queries.holds_level(actor, village=row.village.code, level_asked=row.level_asked):
            raise NotAllowed(actor, DECIDE)
        fault = queries.sector_fault(
            actor,
            village=row.village.code,
            level_asked=row.level_asked,
            activity_kind=row.activity_kind,
            village_code=row.village_code,
        )
        if fault is not None:
            return Outcome(findings=(fault,))
        if (answer := told_before(actor, deed=deed)) is not None:
            return answer
        linked = models.Activity.objects.filter(uid=activity).first() if activity else None
        if findings := _faults(actor, row, decision, deed.reason, linked):
            return Outcome(findings=findings)
        before = _told(row)
        row.decision, row.reason = decision.value, deed.reason
        row.activity = linked if decision is Decision.ACCEPTED else None
        row.save(update_fields=["decision", "reason", "activity"])
        models.ProposalFate.objects.create(
            proposal=row,
            fate=fate_of(decision, is_budgeted=linked is not None and linked.stage == Stage.BUDGETED).value,
            recorded_date=local_date(now),
            reason=row.reason,
            source=FateSource.DECISION.value,
            actor_name=actor.name,
        )
        models.RegisterMark.objects.update(stamp=uuid4())
        return tell(actor, deed=deed, subject_uid=row.uid, before=before, revision=1, now=now)


def _told(row: models.Proposal) -> dict[str, str]:
    return {
        "decision": row.decision,
        "reason": row.reason,
        "activity": str(row.activity.uid) if row.activity else "",
    }


UNKNOWN = Finding(
    "PROPOSAL_UNKNOWN", "Usulan ini tidak ada.", "Buka usulan dari daftarnya, lalu putuskan di sana."
)
NO_REASON = Finding(
    "PROPOSAL_NEEDS_REASON",
    "Usulan yang ditolak atau ditunda harus diberi alasan.",
    "Tulis alasannya dengan kalimat yang dapat dibacakan kepada warga desa.",
)
NO_ACTIVITY = Finding(
    "PROPOSAL_NEEDS_ACTIVITY",
    "Usulan yang diterima harus ditautkan ke kegiatan yang menjawabnya.",
    "Pilih kegiatan pada tingkat yang dituju; bila belum ada, susun kegiatannya dahulu.",
)
ELSEWHERE = Finding(
    "PROPOSAL_ACTIVITY_ELSEWHERE",
    "Kegiatan itu bukan kegiatan tingkat yang dituju di desa pengusul, atau sudah dibatalkan.",
    "Pilih kegiatan tingkat itu yang desa sasarannya memuat desa pengusul.",
)
UNDECIDED = Finding(
    "PROPOSAL_UNDECIDED",
    "Putusan belum dipilih.",
    "Pilih diterima, ditunda, atau ditolak.",
)
OWN = Finding(
    "PROPOSAL_OF_VILLAGE",
    "Usulan ini ditujukan kepada desa sendiri.",
    "Nasibnya dicatat desa pada daftar usulan di formulirnya.",
)


def _faults(
    actor: Actor, row: models.Proposal, decision: Decision, reason: str, linked: models.Activity | None
) -> tuple[Finding, ...]:
    """Say what keeps a decision from standing."""
    if row.level_asked == Level.VILLAGE:
        return (OWN,)
    if decision is Decision.OPEN:
        return (UNDECIDED,)
    if decision is not Decision.ACCEPTED:
        return () if reason else (NO_REASON,)
    if linked is None:
        return (NO_ACTIVITY,)
    above = {one.id for one in regions.with_above(actor, row.village_id)}
    is_there = linked.is_whole_area and linked.area_id in above
    is_there = is_there or linked.villages.filter(region_id=row.village_id).exists()
    is_there = is_there and linked.stage != Stage.CANCELLED
    fits = linked.level == row.level_asked and linked.is_simulated == row.is_simulated and is_there
    return () if fits else (ELSEWHERE,)
