"""Names of cells in the words of the form, rows by what stands in them, and the order of the form."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from itertools import count

from sidara.collection.core.answering import REMOVED, Asking
from sidara.collection.core.submission import EMPTY, Content, Key
from sidara.collection.core.village import rows_there
from sidara.dictionary.core import ListOfRows
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.ui.language import format_number, say
from sidara.web.pages.entry.contents import said

LONGEST_ROW = 40
"""Letters by which a row is named."""
type Rank = tuple[int, int, int, Key]


class Names:
    """Names cells in the words of the form; `cells` are those that stand there, by which rows are told."""

    def __init__(self, asking: Asking, cells: Mapping[Key, Content] | None = None) -> None:
        """Take the words of a form, and what stands in it."""
        self.asking = asking
        self.cells = cells or {}

    def about(self, key: Key | None) -> str:
        """Name a cell, a row of a list (its own cell), a list (its cell without row), or the whole form."""
        if key is None:
            return say("Seluruh formulir")
        own = self.asking.lists.get(key.variable)
        asked = self.asking.variables.get(key.variable) or self.asking.columns.get(key.variable) or own
        name = asked.name if asked else key.variable
        if own is not None and not key.row:
            return name
        part = self._part(key) if key.breakdown != TOTAL else self.row(key) if key.row else ""
        return f"{name}: {part}" if part else name

    def row(self, key: Key) -> str:
        """Name the row of a cell: by what people know it by, else by its number in the list."""
        one = self._list_of.get(key.variable)
        if one is None:
            return say("baris lain")
        number = self._rows[one.code].get(key.row)
        if number is None:
            return self._label(one, key.row) or say("baris lain")
        told = say("baris {n}", n=format_number(number))
        text = self._label(one, key.row)
        if not text:
            return told
        return text if self._labels[one.code][text] == 1 else f"{text} ({told})"

    def _label(self, one: ListOfRows, row: str) -> str:
        """Give what people know a row by; empty where that is not filled in."""
        key = Key(row, one.label, TOTAL)
        stands = self.cells.get(key, EMPTY)
        text = said(self.asking, key, stands) if stands.state is State.VALUE else ""
        return text if len(text) <= LONGEST_ROW else f"{text[:LONGEST_ROW]}…"

    def said(self, key: Key, content: Content) -> str:
        """Say what stands in a cell; of a list how many rows it has, of a row whether it is there."""
        if key.variable not in self.asking.lists:
            return said(self.asking, key, content)
        if key.row:
            return say("baris dikeluarkan") if content.value == REMOVED else say("baris ada")
        return say("{n} baris", n=format_number(len(self._rows[key.variable])))

    def rank(self, key: Key) -> Rank:
        """Give the place of a cell in the form, to put cells in its order: row by row in lists."""
        one = self._list_of.get(key.variable)
        rows = self._rows[one.code] if one else {}
        at = rows.get(key.row, len(rows) + 1) if key.row else 0
        place, part = self._places.get((key.variable, key.breakdown), (len(self._places), 0))
        return (self._places[one.code, TOTAL][0] if one else place, at, part, key)

    def _part(self, key: Key) -> str:
        name, _, code = key.breakdown.partition(":")
        classification = self.asking.dictionary.classifications.get(name)
        labels = {one.code: one.label for one in classification.categories} if classification else {}
        return labels.get(code, key.breakdown)

    @cached_property
    def _list_of(self) -> Mapping[str, ListOfRows]:
        """The list of each column, and of each list itself."""
        lists = self.asking.questionnaire.lists
        columns = {column.code: one for one in lists for column in one.columns}
        return {one.code: one for one in lists} | columns

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, int]]:
        """The rows of each list that are there, each with its number."""
        lists = self.asking.questionnaire.lists
        return {one.code: {row: at for at, row in enumerate(rows_there(self.cells, one), 1)} for one in lists}

    @cached_property
    def _labels(self) -> Mapping[str, Counter[str]]:
        """How many rows of each list are known by the same words."""
        lists = self.asking.questionnaire.lists
        return {one.code: Counter(self._label(one, row) for row in self._rows[one.code]) for one in lists}

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Where each cell stands: the place of its question, and of it within that."""
        number = count()
        made: dict[tuple[str, str], tuple[int, int]] = {}
        for one in self.asking.questionnaire.variables:
            at = next(number)
            parts = (*self.asking.breakdowns[one.code], TOTAL)
            made |= {(one.code, part): (at, place) for place, part in enumerate(dict.fromkeys(parts))}
        for rows in self.asking.questionnaire.lists:
            codes = (rows.code, *(column.code for column in rows.columns))
            at = next(number)
            made |= {(code, TOTAL): (at, place) for place, code in enumerate(codes)}
        return made
