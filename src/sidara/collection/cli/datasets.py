"""Commands of data sets: `sidara dataset import | list | show | tables`."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from sidara.collection import queries, services
from sidara.collection.core import Account, Declaration, Stored
from sidara.collection.core.wording import VERDICTS
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_date, format_number
from sidara.ui import terminal

HELP = """Himpunan data luar: mengimpor tabel yang diterbitkan pihak lain, dan melihat yang tersimpan.

Contoh: sidara dataset list
"""

app = typer.Typer(help=HELP, no_args_is_help=True)

_STEPS = {"read": "Membaca", "write": "Menyimpan"}


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[
        str, typer.Argument(help="Berkas CSV, XLSX, Parquet atau JSON; - untuk pipa (dengan --format).")
    ],
    table: Annotated[str, typer.Option(help="Jenis tabel; lihat: sidara dataset tables.")] = "",
    code: Annotated[str, typer.Option(help="Kode himpunan, misalnya external:idm-2024.")] = "",
    licence: Annotated[
        str, typer.Option(help="Lisensi; bila tidak disebut sumbernya: 'tidak dinyatakan'.")
    ] = "",
    retrieved: Annotated[str, typer.Option(help="Tanggal salinan diambil, TTTT-BB-HH.")] = "",
    scheme: Annotated[str, typer.Option(help="Skema kode wilayah: kemendagri.")] = "",
    title: Annotated[str | None, typer.Option(help="Judul; jika tidak diisi, dari jenis tabelnya.")] = None,
    source: Annotated[
        str | None, typer.Option(help="Penerbit dan terbitan; jika tidak diisi, dari jenis tabelnya.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Alamat terbitan.")] = None,
    format: Annotated[str | None, typer.Option(help="csv, xlsx, parquet atau json.")] = None,  # noqa: A002 - the word of the command line
    sheet: Annotated[
        str | None, typer.Option(help="Lembar yang dibaca bila buku kerja berisi beberapa.")
    ] = None,
    under: Annotated[
        str | None, typer.Option(help="Hanya baris wilayah ini dan di bawahnya, misalnya 62.")
    ] = None,
    dry_run: terminal.DryRun = False,
    all_or_nothing: terminal.AllOrNothing = False,
    as_json: terminal.AsJson = False,
    report: Annotated[
        Path | None, typer.Option(help="Tulis semua putusan dan temuan ke berkas JSON ini.")
    ] = None,
) -> None:
    """Impor sebuah tabel; setiap sel mendapat putusan.

    Baru + diperbarui + tetap + berselisih + ditolak = dikirim. Sel kosong tidak dikirim.

    Contoh:

    sidara dataset import idm_2024.csv --table idm-national --code external:idm-2024
    --licence "tidak dinyatakan" --retrieved 2026-08-21 --scheme kemendagri

    sidara dataset import idm_2024.xlsx … --dry-run --report laporan.json

    cat idm_2024.csv | sidara dataset import - --format csv …

    Kode keluar: 0 semua tersimpan, 2 sebagian ditolak atau berselisih, 1 tidak ada yang tersimpan,
    64 salah pakai.
    """
    wanted = {
        "--table": table,
        "--code": code,
        "--licence": licence,
        "--retrieved": retrieved,
        "--scheme": scheme,
    }
    faults = [
        Finding("OPTION_MISSING", f"Pilihan {name} belum diisi.", "Contoh: sidara dataset import --help")
        for name, text in wanted.items()
        if not text.strip()
    ]
    day = _day(retrieved)
    if retrieved.strip() and day is None:
        faults.append(
            Finding(
                "OPTION_WRONG",
                f"Tanggal --retrieved tidak terbaca: {retrieved}.",
                "Tulis TTTT-BB-HH, misalnya 2026-08-21.",
                value=retrieved,
            )
        )
    if report is not None and not report.absolute().parent.is_dir():
        faults.append(
            Finding("OPTION_WRONG", f"Folder untuk --report tidak ada: {report}.", "Buat dahulu foldernya.")
        )
        report = None
    if faults or day is None:
        _give(Account.refused(tuple(faults)), code, as_json=as_json, report=report)
        raise typer.Exit(Exit.USAGE)
    with _progress() as progress:
        account = services.import_table(
            OPERATOR,
            source=io.BytesIO(sys.stdin.buffer.read()) if file == "-" else Path(file),
            table=table,
            dataset=code,
            licence=licence,
            retrieved_date=day,
            code_scheme=scheme,
            now=now(),
            title=title,
            published_by=source,
            url=url,
            format=format,
            sheet=sheet,
            under=under,
            dry_run=dry_run,
            all_or_nothing=all_or_nothing,
            progress=progress,
        )
    _give(account, code, as_json=as_json, report=report, is_dry=dry_run)
    raise typer.Exit(_exit(account, all_or_nothing=all_or_nothing))


def _day(text: str) -> date | None:
    """Read a day in ISO 8601."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _exit(account: Account, *, all_or_nothing: bool) -> Exit:
    """Choose the exit code of an import."""
    nothing = account.is_refused or (account.sent and account.sent == account.rejected)
    if nothing or (all_or_nothing and not account.is_clean):
        return Exit.REFUSED
    return Exit.GOOD if account.is_clean else Exit.PARTIAL


