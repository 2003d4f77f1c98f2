"""How many villages counts of alike groups can serve, and what they lack where those are too few.

A kind of alike groups that is taken `c` times serves at most `c` of its villages, and a village is served
once. The most villages are a maximal flow from kinds to villages. Where it falls short, the minimal cut gives
a row that every plan with enough villages keeps: the kinds outside of the cut are taken at least as often as
villages are wanted beyond those that the kinds inside reach (max-flow min-cut, Ford and Fulkerson 1956).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used


@dataclass(frozen=True, slots=True)
class Cover:
    """The villages that each kind serves; if too few, `kinds` must be taken `least` times together."""

    served: Mapping[int, frozenset[str]]
    kinds: tuple[int, ...] = ()
    least: int = 0

    @property
    def is_enough(self) -> bool:
        """Say whether as many villages are served as were wanted."""
        return self.least == 0


def cover(villages_of: Mapping[int, Sequence[str]], counts: Mapping[int, int], wanted: int) -> Cover:
    """Serve as many villages as `counts` by kind allow; `villages_of` kinds, `wanted` villages."""
    kinds = list(villages_of)
    villages = sorted({one for own in villages_of.values() for one in own})
    place = {one: len(kinds) + 1 + at for at, one in enumerate(villages)}
    sink = len(kinds) + len(villages) + 1
    arcs = [(0, 1 + at, counts[kind]) for at, kind in enumerate(kinds)]
    for at, kind in enumerate(kinds):
        arcs += [(1 + at, place[one], wanted) for one in sorted(set(villages_of[kind]))]
    arcs += [(place[one], sink, 1) for one in villages]
    start, end, most = (np.array(part, np.int32) for part in zip(*arcs, strict=True))
    graph = scipy.sparse.csr_array((most, (start, end)), shape=(sink + 1, sink + 1), dtype=np.int32)
    found = scipy.sparse.csgraph.maximum_flow(graph, 0, sink)
    flow = found.flow.toarray()
    served = {
        kind: frozenset(one for one in villages_of[kind] if flow[1 + at, place[one]] > 0)
        for at, kind in enumerate(kinds)
    }
    if found.flow_value >= wanted:
        return Cover(served)
    inside = _reached(graph.toarray() - flow)
    outside = tuple(kind for at, kind in enumerate(kinds) if 1 + at not in inside)
    reached = sum(place[one] in inside for one in villages)
    return Cover(served, outside, wanted - reached)


def _reached(left: "np.ndarray[tuple[int, int], np.dtype[np.int32]]") -> set[int]:
    """Give the nodes to which more could flow from the first; `left` is what the arcs could still carry."""
    seen, waiting = {0}, [0]
    while waiting:
        for node in np.flatnonzero(left[waiting.pop()] > 0).tolist():
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen
