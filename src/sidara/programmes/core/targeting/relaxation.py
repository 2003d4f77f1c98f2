"""A bound that nothing exceeds, in whole numbers: limits get a price, and what is left is free to take.

Where a limit has a price (a Lagrange multiplier, 0 or more), a plan may break it and pays for what it takes
too much. What remains falls apart into kinds, of which each takes what is worth most; that sum is a bound for
any prices at all. HiGHS finds good prices in doubles (duals of the linear relaxation); the bound is then
reckoned in whole numbers, so that it holds whatever the doubles lost. With it goes what each option gives
away: one that gives away more than the bound is above a target is in nothing that reaches the target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import scipy  # loads its parts when they are first used

from sidara.programmes.core.targeting.programme import (
    Doubles,
    Given,
    Programme,
    Row,
    in_doubles,
    scale,
)

FINE = 80
"""Prices are counted in parts of 2 to this power, beyond the digits of the greatest coefficient."""
DEAR = 1000
"""What it costs in the relaxation to break a row, beside all that could be gained."""


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and highest count of each column."""

    low: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A bound on the objective, what HiGHS would take of each column in fractions, and all it stands on.

    `exact`: the bound in parts of `whole`. `worth`: what one of each column is worth after prices, so, too.
    """

    exact: int
    whole: int
    worth: tuple[int, ...]
    taken: Doubles

    @property
    def bound(self) -> int:
        """Give the highest whole number that the objective might reach."""
        return self.exact // self.whole

    def room(self, target: int) -> int:
        """Give what may be given away by anything that reaches `target`; below 0 nothing does."""
        return self.exact - target * self.whole


@dataclass(frozen=True)
class Relaxation:
    """The columns and rows of a programme, an objective to be made great, and its bounds within spans."""

    programme: Programme
    objective: Row
    rows: tuple[Given, ...]

    @cached_property
    def kinds(self) -> tuple[range, ...]:
        """Give the columns of each kind."""
        found: list[range] = []
        at = 0
        for kind in self.programme.kinds:
            found.append(range(at, at + len(kind.options)))
            at += len(kind.options)
        return tuple(found)

    @cached_property
    def members(self) -> tuple[int, ...]:
        """Give how many groups each kind holds."""
        return tuple(len(kind.members) for kind in self.programme.kinds)

    @cached_property
    def span(self) -> Span:
        """Give the widest counts."""
        high = [
            most for columns, most in zip(self.kinds, self.members, strict=True) for _ in range(len(columns))
        ]
        return Span((0,) * len(high), tuple(high))

    @cached_property
    def _held(self) -> tuple["scipy.sparse.csr_array", Doubles, tuple[tuple[int, int], ...]]:
        """Give every bound of a row as `row <= most` in doubles, and of which row with which sign it is."""
        rows, most, origin = [], [], []
        for at, given in enumerate(self.rows):
            row, low, high = in_doubles(given)
            for sign, edge in ((1, high), (-1, low)):
                if np.isfinite(edge):
                    rows.append(sign * row)
                    most.append(sign * edge)
                    origin.append((at, sign))
        cells = np.array(rows).reshape(len(rows), self.programme.width)
        return scipy.sparse.csr_array(cells), np.array(most), tuple(origin)

    @cached_property
    def _scales(self) -> tuple[int, ...]:
        """Give the greatest coefficient of each row."""
        return tuple(scale(row) for row, _, _ in self.rows)

    @cached_property
    def _doubles(self) -> tuple[Doubles, "scipy.sparse.csr_array", Doubles]:
        """Give the objective, and all rows with their highest sums, as HiGHS takes them.

        A bound of a row may be broken, at a price (`DEAR`), so that there is always an answer.
        """
        alike, members = self.programme.alike()
        held, most, _ = self._held
        slack = -scipy.sparse.eye_array(len(most))
        matrix = scipy.sparse.block_array([[alike, None], [held, slack]]) if len(most) else alike
        goal = in_doubles((self.objective, None, None))[0]
        return goal, matrix.tocsr(), np.concatenate([members, most])

    def fits(self, counts: Sequence[int]) -> bool:
        """Say whether counts keep to the rows and to what the kinds hold."""
        for columns, most in zip(self.kinds, self.members, strict=True):
            if sum(counts[at] for at in columns) > most:
                return False
        sums = (int(np.dot(row, np.array(counts, np.object_))) for row, _, _ in self.rows)
        return all(
            (low is None or low <= one) and (high is None or one <= high)
            for one, (_, low, high) in zip(sums, self.rows, strict=True)
        )

    def bound(self, span: Span) -> Relaxed | None:
        """Bound the objective within a span; `None` where a kind is asked for more than it holds."""
        for columns, most in zip(self.kinds, self.members, strict=True):
            if sum(span.low[at] for at in columns) > most:
                return None
        taken, prices = self._priced(span)
        return self._exact(span, taken, prices)

    def _priced(self, span: Span) -> tuple[Doubles, list[Fraction]]:
        """Ask HiGHS for the prices of all bounds of rows, over their coefficients as they are."""
        goal, matrix, highest = self._doubles
        origin = self._held[2]
        over = scale(self.objective)
        dear = DEAR * (1 + float(np.dot(np.abs(goal), np.array(span.high, np.float64))))
        answer = scipy.optimize.linprog(
            np.concatenate([-goal, np.full(len(origin), dear)]),
            A_ub=matrix,
            b_ub=highest,
            bounds=[*zip(span.low, span.high, strict=True), *[(0, None)] * len(origin)],
            method="highs",
        )
        if answer.x is None:
            return np.array(span.low, np.float64), [Fraction(0)] * len(origin)
        duals = np.maximum(-answer.ineqlin.marginals[len(highest) - len(origin) :], 0)
        prices = [
            Fraction(float(dual)) * over / self._scales[at]
            for dual, (at, _) in zip(duals, origin, strict=True)
        ]
        return answer.x[: self.programme.width], prices

    def _exact(self, span: Span, taken: Doubles, prices: Sequence[Fraction]) -> Relaxed:
        """Reckon the bound of prices in whole numbers."""
        whole = 1 << (FINE + max((one.bit_length() for one in self._scales), default=0))
        worth, sure = self.objective * whole, 0
        for price, (at, sign) in zip(prices, self._held[2], strict=True):
            part = sign * int(price * whole)
            if part:
                row, low, high = self.rows[at]
                worth = worth - part * row
                sure += part * ((high if sign > 0 else low) or 0)
        exact = sure + sum(
            self._best(span, columns, most, worth)
            for columns, most in zip(self.kinds, self.members, strict=True)
        )
        return Relaxed(exact, whole, tuple(worth), taken)

    def _best(self, span: Span, columns: range, most: int, worth: Row) -> int:
        """Give the most that a kind is worth within a span."""
        total = sum(span.low[at] * worth[at] for at in columns)
        left = most - sum(span.low[at] for at in columns)
        for at in sorted(columns, key=lambda at: -worth[at]):
            if not left or worth[at] <= 0:
                break
            more = min(left, span.high[at] - span.low[at])
            total += more * worth[at]
            left -= more
        return int(total)

    def narrowed(self, span: Span, relaxed: Relaxed, target: int) -> Span:
        """Leave out every count that is in nothing that reaches `target`.

        Each member of a kind that does not take what is worth most gives away the difference.
        """
        room = relaxed.room(target)
        low, high = list(span.low), list(span.high)
        for columns, most in zip(self.kinds, self.members, strict=True):
            self._narrow(columns, most, relaxed.worth, room, (span, low, high))
        return Span(tuple(low), tuple(high))

    def _narrow(
        self,
        columns: range,
        most: int,
        worth: Sequence[int],
        room: int,
        made: tuple[Span, list[int], list[int]],
    ) -> None:
        span, low, high = made
        if any(span.low[at] or span.high[at] < most for at in columns):
            return
        ranked = sorted(columns, key=lambda at: (-worth[at], at))
        best = max(worth[ranked[0]], 0)
        for at in columns:
            lost = best - worth[at]
            if lost > 0:
                high[at] = min(high[at], room // lost)
        second = max([0, *(worth[at] for at in ranked[1:])])
        if best > second:
            low[ranked[0]] = max(0, most - room // (best - second))
