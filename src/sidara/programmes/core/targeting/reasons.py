"""Why no plan keeps to the ceiling and the limits, and the nearest ceilings with which one would.

Shares of the ceiling and numbers of villages bind each area by itself; so the least that each area needs is
found one by one and summed up. Shares of what is spent or gained tie the areas together: there, limits are
left out area by area until only those remain that stand against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from sidara.programmes.core.targeting.moves import Base, Bound, Limit, LimitKind, Limits, Problem
from sidara.programmes.core.targeting.programme import Programme
from sidara.programmes.core.targeting.relaxation import Relaxation


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
    """Explain a problem without a plan; `seconds` bounds each search for a ceiling, and all of areas."""
    above, below = _nearest(problem, seconds)
    each = seconds / (len(problem.limits.areas) + 1)
    if problem.limits.base is Base.CEILING:
        needs = tuple(_needs(problem, each))
        return Reasons(needs, (), above, below)
    return Reasons((), tuple(_conflict(problem, each)), above, below)


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
    gained = [(programme.gains(), 1, None)]
    relaxation = Relaxation(programme, programme.gains(), tuple(programme.rows()))
    relaxed = relaxation.bound(relaxation.span) if programme.columns else None
    if relaxed is not None and relaxed.bound < 1:
        return False
    return not programme.solve(programme.nothing(), seconds=seconds, more=gained).is_infeasible


def _nearest(problem: Problem, seconds: float) -> tuple[int | None, int | None]:
    """Give the least ceiling above and the highest below with which something may be gained."""
    highest = _highest(problem)
    if highest is not None and highest < problem.budget:
        if _is_good(replace(problem, budget=highest), seconds):
            return None, highest
        return None, _sought(problem, seconds, is_above=False)
    return _sought(problem, seconds, is_above=True), _sought(problem, seconds, is_above=False)


def _highest(problem: Problem) -> int | None:
    """Give the ceiling beyond which some area cannot take its share of it, `None` where there is none."""
    if problem.limits.base is not Base.CEILING:
        return None
    most = dict.fromkeys(problem.areas, 0)
    for (village, _), group in problem.groups.items():
        most[problem.area_of[village]] += max(one.cost for one in group)
    bounds = problem.limits.areas.items()
    return min((floor(most[area] / one.least) for area, one in bounds if one.least), default=None)


def _is_good(problem: Problem, seconds: float) -> bool:
    """Say whether a plan is found that gains something, and keeps to the limits in exact numbers."""
    programme = Programme(problem)
    found = programme.solve(programme.nothing(), seconds=seconds, more=[(programme.gains(), 1, None)])
    return found.counts is not None and problem.plan(programme.moves(found.counts)).is_kept


def _sought(problem: Problem, seconds: float, *, is_above: bool) -> int | None:
    """Let HiGHS seek the nearest ceiling."""
    programme = Programme(problem, free=True)
    if not programme.columns:
        return None
    edge, asked = programme.ceiling(), Fraction(problem.budget, programme.unit)
    row = (edge, ceil(asked), None) if is_above else (edge, 0, floor(asked))
    objective = edge if is_above else -edge
    answer = programme.solve(objective, seconds=seconds, more=[(programme.gains(), 1, None), row])
    return _ceiling(programme, answer.counts)


def _ceiling(programme: Programme, counts: tuple[int, ...] | None) -> int | None:
    """Give the ceiling of a solution when the plan keeps to the limits with it in exact numbers."""
    if counts is None:
        return None
    budget = counts[-1] * programme.unit
    plan = replace(programme.problem, budget=budget).plan(programme.moves(counts[:-1]))
    return budget if plan.is_kept else None
