"""Proposals: their way from the meeting to done, how many were answered and when.

A proposal counts where its row stands in the list that counts of its village (`queries.registers`); those
that a file of an outside meeting brought count in their year. Fates are all that were recorded up to the day.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import Fate, FateSource, Stage
from sidara.programmes.core import registers as core
from sidara.programmes.core.registers import Answer, Row, Waiting
from sidara.programmes.queries import registers
from sidara.programmes.queries.registers import Counted, Counts, Scope
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions

LIST = "usulan"
"""The list of the collection that holds proposals."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Step:
    """A fate of a proposal on the day on which it was recorded, where, with the reason that was given."""

    fate: Fate
    day: date
    source: str
    reason: str = ""
    actor_name: str = ""


@dataclass(frozen=True)
class Stated:
    """A proposal as it stands: its row, where it comes from, whom it asks, what became of it.

    `days`: from the meeting to the first answer, or to the day asked about while it waits; `None` where the
    day of the meeting is not said, or lies behind the answer.
    """

    uid: UUID
    village_id: int
    row: str
    document: str
    year: int
    text: str
    place: str
    origin: str
    level_asked: str
    village_code: str
    rank: int | None
    budget_idr: int | None
    beneficiaries: str
    meeting_date: date | None
    fate: str
    reason: str
    decision: str
    decision_reason: str
    activity: UUID | None
    activity_name: str
    activity_agency: str
    line: str
    is_simulated: bool
    activity_kind: str = ""
    steps: tuple[Step, ...] = ()
    days: int | None = None

    @property
    def is_answered(self) -> bool:
        """Whether any fate but noted was ever recorded."""
        return any(one.fate is not Fate.NOTED for one in self.steps)

    @property
    def answered_date(self) -> date | None:
        """The day on which it was answered first."""
        return next((one.day for one in self.steps if one.fate is not Fate.NOTED), None)


def proposals_of(actor: Actor, scope: Scope, *, today: date) -> list[Stated]:
    """Give the proposals that count in a scope, by village and rank, as of its day (today without one)."""
    require(actor, READ)
    told = registers.settled(actor, scope)
    name = "proposals", told, today, _newest()
    return registers.kept(actor, name, lambda: _proposals(actor, told, today))


def _newest() -> int | None:
    """Give the last proposal that was made: files bring in some between two refreshes."""
    return models.Proposal.objects.order_by("-pk").values_list("pk", flat=True).first()


def _proposals(actor: Actor, scope: Scope, today: date) -> list[Stated]:
    day = min(scope.as_of or today, today)
    rows: dict[str, Row] = {}
    for sheet in registers.sheets(actor, scope, LIST):
        rows |= {core.proposal_key(sheet.region_id, row.id): row for row in sheet.rows}
    area = regions.resolve(actor, scope.under)
    inside = set(registers.villages_in(actor, area, scope.dataset)["region_id"]) if area else set()
    found = models.Proposal.objects.filter(
        Q(row="", year=scope.year) | (~Q(row="") & Q(year__lte=scope.year)),
        is_simulated=scope.dataset == EXAMPLES,
    )
    if len(inside) <= registers.FEW:
        found = found.filter(village_id__in=inside)
    held = [
        one
        for one in found.order_by().values_list(*READ_OF, named=True)
        if (one.key in rows if one.row else one.village_id in inside)
    ]
    steps = _steps([one.pk for one in held], day)
    made = [_stated(one, rows.get(one.key), steps.get(one.pk, ()), day) for one in held]
    return sorted(made, key=lambda one: (one.village_id, one.rank or 0, str(one.uid)))


def _steps(ids: Sequence[int], day: date) -> Mapping[int, tuple[Step, ...]]:
    """Give the fates of proposals recorded up to a day, in their order."""
    made: dict[int, list[Step]] = {}
    fates = models.ProposalFate.objects.filter(recorded_date__lte=day).order_by("recorded_date", "id")
    if len(ids) <= AT_ONCE:
        fates = fates.filter(proposal__in=ids)
    for pk, fate, at, *rest in fates.values_list(
        "proposal_id", "fate", "recorded_date", "source", "reason", "actor_name"
    ):
        made.setdefault(pk, []).append(Step(Fate(fate), at, *rest))
    return {pk: tuple(some) for pk, some in made.items()}


