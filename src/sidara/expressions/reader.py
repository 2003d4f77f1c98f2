"""Reads the text of an expression into our tree: sqlglot parses, we name, limit and check.

Refused with a finding each: unknown names (with near matches), `PEM-002`, `==`, double quotes, comments,
functions outside the language, mixed kinds, more than 200 nodes.
"""

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sidara.expressions.nodes import (
    PERIOD_YEAR,
    Constant,
    Expression,
    ExpressionFault,
    Kind,
    Name,
    Node,
    Operation,
    Operator,
    walk,
)
from sidara.kernel.finding import Finding

MOST_NODES = 200
MOST_CHARACTERS = 4000
DEEPEST = 40
MOST_DECIMALS = 9

_STRING = re.compile(r"'(?:[^']|'')*'")
_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[a-z][a-z0-9_]*", re.ASCII)
_HYPHEN = re.compile(r"\b([A-Z]{2,})-(\d{2,})\b", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,18})?", re.ASCII)
_ALLOWED = re.compile(r"[A-Za-z0-9_\s().,+\-*/<>=]*", re.ASCII)

_BINARY: Mapping[type[exp.Expr], Operator] = {
    exp.Add: Operator.ADD,
    exp.Sub: Operator.SUBTRACT,
    exp.Mul: Operator.MULTIPLY,
    exp.Div: Operator.DIVIDE,
    exp.EQ: Operator.EQUAL,
    exp.NEQ: Operator.UNEQUAL,
    exp.LT: Operator.LESS,
    exp.LTE: Operator.LESS_OR_EQUAL,
    exp.GT: Operator.GREATER,
    exp.GTE: Operator.GREATER_OR_EQUAL,
    exp.And: Operator.AND,
    exp.Or: Operator.OR,
    exp.Mod: Operator.MOD,
}
_ARITHMETIC = {Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE, Operator.NEGATE}
_NUMERIC = _ARITHMETIC | {Operator.ABS, Operator.ROUND, Operator.MOD, Operator.MIN_OF, Operator.MAX_OF}
_ORDERING = {
    Operator.LESS,
    Operator.LESS_OR_EQUAL,
    Operator.GREATER,
    Operator.GREATER_OR_EQUAL,
    Operator.NEAR,
}
_LOGICAL = {Operator.AND, Operator.OR, Operator.NOT}


def parse(text: str, names: Collection[str] | Mapping[str, Kind] | None = None) -> Expression:
    """Read `text`; `names` are the names that exist (a mapping gives their kinds), `None` takes any.

    Refuses with `ExpressionFault`, whose findings name every unknown name at once.
    """
    _refuse_foreign_signs(text)
    root = _tree(_parsed(text))
    nodes = list(walk(root))
    if len(nodes) > MOST_NODES:
        raise _fault(
            "EXPRESSION_TOO_LONG", f"Ungkapan memuat {len(nodes)} simpul; paling banyak {MOST_NODES}."
        )
    used = tuple(dict.fromkeys(node.name for node in nodes if isinstance(node, Name)))
    if names is not None:
        unknown = tuple(_unknown(name, names) for name in used if name not in names and name != PERIOD_YEAR)
        if unknown:
            raise ExpressionFault(unknown)
    kinds: dict[str, Kind | None] = dict.fromkeys(used)
    if isinstance(names, Mapping):
        kinds |= {name: names[name] for name in used if name in names}
    if PERIOD_YEAR in kinds:
        kinds[PERIOD_YEAR] = Kind.NUMBER
    _check(root, None, kinds)
    kind = _check(root, None, kinds)
    return Expression(text, root, kind, tuple(kinds.items()))


def _fault(code: str, message: str, remedy: str = "", value: str | None = None) -> ExpressionFault:
    return ExpressionFault((Finding(code, message, remedy, value=value),))


def _unknown(name: str, names: Collection[str]) -> Finding:
    near = difflib.get_close_matches(name, sorted(names), n=3, cutoff=0.6)
    remedy = f"Mungkin yang dimaksud: {', '.join(near)}." if near else "Periksa kembali ejaan namanya."
    return Finding("UNKNOWN_NAME", f"Nama {name} tidak dikenal.", remedy, value=name)


