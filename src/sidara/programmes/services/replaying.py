"""The past of lists of submissions: what revisions said of their rows, to which levels acts brought them."""

from collections.abc import Collection, Mapping

from sidara.collection import queries as collection
from sidara.kernel.actor import Actor
from sidara.programmes.core.registers import Act, Save
from sidara.verification import queries as verification


def past(
    actor: Actor, *, uids: Collection[str], columns: Mapping[str, str]
) -> tuple[dict[tuple[str, str], list[Save]], dict[tuple[str, str], list[Act]]]:
    """Give revisions and acts of submissions (uid), by uid and list; `columns` give the list of a cell."""
    cells: dict[tuple[str, str, int], Save] = {}
    for said in collection.rows_said(actor, uids, columns):
        key = said.uid, columns[said.variable], said.number
        one = cells.setdefault(key, Save(said.number, said.made_at, {}))
        one.cells[said.row, said.variable] = said.state, said.value  # type: ignore[index]  # filled here only
    saves: dict[tuple[str, str], list[Save]] = {}
    for (uid, code, _), one in cells.items():
        saves.setdefault((uid, code), []).append(one)
    acts: dict[tuple[str, str], list[Act]] = {}
    for raised in verification.rows_raised(actor, uids, columns):
        cell = (raised.row, raised.variable) if raised.variable else None
        act = Act(raised.number, raised.made_at, [(cell, raised.level)])
        for code in {columns[raised.variable]} if raised.variable else set(columns.values()):
            acts.setdefault((raised.uid, code), []).append(act)
    return saves, acts
