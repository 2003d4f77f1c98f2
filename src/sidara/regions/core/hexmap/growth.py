"""Each kabupaten grows to exactly as many cells as it has villages, in one piece, without holes.

Start: each cell belongs to the kabupaten of the nearest point, outside where none is near. Then cells
go over along chains of neighbours, from kabupaten (or the outside) with too many to those with too
few. A cell may leave a group only when the group's cells in its ring form one run: then the group stays
in one piece. The outside is such a group too, so there are no holes, and the whole stays in one piece.
Last, pairs of cells are exchanged across borders while that makes borders shorter or brings cells
nearer to their points.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from scipy.spatial import cKDTree

from sidara.regions.core.hexmap.grid import OUTSIDE, Floats, Grid, Ints

NEAR = 1.05
"""A cell farther than this (cell widths) from all points starts outside."""
SMOOTH = 1.1
"""Cost of one edge between unlike cells, against squared cell widths from the group's points."""
SWEEPS = 40
"""Most rounds over all borders."""
HOP, LEAST = 10.0, 0.5
"""Cost of passing a cell on to the next group of a chain, and its least (costs may be negative)."""


class Growth:
    """The labels of the cells while they change. Labels are groups 0 … n-1 and `OUTSIDE`."""

    def __init__(self, grid: Grid, points: Floats, groups: Ints) -> None:
        self.rings = grid.rings
        self.wanted = np.bincount(groups).tolist()
        self.count = len(self.wanted)
        self.costs = self._costs(grid, points, groups)
        self.label: list[int] = _start(grid, points, groups)
        self.have = [0] * self.count
        self.border: dict[tuple[int, int], set[int]] = {}
        for cell, label in enumerate(self.label):
            if label != OUTSIDE:
                self.have[label] += 1
            self._note(cell, add=True)

    def _costs(self, grid: Grid, points: Floats, groups: Ints) -> list[list[float]]:
        """Squared distance of each cell from the nearest point of each group, one list a group."""
        costs = []
        for group in range(self.count):
            away, _ = cKDTree(points[groups == group]).query(grid.centers)
            costs.append((away**2).tolist())
        return costs

    def _note(self, cell: int, *, add: bool) -> None:
        """Note (or forget) beside which other groups a cell lies."""
        own = self.label[cell]
        for neighbour in self.rings[cell]:
            other = self.label[neighbour]
            if other != own:
                cells = self.border.setdefault((own, other), set())
                if add:
                    cells.add(cell)
                else:
                    cells.discard(cell)

    def is_free(self, cell: int, to: int) -> bool:
        """Whether a cell may go over to another group with its own group staying in one piece."""
        labels = self._around(cell)
        own = self.label[cell]
        if to not in labels or cell == 0:
            return False
        if own != OUTSIDE and (_runs(labels, own) != 1 or self.have[own] == 1):
            return False
        return OUTSIDE not in (own, to) or _runs(labels, OUTSIDE) == 1

    def cost(self, cell: int, to: int) -> float:
        """Cost of a cell going over: nearness to the points, and edges between unlike cells."""
        own = self.label[cell]
        before = self.costs[own][cell] if own != OUTSIDE else 0.0
        after = self.costs[to][cell] if to != OUTSIDE else 0.0
        labels = self._around(cell)
        return after - before + SMOOTH * (labels.count(own) - labels.count(to))

    def best(self, own: int, to: int) -> tuple[float, int] | None:
        """Find the cheapest cell that may go from one group to another."""
        cells = self.border.get((own, to), ())
        free = [(self.cost(cell, to), cell) for cell in cells if self.is_free(cell, to)]
        return min(free) if free else None

    def move(self, cell: int, to: int) -> None:
        """Let a cell go over."""
        touched = (cell, *self.rings[cell])
        for other in touched:
            self._note(other, add=False)
        own = self.label[cell]
        if own != OUTSIDE:
            self.have[own] -= 1
        self.label[cell] = to
        if to != OUTSIDE:
            self.have[to] += 1
        for other in touched:
            self._note(other, add=True)

    def excess(self, group: int) -> int:
        """How many cells a group has too many (negative: too few)."""
        return self.have[group] - self.wanted[group]

    def _chain(self, start: int, *, give: bool) -> list[int] | None:
        """Find the cheapest chain of groups from one with too many (or, not `give`, too few) cells.

        It ends at a group with the opposite need or outside. The chain is in the order of giving.
        """
        done: set[int] = set()
        came: dict[int, int] = {}
        far = {start: 0.0}
        queue = [(0.0, start)]
        while queue:
            length, at = heapq.heappop(queue)
            if at in done:
                continue
            done.add(at)
            if at != start and (at == OUTSIDE or (self.excess(at) < 0 if give else self.excess(at) > 0)):
                chain = [at]
                while chain[-1] != start:
                    chain.append(came[chain[-1]])
                return chain[::-1] if give else chain
            for other in self._beside(at):
                if other in done:
                    continue
                step = self.best(at, other) if give else self.best(other, at)
                if step is None:
                    continue
                reach = length + max(step[0] + HOP, LEAST)
                if reach < far.get(other, float("inf")):
                    far[other] = reach
                    came[other] = at
                    heapq.heappush(queue, (reach, other))
        return None

    def _beside(self, group: int) -> list[int]:
        """Give the groups beside a group."""
        return sorted(other for (own, other), cells in self.border.items() if own == group and cells)

    def fill(self) -> bool:
        """Move cells until each group has as many as it wants; tell whether all have.

        Where no chain is left, a ring one cell wide is opened, and it goes on, at most once a cell.
        """
        for _ in range(sum(self.wanted)):
            if self._filled():
                return True
            if not self._opened():
                return False
        return self._filled()

    def _opened(self) -> bool:
        """Open a ring one cell wide (a kabupaten around its kota) at one cell; tell whether there was one.

        No cell of such a ring is free by its own neighbours, yet without one it is in one piece the other
        way round. The cell goes to a group inside that has too few, else, where one has too many, outside.
        """
        lacking = [group for group in range(self.count) if self.excess(group) < 0]
        if any(self._taken(group) for group in lacking):
            return True
        order = sorted(range(self.count), key=lambda group: (-self.excess(group), group))
        return self.excess(order[0]) > 0 and any(self._let_out(group) for group in order)

    def _taken(self, group: int) -> bool:
        """Let a cell of a ring around a group go over to it, one beside no outside where there is one."""
        closed = [
            (OUTSIDE in self._around(cell), self.cost(cell, group), cell)
            for own in self._beside(group)
            if own != OUTSIDE
            for cell in self.border[own, group]
            if self._is_whole_without(cell)
        ]
        if closed:
            self.move(min(closed)[-1], group)
        return bool(closed)

    def _let_out(self, group: int) -> bool:
        """Let a cell of a ring go outside, to which what the ring encloses then lies open."""
        closed = [
            (self.cost(cell, OUTSIDE), cell)
            for cell in self.border.get((group, OUTSIDE), ())
            if _runs(self._around(cell), OUTSIDE) == 1 and self._is_whole_without(cell)
        ]
        if closed:
            self.move(min(closed)[-1], OUTSIDE)
        return bool(closed)

    def _around(self, cell: int) -> list[int]:
        """Give the labels of a cell's ring."""
        return [self.label[neighbour] for neighbour in self.rings[cell]]

    def _is_whole_without(self, cell: int) -> bool:
        """Whether the group of a cell is in one piece, and not gone, without it."""
        own = self.label[cell]
        rest = {other for other, label in enumerate(self.label) if label == own} - {cell}
        return len(pieces(rest, self.rings)) == 1

    def _filled(self) -> bool:
        """Move cells along chains; tell whether all groups have what they want."""
        stuck = 0
        while stuck <= self.count:
            needs = sorted(
                (group for group in range(self.count) if self.excess(group)),
                key=lambda group: (-abs(self.excess(group)), group),
            )
            if not needs:
                return True
            start = needs[min(stuck, len(needs) - 1)]
            chain = self._chain(start, give=self.excess(start) > 0)
            if chain is None or not self._pass_on(chain):
                stuck += 1
            else:
                stuck = 0
        return False

    def _pass_on(self, chain: Sequence[int]) -> bool:
        """Pass one cell along a chain; tell whether any went over."""
        passed = False
        for own, to in pairwise(chain):
            step = self.best(own, to)
            if step is None:
                return passed
            self.move(step[1], to)
            passed = True
        return passed

    def smooth(self) -> None:
        """Exchange pairs of cells across each border while that lowers the cost."""
        for _ in range(SWEEPS):
            changed = False
            for own, to in sorted(pair for pair in self.border if pair[0] > pair[1]):
                changed |= self._exchange(own, to)
            if not changed:
                return

    def _exchange(self, own: int, to: int) -> bool:
        """Exchange cells of two groups one pair at a time while it pays."""
        changed = False
        for _ in range(len(self.border[own, to]) + 1):
            there = self.best(own, to)
            if there is None:
                break
            self.move(there[1], to)
            back = self.best(to, own)
            if back is None or there[0] + back[0] >= -1e-9:
                self.move(there[1], own)
                break
            self.move(back[1], own)
            changed = True
        return changed