READ_OF = (
    *("pk", "uid", "key", "village_id", "row", "document", "year", "text", "place", "origin", "level_asked"),
    *("village_code", "rank", "budget_idr", "beneficiaries", "meeting_date", "decision", "reason"),
    *("activity__uid", "activity__name", "activity__agency", "activity_kind", "line__name", "is_simulated"),
)
"""What is read of a proposal: many are, so no objects are made of them."""


def _stated(one: Any, row: Row | None, steps: tuple[Step, ...], day: date) -> Stated:
    meeting = one.meeting_date
    if row is not None:
        text = core.value(row, "USL_015")
        meeting = date.fromisoformat(text) if text else None
    made = Stated(
        one.uid,
        one.village_id,
        one.row,
        one.document,
        one.year,
        core.value(row, "USL_001") if row else one.text,
        core.value(row, "USL_004") if row else one.place,
        core.value(row, "USL_011") if row else one.origin,
        one.level_asked,
        core.value(row, "USL_003") if row else one.village_code,
        one.rank,
        core.number(row, "USL_008") if row else one.budget_idr,
        one.beneficiaries,
        meeting,
        _last(row, steps),
        core.value(row, "USL_014") if row else "",
        one.decision,
        one.reason,
        one.activity__uid,
        one.activity__name or "",
        one.activity__agency or "",
        one.line__name or "",
        one.is_simulated,
        one.activity_kind,
        steps,
    )
    return replace(made, days=_days_of(made.meeting_date, made.answered_date, day))


def _last(row: Row | None, steps: Sequence[Step]) -> str:
    """Give the present fate: what the village says, or what a level decided since."""
    said = core.value(row, "USL_013") if row else ""
    if steps and (not said or steps[-1].source != FateSource.LIST):
        return steps[-1].fate.value
    return said or Fate.NOTED.value


def _days_of(meeting: date | None, answered: date | None, day: date) -> int | None:
    """Give the days from a meeting to the answer, or to a day while there is none; `None` = not known."""
    if meeting is None:
        return None
    days = ((answered or day) - meeting).days
    return days if days >= 0 else None


def funnel(actor: Actor, scope: Scope, *, today: date) -> Counted:
    """Count proposals by fate, origin and level asked (`core.registers.count_proposals`), by area below."""
    told = registers.settled(actor, scope)
    name = "funnel", told, today, _newest()
    return registers.kept(actor, name, lambda: _funnel(actor, told, today))


def _funnel(actor: Actor, scope: Scope, today: date) -> Counted:
    by_village: dict[int, list[Stated]] = {}
    for one in proposals_of(actor, scope, today=today):
        by_village.setdefault(one.village_id, []).append(one)
    counts = {village: _counted_of(some) for village, some in by_village.items()}
    return registers.counted(actor, scope, LIST, lambda sheet: counts.get(sheet.region_id, Counter()))


def _counted_of(some: Iterable[Stated]) -> Counts:
    """Count some proposals (`core.registers.count_proposals`)."""
    told = list(some)
    rows = [
        Row(
            str(one.uid),
            {
                "USL_008": str(one.budget_idr or 0),
                "USL_011": one.origin,
                "USL_012": one.level_asked,
                "USL_013": one.fate,
                "USL_014": one.reason or one.decision_reason,
            },
        )
        for one in told
    ]
    return core.count_proposals(rows, {str(one.uid): [step.fate for step in one.steps] for one in told})


def waiting_by(
    actor: Actor, scope: Scope, by: Callable[[Stated], str], *, today: date
) -> Mapping[str, Waiting]:
    """Give answer rate and days of the proposals of a scope, by what `by` says of each."""
    answers: dict[str, list[Answer]] = {}
    for one in proposals_of(actor, scope, today=today):
        answers.setdefault(by(one), []).append(Answer(one.days, one.is_answered))
    return {key: core.waiting(some) for key, some in answers.items()}


