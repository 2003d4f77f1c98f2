"""The integer programme behind a plan, for SciPy's HiGHS: alike moves are counted, not listed.

Villages of one area whose group offers the same gains and costs are interchangeable: one whole number says
how many of them take an option. That is the same problem, much smaller, and its answer is the same each
time: the lower codes come first. Coefficients are whole numbers divided by their common divisor, of any size;
HiGHS gets them brought to a size that doubles bear, so what it finds is judged again and proves nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, gcd

import numpy as np
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

from sidara.programmes.core.targeting.cover import Cover, cover
from sidara.programmes.core.targeting.moves import Base, Limit, LimitKind, Move, Problem

type Row = NDArray[np.object_]
"""Whole numbers of any size, one a column."""
type Given = tuple[Row, int | None, int | None]
"""A row with its lowest and highest sum (`None` = any)."""
type Doubles = NDArray[np.float64]
type Group = tuple[Move, ...]

FINISHED, INFEASIBLE = 0, 2
"""The status by which SciPy's `milp` says that it is done, or that nothing fulfils the constraints."""
MOST_CUTS = 200
"""So often a solution that serves too few villages is sought again."""
LARGEST = 1000
"""HiGHS gets no greater coefficient: it keeps rows to a millionth, whatever they count."""
STEP_INSIDE = 10**6
"""A plan that slipped over a row is sought again so small a part of its greatest coefficient inside."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Groups of one area that offer the same; `members` by code, each with its moves in one order."""

    area: str
    members: tuple[Group, ...]

    @property
    def options(self) -> Group:
        """Give what each member offers, told by the first."""
        return self.members[0]


@dataclass(frozen=True, slots=True)
class Solution:
    """What HiGHS says: counts by column (`None` = none found), as good as doubles are.

    `is_infeasible`: nothing fulfils the rows. `is_finished`: the search was not cut short.
    """

    counts: tuple[int, ...] | None
    is_infeasible: bool = False
    is_finished: bool = True


