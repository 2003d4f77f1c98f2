"""Plans of all governments for example villages, written only through the services of `programmes`.

Message ids follow from the seed and the keys of the drawing, so that the same again is nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from uuid import UUID, uuid5

import polars as pl

from sidara.collection.core import EXAMPLES
from sidara.demo.core.plans import (
    Made,
    MadeActivity,
    MadeGoal,
    MadePlan,
    MadeTable,
    Setting,
    draw,
    setting_of,
)
from sidara.demo.services.handing import table_file
from sidara.demo.services.people import SPACE
from sidara.demo.services.submitting import examples, submit
from sidara.indices import queries as indices
from sidara.kernel import clock as time
from sidara.kernel import content
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock, local_date
from sidara.programmes import queries as programmes
from sidara.programmes import services as planning
from sidara.programmes.core import GOVERNMENT_OF, GoalTie, Level, PlanKind, Stage
from sidara.programmes.core.activity_drafts import ActivityDraft, At
from sidara.programmes.core.importing import Ask
from sidara.programmes.core.plan_drafts import EditionDraft, GoalDraft, IndicatorDraft, LineDraft, PlanDraft
from sidara.regions import queries as regions
from sidara.warehouse import services as warehouse

type Say = Callable[[str], None]
INDEX = "indeks-desa"
WEAK_SCORE = 2
"""Up to this score of an item (1 to 5) a village counts as weak in its theme."""
SERVED = "Desa yang dilayani (contoh)"
LABEL = "Sebelum Rakernis (contoh)"


@dataclass(frozen=True, slots=True)
class Planned:
    """How much was written, in all; `made` is the drawing with what was planted in it."""

    made: Made
    plans: int = 0
    goals: int = 0
    programmes: int = 0
    rows: int = 0
    activities: int = 0


@cache
def plan_setting() -> Setting:
    """Read `content/plans.yaml`."""
    return setting_of(content.load("sidara.demo", "plans"))


def plan_examples(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    province: str,
    year: int | None = None,
    areas: Sequence[str] = (),
    say: Say,
    clock: Clock = time.now,
) -> Planned:
    """Write the plans of all levels for the example villages of some areas (else those of the setting).

    `year`: year of plan, else the next one. The villages first fill in what their index asks for the year
    before the present one; what is weak in a village follows from these answers. Refuses (`NotAllowed`) who
    may not plan; the same again writes nothing.
    """
    at = clock()
    wanted = year or local_date(at).year + 1
    setting = plan_setting()
    places = areas or [code for code in setting.regencies if code.startswith(province)]
    villages = [
        one.code for area in places for one in regions.villages(actor, area, examples=True) if one.is_example
    ]
    if not villages:
        return Planned(Made())
    submit(
        actor,
        years=(local_date(at).year - 1,),
        seed=examples().seed,
        districts=villages,
        forms=setting.forms,
        say=say,
        clock=clock,
    )
    warehouse.refresh(actor)
    weak = weaknesses(actor, villages=villages, setting=setting, clock=clock)
    made = draw(setting, catalogue=programmes.catalogue(actor), villages=villages, weak=weak, year=wanted)
    say(f"SIMULASI: rencana {wanted} bagi {len(villages)} desa contoh")
    done = write_plans(actor, made=made, now=at)
    warehouse.refresh(actor)
    planning.refresh_registers(actor, clock=clock)
    for under in (province, *places):
        planning.run_alignment(actor, under=under, year=wanted, now=at, is_simulated=True, label=LABEL)
    return done


def write_plans(actor: Actor, *, made: Made, now: datetime) -> Planned:
    """Write a drawing through the services; a refusal is the drawing's fault (`RuntimeError`)."""
    return _Writing(actor, made, plan_setting(), now).write()


def weaknesses(
    actor: Actor, *, villages: Collection[str], setting: Setting, clock: Clock = time.now
) -> Mapping[str, Collection[str]]:
    """Give by example village the themes in which its own answers score low; a village without has none."""
    definition = indices.definition(actor, INDEX)
    if definition is None:
        return {}
    query = indices.CollectedQuery(EXAMPLES, codes=tuple(sorted(villages)), least_level=None)
    found = indices.collected(actor, definition, query, clock=clock)
    if found.frame is None:
        return {}
    items = {item.code: item.variable for item in definition.versions[-1].items}
    weak: dict[str, set[str]] = {}
    for theme in setting.themes:
        column = items.get(theme.item)
        if column is None or column not in found.frame.columns:
            continue
        low = found.frame.filter(pl.col(column) <= WEAK_SCORE)
        for code in low["kode"]:
            weak.setdefault(code, set()).add(theme.key)
    return weak


class _Writing:
    """Writes one drawing: documents with their goals first, then tables, then activities by hand."""

    def __init__(self, actor: Actor, made: Made, setting: Setting, at: datetime) -> None:
        self.actor, self.made, self.setting, self.at = actor, made, setting, at
        self.uids: dict[str, UUID] = {}
        self.goals: dict[str, UUID] = {}
        self.province = next(one.area for one in made.plans if one.level is Level.PROVINCE)

    def write(self) -> Planned:
        """Write all of it; a refusal is the drawing's fault (`RuntimeError`)."""
        for one in self.made.plans:
            self._plan(one)
        for one in self.made.plans:
            self._ties(one)
        lines = sum(self._programmes(one) for one in self.made.plans)
        rows = sum(self._table(one) for one in self.made.tables)
        for activity in self.made.activities:
            self._activity(activity)
        by_hand = len(self.made.activities)
        return Planned(self.made, len(self.uids), len(self.goals), lines, rows, by_hand)

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
        )
        told = planning.keep_activity(self.actor, draft=draft, message_id=self._id(one.key), now=self.at)
        self._done(told, one.key)
