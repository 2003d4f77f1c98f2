"""Checks of many submissions at once: the rules on a table, copies of last year, computed values before them.

The findings are those of `core.judging` for the own rules of each submission; of these only those that name a
cell that was sent are told to who sends a file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sidara.checks.core import (
    COLUMNS,
    CellFinding,
    CellTable,
    Context,
    Kind,
    RuleBook,
    copies_in_table,
    judge_table,
    programme,
)
from sidara.collection.core.answering import REMOVED, canonical_value
from sidara.collection.core.judging import URBAN
from sidara.collection.core.reads import Reads
from sidara.collection.core.submission import Content, Key
from sidara.collection.core.village import Home, Village
from sidara.dictionary.core import Dictionary, Reader, computed
from sidara.dictionary.core.words import AppliesTo, Totals
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.period import Period

FRAME = dict.fromkeys(("form", *COLUMNS), pl.String)
"""Cells to judge: the form beside the columns of a table of cells."""


@dataclass(frozen=True)
class Bulk:
    """What judging many submissions of one version of the dictionary needs beside their cells.

    `touched` are the submissions that are judged: form and period -> regions. `kinds_of` gives the kind of
    each region.
    """

    book: RuleBook
    reader: Reader
    kinds: Mapping[str, Kind]
    today: date
    touched: Mapping[Home, frozenset[str]]
    kinds_of: Mapping[str, str]

    def reads(self) -> Reads:
        """Give what the rules of the touched submissions read."""
        made = Reads(self.book, self.reader)
        for home in self.touched:
            at = _at(home)
            made.homes |= {home, Home(home.form, str(at.year_earlier))}
            for task in programme(self.book, at, home.form):
                for part in (task.holds, task.when):
                    if part is not None:
                        made.take(part.bound, at)
        return made


def judge_cells(bulk: Bulk, cells: pl.DataFrame) -> Iterator[tuple[CellFinding, str]]:
    """Judge the touched submissions; `cells` (`FRAME`) hold theirs and those that rules read beside.

    Gives findings, each with the id of the row in which it stands, empty outside lists.
    """
    cells = _present(bulk.reader.dictionary, cells.sort("region", "row", maintain_order=True))
    cells = pl.concat([cells, _totals(bulk.reader.dictionary, cells)])
    cells = pl.concat([cells, _computed(bulk, cells)])
    rows = _row_ids(bulk.book, cells)
    tables: dict[frozenset[str], CellTable] = {}
    for home, regions in bulk.touched.items():
        if regions not in tables:
            own = cells.filter(pl.col("region").is_in(list(regions))).select(COLUMNS)
            tables[regions] = CellTable(own, bulk.book, bulk.kinds_of)
        table, at = tables[regions], _at(home)
        if not table.regions:
            continue
        context = Context(
            at, home.form, today=bulk.today, tables=bulk.reader.tables(at.year), region_kind="desa"
        )
        found = (
            *judge_table(table, context).findings,
            *copies_in_table(table, context, bulk.kinds, _alone(table)),
        )
        for one in found:
            if _concerns(bulk, one):
                yield (
                    one,
                    rows[one.cells[0].region, home.period, _list(bulk, one)][one.row - 1] if one.row else "",
                )


def _present(dictionary: Dictionary, cells: pl.DataFrame) -> pl.DataFrame:
    """Leave out rows of lists that are not there; a row that only says `ada` is one of empty cells."""
    labels = {code: one.label for code, one in dictionary.lists.items()}
    in_row, is_own = pl.col("row") != "", pl.col("variable").is_in(list(labels))
    rows = cells.filter(in_row)
    if rows.is_empty():
        return cells
    key = ["region", "period", "row"]
    gone = rows.filter(is_own & (pl.col("value") == REMOVED)).select(key)
    said = (
        rows.filter(pl.col("state") != State.EMPTY.value).join(gone, on=key, how="anti").select(key).unique()
    )
    there = rows.join(said, on=key, how="semi")
    labelled = there.filter(is_own).with_columns(
        variable=pl.col("variable").replace_strict(labels, default=None, return_dtype=pl.String),
        state=pl.lit(State.EMPTY.value),
        value=pl.lit(None, pl.String),
    )
    bare = labelled.join(there, on=[*key, "variable"], how="anti")
    return pl.concat([cells.filter(~in_row), there, bare]).sort("region", "row", maintain_order=True)


def _row_ids(book: RuleBook, cells: pl.DataFrame) -> dict[tuple[str, str, str], list[str]]:
    """Give the ids of the rows of each list in their order, by region and period."""
    lists = {item.code: item.own_list for item in book.items.values() if item.own_list}
    rows = cells.filter(pl.col("row") != "").with_columns(
        own_list=pl.col("variable").replace_strict(lists, default=None, return_dtype=pl.String)
    )
    found: dict[tuple[str, str, str], list[str]] = {}
    key = ["region", "period", "own_list", "row"]
    for region, period, own_list, row in (
        rows.drop_nulls("own_list").select(key).unique().sort(key).iter_rows()
    ):
        found.setdefault((region, period, own_list), []).append(row)
    return found


def _list(bulk: Bulk, one: CellFinding) -> str:
    item = bulk.book.items.get(getattr(one.place, "variable", ""))
    return item.own_list if item is not None else ""


def _alone(table: CellTable) -> Mapping[str, str]:
    """Give groups of one, so that nobody is held against a neighbour."""
    return {region: region for region in table.regions}


def _at(home: Home) -> Period:
    found = periods.parse(home.period)
    if found is None:
        raise ValueError(f"{home.period} is no period")
    return found


def _concerns(bulk: Bulk, one: CellFinding) -> bool:
    """Whether a finding stands at a question that is asked in a region of this kind."""
    code, region = getattr(one.place, "variable", ""), getattr(one.place, "region", "")
    if bulk.kinds_of.get(region) != URBAN or not code:
        return True
    dictionary = bulk.reader.dictionary
    asked = dictionary.columns[code][0] if code in dictionary.columns else dictionary.variables.get(code)
    return asked is None or asked.applies_to is not AppliesTo.VILLAGES


def _totals(dictionary: Dictionary, cells: pl.DataFrame) -> pl.DataFrame:
    """Give the sums of parts that add up where no total was given, as `dictionary.core.derived` has them."""
    counts = {
        code: len(dictionary.breakdowns(one))
        for code, one in dictionary.variables.items()
        if one.parts is Totals.EQUAL and one.is_asked and one.is_number
    }
    none = [code for code in counts if dictionary.variables[code].adds_up]
    own = cells.filter(pl.col("variable").is_in(list(counts)) & (pl.col("row") == ""))
    is_zero = (pl.col("state") == State.NONE.value) & pl.col("variable").is_in(none)
    key = ["form", "region", "period", "variable"]
    given = own.filter((pl.col("breakdown") == TOTAL) & (pl.col("state") != State.EMPTY.value))
    parts = (
        own.filter(pl.col("breakdown") != TOTAL)
        .with_columns(
            part=pl.when(is_zero)
            .then(pl.lit("0"))
            .when(pl.col("state") == State.VALUE.value)
            .then("value")
            .str.to_decimal(scale=6)
        )
        .drop_nulls("part")
        .group_by(key, maintain_order=True)
        .agg(pl.len().alias("filled"), pl.col("part").sum())
        .join(given, on=key, how="anti")
    )
    is_whole = pl.col("filled") == pl.col("variable").replace_strict(counts, return_dtype=pl.UInt32)
    total = pl.col("part").cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    return parts.filter(is_whole).select(
        "form",
        "region",
        "period",
        row=pl.lit(""),
        variable="variable",
        breakdown=pl.lit(TOTAL),
        state=pl.lit(State.VALUE.value),
        value=total,
    )


def _computed(bulk: Bulk, cells: pl.DataFrame) -> pl.DataFrame:
    """Give the computed values that rules read, by village, where there is anything to compute from."""
    reads = bulk.reads()
    if not reads.computed:
        return pl.DataFrame(schema=FRAME)
    sources = Reads(bulk.book, bulk.reader)
    for code, at in reads.computed:
        sources.take(bulk.reader.bound(bulk.reader.dictionary.variables[code].formula, at), at)
    wanted = pl.DataFrame(
        [(one.form, one.period) for one in sources.homes], schema=["form", "period"], orient="row"
    )
    own = cells.join(wanted, on=["form", "period"], how="semi")
    rows: list[tuple[str, ...]] = []
    for (region,), part in own.partition_by("region", as_dict=True, include_key=False).items():
        contents: dict[Home, dict[Key, Content]] = {}
        for form, period, row, variable, breakdown, state, value in part.select(
            "form", "period", "row", "variable", "breakdown", "state", "value"
        ).iter_rows():
            contents.setdefault(Home(form, period), {})[Key(row, variable, breakdown)] = Content(
                State(state), value
            )
        kind = bulk.kinds_of.get(str(region), "desa")
        village = Village(str(region), kind, contents, bulk.reader.dictionary, bulk.book)
        rows += _rows(bulk.reader, village, reads.computed)
    return pl.DataFrame(rows, schema=FRAME, orient="row")


def _rows(
    reader: Reader, village: Village, wanted: Sequence[tuple[str, Period]]
) -> Iterable[tuple[str, ...]]:
    for (code, period), cell in computed(reader, village.answers(), wanted).items():
        one = reader.dictionary.variables[code]
        if cell.value is not None:
            text = canonical_value(reader.dictionary, one, cell.value)
            yield (one.form, village.region, period, "", code, TOTAL, State.VALUE.value, text)
