"""Whose a plan or an activity is: the sector of an agency by its name, the company that a grant names."""

from dataclasses import replace
from typing import Any, cast

from django.db.models import Q

from sidara.kernel.actor import EVERY_OPERATION, Actor, NotAllowed, require
from sidara.kernel.finding import Finding, Place
from sidara.programmes import models
from sidara.programmes.core import Level, PlanKind, Stage
from sidara.programmes.core.activity_drafts import ActivityDraft
from sidara.programmes.core.codes.entry import is_same_text
from sidara.programmes.core.importing import Ask
from sidara.programmes.core.plan_drafts import PlanDraft
from sidara.programmes.core.plan_kinds import owns
from sidara.programmes.formats import plan_kinds as content
from sidara.programmes.queries.rights import PLAN, READ

UNPUBLISHED = Q(level=Level.COMPANY.value, stage=Stage.DRAFT.value)
"""Commitments that a company has not published: nobody counts them, and other companies do not see them."""
_OF_AGENCIES = (Level.PROVINCE, Level.REGENCY)


def may_plan(  # noqa: PLR0913 - where a right is asked for
    actor: Actor,
    level: Level,
    area: str | None,
    sector: str = "",
    *,
    agency: str | None = None,
    kind: PlanKind | None = None,
) -> bool:
    """Whether the actor plans for a level of an area (its dotted code, `None` = the country).

    `agency`: whose it is; a company's is kept by its own accounts alone (`None` = of whichever is the own
    one), and the sector of an agency is known by its name where none is said. `kind`: of a document; one of
    the whole government is of no sector.
    """
    kinds = content.plan_kinds()
    if kind is not None and not kinds.documents[kind].has_agency:
        sector, agency = "", None
    sector = sector or sector_of(actor, level, agency or "")
    return owns(actor, PLAN, kinds, level=level, area=area, sector=sector, company=agency)


def require_plan(  # noqa: PLR0913 - as `may_plan`
    actor: Actor,
    level: Level,
    area: str | None,
    sector: str = "",
    *,
    agency: str | None = None,
    kind: PlanKind | None = None,
) -> None:
    """Refuse (`NotAllowed`) who does not plan for it; see `may_plan`."""
    if not may_plan(actor, level, area, sector, agency=agency, kind=kind):
        raise NotAllowed(actor, PLAN)


def sector_of(actor: Actor, level: Level, agency: str) -> str:
    """Give the first sector of an agency as content knows it by its name; empty for all others."""
    return next(iter(sectors_of_agency(actor, level, agency)), "")


def sectors_of_agency(actor: Actor, level: Level, agency: str) -> tuple[str, ...]:
    """Give the sectors of an agency as content knows them by its name; none for all others."""
    require(actor, READ)
    return content.plan_kinds().sectors_of(agency) if level in _OF_AGENCIES else ()


def own_companies(actor: Actor, operation: str) -> tuple[str, ...]:
    """Give the companies for which the actor holds an operation."""
    return tuple(dict.fromkeys(one.company for one in actor.holding(operation) if one.company))


def owned[T: (PlanDraft, ActivityDraft, Ask)](actor: Actor, draft: T, operation: str = PLAN) -> T:
    """Say whose a draft is where it does not: the only company of the actor, the sector of the agency."""
    agency, sector = draft.agency, draft.sector
    if draft.level is Level.COMPANY and not agency.strip():
        own = own_companies(actor, operation)
        agency = own[0] if len(own) == 1 else agency
    document = content.plan_kinds().documents[draft.kind] if isinstance(draft, PlanDraft) else None
    if document is None or document.has_agency:
        sector = sector or sector_of(actor, draft.level, agency)
    return cast("T", replace(cast("Any", draft), agency=agency, sector=sector))


def is_of_own_company(actor: Actor, operation: str, level: Level, agency: str) -> bool:
    """Whether it is no company's, or that of a company for which the actor holds an operation."""
    if level is not Level.COMPANY or {EVERY_OPERATION, operation} & actor.operations:
        return True
    return any(is_same_text(agency, one) for one in own_companies(actor, operation))


def company_fault(actor: Actor, operation: str, agency: str, column: str) -> Finding:
    """Say that a commitment is another company's."""
    own = " atau ".join(own_companies(actor, operation))
    return Finding(
        "COMPANY_OTHER",
        f"“{agency.strip() or 'Tanpa nama'}” bukan perusahaan akun ini ({own}).",
        "Tulis nama perusahaan sendiri; komitmen perusahaan lain dicatat oleh akunnya.",
        place=Place(column=column),
        value=agency.strip() or None,
    )


def seen_by(actor: Actor) -> Q:
    """Give which activities the actor sees: all but what other companies have not published.

    Who plans for a government sees those, too. Names of companies are the same as for `is_of_own_company`.
    """
    companies = {role for one in content.plan_kinds().levels.values() for role in one.roles}
    if {EVERY_OPERATION, PLAN} & actor.operations or any(
        grant.role not in companies for grant in actor.holding(PLAN)
    ):
        return Q()
    if not own_companies(actor, PLAN):
        return ~UNPUBLISHED
    held = models.Activity.objects.filter(UNPUBLISHED).order_by().values_list("agency", flat=True).distinct()
    own = [name for name in held if is_of_own_company(actor, PLAN, Level.COMPANY, name)]
    return ~UNPUBLISHED | Q(agency__in=own)