def _runs(labels: Sequence[int], label: int) -> int:
    """Count the runs of a label around a ring."""
    runs = 0
    before = labels[-1]
    for at in labels:
        if at == label and before != label:
            runs += 1
        before = at
    return runs if runs or before != label else 1


def pieces(cells: Iterable[int], rings: Sequence[Sequence[int]]) -> list[list[int]]:
    """Give the pieces of a set of cells by flood fill, largest first."""
    left = set(cells)
    found = []
    while left:
        start = min(left)
        left.discard(start)
        piece, queue = [start], deque([start])
        while queue:
            for neighbour in rings[queue.popleft()]:
                if neighbour in left:
                    left.discard(neighbour)
                    piece.append(neighbour)
                    queue.append(neighbour)
        found.append(piece)
    return sorted(found, key=lambda piece: (-len(piece), piece[0]))


def _start(grid: Grid, points: Floats, groups: Ints) -> list[int]:
    """Label each cell with the group of the nearest point, in one piece each, without holes."""
    away, nearest = cKDTree(points).query(grid.centers)
    label = np.where(away <= NEAR, groups[nearest], OUTSIDE)
    label = _whole(label, groups[nearest], grid)
    kept = np.full(grid.size, -2)
    for group in range(int(groups.max()) + 1):
        mine = pieces(np.flatnonzero(label == group).tolist(), grid.rings)
        if mine:
            kept[mine[0]] = group
    kept[label == OUTSIDE] = OUTSIDE
    return _grown(kept, points, groups, grid)


