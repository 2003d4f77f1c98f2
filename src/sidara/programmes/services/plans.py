"""Plan documents and their editions: made and changed by who plans for that level of that area."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import models, queries
from sidara.programmes.core import Act, Level, PlanKind, Subject
from sidara.programmes.core.fitting import EDITION, fit_faults
from sidara.programmes.core.plan_drafts import EditionDraft, PlanDraft, fault, plan_faults
from sidara.programmes.core.revisions import changed_elsewhere
from sidara.programmes.services.events import Deed, Outcome, tell, told_before
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Level as Depth
from sidara.regions.core import Region


def make_plan(
    actor: Actor,
    *,
    draft: PlanDraft,
    message_id: UUID,
    now: datetime,
    edition: EditionDraft | None = None,
) -> Outcome:
    """Make a plan with its first edition; gives its uid and revision, or findings.

    One document of a kind for an owner and its years; where only one company or sector may be meant, that.
    Refuses (`NotAllowed`) who does not plan for that level of the area, or, as an agency, not in its sector.
    """
    draft = queries.owned(actor, draft)
    queries.require_plan(actor, draft.level, draft.area or None, draft.sector)
    first = edition or EditionDraft()
    deed = Deed(
        subject=Subject.PLAN,
        act=Act.MAKE,
        message_id=message_id,
        asked={**asdict(draft), "edition": asdict(first)},
    )
    with writing():
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        place = regions.resolve(actor, draft.area) if draft.area else None
        findings = (
            *_of_whole(actor, draft),
            *_faults(actor, draft, place),
            *fit_faults(first, EDITION),
        )
        if findings:
            return Outcome(findings=findings)
        row = models.Plan(uid=uuid4(), is_simulated=draft.is_simulated, made_at=now)
        _write(row, draft, place)
        models.PlanEdition.objects.create(plan=row, number=1, **asdict(first))
        return tell(actor, deed=deed, subject_uid=row.uid, before={}, revision=row.revision, now=now)


def change_plan(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    uid: UUID,
    draft: PlanDraft,
    revision: int,
    message_id: UUID,
    now: datetime,
    reason: str = "",
) -> Outcome:
    """Change the head of a plan; `revision` is the one that the editor read. Owner and kind stay.

    Refuses (`NotAllowed`) who does not plan for it, `LookupError` a plan that does not exist.
    """
    deed = Deed(
        subject=Subject.PLAN, act=Act.CHANGE, message_id=message_id, asked=asdict(draft), reason=reason
    )
    with writing():
        row = held_plan(actor, uid=uid)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        place = regions.resolve(actor, draft.area) if draft.area else None
        findings = (
            *changed_elsewhere(held=row.revision, seen=revision),
            *_stays(row, draft),
            *_faults(actor, draft, place, own=row),
            *_outside(row, draft),
        )
        if findings:
            return Outcome(findings=findings)
        was = _snapshot(row)
        row.revision += 1
        _write(row, draft, place)
        return tell(actor, deed=deed, subject_uid=row.uid, before=was, revision=row.revision, now=now)


def add_edition(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, uid: UUID, edition: EditionDraft, revision: int, message_id: UUID, now: datetime
) -> Outcome:
    """Add a text of a plan (a change of it); the ones before stay. Rights as `change_plan`."""
    deed = Deed(subject=Subject.PLAN, act=Act.ADD_EDITION, message_id=message_id, asked=asdict(edition))
    with writing():
        row = held_plan(actor, uid=uid)
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        findings = (
            *changed_elsewhere(held=row.revision, seen=revision),
            *fit_faults(edition, EDITION),
        )
        if findings:
            return Outcome(findings=findings)
        number = row.editions.count() + 1
        models.PlanEdition.objects.create(plan=row, number=number, **asdict(edition))
        row.revision += 1
        row.save(update_fields=("revision",))
        was = {"editions": number - 1}
        return tell(actor, deed=deed, subject_uid=row.uid, before=was, revision=row.revision, now=now)


def held_plan(actor: Actor, *, uid: UUID) -> models.Plan:
    """Give a plan of the actor's own; refuses (`NotAllowed`) another's, `LookupError` one that is not."""
    row = models.Plan.objects.select_related("area").filter(uid=uid).first()
    if row is None:
        raise LookupError(f"no plan {uid}")
    queries.require_plan(
        actor,
        Level(row.level),
        row.area.code if row.area else None,
        row.sector,
        agency=row.agency,
        kind=PlanKind(row.kind),
    )
    return row


def _snapshot(plan: models.Plan) -> Mapping[str, Any]:
    """Give how a plan stands, in the words of its draft."""
    names = ("kind", "level", "agency", "sector", "title", "year_from", "year_to", "is_simulated")
    return {name: getattr(plan, name) for name in names} | {"area": plan.area.code if plan.area else ""}


def _write(row: models.Plan, draft: PlanDraft, place: Region | None) -> None:
    row.kind, row.level, row.sector = draft.kind.value, draft.level.value, draft.sector
    row.area_id = place.id if place else None
    row.agency, row.title = draft.agency.strip(), draft.title.strip()
    row.year_from, row.year_to = draft.year_from, draft.year_to
    row.save()


def _faults(
    actor: Actor, draft: PlanDraft, place: Region | None, own: models.Plan | None = None
) -> tuple[Finding, ...]:
    found = list(plan_faults(draft, queries.plan_kinds(actor)))
    if draft.area and place is None:
        found.append(
            fault(
                "REGION_UNKNOWN",
                f"Wilayah {draft.area} tidak terdaftar.",
                "Periksa kodenya.",
                "area",
                draft.area,
            )
        )
    elif place is not None and place.is_example != draft.is_simulated and place.level is Depth.VILLAGE:
        found.append(
            fault(
                "REAL_AND_SIMULATED",
                "Dokumen desa contoh selalu simulasi, dokumen desa nyata tidak pernah.",
                "Pilih desa yang sesuai.",
                "area",
                draft.area,
            )
        )
    alike = models.Plan.objects.filter(
        kind=draft.kind.value,
        level=draft.level.value,
        area_id=place.id if place else None,
        agency=draft.agency.strip(),
        is_simulated=draft.is_simulated,
    )
    alike = alike.exclude(pk=own.pk) if own else alike
    if alike.filter(year_from=draft.year_from, year_to=draft.year_to).exists():
        found.append(
            fault(
                "PLAN_TWICE",
                f"{draft.kind.value} {draft.year_from}–{draft.year_to} pemilik ini sudah ada.",
                "Buka dokumen itu; perubahan dicatat sebagai edisi perubahan.",
                "kind",
            )
        )
    others = models.Plan.objects.filter(
        level=draft.level.value, area_id=place.id if place else None, agency=draft.agency.strip()
    ).exclude(agency="")
    known = queries.sectors_of_agency(actor, draft.level, draft.agency)
    is_others = bool(known) and draft.sector not in known
    if is_others or others.exclude(sector__in=(draft.sector, *([""] if known else []))).exists():
        found.append(
            fault(
                "AGENCY_OTHER_SECTOR",
                f"{draft.agency.strip()} tercatat pada bidang lain.",
                "Pilih bidang yang sama dengan dokumen lain perangkat daerah itu.",
                "sector",
                draft.sector,
            )
        )
    if not queries.is_of_own_company(actor, queries.PLAN, draft.level, draft.agency):
        found.append(queries.company_fault(actor, queries.PLAN, draft.agency, "agency"))
    return tuple(found)


def _of_whole(actor: Actor, draft: PlanDraft) -> tuple[Finding, ...]:
    """Say that a document of the whole government is of no sector: no agency makes it."""
    kinds = queries.plan_kinds(actor)
    if kinds.documents[draft.kind].has_agency or not draft.sector:
        return ()
    own = [one.code.value for one in kinds.of_level(draft.level) if one.has_agency]
    return (
        fault(
            "PLAN_OF_WHOLE",
            f"{draft.kind.value} disusun untuk seluruh pemerintah, bukan oleh satu bidang.",
            f"Perangkat daerah menyusun {', '.join(own)}; yang lain disusun perencana."
            if own
            else "Kosongkan bidangnya.",
            "kind",
            draft.kind.value,
        ),
    )


def _stays(row: models.Plan, draft: PlanDraft) -> tuple[Finding, ...]:
    """Say that owner and kind of a plan are never changed: another document is another plan."""
    area = row.area.code if row.area else ""
    if (row.kind, row.level, area, row.is_simulated, row.sector) == (
        draft.kind.value,
        draft.level.value,
        draft.area,
        draft.is_simulated,
        draft.sector,
    ):
        return ()
    return (
        fault(
            "PLAN_OWNER_STAYS",
            "Jenis dan pemilik dokumen tidak dapat diganti.",
            "Buat dokumen baru untuk pemilik yang lain.",
            "kind",
        ),
    )


def _outside(row: models.Plan, draft: PlanDraft) -> tuple[Finding, ...]:
    """Say which goals or lines would fall out of the years of a plan."""
    years = models.Goal.objects.filter(plan=row).exclude(
        valid_from__gte=draft.year_from, valid_to__lte=draft.year_to
    )
    lines = row.lines.filter(is_removed=False).exclude(year__range=(draft.year_from, draft.year_to))
    if not years.exists() and not lines.exists():
        return ()
    return (
        fault(
            "PLAN_YEARS_USED",
            f"{years.count()} tujuan dan {lines.count()} baris berada di luar masa berlaku yang baru.",
            "Ubah dahulu tahunnya, atau biarkan masa berlaku dokumen.",
            "year_from",
        ),
    )
