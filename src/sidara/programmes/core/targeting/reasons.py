"""Why no plan keeps to the ceiling and the limits, and the nearest ceilings with which one would.

Shares of the ceiling and numbers of villages bind each area by itself; so the least that each area needs is
found one by one and summed up. Shares of what is spent or gained tie the areas together: there, limits are
left out area by area until only those remain that stand against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sidara.programmes.core.targeting.moves import Base, Bound, Limit, LimitKind, Limits, Problem
from sidara.programmes.core.targeting.programme import Programme


@dataclass(frozen=True, slots=True)
class Need:
    """What an area needs to keep to its own limits: the least money, `None` where nothing does.

    `most`: what all moves of the area together could spend; `villages`: how many villages could be served.
    """

    area: str
    least: int | None
    most: int
    villages: int


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why there is no plan.

    `needs`: of each area with a minimum, by code, what it needs by itself (empty where shares tie the areas
    together). `conflict`: limits that cannot all be kept; with any of them left out the others can. `above`
    and `below`: the nearest ceilings with which a plan exists, `None` where there is none or none was found.
    """

    needs: tuple[Need, ...]
    conflict: tuple[Limit, ...]
    above: int | None
    below: int | None

    @property
    def impossible(self) -> tuple[Need, ...]:
        """Give the areas that cannot keep to their own limits, whatever the others do."""
        return tuple(one for one in self.needs if one.least is None)

    @property
    def least(self) -> int | None:
        """Give what all areas need together, `None` where one of them cannot or areas are tied together."""
        known = [one.least for one in self.needs if one.least is not None]
        return sum(known) if self.needs and len(known) == len(self.needs) else None


def reasons(problem: Problem, *, seconds: float) -> Reasons:
    """Explain a problem without a plan; `seconds` bounds each question to HiGHS."""
    above, below = _nearest(problem, seconds)
    if problem.limits.base is Base.CEILING:
        needs = tuple(_needs(problem, seconds))
        return Reasons(needs, (), above, below)
    return Reasons((), tuple(_conflict(problem, seconds)), above, below)


def _needs(problem: Problem, seconds: float) -> Iterator[Need]:
    for area, bound in sorted(problem.limits.areas.items()):
        if not bound.least and not bound.villages:
            continue
        moves = tuple(one for one in problem.moves if problem.area_of[one.village] == area)
        own = replace(problem, moves=moves, limits=Limits(Base.CEILING, {area: bound}))
        programme = Programme(own, without=frozenset([Limit(LimitKind.CEILING)]))
        found = programme.solve(programme.costs(), seconds=seconds)
        least = None
        if found.counts is not None:
            least = own.plan(programme.moves(found.counts)).cost
        most = sum(max(one.cost for one in group) for group in own.groups.values())
        yield Need(area, least, most, len({one.village for one in moves}))


def _conflict(problem: Problem, seconds: float) -> Iterator[Limit]:
    """Leave out the limits of area after area, and the ceiling, as long as there is still no plan."""
    left = dict(problem.limits.areas)
    without: frozenset[Limit] = frozenset()
    for area in sorted(left):
        fewer = {code: bound for code, bound in left.items() if code != area}
        if not _is_possible(problem, fewer, without, seconds):
            left = fewer
    ceiling = frozenset([Limit(LimitKind.CEILING)])
    if _is_possible(problem, left, ceiling, seconds):
        yield Limit(LimitKind.CEILING)
    for area, bound in sorted(left.items()):
        yield from _limits(area, bound)


def _limits(area: str, bound: Bound) -> Iterator[Limit]:
    if bound.least:
        yield Limit(LimitKind.LEAST, area)
    if bound.most is not None:
        yield Limit(LimitKind.MOST, area)
    if bound.villages:
        yield Limit(LimitKind.VILLAGES, area)


def _is_possible(
    problem: Problem, areas: dict[str, Bound], without: frozenset[Limit], seconds: float
) -> bool:
    """Say whether something may be gained within some of the limits."""
    programme = Programme(replace(problem, limits=Limits(problem.limits.base, areas)), without=without)
    gained = [(programme.gains(), 1.0, np.inf)]
    return not programme.solve(np.zeros(programme.width), seconds=seconds, more=gained).is_infeasible


def _nearest(problem: Problem, seconds: float) -> tuple[int | None, int | None]:
    """Give the least ceiling above and the highest below with which something may be gained."""
    programme = Programme(problem, free=True)
    if not programme.columns:
        return None, None
    edge = np.zeros(programme.width)
    edge[-1] = 1
    asked = problem.budget / programme.unit
    found = []
    for objective, row in ((edge, (edge, np.ceil(asked), np.inf)), (-edge, (edge, 0.0, np.floor(asked)))):
        more = [(programme.gains(), 1.0, np.inf), row]
        answer = programme.solve(objective, seconds=seconds, more=more)
        found.append(_ceiling(programme, answer.counts))
    return found[0], found[1]


def _ceiling(programme: Programme, counts: tuple[int, ...] | None) -> int | None:
    """Give the ceiling of a solution when the plan keeps to the limits with it in exact numbers."""
    if counts is None:
        return None
    budget = counts[-1] * programme.unit
    plan = replace(programme.problem, budget=budget).plan(programme.moves(counts[:-1]))
    return budget if plan.is_kept else None
