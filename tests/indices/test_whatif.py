"""What if: equal to computing the changed file, for any changes; ranks counted one by one; faults named."""

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.indices import core
from sidara.indices.core import asked
from sidara.indices.core.whatif import Change, whatif
from sidara.indices.formats import changes_file
from sidara.kernel.finding import Finding
from sidara.tables import LINE
from tests.indices import official, samples

COLUMNS = ("index", "index_min", "index_max", "status", "status_set", "rank_min", "rank_max")


@pytest.fixture(scope="module")
def small():
    return samples.definition("langkah.yaml")


def rows(small, count: int, seed: int) -> list[dict]:
    """Villages of two years with random scores, some of them missing."""
    chance = random.Random(seed)
    made = []
    for at in range(count):
        year = chance.choice([2021, 2022])
        scores = {
            item.code: chance.choice([*map(str, item.scores_in(year)), None])
            for item in small.version_in(year).items
        }
        made.append({"kode": f"6201{at % 3 + 1:02d}{2000 + at}", "tahun": year, **scores})
    return made


@st.composite
def changes(draw, small, records):
    made = []
    for _ in range(draw(st.integers(1, 4))):
        item = draw(st.sampled_from(small.versions[0].items))
        year = draw(st.sampled_from([2021, 2022]))
        value = draw(st.sampled_from([*map(str, item.scores_in(year)), None]))
        code = draw(st.sampled_from(["*", "62", "62.01", "620102", *(one["kode"] for one in records)]))
        made.append(Change(code, item.code, value, year))
    return made


def by_hand(records: list[dict], made: list[Change]) -> list[dict]:
    """Change the rows one by one, as a person would in the file."""
    rows = [dict(one) for one in records]
    for change in made:
        for row in rows:
            of_code = change.code == "*" or row["kode"].startswith(change.code.replace(".", ""))
            if of_code and row["tahun"] == change.year:
                row[change.name] = change.value
    return rows


def spans(small, records) -> list[tuple]:
    """Index, its ends, status of each row, by the core's own computation."""
    made = core.compute(small, official.frame(records)).frame
    return [
        (
            row["langkah"],
            row["langkah"] if row["langkah_min"] is None else row["langkah_min"],
            row["langkah"] if row["langkah_max"] is None else row["langkah_max"],
            row["status"],
            row["status_set"] or row["status"],
        )
        for row in made.iter_rows(named=True)
    ]


def ranks(records, figures) -> list[tuple[int, int]]:
    """Count for each row who is surely higher, and who could be, in the same year."""
    found = []
    for at, record in enumerate(records):
        _, low, high, *_ = figures[at]
        others = [
            figures[other]
            for other, one in enumerate(records)
            if other != at and one["tahun"] == record["tahun"]
        ]
        found.append((1 + sum(one[1] > high for one in others), 1 + sum(one[2] > low for one in others)))
    return found


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_equal_to_computing_the_changed_file(small, data):
    records = rows(small, data.draw(st.integers(1, 12)), data.draw(st.integers(0, 999)))
    asked_for = data.draw(changes(small, records))
    made = whatif(small, official.frame(records), asked_for)
    hits = [any(matches(row, change) for row in records) for change in asked_for]
    if not all(hits):
        assert made.frame is None
        assert {one.code for one in made.findings} == {"CHANGE_WITHOUT_ROW"}
        return
    after = by_hand(records, asked_for)
    expected = []
    both = [(spans(small, one), ranks(one, spans(small, one))) for one in (records, after)]
    for at, row in enumerate(records):
        if any(matches(row, change) for change in asked_for):
            sides = [(*figures[at], *places[at]) for figures, places in both]
            expected.append((row["kode"], row["tahun"], *sides[0], *sides[1]))
    names = [f"{name}_{side}" for side in ("before", "after") for name in COLUMNS]
    assert made.frame.select("kode", "tahun", *names).rows() == expected
    counts = {}
    for side, (figures, _) in enumerate(both):
        for figure in figures:
            counts.setdefault(figure[3], [0, 0])[side] += 1
    assert {name: list(pair) for name, pair in made.statuses.items()} == counts
    moved = [
        at
        for at, row in enumerate(records)
        if both[0][1][at] != both[1][1][at] and not any(matches(row, change) for change in asked_for)
    ]
    assert made.moved == len(moved)


