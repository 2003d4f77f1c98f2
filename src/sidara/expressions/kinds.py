"""Finds and checks the kind of every part of an expression: number, text, truth, day; nothing is cast."""

from collections.abc import Mapping
from fractions import Fraction

from sidara.expressions.nodes import (
    CONTEXT,
    LISTS,
    Constant,
    Kind,
    Name,
    Node,
    Operation,
    Operator,
)
from sidara.expressions.tokens import fault

_NUMERIC = {
    Operator.ADD,
    Operator.SUBTRACT,
    Operator.MULTIPLY,
    Operator.DIVIDE,
    Operator.NEGATE,
    Operator.ABS,
    Operator.ROUND,
    Operator.MOD,
    Operator.MIN_OF,
    Operator.MAX_OF,
    Operator.NEAR,
}
_ORDERING = {
    Operator.LESS,
    Operator.LESS_OR_EQUAL,
    Operator.GREATER,
    Operator.GREATER_OR_EQUAL,
}
_LOGICAL = {Operator.AND, Operator.OR, Operator.NOT}
_SAME = {Operator.PART, Operator.PREVIOUS, Operator.YEAR_EARLIER}
"""Readings that are of the kind of what they read."""
type _Signature = tuple[tuple[Kind | None, ...], Kind]
_SIGNATURES: Mapping[Operator, _Signature] = {
    Operator.DATE: ((Kind.NUMBER, Kind.NUMBER, Kind.NUMBER), Kind.DATE),
    Operator.ADD_MONTHS: ((Kind.DATE, Kind.NUMBER), Kind.DATE),
    Operator.ADD_YEARS: ((Kind.DATE, Kind.NUMBER), Kind.DATE),
    Operator.HAS: ((Kind.TEXT, Kind.TEXT), Kind.BOOLEAN),
    Operator.STATE: ((None,), Kind.TEXT),
    Operator.IS_EMPTY: ((None,), Kind.BOOLEAN),
    Operator.IS_NULL: ((None,), Kind.BOOLEAN),
    Operator.SUM_OF: ((Kind.NUMBER, Kind.TEXT), Kind.NUMBER),
    Operator.YEAR_TO_DATE: ((Kind.NUMBER,), Kind.NUMBER),
    Operator.PARAM: ((Kind.TEXT,), Kind.NUMBER),
    Operator.LOOKUP: ((Kind.TEXT, Kind.TEXT), Kind.NUMBER),
    Operator.CLASS_OF: ((Kind.NUMBER, Kind.TEXT), Kind.TEXT),
    Operator.CLASS_RANK: ((Kind.TEXT, Kind.TEXT), Kind.NUMBER),
}
"""What functions with fixed kinds take and give."""


def infer(root: Node, given: Mapping[str, Kind | None]) -> tuple[Kind | None, dict[str, Kind | None]]:
    """Give the kind of the whole and the kinds of its names, from `given` and from use.

    Refuses (`ExpressionFault`) a mixture of kinds. Names that are only put in order are numbers.
    """
    checker = _Checker(dict(given))
    for is_last in (False, True):
        checker.is_last = is_last
        kind = checker.until_settled(root)
    return kind, checker.kinds


class _Checker:
    """Goes over the tree until kinds have spread to all names that are compared with each other."""

    def __init__(self, kinds: dict[str, Kind | None]) -> None:
        self.kinds = kinds
        self.is_last = False
        self.seen: dict[tuple[int, Kind | None], Kind | None] = {}

    def until_settled(self, root: Node) -> Kind | None:
        """Check until no more kinds of names are found; gives the kind of the whole."""
        while True:
            before = dict(self.kinds)
            self.seen.clear()
            kind = self.check(root, None)
            if self.kinds == before:
                return kind

    def check(self, node: Node, expected: Kind | None) -> Kind | None:
        """Give the node's kind, fill in the kinds of names from their use, refuse a mixture of kinds."""
        key = (id(node), expected)
        if key not in self.seen:
            self.seen[key] = self._checked(node, expected)
        return self.seen[key]

    def _checked(self, node: Node, expected: Kind | None) -> Kind | None:
        kind = self._kind(node, expected)
        if expected is not None and kind is not None and kind is not expected:
            what = node.name if isinstance(node, Name) else str(getattr(node, "value", "bagian ini"))
            raise fault(
                "KINDS_MIXED",
                f"Di sini perlu {expected}, tetapi {what} adalah {kind}.",
                "Bandingkan angka dengan angka, teks dengan teks, ya/tidak dengan true atau false.",
                what,
                node.spot,
            )
        return kind if kind is not None else expected

    def _kind(self, node: Node, expected: Kind | None) -> Kind | None:
        match node:
            case Constant(value):
                return {bool: Kind.BOOLEAN, str: Kind.TEXT, Fraction: Kind.NUMBER}.get(type(value))
            case Name(name):
                if name in CONTEXT:
                    return CONTEXT[name]
                if self.kinds[name] is None:
                    self.kinds[name] = expected
                return self.kinds[name]
            case Operation(operator, operands):
                return self._operation(operator, operands, expected)

    def _operation(  # noqa: PLR0911 - one case for each form of the language
        self, operator: Operator, operands: tuple[Node, ...], expected: Kind | None
    ) -> Kind | None:
        if operator in _NUMERIC:
            self._all(operands, Kind.NUMBER)
            return Kind.BOOLEAN if operator is Operator.NEAR else Kind.NUMBER
        if operator in _ORDERING:
            self._ordered(operands)
            return Kind.BOOLEAN
        if operator in _LOGICAL:
            self._all(operands, Kind.BOOLEAN)
            return Kind.BOOLEAN
        if operator in _SAME:
            return self.check(operands[0], expected)
        if operator in LISTS:
            self.check(operands[-1], Kind.BOOLEAN)
            self._all(operands[1:-1], Kind.NUMBER)
            return Kind.NUMBER
        if operator in _SIGNATURES:
            takes, gives = _SIGNATURES[operator]
            for operand, kind in zip(operands, takes, strict=True):
                self.check(operand, kind)
            return gives
        match operator:
            case Operator.CASE:
                self._all(operands[:-1:2], Kind.BOOLEAN)
                return self._all((*operands[1::2], operands[-1]), expected)
            case Operator.COALESCE:
                return self._all(operands, expected)
            case _:
                self._all(operands, None)
                return Kind.BOOLEAN

    def _ordered(self, operands: tuple[Node, ...]) -> None:
        """Check that numbers are put in order with numbers, days with days."""
        found = [self.check(operand, None) for operand in operands]
        if Kind.DATE in found:
            self._all(operands, Kind.DATE)
        elif self.is_last or any(found):
            self._all(operands, Kind.NUMBER)

    def _all(self, operands: tuple[Node, ...], kind: Kind | None) -> Kind | None:
        """Check that all operands are of one kind; the first that knows its kind says it for all."""
        if kind is None:
            found = (self.check(operand, None) for operand in operands)
            kind = next((one for one in found if one is not None), None)
        if kind is None:
            return None
        for operand in operands:
            self.check(operand, kind)
        return kind
