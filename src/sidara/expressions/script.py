"""Writes a bound expression for the device: a program of plain JSON for `static/expressions/runtime.js`.

Data instead of code: nothing is ever executed that was not shipped with the page, as its content security
policy asks. Numbers are text, exact; days are days since 1970.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sidara.expressions.binding import Bound, Slot
from sidara.expressions.nodes import CONTEXT, Constant, Kind, Name, Node, Operation
from sidara.expressions.subject import Row, Subject, Tables, cell_of
from sidara.kernel.cell import Cell

EPOCH = date(1970, 1, 1)
_KINDS = {Kind.NUMBER: "number", Kind.TEXT: "text", Kind.BOOLEAN: "truth", Kind.DATE: "day", None: "any"}


def to_javascript(bound: Bound) -> dict[str, Any]:
    """Give the program of a bound expression; `prepare(program)` of the runtime evaluates it."""
    return {
        "root": _program(bound.root),
        "cells": [_slot(slot) for slot in bound.cells],
        "lists": {name: [_slot(slot) for slot in bound.columns(name)] for name in bound.lists},
        "context": {name: _KINDS[kind] for name, kind in CONTEXT.items()},
    }


def subject_for_device(bound: Bound, subject: Subject, tables: Tables) -> dict[str, Any]:
    """Give what a program reads of a subject: cells with their states, rows, tables, where and when."""
    return {
        "cells": {slot.key: _cell(subject.cell(slot)) for slot in bound.cells},
        "lists": {name: _rows(bound, name, subject) for name in bound.lists},
        "tables": {
            name: {key: _digits(figure) for key, figure in tables.get(name, {}).items()}
            for name in bound.tables
        },
        "context": {name: _plain(value) for name, value in subject.context.items()},
    }


def _rows(bound: Bound, name: str, subject: Subject) -> list[dict[str, Any]] | None:
    rows = subject.lists.get(name)
    if rows is None:
        return None

    def cells(row: Row) -> dict[str, Any]:
        return {slot.key: _cell(cell_of(row, slot)) for slot in bound.columns(name)}

    return [cells(row) for row in rows]


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "key": slot.key,
        "state": slot.state_key,
        "kind": _KINDS[slot.kind],
        "readsZero": slot.reads_zero,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"state": cell.state.value, "value": _plain(cell.value)}


def _plain(value: object) -> str | bool | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if isinstance(value, bool) or value is None else str(value)


def _digits(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


def _program(node: Node) -> list[Any]:  # noqa: PLR0911 - one case for each form of the language
    match node:
        case Constant(bool() as truth):
            return ["truth", truth]
        case Constant(Fraction() as number):
            return ["number", _digits(number)]
        case Constant(str() as text):
            return ["text", text]
        case Constant(date() as day):
            return ["day", (day - EPOCH).days]
        case Name(name):
            return ["name", name]
        case Operation(operator, operands):
            return [operator.value, *(_program(operand) for operand in operands)]
        case _:
            return ["null"]
