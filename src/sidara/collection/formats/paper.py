"""A form on paper (PDF/A-2a, PDF/UA-1): the sheets of the issue, boxes to write in, a QR code on each page.

The first pass says how many pages each village needs, the second one draws the codes (`ui.paper`).
"""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.resources import files
from typing import Any

from sidara.collection.core.blank import Blank, Issue, Line, Sheet, asked_columns
from sidara.collection.core.paper import PageCode
from sidara.collection.core.prefill import Offer
from sidara.collection.core.shown import shown
from sidara.collection.core.submission import EMPTY, Content, Key
from sidara.dictionary.core import Column, ListOfRows, Type, Variable
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.ui import paper

EMPTY_ROWS = 4
"""Rows that a list offers beside those that are there."""
WIDEST_LIST = 5
"""The most columns of a list that stand side by side; others stand down the page, row by row."""
MOST_OPTIONS = 12
"""More options than these are written by hand."""
HEIGHT, TEXT_HEIGHT = 19, 34
SOURCE = files("sidara.collection.formats").joinpath("paper.typ")
WORDS = {
    "question": "Pertanyaan",
    "answer": "Jawaban",
    "row": "Baris",
    "none": "Tidak ada (daftar ini memang kosong)",
    "page": "Halaman",
    "of": "dari",
    "code": "Kode halaman",
    "last": "periode lalu:",
    "offered": "tercatat:",
    "required": "wajib",
    "keep": "Jangan pisahkan halaman; kode di samping menyebut halaman ini.",
    "how": (
        "Tulis dengan jelas, satu jawaban satu kotak. Yang sudah tercetak adalah isian yang tersimpan; coret"
        " dan tulis yang benar di sampingnya. Kotak kosong tidak mengubah apa pun. Bila tidak ada angkanya,"
        " tulis: tidak ada, tidak tahu (beserta sebabnya), atau tidak berlaku. Yang tercetak kecil di bawah"
        " kotak tercatat di tempat lain; bila masih benar, tulis lagi di kotaknya. Serahkan kertas ini kepada"
        " kecamatan."
    ),
    "filler": "Diisi oleh (nama dan jabatan)",
    "day": "Tanggal pengisian",
    "sign-filler": "Tanda tangan yang mengisi",
    "sign-head": "Kepala desa atau lurah",
    "sign-typist": "Diketik oleh, tanggal",
}
SIMULATION = "Desa contoh: desa ini dan semua isiannya rekaan. Kecamatannya nyata."
"""What stands beside SIMULASI on each page of an example village."""
type Asked = Variable | Column


def write(issue: Issue) -> bytes:
    """Give the form as PDF; each village of the issue has pages of its own, numbered from 1."""
    return paper.pdf(partial(_laid, issue), _data(issue))


def pictures(issue: Issue, *, ppi: float = 144) -> list[bytes]:
    """Give each page as PNG, as it will be printed."""
    return paper.pictures(partial(_laid, issue), _data(issue), ppi=ppi)


def _data(issue: Issue) -> paper.Data:
    return {
        "title": issue.title,
        "words": WORDS,
        "simulation": SIMULATION if issue.is_simulated else "",
        "blanks": [laid_out(issue, one) for one in issue.blanks],
    }


def _laid(issue: Issue, data: paper.Data, **options: Any) -> Any:
    source = SOURCE.read_bytes()
    pages = {one["blank"]: one["pages"] for one in paper.marks(source, data, "<ends>")}
    codes = [list(_codes(issue, one, pages[at])) for at, one in enumerate(issue.blanks)]
    return paper.laid(source, data | {"codes": codes}, made_at=issue.made_at, **options)


def _codes(issue: Issue, blank: Blank, pages: int) -> Iterator[dict[str, str]]:
    """Draw the code of each page of a village."""
    form, version = issue.asking.questionnaire.form.code, issue.asking.number
    for page in range(1, pages + 1):
        text = PageCode(form, blank.region.code, str(issue.period), version, page, pages).text()
        yield {"text": text, "svg": paper.qr(text)}


def laid_out(issue: Issue, blank: Blank) -> dict[str, Any]:
    """Give what the paper of a village says, in its order."""
    form = issue.asking.questionnaire
    return {
        "name": blank.region.full_name,
        "code": blank.region.code,
        "within": ", ".join(one.full_name for one in reversed(blank.within)),
        "form": form.form.code,
        "form-name": form.form.name,
        "version": issue.asking.number,
        "period": issue.period_words,
        "sheets": [made for one in issue.sheets if (made := _sheet(issue, blank, one))["rows"]],
        "lists": [_list(issue, blank, one) for one in form.lists if blank.asks(one)],
    }