def matches(row: dict, change: Change) -> bool:
    of_code = change.code == "*" or row["kode"].startswith(change.code.replace(".", ""))
    return of_code and row["tahun"] == change.year


def test_answers_of_a_province(idm):
    answers = samples.simulated(idm, 200)
    one = answers["kode"][7]
    made = whatif(
        idm, answers, [Change(one, "jumlah_dokter", "1"), Change("62.01.03", "waktu_sarkes_menit", None)]
    )
    touched = pl.col("kode").str.starts_with("62.01.03")
    changed = answers.with_columns(
        pl.when(pl.col("kode") == one).then(pl.lit("1")).otherwise("jumlah_dokter").alias("jumlah_dokter"),
        pl.when(touched).then(None).otherwise("waktu_sarkes_menit").alias("waktu_sarkes_menit"),
    )
    again = core.compute(idm, changed).frame.filter(touched | (pl.col("kode") == one))
    assert made.frame["kode"].to_list() == again["kode"].to_list()
    assert made.frame.height == 11
    for name in ("idm", "idm_min", "idm_max"):
        mine = made.frame[name.replace("idm", "index") + "_after"]
        theirs = again[name] if name == "idm" else again[name].fill_null(again["idm"])
        assert mine.to_list() == theirs.to_list()
    assert made.frame["status_after"].to_list() == again["status"].to_list()
    assert made.frame["ranked"].unique().to_list() == [200]


def test_a_changed_score_loses_the_one_that_replaced_it(idm, shared):
    table = samples.published(shared).filter(pl.col("s31_terhitung").is_not_null()).head(1)
    shown = table["s31_terhitung"].item()
    other = "1" if shown == "5" else "5"
    made = whatif(idm, table, [Change(table["kode"].item(), "S31", other)])
    row = made.frame.row(0, named=True)
    assert (row["index_after"] - row["index_before"]) * 525 == pytest.approx(int(other) - int(shown))


def test_ranks_within_an_area(idm, shared):
    table = samples.published(shared).filter(pl.col("tahun") == "2024")
    area = table["kode"][-1][:4]
    inside = table.filter(pl.col("kode").str.starts_with(area)).height
    made = whatif(idm, table, [Change(table["kode"][-1], "L03", "5")], under=f"62.{area[2:]}")
    assert made.frame["ranked"].to_list() == [inside]
    assert 0 < inside < table.height


def test_an_area_without_a_changed_village_is_told(idm, shared):
    table = samples.published(shared).filter(pl.col("tahun") == "2024")
    change = Change(table["kode"][-1], "L03", "5")
    made = whatif(idm, table, [change], under="62.99")
    assert made.frame.is_empty()
    assert [one.code for one in made.findings if one.value == "62.99"] == ["AREA_WITHOUT_CHANGE"]
    assert "AREA_WITHOUT_CHANGE" not in {one.code for one in whatif(idm, table, [change]).findings}


def test_what_is_written_about_a_change(small):
    record = {"kode": "6201022016", "tahun": 2021, "A1": "1", "A2": None, "A3": "0", "B1": "1", "B2": "2"}
    made = whatif(
        small,
        official.frame([record]),
        [Change("*", "A1", "5"), Change("*", "A2", "4"), Change("*", "B1", "1")],
    )
    assert made.frame["changes"].item() == "A1 1 -> 5; A2 kosong -> 4"


