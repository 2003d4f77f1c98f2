"""Activities: kept and cancelled by who plans for their owner; a wrong code is refused with the right one."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import models, queries
from sidara.programmes.core import GOVERNMENT_OF, Act, Level, Stage, Subject
from sidara.programmes.core.activity_drafts import ActivityDraft, At, activity_faults
from sidara.programmes.core.plan_drafts import fault
from sidara.programmes.core.revisions import changed_elsewhere
from sidara.programmes.services.codes import code_faults
from sidara.programmes.services.events import Deed, Outcome, tell, told_before
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Level as Depth
from sidara.regions.core import Region

_SAME = (
    *("agency", "sector", "name", "activity_kind", "code", "central_programme", "year", "fund_source"),
    *("budget_idr", "starts", "ends", "co_financing", "beneficiaries", "beneficiary_count", "method"),
    *("executor", "note", "is_whole_area", "is_simulated"),
)
"""Fields that a draft and a row call alike."""


def keep_activity(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    draft: ActivityDraft,
    message_id: UUID,
    now: datetime,
    uid: UUID | None = None,
    revision: int = 0,
    reason: str = "",
) -> Outcome:
    """Make an activity (`uid` empty) or change one as a whole; gives its uid and revision, or findings.

    `revision` is the one that the editor read. Without villages those of the target list are taken. Real and
    made-up never meet: example villages, goals and lists belong to a simulated activity alone. Refuses
    (`NotAllowed`) who does not plan for that level of the area, `LookupError` an activity that is not.
    """
    draft = queries.owned(actor, draft)
    queries.require_plan(actor, draft.level, draft.area or None, draft.sector)
    deed = Deed(
        subject=Subject.ACTIVITY,
        act=Act.CHANGE if uid else Act.MAKE,
        message_id=message_id,
        asked={"uid": uid, **asdict(draft)},
        reason=reason,
    )
    with writing():
        row = _held(actor, uid) if uid else models.Activity(uid=uuid4(), revision=0, made_at=now)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        draft = _with_list(draft)
        found = _Found(actor, draft)
        findings = (
            *(changed_elsewhere(held=row.revision, seen=revision) if uid else ()),
            *(_stays(row, draft) if uid else ()),
            *found.faults(),
        )
        if findings:
            return Outcome(findings=findings)
        was = queries.activity_snapshot(actor, row.uid) if uid else {}
        row.revision += 1
        _write(row, draft, found)
        return tell(actor, deed=deed, subject_uid=row.uid, before=was, revision=row.revision, now=now)


def cancel_activity(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, uid: UUID, revision: int, reason: str, message_id: UUID, now: datetime
) -> Outcome:
    """Cancel an activity with a reason: it stays to be read and counts no more. Rights as `keep_activity`."""
    deed = Deed(
        subject=Subject.ACTIVITY,
        act=Act.CANCEL,
        message_id=message_id,
        asked={"uid": uid},
        reason=reason.strip(),
    )
    with writing():
        row = _held(actor, uid)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        findings = list(changed_elsewhere(held=row.revision, seen=revision))
        if row.stage == Stage.CANCELLED:
            findings.append(fault("ACTIVITY_CANCELLED", "Kegiatan ini sudah dibatalkan.", "", "stage"))
        if not reason.strip():
            say = "Alasan pembatalan belum diisi."
            findings.append(
                fault("REASON_MISSING", say, "Tulis mengapa, agar yang lain memahaminya.", "reason")
            )
        if findings:
            return Outcome(findings=tuple(findings))
        was = {"stage": row.stage}
        row.stage = Stage.CANCELLED.value
        row.revision += 1
        row.save(update_fields=("stage", "revision"))
        return tell(actor, deed=deed, subject_uid=row.uid, before=was, revision=row.revision, now=now)


class _Found:
    """What an activity names, looked up: owner's area, villages, goals, line, list."""

    def __init__(self, actor: Actor, draft: ActivityDraft) -> None:
        self.actor, self.draft = actor, draft
        self.place: Region | None = regions.resolve(actor, draft.area) if draft.area else None
        self.villages = regions.named(actor, [one.code for one in draft.villages])
        self.goals = list(models.Goal.objects.select_related("plan").filter(uid__in=draft.goals))
        lines, lists = models.PlanLine.objects.select_related("plan"), models.TargetList.objects
        self.line = lines.filter(uid=draft.line).first() if draft.line else None
        self.list = lists.filter(uid=draft.target_list).first() if draft.target_list else None

    @property
    def version(self) -> str:
        """Name the text of the nomenclature that holds in the activity's year, empty without a code."""
        held = queries.catalogue(self.actor).nomenclature.version_of(self.draft.year)
        return held.code if held is not None and self.draft.code.strip() else ""

    def faults(self) -> "tuple[Finding, ...]":
        """Say what is wrong with the draft and with what it names."""
        return (*activity_faults(self.draft), *self._codes(), *self._places(), *self._ties())

    def _codes(self) -> "list[Finding]":
        draft, catalogue = self.draft, queries.catalogue(self.actor)
        found = []
        if draft.activity_kind and catalogue.kinds.find(draft.activity_kind) is None:
            say = f"Jenis kegiatan {draft.activity_kind} tidak dikenal."
            found.append(
                fault("KIND_UNKNOWN", say, "Pilih dari daftar.", "activity_kind", draft.activity_kind)
            )
        if draft.fund_source and catalogue.funds.find(draft.fund_source) is None:
            say = f"Sumber dana {draft.fund_source} tidak dikenal."
            found.append(fault("FUND_UNKNOWN", say, "Pilih dari daftar.", "fund_source", draft.fund_source))
        unknown = [one for one in draft.phases if one not in catalogue.kinds.phase_of]
        if unknown:
            say = f"Tahap {unknown[0]} tidak dikenal."
            found.append(fault("PHASE_UNKNOWN", say, "Pilih dari daftar.", "phases", unknown[0]))
        government = GOVERNMENT_OF.get(draft.level)
        if government is not None:
            wrong = code_faults(self.actor, government=government, code=draft.code, year=draft.year)
            found += [replace(one, place=replace(one.place, column="code")) for one in wrong]
        return found

    def _places(self) -> "list[Finding]":
        draft, found = self.draft, []
        if draft.area and self.place is None:
            say = f"Wilayah {draft.area} tidak terdaftar."
            found.append(fault("REGION_UNKNOWN", say, "Periksa kodenya.", "area", draft.area))
        absent = [
            one.code
            for one in draft.villages
            if one.code not in self.villages or self.villages[one.code].level is not Depth.VILLAGE
        ]
        if absent:
            say = f"{len(absent)} kode bukan desa yang terdaftar, misalnya {absent[0]}."
            found.append(
                fault("REGION_UNKNOWN", say, "Periksa kodenya pada halaman Cari.", "villages", absent[0])
            )
            return found
        if any(one.is_example != draft.is_simulated for one in self.villages.values()):
            found.append(
                fault(
                    "REAL_AND_SIMULATED",
                    "Kegiatan simulasi hanya di desa contoh, kegiatan nyata hanya di desa nyata.",
                    "Pilih desa yang sesuai.",
                    "villages",
                )
            )
        if self._is_of_another_sector():
            say = f"{draft.agency.strip()} tercatat pada bidang lain."
            mend = "Pilih bidang yang sama dengan dokumen perangkat daerah itu."
            found.append(fault("AGENCY_OTHER_SECTOR", say, mend, "sector", draft.sector))
        if not queries.is_of_own_company(self.actor, queries.PLAN, draft.level, draft.agency):
            found.append(queries.company_fault(self.actor, queries.PLAN, draft.agency, "agency"))
        outside = self._outside()
        if outside:
            say = f"{len(outside)} desa di luar wilayah pelaksana, misalnya {outside[0].full_name}."
            found.append(fault("VILLAGE_OUTSIDE", say, "Keluarkan desa itu.", "villages", outside[0].code))
        return found

    def _is_of_another_sector(self) -> bool:
        """Whether the agency's plans are of a sector, and of none that the actor plans for."""
        draft = self.draft
        held = models.Plan.objects.filter(
            level=draft.level.value,
            area_id=self.place.id if self.place else None,
            agency=draft.agency.strip(),
        )
        sectors = set(held.exclude(agency="").exclude(sector="").values_list("sector", flat=True))
        sectors |= set(queries.sectors_of_agency(self.actor, draft.level, draft.agency))
        may = (queries.may_plan(self.actor, draft.level, draft.area or None, one) for one in sectors)
        return bool(sectors) and not any(may)

    def _is_own(self, plan: models.Plan) -> bool:
        return (plan.level, plan.area_id) == (self.draft.level.value, self.place.id if self.place else None)

    def _outside(self) -> list[Region]:
        if self.place is None:
            return []
        within = regions.within(self.actor, self.place.id) | {self.place.code}
        return [one for one in self.villages.values() if one.code not in within]

    def _ties(self) -> "list[Finding]":
        draft, found = self.draft, []
        if len(self.goals) < len(set(draft.goals)):
            say = "Ada tujuan yang tidak ditemukan."
            found.append(fault("GOAL_PARENT_UNKNOWN", say, "Pilih lagi dari daftar.", "goals"))
        if draft.line is not None and self.line is None:
            say = "Baris rencana yang dipilih tidak ditemukan."
            found.append(fault("LINE_UNKNOWN", say, "Pilih lagi dari daftar.", "line"))
        elif self.line is not None and not self._is_own(self.line.plan):
            say = "Baris rencana itu milik dokumen tingkat atau wilayah lain."
            found.append(fault("LINE_OTHER_OWNER", say, "Pilih baris dari dokumen sendiri.", "line"))
        if draft.target_list is not None and self.list is None:
            say = "Daftar desa sasaran tidak ditemukan."
            found.append(fault("TARGET_LIST_UNKNOWN", say, "Pilih lagi dari daftar.", "target_list"))
        worlds = {one.plan.is_simulated for one in self.goals}
        worlds |= {self.line.plan.is_simulated} if self.line else set()
        worlds |= {self.list.is_simulated} if self.list else set()
        if worlds - {draft.is_simulated}:
            found.append(
                fault(
                    "REAL_AND_SIMULATED",
                    "Kegiatan, tujuan, baris rencana, dan daftar desa harus sama-sama nyata atau simulasi.",
                    "Lepaskan yang tidak sejenis.",
                    "goals",
                )
            )
        return found


