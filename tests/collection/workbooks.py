"""Workbooks of tests: given out by the service, filled in by openpyxl as a person would."""

import io

import openpyxl

from sidara.collection import queries
from sidara.kernel.actor import OPERATOR
from tests.collection.conftest import NOW

VILLAGE, DISTRICT = "62.01.02.2016", "62.01.02"


def given_out(form, period, *, uid, region=VILLAGE):
    content, findings = queries.form_workbook(
        OPERATOR, form=form, region=region, period=period, uid=uid, now=NOW
    )
    assert findings == ()
    assert content is not None
    return content


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def closed(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def boxes(book):
    """Give the boxes of a workbook by (region, row, `CODE@BREAKDOWN`), and those of their explanations."""
    found, whys = {}, {}
    for sheet in book:
        if not str(sheet["A1"].value).startswith("sidara:"):
            continue
        marks = {cell.column: str(cell.value or "") for cell in sheet[1]}
        for line in sheet.iter_rows(min_row=2):
            if not line[0].value or line[0].value == "-":
                continue
            region, row, keys = line[0].value.split(";")
            for column, mark in marks.items():
                kind, _, name = mark.partition(":")
                if name.startswith("#"):
                    at = int(name[1:])
                    name = keys.split(",")[at] if at < len(keys.split(",")) else ""
                if name and kind in {"in", "why"}:
                    (found if kind == "in" else whys)[region, row, name] = line[column - 1]
    return found, whys


def fill(content, values, whys=None, *, region=VILLAGE):
    """Type values into the boxes of a workbook, by `CODE@BREAKDOWN` or (row, `CODE@BREAKDOWN`)."""
    book = opened(content)
    found, notes = boxes(book)
    for typed, where in ((values, found), (whys or {}, notes)):
        for name, value in typed.items():
            row, key = name if isinstance(name, tuple) else ("", name)
            where[region, row, key].value = value
            if isinstance(value, str) and value.startswith("="):
                where[region, row, key].data_type = "s"
    return closed(book)
