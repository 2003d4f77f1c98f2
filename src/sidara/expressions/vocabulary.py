"""The words of the whole language: variables with what reading needs to know, lists, content.

A closed vocabulary refuses what it does not know; an open one (no dictionary at hand) takes any code and
learns kinds from use. Pure; a dictionary fills it.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from sidara.expressions.nodes import (
    CONTEXT,
    LISTS,
    Constant,
    ExpressionFault,
    Kind,
    Name,
    Node,
    Operation,
    Operator,
    Spot,
)
from sidara.expressions.tokens import placed
from sidara.kernel.finding import Finding
from sidara.kernel.period import Frequency


class Time(StrEnum):
    """How a variable is read at another frequency."""

    STOCK = "stok"
    FLOW = "arus"
    YEAR_TO_DATE = "arus tahun berjalan"
    NONE = "tidak"


@dataclass(frozen=True, slots=True)
class Variable:
    """What reading a variable needs to know; `None` = not known.

    `adds_up`: counts and amounts, of which what does not exist is 0. `options` are the codes of a choice.
    """

    kind: Kind | None = None
    adds_up: bool | None = None
    frequency: Frequency | None = None
    time: Time | None = None
    classifications: tuple[str, ...] = ()
    options: frozenset[str] | None = None

    def reads_zero(self, kind: Kind | None) -> bool:
        """Whether what does not exist reads 0; without a dictionary any number does."""
        return kind is Kind.NUMBER and self.adds_up is not False


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of an index from low to high: (status, lowest score, highest score).

    A score is rounded to `decimals` half away from zero before it is classed.
    """

    decimals: int
    is_upper_closed: bool
    classes: tuple[tuple[str, Fraction | None, Fraction | None], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What names mean. `lists` holds the columns of each list; `classifications` the codes of each."""

    variables: Mapping[str, Variable] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, Variable]] = field(default_factory=dict)
    classifications: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    params: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    indices: Mapping[str, Classes] = field(default_factory=dict)
    is_open: bool = False

    def column(self, name: str, own_list: str | None) -> Variable | None:
        """Give the column of the list that `name` means in its rows; `None` when it is a variable."""
        if own_list is None:
            return None
        found = self.lists.get(own_list, {}).get(name)
        if found is None and self.is_open and name not in self.variables:
            return Variable()
        return found

    def variable(self, name: str) -> Variable:
        """Give a variable; an unknown one (open vocabulary) with nothing known."""
        return self.variables.get(name, Variable())


def scoped(node: Node, own_list: str | None = None) -> Iterator[tuple[Node, str | None]]:
    """Give the node and all below it with the list in whose rows it stands; lists' names are left out."""
    yield node, own_list
    if not isinstance(node, Operation):
        return
    operands = node.operands
    if node.operator in LISTS and isinstance(operands[0], Name):
        own_list, operands = operands[0].name, operands[1:]
    for operand in operands:
        yield from scoped(operand, own_list)


def check(root: Node, words: Vocabulary, own_list: str | None = None) -> None:
    """Refuse (`ExpressionFault`) names, parts, options and content that the vocabulary does not have."""
    unknown = () if words.is_open else _unknown(root, words, own_list)
    first: dict[tuple[str, str | None], Finding] = {}
    for finding in unknown:
        first.setdefault((finding.code, finding.value), finding)
    found = list(first.values())
    found += _odd_sums(root, words)
    if found:
        raise ExpressionFault(tuple(found))


def near(name: str, known: Collection[str], otherwise: str = "Periksa kembali ejaan namanya.") -> str:
    """Say which known names are near: the name itself where it is one of them; `otherwise` where none is."""
    close = [name] if name in known else difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.6)
    return f"Mungkin yang dimaksud: {', '.join(close)}." if close else otherwise


def unknown_name(name: str, known: Collection[str], spot: Spot | None = None) -> Finding:
    """Say that a name is not known."""
    say = placed(f"Nama {name} tidak dikenal.", spot)
    return Finding("UNKNOWN_NAME", say, near(name, known), value=name)


def _unknown(root: Node, words: Vocabulary, own_list: str | None) -> Iterator[Finding]:
    for node, inside in scoped(root, own_list):
        match node:
            case Name(name, spot) if name not in CONTEXT:
                columns = words.lists.get(inside or "", {})
                if name not in words.variables and name not in columns:
                    yield unknown_name(name, [*words.variables, *columns], spot)
            case Operation(operator, operands):
                yield from _operation(operator, operands, words, inside)
            case _:
                pass


