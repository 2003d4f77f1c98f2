"""The commands: exit codes, data on stdout, words on stderr, shapes of JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sidara.kernel.actor import OPERATOR
from sidara.regions import queries
from sidara.regions.cli import APPS
from sidara.regions.core import Kind, Level
from sidara.regions.models import Region

SIDARA = Path(sys.executable).with_name("sidara")


def run(*words):
    return CliRunner().invoke(APPS["regions"], words)


def test_a_fresh_home_as_a_process(tmp_path):
    """Load, check and wrong usage with the real command, real pipes and a new home folder."""

    def process(*words):
        return subprocess.run(
            [SIDARA, "regions", *words],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "SIDARA_HOME": str(tmp_path)},
            timeout=120,
            check=False,
        )

    refused = process("load", "--province", "62")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "1.722 wilayah baru" in refused.stderr
    assert "--yes" in refused.stderr
    loaded = process("load", "--province", "62", "--yes")
    assert loaded.returncode == 0, loaded.stderr
    assert "1.432" in loaded.stdout
    assert json.loads(process("check", "--json").stdout)["provinces"]["62"]["desa"] == 1432
    assert process("load", "--all", "-p", "62").returncode == 64


@pytest.mark.django_db
def test_load_without_a_yes_changes_nothing():
    done = run("load", "--province", "62")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "1.571 desa/kelurahan" in done.stderr
    assert Region.objects.count() == 0
    empty = run("check")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "kosong" in empty.stderr
    assert json.loads(run("check", "--json").stdout)["provinces"] == {}


@pytest.mark.django_db
def test_load_ends_with_the_reconciliation():
    done = run("load", "--province", "62", "--yes")
    assert done.exit_code == 0
    assert "Kabupaten Kotawaringin Barat (62.01)" in done.stdout
    assert "Kepmendagri 300.2.2-2138/2025" in done.stdout
    assert "selisih" not in done.stdout
    assert "1.722 wilayah baru" in done.stderr


def test_a_difference_from_the_decree_is_named(register_62, clock):
    """A village too many in the register, which the package does not have, stays and is named."""
    district = queries.resolve(OPERATOR, "62.01.02")
    Region.objects.create(
        uid="x" * 11,
        code="62.01.02.2999",
        name="Lebih",
        level=Level.VILLAGE,
        kind=Kind.VILLAGE,
        parent_id=district.id,
        sort_key="lebih",
        search_key="lebih",
    )
    Region.objects.filter(code="62.01.02.2016").update(name="Dahulu")
    done = run("load", "--province", "62", "--yes")
    assert done.exit_code == 0
    assert "62.01.02.2016 Dahulu -> Natai Raya" in done.stderr
    assert "tidak ada lagi di sumber" in done.stderr
    assert "62.01.02.2999 Lebih" in done.stderr
    assert done.stdout.count("selisih +1") == 2


def test_load_again_says_that_nothing_changes(register_62):
    done = run("load", "--province", "62", "--json")
    assert done.exit_code == 0
    assert "Tidak ada yang berubah" in done.stderr
    result = json.loads(done.stdout)
    assert result["applied"] is False
    assert set(result["difference"].values()) == {0}


@pytest.mark.django_db
@pytest.mark.parametrize("words", [["load"], ["load", "-p", "99"], ["load", "--all", "-p", "62"], ["find"]])
def test_wrong_usage(words):
    assert run(*words).exit_code == 2


def test_check_has_exactly_the_agreed_shape(register_62):
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


def test_find_gives_candidates_with_parents(register_62):
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


def test_find_nothing_says_so_gently(register_62):
    plain = run("find", "qqqqqqqq")
    assert (plain.exit_code, plain.stdout) == (0, "")
    assert "Tidak ada wilayah" in plain.stderr
    assert json.loads(run("find", "qqqqqqqq", "--json").stdout) == []


def test_help_has_examples():
    for words in ([], ["load"], ["check"], ["find"]):
        assert "Contoh" in run(*words, "--help").output
