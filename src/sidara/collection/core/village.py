"""What a village filled in, over forms and periods, laid out as rules and formulas read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidara.checks.core import RuleBook, typed
from sidara.checks.core import Submission as Home
from sidara.collection.core.answering import REMOVED
from sidara.collection.core.submission import Content, Key
from sidara.dictionary.core import Answers, Dictionary
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import Cell, State

__all__ = ["Home", "Village"]


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
        """Give the ids of the rows that are there, in the order of their ids; `None` = not filled.

        A row is there from its first filled cell until its own cell says `dihapus`. A list that says
        `tidak_ada` and has no rows is declared empty; one whose rows were all taken out is not filled.
        """
        one = self.dictionary.lists[own_list]
        contents = self.contents.get(Home(one.form, period), {})
        names = {own_list, *(column.code for column in one.columns)}
        gone = {
            key.row for key, said in contents.items() if key.variable == own_list and said.value == REMOVED
        }
        there = {
            key.row
            for key, said in contents.items()
            if key.row and key.row not in gone and key.variable in names and said.state is not State.EMPTY
        }
        declared = contents.get(Key("", own_list, TOTAL))
        if not there and (declared is None or declared.state is not State.NONE):
            return None
        return tuple(sorted(there))
