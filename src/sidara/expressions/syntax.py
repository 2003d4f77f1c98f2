"""Reads the text of an expression into our tree: sqlglot parses, we name and limit.

Refused with a finding each: `PEM-002`, `==`, double quotes, comments, functions outside the language,
arguments of another form, more than 200 nodes. Names and kinds are checked elsewhere.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sidara.expressions.nodes import (
    CONTEXT,
    LISTS,
    TIMES,
    Constant,
    ExpressionFault,
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


def tree(text: str) -> Node:
    """Read `text` into our tree; refuses (`ExpressionFault`) what is not the language or too large."""
    _refuse_foreign_signs(text)
    root = _tree(_parsed(text))
    count = sum(1 for _ in walk(root))
    if count > MOST_NODES:
        raise fault("EXPRESSION_TOO_LONG", f"Ungkapan memuat {count} simpul; paling banyak {MOST_NODES}.")
    return root


def fault(code: str, message: str, remedy: str = "", value: str | None = None) -> ExpressionFault:
    """Make the refusal with one finding."""
    return ExpressionFault((Finding(code, message, remedy, value=value),))


def _refuse_foreign_signs(text: str) -> None:
    """Refuse what sqlglot would read in its own way, outside of strings."""
    if len(text) > MOST_CHARACTERS:
        raise fault("EXPRESSION_TOO_LONG", f"Ungkapan lebih panjang dari {MOST_CHARACTERS} huruf.")
    if not text.strip():
        raise fault("EXPRESSION_EMPTY", "Ungkapan kosong.", "Tuliskan ungkapannya.")
    bare = _STRING.sub("s", text)
    if '"' in bare:
        raise fault("DOUBLE_QUOTES", "Teks ditulis dalam tanda petik tunggal.", "Ganti \"…\" dengan '…'.")
    if "==" in bare or "!=" in bare:
        raise fault("FOREIGN_OPERATOR", "Tanda == dan != tidak dipakai di sini.", "Pakai = atau <>.")
    if hyphen := _HYPHEN.search(bare):
        name = f"{hyphen[1]}_{hyphen[2]}"
        raise fault(
            "HYPHEN_IN_NAME", f"Nama {hyphen[0]} ditulis dengan tanda hubung.", f"Tulis {name}.", hyphen[0]
        )
    if "--" in bare or "/*" in bare:
        raise fault("COMMENT", "Ungkapan tidak boleh memuat komentar.", "Hapus -- atau /* … */.")
    if not _ALLOWED.fullmatch(bare):
        sign = next(sign for sign in bare if not _ALLOWED.fullmatch(sign))
        raise fault(
            "FOREIGN_SIGN", f"Tanda {sign} tidak ada dalam bahasa ungkapan.", "Hapus tanda itu.", sign
        )
    depth = deepest = 0
    for sign in bare:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise fault("EXPRESSION_TOO_DEEP", f"Tanda kurung bersarang lebih dari {DEEPEST} tingkat.")


def _parsed(text: str) -> exp.Expr:
    try:
        return sqlglot.parse_one(text)
    except SqlglotError:
        raise fault(
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
    return fault(
        "FOREIGN_FORM",
        "Bagian ini tidak ada dalam bahasa ungkapan.",
        "Pakai perbandingan, hitungan dan fungsi yang tercatat pada panduan ungkapan.",
        node.sql(),
    )


def _trees(*nodes: exp.Expr) -> tuple[Node, ...]:
    return tuple(_tree(node) for node in nodes)


def _name(name: str) -> Name:
    if not _NAME.fullmatch(name):
        raise fault(
            "NAME_FORM",
            f"Nama {name} bukan kode (KES_007) dan bukan nama berhuruf kecil (jumlah_dokter).",
            "Tulis kode dengan huruf besar atau nama dengan huruf kecil seluruhnya.",
            name,
        )
    return Name(name)


def _number(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise fault("NUMBER_FORM", f"Angka {text} tidak dapat dibaca.", "Tulis seperti 12 atau 0.75.", text)
    return Fraction(text)


def _case(node: exp.Case) -> Operation:
    pairs = [part for branch in node.args["ifs"] for part in (branch.this, branch.args["true"])]
    otherwise = node.args.get("default")
    return Operation(Operator.CASE, (*_trees(*pairs), _tree(otherwise) if otherwise else Constant(None)))


def _call(node: exp.Func) -> Node:
    """Read a function of the language; number and form of its arguments are checked."""
    name, arguments = _arguments(node)
    if f"{name}()" in CONTEXT and not arguments:
        return Name(f"{name}()")
    if name not in _ARGUMENTS:
        raise unknown_function(name)
    fits, say = _ARGUMENTS[name]
    if not fits(len(arguments)):
        raise fault(
            "ARGUMENTS", f"Fungsi {name} memakai {say}, bukan {len(arguments)}.", f"Beri {say}.", name
        )
    operator, operands = Operator(name), _trees(*arguments)
    if operator is Operator.ROUND:
        operands = _rounding(operands)
    forms = _FORMS.get(operator, ())
    for (is_form, form), operand in zip(forms, operands, strict=False):
        if not is_form(operand):
            raise fault("ARGUMENT_FORM", f"Fungsi {name} memerlukan {form}.", _EXAMPLES[operator], name)
    if operator in LISTS and any(
        isinstance(below, Operation) and below.operator in LISTS
        for operand in operands[1:]
        for below in walk(operand)
    ):
        raise fault("LIST_IN_LIST", "Daftar di dalam daftar tidak dapat dihitung.", "Pisahkan hitungannya.")
    return Operation(operator, operands)


def _arguments(node: exp.Func) -> tuple[str, list[exp.Expr]]:
    """Give name and arguments of a call as they were written; sqlglot has own places for some."""
    if isinstance(node, exp.Anonymous):
        return str(node.this), list(node.expressions)
    places = _PLACES.get(type(node), ("this",))
    arguments = [node.args.get(place) for place in places] + node.expressions
    known = {*places, "expressions"}
    if any(value for key, value in node.args.items() if key not in known and isinstance(value, exp.Expr)):
        raise _foreign(node)
    return node.key if type(node) is not exp.AddMonths else "add_months", [
        a for a in arguments if a is not None
    ]


def unknown_function(name: str) -> ExpressionFault:
    """Refuse a function outside the language, with near matches."""
    near = difflib.get_close_matches(name, [*_ARGUMENTS, *(word[:-2] for word in CONTEXT)], n=2)
    remedy = (
        f"Mungkin yang dimaksud: {', '.join(near)}." if near else "Pakai fungsi yang tercatat pada panduan."
    )
    return fault("UNKNOWN_FUNCTION", f"Fungsi {name} tidak dikenal.", remedy, name)


def _rounding(operands: tuple[Node, ...]) -> tuple[Node, ...]:
    """Read the places of `round`: part of the text, 0 when left out."""
    places = operands[1] if len(operands) > 1 else Constant(Fraction(0))
    if not (
        isinstance(places, Constant)
        and isinstance(places.value, Fraction)
        and places.value.denominator == 1
        and places.value <= MOST_DECIMALS
    ):
        raise fault("ROUND_PLACES", f"Banyak desimal pada round adalah angka 0 sampai {MOST_DECIMALS}.")
    return operands[0], places


def _is_name(node: Node) -> bool:
    return isinstance(node, Name) and node.name not in CONTEXT


def _is_text(node: Node) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, str)


def _is_cell(node: Node) -> bool:
    return _is_name(node) or (isinstance(node, Operation) and node.operator is Operator.PART)


def _is_reading(node: Node) -> bool:
    return _is_cell(node) or (isinstance(node, Operation) and node.operator in TIMES)


def _exactly(count: int) -> tuple[Callable[[int], bool], str]:
    return (lambda given: given == count), f"{count} masukan"


_AT_LEAST_ONE: tuple[Callable[[int], bool], str] = (lambda given: given >= 1), "paling sedikit 1 masukan"
_ARGUMENTS: Mapping[str, tuple[Callable[[int], bool], str]] = {
    "abs": _exactly(1),
    "round": ((lambda count: count in {1, 2}), "1 atau 2 masukan"),
    "mod": _exactly(2),
    "coalesce": _AT_LEAST_ONE,
    "min_of": _AT_LEAST_ONE,
    "max_of": _AT_LEAST_ONE,
    "near": _exactly(4),
    "date": _exactly(3),
    "add_months": _exactly(2),
    "add_years": _exactly(2),
    "has": _exactly(2),
    "state": _exactly(1),
    "is_empty": _exactly(1),
    "part": _exactly(3),
    "sum_of": _exactly(2),
    "previous": _exactly(1),
    "same_period_last_year": _exactly(1),
    "year_to_date": _exactly(1),
    "count_rows": _exactly(2),
    "sum_rows": _exactly(3),
    "param": _exactly(1),
    "lookup": _exactly(2),
    "class_of": _exactly(2),
    "class_rank": _exactly(2),
}
type _Form = tuple[Callable[[Node], bool], str]
_NAME_FORM: _Form = (_is_name, "kode variabel")
_CELL_FORM: _Form = (_is_cell, "kode variabel atau part(…)")
_READING_FORM: _Form = (_is_reading, "kode variabel, part(…), atau bacaan waktu seperti previous(…)")
_TEXT_FORM: _Form = (_is_text, "teks dalam tanda petik tunggal")
_LIST_FORM: _Form = (_is_name, "nama daftar")
_ANY_FORM: _Form = (lambda _: True, "")
_FORMS: Mapping[Operator, tuple[_Form, ...]] = {
    Operator.HAS: (_READING_FORM, _TEXT_FORM),
    Operator.STATE: (_READING_FORM,),
    Operator.IS_EMPTY: (_READING_FORM,),
    Operator.PART: (_NAME_FORM, _TEXT_FORM, _TEXT_FORM),
    Operator.SUM_OF: (_NAME_FORM, _TEXT_FORM),
    Operator.PREVIOUS: (_CELL_FORM,),
    Operator.YEAR_EARLIER: (_CELL_FORM,),
    Operator.YEAR_TO_DATE: (_CELL_FORM,),
    Operator.COUNT_ROWS: (_LIST_FORM,),
    Operator.SUM_ROWS: (_LIST_FORM,),
    Operator.PARAM: (_TEXT_FORM,),
    Operator.LOOKUP: (_TEXT_FORM,),
    Operator.CLASS_OF: (_ANY_FORM, _TEXT_FORM),
    Operator.CLASS_RANK: (_TEXT_FORM,),
}
_EXAMPLES: Mapping[Operator, str] = {
    Operator.HAS: "Tulis seperti has(LIN_003, 'udara').",
    Operator.STATE: "Tulis seperti state(KEP_001).",
    Operator.IS_EMPTY: "Tulis seperti is_empty(KEP_001).",
    Operator.PART: "Tulis seperti part(KEU_001, 'ANGGARAN', 'R').",
    Operator.SUM_OF: "Tulis seperti sum_of(DIK_001, 'STATUS_SEKOLAH').",
    Operator.PREVIOUS: "Tulis seperti previous(KEP_001).",
    Operator.YEAR_EARLIER: "Tulis seperti same_period_last_year(KEP_001).",
    Operator.YEAR_TO_DATE: "Tulis seperti year_to_date(KEP_011).",
    Operator.COUNT_ROWS: "Tulis seperti count_rows(usulan, USL_008 > 0).",
    Operator.SUM_ROWS: "Tulis seperti sum_rows(usulan, USL_008, true).",
    Operator.PARAM: "Tulis seperti param('blt_bulanan').",
    Operator.LOOKUP: "Tulis seperti lookup('pagu_add', region_code()).",
    Operator.CLASS_OF: "Tulis seperti class_of(PEM_039, 'ID').",
    Operator.CLASS_RANK: "Tulis seperti class_rank('ID', PEM_040).",
}
_PLACES: Mapping[type[exp.Expr], tuple[str, ...]] = {
    exp.Round: ("this", "decimals"),
    exp.Date: ("this", "zone"),
    exp.AddMonths: ("this", "expression"),
}
"""Where sqlglot keeps the arguments of functions that it knows itself."""