@contextmanager
def _progress() -> Iterator[services.Progress]:
    """Show the steps of an import on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal.beside(), transient=True) as bars:
        tasks = {step: bars.add_task(words, total=None, visible=False) for step, words in _STEPS.items()}

        def told(step: str, done: int, total: int) -> None:
            bars.update(tasks[step], completed=done, total=total, visible=True)

        yield told


def _give(account: Account, code: str, *, as_json: bool, report: Path | None, is_dry: bool = False) -> None:
    """Write the account to standard output, the findings to standard error, all to the report."""
    result = {"dataset": code, "dry_run": is_dry, **account.flat()}
    if report is not None:
        terminal.write_report(report, result)
    if as_json:
        terminal.write_json(result)
    elif not account.is_refused:
        for name, words in VERDICTS.items():
            typer.echo(f"{words:12}{format_number(getattr(account, name)):>12} sel")
        typer.echo(
            "Tersimpan."
            if account.is_stored
            else "Uji coba: tidak ada yang disimpan."
            if is_dry
            else "Tidak ada yang disimpan."
        )
    terminal.say_findings(account.findings, rest="; --report BERKAS.json menulis semuanya")


@app.command("list")
def list_(*, as_json: terminal.AsJson = False) -> None:
    """Daftar himpunan data yang tersimpan, dengan banyaknya sel, sumber, lisensi dan tanggalnya.

    Contoh: sidara dataset list --json
    """
    held = queries.stored(OPERATOR)
    if as_json:
        terminal.write_json([_flat(one) for one in held])
        return
    if not held:
        terminal.say("Belum ada himpunan data. Impor dengan: sidara dataset import --help")
        return
    for one in held:
        size = f"{format_number(one.cells)} sel, {format_number(one.regions)} wilayah"
        typer.echo(f"{one.dataset.code}: {one.dataset.title}")
        typer.echo(f"  {size}, periode {', '.join(one.periods)}")
        typer.echo(f"  lisensi {one.dataset.licence}, diambil {format_date(one.dataset.retrieved_date)}")


@app.command()
def show(
    *,
    code: Annotated[str, typer.Argument(help="Kode himpunan, misalnya external:idm-2024.")],
    as_json: terminal.AsJson = False,
) -> None:
    """Tampilkan satu himpunan: asal-usul, variabel, dan berkas terakhirnya.

    Contoh: sidara dataset show external:idm-2024
    """
    held = queries.stored(OPERATOR, code)
    if not held:
        terminal.say(f"Himpunan {code} tidak ada. Lihat: sidara dataset list")
        raise typer.Exit(Exit.REFUSED)
    variables = queries.variables(OPERATOR, code)
    if as_json:
        rows = [
            {"code": v.code, "label": v.label, "unit": v.unit, "decimals": v.decimals, "type": v.type}
            for v in variables
        ]
        terminal.write_json({**_flat(held[0]), "structure": rows})
        return
    words = {
        "code": "kode",
        "title": "judul",
        "source": "sumber",
        "url": "alamat",
        "licence": "lisensi",
        "retrieved": "diambil",
        "definition": "definisi",
        "scheme": "skema kode",
        "table": "jenis tabel",
        "periods": "periode",
        "regions": "wilayah",
        "cells": "sel",
        "file": "berkas",
        "sha256": "SHA-256",
        "imported": "diimpor",
    }
    flat = _flat(held[0])
    for name, word in words.items():
        value = flat[name]
        typer.echo(f"{word:14}{', '.join(value) if isinstance(value, tuple) else value}")
    typer.echo()
    for one in variables:
        typer.echo(f"{one.code:22}{one.label}{f' ({one.unit})' if one.unit else ''}")


def _flat(one: Stored) -> dict[str, object]:
    """Give a data set as one mapping, the form of the command line."""
    dataset = one.dataset
    return {
        "code": dataset.code,
        "title": dataset.title,
        "source": dataset.source,
        "url": dataset.url,
        "licence": dataset.licence,
        "retrieved": dataset.retrieved_date.isoformat(),
        "scheme": dataset.code_scheme,
        "measure": dataset.measure,
        "definition": dataset.definition,
        "simulated": dataset.is_simulated,
        "table": one.table,
        "cells": one.cells,
        "regions": one.regions,
        "periods": one.periods,
        "variables": one.variables,
        "file": one.file_name,
        "sha256": one.file_hash,
        "imported": local_date(one.imported_at).isoformat() if one.imported_at else None,
    }


@app.command()
def tables(*, as_json: terminal.AsJson = False) -> None:
    """Jenis tabel yang dapat diimpor, dengan kolom yang harus ada.

    Contoh: sidara dataset tables
    """
    known = queries.declarations(OPERATOR)
    if as_json:
        terminal.write_json([_columns(one) for one in known])
        return
    for one in known:
        typer.echo(f"{one.name}: {one.title}")
        typer.echo(f"  kolom: {', '.join(one.required)}")
        optional = [column.column for column in one.columns if column.is_optional]
        if optional:
            typer.echo(f"  boleh ada: {', '.join(optional)}")


def _columns(one: Declaration) -> dict[str, object]:
    """Give a declaration as one mapping."""
    return {
        "table": one.name,
        "title": one.title,
        "scheme": one.code_scheme,
        "required": one.required,
        "optional": [column.column for column in one.columns if column.is_optional],
        "period": one.period or one.period_column,
        "variables": [variable.code for variable in one.variables],
    }
