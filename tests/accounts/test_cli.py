"""The commands: exit codes, JSON, files."""

import json
import re
from pathlib import Path

from typer.testing import CliRunner

from sidara.accounts.cli import app
from tests.world import World


def run(*words: str):
    return CliRunner().invoke(app, list(words))


def asked(*words: str):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


CREATE = ("create", "baru", "--role", "operator-desa", "--function", "Contoh")


def test_create_gives_a_code(world: World) -> None:
    made = asked(*CREATE, "--under", "62.01.02.2016", "--name", "Contoh Baru")
    assert re.fullmatch(r"[0-9A-Z-]{14}", made["code"])
    shown = asked("show", "baru")
    assert shown["name"] == "Contoh Baru"
    assert shown["grants"][0]["under"] == ["62.01.02.2016"]
    assert shown["events"][0]["by"] == "Pengelola"
    done = run("show", "baru")
    assert "Operator desa, Desa Natai Raya" in done.stdout


def test_what_is_wrong_ends_with_one_and_findings(world: World) -> None:
    done = run(*CREATE, "--under", "62.01")
    assert done.exit_code == 1
    assert "REGION_LEVEL_WRONG" in done.stderr
    assert run("show", "tidak-ada").exit_code == 1
    assert run("recover", "tidak-ada").exit_code == 1
    assert run("end", "0b0f4a5e-6c1d-4f0e-9a53-6f1a3c9d2e11").exit_code == 1
    done = run("sheets", "--under", "11", "--output", "x")
    assert (done.exit_code, "REGION_UNKNOWN" in done.stderr, Path("x").exists()) == (1, True, False)
    done = run("list", "--under", "62.99")
    assert (done.exit_code, "REGION_UNKNOWN" in done.stderr) == (1, True)
    assert run(*CREATE, "--under", "62.01.02.2016", "--until", "besok").exit_code == 2


def test_list_filters_and_counts(world: World) -> None:
    found = asked("list", "--under", "62.01", "--role", "opd")
    assert (found["count"], found["pages"]) == (2, 1)
    assert [one["login_name"] for one in found["users"]] == ["opd-a", "opd-dik-a"]
    done = run("list", "--text", "kepala")
    assert "kepala-desa-a" in done.stdout
    assert "1 akun" in done.stderr


def test_grant_end_hand_over_recover(world: World) -> None:
    given = asked("grant", "operator-desa-a", "--role", "kepala-desa", "--under", "62.01.02.2016")
    assert asked("end", given["grant"], "--last-day", "2099-12-31")["grant"] == given["grant"]
    moved = asked("hand-over", str(world.grant("operator-desa-b")), "--to", "pengganti", "--name", "Contoh")
    assert moved["code"]
    assert moved["login_name"] == "pengganti"
    assert asked("recover", "operator-desa-a")["code"]
    done = run("recover", "operator-desa-a")
    assert re.search(r"nama masuk operator-desa-a, kode sekali pakai [0-9A-Z-]{14}", done.stdout)


def test_sheets_write_a_file_for_each_kecamatan(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "lembar"
    made = asked(
        "sheets", "--under", "62.01", "--output", str(folder), "--address", "https://sidara.example/"
    )
    assert len(made) == 6
    assert sum(one["accounts"] for one in made) == 94
    assert sum(one["new"] for one in made) == 92
    file = folder / "lembar-62.01.02.html"
    html = file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert html.count('class="strip"') == 20
    assert "https://sidara.example/masuk/kode" in html
    assert "dashed" in html
    assert "<script" not in html
    done = run("sheets", "--under", "62.01.02", "--output", str(folder))
    assert "1 lembar" in done.stderr
    assert done.stdout == ""
