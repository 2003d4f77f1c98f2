"""Every official IDM case, through the command line: files in, files out, as a script would do it."""

import json

import polars as pl
import pytest

from tests.indices import official
from tests.indices.test_official_core import (
    assert_case,
    assert_figures,
    assert_line,
    assert_words,
    published_cells,
)


def computed(home, tmp_path, records, *more):
    """Write records as CSV, run the command once, read its file and report."""
    source = official.write_csv(tmp_path / "masuk.csv", records)
    target, report = tmp_path / "hasil.csv", tmp_path / "laporan.json"
    done = official.compute(home, source, target, "--report", report, *more)
    assert done.returncode == 0, official.said(done)
    account = json.loads(report.read_text(encoding="utf-8"))
    assert account["read"] == account["computed"] == len(records)
    assert account["rejected"] == 0
    return pl.read_csv(target, infer_schema_length=None, schema_overrides={"kode": pl.String}), account


def test_4997_cases_in_one_file(home, tmp_path, all_cases, record_property):
    made, account = computed(home, tmp_path, all_cases)
    assert account["level"] == "items"
    assert {one["code"] for one in account["findings"]} <= {"CODE_UNKNOWN"}
    assert_case(made, all_cases)
    names = ("iks", "ike", "ikl", "idm", "status", "target_status", "skor_minimal", "penambahan")
    added = [*names, "idm_min", "idm_max", "status_set"]
    assert made.columns[-len(added) :] == added
    assert [name for name in made.columns if name.endswith("_terbit")] == [f"{name}_terbit" for name in names]
    record_property("official cases (command)", len(all_cases))


@pytest.mark.parametrize("name", [official.EDGE, official.SINGLE])
def test_edge_and_single_cases(home, tmp_path, cases, name, record_property):
    made, _ = computed(home, tmp_path, cases[name])
    assert_case(made, cases[name])
    record_property("official cases (command)", len(cases[name]))


def test_652_cases_of_serang(home, tmp_path, shared, record_property):
    records = official.serang_cases(shared)
    made, account = computed(home, tmp_path, records)
    assert account["level"] == "sub_indices"
    assert_figures(made, records, official.FIGURES, 0.0001)
    assert_words(made, records, ("status",))
    record_property("official cases (command)", len(records))


def test_partial_case(home, tmp_path, shared, record_property):
    made, account = computed(home, tmp_path, [official.partial_case(shared)])
    row = made.row(0, named=True)
    assert row["idm"] is None
    assert row["status"] == "antara"
    assert 0 < row["idm_min"] < row["idm_max"] < 1
    assert "VALUE_MISSING" in {one["code"] for one in account["findings"]}
    record_property("official cases (command)", 1)


def test_eight_replies(home, tmp_path, replies, all_cases, record_property):
    cells = published_cells()
    true_s31 = {(one["kode"], one["tahun"]): one["s31_terhitung"] for one in all_cases}
    records = [
        official.reply_row(code, year, rows, cells) | {"s31_terhitung": true_s31[code, year]}
        for (code, year), rows in replies.items()
    ]
    source = official.write_csv(tmp_path / "masuk.csv", records)
    for (code, year), rows in replies.items():
        done = official.run(
            home, "index", "explain", "idm", "--input", source, "--kode", code, "--tahun", str(year), "--json"
        )
        assert done.returncode == 0, official.said(done)
        explained = json.loads(done.stdout)
        assert (explained["kode"], explained["tahun"]) == (code, year)
        assert explained["status"] == rows[official.ROW_OF["status"]]["SKOR"].upper()
        for name in official.FIGURES:
            assert explained[name] == pytest.approx(rows[official.ROW_OF[name]]["SKOR"], abs=1e-9)
        assert len(explained["items"]) == 50
        for item in explained["items"]:
            assert list(item) == [
                *(
                    "code",
                    "label",
                    "score",
                    "score_published",
                    "answer",
                    "rule",
                    "meaning",
                    "activity",
                    "gain",
                ),
                "actors",
            ]
            assert item["answer"] is None
            assert_line(Plain(item), rows[cells[item["code"]]], true_s31[code, year])
    record_property("official cases (command)", len(replies))


class Plain:
    """A JSON object read by attribute, as the core's own dataclass is."""

    def __init__(self, content: dict) -> None:
        self.__dict__ = content


