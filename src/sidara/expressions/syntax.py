"""Reads the text of an expression into our tree, in one pass from left to right.

From loose to tight: `or`, `and`, `not`, `=` and `<>`, the other comparisons, `is null`/`between`/`in`, sums,
products, signs. Every fault is refused (`ExpressionFault`) with its place and remedy; so is what nests too
deep, has more than 200 nodes, or holds a constant that a table could not. Names and kinds come later.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from sidara.expressions.calls import call
from sidara.expressions.nodes import Constant, ExpressionFault, Name, Node, Operation, Operator, Spot
from sidara.expressions.record import evaluator
from sidara.expressions.tokens import Token, Type, fault, tokens
from sidara.expressions.width import WIDE, too_wide

MOST_NODES = 200
MOST_GROWN = 5_000
"""Nodes once classes and days are written out for a table."""
DEEPEST = 40

_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[a-z][a-z0-9_]*", re.ASCII)
_KEYWORDS = frozenset(
    [
        "and",
        "between",
        "case",
        "else",
        "end",
        "false",
        "in",
        "is",
        "not",
        "null",
        "or",
        "then",
        "true",
        "when",
    ]
)
_FOREIGN = frozenset(
    [
        "all",
        "any",
        "as",
        "cast",
        "collate",
        "distinct",
        "div",
        "exists",
        "extract",
        "filter",
        "from",
        "group",
        "having",
        "ilike",
        "interval",
        "isnull",
        "join",
        "like",
        "limit",
        "notnull",
        "order",
        "over",
        "regexp",
        "rlike",
        "select",
        "similar",
        "some",
        "union",
        "using",
        "values",
        "where",
        "with",
        "xor",
    ]
)
"""Words of SQL that a writer may expect here and that the language does not have."""
_EQUALITY = {"=": Operator.EQUAL, "<>": Operator.UNEQUAL}
_ORDER = {
    "<": Operator.LESS,
    "<=": Operator.LESS_OR_EQUAL,
    ">": Operator.GREATER,
    ">=": Operator.GREATER_OR_EQUAL,
}
_TERMS = {"+": Operator.ADD, "-": Operator.SUBTRACT}
_FACTORS = {"*": Operator.MULTIPLY, "/": Operator.DIVIDE}


def tree(text: str) -> Node:
    """Read `text` into our tree; refuses (`ExpressionFault`) what is not the language or too large."""
    reader = _Reader(tokens(text))
    root = reader.whole()
    if (count := reader.size(root)) > MOST_NODES:
        raise _too_long(f"Ungkapan memuat {count} simpul; paling banyak {MOST_NODES}.")
    if _grown(root) > MOST_GROWN:
        raise _too_long("Fungsi kelas atau tanggal bersarang terlalu banyak.")
    _refuse_wide(root)
    return root


class _Reader:
    """Reads tokens by recursive descent; a level of nesting is a level of this class's calls."""

    def __init__(self, given: tuple[Token, ...]) -> None:
        self.given = given
        self.at = 0
        self.depth = 0
        self.made = 0
        self.sizes: dict[int, int] = {}

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self.given[self.at]

    def whole(self) -> Node:
        """Read the whole text as one expression."""
        root = self._or()
        if self.next.type is not Type.END:
            raise self._unread("Sesudah bagian ini perlu tanda hitung, perbandingan, and, atau or.")
        return root

    def _or(self) -> Node:
        return self._chain({"or": Operator.OR}, self._and)

    def _and(self) -> Node:
        return self._chain({"and": Operator.AND}, self._not)

    def _not(self) -> Node:
        spot = self.next.spot
        if self._taken("not") is None:
            return self._equal()
        return self._deeper(spot, lambda: self._operation(Operator.NOT, (self._not(),), spot))

    def _equal(self) -> Node:
        return self._chain(_EQUALITY, self._ordered)

    def _ordered(self) -> Node:
        return self._chain(_ORDER, self._range)

    def _range(self) -> Node:
        node = self._sum()
        while self.next.type is Type.WORD and self.next.text.lower() in {"is", "between", "in", "not"}:
            spot = self.next.spot
            is_not = self._taken("not") is not None
            if not is_not and self._taken("is"):
                is_not = self._taken("not") is not None
                if self._taken("null") is None:
                    raise self._foreign(self.next)
                node = self._operation(Operator.IS_NULL, (node,), spot)
            elif self._taken("between"):
                node = self._between(node, spot)
            elif self._taken("in"):
                options = self._list("in")
                node = self._operation(Operator.IN, (node, *options), spot)
            else:
                raise self._unread("Sesudah not di sini perlu between atau in.")
            if is_not:
                node = self._operation(Operator.NOT, (node,), spot)
        return node

    def _between(self, value: Node, spot: Spot) -> Node:
        low = self._sum()
        self._needed("and", "between memerlukan dua batas: between a and b.")
        high = self._sum()
        self._count(self.size(value))
        above = self._operation(Operator.GREATER_OR_EQUAL, (value, low), spot)
        below = self._operation(Operator.LESS_OR_EQUAL, (value, high), spot)
        return self._operation(Operator.AND, (above, below), spot)

    def _sum(self) -> Node:
        return self._chain(_TERMS, self._product)

    def _product(self) -> Node:
        return self._chain(_FACTORS, self._signed)

    def _signed(self) -> Node:
        spot = self.next.spot
        if self._taken("-"):
            return self._deeper(spot, lambda: self._operation(Operator.NEGATE, (self._signed(),), spot))
        if self._taken("+"):
            return self._deeper(spot, self._signed)
        return self._primary()

    def _primary(self) -> Node:
        token = self.next
        match token.type:
            case Type.NUMBER:
                self.at += 1
                return self._counted(Constant(Fraction(token.text), token.spot))
            case Type.TEXT:
                self.at += 1
                return self._counted(Constant(token.text, token.spot))
            case Type.WORD:
                return self._word(token)
        if self._taken("("):
            node = self._deeper(token.spot, self._or)
            self._needed(")", f"Kurung buka pada {token.spot} belum ditutup.")
            return node
        raise self._unread("Di sini perlu nama, angka, teks, fungsi, atau tanda kurung buka.")

    def _word(self, token: Token) -> Node:
        word = token.text.lower()
        if word in {"true", "false", "null"}:
            self.at += 1
            return self._counted(Constant({"true": True, "false": False}.get(word), token.spot))
        if word == "case":
            self.at += 1
            return self._deeper(token.spot, lambda: self._case(token.spot))
        if word == "not":
            return self._not()
        if word in _KEYWORDS:
            raise self._unread(
                f"Kata {token.text} tidak dapat berdiri di sini; perlu nama, angka, atau teks."
            )
        self.at += 1
        if self.next.says("("):
            if word in {"all", "any", "exists", "some"}:
                raise self._foreign(token)
            operands = self._deeper(token.spot, lambda: self._list(token.text))
            return self._counted(call(word, operands, token.spot))
        if not _NAME.fullmatch(token.text):
            raise fault(
                "NAME_FORM",
                f"Nama {token.text} bukan kode (KES_007) dan bukan nama berhuruf kecil (jumlah_dokter).",
                "Tulis kode dengan huruf besar atau nama dengan huruf kecil seluruhnya.",
                token.text,
                token.spot,
            )
        if word in _FOREIGN and self.next.type is not Type.SIGN:
            raise self._foreign(token)
        return self._counted(Name(token.text, token.spot))

    def _case(self, spot: Spot) -> Node:
        operands: list[Node] = []
        if not self.next.says("when"):
            raise self._unread("Sesudah case perlu when: case when syarat then nilai else nilai end.")
        while self._taken("when"):
            operands.append(self._or())
            self._needed("then", "Sesudah syarat when perlu then.")
            operands.append(self._or())
        otherwise = self._or() if self._taken("else") else Constant(None)
        self._needed("end", f"case pada {spot} belum ditutup dengan end.")
        return self._operation(Operator.CASE, (*operands, otherwise), spot)

    def _list(self, name: str) -> tuple[Node, ...]:
        """Read what stands in the parentheses behind a function or `in`, apart by commas."""
        opened = self.next.spot
        self._needed("(", f"Sesudah {name} perlu tanda kurung buka.")
        found: list[Node] = []
        if name != "in" and self._taken(")"):
            return ()
        while True:
            found.append(self._or())
            if not self._taken(","):
                break
        self._needed(")", f"Kurung buka pada {opened} belum ditutup.")
        return tuple(found)

    def _chain(self, operators: Mapping[str, Operator], operand: Callable[[], Node]) -> Node:
        """Read operands with operators of one strength between them, from the left."""
        node = operand()
        while (token := self.next).type in {Type.WORD, Type.SIGN} and token.text.lower() in operators:
            self.at += 1
            node = self._operation(operators[token.text.lower()], (node, operand()), token.spot)
        return node

    def _operation(self, operator: Operator, operands: tuple[Node, ...], spot: Spot) -> Node:
        return self._counted(Operation(operator, operands, spot))

    def _counted[Made: Node](self, node: Made) -> Made:
        self._count(1)
        return node

    def _count(self, nodes: int) -> None:
        """Count what is made, so that what is too large is refused before its tree is walked."""
        self.made += nodes
        if self.made > 2 * MOST_NODES:
            raise _too_long(f"Ungkapan memuat lebih dari {MOST_NODES} simpul.")

    def size(self, node: Node) -> int:
        """Count the nodes; what `between` holds twice is counted twice but walked once."""
        if not isinstance(node, Operation):
            return 1
        if id(node) not in self.sizes:
            self.sizes[id(node)] = 1 + sum(self.size(operand) for operand in node.operands)
        return self.sizes[id(node)]

    def _deeper[Made](self, spot: Spot, read: Callable[[], Made]) -> Made:
        self.depth += 1
        if self.depth > DEEPEST:
            raise fault(
                "EXPRESSION_TOO_DEEP",
                f"Kurung, fungsi, case, dan not bersarang lebih dari {DEEPEST} tingkat.",
                "Bagi menjadi beberapa ungkapan.",
                spot=spot,
            )
        made = read()
        self.depth -= 1
        return made

    def _taken(self, word: str) -> Token | None:
        """Take the next token if it is that keyword or sign."""
        token = self.next
        if not token.says(word):
            return None
        self.at += 1
        return token

    def _needed(self, word: str, remedy: str) -> None:
        if self._taken(word) is None:
            raise self._unread(remedy)

    def _unread(self, remedy: str) -> ExpressionFault:
        """Refuse the next token, saying what is needed instead."""
        token = self.next
        before = self.given[self.at - 1] if self.at else token
        if token.says(".") or {token.text.lower(), before.text.lower()} & _FOREIGN:
            return self._foreign(token if token.says(".") or token.text.lower() in _FOREIGN else before)
        what = "ungkapan sudah berakhir" if token.type is Type.END else f"ada {_shown(token)}"
        return fault(
            "EXPRESSION_UNREADABLE",
            f"Ungkapan tidak dapat dibaca: {what}.",
            f"{remedy} Periksa tanda kurung, tanda petik dan urutan katanya.",
            token.text,
            token.spot,
        )

    def _foreign(self, token: Token) -> ExpressionFault:
        return fault(
            "FOREIGN_FORM",
            f"Bagian {_shown(token) or 'ini'} tidak ada dalam bahasa ungkapan.",
            "Pakai perbandingan, hitungan dan fungsi yang tercatat pada panduan ungkapan.",
            token.text,
            token.spot,
        )


