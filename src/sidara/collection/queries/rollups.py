"""Roll-ups of lists as the change log would say them: what each revision made of counts and sums of rows.

They are computed and not stored. Each revision that changed a row is replayed on the rows before it, by the
formulas of the version in which its form is filled in; so whoever reads the log learns what was known when.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import batched, groupby
from typing import Any

import polars as pl
from django.db import connection

from sidara.checks import queries as checks
from sidara.collection import models
from sidara.collection.core.answering import canonical_value
from sidara.collection.core.submission import Content, Key
from sidara.collection.core.village import Home, Village
from sidara.collection.queries.datasets import READ_CHANGES, VERSION_DIGITS
from sidara.collection.queries.judging import reader_of
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, Reader, rolled_up
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import Cell, State
from sidara.regions import queries as regions

SCHEMA: dict[str, Any] = {
    "sequence": pl.Int64,
    "dataset": pl.String,
    "measure": pl.String,
    "region_id": pl.Int64,
    "period": pl.String,
    "row": pl.String,
    "variable": pl.String,
    "breakdown": pl.String,
    "state": pl.String,
    "value": pl.String,
    "revision": pl.Int64,
    "definition": pl.String,
    "level": pl.Int8,
    "changed_at": pl.Datetime("us", "UTC"),
}
"""The columns of the change log."""
AT_ONCE = 500
"""Submissions whose rows are replayed together."""


def rollups(actor: Actor) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Give the roll-ups (variable, breakdown) of lists by what is a cell of one: its code, its columns."""
    reader = reader_of(actor, dictionary.dictionary(actor))
    made: dict[str, Sequence[tuple[str, str]]] = {}
    for code, variables in reader.rollups.items():
        cells = [
            (one.code, part)
            for one in variables
            for part in (TOTAL, *(reader.dictionary.breakdowns(one) if one.rows_by else ()))
        ]
        names = (code, *(column.code for column in reader.dictionary.lists[code].columns))
        made |= dict.fromkeys(names, cells)
    return made


def rollups_digest(actor: Actor) -> str:
    """Name which roll-ups there are: another one where the dictionary gains or loses one."""
    cells = sorted({cell for own in rollups(actor).values() for cell in own})
    return sha256(repr(cells).encode()).hexdigest()[:16]


