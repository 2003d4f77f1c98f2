"""Which cells of a submission a check ties to others: what is opened again with a cell that is returned."""

from collections.abc import Collection, Iterator

from sidara.checks.core import RuleBook, Task
from sidara.collection.core.submission import Key
from sidara.dictionary.core import ListOfRows
from sidara.kernel.breakdown import TOTAL


def tied_to(
    tasks: Collection[Task], book: RuleBook, period: str, cells: Collection[Key], present: Collection[Key]
) -> frozenset[Key]:
    """Give those of the cells in `present` that stand in a task with one of `cells`, these left out.

    One step far: what a tied cell is tied to in turn stays as it is. Of a list only the same row.
    """
    rows = {key.row for key in present if key.row}
    wanted, known = set(cells), set(present)
    made: set[Key] = set()
    for task in tasks:
        for row in rows if task.rule.own_list else {""}:
            named = set(_named(task, book, period, row))
            if named & wanted:
                made |= named
    return frozenset((made & known) - wanted)


def _named(task: Task, book: RuleBook, period: str, row: str) -> Iterator[Key]:
    """Give the cells of this submission that a task names, those of a list in one of its rows."""
    own_list = task.rule.own_list
    yield Key(row if own_list else "", task.rule.variable, task.breakdown)
    for slot in task.slots:
        item = book.items.get(slot.variable)
        if item is None or item.form != task.rule.form or (slot.period or period) != period:
            continue
        if not item.own_list:
            yield Key("", slot.variable, slot.breakdown)
        elif item.own_list == own_list:
            yield Key(row, slot.variable, slot.breakdown)


def rows_opened(
    lists: Collection[ListOfRows], cells: Collection[Key], present: Collection[Key]
) -> frozenset[Key]:
    """Give the cells with which rows of lists are added and taken out, for `cells` that are opened again.

    The own cell of a list, with which it takes new rows, and that of each row that is opened; of a list that
    is opened itself those of all rows.
    """
    made: set[Key] = set()
    for one in lists:
        codes = {one.code, *(column.code for column in one.columns)}
        rows = {key.row for key in cells if key.variable in codes}
        if "" in rows:
            rows |= {key.row for key in present if key.variable in codes}
        made |= {Key(row, one.code, TOTAL) for row in rows | ({""} if rows else set())}
    return frozenset(made - set(cells))


def own_cells(lists: Collection[ListOfRows], present: Collection[Key]) -> dict[Key, frozenset[Key]]:
    """Give the own cells of lists and of their rows, each with the cells of `present` that it stands for."""
    made: dict[Key, set[Key]] = {}
    for one in lists:
        codes = {one.code, *(column.code for column in one.columns)}
        whole = made.setdefault(Key("", one.code, TOTAL), set())
        for key in present:
            if key.variable in codes:
                whole.add(key)
                if key.row:
                    made.setdefault(Key(key.row, one.code, TOTAL), set()).add(key)
    return {key: frozenset(cells) for key, cells in made.items()}