def _whole(label: Ints, nearest: Ints, grid: Grid) -> Ints:
    """Keep the largest piece of land and fill its holes."""
    whole = label.copy()
    for piece in pieces(np.flatnonzero(label != OUTSIDE).tolist(), grid.rings)[1:]:
        whole[piece] = OUTSIDE
    for piece in pieces(np.flatnonzero(whole == OUTSIDE).tolist(), grid.rings):
        if 0 not in piece:
            whole[piece] = nearest[piece]
    return whole


def _grown(kept: Ints, points: Floats, groups: Ints, grid: Grid) -> list[int]:
    """Give detached pieces (-2) to the groups around them; seat groups that have no cell at all."""
    labels: list[int] = kept.tolist()
    queue = deque(cell for cell, at in enumerate(labels) if at >= 0)
    while queue:
        cell = queue.popleft()
        for neighbour in grid.rings[cell]:
            if labels[neighbour] == -2:
                labels[neighbour] = labels[cell]
                queue.append(neighbour)
    for group in range(int(groups.max()) + 1):
        if group not in labels:
            _seat(labels, points[groups == group].mean(0), group, grid)
    return labels


def _seat(labels: list[int], middle: Floats, group: int, grid: Grid) -> None:
    """Give a group without cells the nearest cell whose own group stays in one piece without it."""
    order = np.argsort(((grid.centers - middle) ** 2).sum(1), kind="stable")
    sizes = np.bincount([at for at in labels if at >= 0]).tolist()
    for cell in order.tolist():
        own = labels[cell]
        around = [labels[neighbour] for neighbour in grid.rings[cell]]
        if own == OUTSIDE or sizes[own] < 2 or _runs(around, own) != 1:
            continue
        labels[cell] = group
        return
