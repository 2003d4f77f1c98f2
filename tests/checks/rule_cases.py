"""Reads `cases/rules.txt`: a rule, cells with which it holds and fails, the words, the place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from sidara.checks.core import Context, Item, RuleBook
from sidara.expressions import Kind
from sidara.kernel.cell import Cell, State
from sidara.kernel.period import Period, containing

REGION = "62.99.01.2001"
TODAY = date(2025, 11, 24)
TABLES = {
    "pagu_dana_desa": {REGION: Fraction(900_000_000)},
    "pagu_add": {REGION: Fraction(500_000_000)},
    "silpa_laporan_akhir": {REGION: Fraction(25_000_000)},
}
TOKEN = re.compile(r"([^\s=]+)=(\[[^\]]*\]|'[^']*'|\([^)]*\)|\S*)")


@dataclass
class RuleCase:
    code: str
    category: str = ""
    kind: str = "desa"
    holds: str = ""
    fails: str = ""
    message: str = ""
    remedy: str = ""
    place: str = ""


def read() -> list[RuleCase]:
    text = (Path(__file__).parent / "cases" / "rules.txt").read_text("utf-8")
    blocks = [block.splitlines() for block in re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).split("\n\n")]
    return [_case([line for line in block if line]) for block in blocks if any(block)]


def _case(lines: list[str]) -> RuleCase:
    code, *rest = lines[0].split()
    made = RuleCase(code)
    for word in rest:
        if ":" in word:
            made.category = word
        else:
            made.kind = word
    names = {"+": "holds", "-": "fails", "!": "message", ">": "remedy", "@": "place"}
    for line in lines[1:]:
        setattr(made, names[line[0]], line[2:])
    return made


def given(book: RuleBook, case: RuleCase, text: str) -> tuple[dict[tuple[str, str, str], Cell], Context]:
    """The cells and the context of one line of cells."""
    rule = next(rule for rule in book.rules if rule.code == case.code)
    period = containing(rule.frequency, date(2025, 7, 1))
    cells, lists = {}, {}
    for name, value in TOKEN.findall(text):
        if value.startswith("["):
            rows = value[1:-1].split(";") if value != "[]" else []
            lists[name] = [dict(_row(book, row)) for row in rows]
        else:
            cells[key(name, period)] = cell(book.items[name[:7]], value)
    return cells, Context(period, rule.form, REGION, case.kind, TODAY, lists, TABLES)


def key(name: str, period: Period) -> tuple[str, str, str]:
    name, _, when = name.partition("@")
    variable, _, breakdown = name.partition("|")
    return variable, breakdown or "_T", when or str(period)


def _row(book: RuleBook, text: str) -> Iterator[tuple[str, Cell]]:
    for name, value in TOKEN.findall(text):
        yield name, cell(book.items[name], value)


def cell(item: Item, text: str) -> Cell:
    """Read a cell; a bare word of a state is the state, in quotes it is an option of that name."""
    if text in set(State) - {State.VALUE}:
        return Cell(State(text))
    text = text.strip("'()")
    match item.type.kind:
        case Kind.NUMBER:
            return Cell(State.VALUE, Decimal(text))
        case Kind.BOOLEAN:
            return Cell(State.VALUE, text == "true")
        case Kind.DATE:
            return Cell(State.VALUE, date.fromisoformat(text))
        case _:
            return Cell(State.VALUE, text)
