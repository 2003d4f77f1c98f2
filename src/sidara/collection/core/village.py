"""What a village filled in, over forms and periods, laid out as rules and formulas read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidara.checks.core import RuleBook, typed
from sidara.checks.core import Submission as Home
from sidara.collection.core.answering import REMOVED
from sidara.collection.core.submission import Content, Key
from sidara.dictionary.core import Answers, Dictionary, ListOfRows
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import Cell, State

__all__ = ["Home", "Village", "rows_there"]


@dataclass(frozen=True, slots=True)
class Village:
    """The contents of a village's submissions by form and period, with the words to read them."""

    region: str
    kind: str
    contents: Mapping[Home, Mapping[Key, Content]]
    dictionary: Dictionary
    book: RuleBook

    def answers(self) -> Answers:
        """Give the answers: cells by (variable, breakdown, period), rows of lists that are there."""
        cells: dict[tuple[str, str, str], Cell] = {}
        lists: dict[tuple[str, str], list[dict[str, Cell]] | None] = {}
        for home, contents in self.contents.items():
            for key, content in contents.items():
                if not key.row and key.variable in self.dictionary.variables:
                    cells[key.variable, key.breakdown, home.period] = self._cell(key, content)
            for one in self.dictionary.lists_of(home.form):
                ids = self.rows(one.code, home.period)
                lists[one.code, home.period] = None if ids is None else [self._row(home, row) for row in ids]
        return Answers(self.region, self.kind, cells, lists)

    def _row(self, home: Home, row: str) -> dict[str, Cell]:
        return {
            key.variable: self._cell(key, content)
            for key, content in self.contents[home].items()
            if key.row == row and key.variable in self.dictionary.columns
        }

    def _cell(self, key: Key, content: Content) -> Cell:
        return typed(self.book.items[key.variable], content.state.value, content.value)

    def rows(self, own_list: str, period: str) -> tuple[str, ...] | None:
        """Give the ids of the rows that are there (`rows_there`); `None` = not filled.

        A list that says `tidak_ada` and has no rows is declared empty; one whose rows were all taken out is
        not filled.
        """
        one = self.dictionary.lists[own_list]
        contents = self.contents.get(Home(one.form, period), {})
        there = rows_there(contents, one)
        declared = contents.get(Key("", own_list, TOTAL))
        if not there and (declared is None or declared.state is not State.NONE):
            return None
        return there


def rows_there(cells: Mapping[Key, Content], one: ListOfRows) -> tuple[str, ...]:
    """Give the rows of a list that are there, in the order of their ids.

    A row is there from its first filled cell until its own cell says that it was taken out.
    """
    codes = {one.code, *(column.code for column in one.columns)}
    there = {
        key.row
        for key, content in cells.items()
        if key.row and key.variable in codes and content.state is not State.EMPTY
    }
    gone = {
        key.row for key, content in cells.items() if key.variable == one.code and content.value == REMOVED
    }
    return tuple(sorted(there - gone))
