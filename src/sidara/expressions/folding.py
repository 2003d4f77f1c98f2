"""Works out what is constant in an expression, so that a table meets constants only as plain literals.

The meaning stays: an operation on constants is its value, one null makes a strict operation null, a case
whose condition is constant is decided, `in` becomes equalities.
"""

from itertools import batched

from sidara.expressions.nodes import Constant, Node, Operation, Operator
from sidara.expressions.record import STRICT, evaluator

_NULL = Constant(None)


def folded(node: Node) -> Node:  # noqa: PLR0911 - one case for each form of the language
    """Give the same expression with constants worked out."""
    if not isinstance(node, Operation):
        return node
    operands = tuple(folded(operand) for operand in node.operands)
    match node.operator:
        case Operator.IN:
            equal = (Operation(Operator.EQUAL, (operands[0], option)) for option in operands[1:])
            return folded(Operation(Operator.OR, tuple(equal)))
        case Operator.AND | Operator.OR:
            return _joined(node.operator, operands)
        case Operator.CASE:
            return _decided(operands)
        case Operator.COALESCE:
            return _first(operands)
        case Operator.LOOKUP | Operator.COUNT_ROWS | Operator.SUM_ROWS:
            return Operation(node.operator, operands)
    if node.operator in STRICT and _NULL in operands:
        return _NULL
    made = Operation(node.operator, operands)
    if all(isinstance(operand, Constant) for operand in operands):
        return Constant(evaluator(made)({}))
    return made


def _joined(operator: Operator, operands: tuple[Node, ...]) -> Node:
    """Decide `and` by a false, `or` by a true; leave out what decides nothing."""
    decides = operator is Operator.OR
    if Constant(decides) in operands:
        return Constant(decides)
    rest = tuple(dict.fromkeys(operand for operand in operands if operand != Constant(not decides)))
    if not rest:
        return Constant(not decides)
    return rest[0] if len(rest) == 1 else Operation(operator, rest)


def _decided(operands: tuple[Node, ...]) -> Node:
    """Leave out branches that never hold; end at the first that always does."""
    *branches, otherwise = operands
    kept: list[Node] = []
    for condition, value in batched(branches, 2, strict=True) if branches else ():
        if isinstance(condition, Constant):
            if condition.value is True:
                otherwise = value
                break
            continue
        kept += [condition, value]
    return Operation(Operator.CASE, (*kept, otherwise)) if kept else otherwise


def _first(operands: tuple[Node, ...]) -> Node:
    """Leave out nulls, and all that stands behind a constant."""
    kept: list[Node] = []
    for operand in operands:
        if operand == _NULL:
            continue
        kept.append(operand)
        if isinstance(operand, Constant):
            break
    if not kept:
        return _NULL
    return kept[0] if len(kept) == 1 else Operation(Operator.COALESCE, tuple(kept))
