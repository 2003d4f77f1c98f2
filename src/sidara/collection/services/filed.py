"""An import once every cell has its verdict: what changes, and what checks say of what was sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import batched

import polars as pl

from sidara.checks import queries as checks
from sidara.checks.core import CellFinding
from sidara.collection import queries
from sidara.collection.core import Verdict
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.bulk.judging import FRAME, Bulk, judge_cells
from sidara.collection.core.bulk.merging import contents_after, each_once
from sidara.collection.core.bulk.placing import Target, at_cell
from sidara.collection.core.judging import reason_missing
from sidara.collection.core.personal import personal_texts
from sidara.collection.core.prefill import Origin
from sidara.collection.core.submission import Content, Key, Merged, Sent
from sidara.collection.core.village import Home
from sidara.dictionary.core import Dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place
from sidara.kernel.personal import MAY_LOOK_PERSONAL

REQUIRED = "REQUIRED_EMPTY"
AT_ONCE = 20_000
"""Findings of rules that are held at a time: a file of one cell for each form may touch every village."""
CHANGED = [Verdict.CREATED.value, Verdict.UPDATED.value]


@dataclass(frozen=True, eq=False)
class Filed:
    """An import once every cell has its verdict.

    `merged`: cells read, with verdict and what was stored; `cells`: those sent, with their places; `stored`:
    present cells of the targets; `alone`: what was merged one by one, by number of the target; `origins`:
    where cells that change were taken over from.
    """

    incoming: Incoming
    dataset: str
    targets: Sequence[Target]
    merged: pl.DataFrame
    cells: pl.DataFrame
    stored: pl.DataFrame
    alone: Mapping[int, Merged]
    now: datetime
    origins: Mapping[tuple[int, Key], Origin]

    @cached_property
    def changed(self) -> pl.DataFrame:
        """The cells that change, each once, in the order of submissions and keys."""
        return each_once(self.merged.filter(pl.col("verdict").is_in(CHANGED)))

    @cached_property
    def after(self) -> pl.DataFrame:
        """The contents of the targets once the changes are stored."""
        return contents_after(self.stored, self.changed)

    def changed_targets(self) -> list[Target]:
        """Give the submissions that get a revision."""
        numbers = set(self.changed["sub"].to_list())
        numbers |= {number for number, one in self.alone.items() if one.records}
        return [self.targets[number] for number in sorted(numbers)]


def checked(actor: Actor, *, filed: Filed) -> Iterator[Finding]:
    """Judge the targets as they would be stored; gives what is said about cells that were sent."""
    yield from _texts(filed)
    yield from _reasons(filed)
    names = pl.DataFrame(
        [(one.number, one.key.form, one.key.region, one.key.period) for one in filed.targets],
        schema={"sub": pl.Int64, "form": pl.String, "region": pl.String, "period": pl.String},
        orient="row",
    )
    own = filed.after.join(names, on="sub").select(list(FRAME))
    taken = filed.merged.filter(pl.col("verdict").is_in([*CHANGED, Verdict.UNCHANGED.value]))
    sent = taken.join(names, on="sub").join(filed.cells.select("at", "line", "column", "sheet"), on="at")
    groups: dict[int, tuple[Dictionary, list[Target]]] = {}
    for one in filed.targets:
        groups.setdefault(id(one.asking.dictionary), (one.asking.dictionary, []))[1].append(one)
    for made, targets in groups.values():
        touched: dict[Home, set[str]] = {}
        for one in targets:
            touched.setdefault(Home(one.key.form, one.key.period), set()).add(one.key.region)
        bulk = Bulk(
            checks.rules_of(actor, made),
            queries.reader_of(actor, made),
            checks.kinds(actor),
            local_date(filed.now),
            {home: frozenset(regions) for home, regions in touched.items()},
            {one.key.region: one.place.kind.value for one in targets},
        )
        beside = _beside(actor, filed, targets, bulk.reads().homes)
        yield from _of_sent(judge_cells(bulk, pl.concat([own, beside])), sent, bulk)


def _beside(actor: Actor, filed: Filed, targets: Sequence[Target], homes: Iterable[Home]) -> pl.DataFrame:
    """Read what rules read beside the targets: other forms and periods of their regions."""
    regions = {one.place.id: one.key.region for one in targets}
    known = {one.id for one in filed.targets}
    found = queries.begun(actor, filed.dataset, regions, set(homes))
    other = {one.id: one for one in found if one.id not in known}
    if not other:
        return pl.DataFrame(schema=FRAME)
    names = pl.DataFrame(
        [(one.id, one.form, regions[one.region_id], one.period) for one in other.values()],
        schema={"sub": pl.Int64, "form": pl.String, "region": pl.String, "period": pl.String},
        orient="row",
    )
    cells = queries.stored_cells(actor, list(other))
    return (
        cells.rename({"old_state": "state", "old_value": "value"}).join(names, on="sub").select(list(FRAME))
    )


def _of_sent(found: Iterable[tuple[CellFinding, str]], sent: pl.DataFrame, bulk: Bulk) -> Iterator[Finding]:
    """Keep the findings that name a cell that was sent and taken, each at its place in the file.

    An empty cell is no matter of a file that does not send it, though it sends a cell by which it is asked.
    """
    for told in batched(found, AT_ONCE):
        yield from _of_some(told, sent, bulk)


def _of_some(told: Sequence[tuple[CellFinding, str]], sent: pl.DataFrame, bulk: Bulk) -> Iterator[Finding]:
    key = ("region", "period", "row", "variable", "breakdown")
    rows = [
        (number, order, cell.region, cell.period, row if bulk.book.items[cell.variable].own_list else "",
         cell.variable, cell.breakdown)
        for number, (one, row) in enumerate(told)
        for order, cell in enumerate(one.cells)
        if cell.variable in bulk.book.items and not (order and one.code == REQUIRED)
    ]  # fmt: skip
    schema = {"number": pl.Int64, "order": pl.Int64, **dict.fromkeys(key, pl.String)}
    named = pl.DataFrame(rows, schema=schema, orient="row")
    first = (
        named.join(sent.select(*key, "line", "column", "sheet"), on=list(key))
        .sort("number", "order", "line")
        .unique("number", keep="first", maintain_order=True)
    )
    for number, line, column, sheet in first.select("number", "line", "column", "sheet").iter_rows():
        one = told[number][0]
        yield replace(one, place=replace(one.place, line=line, column=column or "value", sheet=sheet))


def _texts(filed: Filed) -> Iterator[Finding]:
    """Warn of texts that look personal."""
    texts = [pl.col(name).str.contains(MAY_LOOK_PERSONAL) for name in ("value", "explanation")]
    looks = pl.any_horizontal(texts)
    for target, one in _sent_of(filed, filed.merged.filter(looks.fill_null(value=False))):
        for said in personal_texts(target.asking, [one]):
            yield at_cell(said, target, one.key.flat(), one.place)


def _reasons(filed: Filed) -> Iterator[Finding]:
    """Warn of required answers that say `tidak_tahu` without a reason."""
    bare = (pl.col("state") == State.UNKNOWN.value) & (pl.col("explanation") == "")
    for target, one in _sent_of(filed, filed.merged.filter(bare)):
        asked = target.asking.variables.get(one.key.variable) or target.asking.columns.get(one.key.variable)
        if asked is not None and asked.is_required:
            yield at_cell(reason_missing(asked.name), target, one.key.flat(), one.place)


def _sent_of(filed: Filed, cells: pl.DataFrame) -> Iterator[tuple[Target, Sent]]:
    where = cells.join(filed.cells.select("at", "line", "column", "sheet"), on="at", maintain_order="left")
    names = (
        "sub",
        "row",
        "variable",
        "breakdown",
        "state",
        "value",
        "explanation",
        "line",
        "column",
        "sheet",
    )
    for sub, row, variable, breakdown, state, value, explanation, line, column, sheet in where.select(
        names
    ).iter_rows():
        content = Content(State(state), value, explanation)
        place = Place(line, column or "value", sheet)
        yield filed.targets[sub], Sent(Key(row, variable, breakdown), content, place)
