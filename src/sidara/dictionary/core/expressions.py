"""Every expression of a dictionary: whose it is, where it stands, in which list and at which frequency."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.things import Column, Variable
from sidara.dictionary.core.words import Thing
from sidara.expressions import Expression, ExpressionFault, Vocabulary, read
from sidara.expressions.nodes import Name, Operation, Operator
from sidara.expressions.vocabulary import scoped, text_of
from sidara.kernel.finding import Finding


class Role(StrEnum):
    """What an expression is for."""

    RELEVANCE = "relevance"
    FORMULA = "formula"
    WHEN = "when"
    HOLDS = "holds"
    MESSAGE = "message"
    FEED = "expression"


@dataclass(frozen=True, slots=True)
class Written:
    """An expression as it is written: `part` is the code of the rule or the input that it belongs to."""

    kind: Thing
    code: str
    role: Role
    text: str
    part: str = ""
    own_list: str | None = None


_BRACES = re.compile(r"\{([^{}]*)\}")


def in_message(message: str) -> list[str]:
    """Give the expressions that a message shows, in their order."""
    return _BRACES.findall(message)


def written(dictionary: Dictionary) -> Iterator[Written]:
    """Go over every expression."""
    for variable in dictionary.variables.values():
        yield from of_asked(Thing.VARIABLE, variable.code, variable)
    for one in dictionary.lists.values():
        for column in one.columns:
            yield from of_asked(Thing.LIST, one.code, column, one.code)
    for indicator in dictionary.indicators.values():
        yield Written(Thing.INDICATOR, indicator.code, Role.FORMULA, indicator.formula)
    for feed in dictionary.feeds.values():
        for given in feed.inputs:
            if given.text:
                yield Written(Thing.FEED, feed.code, Role.FEED, given.text, given.input)


def of_asked(
    kind: Thing, code: str, asked: Variable | Column, own_list: str | None = None
) -> Iterator[Written]:
    """Go over the expressions of a variable or a column."""
    for role, text in ((Role.RELEVANCE, asked.relevance), (Role.FORMULA, asked.formula)):
        if text:
            yield Written(kind, code, role, text, asked.code, own_list)
    for rule in asked.rules:
        for role, text in ((Role.WHEN, rule.when), (Role.HOLDS, rule.holds)):
            if text:
                yield Written(kind, code, role, text, rule.code, own_list)
        for text in in_message(rule.message):
            yield Written(kind, code, Role.MESSAGE, text, rule.code, own_list)


@dataclass(frozen=True)
class Readings:
    """Expressions that could be read, by (text, own list), and why others could not."""

    read: Mapping[tuple[str, str | None], Expression]
    faults: Mapping[tuple[str, str | None], tuple[Finding, ...]]

    def of(self, text: str, own_list: str | None = None) -> Expression | None:
        """Give the expression of a text."""
        return self.read.get((text, own_list))


def readings(dictionary: Dictionary) -> Readings:
    """Read every expression once."""
    words = dictionary.vocabulary
    made: dict[tuple[str, str | None], Expression] = {}
    faults: dict[tuple[str, str | None], tuple[Finding, ...]] = {}
    for one in written(dictionary):
        key = one.text, one.own_list
        if key in made or key in faults:
            continue
        try:
            made[key] = read(one.text, words, own_list=one.own_list)
        except ExpressionFault as fault:
            faults[key] = fault.findings
    return Readings(made, faults)


def variables_read(expression: Expression, words: Vocabulary, own_list: str | None = None) -> tuple[str, ...]:
    """Give the codes of variables (never of columns, lists or context) in the order of first use."""
    found: dict[str, None] = {}
    for node, inside in scoped(expression.root, own_list):
        if (
            isinstance(node, Name)
            and node.name in words.variables
            and words.column(node.name, inside) is None
        ):
            found[node.name] = None
    return tuple(found)


def lists_read(expression: Expression) -> tuple[str, ...]:
    """Give the lists that an expression goes over."""
    found = {
        text_of(node.operands[0]): None
        for node, _ in scoped(expression.root)
        if isinstance(node, Operation) and node.operator in {Operator.COUNT_ROWS, Operator.SUM_ROWS}
    }
    return tuple(found)
