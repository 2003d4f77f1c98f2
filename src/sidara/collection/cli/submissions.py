"""The commands `sidara submission import | list`; `show` stands in `verification`, which knows levels."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from sidara.collection import queries, services
from sidara.collection.core import EXAMPLES, Account, Source, dataset_of
from sidara.collection.core.answering import region_unknown
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.bulk.placing import flat
from sidara.collection.core.handed import summary
from sidara.collection.core.wording import VERDICTS
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.kernel.reasons import reason_of
from sidara.regions import queries as regions
from sidara.ui import terminal

app = typer.Typer(help="Isian formulir desa: mengimpor, melihat, mendaftar, mengirim.", no_args_is_help=True)
Dataset = Annotated[
    str,
    typer.Option(
        "--dataset", help="Himpunan data; tanpa ini menurut wilayahnya. Desa contoh: simulated:collection."
    ),
]


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[
        str,
        typer.Argument(
            help="Buku kerja, berkas hasil formulir HTML, atau tabel sel; - untuk pipa (--format)."
        ),
    ],
    format: Annotated[str | None, typer.Option(help="csv, parquet, xlsx atau json.")] = None,  # noqa: A002 - the word of the command line
    dry_run: terminal.DryRun = False,
    all_or_nothing: terminal.AllOrNothing = False,
    as_json: terminal.AsJson = False,
    report: Annotated[
        Path | None, typer.Option(help="Tulis putusan dan semua temuan ke berkas JSON ini.")
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(help="Tulis buku kerja yang sama dengan temuan ditandai ke berkas ini.")
    ] = None,
    filler: Annotated[
        str, typer.Option(help="Nama dan jabatan yang mengisi, bila berkas diketik atau dibawa orang lain.")
    ] = "",
    paper: Annotated[
        bool, typer.Option("--paper", help="Diketik dari formulir kertas; isi juga --filler.")
    ] = False,
) -> None:
    """Impor sel banyak formulir dan desa dari satu berkas; setiap sel mendapat putusan.

    Kolom: form, region, period, row, variable, breakdown, state, value, explanation. Sel kosong tidak
    dikirim; keadaan ditulis dengan kata (tidak ada, tidak tahu, tidak berlaku), hapus mengosongkan sel. Baru
    + diperbarui + tetap + berselisih + ditolak = dikirim. Nilai yang melanggar aturan disimpan bersama
    temuannya.

    Kode keluar: 0 tidak ada yang ditolak atau berselisih, 2 ada, 1 berkas tidak dapat dipakai.

    Contoh: sidara submission import sel.csv --dry-run --json
    """
    incoming = _incoming(file, format, filler=filler.strip(), is_paper=paper)
    done = services.import_cells(
        OPERATOR, incoming=incoming, now=now(), is_dry=dry_run, all_or_nothing=all_or_nothing
    )
    account = done.account
    result: dict[str, Any] = {
        **{name: getattr(account, name) for name in VERDICTS},
        "stored": account.is_stored,
        "refused": account.is_refused,
        "dry_run": dry_run,
        "submissions": done.submissions,
        "findings": [flat(one) for one in account.findings],
        "findings_left": account.left,
    }
    if report is not None:
        terminal.write_report(report, result)
    if annotate is not None:
        _annotate(Path(file), annotate, account, summary(result))
    if as_json:
        terminal.write_json(result)
    elif not account.is_refused:
        for name, words in VERDICTS.items():
            typer.echo(f"{words:12}{format_number(getattr(account, name)):>12} sel")
        typer.echo(_said(result))
    if not as_json:
        terminal.say_findings(account.findings, rest="; --report BERKAS.json menulis semuanya")
    if account.is_refused:
        raise typer.Exit(Exit.REFUSED)
    if not account.is_clean:
        raise typer.Exit(Exit.PARTIAL)


def _incoming(file: str, format: str | None, *, filler: str, is_paper: bool) -> Incoming:  # noqa: A002 - the word of the command line
    """Read the file, with who filled it in where another person brings it."""
    if is_paper and not filler:
        terminal.say("Sebutkan siapa yang mengisi kertasnya dengan --filler.")
        raise typer.Exit(Exit.USAGE)
    source = sys.stdin.buffer if file == "-" else Path(file)
    incoming = queries.read_cells_file(OPERATOR, source, format=format)
    named = filler or incoming.filler
    return replace(incoming, filler=named, source=Source.PAPER if is_paper else incoming.source)


def _annotate(file: Path, output: Path, account: Account, said: str) -> None:
    """Write the workbook with its faults marked, whole or not at all; `said`: what became of its cells."""
    try:
        marked = queries.annotated(OPERATOR, file.read_bytes(), account.findings, account=said)
        if marked is None:
            terminal.say(
                "Buku kerja ini tidak dapat dibuka, sehingga temuannya tidak dapat ditandai di dalamnya."
            )
            return
        part = output.with_name(output.name + ".part")
        part.write_bytes(marked)
        part.replace(output)
    except OSError as fault:
        terminal.say(f"Berkas {output} tidak dapat ditulis: {reason_of(fault)}.")


def _said(result: dict[str, Any]) -> str:
    if result["stored"]:
        return f"Tersimpan pada {format_number(result['submissions'])} isian."
    return "Uji coba: tidak ada yang disimpan." if result["dry_run"] else "Tidak ada yang disimpan."


def refuse_unknown(region: str) -> None:
    """Leave where the register does not hold a region, so that none found is not taken for none wrong."""
    if region and regions.resolve(OPERATOR, region) is None:
        terminal.say_findings((region_unknown(region),))
        raise typer.Exit(Exit.REFUSED)


def say_left_out(form: str, region: str, period: str, dataset: str) -> None:
    """Say how many submissions of example villages are left out, and how they are asked for."""
    if dataset or dataset_of(region) == EXAMPLES:
        return
    left = queries.begun_count(OPERATOR, queries.Wanted(form, region, period, EXAMPLES))
    if left:
        terminal.say(
            f"Tidak termasuk {format_number(left)} isian desa contoh (SIMULASI); untuk isian itu "
            f"tambahkan --dataset {EXAMPLES}."
        )


@app.command("list")
def list_(
    *,
    form: Annotated[str, typer.Option(help="Hanya formulir ini.")] = "",
    region: Annotated[str, typer.Option(help="Hanya wilayah ini dan di bawahnya, misalnya 62.01.02.")] = "",
    period: Annotated[str, typer.Option(help="Hanya periode ini.")] = "",
    dataset: Dataset = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Daftar isian yang sudah dimulai, dengan revisi dan banyaknya sel terisi.

    Contoh: sidara submission list --region 62.01.02 --period 2026-Q1 --json
    """
    refuse_unknown(region)
    found = queries.listed(OPERATOR, form=form, under=region, period=period, dataset=dataset)
    say_left_out(form, region, period, dataset)
    if as_json:
        terminal.write_json(
            [
                {
                    "form": one.form,
                    "version": one.form_number,
                    "region": one.region,
                    "period": one.period,
                    "revision": one.revision,
                    "cells": one.cells,
                }
                for one in found
            ]
        )
        return
    for one in found:
        typer.echo(
            f"{one.region}  {one.form:22} {one.period:8} v{one.form_number}  revisi {one.revision:>3}  "
            f"{format_number(one.cells):>5} sel"
        )
    terminal.say(f"{format_number(len(found))} isian.")
