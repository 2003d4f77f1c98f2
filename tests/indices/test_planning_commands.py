"""`sidara index whatif | path | sensitivity` as people run them: files in, files and JSON out, exit codes."""

import json

import polars as pl
import pytest

from sidara import tables
from sidara.tables import LINE
from tests.indices import official, samples


@pytest.fixture(scope="module")
def file(shared, tmp_path_factory):
    """22 villages of Kalimantan Tengah with their published scores, four years."""
    target = tmp_path_factory.mktemp("butir") / "skor.csv"
    samples.published(shared).drop(LINE).write_csv(target)
    return target


def told(done) -> dict:
    return json.loads(done.stdout)


def test_what_if_as_json_and_file(home, file, tmp_path):
    changes = tmp_path / "andai.csv"
    changes.write_text("kode,tahun,name,value\n62,2024,E06,5\n", encoding="utf-8")
    target = tmp_path / "hasil.csv"
    done = official.run(
        home,
        *("index", "whatif", "idm", "--input", file, "--changes", changes),
        *("--set", "6211022003@2024:E06=3", "--output", target, "--json"),
    )
    assert done.returncode == 0, official.said(done)
    made = told(done)
    assert list(made) == ["villages", "statuses", "others_with_another_rank", "findings"]
    written = pl.read_csv(target, schema_overrides={"kode": pl.String}, infer_schema_length=None)
    assert written["kode"].to_list() == [one["kode"] for one in made["villages"]]
    assert written.height == 22
    row = written.row(by_predicate=pl.col("kode") == "6211022003", named=True)
    assert (row["changes"], row["tahun"]) == ("E06 0 -> 3", 2024)
    assert row["index_after"] - row["index_before"] == pytest.approx(3 / 180)


def test_paths_as_files_and_json_within_a_budget(home, file, tmp_path):
    steps, summary = tmp_path / "langkah.csv", tmp_path / "ringkasan.xlsx"
    done = official.run(
        home,
        *("index", "path", "idm", "--input", file, "--fixed", "S20,L02", "--budget", "20"),
        *("--output", steps, "--summary", summary, "--json"),
    )
    assert done.returncode == 0, official.said(done)
    made = told(done)
    assert len(made["paths"]) == 22
    assert made["unit"] == "langkah"
    bought = made["budget"]
    assert bought["is_optimal"]
    assert bought["villages"] == bought["villages_bound"] == len(bought["chosen"]) > 0
    assert bought["cost"] == bought["cost_bound"] <= 20
    for path in made["paths"]:
        assert path["cost"] == path["bound"] == sum(step["cost"] for step in path["steps"])
        assert not {step["item"] for step in path["steps"]} & {"S20", "L02"}
    table = pl.read_csv(steps, schema_overrides={"kode": pl.String}, infer_schema_length=None)
    assert table.columns == [
        *("kode", "tahun", "item", "label", "from", "to", "cost", "activity", "actors", "is_sure")
    ]
    assert set(table["kode"]) == set(bought["chosen"])
    assert table["cost"].sum() == bought["cost"]
    rows = tables.read(summary).table.frame
    assert rows["is_chosen"].to_list().count("true") == bought["villages"]
    assert "YEAR_NEWEST" in official.said(done)


def test_one_path_for_people(home, file):
    done = official.run(
        home, "index", "path", "idm", "--input", file, "--kode", "62.11.02.2003", "--to", "0.75"
    )
    assert done.returncode == 0, official.said(done)
    page = done.stdout.decode("utf-8")
    assert "terjangkau" in page
    assert "1 terbukti termurah" in page
    assert "Kegiatan yang disarankan" in page


def test_sensitivity_as_files(home, file, tmp_path):
    target, shifts = tmp_path / "kepekaan.parquet", tmp_path / "bobot.csv"
    done = official.run(
        home,
        *("index", "sensitivity", "idm", "--input", file, "--output", target, "--shifts", shifts),
        *("--shift", "0.05"),
    )
    assert done.returncode == 0, official.said(done)
    assert pl.read_parquet(target).height == 88
    assert pl.read_csv(shifts).height == 6


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("whatif", "idm"), 64, "--set"),
        (("whatif", "idm", "--set", "S02=5"), 64, "KODE:NAMA=NILAI"),
        (("whatif", "idm", "--set", "*:S02=4"), 1, "SCORE_IMPOSSIBLE"),
        (("whatif", "idm", "--set", "*:S02=5", "--json", "--output", "-", "--format", "csv"), 64, "baku"),
        (("path", "idm", "--to", "HEBAT"), 64, "GOAL_UNKNOWN"),
        (("path", "idm", "--to", "1.01"), 64, "GOAL_TOO_HIGH"),
        (("path", "idm", "--fixed", "S99"), 64, "S99"),
        (("whatif", "idm", "--set", "*:S02=5", "--under", "62.99"), 2, "AREA_WITHOUT_CHANGE"),
        (("path", "idm", "--budget", "-1"), 64, "Anggaran"),
        (("path", "idm", "--budget", "1,234"), 64, "paling banyak dua desimal"),
        (("path", "idm", "--kode", "6201999999"), 1, "VILLAGE_ABSENT"),
        (("path", "idm", "--kode", "6211022003", "--kode", "6201999999"), 2, "VILLAGE_ABSENT"),
        (("path", "idm", "--costs", "tiada.csv"), 1, "FILE_UNREADABLE"),
        (("sensitivity", "idm", "--shift", "2"), 64, "Pergeseran"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
@pytest.mark.django_db
def test_faults_are_told_with_their_exit_code(file, arguments, code, word):
    done = official.run(None, "index", *arguments, "--input", file)
    assert done.returncode == code, official.said(done)
    assert word in official.said(done)
