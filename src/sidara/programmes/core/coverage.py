"""How far goals are carried: what supports each from below, in goals, lines, activities, rupiah, villages.

Below a goal lie the goals of its own tree, the goals of other plans that follow it, and theirs in turn.
A thing is counted once, by whichever way it is reached.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sidara.programmes.core.words import Level


@dataclass(frozen=True, slots=True)
class GoalAt:
    """A goal with its plan, the level of that plan, and the goal above it in the same plan."""

    id: int
    plan: int
    level: Level
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class LineAt:
    """A plan line that names a goal: the level of its plan and its ceiling (rupiah, `None` = not said)."""

    id: int
    goal: int
    level: Level
    ceiling: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityAt:
    """An activity with the goals it supports (of its line among them), its level, money and villages."""

    id: int
    goals: frozenset[int]
    level: Level
    budget: int | None = None
    villages: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What lies below a goal. Money is what is said: `without_money` counts activities that say none."""

    goals: int = 0
    lines: int = 0
    activities: int = 0
    ceiling_idr: int = 0
    budget_idr: int = 0
    without_money: int = 0
    villages: int = 0
    levels: frozenset[Level] = frozenset()

    @property
    def is_bare(self) -> bool:
        """Whether nothing supports the goal: no other plan, no line, no activity."""
        return not (self.goals or self.lines or self.activities)


@dataclass(frozen=True)
class Web:
    """All goals with what hangs on them, ready for questions about any of them."""

    goals: Mapping[int, GoalAt]
    below: Mapping[int, tuple[int, ...]] = field(repr=False)
    lines: Mapping[int, tuple[LineAt, ...]] = field(repr=False)
    activities: Mapping[int, tuple[ActivityAt, ...]] = field(repr=False)

    def reach(self, goal: int) -> set[int]:
        """Give the goal and all goals below it."""
        seen = {goal}
        waiting = [goal]
        while waiting:
            fresh = [one for one in self.below.get(waiting.pop(), ()) if one not in seen]
            seen.update(fresh)
            waiting += fresh
        return seen

    def coverage(self, goal: int) -> Coverage:
        """Count what lies below a goal (see the module's words)."""
        held = self.goals[goal]
        reached = self.reach(goal)
        others = [self.goals[one] for one in reached if self.goals[one].plan != held.plan]
        lines = {line.id: line for one in reached for line in self.lines.get(one, ())}
        acts = {act.id: act for one in reached for act in self.activities.get(one, ())}
        return Coverage(
            goals=len(others),
            lines=len(lines),
            activities=len(acts),
            ceiling_idr=sum(one.ceiling or 0 for one in lines.values()),
            budget_idr=sum(one.budget or 0 for one in acts.values()),
            without_money=sum(one.budget is None for one in acts.values()),
            villages=len(frozenset[int]().union(*(one.villages for one in acts.values()))),
            levels=frozenset(
                [
                    *(one.level for one in others),
                    *(one.level for one in lines.values()),
                    *(one.level for one in acts.values()),
                ]
            ),
        )


def web(
    goals: Iterable[GoalAt],
    ties: Iterable[tuple[int, int]],
    lines: Iterable[LineAt],
    activities: Iterable[ActivityAt],
) -> Web:
    """Join goals (by tree and by ties lower -> upper) with lines and activities."""
    held = {one.id: one for one in goals}
    below: dict[int, list[int]] = defaultdict(list)
    for upper, lower in (*_trees(held), *((upper, lower) for lower, upper in ties)):
        if upper in held and lower in held:
            below[upper].append(lower)
    of_goal: dict[int, list[LineAt]] = defaultdict(list)
    for line in lines:
        of_goal[line.goal].append(line)
    doing: dict[int, list[ActivityAt]] = defaultdict(list)
    for act in activities:
        for goal in act.goals:
            doing[goal].append(act)
    return Web(held, _frozen(below), _frozen(of_goal), _frozen(doing))


def _trees(goals: Mapping[int, GoalAt]) -> Iterator[tuple[int, int]]:
    yield from ((one.parent, one.id) for one in goals.values() if one.parent is not None)


def _frozen[T](lists: Mapping[int, list[T]]) -> dict[int, tuple[T, ...]]:
    return {key: tuple(values) for key, values in lists.items()}