def test_national_table_of_2024(home, tmp_path, shared):
    """23 rows off the grid named, one differing status named, four rows without values named."""
    national = pl.read_csv(shared / "data" / "idm" / "idm_2024_nasional.csv", infer_schema_length=0)
    source, target, report = tmp_path / "nasional.csv", tmp_path / "hasil.parquet", tmp_path / "laporan.json"
    national.with_columns(tahun=pl.lit("2024")).write_csv(source)
    done = official.compute(home, source, target, "--report", report)
    assert done.returncode == 0, official.said(done)
    account = json.loads(report.read_text(encoding="utf-8"))
    assert (account["read"], account["computed"], account["rejected"]) == (73851, 73851, 0)
    made = pl.read_parquet(target)
    by_code = {}
    for one in account["findings"]:
        by_code.setdefault(one["code"], []).append(one)
    named = {code: {national["kode"][one["line"] - 2] for one in rows} for code, rows in by_code.items()}
    assert len(by_code["OFF_GRID"]) == len(named["OFF_GRID"]) == 23
    assert named["PUBLISHED_DISAGREES"] == {"6213062003"}
    assert [(one["column"], one["value"]) for one in by_code["PUBLISHED_DISAGREES"]] == [
        ("status", "BERKEMBANG")
    ]
    assert named["NO_VALUE"] == set(national.filter(pl.col("idm").is_null())["kode"])
    assert len(by_code["NO_VALUE"]) == 4
    differing = made.filter(pl.col("status") != pl.col("status_terbit"))
    assert differing["kode"].to_list() == ["6213062003"]
    assert differing["idm"].to_list() == [0.741]
    without = made.filter(pl.col("idm").is_null())
    assert without.height == 4
    assert set(without["status"]) == {"antara"}
    central = made.filter(pl.col("kode").str.starts_with("62"))["status"].value_counts()
    counts = dict(central.iter_rows())
    assert counts == {"MANDIRI": 239, "MAJU": 434, "BERKEMBANG": 651, "TERTINGGAL": 86}


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet", "json"])
@pytest.mark.django_db
def test_every_format_carries_the_same_figures(tmp_path, cases, suffix):
    published = (*official.FIGURES, "status", "target_status", "skor_minimal", "penambahan")
    records = [
        {name: value for name, value in one.items() if name not in published} for one in cases[official.EDGE]
    ]
    source = official.write_csv(tmp_path / "masuk.csv", records)
    target = tmp_path / f"hasil.{suffix}"
    assert official.compute(None, source, target).returncode == 0
    again = tmp_path / "lagi.csv"
    done = official.compute(None, target, again)
    assert done.returncode == 0, official.said(done)
    made = pl.read_csv(again, infer_schema_length=None, schema_overrides={"kode": pl.String})
    assert_case(made, cases[official.EDGE])
    assert made["idm"].to_list() == made["idm_terbit"].to_list()


def test_a_pipe_in_and_out(home, tmp_path, cases):
    source = official.write_csv(tmp_path / "masuk.csv", cases[official.SINGLE])
    done = official.run(
        home,
        *("index", "compute", "idm", "--input", "-", "--output", "-", "--format", "csv"),
        given=source.read_bytes(),
    )
    assert done.returncode == 0, official.said(done)
    made = pl.read_csv(done.stdout)
    assert made["idm"].item() == pytest.approx(0.70666666666667, abs=1e-9)
    assert made["status"].item() == "BERKEMBANG"


@pytest.mark.django_db
def test_list_show_and_help(home):
    listed = official.run(home, "index", "list", "--json")
    assert [(one["code"], one["slug"]) for one in json.loads(listed.stdout)] == [
        ("IDM", "idm"),
        ("ID", "indeks-desa"),
    ]
    shown = json.loads(official.run(home, "index", "show", "idm", "--json").stdout)
    assert len(shown["versions"][0]["items"]) == 50
    assert b"Akses ke sarana kesehatan" in official.run(None, "index", "show", "idm").stdout
    for verb in ("list", "show", "compute", "explain"):
        done = official.run(None, "index", verb, "--help")
        assert done.returncode == 0
        assert f"sidara index {verb}".encode() in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("index", "compute", "idm"),
        ("index", "compute", "ihm", "--input", "a.csv", "--output", "b.csv"),
        ("index", "compute", "idm", "--input", "-", "--output", "b.csv"),
        ("index", "compute", "idm", "--input", "a.csv", "--output", "b.doc"),
        ("index", "compute", "idm", "--input", "a.csv", "--output", "b.xls"),
        ("index", "compute", "idm", "--input", "a.csv", "--output", "b.txt"),
        ("index", "compute", "idm", "--input", "a.csv", "--output", "a.csv"),
        ("index", "compute", "idm", "--input", "-", "--output", "-", "--format", "pdf"),
        ("index", "explain", "idm", "--input", "a.csv", "--kode", "1", "--tahun", "dua ribu"),
    ],
    ids=" ".join,
)
@pytest.mark.django_db
def test_wrong_usage_is_64(arguments):
    assert official.run(None, *arguments).returncode == 64
