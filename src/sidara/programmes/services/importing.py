"""A file of a plan brought in: read, judged row by row, stored in one transaction or not at all.

Nothing is written by a dry run, by a file that is refused, and by the same file again. Who asks for all or
nothing gets nothing where a row is rejected or conflicting.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max

from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place
from sidara.programmes import models
from sidara.programmes.core import Edition, Level, PlanKind
from sidara.programmes.core.deciding import Deciders, judge_decisions
from sidara.programmes.core.importing import (
    Ask,
    Judged,
    Lists,
    Offer,
    PlanFile,
    PlanTable,
    Record,
    Row,
    Verdict,
    counts,
    judge,
    make_rows,
    plain,
)
from sidara.programmes.queries.catalogue import catalogue
from sidara.programmes.queries.deciding import may_decide
from sidara.programmes.queries.held_rows import held_rows
from sidara.programmes.queries.owning import company_fault, is_of_own_company, owned, sector_of
from sidara.programmes.queries.plan_tables import (
    AreaPlaces,
    ask_faults,
    goals_by_name,
    last_year,
    plan_tables,
    read_plan_file,
    require_import,
)
from sidara.programmes.queries.rights import IMPORT_PLANS
from sidara.programmes.services.storing import store_changes
from sidara.records.writing import reading, writing
from sidara.regions import queries as regions

KEPT_FINDINGS = 2_000
"""Findings that the account of an import keeps; the others are counted by code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a file: the account of its rows, each with its verdict; stored, or why not.

    `uid` names the import where one was kept: this one, or an earlier one of the same file that left nothing
    to do.
    """

    table: PlanTable | None
    file: PlanFile
    counts: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()
    offers: tuple[Offer, ...] = ()
    uid: UUID | None = None
    is_stored: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file could be used."""
        return self.table is None

    @property
    def is_clean(self) -> bool:
        """Whether no row was rejected or conflicting."""
        return not self.is_refused and not (self.counts["rejected"] or self.counts["conflicting"])


def import_plan(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, content: bytes, name: str, ask: Ask, now: datetime, is_dry: bool = False
) -> Imported:
    """Bring in a file of a plan: each data row gets its verdict; refuses (`NotAllowed`) others' plans.

    Plan and edition are made or found. A dry run gives the same verdicts and writes nothing.
    """
    ask = owned(actor, ask, IMPORT_PLANS)
    require_import(actor, ask.level, ask.area, ask.sector)
    file = read_plan_file(actor, content, name=name, ask=ask)
    faults = () if file.table is None else ask_faults(actor, ask, file)
    if file.table is None or faults:
        return Imported(table=None, file=file, findings=(*faults, *file.findings))
    digest = hashlib.sha256(content).hexdigest()
    if is_dry:
        with reading():
            return _judged(actor, file, _with_remembered(ask), now)
    with writing():
        ask = _with_remembered(ask)
        done = _judged(actor, file, ask, now)
        if ask.all_or_nothing and not done.is_clean:
            return done
        return _store(actor, done, ask, (name, digest), now)


def _with_remembered(ask: Ask) -> Ask:
    """Add what was chosen at earlier imports for the same owner; what is chosen now holds."""
    same = {"asked__agency": ask.agency} if ask.level is Level.COMPANY else {}
    kinds: dict[str, str] = {}
    villages: dict[str, str] = {}
    rows = models.PlanImport.objects.filter(
        is_simulated=ask.is_simulated, area=ask.area, level=ask.level.value, **same
    )
    for asked in reversed(rows.order_by("-id").values_list("asked", flat=True)[:50]):
        kinds |= asked.get("kinds", {})
        villages |= asked.get("villages", {})
    return replace(ask, kinds=kinds | dict(ask.kinds), villages=villages | dict(ask.villages))


def _may_decide(actor: Actor, fields: Mapping[str, Any]) -> bool:
    return may_decide(
        actor,
        village=fields["village"],
        level_asked=fields["level_asked"],
        activity_kind=fields.get("activity_kind", ""),
    )


