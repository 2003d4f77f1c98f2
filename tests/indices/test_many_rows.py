"""Many rows: part by part as all at once, typed as text, and what is not named is counted."""

import importlib
from collections import Counter
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sidara.demo.core import simulate
from sidara.indices import core, queries
from sidara.indices.core import answers, gaps, reading, scoring
from sidara.indices.core.definition import NUMERIC, InputType
from sidara.kernel.actor import PUBLIC
from sidara.tables import LINE
from tests.indices import samples

computing = importlib.import_module("sidara.indices.core.compute")

YEARS = {"idm": [2022, 2023, 2024], "indeks-desa": [2025, 2026]}
VILLAGES = 16


def index_of(name: str) -> core.Definition:
    found = queries.definition(PUBLIC, name)
    assert found is not None
    return found


def table(index: core.Definition, name: str, depth: core.Depth) -> pl.DataFrame:
    """Villages with all their years in turn; every tenth cell empty, a village with nothing, one twice."""
    chance = np.random.default_rng(7)
    made = simulate(index, samples.codes(VILLAGES), YEARS[name], seed=7)
    if depth is core.Depth.ITEMS:
        scored = core.compute(index, made.with_row_index(LINE, 2).cast({LINE: pl.Int64})).frame
        scores = scored.select(pl.col(list(index.versions[-1].by_code)).cast(pl.String))
        made = made.select("kode", "tahun").hstack(scores)
    made = made.sort("kode", "tahun", maintain_order=True)
    cells = made.drop("kode", "tahun").with_columns(
        pl.when(pl.Series(chance.random(made.height) > 0.1)).then(pl.col(column)).alias(column)
        for column in made.columns[2:]
    )
    empty = pl.int_range(pl.len()) == 5
    cells = cells.with_columns(pl.when(~empty).then(pl.all()).name.keep())
    top = index.versions[-1].top.column
    published = pl.Series(top, [f"{one:.3f}" for one in chance.random(made.height)])
    made = made.select("kode", "tahun").hstack(cells).with_columns(published)
    return pl.concat([made, made.tail(1)]).with_row_index(LINE, offset=2).cast({LINE: pl.Int64})


@pytest.fixture(
    params=[(name, depth) for name in YEARS for depth in (core.Depth.ANSWERS, core.Depth.ITEMS)],
    ids=lambda one: f"{one[0]}-{one[1]}",
    scope="module",
)
def given(request):
    name, depth = request.param
    index = index_of(name)
    return index, table(index, name, depth), depth


def test_part_by_part_is_as_all_at_once(given, monkeypatch):
    index, rows, depth = given
    whole = core.compute(index, rows)
    assert whole.depth is depth
    assert len(whole.rejected) == 1
    for at_once in (9, 32):
        monkeypatch.setattr(computing, "AT_ONCE", at_once)
        parts = core.compute(index, rows)
        assert_frame_equal(parts.frame, whole.frame, check_exact=True)
        assert parts.findings == whole.findings
        assert (parts.lines, parts.rejected) == (whole.lines, whole.rejected)


def test_what_was_read_lies_in_one_piece(given):
    """Polars copies a whole table for each question when its columns lie in different pieces."""
    index, rows, depth = given
    version = index.versions[-1]
    pieces = pl.concat([rows.slice(at, 9) for at in range(0, rows.height, 9)], rechunk=False)
    assert pieces.n_chunks() > 1
    read = reading.typed(version, pieces) if depth is core.Depth.ANSWERS else reading.scores(version, pieces)
    assert {read[name].n_chunks() for name in read.columns} == {1}
    made, whole = core.compute(index, pieces), core.compute(index, rows)
    assert_frame_equal(made.frame, whole.frame, check_exact=True)
    assert (made.findings, made.rejected) == (whole.findings, whole.rejected)


def test_columns_typed_already_are_as_text(given):
    index, rows, depth = given
    version = index.versions[-1]
    casts = {item.code: pl.Int16 for item in version.items} | {"tahun": pl.Int32}
    casts |= {one.name: pl.Int64 for one in version.inputs if one.type in NUMERIC and not one.decimals}
    typed = rows.cast({name: dtype for name, dtype in casts.items() if name in rows.columns})
    typed = typed.with_columns(
        answers.typed(one, pl.col(one.name)).alias(one.name)
        for one in version.inputs
        if one.type is InputType.YES_NO and one.name in rows.columns
    )
    assert typed.schema != rows.schema
    made, text = core.compute(index, typed), core.compute(index, rows)
    results = [name for name in made.frame.columns if name not in rows.columns or name == "tahun"]
    assert_frame_equal(made.frame.select(results), text.frame.select(results), check_exact=True)
    assert made.findings == text.findings
    if depth is core.Depth.ITEMS:
        assert_frame_equal(made.frame, text.frame, check_exact=True)


def test_a_typed_value_that_cannot_be_is_named(idm):
    index, rows = idm, table(idm, "idm", core.Depth.ITEMS)
    item = index.versions[-1].items[0]
    typed = rows.cast({item.code: pl.Int64}).with_columns(pl.lit(300, dtype=pl.Int64).alias(item.code))
    made = core.compute(index, typed)
    assert made.frame.is_empty()
    faults = [one for one in made.findings if one.code == "SCORE_IMPOSSIBLE"]
    assert {(one.place.column, one.value) for one in faults} == {(item.code, "300")}
    assert len(faults) == rows.height


def test_what_is_not_named_is_counted_by_its_own_code(given, monkeypatch):
    index, rows, _ = given
    whole = Counter(one.code for one in core.compute(index, rows).findings)
    monkeypatch.setattr(gaps, "MOST_FINDINGS", 6)
    monkeypatch.setattr(computing, "AT_ONCE", 16)
    counted: Counter[str] = Counter()
    for one in core.compute(index, rows).findings:
        counted[one.code] += 1 if one.place.line else int(one.message.split()[0])
    assert counted == whole
    assert whole["VALUE_MISSING"] > 6
    assert whole["NO_VALUE"] == 1


@pytest.mark.parametrize("name", YEARS)
def test_every_total_has_the_class_of_its_rounded_figure(name):
    version = index_of(name).versions[-1]
    index = scoring.figure(version, version.top)
    assert index.denominator is not None
    most = int(scoring.highest(version, version.top) * index.denominator)
    known = scoring.Figure(pl.col("total"), index.denominator)
    totals = pl.DataFrame({"total": pl.int_range(most + 1, dtype=pl.Int32, eager=True)})
    found = totals.select(scoring.class_position(version, known)).to_series().to_list()
    scale = 10**version.thresholds.decimals
    rounded = (
        Fraction((2 * total * scale + index.denominator) // (2 * index.denominator), scale)
        for total in range(most + 1)
    )
    assert found == [version.thresholds.position(one) for one in rounded]
