"""What an expression is once it is read: a small tree of constants, names and operations.

Numbers are `Fraction`, so `0.1 + 0.2 = 0.3` holds and a ratio of counts meets a decimal limit exactly.

Operations of `WHOLE` read cells, lists and content; `binding` turns them into names, constants and the few
operations that every evaluator knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from sidara.kernel.finding import Finding

PERIOD_YEAR = "period_year()"
"""Where the year of the period stands in a record or among the columns of a table (a whole number)."""
PERIOD_START = "period_start()"
"""The first day of the period."""
TODAY = "today()"
"""The day of judging."""
REGION_CODE = "region_code()"
"""The code of the region, a text."""
REGION_KIND = "region_kind()"
"""The kind of the region, a text: desa, kelurahan …"""


class Kind(StrEnum):
    """What a value is. There are no casts between kinds."""

    NUMBER = "angka"
    TEXT = "teks"
    BOOLEAN = "ya/tidak"
    DATE = "tanggal"


CONTEXT: dict[str, Kind] = {
    PERIOD_YEAR: Kind.NUMBER,
    PERIOD_START: Kind.DATE,
    TODAY: Kind.DATE,
    REGION_CODE: Kind.TEXT,
    REGION_KIND: Kind.TEXT,
}
"""Names that stand for where and when; written as functions without arguments."""


class Operator(StrEnum):
    """What an operation does, in the words of the language."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    NEGATE = "negate"
    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    IN = "in"
    AND = "and"
    OR = "or"
    NOT = "not"
    IS_NULL = "is null"
    CASE = "case"
    COALESCE = "coalesce"
    ABS = "abs"
    ROUND = "round"
    MOD = "mod"
    MIN_OF = "min_of"
    MAX_OF = "max_of"
    NEAR = "near"
    DATE = "date"
    ADD_MONTHS = "add_months"
    ADD_YEARS = "add_years"
    HAS = "has"
    STATE = "state"
    IS_EMPTY = "is_empty"
    PART = "part"
    SUM_OF = "sum_of"
    PREVIOUS = "previous"
    YEAR_EARLIER = "same_period_last_year"
    YEAR_TO_DATE = "year_to_date"
    COUNT_ROWS = "count_rows"
    SUM_ROWS = "sum_rows"
    PARAM = "param"
    LOOKUP = "lookup"
    CLASS_OF = "class_of"
    CLASS_RANK = "class_rank"


TIMES = frozenset({Operator.PREVIOUS, Operator.YEAR_EARLIER, Operator.YEAR_TO_DATE})
"""What reads a variable at another time."""
LISTS = frozenset({Operator.COUNT_ROWS, Operator.SUM_ROWS})
"""What goes over the rows of a list."""
WHOLE = (
    TIMES
    | LISTS
    | {Operator.HAS, Operator.STATE, Operator.IS_EMPTY, Operator.PART, Operator.SUM_OF}
    | {Operator.PARAM, Operator.LOOKUP, Operator.CLASS_OF, Operator.CLASS_RANK}
)
"""What needs a vocabulary: cells with states, lists, content."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in the text, both counted from 1; it says so in Indonesian."""

    line: int
    letter: int

    def __str__(self) -> str:
        """Say the place."""
        return f"baris {self.line}, huruf ke-{self.letter}"


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that stands in the text; `None` is the null of any kind."""

    value: Fraction | str | bool | date | None
    spot: Spot | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable's code or lower-case name, one of `CONTEXT`, or the name of a list."""

    name: str
    spot: Spot | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator on its operands. `CASE` holds condition, value, condition, value, …, otherwise."""

    operator: Operator
    operands: tuple["Node", ...]
    spot: Spot | None = field(default=None, compare=False, repr=False)


type Node = Constant | Name | Operation


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its text, its tree, the kind it gives, and the kind of each name it reads.

    `kinds` keeps the order of first use; a kind is `None` where neither the caller nor the text says it.
    """

    text: str
    root: Node
    kind: Kind | None
    kinds: tuple[tuple[str, Kind | None], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names read, in the order of first use."""
        return tuple(name for name, _ in self.kinds)


class Rooted(Protocol):
    """What has a tree to evaluate: an expression, or one that is bound to a period."""

    @property
    def root(self) -> Node:
        """The tree."""
        ...


class ExpressionFault(ValueError):  # noqa: N818 - carries findings that a writer of content can mend
    """The text is refused; `findings` say why and how to mend it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Carry the findings."""
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


def walk(node: Node) -> Iterator[Node]:
    """Give the node and everything below it, top first."""
    yield node
    if isinstance(node, Operation):
        for operand in node.operands:
            yield from walk(operand)