def _operation(
    operator: Operator, operands: tuple[Node, ...], words: Vocabulary, own_list: str | None
) -> Iterator[Finding]:
    match operator:
        case Operator.PART | Operator.SUM_OF:
            yield from _part(operands, words)
        case Operator.HAS:
            yield from _options(operands[0], operands[1:], words, own_list)
        case Operator.EQUAL | Operator.UNEQUAL | Operator.IN:
            yield from _options(operands[0], operands[1:], words, own_list)
        case Operator.COUNT_ROWS | Operator.SUM_ROWS:
            yield from _content("UNKNOWN_LIST", "Daftar", operands[0], words.lists)
        case Operator.PARAM:
            yield from _content("UNKNOWN_PARAM", "Parameter", operands[0], words.params)
        case Operator.LOOKUP:
            yield from _content("UNKNOWN_TABLE", "Tabel rujukan", operands[0], words.tables)
        case Operator.CLASS_OF:
            yield from _content("UNKNOWN_INDEX", "Indeks", operands[1], words.indices)
        case Operator.CLASS_RANK:
            yield from _content("UNKNOWN_INDEX", "Indeks", operands[0], words.indices)
        case _:
            pass


def text_of(node: Node) -> str:
    """Give the text of a constant or the name of a name; empty for anything else."""
    if isinstance(node, Name):
        return node.name
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else ""


def _content(code: str, what: str, node: Node, known: Collection[str]) -> Iterator[Finding]:
    name = text_of(node)
    if name not in known:
        say = placed(f"{what} {name} tidak dikenal.", node.spot)
        yield Finding(code, say, near(name, known), value=name)


def _part(operands: tuple[Node, ...], words: Vocabulary) -> Iterator[Finding]:
    name, classification, *code = (text_of(operand) for operand in operands)
    if name not in words.variables:
        return
    own = words.variables[name].classifications
    if classification not in own:
        say = placed(f"{name} tidak dirinci menurut {classification}.", operands[1].spot)
        remedy = f"{name} dirinci menurut {', '.join(own)}." if own else f"{name} tidak mempunyai rincian."
        yield Finding("UNKNOWN_PART", say, remedy, value=classification)
    elif code and code[0] not in words.classifications[classification]:
        say = placed(f"Klasifikasi {classification} tidak mempunyai kategori {code[0]}.", operands[2].spot)
        yield Finding(
            "UNKNOWN_PART", say, near(code[0], words.classifications[classification]), value=code[0]
        )


def _options(
    node: Node, values: tuple[Node, ...], words: Vocabulary, own_list: str | None
) -> Iterator[Finding]:
    name = next((text_of(below) for below, _ in scoped(node) if isinstance(below, Name)), "")
    direct = isinstance(node, Name) or (isinstance(node, Operation) and node.operator in _READINGS)
    variable = words.column(name, own_list) or words.variables.get(name)
    if not direct or variable is None or variable.options is None:
        return
    for value in values:
        if (
            isinstance(value, Constant)
            and isinstance(value.value, str)
            and value.value not in variable.options
        ):
            say = placed(f"{name} tidak mempunyai pilihan {value.value}.", value.spot)
            yield Finding("UNKNOWN_OPTION", say, near(value.value, variable.options), value=value.value)


_READINGS = {Operator.PART, Operator.PREVIOUS, Operator.YEAR_EARLIER}


def _odd_sums(root: Node, words: Vocabulary) -> Iterator[Finding]:
    """Find sums that have no plain meaning: quotients of rows, a year's sum of a stock."""
    for node, _ in scoped(root):
        if not isinstance(node, Operation):
            continue
        if node.operator is Operator.SUM_ROWS and not _has_fixed_decimals(node.operands[1]):
            yield Finding(
                "SUM_OF_QUOTIENTS",
                placed("Hasil bagi tiap baris tidak dapat dijumlahkan persis.", node.spot),
                "Bulatkan dahulu, misalnya sum_rows(usulan, round(USL_008 / USL_006, 2), true).",
            )
        if node.operator is Operator.YEAR_TO_DATE:
            name = next(text_of(below) for below, _ in scoped(node) if isinstance(below, Name))
            if words.variable(name).time in {Time.STOCK, Time.NONE}:
                yield Finding(
                    "YEAR_TO_DATE_OF_STOCK",
                    placed(f"{name} bukan arus, jadi tidak dijumlahkan sejak Januari.", node.spot),
                    "Pakai year_to_date hanya bagi kejadian atau nilai selama satu periode.",
                    value=name,
                )


def _has_fixed_decimals(node: Node) -> bool:
    """Whether every value of a number has decimals known beforehand, so that sums are exact in any table."""
    match node:
        case Operation(Operator.ROUND, _):
            return True
        case Operation(Operator.DIVIDE, (above, below)):
            return _has_fixed_decimals(above) and isinstance(below, Constant)
        case Operation(Operator.CASE, operands):
            return all(_has_fixed_decimals(value) for value in (*operands[1::2], operands[-1]))
        case Operation(Operator.COUNT_ROWS | Operator.HAS, _):
            return True
        case Operation(_, operands):
            return all(_has_fixed_decimals(operand) for operand in operands)
        case _:
            return True
