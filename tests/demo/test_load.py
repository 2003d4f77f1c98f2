"""The demo loads a home folder by its command: with published tables and without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import together
from tests.serving import ROOT, made

SIDARA = Path(sys.executable).with_name("sidara")


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SIDARA, *arguments],
        env={**os.environ, "SIDARA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def facts(home: Path, dataset: str, *arguments: str) -> list[dict]:
    done = run(home, "query", "ask", "--dataset", dataset, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["figures"]


@pytest.fixture(scope="module")
def real(tmp_path_factory, shared) -> Path:
    return made(tmp_path_factory.mktemp("real"), ("demo", "load", "--data", str(shared)))


@pytest.fixture(scope="module")
def simulated(tmp_path_factory) -> Path:
    return made(tmp_path_factory.mktemp("simulated"), ("demo", "load", "--simulated"))


def listed(home: Path) -> dict[str, dict]:
    done = run(home, "dataset", "list", "--json")
    assert done.returncode == 0, done.stderr
    return {row["code"]: row for row in json.loads(done.stdout)}


def test_published_and_simulated_figures_are_sets_of_their_own(real) -> None:
    assert set(listed(real)) == {
        "external:idm-2024",
        "external:idm-2024-recap",
        "external:idm-items",
        "simulated:idm",
        "simulated:indeks-desa",
    }


def test_beside_published_figures_only_one_year_is_simulated(real) -> None:
    years = facts(
        real,
        "simulated:idm",
        "--variable",
        "IDM.IDM",
        "--operation",
        "COUNT",
        "--level",
        "provinsi",
        "--period",
        "semua",
    )
    assert {row["period"]: row["value"] for row in years} == {"2024": 1432}


def test_status_counts_are_the_check_numbers(real) -> None:
    query = (
        "--variable",
        "IDM.STATUS",
        "--operation",
        "COUNT_BY_CODE",
        "--level",
        "provinsi",
        "--period",
        "2024",
    )
    counts = {row["code"]: int(row["value"]) for row in facts(real, "external:idm-2024", *query)}
    assert counts == {
        "MANDIRI": 239,
        "MAJU": 433,
        "BERKEMBANG": 652,
        "TERTINGGAL": 86,
        "SANGAT_TERTINGGAL": 0,
    }


def test_loading_again_changes_nothing(real) -> None:
    before = run(real, "warehouse", "status", "--json").stdout
    done = run(real, "demo", "load", "--data", str(real.parent / "nothing-here"))
    assert done.returncode == 64
    again = run(real, "demo", "load")
    assert again.returncode == 0, again.stderr
    assert run(real, "warehouse", "status", "--json").stdout == before


def test_without_published_tables_all_is_simulated(simulated) -> None:
    assert set(listed(simulated)) == {"simulated:idm", "simulated:indeks-desa"}
    years = facts(
        simulated,
        *("simulated:idm", "--variable", "IDM.STATUS", "--operation", "COUNT"),
        *("--level", "provinsi", "--period", "semua"),
    )
    assert {row["period"]: row["value"] for row in years} == {"2022": 1432, "2023": 1432, "2024": 1432}


def test_indeks_desa_is_simulated_for_two_years_and_open_for_some(real) -> None:
    asked = ("--under", "62", "--period", "semua")
    rows = facts(
        real,
        "simulated:indeks-desa",
        *("--variable", "ID.SKOR", "--variable", "ID.SKOR_MIN", "--variable", "ID.SKOR_MAX"),
        *("--variable", "ID.STATUS", *asked),
    )
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        value = row["code"] if row["variable"] == "ID.STATUS" else row["value"]
        if value is not None:
            found.setdefault((row["region"], row["period"]), {})[row["variable"]] = value
    assert {period for _, period in found} == {"2025", "2026"}
    assert len(found) == 2 * 1432
    spans = 0
    for figures in found.values():
        if "ID.SKOR" in figures:
            assert set(figures) == {"ID.SKOR", "ID.STATUS"}
            continue
        spans += 1
        assert float(figures["ID.SKOR_MIN"]) < float(figures["ID.SKOR_MAX"])
    assert 0.06 < spans / len(found) < 0.14


def test_every_simulated_row_says_so_in_a_file(simulated) -> None:
    done = run(
        simulated,
        "query",
        "ask",
        "--dataset",
        "simulated:idm",
        "--variable",
        "IDM.IDM",
        "--under",
        "62.01",
        "--format",
        "csv",
    )
    rows = done.stdout.strip().splitlines()
    assert len(rows) > 80
    place = rows[0].split(",").index("simulasi")
    assert all("SIMULASI" in row.split(",")[place:] for row in rows[1:])


def test_no_kelurahan_is_simulated(simulated) -> None:
    rows = facts(simulated, "simulated:idm", "--variable", "IDM.IDM", "--under", "62.71")
    assert rows
    assert all(row["value"] is None for row in rows)


def test_the_one_published_figure_that_does_not_fit_is_named(real) -> None:
    done = run(real, "index", "disagreements", "external:idm-2024", "--json")
    assert done.returncode == 0, done.stderr
    found = {(row["kode"], row["column"], row["value"]) for row in json.loads(done.stdout)}
    assert ("62.13.06.2003", "status", "BERKEMBANG") in found
    assert {kode for kode, _, _ in found} == {"62.13.06.2003"}


def test_a_cast_of_one_for_each_role_is_made_with_passwords_of_its_own(simulated: Path, real: Path) -> None:
    casts = [json.loads((home / "demo-accounts.json").read_text("utf-8")) for home in (simulated, real)]
    assert [len(members) for members in casts] == [15, 15]
    assert (simulated / "demo-accounts.json").stat().st_mode & 0o077 == 0
    passwords = {member["password"] for members in casts for member in members}
    assert len(passwords) == 30
    asked = [("users", "show", member["login"], "--json") for member in casts[0]]
    for shown in map(json.loads, together(simulated, *asked)):
        assert shown["name"].startswith("Contoh ")
        assert shown["has_password"]
        assert [one["in_force"] for one in shown["grants"]] == [True]


def test_who_plans_does_so_where_plans_are_made_up(simulated: Path) -> None:
    where = {
        one["login"]: one["where"]
        for one in json.loads((simulated / "demo-accounts.json").read_text("utf-8"))
    }
    assert {where[f"contoh-{name}"] for name in ("perencana", "pimpinan", "perusahaan", "pmd")} == {
        "Kabupaten Seruyan"
    }
    assert where["contoh-kabupaten"] != "Kabupaten Seruyan"
    assert where["contoh-desa"] == "Desa Contoh 001, Kabupaten Seruyan" != where["contoh-operator"]
    shown = json.loads(run(simulated, "users", "show", "contoh-desa", "--json").stdout)
    assert shown["grants"][0]["under"][0].startswith("62.07.")


def test_a_second_load_tells_the_same_cast(simulated: Path) -> None:
    from sidara.demo.cast import FILE

    before = (simulated / FILE).read_text("utf-8")
    done = run(simulated, "demo", "load", "--simulated")
    assert (simulated / FILE).read_text("utf-8") == before
    assert json.loads(before)[0]["password"] in done.stderr


def test_with_years_a_village_fills_in_and_sends_its_forms(simulated) -> None:
    done = run(
        simulated, "demo", "load", "--simulated", "--years", "2025", "--seed", "7",
        "--example", "62.01.02.9019", "--form", "KEP_SEMESTER", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["submissions"]
    assert told["dataset"] == "simulated:collection"
    assert told["submissions"] == told["saved"] == 2
    assert listed(simulated)["simulated:collection"]["simulated"]
    counted = json.loads(run(simulated, "regions", "check", "--json").stdout)["provinces"]["62"]
    assert [counted[name] for name in ("desa", "kelurahan", "kecamatan")] == [1_432, 139, 136]
    assert counted["kabupaten"] + counted["kota"] == 14


WRONG = ("62.01.02.2016", "62.99.99", "63.01.01", "kecamatan")


def test_areas_without_example_villages_are_refused_at_once(simulated, tmp_path) -> None:
    # How many there will be nobody knows before the register is loaded.
    for home, wrong in ((simulated, (*WRONG, "62.01.02.9999")), (tmp_path, WRONG)):
        asked = [word for code in ("62.01.02", *wrong) for word in ("--example", code)]
        done = run(home, "demo", "load", "--simulated", "--years", "2025", *asked)
        assert done.returncode == 64, done.stderr
        assert f"Tidak ada desa contoh di {', '.join(wrong)} pada provinsi 62." in done.stderr
        assert "register wilayah" not in done.stderr


def test_a_province_that_is_none_is_refused_and_writes_no_region(tmp_path) -> None:
    for options in (("--province", "99"), ("--province", "71", "--years", "2025")):
        done = run(tmp_path, "demo", "load", "--simulated", *options)
        assert done.returncode == 64, done.stderr
        assert "Traceback" not in done.stderr
        assert "misalnya --" in done.stderr
    assert json.loads(run(tmp_path, "regions", "check", "--json").stdout)["provinces"] == {}


def test_the_commands_of_the_readme_run_one_after_the_other(simulated, tmp_path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.partition("From a shell, in the folder of the project:")[2].split("```")[1]
    lines = block.replace(".venv/bin/sidara", str(SIDARA)).replace("$PWD/var/demo", str(simulated))
    done = subprocess.run(["bash", "-euc", lines], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "62.01.02.2016" in done.stdout or "Tumbang Manjul" in done.stdout
    assert (tmp_path / "hasil.csv").read_text(encoding="utf-8").count("\n") == 2
    assert json.loads((tmp_path / "laporan.json").read_text(encoding="utf-8"))["computed"] == 1


def test_example_villages_have_made_up_conditions_and_real_ones_none(real) -> None:
    def conditions(*arguments: str) -> list[dict]:
        done = run(real, "regions", "conditions", "list", "--under", "62", "--json", *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    made = conditions("--examples")
    assert len(made) == 1571
    assert all(one["source"].startswith("SIMULASI") for one in made)
    seruyan = [one["connection"] for one in made if one["region"].startswith("62.07.")]
    assert seruyan.count("tidak ada") > len(seruyan) / 2
    assert conditions() == []