def _refuse_foreign_signs(text: str) -> None:
    """Refuse what sqlglot would read in its own way, outside of strings."""
    if len(text) > MOST_CHARACTERS:
        raise _fault("EXPRESSION_TOO_LONG", f"Ungkapan lebih panjang dari {MOST_CHARACTERS} huruf.")
    if not text.strip():
        raise _fault("EXPRESSION_EMPTY", "Ungkapan kosong.", "Tuliskan ungkapannya.")
    bare = _STRING.sub("s", text)
    if '"' in bare:
        raise _fault("DOUBLE_QUOTES", "Teks ditulis dalam tanda petik tunggal.", "Ganti \"…\" dengan '…'.")
    if "==" in bare or "!=" in bare:
        raise _fault("FOREIGN_OPERATOR", "Tanda == dan != tidak dipakai di sini.", "Pakai = atau <>.")
    if hyphen := _HYPHEN.search(bare):
        name = f"{hyphen[1]}_{hyphen[2]}"
        raise _fault(
            "HYPHEN_IN_NAME", f"Nama {hyphen[0]} ditulis dengan tanda hubung.", f"Tulis {name}.", hyphen[0]
        )
    if "--" in bare or "/*" in bare:
        raise _fault("COMMENT", "Ungkapan tidak boleh memuat komentar.", "Hapus -- atau /* … */.")
    if not _ALLOWED.fullmatch(bare):
        sign = next(sign for sign in bare if not _ALLOWED.fullmatch(sign))
        raise _fault(
            "FOREIGN_SIGN", f"Tanda {sign} tidak ada dalam bahasa ungkapan.", "Hapus tanda itu.", sign
        )
    depth = deepest = 0
    for sign in bare:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise _fault("EXPRESSION_TOO_DEEP", f"Tanda kurung bersarang lebih dari {DEEPEST} tingkat.")


def _parsed(text: str) -> exp.Expr:
    try:
        return sqlglot.parse_one(text)
    except SqlglotError:
        raise _fault(
            "EXPRESSION_UNREADABLE",
            "Ungkapan tidak dapat dibaca.",
            "Periksa tanda kurung, tanda petik dan urutan katanya.",
            text,
        ) from None


def _tree(node: exp.Expr) -> Node:  # noqa: C901, PLR0911, PLR0912 - one case for each form of the language
    """Turn sqlglot's tree into ours; every form that is not listed is refused."""
    match node:
        case exp.Paren():
            return _tree(node.this)
        case exp.Column() if len(node.parts) == 1 and not node.this.quoted:
            return _name(node.name)
        case exp.Literal():
            return Constant(node.this) if node.is_string else Constant(_number(node.this))
        case exp.Boolean():
            return Constant(bool(node.this))
        case exp.Null():
            return Constant(None)
        case exp.Neg():
            return Operation(Operator.NEGATE, (_tree(node.this),))
        case exp.Not():
            return Operation(Operator.NOT, (_tree(node.this),))
        case exp.Is() if isinstance(node.expression, exp.Null):
            return Operation(Operator.IS_NULL, (_tree(node.this),))
        case exp.Between() if not node.args.get("symmetric"):
            value, low, high = _trees(node.this, node.args["low"], node.args["high"])
            above = Operation(Operator.GREATER_OR_EQUAL, (value, low))
            return Operation(Operator.AND, (above, Operation(Operator.LESS_OR_EQUAL, (value, high))))
        case exp.In() if node.expressions and not node.args.get("query"):
            return Operation(Operator.IN, _trees(node.this, *node.expressions))
        case exp.Case() if node.this is None:
            return _case(node)
        case exp.Binary() if type(node) in _BINARY:
            return Operation(_BINARY[type(node)], _trees(node.this, node.expression))
        case exp.Func():
            return _call(node)
    raise _foreign(node)


def _foreign(node: exp.Expr) -> ExpressionFault:
    return _fault(
        "FOREIGN_FORM",
        "Bagian ini tidak ada dalam bahasa ungkapan.",
        "Pakai perbandingan, hitungan dan fungsi yang tercatat pada panduan ungkapan.",
        node.sql(),
    )


def _trees(*nodes: exp.Expr) -> tuple[Node, ...]:
    return tuple(_tree(node) for node in nodes)


def _name(name: str) -> Name:
    if not _NAME.fullmatch(name):
        raise _fault(
            "NAME_FORM",
            f"Nama {name} bukan kode (KES_007) dan bukan nama berhuruf kecil (jumlah_dokter).",
            "Tulis kode dengan huruf besar atau nama dengan huruf kecil seluruhnya.",
            name,
        )
    return Name(name)


