"""Fixes an expression to a period and to content, so that only plain cells of named periods are left.

`previous`, `same_period_last_year`, `year_to_date`, a reading at another frequency and `sum_of` become
cells and sums; `param` becomes its figure; classes of an index become a case. What cannot be read at the
period becomes null and is said in `notes`. Every evaluator takes the result.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from itertools import pairwise

from sidara.expressions.nodes import (
    LISTS,
    PERIOD_START,
    PERIOD_YEAR,
    TIMES,
    Constant,
    Expression,
    Kind,
    Name,
    Node,
    Operation,
    Operator,
)
from sidara.expressions.record import exact
from sidara.expressions.vocabulary import Classes, Time, Variable, Vocabulary, text_of
from sidara.kernel.breakdown import TOTAL, breakdown_of
from sidara.kernel.cell import State
from sidara.kernel.period import Frequency, Period, last_ended


@dataclass(frozen=True)
class Slot:
    """One cell that an expression reads: of the subject, or (`own_list`) of each row of a list."""

    variable: str
    breakdown: str = TOTAL
    period: str = ""
    own_list: str = ""
    kind: Kind | None = None
    reads_zero: bool = False

    @cached_property
    def key(self) -> str:
        """The name under which evaluators find the value."""
        if self.own_list:
            return f"{self.own_list}.{self.variable}"
        part = "" if self.breakdown == TOTAL else f"|{self.breakdown}"
        return f"{self.variable}{part}@{self.period}"

    @cached_property
    def state_key(self) -> str:
        """The name under which evaluators find the state."""
        return f"state({self.key})"

    def __str__(self) -> str:
        """Name the cell for people: `KEU_001, rincian ANGGARAN:R, periode 2025`."""
        part = "" if self.breakdown == TOTAL else f", rincian {self.breakdown}"
        return f"{self.variable}{part}" + (f", periode {self.period}" if self.period else "")


@dataclass(frozen=True)
class Bound:
    """An expression at a period: a tree over slots, context, list rows and look-up tables.

    `notes` says in words what could not be read and became null.
    """

    text: str
    root: Node
    kind: Kind | None
    slots: tuple[Slot, ...]
    lists: tuple[str, ...]
    tables: tuple[str, ...]
    notes: tuple[str, ...]

    @cached_property
    def cells(self) -> tuple[Slot, ...]:
        """The slots of the record itself."""
        return tuple(slot for slot in self.slots if not slot.own_list)

    def columns(self, own_list: str) -> tuple[Slot, ...]:
        """Give the slots of the rows of a list."""
        return tuple(slot for slot in self.slots if slot.own_list == own_list)


def bind(  # noqa: PLR0913 - one for each thing an expression is bound to
    expression: Expression,
    words: Vocabulary,
    period: Period,
    *,
    params: Mapping[str, object] | None = None,
    own_list: str | None = None,
    category: tuple[str, str] | None = None,
) -> Bound:
    """Bind an expression to a period.

    `params` are the figures of the year (missing or `None` = not evaluated). `own_list`: the record is a
    row of that list. `category` (classification, code): every variable broken down by it means its part.
    """
    binder = _Binder(dict(expression.kinds), words, period, params or {}, own_list, category)
    root = binder.node(expression.root, own_list)
    return Bound(
        expression.text,
        root,
        expression.kind,
        tuple(dict.fromkeys(binder.slots)),
        tuple(dict.fromkeys(binder.lists)),
        tuple(dict.fromkeys(binder.tables)),
        tuple(dict.fromkeys(binder.notes)),
    )


_NULL = Constant(None)


@dataclass(slots=True)
class _Binder:
    kinds: Mapping[str, Kind | None]
    words: Vocabulary
    period: Period
    params: Mapping[str, object]
    own_list: str | None
    category: tuple[str, str] | None
    slots: list[Slot] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def node(self, node: Node, inside: str | None) -> Node:
        """Give the bound form of a node that stands in the rows of `inside`."""
        match node:
            case Constant():
                return node
            case Name(name):
                return self._name(name, inside)
            case Operation(operator, operands):
                return self._operation(operator, operands, inside)

    def _name(self, name: str, inside: str | None) -> Node:
        if name == PERIOD_YEAR:
            return Constant(exact(self.period.year))
        if name == PERIOD_START:
            return Constant(self.period.first_day)
        if "(" in name:
            return Name(name)
        return self._reading(Name(name), inside, State.VALUE)

    def _operation(  # noqa: PLR0911 - one case for each form of the language
        self, operator: Operator, operands: tuple[Node, ...], inside: str | None
    ) -> Node:
        if operator in LISTS:
            name = text_of(operands[0])
            self.lists.append(name)
            return Operation(operator, (Constant(name), *(self.node(one, name) for one in operands[1:])))
        if operator in TIMES or operator is Operator.PART:
            return self._reading(Operation(operator, operands), inside, State.VALUE)
        match operator:
            case Operator.STATE:
                return self._reading(operands[0], inside, None)
            case Operator.IS_EMPTY:
                state = self._reading(operands[0], inside, None)
                return Operation(Operator.EQUAL, (state, Constant(State.EMPTY.value)))
            case Operator.SUM_OF:
                return self._sum_of(text_of(operands[0]), text_of(operands[1]), inside)
            case Operator.PARAM:
                return self._param(text_of(operands[0]))
            case Operator.LOOKUP:
                self.tables.append(text_of(operands[0]))
                return Operation(operator, (operands[0], self.node(operands[1], inside)))
            case Operator.CLASS_OF:
                return _class_of(self.node(operands[0], inside), self._classes(text_of(operands[1])))
            case Operator.CLASS_RANK:
                return _class_rank(self.node(operands[1], inside), self._classes(text_of(operands[0])))
        return Operation(operator, tuple(self.node(operand, inside) for operand in operands))

    def _classes(self, index: str) -> Classes:
        if index not in self.words.indices:
            self.notes.append(f"ambang indeks {index} belum diisi")
        return self.words.indices.get(index, Classes(0, is_upper_closed=False, classes=()))

    def _param(self, name: str) -> Node:
        value = exact(self.params.get(name))
        if value is None:
            self.notes.append(f"parameter {name} tahun {self.period.year} belum diisi")
        return Constant(value)

    def _sum_of(self, name: str, classification: str, inside: str | None) -> Node:
        codes = self.words.classifications.get(classification, ())
        if not codes:
            self.notes.append(f"{name} belum diisi menurut {classification}")
            return _NULL
        parts = (
            Operation(Operator.PART, (Name(name), Constant(classification), Constant(code))) for code in codes
        )
        return _sum(self._reading(part, inside, State.VALUE) for part in parts)

    def _reading(self, node: Node, inside: str | None, asked: State | None) -> Node:
        """Bind a variable, its part or its reading at a time; `asked` = VALUE: the value, else the state."""
        time: Operator | None = None
        if isinstance(node, Operation) and node.operator in TIMES:
            time, node = node.operator, node.operands[0]
        name, breakdown = text_of(node), TOTAL
        if isinstance(node, Operation):
            name, classification, code = map(text_of, node.operands)
            breakdown = breakdown_of([(classification, code)])
        column = self.words.column(name, inside)
        if column is not None:
            slot = self._slot(Slot(name, breakdown, own_list=self._row(inside)), column)
            return Name(slot.key if asked else slot.state_key)
        variable = self.words.variable(name)
        if breakdown == TOTAL and self.category and self.category[0] in variable.classifications:
            breakdown = breakdown_of([self.category])
        plan = list(_plan(variable, time, self.period))
        if not plan:
            self.notes.append(_unread(name, variable, self.period))
            return _NULL if asked else Constant(State.EMPTY.value)
        slots = [(sign, self._slot(Slot(name, breakdown, str(at)), variable)) for sign, at in plan]
        return _sum_signed(slots) if asked else _state_of([slot for _, slot in slots])

    def _row(self, inside: str | None) -> str:
        return "" if inside == self.own_list else inside or ""

    def _slot(self, slot: Slot, variable: Variable) -> Slot:
        kind = self.kinds.get(slot.variable)
        period = slot.period or ("" if slot.own_list else str(self.period))
        made = Slot(slot.variable, slot.breakdown, period, slot.own_list, kind, variable.reads_zero(kind))
        self.slots.append(made)
        return made


def _unread(name: str, variable: Variable, period: Period) -> str:
    """Say why a variable cannot be read at a period."""
    if variable.time is None and variable.frequency is not period.frequency:
        return f"{name} diisi pada jenis periode lain dan tidak diketahui stok atau arusnya"
    return f"{name} belum mempunyai periode yang selesai pada {period}"


def _plan(variable: Variable, time: Operator | None, at: Period) -> Iterator[tuple[int, Period]]:
    """Give the cells (and their signs) that make the reading; none where it cannot be read."""
    own = variable.frequency or at.frequency
    match time:
        case Operator.PREVIOUS:
            yield 1, _before(own, at)
        case Operator.YEAR_EARLIER:
            yield from _plan(variable, None, at.year_earlier)
        case Operator.YEAR_TO_DATE:
            yield from _since_january(variable, own, at)
        case _ if own is at.frequency:
            yield 1, at
        case _ if variable.time is Time.STOCK:
            yield 1, last_ended(own, at.last_day)
        case _ if variable.time is Time.FLOW:
            yield from ((1, part) for part in at.parts(own))
        case _ if variable.time is Time.YEAR_TO_DATE:
            yield from _difference(at.parts(own))


def _before(own: Frequency, at: Period) -> Period:
    """The last period of that frequency that ended before `at` began."""
    return last_ended(own, at.preceding.last_day)


def _since_january(variable: Variable, own: Frequency, at: Period) -> Iterator[tuple[int, Period]]:
    year = Period(date(at.year, 1, 1), at.last_day, at.frequency)
    parts = year.parts(own)
    if variable.time is Time.YEAR_TO_DATE:
        parts = parts[-1:]
    yield from ((1, part) for part in parts)


def _difference(parts: tuple[Period, ...]) -> Iterator[tuple[int, Period]]:
    """Give what was added during the periods by figures that run from January."""
    if not parts:
        return
    yield 1, parts[-1]
    before = parts[0].preceding
    if before.year == parts[0].year:
        yield -1, before


def _sum(terms: Iterator[Node]) -> Node:
    return reduce(lambda left, right: Operation(Operator.ADD, (left, right)), terms)


def _sum_signed(slots: list[tuple[int, Slot]]) -> Node:
    (_, first), *others = slots
    total: Node = Name(first.key)
    for sign, slot in others:
        total = Operation(Operator.ADD if sign > 0 else Operator.SUBTRACT, (total, Name(slot.key)))
    return total


_WEAKEST = (State.EMPTY, State.UNKNOWN, State.NOT_APPLICABLE)


def _state_of(slots: list[Slot]) -> Node:
    """Give the state of one cell, or the weakest of several; they do not exist only if none does."""
    names = [Name(slot.state_key) for slot in slots]
    if len(names) == 1:
        return names[0]

    def of(state: State, operator: Operator) -> Node:
        equal = (Operation(Operator.EQUAL, (name, Constant(state.value))) for name in names)
        return Operation(operator, tuple(equal))

    branches = [part for state in _WEAKEST for part in (of(state, Operator.OR), Constant(state.value))]
    none = (of(State.NONE, Operator.AND), Constant(State.NONE.value))
    return Operation(Operator.CASE, (*branches, *none, Constant(State.VALUE.value)))


def _class_of(score: Node, classes: Classes) -> Node:
    """Write the classes as a case, from the lowest."""
    if not classes.classes:
        return _NULL
    rounded = Operation(Operator.ROUND, (score, Constant(exact(classes.decimals))))
    operands: list[Node] = [Operation(Operator.IS_NULL, (score,)), _NULL]
    for (status, _, maximum), (_, minimum, _) in pairwise(classes.classes):
        limit = maximum if classes.is_upper_closed else minimum
        operator = Operator.LESS_OR_EQUAL if classes.is_upper_closed else Operator.LESS
        operands += [Operation(operator, (rounded, Constant(limit))), Constant(status)]
    return Operation(Operator.CASE, (*operands, Constant(classes.classes[-1][0])))


def _class_rank(status: Node, classes: Classes) -> Node:
    """Write the place of each class as a case: 1 for the lowest; null for what is no class."""
    operands: list[Node] = []
    for place, (name, _, _) in enumerate(classes.classes, 1):
        operands += [Operation(Operator.EQUAL, (status, Constant(name))), Constant(exact(place))]
    return Operation(Operator.CASE, (*operands, _NULL)) if operands else _NULL