def waiting(actor: Actor, scope: Scope, *, today: date) -> Waiting:
    """Give answer rate and days of all proposals of a scope."""
    return waiting_by(actor, scope, lambda _: "", today=today).get("", Waiting())


def proposal(actor: Actor, uid: UUID, *, today: date) -> Stated | None:
    """Give one proposal with its whole way; `None` where there is none that the actor may see.

    Of a real village everybody sees those whose list is final; who reads its forms sees all.
    """
    require(actor, READ)
    one = models.Proposal.objects.select_related("village", "activity", "line").filter(uid=uid).first()
    if one is None or one.more.get("is_removed"):
        return None
    years = [one.year]
    if one.row and one.more.get("period"):
        years.append(int(str(one.more["period"])[:4]))
    for year in sorted(set(years), reverse=True):
        scope = Scope(one.village.code, year, core.Status.ALL)
        found = next((each for each in proposals_of(actor, scope, today=today) if each.uid == uid), None)
        if found is not None:
            return found
    return None


def village_proposals(actor: Actor, code: str, *, today: date) -> list[Stated]:
    """Give what became of the proposals of a village (dotted code), all years, the newest first.

    Each proposal once, as its newest year says it. For the page of the village itself.
    """
    require(actor, READ)
    made: dict[UUID, Stated] = {}
    scope = Scope(code, 0, core.Status.ALL)
    brought = models.Proposal.objects.filter(row="", village__code=code).values_list("year", flat=True)
    for year in sorted({*registers.register_years(actor, scope.dataset), *brought.order_by().distinct()}):
        for one in proposals_of(actor, replace(scope, year=year), today=today):
            made[one.uid] = one
    return sorted(made.values(), key=lambda one: (-one.year, one.rank or 0, str(one.uid)))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a village as its list has it."""

    kind: str
    attendance: int
    has_minutes: bool
    is_announced: bool
    has_file: bool


def meeting_on(actor: Actor, *, village: str, day: date, dataset: str) -> Meeting | None:
    """Give the meeting of a village (dotted code) on a day; `None` where its list has none there."""
    scope = Scope(village, day.year, core.Status.ALL, dataset=dataset)
    return next((one for (_, at), one in meetings_on(actor, scope).items() if at == day), None)


def meetings_on(actor: Actor, scope: Scope) -> Mapping[tuple[int, date | None], Meeting]:
    """Give the meetings of a scope by village (id) and day; of several on one day the first of the list."""
    told = registers.settled(actor, scope)
    return registers.kept(actor, ("meetings on", told), lambda: _meetings_on(actor, told))


def _meetings_on(actor: Actor, scope: Scope) -> Mapping[tuple[int, date | None], Meeting]:
    made: dict[tuple[int, date | None], Meeting] = {}
    for sheet in registers.sheets(actor, scope, "musyawarah"):
        for row in sheet.rows:
            day = core.value(row, "MSY_002")
            if day:
                made.setdefault((sheet.region_id, date.fromisoformat(day)), _meeting(row))
    return made


def _meeting(row: Row) -> Meeting:
    return Meeting(
        core.value(row, "MSY_001"),
        core.number(row, "MSY_004") + core.number(row, "MSY_005"),
        core.value(row, "MSY_011") == "true",
        core.value(row, "MSY_013") == "true",
        bool(core.value(row, "MSY_012")),
    )


def answering_activities(actor: Actor, one: Stated) -> list[tuple[UUID, str, str, int]]:
    """Give the activities that could answer a proposal: of the level asked, in that village, by year."""
    require(actor, READ)
    above = {place.id for place in regions.with_above(actor, one.village_id)}
    own = models.Activity.objects.filter(
        level=one.level_asked, is_simulated=one.is_simulated, year__gte=one.year
    ).exclude(stage=Stage.CANCELLED.value)
    found = own.filter(
        Q(villages__region_id=one.village_id) | Q(is_whole_area=True, area_id__in=above)
    ).distinct()
    return list(found.order_by("year", "name").values_list("uid", "name", "agency", "year"))
