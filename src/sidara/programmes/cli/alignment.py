"""The alignment by command: `sidara alignment check | run`."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Severity
from sidara.kernel.number import format_number
from sidara.programmes import queries, services
from sidara.programmes.core import alignment
from sidara.programmes.formats import alignment_cases
from sidara.programmes.queries.alignment import FindingQuery, FindingRow
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


@app.command()
def run(
    *,
    under: Annotated[str, typer.Option(help="Wilayah yang diperiksa, misalnya 62 atau 62.03.")] = "62",
    year: Annotated[int | None, typer.Option(help="Tahun rencana; bawaan: yang sedang disusun.")] = None,
    simulated: Annotated[
        bool | None,
        typer.Option(
            "--simulated/--real",
            help="Rencana SIMULASI desa contoh, atau yang nyata; bawaan: yang nyata bila ada.",
        ),
    ] = None,
    label: Annotated[str, typer.Option(help="Nama pemeriksaan, misalnya 'sebelum Rakernis'.")] = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Periksa rencana semua tingkat setahun, dan simpan temuannya dengan keadaannya.

    Contoh: sidara alignment run --under 62.03 --year 2026 --label "sebelum Rakernis" --json
    """
    moment = now()
    simulated = queries.alignment.only_made_up(OPERATOR) if simulated is None else simulated
    today = local_date(moment)
    asked = year or queries.alignment.year_worked_on(OPERATOR, today, is_simulated=simulated)
    with terminal.watching("Memeriksa rencana semua tingkat"):
        done = services.run_alignment(
            OPERATOR, under=under, year=asked, now=moment, is_simulated=simulated, label=label
        )
    terminal.say_findings(done.findings)
    if not done.is_done:
        raise typer.Exit(Exit.REFUSED)
    query = FindingQuery(asked, under, is_simulated=simulated)
    found = queries.alignment.findings(OPERATOR, query)
    if as_json:
        terminal.write_json(_flat_run(done, query) | {"findings": [one.flat() for one in found]})
        return
    _say(done, found, simulated=simulated)


def _say(done: services.Aligned, found: tuple[FindingRow, ...], *, simulated: bool) -> None:
    mark = "SIMULASI. " if simulated else ""
    again = "sama dengan yang sudah ada" if done.is_repeated else "tersimpan"
    terminal.say(
        f"{mark}Pemeriksaan {done.number} {again}: {format_number(done.new)} temuan baru, "
        f"{format_number(done.kept)} tetap, {format_number(done.changed)} berubah, "
        f"{format_number(done.solved)} selesai."
    )
    rules = queries.alignment.rules(OPERATOR)
    table = Table("Uji", "Nama", *terminal.SEVERITIES.values(), "Uang (Rp)")
    for code, about in rules.checks.items():
        own = [one for one in found if one.code == code]
        counts = Counter(one.severity for one in own)
        money = sum(one.amount_idr or 0 for one in own)
        table.add_row(
            code,
            about.name,
            *(format_number(counts[one]) for one in terminal.SEVERITIES),
            format_number(money),
        )
    terminal.page().print(table)


def _flat_run(done: services.Aligned, query: FindingQuery) -> dict[str, Any]:
    return {
        "number": done.number,
        "repeated": done.is_repeated,
        "under": query.under,
        "year": query.year,
        "simulated": query.is_simulated,
        "new": done.new,
        "kept": done.kept,
        "changed": done.changed,
        "solved": done.solved,
    }