def _of_own_company(actor: Actor, ask: Ask, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Refuse the rows of other companies: nobody writes their commitments but their own accounts."""
    made = []
    for row in rows:
        others = {
            agency
            for one in row.records
            if not is_of_own_company(
                actor, IMPORT_PLANS, ask.level, agency := str(one.fields.get("agency", ""))
            )
        }
        told = [company_fault(actor, IMPORT_PLANS, agency, "company") for agency in sorted(others)]
        at = Place(line=row.draft.line, sheet=row.draft.sheet, column="Nama perusahaan")
        made.append(replace(row, findings=(*row.findings, *(replace(one, place=at) for one in told))))
    return tuple(made)


def _judged(actor: Actor, file: PlanFile, ask: Ask, now: datetime) -> Imported:
    """Make and judge all rows against the plan that is stored, if there is one."""
    assert file.table is not None  # noqa: S101 - a refused file was given back before
    plan = _found(file.table, ask, actor)
    lists = Lists(
        catalogue(actor),
        AreaPlaces(actor, ask.area, is_simulated=ask.is_simulated),
        plan_tables(actor).words.whole_area,
        goals_by_name(actor, plan) if plan is not None else {},
        partial(sector_of, actor, ask.level),
    )
    rows = _of_own_company(actor, ask, make_rows(file, ask, lists))
    held = held_rows(actor, table=file.table, rows=rows, plan=plan, is_simulated=ask.is_simulated)
    rows = judge_decisions(rows, held, Deciders(partial(_may_decide, actor), local_date(now)))
    judged = judge(rows, held, over_hand=ask.over_hand)
    offers = {(one.what, one.key): one for row in rows for one in row.offers}
    return Imported(
        table=file.table,
        file=file,
        counts=counts(judged),
        rows=judged,
        findings=(*(finding for row in judged for finding in row.findings), *file.findings),
        offers=tuple(offers.values()),
    )


def _store(actor: Actor, done: Imported, ask: Ask, named: tuple[str, str], now: datetime) -> Imported:
    """Write the import with its account and all changes; nothing where the same file left nothing to do."""
    assert done.table is not None  # noqa: S101 - judged before
    name, digest = named
    is_new = any(done.counts[one.value] for one in (Verdict.CREATED, Verdict.UPDATED))
    before = models.PlanImport.objects.filter(
        digest=digest,
        table=done.table.key,
        is_simulated=ask.is_simulated,
        level=ask.level.value,
        area=ask.area,
        **({"asked__agency": ask.agency} if ask.level is Level.COMPANY else {}),
    ).first()
    if not is_new and before is not None:
        return replace(done, uid=before.uid, is_stored=True)
    source = models.PlanImport.objects.create(
        uid=uuid4(),
        table=done.table.key,
        level=ask.level.value,
        area=ask.area,
        file=name[-300:],
        digest=digest,
        asked=ask.told(),
        **done.counts,
        account=_account(done),
        is_simulated=ask.is_simulated,
        actor_id=actor.id,
        actor_name=actor.name,
        made_at=now,
    )
    plan = _found(done.table, ask, actor)
    if plan is not None:
        plan = _kept(plan, ask, now)
    if done.table.record is Record.ACTIVITY:
        _plans_of_rows(done, ask, actor, now)
    store_changes(actor, judged=done.rows, source=source, plan=plan, now=now)
    return replace(done, uid=source.uid, is_stored=True)


def _account(done: Imported) -> dict[str, Any]:
    """Give the account of an import as it is kept: verdict of each row, skipped rows, columns, findings."""
    shown = done.findings[:KEPT_FINDINGS]
    return {
        "rows": [
            {"sheet": one.row.draft.sheet, "line": one.row.draft.line, "verdict": one.verdict.value}
            for one in done.rows
        ],
        "skipped": [asdict(one) for one in done.file.skipped],
        "columns": [list(one) for one in done.file.columns],
        "findings": [one.flat() for one in shown],
        "findings_left": len(done.findings) - len(shown),
    }


def _years(table: PlanTable, ask: Ask, actor: Actor) -> tuple[int, int]:
    if table.plan not in (PlanKind.RENSTRA, PlanKind.RPJM_DESA):
        return ask.year, ask.year
    return ask.year, max(ask.year, ask.year_to or last_year(actor, table.plan, ask.year))


def _found(table: PlanTable, ask: Ask, actor: Actor) -> models.Plan | None:
    """Give the plan that a file is for as it is stored, or as it would be made; `None` for proposals."""
    if table.plan is None or table.record is Record.ACTIVITY:
        return None
    return _plan_row(table.plan, ask, actor, _agency(table, ask), _years(table, ask, actor))


def _agency(table: PlanTable, ask: Ask) -> str:
    return "" if table.plan is PlanKind.RKPD or ask.level is Level.VILLAGE else ask.agency.strip()


def _plan_row(kind: PlanKind, ask: Ask, actor: Actor, agency: str, years: tuple[int, int]) -> models.Plan:
    region = regions.resolve(actor, ask.area)
    assert region is not None  # noqa: S101 - judged with what was asked
    first, last = years
    rows = models.Plan.objects.filter(
        kind=kind.value,
        level=ask.level.value,
        area_id=region.id,
        year_from=first,
        year_to=last,
        is_simulated=ask.is_simulated,
    )
    found = next((one for one in rows if plain(one.agency) == plain(agency)), None)
    span = str(first) if first == last else f"{first}-{last}"
    return found or models.Plan(
        kind=kind.value,
        level=ask.level.value,
        area_id=region.id,
        agency=agency[:200],
        sector=ask.sector,
        title=f"{kind.value} {agency or region.full_name} {span}"[:300],
        year_from=first,
        year_to=last,
        is_simulated=ask.is_simulated,
    )


def _kept(plan: models.Plan, ask: Ask, now: datetime) -> models.Plan:
    if plan.pk is None:
        plan.made_at = now
        plan.save()
    editions = models.PlanEdition.objects.filter(plan=plan, edition=ask.edition.value)
    if ask.document:
        editions = editions.filter(document__in=(ask.document, ""))
    if not editions.exists():
        last = models.PlanEdition.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
        number = 1 if ask.edition is Edition.ORIGINAL and not last else max(last, 1) + 1
        models.PlanEdition.objects.create(
            plan=plan, edition=ask.edition.value, number=number, document=ask.document[:200]
        )
    return plan


def _plans_of_rows(done: Imported, ask: Ask, actor: Actor, now: datetime) -> None:
    """Make the plan of each ministry or company and year of a list: its level is known to have one."""
    assert done.table is not None  # noqa: S101 - judged before
    assert done.table.plan is not None  # noqa: S101 - lists of activities are documents
    for agency, year in dict.fromkeys(_owners(done.rows)):
        _kept(_plan_row(done.table.plan, ask, actor, agency, (year, year)), ask, now)


def _owners(rows: Sequence[Judged]) -> list[tuple[str, int]]:
    return [
        (str(change.record.fields.get("agency", "")), change.record.year)
        for row in rows
        for change in row.changes
    ]