def _sheet(issue: Issue, blank: Blank, sheet: Sheet) -> dict[str, Any]:
    lines = [one for one in sheet.lines if blank.asks(one.asked)]
    columns = list(sheet.columns) or [WORDS["answer"]]
    if lines and _is_across(lines[0]):
        asked = [issue.asking.variables[code] for code, _ in lines[0].keys]
        columns = [_marked(words, one) for words, one in zip(columns, asked, strict=True)]
    return {
        "title": sheet.title,
        "columns": columns,
        "rows": [_line(issue, blank, one, is_wide=sheet.width > 1) for one in lines],
    }


def _line(issue: Issue, blank: Blank, line: Line, *, is_wide: bool) -> dict[str, Any]:
    asked = issue.asking.variables
    cells = [
        _cell(
            issue,
            asked[code],
            blank.cells.get(Key("", code, part), EMPTY),
            _last(issue, blank, code, part),
            blank.offers.get(Key("", code, part), ()),
        )
        for code, part in line.keys
    ]
    is_own = not line.is_part and line.label == line.asked.question
    return {
        "label": line.label,
        "part": line.is_part,
        "unit": "" if line.is_part and not is_wide else _unit(line.asked),
        "note": line.asked.definition if is_own else "",
        "required": line.asked.is_required and not line.is_part and not _is_across(line),
        "cells": cells,
    }


def _unit(asked: Asked) -> str:
    """Give the unit of a figure; that of other answers only repeats the type."""
    return asked.unit if asked.is_number else ""


def _is_across(line: Line) -> bool:
    """Whether a line is a category, with a question in each column."""
    return len({code for code, _ in line.keys}) > 1


def _marked(words: str, asked: Asked) -> str:
    """Say behind a name that it must be filled in."""
    return f"{words} ({WORDS['required']})" if asked.is_required else words


def _column(asked: Asked) -> str:
    """Name a column of a list, with its unit."""
    return _marked(f"{asked.name} ({_unit(asked)})" if _unit(asked) else asked.name, asked)


def _last(issue: Issue, blank: Blank, code: str, part: str) -> str:
    content = blank.last.get(Key("", code, part), EMPTY)
    return _text(issue, issue.asking.variables[code], content)


def _cell(
    issue: Issue, asked: Asked, content: Content, last: str = "", offers: Sequence[Offer] = ()
) -> dict[str, Any]:
    options = _options(issue, asked)
    chosen = set((content.value or "").split(" ")) if asked.type is Type.CHOICES else {content.value}
    return {
        "text": _text(issue, asked, content),
        "last": last,
        "offers": [
            f"{_text(issue, asked, one.content)} ({one.origin.words})"
            for one in offers
            if _text(issue, asked, one.content) != last
        ],
        "height": TEXT_HEIGHT if asked.type is Type.TEXT else HEIGHT,
        "options": [{"label": label, "chosen": code in chosen} for code, label in options],
    }


def _options(issue: Issue, asked: Asked) -> list[tuple[str, str]]:
    """Give the options that are ticked; where there are too many, the answer is written."""
    if asked.type is Type.YES_NO:
        return [("true", "Ya"), ("false", "Tidak")]
    found = (
        [(one.code, one.label) for one in issue.asking.dictionary.options_of(asked)]
        if asked.is_choice
        else []
    )
    return found if len(found) <= MOST_OPTIONS else []


def _text(issue: Issue, asked: Asked, content: Content) -> str:
    return shown(issue.asking.dictionary, asked, content)


def _list(issue: Issue, blank: Blank, own: ListOfRows) -> dict[str, Any]:
    columns = asked_columns(own)
    ids = [*blank.rows(own), *blank.rows_offered(own), *([""] * EMPTY_ROWS)]
    empty = blank.cells.get(Key("", own.code, TOTAL), EMPTY).state is State.NONE
    rows = [
        [
            _cell(
                issue,
                column,
                blank.cells.get(Key(row, column.code, TOTAL), EMPTY),
                offers=blank.offers.get(Key(row, column.code, TOTAL), ()),
            )
            for column in columns
        ]
        for row in ids
    ]
    return {
        "title": own.name,
        "empty": empty,
        "wide": len(columns) <= WIDEST_LIST,
        "columns": [_column(one) for one in columns],
        "rows": rows,
    }
