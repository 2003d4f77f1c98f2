"""Proposals that ask for the plans of a year: brought by a file for it, or agreed on in a meeting before it.

A meeting of a year asks for the plans of the next one (`plan_year_after`); what the village carries on to the
list of a later year asks again. What the level asked decided counts, else what the village says of it.
"""

from dataclasses import dataclass

from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core.alignment.rows import Proposal
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.words import Decision, Fate, Government, Level, PlanKind, Stage
from sidara.programmes.formats import catalogue_file
from sidara.programmes.queries.alignment.places import Label, Places
from sidara.programmes.queries.registers import rules
from sidara.programmes.queries.rights import READ

SAID = {
    Fate.DONE: Decision.ACCEPTED,
    Fate.BUDGETED: Decision.ACCEPTED,
    Fate.POSTPONED: Decision.POSTPONED,
    Fate.REJECTED: Decision.REJECTED,
}
"""What the fate in the village's list says of the decision of the level that was asked."""
OWN = SAID | {Fate.IN_PLAN: Decision.ACCEPTED}
"""Of what a village asks itself: its own RKP Desa is the answer."""
WRITTEN_DOWN = {Level.CENTRE: Level.PROVINCE, Level.COMPANY: Level.PROVINCE}
"""Who writes down the answers of those that plan by no RKPD of their own (as `may_decide` says)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The year in which a proposal was agreed on, the first and the last plan year for which it asks."""

    agreed: int
    first: int
    last: int


def _asking(one: models.Proposal, after: int) -> Asking:
    """Say for the plans of which years a proposal asks.

    A file names the year of plan itself. What is done asks for the plan after its meeting alone.
    """
    if not one.row:
        return Asking(one.year, one.year, one.year)
    agreed = one.meeting_date.year if one.meeting_date else one.year
    newest = str(one.more.get("period", ""))[:4]
    is_carried = newest.isdecimal() and one.more.get("fate") != Fate.DONE
    return Asking(agreed, agreed + after, max(agreed, int(newest) if is_carried else agreed) + after)


def proposal_rows(
    actor: Actor, year: int, places: Places, labels: dict[str, Label], *, is_simulated: bool
) -> tuple[Proposal, ...]:
    """Read the proposals that ask for plans of a year, those to the village itself among them."""
    require(actor, READ)
    after, lists = rules(actor).plan_year_after, catalogue_file.catalogue()
    rows = models.Proposal.objects.filter(
        Q(row="", year=year) | (~Q(row="") & Q(year__lte=year)), is_simulated=is_simulated
    )
    made = []
    for row in rows.select_related("village", "activity", "line__plan"):
        asked = _asking(row, after)
        if row.more.get("is_removed") or not asked.first <= year <= asked.last:
            continue
        one = _proposal(row, year, asked, places, lists)
        made.append(one)
        document = row.document if row.row else f"{row.document} {row.year}".strip()
        labels[one.id] = Label(
            *("proposals", row.text, document, row.village.name, "", one.village),
            *(row.budget_idr, "", one.kind),
        )
    return tuple(made)


def _proposal(row: models.Proposal, year: int, asked: Asking, places: Places, lists: Catalogue) -> Proposal:
    linked, linked_year = _linked(row)
    decision, reason = _decided(row)
    village, level = row.village.code, Level(row.level_asked)
    return Proposal(
        id=str(row.uid),
        document=row.document,
        year=year,
        village=village,
        level_asked=row.agency_asked or row.level_asked,
        kind=row.activity_kind or _kind(row, lists),
        decision=decision,
        reason=reason,
        linked_activity=linked,
        budget_idr=row.budget_idr,
        area_asked=places.of_level(village, WRITTEN_DOWN.get(level, level)),
        since=asked.agreed,
        linked_year=linked_year,
    )


def _linked(row: models.Proposal) -> tuple[str | None, int | None]:
    """Give what a proposal is tied to and of which year it is; only the Renja's lines answer."""
    if row.activity is not None:
        is_there = row.activity.stage != Stage.CANCELLED
        return str(row.activity.uid), row.activity.year if is_there else None
    if row.line is not None:
        is_there = row.line.plan.kind == PlanKind.RENJA and not row.line.is_removed
        return str(row.line.uid), row.line.year if is_there else None
    return None, None


def _decided(row: models.Proposal) -> tuple[Decision, str]:
    """Give the decision with its reason: of the level asked, else what the village's list says of it."""
    if not row.row or row.decision != Decision.OPEN:
        return Decision(row.decision), row.reason
    said = str(row.more.get("fate") or Fate.NOTED)
    of_fate = OWN if row.level_asked == Level.VILLAGE else SAID
    return of_fate.get(Fate(said), Decision.OPEN), str(row.more.get("reason") or "")


def _kind(row: models.Proposal, lists: Catalogue) -> str:
    """Give the kind that the village's own code has; of several the one that its words are most like."""
    found = lists.likely_kinds(Government.VILLAGE, row.village_code, row.text) if row.village_code else ()
    return found[0].code if found else ""
