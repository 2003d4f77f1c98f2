"""From the RPJMD down to the Renja: S01 (programmes), S02 (sub-activities), S03 (goals), S08 (priorities)."""

from collections.abc import Iterator, Mapping

from sidara.programmes.core.alignment.content import CheckCode
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import (
    grouped,
    is_supporting,
    of_plan,
    owner_key,
    place,
)
from sidara.programmes.core.alignment.rows import Goal, PlanLine, Tables
from sidara.programmes.core.codes.entry import plain
from sidara.programmes.core.codes.nomenclature import programme_of
from sidara.programmes.core.words import GoalKind, PlanKind


def programmes(tables: Tables, context: Context) -> Iterator[Found]:
    """S01: a programme of the Renstra stands in the RPJMD of the same area, within its years."""
    tell = Teller(CheckCode.PROGRAMMES, context)
    lower = grouped(of_plan(tables.plan_lines, PlanKind.RENSTRA), place)
    upper = grouped(of_plan(tables.plan_lines, PlanKind.RPJMD), place)
    if not lower:
        yield tell("no_renstra")
    for where, lines in sorted(lower.items()):
        if where not in upper:
            yield tell("no_rpjmd", area=where[1])
            continue
        known = {programme_of(one.code) for one in upper[where] if one.code}
        own = [one for one in lines if one.code and not is_supporting(one.code, context.rules)]
        for code, rows in sorted(grouped(own, lambda one: programme_of(one.code or "")).items()):
            yield from _programme(tell, code, rows, known=code in known)


def _programme(tell: Teller, code: str, rows: list[PlanLine], *, known: bool) -> Iterator[Found]:
    periods = tell.context.periods
    span = periods.get(rows[0].area) or periods.get("")
    outside = [one for one in rows if span and not span[0] <= one.year <= span[1]]
    wrong = outside if known else rows
    if not wrong:
        return
    owner = " dan ".join(sorted({one.owner for one in wrong}))
    years = ", ".join(sorted({str(one.year) for one in wrong}))
    first, last = span or ("", "")
    yield tell(
        "outside_years" if known else "no_programme",
        (one.id for one in wrong),
        value=code,
        owner=owner,
        area=wrong[0].area,
        programme=code,
        years=years,
        first=first,
        last=last,
    )


def sub_activities(tables: Tables, context: Context) -> Iterator[Found]:
    """S02: a sub-activity of the Renja stands in the Renstra of its year, by its code or a mapped one."""
    tell = Teller(CheckCode.SUB_ACTIVITIES, context)
    lower = grouped(of_plan(tables.plan_lines, PlanKind.RENJA), place)
    upper = grouped(of_plan(tables.plan_lines, PlanKind.RENSTRA), place)
    if not lower:
        yield tell("no_renja")
    for where, lines in sorted(lower.items()):
        if where not in upper:
            yield tell("no_renstra", area=where[1])
            continue
        known = {(context.newest(one.code), one.year) for one in upper[where] if one.code}
        for one in lines:
            if one.code and (context.newest(one.code), one.year) not in known:
                is_reasoned = bool(one.reason.strip())
                yield tell.line("not_in_renstra_reasoned" if is_reasoned else "not_in_renstra", one)


def goals(tables: Tables, context: Context) -> Iterator[Found]:
    """S03: a line of the Renja follows an objective of its agency's Renstra and has an indicator."""
    tell = Teller(CheckCode.GOALS, context)
    lines = of_plan(tables.plan_lines, PlanKind.RENJA)
    objectives = {
        one.id: (plain(one.owner), one.area)
        for one in tables.goals
        if one.plan is PlanKind.RENSTRA and one.kind is GoalKind.OBJECTIVE
    }
    if not lines:
        yield tell("no_renja")
    areas = {area for _, area in objectives.values()}
    for area in sorted({one.area for one in lines} - areas):
        yield tell("no_goals", area=area)
    for one in lines:
        if one.area not in areas:
            continue
        is_tied = (owner_key(one), one.area) in {objectives.get(goal) for goal in one.goals}
        if not is_tied and not is_supporting(one.code, context.rules):
            yield tell.line("no_goal", one)
        elif not one.indicator.strip():
            yield tell.line("no_indicator", one)


def priorities(tables: Tables, context: Context) -> Iterator[Found]:
    """S08: a priority of the RPJMD that holds in the year has a line with money that follows it."""
    tell = Teller(CheckCode.PRIORITIES, context)
    lines = of_plan(tables.plan_lines, PlanKind.RENJA)
    if not tables.goals:
        yield tell("no_goals")
    if not lines:
        yield tell("no_renja")
    if not tables.goals or not lines:
        return
    above = above_of(tables)
    reached: set[str] = set()
    for one in lines:
        if one.year == context.year and (one.ceiling or 0) > 0:
            for followed in one.goals:
                climb(followed, above, reached)
    for goal in sorted(tables.goals, key=lambda one: one.id):
        if _is_priority(goal, context.year) and goal.id not in reached:
            more = {"owner": goal.owner, "area": goal.area, "goal": goal.name, "year": context.year}
            yield tell("no_support", (goal.id,), **more)  # type: ignore[arg-type]  # by name


def _is_priority(goal: Goal, year: int) -> bool:
    is_one = goal.plan is PlanKind.RPJMD and goal.kind is GoalKind.PRIORITY_PROGRAMME and goal.is_priority
    first, last = goal.valid_from, goal.valid_to
    return is_one and (first is None or first <= year) and (last is None or year <= last)


def above_of(tables: Tables) -> dict[str, set[str]]:
    """Give the goals right above each goal, in its plan and by ties."""
    made: dict[str, set[str]] = {}
    for goal in tables.goals:
        if goal.parent:
            made.setdefault(goal.id, set()).add(goal.parent)
    for tie in tables.ties:
        made.setdefault(tie.lower, set()).add(tie.upper)
    return made


def climb(goal: str, above: Mapping[str, set[str]], reached: set[str]) -> None:
    """Mark a goal and all that stand above it; what was marked before is not climbed again."""
    left = [goal]
    while left:
        one = left.pop()
        if one not in reached:
            reached.add(one)
            left.extend(above.get(one, ()))
