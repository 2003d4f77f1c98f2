"""The plan with the most gain for a ceiling within limits of fairness, proven, beside two rules of thumb.

HiGHS chooses; every plan is then summed up and judged again in exact numbers. Of plans with the same gain
the cheapest is sought; among alike villages the lower codes are served. Without proof (time is up) the best
plan known is given with the bound that nothing exceeds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sidara.programmes.core.targeting.moves import Limit, LimitKind, Plan, Problem
from sidara.programmes.core.targeting.programme import Programme, Row
from sidara.programmes.core.targeting.reasons import Reasons, reasons
from sidara.programmes.core.targeting.rivals import equal_shares, greedy

ATTEMPTS = 4
"""So often a plan that a double let slip over a limit is sought again, each time a unit inside."""
SECONDS = 60.0
"""Seconds after which HiGHS is not waited for; the search for the cheapest of the best gets a quarter."""


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
    programme = Programme(problem)
    rivals = greedy(problem), equal_shares(problem)
    gains = programme.gains()
    found = programme.solve(-gains, seconds=seconds)
    if found.is_infeasible:
        return Comparison(None, *rivals, reasons=reasons(problem, seconds=seconds / 4))
    bound = None if found.bound is None else -found.bound * programme.gain_unit
    known = [one for one in rivals if one.is_kept]
    if found.counts is not None:
        known.append(_exact(programme, -gains, found.counts, seconds))
    best = max(known, key=lambda one: (one.gain, -one.cost), default=None)
    is_optimal = best is not None and best.gain == bound
    if best is None or not is_optimal:
        return Comparison(best, *rivals, bound)
    cheapest, is_cheapest = _cheapest(programme, best, gains, seconds / 4)
    why = reasons(problem, seconds=seconds / 4) if _is_idle(problem, cheapest) else None
    return Comparison(cheapest, *rivals, bound, is_optimal, is_cheapest, why)


def _exact(programme: Programme, objective: Row, counts: Sequence[int], seconds: float) -> Plan:
    """Give the plan of counts; where doubles let it slip over a limit, one that is a little inside."""
    for margin in range(1, ATTEMPTS + 1):
        plan = programme.problem.plan(programme.moves(counts))
        if plan.is_kept:
            return plan
        again = programme.solve(objective, seconds=seconds, margin=margin)
        if again.counts is None:
            break
        counts = again.counts
    raise ArithmeticError(f"the plan of HiGHS breaks {plan.broken}")


def _cheapest(programme: Programme, best: Plan, gains: Row, seconds: float) -> tuple[Plan, bool]:
    """Seek the cheapest plan that gains as much; the one that is known, where none is proven."""
    costs = programme.costs()
    need = best.gain // programme.gain_unit
    found = programme.solve(costs, seconds=seconds, more=[(gains, need, float("inf"))])
    if found.counts is None or found.bound is None:
        return best, False
    plan = programme.problem.plan(programme.moves(found.counts))
    is_proven = plan.is_kept and plan.gain == best.gain and plan.cost == found.bound * programme.unit
    return (plan, True) if is_proven else (best, False)


def _is_idle(problem: Problem, plan: Plan) -> bool:
    """Say whether limits alone keep a plan from doing anything."""
    can = any(one.gain and one.cost <= problem.budget for one in problem.moves)
    return not plan.gain and can and bool(problem.limits.areas)


__all__ = ["SECONDS", "Comparison", "Limit", "LimitKind", "optimise"]
