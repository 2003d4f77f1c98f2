"""What stands in a form, laid out for reading: section by section, list by list, in the words of the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sidara.collection.core.answering import Asking
from sidara.collection.core.blank import Blank, Sheet, asked_columns, sheets_of
from sidara.collection.core.submission import EMPTY, Content, Key
from sidara.dictionary.core import Column, ListOfRows, Type
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.regions.core import Region
from sidara.ui.language import format_number, say


@dataclass(frozen=True)
class Line:
    """A question, a category of one or a row of a list, with its answers and the column of each.

    Without answers it is a heading of what follows.
    """

    label: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """A section, a grid of one, or a list: `columns` are the words above the answers (empty = one plain one).

    `note` says what there is to say where there are no lines.
    """

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def width(self) -> int:
        """How many columns it has with that of the questions."""
        return max(1, len(self.columns)) + 1


def said(asking: Asking, key: Key, content: Content) -> str:
    """Say what stands in a cell: figures with their unit, labels of options, words of states."""
    if content.state is not State.VALUE:
        return say(content.state.words)
    asked = asking.variables.get(key.variable) or asking.columns.get(key.variable)
    text = content.value or ""
    if asked is None:
        return text
    if asked.is_number:
        return f"{format_number(Decimal(text), asked.decimals or 0)} {asked.unit}".strip()
    if asked.type is Type.YES_NO:
        return say("Ya") if text == "true" else say("Tidak")
    labels = {one.code: one.label for one in asking.dictionary.options_of(asked)} if asked.is_choice else {}
    return ", ".join(labels.get(code, code) for code in text.split(" ")) if labels else text


def parts_of(asking: Asking, place: Region, cells: Mapping[Key, Content]) -> Sequence[Part]:
    """Lay out all that a form asks of a village, with what stands there."""
    blank = Blank(place, cells=cells)
    sheets = (_sheet(asking, blank, sheet) for sheet in sheets_of(asking))
    lists = (_list(asking, blank, one) for one in asking.questionnaire.lists if blank.asks(one))
    return [part for part in (*sheets, *lists) if part.lines or part.note]


def _sheet(asking: Asking, blank: Blank, sheet: Sheet) -> Part:
    columns = sheet.columns or ("",)
    lines = (
        Line(
            line.label,
            tuple(
                (column, _said(asking, blank, Key("", *key)))
                for column, key in zip(columns, line.keys, strict=False)
            ),
        )
        for line in sheet.lines
        if blank.asks(line.asked)
    )
    return Part(sheet.title, sheet.columns, tuple(lines))


def _list(asking: Asking, blank: Blank, one: ListOfRows) -> Part:
    rows = blank.rows(one)
    columns = asked_columns(one)
    declared = blank.cells.get(Key("", one.code, TOTAL), EMPTY)
    words = say("Dinyatakan tidak ada isinya.") if declared.state is State.NONE else say("Belum ada baris.")
    return Part(
        one.name,
        tuple(column.name for column in columns),
        tuple(_rows(asking, blank, rows, columns)),
        "" if rows else words,
    )


def _rows(asking: Asking, blank: Blank, rows: Sequence[str], columns: Sequence[Column]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        values = tuple((one.name, _said(asking, blank, Key(row, one.code, TOTAL))) for one in columns)
        yield Line(say("Baris {n}", n=format_number(number)), values)


def _said(asking: Asking, blank: Blank, key: Key) -> str:
    return said(asking, key, blank.cells.get(key, EMPTY))
