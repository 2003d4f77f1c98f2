"""The alignment by command: `sidara alignment check | run`."""

from pathlib import Path
from typing import Annotated

import typer

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Severity
from sidara.programmes import queries
from sidara.programmes.core import alignment
from sidara.programmes.formats import alignment_cases
from sidara.ui import terminal

app = typer.Typer(
    no_args_is_help=True,
    help="""Sinkronisasi: lima belas uji penyelarasan rencana (SIN_S01 sampai SIN_S15).

    Contoh: sidara alignment check --input kasus.json""",
)


@app.command()
def check(
    *,
    input_: Annotated[
        Path, typer.Option("--input", metavar="BERKAS", help="Daftar kasus (JSON): tabel kecil dan uji.")
    ],
) -> None:
    """Uji kasus-kasus dari berkas, tanpa membaca atau mengubah catatan; hasilnya JSON, satu per kasus.

    Kode keluar 2 bila ada kasus yang tidak terbaca, 1 bila berkasnya bukan daftar kasus.

    Contoh: sidara alignment check --input kasus.json
    """
    base = alignment_cases.Base(
        queries.alignment.rules(OPERATOR),
        local_date(now()),
        queries.alignment.kinds(OPERATOR),
        queries.catalogue(OPERATOR).nomenclature,
    )
    reading = alignment_cases.read(terminal.read_file(input_), base, file=input_.name)
    terminal.say_findings(reading.findings)
    if not reading.is_list:
        raise typer.Exit(Exit.REFUSED)
    terminal.write_json(
        [
            alignment_cases.told(one, alignment.check(one.tables, one.context, one.checks))
            for one in reading.cases
        ]
    )
    if any(one.severity is Severity.ERROR for one in reading.findings):
        raise typer.Exit(Exit.PARTIAL)
