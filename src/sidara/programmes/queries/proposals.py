"""Proposals: their way from the meeting to done, how many were answered and when.

A proposal counts where its row stands in the list that counts of its village (`queries.registers`); those
that a file of an outside meeting brought count in their year. Fates are all that were recorded up to the day.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
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
    newest = models.Proposal.objects.order_by("-pk").values_list("pk", flat=True).first()
    return registers.kept(actor, ("proposals", told, today, newest), lambda: _proposals(actor, told, today))


def _proposals(actor: Actor, scope: Scope, today: date) -> list[Stated]:
    day = min(scope.as_of or today, today)
    rows: dict[str, Row] = {}
    for sheet in registers.sheets(actor, scope, LIST):
        rows |= {core.proposal_key(sheet.region_id, row.id): row for row in sheet.rows}
    is_made_up = scope.dataset == EXAMPLES
    found = models.Proposal.objects.filter(is_simulated=is_made_up).select_related("activity", "line")
    listed = found.filter(year__lte=scope.year).exclude(row="")
    brought = found.filter(row="", year=scope.year)
    area = regions.resolve(actor, scope.under)
    inside = set(registers.villages_in(actor, area, scope.dataset)["region_id"]) if area else set()
    held = [one for one in listed if one.key in rows] + [one for one in brought if one.village_id in inside]
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


def _stated(one: models.Proposal, row: Row | None, steps: tuple[Step, ...], day: date) -> Stated:
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
        one.activity.uid if one.activity else None,
        one.activity.name if one.activity else "",
        one.activity.agency if one.activity else "",
        one.line.name if one.line else "",
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
    by_village: dict[int, list[Stated]] = {}
    for one in proposals_of(actor, told, today=today):
        by_village.setdefault(one.village_id, []).append(one)
    counts = {village: _counted_of(some) for village, some in by_village.items()}
    return registers.counted(actor, told, LIST, lambda sheet: counts.get(sheet.region_id, Counter()))


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


def meeting_on(actor: Actor, *, village: str, day: date, dataset: str) -> Meeting | None:
    """Give the meeting of a village (dotted code) on a day; `None` where its list has none there."""
    scope = registers.settled(actor, Scope(village, day.year, core.Status.ALL, dataset=dataset))
    for sheet in registers.sheets(actor, scope, "musyawarah"):
        for row in sheet.rows:
            if core.value(row, "MSY_002") == day.isoformat():
                attendance = core.number(row, "MSY_004") + core.number(row, "MSY_005")
                is_told = [core.value(row, code) == "true" for code in ("MSY_011", "MSY_013")]
                return Meeting(core.value(row, "MSY_001"), attendance, *is_told)
    return None


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
