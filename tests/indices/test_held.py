"""Villages that the warehouse holds are read as a file of them is: same table, same what-if, same paths."""

from datetime import UTC, date, datetime
from fractions import Fraction

import polars as pl
import pytest

from sidara.collection import services as collecting
from sidara.collection.core import DataSet
from sidara.demo.core import simulate
from sidara.demo.core.variables import variables
from sidara.indices import queries
from sidara.indices.core import Depth, compute, path
from sidara.indices.core import whatif as core_whatif
from sidara.indices.core.path import Goal
from sidara.indices.core.whatif import Change
from sidara.kernel.actor import OPERATOR, PUBLIC, Actor, NotAllowed
from sidara.regions import queries as regions
from sidara.tables import LINE
from sidara.warehouse import services as warehouse
from tests.collection.conftest import register

__all__ = ["register"]

SET = "simulated:held"
CODES = ("62.01.02.2016", "62.01.02.2020", "62.02.01.2003")
YEAR = "2024"


def stored(index, frame, names, dataset=SET):
    """Put columns of a table of answers or scores into collection and refresh the facts."""
    ids = {code.replace(".", ""): regions.resolve(PUBLIC, code).id for code in CODES}
    ids_frame = pl.DataFrame({"kode": list(ids), "region_id": list(ids.values())})
    bare = frame.with_columns(pl.col("kode").str.replace_all(".", "", literal=True))
    cells = (
        bare.join(ids_frame, on="kode")
        .select("region_id", pl.col("tahun").cast(pl.String).alias("period"), *names)
        .unpivot(index=["region_id", "period"], variable_name="variable", value_name="value")
        .with_columns(pl.format("{}.{}", pl.lit(index.code), "variable").alias("variable"))
        .filter(pl.col("value").is_not_null())
    )
    account = collecting.put_cells(
        OPERATOR,
        dataset=DataSet(
            code=dataset, title="SIMULASI", source="uji", url="", licence="uji", measure="actual",
            retrieved_date=date(2026, 1, 1), code_scheme="kemendagri", is_simulated=True, definition="",
        ),
        variables=variables(index.versions[-1], index.code),
        cells=cells,
        now=datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    assert account.rejected == 0
    warehouse.refresh(OPERATOR)


@pytest.fixture
def answers(idm, register, settings, tmp_path):
    """Simulated answers of three villages, in the warehouse and as the table of a file."""
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"
    frame = simulate(idm, sorted(CODES), (int(YEAR),), seed=5).with_row_index(LINE, 2).cast({LINE: pl.Int64})
    stored(idm, frame, [one.name for one in idm.versions[-1].inputs])
    return frame


def held(idm, **asked):
    return queries.table(PUBLIC, idm, SET, **asked)


def test_answers_come_back_as_they_were_written(idm, answers):
    table = held(idm, under="62")
    assert (table.depth, table.period, table.code) == (Depth.ANSWERS, YEAR, "IDM")
    assert table.names["62.01.02.2016"] == "Natai Raya"
    assert table.answer.is_simulated
    names = [one.name for one in idm.versions[-1].inputs]
    plain = answers.sort("kode")
    assert table.frame["kode"].to_list() == [code.replace(".", "") for code in sorted(CODES)]
    shown = ["idm", "status", *idm.versions[-1].by_code]
    first, again = (compute(idm, one).frame.select(shown) for one in (plain, table.frame))
    assert again.equals(first)
    assert {*names, "kode", "tahun", LINE} == set(table.frame.columns)


def test_an_area_or_codes_choose_the_rows(idm, answers):
    assert held(idm, under="62.01").frame.height == 2
    assert held(idm, codes=CODES[:1]).frame.height == 1
    assert held(idm, codes=("62.01.02.2001",)) is None
    assert held(idm, under="62", period="2023") is None


def test_scores_are_read_where_there_are_no_answers(idm, answers):
    made = compute(idm, answers)
    scores = made.frame.cast(pl.String)
    stored(idm, scores, [item.code for item in idm.versions[-1].items], "simulated:scores")
    table = queries.table(PUBLIC, idm, "simulated:scores", under="62")
    assert table.depth is Depth.ITEMS
    assert compute(idm, table.frame).frame["idm"].to_list() == held_idm(idm)


def held_idm(idm):
    return compute(idm, held(idm, under="62").frame).frame["idm"].to_list()


def test_what_if_and_paths_are_those_of_the_core(idm, answers):
    table = held(idm, under="62")
    changes = [Change("62.01", "jumlah_dokter", "4"), Change("*", "jumlah_bidan", None)]
    ours = queries.whatif(PUBLIC, idm, table, changes, under="62.01")
    theirs = core_whatif.whatif(idm, table.frame, changes, under="62.01")
    assert ours.frame.equals(theirs.frame)
    assert ours.frame.height == 2
    text = "*,10\nS01,100\nS02;1,5"
    found = queries.paths(PUBLIC, table, queries.Wish(Goal(), text, "juta", ("E01",)))
    priced = queries.costs(PUBLIC, idm, text, unit="juta", fixed=("E01",)).costs
    assert priced.step == {"S01": 100, "S02": Fraction(3, 2)}
    assert priced.others == 10
    assert found.paths == path.paths(idm, table.frame, Goal(), priced).paths
    shared = queries.share(PUBLIC, table, queries.Wish(Goal(), text, "juta", ("E01",)), Fraction(10**6))
    assert len(shared.chosen) == shared.candidates
    near = queries.sensitivity(PUBLIC, table)
    assert near.frame.height == 3
    assert near.shifts.is_empty()


def test_the_same_question_over_newer_facts_is_another_table(idm, answers):
    before = held(idm, under="62.01")
    assert held(idm, under="62.01") == before
    wish = queries.Wish(Goal())
    first = queries.paths(PUBLIC, before, wish)
    assert queries.paths(PUBLIC, held(idm, under="62.01"), wish) is first
    lower = answers.with_columns(jumlah_dokter=pl.lit("0"), waktu_sarkes_menit=pl.lit("500"))
    stored(idm, lower, ["jumlah_dokter", "waktu_sarkes_menit"])
    after = held(idm, under="62.01")
    assert after != before
    assert queries.paths(PUBLIC, after, wish) is not first


def test_prices_that_cannot_be_are_told_by_their_line(idm):
    refused = queries.costs(PUBLIC, idm, "S01,100\nS99,1\nS02,dua")
    assert refused.costs is None
    assert [(one.code, one.place.line) for one in refused.findings] == [("COST_ITEM", 2), ("COST_VALUE", 3)]
    assert queries.costs(PUBLIC, idm, " \n").costs.unit == "langkah"
    for odd in ('"', ",,,,,,,,", "\x00", "S01", "item,cost\nS01,2", "S01,1,2,3,4"):
        answer = queries.costs(PUBLIC, idm, odd)
        assert (answer.costs is None) == any(one.severity == "error" for one in answer.findings)


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("S01,1\n\nS01,2", "COST_DUPLICATE", 3, "pada baris 1"),
        ("S02,1\nS02,0,1,2,3", "COST_FORM", 2, "memuat 5 isian"),
        ('"', "COST_FORM", 1, "Tulis kode butir"),
        ("S02,5,1,3", "COST_MOVE", 1, "skor awal harus lebih rendah daripada skor baru"),
        ("*,0,5,3", "COST_MOVE", 1, "Tulis tanpa skor"),
        ("S02,0,5,tetap", "COST_VALUE", 1, "'tetap' pada baris tanpa skor"),
    ],
)
def test_faults_of_prices_speak_of_lines_not_of_a_file(idm, text, code, line, said):
    answer = queries.costs(PUBLIC, idm, text)
    (fault,) = answer.findings
    assert answer.costs is None
    assert (fault.code, fault.place.line) == (code, line)
    told = f"{fault.message} {fault.remedy}"
    assert said in told
    assert not [word for word in ("erkas", "judul", " from ", " to ") if word in told]


