"""Writes one drawing of plans through the services of `programmes`, in the order in which offices would.

Message ids follow from the seed and the keys of the drawing, so that the same again is nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from sidara.collection.core import EXAMPLES
from sidara.demo.core.plans import (
    Made,
    MadeActivity,
    MadeAnswer,
    MadeGoal,
    MadePlan,
    MadeSupport,
    MadeTable,
    Setting,
)
from sidara.demo.services.handing import table_file
from sidara.demo.services.people import SPACE
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.programmes import queries as programmes
from sidara.programmes import services as planning
from sidara.programmes.core import GOVERNMENT_OF, Decision, GoalTie, Level, PlanKind, Stage
from sidara.programmes.core.activity_drafts import ActivityDraft, At
from sidara.programmes.core.importing import Ask
from sidara.programmes.core.listed import ActivityRow
from sidara.programmes.core.plan_drafts import EditionDraft, GoalDraft, IndicatorDraft, LineDraft, PlanDraft
from sidara.programmes.core.registers import Status
from sidara.programmes.queries.proposals import Stated
from sidara.regions import queries as regions

SERVED = "Desa yang dilayani (contoh)"


@dataclass(frozen=True, slots=True)
class Planned:
    """How much was written, in all; `made` is the drawing with what was planted in it.

    `solved`: findings that the made-up Rakernis of this run solved.
    """

    made: Made
    plans: int = 0
    goals: int = 0
    programmes: int = 0
    rows: int = 0
    activities: int = 0
    answers: int = 0
    solved: int = 0


class PlanWriting:
    """Documents with their goals first, then tables, activities by hand, and answers to proposals."""

    def __init__(self, actor: Actor, made: Made, setting: Setting, at: datetime) -> None:
        self.actor, self.made, self.setting, self.at = actor, made, setting, at
        self.uids: dict[str, UUID] = {}
        self.goals: dict[str, UUID] = {}
        self._found: dict[tuple[str, str], UUID] = {}
        self.year = max((one.year for one in made.tables if one.table == "rkpd"), default=0)
        self.province = next(one.area for one in made.plans if one.level is Level.PROVINCE)

    def write(self) -> Planned:
        """Write all of it; a refusal is the drawing's fault (`RuntimeError`)."""
        for one in self.made.plans:
            self._plan(one)
        for one in self.made.plans:
            self._ties(one)
        lines = sum(self._programmes(one) for one in self.made.plans)
        rows = sum(self._table(one) for one in self.made.tables)
        for support in self.made.supports:
            self._support(support)
        for activity in self.made.activities:
            self._activity(activity)
        answers = self._answers()
        by_hand = len(self.made.activities)
        return Planned(self.made, len(self.uids), len(self.goals), lines, rows, by_hand, answers)

    def _id(self, *words: str) -> UUID:
        return uuid5(SPACE, "|".join(("plan", str(self.setting.seed), *words)))

    def _done(self, outcome: planning.Outcome, what: str) -> UUID:
        if outcome.uid is None:
            raise RuntimeError(f"{what}: {outcome.findings}")
        return outcome.uid

    def _plan(self, one: MadePlan) -> None:
        draft = PlanDraft(
            kind=one.kind,
            level=one.level,
            title=one.title,
            year_from=one.year_from,
            year_to=one.year_to,
            area=one.area,
            agency=one.agency,
            is_simulated=True,
        )
        edition = EditionDraft(document="SIMULASI", established_date=one.established)
        made = planning.make_plan(
            self.actor, draft=draft, edition=edition, message_id=self._id(one.key), now=self.at
        )
        self.uids[one.key] = self._done(made, one.key)
        drafts = [self._goal(one, goal, place) for place, goal in enumerate(one.goals)]
        if drafts:
            told = planning.make_goals(
                self.actor,
                plan=self.uids[one.key],
                drafts=drafts,
                message_id=self._id(one.key, "goals"),
                now=self.at,
            )
            self._done(told, f"{one.key} goals")

    def _goal(self, plan: MadePlan, one: MadeGoal, place: int) -> GoalDraft:
        uid = self.goals[one.key] = self._id("goal", one.key)
        served = IndicatorDraft(
            name=SERVED,
            unit="desa",
            direction="naik",
            targets=dict.fromkeys(range(plan.year_from, plan.year_to + 1), Decimal(one.served)),
        )
        return GoalDraft(
            uid=uid,
            kind=one.kind,
            name=one.name,
            valid_from=plan.year_from,
            valid_to=plan.year_to,
            code=one.code,
            parent=self.goals.get(one.parent),
            is_priority=one.is_priority,
            priority="Prioritas (contoh)" if one.is_priority else "",
            place=place,
            indicators=(served,) if one.served and plan.kind is PlanKind.RPJMD else (),
        )

    def _ties(self, plan: MadePlan) -> None:
        for one in plan.goals:
            upper = self.goals.get(one.upper)
            if upper is not None:
                told = planning.link_goals(
                    self.actor,
                    lower=self.goals[one.key],
                    upper=upper,
                    tie=GoalTie.SUPPORTS,
                    message_id=self._id("tie", one.key),
                    now=self.at,
                )
                self._done(told, f"{one.key} -> {one.upper}")

    def _programmes(self, plan: MadePlan) -> int:
        """Write the programmes of an RPJMD, a line a year."""
        years = range(plan.year_from, plan.year_to + 1)
        for code, name in plan.programmes:
            for year in years:
                draft = LineDraft(year=year, name=name, government=GOVERNMENT_OF[plan.level], code=code)
                told = planning.keep_line(
                    self.actor,
                    plan=self.uids[plan.key],
                    draft=draft,
                    message_id=self._id(plan.key, code, str(year)),
                    now=self.at,
                )
                self._done(told, f"{plan.key} {code}")
        return len(plan.programmes) * len(years)

    def _table(self, one: MadeTable) -> int:
        """Hand in a table; every row must be stored."""
        table = next(each for each in programmes.plan_tables(self.actor).tables if each.key == one.table)
        ask = Ask(
            level=one.level,
            area=one.area or self.province,
            year=one.year_from or one.year,
            year_to=one.year_to or one.year,
            table=one.table,
            agency=one.agency,
            document="SIMULASI",
            kinds=one.kinds,
            is_simulated=True,
            all_or_nothing=True,
        )
        done = planning.import_plan(
            self.actor,
            content=table_file(table, one.rows),
            name=f"{one.table} {one.area} {one.agency}.csv".replace("/", " "),
            ask=ask,
            now=self.at,
        )
        if not done.is_clean:
            raise RuntimeError(f"{one.table} {one.area}: {done.findings[:3]}")
        return len(one.rows)

    def _activity(self, one: MadeActivity) -> None:
        draft = ActivityDraft(
            level=one.level,
            name=one.name,
            year=one.year,
            area=one.area,
            agency=one.agency,
            activity_kind=one.kind,
            code=one.code,
            central_programme=one.central_programme,
            fund_source=one.fund,
            budget_idr=one.budget_idr,
            phases=(one.phase,),
            co_financing=one.co_financing,
            stage=Stage.PLANNED,
            is_simulated=True,
            villages=(At(one.village, one.place),),
            goals=(self.goals[one.goal],),
        )
        told = planning.keep_activity(self.actor, draft=draft, message_id=self._id(one.key), now=self.at)
        self._done(told, one.key)

    def _support(self, one: MadeSupport) -> None:
        """Tie the activities of a list that names no goals to the goal that they support."""
        goal = self.goals[one.goal]
        for row in self._activities(one.level, one.area, one.kind):
            view = programmes.activity(self.actor, row.uid)
            if view is None or goal in view.draft.goals:
                continue
            told = planning.keep_activity(
                self.actor,
                draft=replace(view.draft, goals=(goal,)),
                message_id=self._id("support", str(row.uid), one.goal),
                now=self.at,
                uid=row.uid,
                revision=view.revision,
            )
            self._done(told, f"{row.name} -> {one.goal}")

    def _activities(self, level: Level, area: str, kind: str) -> tuple[ActivityRow, ...]:
        query = programmes.ActivityQuery(
            is_simulated=True, year=self.year, level=level, owner=area, activity_kind=kind
        )
        return programmes.activities(self.actor, query)

    def _answers(self) -> int:
        """Let kabupaten decide what they were asked; gives how many."""
        planning.refresh_registers(self.actor, clock=lambda: self.at)
        scope = programmes.Scope(self.province, self.year, Status.ALL, dataset=EXAMPLES)
        asked = {
            (one.village_id, one.text): one
            for one in programmes.proposals_of(self.actor, scope, today=local_date(self.at))
        }
        ids = {one.code: one.id for one in regions.villages(self.actor, self.province, examples=True)}
        for one in self.made.answers:
            self._answer(one, asked[ids[one.village], one.text])
        return len(self.made.answers)

    def _answer(self, one: MadeAnswer, asked: Stated) -> None:
        told = planning.decide_proposal(
            self.actor,
            proposal=asked.uid,
            decision=Decision.ACCEPTED if one.is_accepted else Decision.REJECTED,
            message_id=self._id("answer", one.village, one.text),
            now=self.at,
            reason=one.reason,
            activity=self._of_kind(one.area, one.kind) if one.is_accepted else None,
        )
        self._done(told, f"{one.village} {one.text}")

    def _of_kind(self, area: str, kind: str) -> UUID:
        """Give the activity of a kabupaten of a kind that serves most villages."""
        if (area, kind) not in self._found:
            rows = self._activities(Level.REGENCY, area, kind)
            self._found[area, kind] = max(rows, key=lambda row: row.villages).uid
        return self._found[area, kind]
