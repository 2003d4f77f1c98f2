"""Which cells of the forms an index reads in a year, by item, and what must be summed up before.

Of what is computed those are sums of parts and formulas over cells; counts and sums of lists are cells
themselves, as the warehouse holds them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sidara.dictionary.core import Feed, Reader, total_of
from sidara.dictionary.core.words import Totals
from sidara.expressions import Slot
from sidara.indices.core.definition import Version
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.period import Period

type Key = tuple[str, str, str]
"""A cell: variable, breakdown, period."""


@dataclass(frozen=True)
class Needs:
    """What an index reads: `by_item` the cells behind each item, `sums` what is computed, in its order.

    `rows` names the inputs whose expressions go over rows of lists themselves, which are no facts.
    """

    by_item: Mapping[str, frozenset[Key]]
    sums: Sequence[tuple[str, Period]] = ()
    rows: Sequence[str] = ()

    @cached_property
    def cells(self) -> frozenset[Key]:
        """All cells that are read."""
        return frozenset().union(*self.by_item.values())


@dataclass
class _Walk:
    """One input after the other, down to the cells; what is computed is remembered behind what it reads."""

    reader: Reader
    rolled: frozenset[str]
    sums: dict[tuple[str, Period], None] = field(default_factory=dict)
    rows: dict[str, None] = field(default_factory=dict)

    def cells(self, name: str, text: str, at: Period) -> set[Key]:
        bound = self.reader.bound(text, at)
        if bound.lists:
            self.rows[name] = None
        return set().union(*(self._below(name, slot) for slot in bound.cells))

    def _below(self, name: str, slot: Slot) -> set[Key]:
        own = {(slot.variable, slot.breakdown, slot.period)}
        variable, at = self.reader.dictionary.variables[slot.variable], periods.parse(slot.period)
        if at is None or variable.code in self.rolled:
            return own
        if not variable.is_asked:
            below = self.cells(name, variable.formula, at)
            self.sums[variable.code, at] = None
            return below
        if variable.is_number and variable.parts is Totals.EQUAL and slot.breakdown == TOTAL:
            own |= self.cells(name, total_of(variable), at)
            self.sums[variable.code, at] = None
        return own


def needs(version: Version, feed: Feed, reader: Reader, year: int) -> Needs:
    """Give the cells behind each item of a version, as its feed reads them in a year."""
    walk = _Walk(reader, frozenset(one.code for own in reader.rollups.values() for one in own))
    at = periods.year(year)
    by_input = {one.input: frozenset(walk.cells(one.input, one.text, at)) for one in feed.inputs}
    none: frozenset[Key] = frozenset()
    by_item = {
        item.code: none.union(*(by_input.get(one.name, none) for one in item.inputs))
        for item in version.items
    }
    return Needs(by_item, tuple(walk.sums), tuple(walk.rows))