def _number(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise _fault("NUMBER_FORM", f"Angka {text} tidak dapat dibaca.", "Tulis seperti 12 atau 0.75.", text)
    return Fraction(text)


def _case(node: exp.Case) -> Operation:
    pairs = [part for branch in node.args["ifs"] for part in (branch.this, branch.args["true"])]
    otherwise = node.args.get("default")
    return Operation(Operator.CASE, (*_trees(*pairs), _tree(otherwise) if otherwise else Constant(None)))


def _call(node: exp.Func) -> Node:
    """Read a function of the language; its number of arguments is checked."""
    if isinstance(node, exp.Anonymous):
        name, arguments = str(node.this), list(node.expressions)
    else:
        name = node.key
        arguments = [node.args.get("this"), *node.expressions]
        if isinstance(node, exp.Round):
            arguments = [node.this, node.args.get("decimals")]
        known = {"this", "expressions", "decimals"}
        if any(value for key, value in node.args.items() if key not in known and isinstance(value, exp.Expr)):
            raise _foreign(node)
    arguments = [argument for argument in arguments if argument is not None]
    if name == "period_year" and not arguments:
        return Name(PERIOD_YEAR)
    if name not in _ARGUMENTS:
        near = difflib.get_close_matches(name, [*_ARGUMENTS, "period_year"], n=2)
        remedy = (
            f"Mungkin yang dimaksud: {', '.join(near)}."
            if near
            else "Pakai fungsi yang tercatat pada panduan."
        )
        raise _fault("UNKNOWN_FUNCTION", f"Fungsi {name} tidak dikenal.", remedy, name)
    fits, say = _ARGUMENTS[name]
    if not fits(len(arguments)):
        raise _fault(
            "ARGUMENTS", f"Fungsi {name} memakai {say}, bukan {len(arguments)}.", f"Beri {say}.", name
        )
    operands = _trees(*arguments)
    if name == "round":
        operands = _rounding(operands)
    return Operation(Operator(name), operands)


def _rounding(operands: tuple[Node, ...]) -> tuple[Node, ...]:
    """Read the places of `round`: part of the text, 0 when left out."""
    places = operands[1] if len(operands) > 1 else Constant(Fraction(0))
    if not (
        isinstance(places, Constant)
        and isinstance(places.value, Fraction)
        and places.value.denominator == 1
        and places.value <= MOST_DECIMALS
    ):
        raise _fault("ROUND_PLACES", f"Banyak desimal pada round adalah angka 0 sampai {MOST_DECIMALS}.")
    return operands[0], places


_ARGUMENTS: Mapping[str, tuple[Callable[[int], bool], str]] = {
    "abs": (lambda count: count == 1, "1 masukan"),
    "round": (lambda count: count in {1, 2}, "1 atau 2 masukan"),
    "mod": (lambda count: count == 2, "2 masukan"),
    "coalesce": (lambda count: count >= 1, "paling sedikit 1 masukan"),
    "min_of": (lambda count: count >= 1, "paling sedikit 1 masukan"),
    "max_of": (lambda count: count >= 1, "paling sedikit 1 masukan"),
    "near": (lambda count: count == 4, "4 masukan"),
}


def _check(node: Node, expected: Kind | None, kinds: dict[str, Kind | None]) -> Kind | None:
    """Give the node's kind, fill in the kinds of names from their use, refuse a mixture of kinds."""
    kind = _kind(node, expected, kinds)
    if expected is not None and kind is not None and kind is not expected:
        what = node.name if isinstance(node, Name) else str(getattr(node, "value", "bagian ini"))
        raise _fault(
            "KINDS_MIXED",
            f"Di sini perlu {expected}, tetapi {what} adalah {kind}.",
            "Bandingkan angka dengan angka, teks dengan teks, ya/tidak dengan true atau false.",
            what,
        )
    return kind if kind is not None else expected


def _kind(  # noqa: C901, PLR0911 - one case for each form of the language
    node: Node, expected: Kind | None, kinds: dict[str, Kind | None]
) -> Kind | None:
    match node:
        case Constant(value):
            return {bool: Kind.BOOLEAN, str: Kind.TEXT, Fraction: Kind.NUMBER}.get(type(value))
        case Name(name):
            if kinds[name] is None:
                kinds[name] = expected
            return kinds[name]
        case Operation(operator, operands) if operator in _NUMERIC:
            _check_all(operands, Kind.NUMBER, kinds)
            return Kind.NUMBER
        case Operation(operator, operands) if operator in _ORDERING:
            _check_all(operands, Kind.NUMBER, kinds)
            return Kind.BOOLEAN
        case Operation(operator, operands) if operator in _LOGICAL:
            _check_all(operands, Kind.BOOLEAN, kinds)
            return Kind.BOOLEAN
        case Operation(Operator.IS_NULL, operands):
            _check(operands[0], None, kinds)
            return Kind.BOOLEAN
        case Operation(Operator.CASE, operands):
            _check_all(operands[:-1:2], Kind.BOOLEAN, kinds)
            return _check_all((*operands[1::2], operands[-1]), expected, kinds)
        case Operation(Operator.COALESCE, operands):
            return _check_all(operands, expected, kinds)
        case Operation(_, operands):
            _check_all(operands, None, kinds)
            return Kind.BOOLEAN


def _check_all(operands: tuple[Node, ...], kind: Kind | None, kinds: dict[str, Kind | None]) -> Kind | None:
    """Check that all operands are of one kind; the first that knows its kind says it for all."""
    if kind is None:
        found = (_check(operand, None, kinds) for operand in operands)
        kind = next((one for one in found if one is not None), None)
    for operand in operands:
        _check(operand, kind, kinds)
    return kind