def _held(actor: Actor, uid: UUID) -> models.Activity:
    """Give an activity of the actor's own; refuses (`NotAllowed`) another's."""
    row = models.Activity.objects.select_related("area").filter(uid=uid).first()
    if row is None:
        raise LookupError(f"no activity {uid}")
    queries.require_plan(
        actor, Level(row.level), row.area.code if row.area else None, row.sector, agency=row.agency
    )
    return row


def _with_list(draft: ActivityDraft) -> ActivityDraft:
    if draft.target_list is None or draft.villages:
        return draft
    codes = models.TargetVillage.objects.filter(target_list__uid=draft.target_list)
    return replace(draft, villages=tuple(At(code) for code in codes.values_list("region__code", flat=True)))


def _stays(row: models.Activity, draft: ActivityDraft) -> tuple[Finding, ...]:
    """Say that the owner of an activity is never changed, nor one that was cancelled."""
    found = []
    area = row.area.code if row.area else ""
    held = row.level, area, row.is_simulated
    if held != (draft.level.value, draft.area, draft.is_simulated):
        say = "Pemilik kegiatan tidak dapat diganti."
        found.append(fault("ACTIVITY_OWNER_STAYS", say, "Buat kegiatan baru untuk pemilik lain.", "area"))
    if row.stage == Stage.CANCELLED:
        say = "Kegiatan yang dibatalkan tidak diubah lagi."
        found.append(fault("ACTIVITY_CANCELLED", say, "Buat kegiatan baru.", "stage"))
    return tuple(found)


