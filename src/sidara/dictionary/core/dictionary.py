"""The dictionary as one value: every entry by kind and code, and what follows from them together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any

from sidara.dictionary.core.calendar import Milestone, Window
from sidara.dictionary.core.things import (
    Activity,
    Agency,
    AnyThing,
    Classification,
    Column,
    Concept,
    Feed,
    Form,
    Indicator,
    ListOfRows,
    Option,
    Parameter,
    Rule,
    Sector,
    Table,
    Unit,
    Variable,
)
from sidara.dictionary.core.words import Accumulation, Frequency, Nature, Thing, TimeAggregation, Type
from sidara.expressions import Classes, Time, Vocabulary
from sidara.expressions import Variable as Read
from sidara.kernel.breakdown import breakdown_of


@dataclass(frozen=True)
class Dictionary:
    """All entries in their order. `indices` are the classes that `class_of` knows.

    `revision` is the number of the save that made it; 0 = as the package ships it.
    """

    sectors: Mapping[str, Sector] = field(default_factory=dict)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    classifications: Mapping[str, Classification] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    lists: Mapping[str, ListOfRows] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    indices: Mapping[str, Classes] = field(default_factory=dict)
    revision: int = 0

    def of(self, kind: Thing) -> Mapping[str, AnyThing]:
        """Give the entries of a kind by code."""
        found: Mapping[str, AnyThing] = getattr(self, _FIELDS[kind])
        return found

    def entries(self) -> Iterator[tuple[Thing, str, AnyThing]]:
        """Go over everything: kind, code, entry."""
        for kind in Thing:
            for code, thing in self.of(kind).items():
                yield kind, code, thing

    def with_things(self, changes: Mapping[tuple[Thing, str], AnyThing | None]) -> "Dictionary":
        """Give the dictionary with entries put (or, `None`, taken out); codes stay in order."""
        made: dict[str, Any] = {}
        for (kind, code), thing in changes.items():
            held = made.setdefault(_FIELDS[kind], dict(self.of(kind)))
            if thing is None:
                held.pop(code, None)
            else:
                held[code] = thing
        for name in made.keys() & {"variables", "forms"}:
            made[name] = _in_order(made[name], made.get("sectors", self.sectors))
        return replace(self, **made)

    @cached_property
    def columns(self) -> Mapping[str, tuple[ListOfRows, Column]]:
        """Every column of every list by its code."""
        return {column.code: (one, column) for one in self.lists.values() for column in one.columns}

    def asked(self, code: str) -> Variable | Column | None:
        """Find a variable or a column by its code."""
        found = self.columns.get(code)
        return self.variables.get(code) or (found[1] if found else None)

    def frequency(self, code: str) -> Frequency | None:
        """Give how often a variable (or the list of a column) is asked."""
        variable, column = self.variables.get(code), self.columns.get(code)
        home = variable.form if variable else column[0].form if column else ""
        form = self.forms.get(home)
        return form.frequency if form else None

    def variables_of(self, form: str) -> tuple[Variable, ...]:
        """Give the variables whose home a form is, in the order of their codes."""
        return tuple(one for one in self.variables.values() if one.form == form)

    def lists_of(self, form: str) -> tuple[ListOfRows, ...]:
        """Give the lists of a form."""
        return tuple(one for one in self.lists.values() if one.form == form)

    def options_of(self, asked: Variable | Column) -> tuple[Option, ...]:
        """Give the options of a choice: its own, else those of the classification that it names."""
        if asked.options or not asked.options_from:
            return asked.options
        found = self.classifications.get(asked.options_from)
        return found.categories if found else ()

    def breakdowns(self, variable: Variable) -> tuple[str, ...]:
        """Give the breakdowns of its cells: `KLAS:code` joined by `|`; `()` where it is not broken down.

        The classifications are sorted, as in every key of a cell.
        """
        if not variable.classifications:
            return ()
        known = {name: self.classifications.get(name) for name in sorted(variable.classifications)}
        parts = [[(name, code) for code in (found.codes if found else ())] for name, found in known.items()]
        return tuple(breakdown_of(one) for one in product(*parts))

    def rules(self) -> Iterator[tuple[Variable | Column, Rule, str | None]]:
        """Go over all rules: whose it is, the rule, the list in whose rows it is judged."""
        for variable in self.variables.values():
            for rule in variable.rules:
                yield variable, rule, None
        for one in self.lists.values():
            for column in one.columns:
                for rule in column.rules:
                    yield column, rule, one.code

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The closed vocabulary of expressions: a name that is not here is refused."""
        return Vocabulary(
            {code: self._read(one) for code, one in self.variables.items()},
            {
                one.code: {column.code: self._column(column) for column in one.columns}
                for one in self.lists.values()
            },
            {code: one.codes for code, one in self.classifications.items()},
            frozenset(self.parameters),
            frozenset(self.tables),
            self.indices,
        )

    def _read(self, one: Variable) -> Read:
        form = self.forms.get(one.form)
        return Read(
            one.type.kind,
            one.adds_up,
            form.frequency.span if form else None,
            time_of(one),
            one.classifications,
            frozenset(option.code for option in self.options_of(one)) or None,
        )

    def _column(self, column: Column) -> Read:
        options = frozenset(option.code for option in self.options_of(column)) or None
        adds_up = column.type in {Type.WHOLE, Type.MONEY}
        return Read(column.type.kind, adds_up, None, Time.STOCK, (), options)


def _in_order[T: (Variable, Form)](things: Mapping[str, T], sectors: Mapping[str, Sector]) -> dict[str, T]:
    """Put entries in the order of their sectors, then of their codes."""
    order = {code: number for number, code in enumerate(sectors)}
    return dict(sorted(things.items(), key=lambda one: (order.get(one[1].sector, len(order)), one[0])))


_FIELDS: Mapping[Thing, str] = {
    kind: {"agency": "agencies", "activity": "activities"}.get(kind.value, f"{kind.value}s") for kind in Thing
}


def time_of(variable: Variable) -> Time:
    """Say how a variable is read at another frequency: stock, flow, flow since January, or not at all."""
    if variable.time_aggregation is TimeAggregation.NONE:
        return Time.NONE
    if variable.nature is not Nature.FLOW:
        return Time.STOCK
    return Time.YEAR_TO_DATE if variable.accumulation is Accumulation.YEAR_TO_DATE else Time.FLOW


def built(things: Mapping[tuple[Thing, str], AnyThing], indices: Mapping[str, Classes]) -> Dictionary:
    """Build a dictionary from its entries."""
    return Dictionary(indices=indices).with_things(dict(things))
