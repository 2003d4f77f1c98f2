"""The functions of the language: how many arguments each takes, and of which form."""

import difflib
from collections.abc import Callable, Mapping
from fractions import Fraction

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
    Spot,
    walk,
)
from sidara.expressions.tokens import fault

MOST_DECIMALS = 9


def call(name: str, operands: tuple[Node, ...], spot: Spot | None) -> Node:
    """Give the node of a call; number and form of its arguments are checked."""
    if f"{name}()" in CONTEXT and not operands:
        return Name(f"{name}()", spot)
    if name not in _ARGUMENTS:
        raise unknown_function(name, spot)
    fits, say = _ARGUMENTS[name]
    if not fits(len(operands)):
        message = f"Fungsi {name} memakai {say}, bukan {len(operands)}."
        raise fault("ARGUMENTS", message, f"Beri {say}.", name, spot)
    operator = Operator(name)
    if operator is Operator.ROUND:
        operands = _rounding(operands, spot)
    for (is_form, form), operand in zip(_FORMS.get(operator, ()), operands, strict=False):
        if not is_form(operand):
            message = f"Fungsi {name} memerlukan {form}."
            raise fault("ARGUMENT_FORM", message, _EXAMPLES[operator], name, operand.spot or spot)
    if operator in LISTS and any(
        isinstance(below, Operation) and below.operator in LISTS
        for operand in operands[1:]
        for below in walk(operand)
    ):
        message = "Daftar di dalam daftar tidak dapat dihitung."
        raise fault("LIST_IN_LIST", message, "Pisahkan hitungannya.", name, spot)
    return Operation(operator, operands, spot)


def unknown_function(name: str, spot: Spot | None = None) -> ExpressionFault:
    """Refuse a function outside the language, with near matches."""
    near = difflib.get_close_matches(name, [*_ARGUMENTS, *(word[:-2] for word in CONTEXT)], n=2)
    remedy = (
        f"Mungkin yang dimaksud: {', '.join(near)}." if near else "Pakai fungsi yang tercatat pada panduan."
    )
    return fault("UNKNOWN_FUNCTION", f"Fungsi {name} tidak dikenal.", remedy, name, spot)


def _rounding(operands: tuple[Node, ...], spot: Spot | None) -> tuple[Node, ...]:
    """Read the places of `round`: part of the text, 0 when left out."""
    places = operands[1] if len(operands) > 1 else Constant(Fraction(0))
    if not (
        isinstance(places, Constant)
        and isinstance(places.value, Fraction)
        and places.value.denominator == 1
        and places.value <= MOST_DECIMALS
    ):
        message = f"Banyak desimal pada round adalah angka 0 sampai {MOST_DECIMALS}."
        raise fault("ROUND_PLACES", message, "Tulis seperti round(KEP_001 / 3, 2).", spot=spot)
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