def _write(row: models.Activity, draft: ActivityDraft, found: _Found) -> None:
    row.level, row.stage = draft.level.value, draft.stage.value
    row.area_id = found.place.id if found.place else None
    for name in _SAME:
        setattr(row, name, getattr(draft, name))
    row.name, row.agency, row.code = draft.name.strip(), draft.agency.strip(), draft.code.strip()
    government = GOVERNMENT_OF.get(draft.level)
    row.government = government.value if government is not None else ""
    row.nomenclature = found.version
    row.phases, row.tags = list(draft.phases), list(draft.tags)
    row.line, row.target_list = found.line, found.list
    row.key = row.key or row.uid.hex
    row.save()
    _write_parts(row, draft, found.villages, found.goals)


def _write_parts(
    row: models.Activity, draft: ActivityDraft, places: Mapping[str, Region], goals: Any
) -> None:
    """Write villages, outputs, goals and gaps anew: the event keeps what they were."""
    for manager in (row.villages, row.outputs, row.goals, row.gaps):
        manager.all().delete()
    models.ActivityVillage.objects.bulk_create(
        models.ActivityVillage(activity=row, region_id=places[one.code].id, place=one.place.strip())
        for one in draft.villages
    )
    models.ActivityOutput.objects.bulk_create(
        models.ActivityOutput(
            activity=row,
            indicator=one.indicator.strip(),
            unit=one.unit.strip(),
            target=one.target,
            quarters=[None if value is None else str(value) for value in one.quarters],
        )
        for one in draft.outputs
    )
    models.ActivityGoal.objects.bulk_create(models.ActivityGoal(activity=row, goal=one) for one in goals)
    models.ActivityGap.objects.bulk_create(
        models.ActivityGap(activity=row, index=one.index, item=one.item) for one in dict.fromkeys(draft.gaps)
    )
