"""What a file of cells may do at most: refused with the bound, or judged with findings counted beyond it."""

import io
import json
from uuid import UUID

import polars as pl
import pytest

from sidara import tables
from sidara.collection import queries, services
from sidara.collection.core import handed, takeaway
from sidara.collection.core.bulk import bounds, telling
from sidara.collection.core.handed import Handing
from sidara.kernel.actor import OPERATOR
from sidara.kernel.finding import Finding
from tests.collection.conftest import NOW
from tests.collection.test_filing import HEADER, OTHER, VILLAGE, counts, imported, lines

pytestmark = pytest.mark.usefixtures("register")


def parquet(rows: int, **columns: str) -> bytes:
    cell = {
        "form": "KEP_SEMESTER",
        "region": VILLAGE,
        "period": "2026-S1",
        "variable": "KEP_001",
        "value": "x",
    }
    buffer = io.BytesIO()
    pl.DataFrame({name: [text] * rows for name, text in (cell | columns).items()}).write_parquet(buffer)
    return buffer.getvalue()


def hand_in(content: bytes, number: int = 1):
    return services.hand_in(OPERATOR, handing=Handing(content, filler="Uji"), id=UUID(int=number), now=NOW)


def test_a_small_file_with_a_million_rows_is_refused_with_the_bound_and_how_to_split() -> None:
    content = parquet(1_000_000)
    assert len(content) < 20_000
    (fault,) = hand_in(content)
    assert fault.code == "TOO_MANY_ROWS"
    assert "250.000 baris" in fault.message
    assert "per kecamatan" in fault.remedy
    answer, _ = services.import_file(
        OPERATOR, handing=Handing(content, filler="Uji"), message_id=UUID(int=2), now=NOW
    )
    assert (answer["refused"], answer["findings"][0]["code"]) == (True, "TOO_MANY_ROWS")


def test_findings_beyond_the_bound_are_counted_and_every_cell_has_its_verdict() -> None:
    found = hand_in(parquet(telling.MOST_KEPT + 5_000))
    assert isinstance(found, handed.Handed)
    assert (found.trial["sent"], found.trial["rejected"]) == (25_000, 25_000)
    first = found.trial["findings"][0]
    assert first["code"] == "FINDINGS_LEFT"
    assert "5.000 temuan lain" in first["message"]
    assert "VALUE_TYPE 5.000" in first["message"]
    assert len(found.trial["findings"]) + found.trial["findings_left"] == 25_001


def test_each_step_counts_what_it_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "MOST_KEPT", 4)
    rows = [
        *(f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_00{n},,,x," for n in (1, 2)),
        *(f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_004,,,{n}," for n in (1, 2, 3)),
        *(f"KEP_SEMESTER,62.01.02.299{n},2026-S1,,KEP_001,,,1," for n in (1, 2)),
        f"KEP_SEMESTER,{OTHER},2026-S1,,KEP_001,,,10,",
        f"KEP_SEMESTER,{OTHER},2026-S1,,KEP_002,,,40,",
        f"KEP_SEMESTER,{OTHER},2026-S1,,KEP_003,,,40,",
    ]
    whole = imported(lines(*rows), is_dry=True).account
    monkeypatch.setattr(telling, "MOST_KEPT", 100)
    free = imported(lines(*rows), is_dry=True).account
    assert counts(whole) == counts(free)
    assert whole.sent == 10
    assert (free.left, len(whole.findings), whole.left) == (0, 5, len(free.findings) - 4)
    assert whole.findings[0].code == "FINDINGS_LEFT"
    assert {"CELL_TWICE", "VALUE_TYPE", "REGION_UNKNOWN"} < {one.code for one in free.findings}


@pytest.mark.parametrize("column", bounds.MOST_SPOKEN)
def test_a_file_speaks_of_so_many_forms_regions_and_periods_and_no_more(
    column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(bounds.MOST_SPOKEN, column, (2, bounds.MOST_SPOKEN[column][1]))
    cell = {"form": "A", "region": "B", "period": "C"}
    rows = [",".join((cell | {column: str(n)}).values()) + ",,KEP_001,,,1," for n in range(3)]
    for count, code in ((2, None), (3, "CELLS_TOO_MANY")):
        read = queries.read_cells_file(
            OPERATOR, io.BytesIO(f"{HEADER}\n".encode() + "\n".join(rows[:count]).encode()), format="csv"
        )
        assert read.is_refused == (code is not None)
        assert [one.code for one in read.findings] == ([code] if code else [])
    assert "paling banyak memuat 2" in read.findings[0].message


def test_boxes_of_a_workbook_that_hold_something_count_as_cells() -> None:
    from tests.collection.test_bad_files import book

    content = io.BytesIO(book())
    assert not queries.read_cells_file(OPERATOR, content, format="xlsx").is_refused
    content.seek(0)
    few = tables.Bounds(rows=0)
    (fault,) = queries.read_cells_file(OPERATOR, content, format="xlsx", bounds=few).findings
    assert fault.code in {"CELLS_TOO_MANY", "TOO_MANY_ROWS"}


def result(cells: int, text: str = "") -> bytes:
    claims = dict.fromkeys(("uid", "form", "digest", "region", "period"), "x") | {"number": 1, "base": 0}
    body = {"claims": claims, "filler": "", "cells": [["", "A", "_T", "", text, ""]] * cells}
    return f"{takeaway.MARK} c2ln {json.dumps(body)}".encode()


def test_a_result_of_a_village_is_no_larger_than_its_form_can_be() -> None:
    assert not isinstance(takeaway.read(result(takeaway.MOST_CELLS)), Finding)
    for content, words in (
        (result(takeaway.MOST_CELLS + 1), "20.001 sel"),
        (result(1, "x" * 5_000_000), "5,0 MB"),
    ):
        fault = takeaway.read(content)
        assert isinstance(fault, Finding)
        assert fault.code == "RESULT_TOO_LARGE"
        assert words in fault.message