def _shown(token: Token) -> str:
    return f"'{token.text}'" if token.type is Type.TEXT else token.text


def _too_long(message: str) -> ExpressionFault:
    return fault("EXPRESSION_TOO_LONG", message, "Bagi menjadi beberapa ungkapan.")


_WEIGHTS = {
    Operator.CLASS_OF: 6,
    Operator.CLASS_RANK: 6,
    Operator.DATE: 15,
    Operator.ADD_MONTHS: 100,
    Operator.ADD_YEARS: 100,
}
"""How often tables repeat what stands in an operation: once for each class, month and leap year."""


def _grown(node: Node) -> int:
    """Count the nodes with what classes and days repeat in a table; too many would run for hours."""
    if not isinstance(node, Operation):
        return 1
    return 1 + _WEIGHTS.get(node.operator, 1) * sum(map(_grown, node.operands))


_PLAIN = frozenset(
    {Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE, Operator.NEGATE, Operator.ABS}
    | {Operator.ROUND, Operator.MOD, Operator.MIN_OF, Operator.MAX_OF}
)


def _refuse_wide(node: Node) -> Node:
    """Work constants out and refuse one that 128 bits could not hold; gives the node, worked out."""
    if not isinstance(node, Operation):
        return node
    operands = tuple(_refuse_wide(operand) for operand in node.operands)
    if node.operator not in _PLAIN or not all(_is_number(operand) for operand in operands):
        return Operation(node.operator, operands)
    value = evaluator(Operation(node.operator, operands))({})
    if isinstance(value, Fraction) and max(abs(value.numerator), value.denominator) >= WIDE:
        raise too_wide(node.spot)
    return Constant(value)


def _is_number(node: Node) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, Fraction)
