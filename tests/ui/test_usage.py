"""Wrong usage of a command is told in Indonesian, names what is meant, and shows the way to the help."""

import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from sidara.cli import build
from sidara.ui import usage
from sidara.ui.help import in_indonesian


class Colour(StrEnum):
    RED = "merah"
    BLUE = "biru"


def _app() -> typer.Typer:
    app = typer.Typer(add_completion=False)

    @app.command()
    def take(
        name: Annotated[str, typer.Argument(metavar="NAMA")],
        *,
        output: Annotated[str, typer.Option("--output")],
        port: Annotated[int, typer.Option(min=1, max=9)] = 1,
        colour: Colour = Colour.RED,
        every: Annotated[bool, typer.Option("--every")] = False,
        file: Annotated[Path | None, typer.Option(exists=True)] = None,
    ) -> None:
        if name == "buruk":
            raise typer.BadParameter("'buruk' bukan nama; tulislah nama.", param_hint="--name")
        if name == "jelek":
            raise typer.BadParameter("Nama itu jelek.")

    @app.command()
    def other() -> None:
        """Do nothing."""

    return app


ENGLISH = (
    "Usage",
    "Options",
    "OPTIONS",
    "COMMAND",
    "ARGS",
    "default",
    "required",
    "Show",
    "exit",
    "<str>",
    "<bool>",
)
GOOD = ("take", "x", "--output", "y")
CASES = {
    ("take", "x"): "Isi --output.",
    ("take", "--output", "y"): "Isi NAMA.",
    (*GOOD, "--outptu", "z"): "Pilihan --outptu tidak dikenal. Mungkin yang dimaksud: --output.",
    (*GOOD, "-q"): "Pilihan -q tidak dikenal.",
    ("take", "x", "--output"): "Pilihan --output perlu isi.",
    (*GOOD, "lagi"): "Kata ini tidak dipakai perintahnya: lagi.",
    (*GOOD, "--port", "x"): "--port: tulis bilangan bulat.",
    (*GOOD, "--port", "0"): "--port: paling kecil 1.",
    (*GOOD, "--port", "10"): "--port: paling besar 9.",
    (*GOOD, "--colour", "hijau"): "--colour: hijau tidak dikenal; pilih 'merah', 'biru'.",
    (*GOOD, "--file", "tidak-ada.csv"): "--file: tidak-ada.csv tidak ada.",
    ("tidur",): "Perintah tidur tidak ada.",
    ("take", "buruk", "--output", "y"): "--name: 'buruk' bukan nama; tulislah nama.",
    ("take", "jelek", "--output", "y"): "Nama itu jelek.",
}


@pytest.mark.parametrize("words", CASES)
def test_what_is_wrong_is_said_in_indonesian_with_the_way_to_the_help(words, capsys) -> None:
    with pytest.raises(typer.TyperException) as raised:
        _app()(list(words), standalone_mode=False, prog_name="sidara")
    usage.say(raised.value)
    told = capsys.readouterr().err.splitlines()
    place = "sidara" if words == ("tidur",) else "sidara take"
    # Which command an option without its value belongs to the library does not tell.
    way = [] if words[-1] == "--output" else [f"Pilihan dan contohnya: {place} --help"]
    assert told == [CASES[words], *way]


def test_the_command_says_it_so_and_gives_its_code(tmp_path) -> None:
    sidara = Path(sys.executable).with_name("sidara")
    done = subprocess.run(
        [sidara, "check", "run", "--period", "2026-Q7"],
        env={**os.environ, "SIDARA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr.splitlines() == [
        "'2026-Q7' bukan periode; tulislah seperti 2026, 2026-S1, atau 2026-Q1.",
        "Pilihan dan contohnya: sidara check run --help",
    ]


LARGE = ("duckdb", "ibis", "scipy.linalg", "psycopg", "openpyxl", "typst")
LOADED = f"""
import sys
from sidara import cli
try:
    cli.main()
finally:
    print([one for one in {LARGE!r} if one in sys.modules])
"""


def test_help_waits_for_nothing_that_only_few_commands_need(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--help"],
        env={**os.environ, "SIDARA_HOME": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [(), ("take",), ("other",)])
def test_the_help_of_the_library_is_indonesian(words: tuple[str, ...]) -> None:
    text = CliRunner().invoke(in_indonesian(_app()), [*words, "--help"]).stdout
    assert text.strip().startswith("Pakai: ")
    assert "Tampilkan penjelasan ini." in text
    assert not [word for word in ENGLISH if word in text]


def test_the_help_names_what_an_option_takes_and_its_default() -> None:
    text = CliRunner().invoke(in_indonesian(_app()), ["take", "--help"]).stdout
    for words in ("[bawaan: 1]", "[wajib]", "<teks>", "<bilangan>", "<berkas>", "[1<=x<=9]", "<merah|biru>"):
        assert words in text, words
    with pytest.raises(typer.TyperException) as raised:
        in_indonesian(_app())(["take", "x", "--output", "y", "--port", "x"], standalone_mode=False)
    assert usage.words(raised.value) == "--port: tulis bilangan bulat.", "a fault names the option"


def test_the_help_of_every_command_of_ours_is_indonesian() -> None:
    app = build()
    for words in ((), ("regions",), ("submission", "import"), ("warehouse", "refresh"), ("serve",)):
        text = CliRunner().invoke(app, [*words, "--help"]).stdout
        assert not [word for word in ENGLISH if word in text], words
