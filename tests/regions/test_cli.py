"""The commands as processes: exit codes, data on stdout, words on stderr, shapes of JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sidara.regions.cli import APPS

SIDARA = Path(sys.executable).with_name("sidara")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def run(home):
    def command(*words, at=home):
        return subprocess.run(
            [SIDARA, "regions", *words],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "SIDARA_HOME": str(at)},
            timeout=120,
            check=False,
        )

    return command


@pytest.fixture(scope="module")
def loaded(run):
    """The home with province 62 loaded."""
    done = run("load", "--province", "62", "--yes")
    assert done.returncode == 0, done.stderr
    return done


def test_load_without_a_yes_shows_the_diff_and_changes_nothing(run, tmp_path):
    done = run("load", "--province", "62", at=tmp_path)
    assert done.returncode == 1
    assert "1.722 wilayah baru" in done.stderr
    assert "--yes" in done.stderr
    assert done.stdout == ""
    assert json.loads(run("check", "--json", at=tmp_path).stdout)["provinces"] == {}
    empty = run("check", at=tmp_path)
    assert (empty.returncode, empty.stdout) == (0, "")
    assert "kosong" in empty.stderr


def test_load_ends_with_the_reconciliation(loaded):
    assert "Keputusan" in loaded.stdout
    assert "Kepmendagri 300.2.2-2138/2025" in loaded.stdout
    assert "1.432" in loaded.stdout
    assert "selisih" not in loaded.stdout
    assert "1.722 wilayah baru" in loaded.stderr


def test_load_again_says_that_nothing_changes(loaded, run):
    done = run("load", "--province", "62")
    assert done.returncode == 0
    assert "Tidak ada yang berubah" in done.stderr
    result = json.loads(run("load", "--province", "62", "--json").stdout)
    assert result["applied"] is False
    assert set(result["difference"].values()) == {0}


@pytest.mark.parametrize("words", [["load"], ["load", "-p", "99"], ["load", "--all", "-p", "62"], ["find"]])
def test_wrong_usage(run, words):
    assert run(*words).returncode == 64


def test_check_has_exactly_the_agreed_shape(loaded, run):
    counted = json.loads(run("check", "--json").stdout)
    assert counted.keys() == {"provinces", "nation"}
    assert counted["provinces"].keys() == {"62"}
    here = counted["provinces"]["62"]
    keys = {"kabupaten", "kota", "kecamatan", "desa", "kelurahan", "per_kabupaten"}
    assert here.keys() == keys | {"decree"}
    assert here["decree"].keys() == keys
    assert here["per_kabupaten"]["62.01"] == {"desa": 81, "kelurahan": 13, "kecamatan": 6}
    assert here["decree"]["per_kabupaten"]["62.01"] == {"desa": 81, "kelurahan": None, "kecamatan": None}
    assert counted["nation"]["decree"] == {
        "provinsi": 38,
        "kabupaten_kota": 514,
        "kecamatan": 7285,
        "desa_kelurahan": 83762,
    }
    assert "Kotawaringin Barat" in run("check").stdout


def test_find_gives_candidates_with_parents(loaded, run):
    found = json.loads(run("find", "desa nataai raya", "--json", "--limit", "3").stdout)
    assert 1 <= len(found) <= 3
    assert found[0].keys() == {"code", "name", "kind", "level", "parents", "score"}
    assert (found[0]["code"], found[0]["name"], found[0]["kind"]) == ("62.01.02.2016", "Natai Raya", "desa")
    assert found[0]["parents"] == [
        {"code": "62", "name": "Kalimantan Tengah", "level": 1},
        {"code": "62.01", "name": "Kotawaringin Barat", "level": 2},
        {"code": "62.01.02", "name": "Arut Selatan", "level": 3},
    ]
    assert "Natai Raya" in run("find", "natai raya").stdout


def test_find_nothing_says_so_gently(loaded, run):
    plain = run("find", "qqqqqqqq")
    assert (plain.returncode, plain.stdout) == (0, "")
    assert "Tidak ada wilayah" in plain.stderr
    assert json.loads(run("find", "qqqqqqqq", "--json").stdout) == []


def test_help_has_examples():
    for words in ([], ["load"], ["check"], ["find"]):
        assert "Contoh" in CliRunner().invoke(APPS["regions"], [*words, "--help"]).output