@pytest.mark.parametrize(
    ("change", "code", "word"),
    [
        (Change("6299", "A1", "5"), "CHANGE_WITHOUT_ROW", "tidak mengenai"),
        (Change("*", "A1", "5", 2024), "CHANGE_WITHOUT_ROW", "@2024"),
        (Change("*", "A11", "5"), "CHANGE_UNKNOWN", "Mungkin"),
        (Change("*", "satu", "3"), "CHANGE_UNKNOWN", "skor butir"),
        (Change("*", "A1", "4"), "SCORE_IMPOSSIBLE", "1, 3, 5"),
        (Change("*", "A1", "banyak"), "VALUE_NOT_NUMBER", "angka"),
    ],
)
def test_a_change_that_cannot_be_refuses_all(small, change, code, word):
    record = {"kode": "6201022016", "tahun": 2021, "A1": "1", "A2": "0", "A3": "0", "B1": "1", "B2": "2"}
    made = whatif(small, official.frame([record]), [change])
    assert made.frame is None
    assert [one.code for one in made.findings] == [code]
    assert word in made.findings[0].message + made.findings[0].remedy


def test_a_score_where_answers_decide_is_refused_with_the_answer_to_change(small):
    record = {
        "kode": "6201022016",
        "tahun": 2021,
        "satu": "0",
        "dua": "1",
        "tiga": "ya",
        "empat": "1",
        "lima": "baik",
    }
    made = whatif(small, official.frame([record]), [Change("*", "A1", "3")])
    assert made.findings[0].code == "CHANGE_UNKNOWN"
    assert "satu = 2" in made.findings[0].remedy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6201022016:S02=5", Change("6201022016", "S02", "5")),
        ("62.01.02.2016@2024:S02=5", Change("62.01.02.2016", "S02", "5", 2024)),
        ("*:E06=3", Change("*", "E06", "3")),
        ("62.01:jalan_roda4=sepanjang_tahun", Change("62.01", "jalan_roda4", "sepanjang_tahun")),
        ("62.01.02:S02=", Change("62.01.02", "S02", None)),
    ],
)
def test_the_grammar(text, expected):
    assert asked.change(text) == expected
    assert asked.change(expected.said()) == expected


@pytest.mark.parametrize(
    "text", ["", "S02=5", "620:S02=5", "*:S02", "*@24:S02=5", "desa:S02=5", "*:=5", "62 01:S02=5"]
)
def test_what_the_grammar_does_not_know(text):
    fault = asked.change(text)
    assert isinstance(fault, Finding)
    assert (fault.code, "KODE:NAMA=NILAI" in fault.remedy) == ("CHANGE_FORM", True)


def test_a_file_of_changes(tmp_path):
    file = tmp_path / "andai.csv"
    file.write_text("kode,tahun,name,value\n6201022016,2024,S02,5\n*,,E06,\n", encoding="utf-8")
    assert changes_file.read(file) == (
        (Change("6201022016", "S02", "5", 2024, 2), Change("*", "E06", None, None, 3)),
        (),
    )
    file.write_text("kode,name,value\nArut,S02,5\n*,,5\n", encoding="utf-8")
    made, findings = changes_file.read(file)
    assert made == ()
    assert [(one.code, one.place.line) for one in findings] == [("CHANGE_FORM", 2), ("CHANGE_FORM", 3)]
    file.write_text("kode,name\n*,S02\n", encoding="utf-8")
    assert changes_file.read(file)[1][0].code == "COLUMN_MISSING"


def test_a_rejected_row_stays_rejected_and_refuses_nothing(small):
    good = {"kode": "6201022016", "tahun": 2021, "A1": "1", "A2": "0", "A3": "0", "B1": "1", "B2": "2"}
    made = whatif(small, official.frame([good, good | {"kode": "abc"}]), [Change("*", "A1", "5")])
    assert made.frame["kode"].to_list() == ["6201022016"]
    assert made.before.rejected == (3,)
    assert LINE not in made.frame.columns