@dataclass(frozen=True)
class Programme:
    """Columns and rows of a problem; `cuts` are rows that numbers of villages called for.

    `free`: the ceiling is a column of its own, the last one, sought itself. `without` leaves limits out, to
    see which of them stand against each other.
    """

    problem: Problem
    free: bool = False
    without: frozenset[Limit] = frozenset()
    kinds: tuple[Kind, ...] = field(init=False)
    cuts: list[Given] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Find what is alike, once; so many villages need at least so many moves."""
        object.__setattr__(self, "kinds", tuple(_kinds(self.problem)))
        for area, wanted in self._counted():
            own = [at for at, kind in enumerate(self.kinds) if kind.area == area]
            self.cuts.append((self._taken(own), wanted, None))

    @cached_property
    def columns(self) -> list[tuple[int, int]]:
        """Give kind and option of each column."""
        return [(at, option) for at, kind in enumerate(self.kinds) for option in range(len(kind.options))]

    @property
    def width(self) -> int:
        """Give the number of columns."""
        return len(self.columns) + self.free

    @cached_property
    def unit(self) -> int:
        """Give the common divisor of all costs."""
        return gcd(*(one.cost for one in self.problem.moves)) or 1

    @cached_property
    def gain_unit(self) -> int:
        """Give the common divisor of all gains."""
        return gcd(*(one.gain for one in self.problem.moves)) or 1

    def gains(self) -> Row:
        """Give the gain of each column, in its common divisor."""
        return self._row([self._option(column).gain // self.gain_unit for column in self.columns])

    def costs(self) -> Row:
        """Give the cost of each column, in its common divisor."""
        return self._row([self._option(column).cost // self.unit for column in self.columns])

    def _option(self, column: tuple[int, int]) -> Move:
        return self.kinds[column[0]].options[column[1]]

    def _row(self, own: Sequence[int]) -> Row:
        return np.array([*own, *[0] * (self.width - len(own))], np.object_)

    def _of_area(self, row: Row, area: str) -> Row:
        inside = [self.kinds[at].area == area for at, _ in self.columns]
        return self._row([int(one) if held else 0 for one, held in zip(row, inside, strict=False)])

    def rows(self) -> Iterator[Given]:
        """Give the limits: coefficients, lowest and highest sum; the rows of kinds are apart (`alike`)."""
        costs, budget = self.costs(), self.problem.budget
        ceiling = costs.copy()
        if self.free:
            ceiling[-1] = -1
            yield ceiling, None, 0
        elif Limit(LimitKind.CEILING) not in self.without:
            yield ceiling, None, budget // self.unit
        for area, bound in sorted(self.problem.limits.areas.items()):
            for kind, share in ((LimitKind.LEAST, bound.least), (LimitKind.MOST, bound.most)):
                if share is None or Limit(kind, area) in self.without:
                    continue
                own = self._of_area(self.gains() if self.problem.limits.base is Base.GAIN else costs, area)
                if self.problem.limits.base is Base.CEILING and not self.free:
                    edge = share * Fraction(budget, self.unit)
                    yield (own, ceil(edge), None) if kind is LimitKind.LEAST else (own, None, floor(edge))
                    continue
                row = own * share.denominator - self._whole() * share.numerator
                yield (row, 0, None) if kind is LimitKind.LEAST else (row, None, 0)
        yield from self.cuts

    def _whole(self) -> Row:
        """Give what shares are shares of, as a row; a ceiling that is given is no column."""
        match self.problem.limits.base:
            case Base.SPENT:
                return self.costs()
            case Base.GAIN:
                return self.gains()
        return self.ceiling() if self.free else self.nothing()

    def nothing(self) -> Row:
        """Give a row of zeros."""
        return self._row([])

    def ceiling(self) -> Row:
        """Give the ceiling as a row; it is a column."""
        row = self._row([])
        row[-1] = 1
        return row

    def _taken(self, kinds: Collection[int]) -> Row:
        """Count how often kinds are taken."""
        wanted = set(kinds)
        return self._row([int(at in wanted) for at, _ in self.columns])

    def _counted(self) -> Iterator[tuple[str, int]]:
        """Give the areas that must serve a number of villages, and the number."""
        for area, bound in sorted(self.problem.limits.areas.items()):
            if bound.villages and Limit(LimitKind.VILLAGES, area) not in self.without:
                yield area, bound.villages

    def alike(self) -> tuple["scipy.sparse.csr_array", Doubles]:
        """Give a sparse row for each kind, and how many members can take it."""
        owner = [at for at, _ in self.columns]
        cells = (np.ones(len(owner)), (owner, range(len(owner))))
        rows = scipy.sparse.coo_array(cells, shape=(len(self.kinds), self.width)).tocsr()
        return rows, np.array([float(len(kind.members)) for kind in self.kinds])

    def solve(
        self,
        objective: Row,
        *,
        seconds: float | None,
        more: Sequence[Given] = (),
        margin: int = 0,
    ) -> Solution:
        """Find the least `objective` under all rows (see `rows`) and `more`, as well as doubles can.

        Numbers of villages are asked for step by step: a solution that serves too few gives a new row, which
        every plan that serves enough keeps, until one does. `margin`: so many steps inside of every row.
        """
        if not self.columns and not self.free:
            return self._nothing(more)
        found = self._once(objective, seconds, (*self.rows(), *more), margin)
        for _ in range(MOST_CUTS):
            if found.counts is None or not found.is_finished:
                break
            lacking = self.lacking(found.counts)
            if not lacking:
                return found
            self.cuts.extend(lacking)
            found = self._once(objective, seconds, (*self.rows(), *more), margin)
        is_kept = found.counts is not None and not self.lacking(found.counts)
        return found if is_kept else replace(found, counts=None)

    def lacking(self, counts: Sequence[int]) -> list[Given]:
        """Give rows that counts with too few villages break, and every plan with enough of them keeps."""
        covers = self._covers(counts).values()
        return [(self._taken(one.kinds), one.least, None) for one in covers if not one.is_enough]

    def _nothing(self, more: Sequence[Given]) -> Solution:
        """Solve a problem in which nothing can be done."""
        rows = (*self.rows(), *more)
        is_good = all((low or 0) <= 0 <= (high or 0) for _, low, high in rows) and not any(self._counted())
        return Solution(()) if is_good else Solution(None, is_infeasible=True)

    def _once(self, objective: Row, seconds: float | None, given: Sequence[Given], margin: int) -> Solution:
        """Ask HiGHS."""
        matrix, most = self.alike()
        constraints = [scipy.optimize.LinearConstraint(matrix, -np.inf, most)]
        if given:
            rows, low, high = zip(*(in_doubles(one, margin) for one in given), strict=True)
            held = scipy.sparse.csr_array(np.array(rows))
            constraints.append(scipy.optimize.LinearConstraint(held, low, high))
        top = [float(len(self.kinds[at].members)) for at, _ in self.columns] + [np.inf] * self.free
        options: dict[str, float] = {"mip_rel_gap": 0.0}
        if seconds is not None:
            options["time_limit"] = max(seconds, 0.1)
        found = scipy.optimize.milp(
            in_doubles((objective, None, None))[0],
            integrality=np.ones(self.width),
            bounds=scipy.optimize.Bounds(0, np.array(top)),
            constraints=constraints,
            options=options,
        )
        counts = None if found.x is None else tuple(int(one) for one in np.rint(found.x))
        return Solution(counts, found.status == INFEASIBLE, found.status == FINISHED)

    def _covers(self, counts: Sequence[int]) -> dict[str, Cover]:
        """Give the villages that counts serve, in each area where they are counted."""
        taken = [0] * len(self.kinds)
        for (at, _), count in zip(self.columns, counts, strict=False):
            taken[at] += count
        found = {}
        for area, wanted in self._counted():
            own = {
                at: tuple(group[0].village for group in kind.members)
                for at, kind in enumerate(self.kinds)
                if kind.area == area
            }
            found[area] = cover(own, {at: taken[at] for at in own}, wanted)
        return found

    def moves(self, counts: Sequence[int]) -> tuple[Move, ...]:
        """Hand the counts out to members, the options in their order, the lower codes first.

        Where villages are counted, first to those by whom most villages are served.
        """
        waiting = {at: list(kind.members) for at, kind in enumerate(self.kinds)}
        for one in self._covers(counts).values():
            for at, served in one.served.items():
                waiting[at] = _first(self.kinds[at].members, served)
        chosen: list[Move] = []
        for (at, option), count in zip(self.columns, counts, strict=False):
            chosen += [member[option] for member in waiting[at][:count]]
            waiting[at] = waiting[at][count:]
        return tuple(chosen)


def scale(row: Row) -> int:
    """Give by what a row is divided (and multiplied by `LARGEST`) before doubles reckon with it."""
    return max(LARGEST, *map(abs, row)) if len(row) else LARGEST


def in_doubles(given: Given, margin: int = 0) -> tuple[Doubles, float, float]:
    """Give a row with its sums in a size that doubles bear, so many steps inside."""
    row, low, high = given
    over = scale(row)
    inside = margin * max(1, over // STEP_INSIDE)
    return (
        np.array([LARGEST * one / over for one in row], np.float64),
        -np.inf if low is None else LARGEST * (low + inside) / over,
        np.inf if high is None else LARGEST * (high - inside) / over,
    )


def _first(members: Sequence[Group], served: Collection[str]) -> list[Group]:
    """Put one group of each served village before the others."""
    first: dict[str, Group] = {}
    rest = []
    for group in members:
        village = group[0].village
        if village in served and village not in first:
            first[village] = group
        else:
            rest.append(group)
    return [*first.values(), *rest]


def _kinds(problem: Problem) -> Iterator[Kind]:
    """Put alike groups together."""
    alike: dict[tuple[str, tuple[tuple[int, int], ...]], list[Group]] = {}
    for (village, _), moves in sorted(problem.groups.items()):
        ordered = tuple(sorted(moves, key=lambda one: (one.gain, one.cost, one.name)))
        offers = tuple((one.gain, one.cost) for one in ordered)
        alike.setdefault((problem.area_of[village], offers), []).append(ordered)
    for (area, _), members in alike.items():
        yield Kind(area, tuple(members))
