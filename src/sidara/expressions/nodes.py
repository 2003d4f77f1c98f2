"""What an expression is once it is read: a small tree of constants, names and operations.

Numbers are `Fraction`, so `0.1 + 0.2 = 0.3` holds and a ratio of counts meets a decimal limit exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sidara.kernel.finding import Finding

PERIOD_YEAR = "period_year()"
"""Where the year of the period stands in a record or among the columns of a table (a whole number)."""


class Kind(StrEnum):
    """What a value is. There are no casts between kinds."""

    NUMBER = "angka"
    TEXT = "teks"
    BOOLEAN = "ya/tidak"


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


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that stands in the text; `None` is the null of any kind."""

    value: Fraction | str | bool | None


@dataclass(frozen=True, slots=True)
class Name:
    """A variable's code or lower-case name, or `PERIOD_YEAR`."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator on its operands. `CASE` holds condition, value, condition, value, …, otherwise."""

    operator: Operator
    operands: tuple["Node", ...]


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