def test_an_answer_that_may_stay_empty_can_be_changed(desa):
    """The class of ease of access decides 13 items of Indeks Desa and is asked of nobody."""
    name = next(one.name for one in desa.versions[-1].read_inputs if one.is_optional)
    frame = simulate(desa, ["6201022016"], (2025,), seed=5).with_row_index(LINE, 2).cast({LINE: pl.Int64})
    item = next(one for one in desa.versions[-1].items if name in {given.name for given in one.inputs})
    frame = frame.with_columns(pl.lit(None, pl.String).alias(given.name) for given in item.inputs)
    made = core_whatif.whatif(desa, frame, [Change("*", name, "sangat_mudah")])
    assert made.findings == () or all(one.severity != "error" for one in made.findings)
    assert made.before.frame[item.code].to_list() == [None]
    assert made.after.frame[item.code].to_list() == [5]


def test_only_who_may_reads(idm, answers):
    nobody = Actor(PUBLIC.id, "", "", frozenset())
    table = held(idm, under="62")
    for refused in (
        lambda: queries.table(nobody, idm, SET, under="62"),
        lambda: queries.whatif(nobody, idm, table, []),
        lambda: queries.paths(nobody, table, queries.Wish(Goal())),
        lambda: queries.share(nobody, table, queries.Wish(Goal()), Fraction(1)),
        lambda: queries.sensitivity(nobody, table),
        lambda: queries.costs(nobody, idm, ""),
    ):
        with pytest.raises(NotAllowed):
            refused()
    reader = Actor(PUBLIC.id, "", "", frozenset({"indices.read", "collection.read_open"}))
    with pytest.raises(NotAllowed):
        queries.table(reader, idm, SET, under="62")
