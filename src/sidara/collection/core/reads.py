"""What rules and formulas read: in which submissions it stands, and what of it is computed first."""

from dataclasses import dataclass, field

from sidara.checks.core import RuleBook
from sidara.collection.core.village import Home
from sidara.dictionary.core import Reader
from sidara.expressions.binding import Bound
from sidara.kernel import period as periods
from sidara.kernel.period import Period, last_ended


@dataclass
class Reads:
    """Collects what bound expressions read.

    `homes` are the submissions in which it stands; `computed` are the computed variables among it with their
    period, each after those that its formula reads.
    """

    book: RuleBook
    reader: Reader
    homes: set[Home] = field(default_factory=set)
    computed: list[tuple[str, Period]] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def take(self, bound: Bound, at: Period) -> None:
        """Add what an expression reads that is bound at a period."""
        self.homes |= {self._home_of_list(name, at) for name in bound.lists}
        for slot in bound.cells:
            item = self.book.items.get(slot.variable)
            if item is None or item.own_list or (slot.variable, slot.period) in self._seen:
                continue
            self._seen.add((slot.variable, slot.period))
            self.homes.add(Home(item.form, slot.period))
            formula = self.reader.dictionary.variables[slot.variable].formula
            own = periods.parse(slot.period)
            if formula and own is not None:
                self.take(self.reader.bound(formula, own), own)
                self.computed.append((slot.variable, own))

    def _home_of_list(self, name: str, at: Period) -> Home:
        """Say in which submission a list stands that is read at a period."""
        form = self.reader.dictionary.forms[self.reader.dictionary.lists[name].form]
        return Home(form.code, str(last_ended(form.frequency.span, at.last_day)))
