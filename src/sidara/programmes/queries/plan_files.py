"""Files of plans that wait for their owner, imports that were kept, and for whom somebody brings in files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sidara.kernel.actor import Actor, NotAllowed, require, require_somewhere
from sidara.programmes import models
from sidara.programmes.core import Level, PlanKind
from sidara.programmes.core.importing import Ask, PlanTable
from sidara.programmes.core.importing.asking import KEPT_FOR, ask_of
from sidara.programmes.core.importing.exporting import Cell, line_rows, proposal_rows
from sidara.programmes.formats import plan_kinds as kinds_content
from sidara.programmes.formats import plan_sheet
from sidara.programmes.formats import plan_tables as content
from sidara.programmes.queries.held_rows import LINE_FIELDS, PROPOSAL_FIELDS
from sidara.programmes.queries.plan_tables import may_import
from sidara.programmes.queries.rights import IMPORT_PLANS, READ
from sidara.regions import queries as regions
from sidara.regions.core import Level as Height

SHOWN = 100
"""Imports that the history shows."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that waits: its name and content, what is asked, when it was handed in."""

    id: UUID
    name: str
    content: bytes
    ask: Ask
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody for whom files are brought in: level, area, its name, the sectors that bound it."""

    level: Level
    area: str
    name: str
    sector: str = ""
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class KeptImport:
    """An import as it was kept, with its account."""

    uid: UUID
    table: str
    file: str
    asked: Mapping[str, Any]
    counts: Mapping[str, int]
    account: Mapping[str, Any]
    is_simulated: bool
    actor_name: str
    made_at: datetime
    plan: UUID | None = None


def kept_plan_file(actor: Actor, id: UUID, *, now: datetime) -> KeptFile | None:  # noqa: A002 - of the file
    """Give a file that waits for its trial, only to its owner; `None` when it is gone."""
    require_somewhere(actor, IMPORT_PLANS)
    row = models.PlanFile.objects.filter(pk=id, account_id=actor.id, made_at__gte=now - KEPT_FOR).first()
    if row is None:
        return None
    return KeptFile(row.id, row.name, bytes(row.content), ask_of(row.asked), row.made_at)


def import_owners(actor: Actor) -> tuple[Owner, ...]:
    """Give for whom the actor brings in files, out of the grants; those of all areas are not listed.

    Of an area its own government comes first, then the lists of the centre and of companies.
    """
    require_somewhere(actor, IMPORT_PLANS)
    about = kinds_content.plan_kinds().levels
    levels = sorted(about, key=lambda level: not about[level].area)
    found: dict[tuple[Level, str, str], Owner] = {}
    for grant in actor.holding(IMPORT_PLANS):
        sector = min(grant.sectors, default="")
        for code in grant.area.under:
            region = regions.resolve(actor, code)
            if region is None:
                continue
            areas = [region]
            if region.level is Height.DISTRICT:
                areas += regions.villages(actor, code)
                areas += [one for one in regions.villages(actor, code, examples=True) if one.is_example]
            for area in areas:
                for level in levels:
                    if may_import(actor, level, area.code, sector) and _fits(level, area.level):
                        key = (level, area.code, sector)
                        found[key] = Owner(level, area.code, area.full_name, sector, area.is_example)
    return tuple(found.values())


def _fits(level: Level, height: Height) -> bool:
    own = kinds_content.plan_kinds().levels[level].area
    return own == height.label if own else height < Height.VILLAGE


def plan_imports(actor: Actor) -> tuple[KeptImport, ...]:
    """Give the newest imports for owners for whom the actor brings in files, without their rows."""
    require_somewhere(actor, IMPORT_PLANS)
    rows = models.PlanImport.objects.order_by("-id").defer("account")[: 5 * SHOWN]
    found = (_kept(row, {}) for row in rows if _is_own(actor, row.asked))
    return tuple(one for one, _ in zip(found, range(SHOWN), strict=False))


def plan_import(actor: Actor, uid: UUID) -> KeptImport | None:
    """Give an import with its account; refuses (`NotAllowed`) who does not bring in files for its owner."""
    require_somewhere(actor, IMPORT_PLANS)
    row = models.PlanImport.objects.filter(uid=uid).first()
    if row is None:
        return None
    if not _is_own(actor, row.asked):
        raise NotAllowed(actor, IMPORT_PLANS)
    return _kept(row, row.account)


def _is_own(actor: Actor, asked: Mapping[str, Any]) -> bool:
    return may_import(
        actor,
        Level(asked["level"]),
        asked["area"],
        asked.get("sector", ""),
        company=asked.get("agency", ""),
    )


def _kept(row: models.PlanImport, account: Mapping[str, Any]) -> KeptImport:
    line = row.lines.select_related("plan").first() if account else None
    return KeptImport(
        row.uid,
        row.table,
        row.file,
        row.asked,
        {
            name: getattr(row, name)
            for name in ("sent", "created", "updated", "unchanged", "conflicting", "rejected")
        },
        account,
        row.is_simulated,
        row.actor_name,
        row.made_at,
        line.plan.uid if line is not None else None,
    )


def empty_table(actor: Actor, key: str) -> bytes | None:
    """Give an empty workbook of a table to fill in; `None` for no table."""
    require(actor, READ)
    table = content.plan_tables().table(key)
    return None if table is None else plan_sheet.empty_table(table)


def plan_workbook(actor: Actor, uid: UUID) -> tuple[str, bytes] | None:
    """Give a plan in the columns of its table, with a name for the file; read back, it changes nothing."""
    require(actor, READ)
    plan = models.Plan.objects.filter(uid=uid).select_related("area").first()
    table = _table_of(plan) if plan is not None else None
    if plan is None or table is None:
        return None
    lines = [
        {name: getattr(row, name) for name in ("id", "key", "year", *LINE_FIELDS)}
        for row in models.PlanLine.objects.filter(plan=plan, is_removed=False).order_by("id")
    ]
    rows = line_rows(table, lines, _activities(plan), plan.year_from)
    book = plan_sheet.plan_sheet(table, rows, plan.title, is_simulated=plan.is_simulated)
    return f"{table.key}-{plan.area.code if plan.area else 'pusat'}-{plan.year_from}", book


def _table_of(plan: models.Plan) -> PlanTable | None:
    kind = PlanKind(plan.kind)
    return next((one for one in content.plan_tables().tables if one.plan is kind), None)


def _activities(plan: models.Plan) -> dict[int, dict[str, Any]]:
    """Give what activities say beside their lines, by the id of the line."""
    rows = models.Activity.objects.filter(line__plan=plan).prefetch_related("villages__region")
    names = ("beneficiaries", "executor", "starts", "ends", "method", "co_financing", "more")
    return {
        row.line_id: {name: getattr(row, name) for name in names}
        | {"villages": sorted(one.region.code for one in row.villages.all())}
        for row in rows
        if row.line_id is not None
    }


def proposal_workbook(actor: Actor, key: str, *, area: str, year: int, is_simulated: bool) -> bytes | None:
    """Give the proposals of an area and year in the columns of their table; `None` for no such table."""
    require(actor, READ)
    table = content.plan_tables().table(key)
    region = regions.resolve(actor, area)
    if table is None or table.plan is not None or region is None:
        return None
    rows = models.Proposal.objects.filter(
        document=table.document,
        year=year,
        is_simulated=is_simulated,
        village__code__in=regions.within(actor, region.id),
    ).select_related("village")
    told: list[dict[Cell, Any]] = proposal_rows(
        table,
        [
            {name: getattr(row, name) for name in PROPOSAL_FIELDS} | {"village": row.village.code}
            for row in rows
        ],
    )
    return plan_sheet.plan_sheet(table, told, f"{region.full_name} {year}", is_simulated=is_simulated)
