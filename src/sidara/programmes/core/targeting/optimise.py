"""The plan with the most gain for a ceiling within limits of fairness, proven, beside two rules of thumb.

HiGHS prices the limits and seeks plans; what is called proven is proven in whole numbers (`relaxation`,
`frontiers`, `search`), and every plan is summed up and judged again in exact numbers. Of plans with the same
gain the cheapest is sought; among alike villages the lower codes are served. Without proof the best plan
known is given with the bound that nothing exceeds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sidara.programmes.core.targeting.frontiers import Apart, Frontier, frontier
from sidara.programmes.core.targeting.moves import Limit, LimitKind, Plan, Problem
from sidara.programmes.core.targeting.programme import Given, Programme, Row
from sidara.programmes.core.targeting.reasons import Reasons, reasons
from sidara.programmes.core.targeting.relaxation import Relaxation, Relaxed
from sidara.programmes.core.targeting.rivals import equal_shares, greedy
from sidara.programmes.core.targeting.search import search
from sidara.programmes.core.targeting.states import Work

ATTEMPTS = 4
"""So often a plan that a double let slip over a limit is sought again, each time further inside."""
SECONDS = 60.0
"""Seconds for an answer: a third of them HiGHS is waited for, a quarter in the search for the cheapest."""
MOST_STEPS = 64
"""So often the bound is lowered by frontiers."""
MOST_PAIRS = 320_000_000
"""So many pairs of states of areas are made for one question: some thirty seconds."""
SHORTER = 4
"""By so much a step is shorter after one that was too much work."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Three plans for one ceiling.

    `best`: `None` where no plan keeps to the limits (`reasons` says why) or none was found in time. `bound`:
    no plan gains more (`None` = not known); `is_optimal`: the best plan gains that much, so it is proven.
    `is_cheapest`: it is proven, too, that nothing gains as much for less.
    """

    best: Plan | None
    greedy: Plan
    equal: Plan
    bound: int | None = None
    is_optimal: bool = False
    is_cheapest: bool = False
    reasons: Reasons | None = None

    @property
    def gap(self) -> int | None:
        """Give what the best plan might still lack, in the unit of the gain; 0 = proven."""
        return None if self.best is None or self.bound is None else self.bound - self.best.gain


def optimise(problem: Problem, *, seconds: float = SECONDS) -> Comparison:
    """Choose the plan with the most gain and set it beside greedy and equal shares."""
    rivals = greedy(problem), equal_shares(problem)
    made = _Best(problem, [one for one in rivals if one.is_kept], seconds)
    made.seek()
    best, unit = made.plan, made.programme.gain_unit
    if made.bound < 0 or (best is None and made.is_hopeless):
        return Comparison(None, *rivals, reasons=reasons(problem, seconds=seconds / 4))
    if best is None or not made.is_proven:
        return Comparison(best, *rivals, made.bound * unit)
    cheapest, is_cheapest = made.cheapest()
    why = reasons(problem, seconds=seconds / 4) if _is_idle(problem, cheapest) else None
    return Comparison(
        cheapest, *rivals, made.bound * unit, is_optimal=True, is_cheapest=is_cheapest, reasons=why
    )


class _Best:
    """The best plan so far and the bound on its gain, in the divisor of all gains, until both meet."""

    def __init__(self, problem: Problem, known: Iterable[Plan], seconds: float) -> None:
        self.problem, self.seconds = problem, seconds
        self.programme = Programme(problem)
        self.plan = max(known, key=lambda one: (one.gain, -one.cost), default=None)
        self.is_hopeless = False
        self.work = Work(MOST_PAIRS)
        self.bound = sum(max(one.gain for one in group) for group in problem.groups.values())
        self.bound //= self.programme.gain_unit

    @cached_property
    def relaxation(self) -> Relaxation:
        """Give the programme with the gains to be made great."""
        return Relaxation(self.programme, self.programme.gains(), tuple(self.programme.rows()))

    @cached_property
    def relaxed(self) -> Relaxed | None:
        """Give its bound."""
        return self.relaxation.bound(self.relaxation.span)

    @property
    def reached(self) -> int:
        """Give the gain of the best plan, below 0 where there is none."""
        return -1 if self.plan is None else self.plan.gain // self.programme.gain_unit

    @property
    def is_proven(self) -> bool:
        """Say whether nothing gains more; without a plan, whether there is none."""
        return self.reached >= self.bound

    def seek(self) -> None:
        """Bring plan and bound together: by prices, by frontiers, by HiGHS, and at last by cutting."""
        if self.relaxed is not None:
            self.bound = min(self.bound, max(self.relaxed.bound, -1))
        if not self.is_proven:
            self._by_frontiers()
        if not self.is_proven:
            self._by_solver()
        if not self.is_proven:
            self._by_cutting()

    def _take(self, plan: Plan | None) -> bool:
        """Keep a plan that is good and better than the one known; say whether it is good."""
        if plan is None or not plan.is_kept:
            return False
        if self.plan is None or (plan.gain, -plan.cost) > (self.plan.gain, -self.plan.cost):
            self.plan = plan
        return True

    def _planned(self, found: Frontier) -> Plan:
        return self.problem.plan(self.programme.moves(found.counts))

    def _by_frontiers(self) -> None:
        """Lower the bound gain by gain: in longer steps as long as nothing is found, else in shorter ones."""
        width, is_growing = 1, True
        for _ in range(MOST_STEPS):
            if self.is_proven or self.relaxed is None:
                return
            found = self._nearest(max(self.bound - width + 1, self.reached + 1, 0))
            if found is None:
                if width == 1:
                    return
                width, is_growing = max(1, width // SHORTER), False
            elif found.gain is not None:
                return
            elif is_growing:
                width *= 2

    def _nearest(self, target: int) -> Frontier | None:
        """Lower the bound to the highest gain from a target on, or below it; `None`: too much work.

        Limits are looked at ever more closely until the plan of a gain keeps to them, or none has it; what
        still breaks them is given.
        """
        if self.relaxed is None:
            return None
        found = None
        for apart in Apart.of(self.problem.limits):
            closer = frontier(
                self.relaxation, self.relaxed, target, most=self.bound, apart=apart, work=self.work
            )
            if closer is None:
                continue
            found = closer
            self.bound = target - 1 if found.gain is None else min(self.bound, found.gain)
            if found.gain is None or self._take(self._planned(found)):
                return replace(found, gain=None)
            target = self.bound
        return found

    def _by_solver(self) -> None:
        """Let HiGHS seek a plan."""
        gains = self.programme.gains()
        found = self.programme.solve(-gains, seconds=self.seconds / 3)
        self.is_hopeless = found.is_infeasible
        if found.counts is not None:
            self._take(self._exact(-gains, found.counts))

    def _exact(self, objective: Row, counts: Sequence[int], more: Sequence[Given] = ()) -> Plan | None:
        """Give the plan of counts; where doubles let it slip over a limit, one that is a little inside."""
        for margin in range(ATTEMPTS):
            plan = self.problem.plan(self.programme.moves(counts))
            if plan.is_kept:
                return plan
            again = self.programme.solve(objective, seconds=self.seconds, more=more, margin=10**margin)
            if again.counts is None:
                break
            counts = again.counts
        return None

    def _by_cutting(self) -> None:
        found = search(self.programme, self.programme.gains(), self.reached)
        if found is not None:
            self._take(found.plan)
            self.bound = min(self.bound, found.bound)

    def cheapest(self) -> tuple[Plan, bool]:
        """Seek the cheapest plan that gains as much, and say whether nothing gains as much for less."""
        if self.plan is None:
            raise TypeError("no plan")
        for apart in Apart.of(self.problem.limits):
            if self.relaxed is None:
                break
            found = frontier(self.relaxation, self.relaxed, self.bound, most=self.bound, apart=apart)
            if found is None or found.gain is None:
                continue
            self._take(self._planned(found))
            if self.plan.cost == found.cost * self.programme.unit:
                return self.plan, True
        costs, enough = self.programme.costs(), (self.programme.gains(), self.bound, None)
        solved = self.programme.solve(costs, seconds=self.seconds / 4, more=[enough])
        if solved.counts is not None:
            self._take(self._exact(costs, solved.counts, [enough]))
        searched = search(self.programme, -costs, -self.plan.cost // self.programme.unit, [enough])
        if searched is not None:
            self._take(searched.plan)
        return self.plan, searched is not None


def _is_idle(problem: Problem, plan: Plan) -> bool:
    """Say whether limits alone keep a plan from doing anything."""
    can = any(one.gain and one.cost <= problem.budget for one in problem.moves)
    return not plan.gain and can and bool(problem.limits.areas)


__all__ = ["SECONDS", "Comparison", "Limit", "LimitKind", "optimise"]
