"""Reads an expression: its syntax, its names, its kinds, in this order.

Refused with a finding each: what is not the language, unknown names (with near matches), mixed kinds.
"""

from collections.abc import Collection, Mapping

from sidara.expressions.calls import unknown_function
from sidara.expressions.kinds import infer
from sidara.expressions.nodes import (
    CONTEXT,
    PERIOD_YEAR,
    WHOLE,
    Expression,
    ExpressionFault,
    Kind,
    Name,
    Node,
    Operation,
    Operator,
    Spot,
    walk,
)
from sidara.expressions.syntax import tree
from sidara.expressions.vocabulary import Vocabulary, check, scoped, unknown_name

_DAYS = {Operator.DATE, Operator.ADD_MONTHS, Operator.ADD_YEARS}


def parse(text: str, names: Collection[str] | Mapping[str, Kind] | None = None) -> Expression:
    """Read `text` over plain names: no cells, no states, no lists, no days.

    `names` are the names that exist (a mapping gives their kinds), `None` takes any. Refuses with
    `ExpressionFault`, whose findings name every unknown name at once.
    """
    root = tree(text)
    for node in walk(root):
        if isinstance(node, Operation) and node.operator in WHOLE | _DAYS:
            raise unknown_function(node.operator.value, node.spot)
        if isinstance(node, Name) and node.name in CONTEXT and node.name != PERIOD_YEAR:
            raise unknown_function(node.name.removesuffix("()"), node.spot)
    used: dict[str, Spot | None] = {}
    for node in walk(root):
        if isinstance(node, Name):
            used.setdefault(node.name, node.spot)
    if names is not None:
        unknown = tuple(
            unknown_name(name, names, spot)
            for name, spot in used.items()
            if name not in names and name != PERIOD_YEAR
        )
        if unknown:
            raise ExpressionFault(unknown)
    given: dict[str, Kind | None] = dict.fromkeys(used)
    if isinstance(names, Mapping):
        given |= {name: names[name] for name in used if name in names}
    return _checked(text, root, given)


def read(text: str, words: Vocabulary, *, own_list: str | None = None) -> Expression:
    """Read `text` of the whole language over a vocabulary; `own_list` is the list whose rows it judges.

    Refuses with `ExpressionFault`, whose findings name everything unknown at once.
    """
    root = tree(text)
    check(root, words, own_list)
    given: dict[str, Kind | None] = {}
    for node, inside in scoped(root, own_list):
        if isinstance(node, Name):
            given[node.name] = (words.column(node.name, inside) or words.variable(node.name)).kind
    return _checked(text, root, given)


def _checked(text: str, root: Node, given: dict[str, Kind | None]) -> Expression:
    for name in CONTEXT.keys() & given:
        given[name] = CONTEXT[name]
    kind, kinds = infer(root, given)
    return Expression(text, root, kind, tuple(kinds.items()))