def rollups_since(actor: Actor, cursor: int, upto: int) -> pl.DataFrame:
    """Give what changes of rows after `cursor` and up to `upto` made of the roll-ups (`SCHEMA`).

    A revision stands at its last change of a list, so that it is told once however the log is cut. A list
    that is not filled has empty roll-ups, one that was declared empty counts 0. Same right as the log.
    """
    require(actor, READ_CHANGES)
    known = rollups(actor)
    parts = [pl.DataFrame(schema=SCHEMA)]
    touched = _touched(list(known), cursor, upto) if known else []
    told = _Telling(actor, {cell for own in known.values() for cell in own}, _kinds(actor), cursor, upto)
    for some in batched(touched, AT_ONCE):
        rows = [row for one in _replays(some) for row in told.of(one)]
        parts.append(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    return pl.concat(parts).sort("sequence", maintain_order=True)


@dataclass(frozen=True)
class _Replay:
    """A submission with all that its log says of rows and lists: changes by revision, in order."""

    dataset: str
    measure: str
    region: int
    form: str
    number: int
    period: str
    revisions: Sequence[tuple[int, datetime, str, Sequence[tuple[int, Key, Content]]]]
    """Number, moment, version of the form, changes with their sequence."""


def _touched(names: Sequence[str], cursor: int, upto: int) -> list[int]:
    """Give the submissions of which a row or a list changed in a stretch of the log."""
    marks = ",".join(["%s"] * len(names))
    with connection.cursor() as reading:
        reading.execute(
            "SELECT DISTINCT c.submission_id FROM collection_change h "  # noqa: S608 - marks only
            "JOIN collection_cell c ON c.id = h.cell_id JOIN collection_variable v ON v.id = c.variable_id "
            "WHERE h.sequence > %s AND h.sequence <= %s AND c.submission_id IS NOT NULL "
            f"AND v.code IN ({marks}) ORDER BY c.submission_id",
            [cursor, upto, *names],
        )
        return [one for (one,) in reading.fetchall()]


def _replays(ids: Iterable[int]) -> Iterator[_Replay]:
    """Read what the log says of rows and lists of submissions."""
    wanted = list(ids)
    heads = {
        row[0]: row[1:]
        for row in models.Submission.objects.filter(pk__in=wanted).values_list(
            "pk", "dataset__code", "dataset__measure", "region_id", "form", "form_number", "period"
        )
    }
    rows = (
        models.Change.objects.filter(cell__submission_id__in=wanted)
        .order_by("cell__submission_id", "record_id", "sequence")
        .values_list(
            "cell__submission_id",
            "record__number",
            "record__made_at",
            "record__form_version",
            "sequence",
            "cell__row",
            "cell__variable__code",
            "cell__breakdown",
            "state",
            "value",
        )
    )
    for own, of_one in groupby(rows, key=lambda row: row[0]):
        revisions = []
        for said, changes in groupby(of_one, key=lambda row: row[1:4]):
            told = [
                (sequence, Key(row, code, breakdown), Content(State(state), value))
                for *_, sequence, row, code, breakdown, state, value in changes
            ]
            revisions.append((*said, told))
        yield _Replay(*heads[own], revisions)


@dataclass(frozen=True)
class _Telling:
    """What is told: of these roll-ups, where a revision stands in this stretch of the log."""

    actor: Actor
    cells: Collection[tuple[str, str]]
    kinds: Mapping[int, str]
    cursor: int
    upto: int

    def of(self, one: _Replay) -> Iterator[tuple[object, ...]]:
        """Replay the revisions of a submission."""
        asked = dictionary.form(self.actor, one.form, one.number)
        at = periods.parse(one.period)
        if asked is None or at is None:
            return
        made = asked.dictionary
        reader, book = reader_of(self.actor, made), checks.rules_of(self.actor, made)
        lists, kind = _lists(reader, one.form), self.kinds.get(one.region, "desa")
        contents: dict[Key, Content] = {}
        for number, made_at, version, changes in one.revisions:
            contents |= {key: content for _, key, content in changes}
            ends = self._ends(lists, changes)
            if not ends:
                continue
            answers = Village("", kind, {Home(one.form, one.period): contents}, made, book).answers()
            for name, end in ends.items():
                empty = _empty(contents.get(Key("", name, TOTAL)))
                for (code, breakdown, _), cell in rolled_up(
                    reader, answers, reader.rollups[name], at
                ).items():
                    if (code, breakdown) in self.cells:
                        yield (
                            *(end, one.dataset, one.measure, one.region, one.period, "", code, breakdown),
                            *_written(made, code, cell, empty),
                            *(number, f"{one.form}@{version[:VERSION_DIGITS]}", None, made_at),
                        )

    def _ends(
        self, lists: Mapping[str, str], changes: Iterable[tuple[int, Key, Content]]
    ) -> Mapping[str, int]:
        """Give the last change of each list that a revision changed, where it lies in the stretch."""
        ends: dict[str, int] = {}
        for sequence, key, _ in changes:
            if name := lists.get(key.variable):
                ends[name] = max(sequence, ends.get(name, 0))
        return {name: end for name, end in ends.items() if self.cursor < end <= self.upto}


def _lists(reader: Reader, form: str) -> Mapping[str, str]:
    """Give the list of each cell of it that has roll-ups, of the lists of a form."""
    return {
        name: own.code
        for own in reader.dictionary.lists_of(form)
        if own.code in reader.rollups
        for name in (own.code, *(column.code for column in own.columns))
    }


def _empty(declared: Content | None) -> State:
    """Give the state of a roll-up without value: what is said of the list, where that is no list."""
    said = declared.state if declared is not None else State.EMPTY
    return State.EMPTY if said in {State.VALUE, State.NONE} else said


def _written(made: Dictionary, code: str, cell: Cell, empty: State) -> tuple[str, str | None]:
    if cell.state is not State.VALUE or cell.value is None:
        return empty.value, None
    return State.VALUE.value, canonical_value(made, made.variables[code], cell.value)


def _kinds(actor: Actor) -> Mapping[int, str]:
    """Give the kind of each village, the example villages included."""
    found: dict[int, str] = {}
    for examples in (False, True):
        frame = regions.dimension(actor, examples=examples)
        found |= dict(frame.select("region_id", "kind").iter_rows())
    return found
