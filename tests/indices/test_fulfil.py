"""Answers that are said to give an item a score do give it, and change no more than they must."""

import polars as pl
import pytest

from sidara.demo.core import simulate
from sidara.indices.core import compute
from sidara.indices.core.fulfil import fulfil
from sidara.tables import LINE

VILLAGE = "62.01.02.2016"


def asked(definition, year, seed=3):
    frame = simulate(definition, [VILLAGE], (year,), seed=seed).with_row_index(LINE, 2)
    return frame.cast({LINE: pl.Int64})


@pytest.mark.parametrize(("name", "year", "part"), [("idm", 2024, 1), ("desa", 2025, 4)])
@pytest.mark.parametrize("end", [min, max])
def test_every_item_reaches_the_end_of_its_scores(request, name, year, part, end):
    definition = request.getfixturevalue(name)
    version = definition.version_in(year)
    frame = asked(definition, year)
    items = version.items[::part]
    wanted = {item.code: end(item.scores_in(year)) for item in items}
    found = fulfil(version, frame.row(0, named=True), year, wanted)
    assert set(found) == set(wanted)
    assert all(change is not None for change in found.values())
    for item in items:
        row = frame.with_columns(pl.lit(text).alias(name) for name, text in found[item.code].items())
        made = compute(definition, row)
        assert made.rejected == ()
        assert made.frame[item.code].item() == wanted[item.code], (item.code, found[item.code])
        assert set(found[item.code]) <= {one.name for one in item.read_inputs}


def test_what_is_so_already_needs_no_change(idm):
    frame = asked(idm, 2024)
    version = idm.version_in(2024)
    today = compute(idm, frame).frame.row(0, named=True)
    wanted = {code: today[code] for code in version.by_code}
    assert all(change == {} for change in fulfil(version, frame.row(0, named=True), 2024, wanted).values())


def test_a_score_that_no_answer_gives_is_said(idm):
    version = idm.version_in(2024)
    row = asked(idm, 2024).row(0, named=True)
    assert fulfil(version, row, 2024, {"S02": 3}) == {"S02": None}
    assert fulfil(version, row, 2024, {}) == {}
    assert fulfil(version, row | {"jumlah_dokter": "0"}, 2024, {"S02": 5}) == {"S02": {"jumlah_dokter": "1"}}
