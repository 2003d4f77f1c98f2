"""`sidara regions boundaries`: show what a file holds, ask, keep it; without a file list the layers."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.regions import queries, services
from sidara.regions.cli.register import SHOWN, accepted
from sidara.regions.core.boundaries import Layer, Survey
from sidara.regions.core.boundaries.layer import LICENCE_UNKNOWN
from sidara.ui import terminal

_VERDICTS = {
    "matched": "desa cocok dengan daftar wilayah",
    "missing": "desa di daftar wilayah tidak ada di berkas (tetap tanpa batas)",
    "extra": "kode di berkas tidak ada di daftar wilayah (tidak disimpan)",
    "duplicate": "kode tertulis lebih dari sekali",
}


def boundaries(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="GeoJSON, GeoPackage, atau Shapefile di dalam ZIP; tanpa berkas: daftar lapisan."
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Pemberi berkas, misalnya 'BIG, RBI10K September 2023'.")
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d"],
            help="Tanggal data; kode di berkas dibaca menurut hari itu.",
        ),
    ] = None,
    licence: Annotated[
        str, typer.Option("--licence", help="Lisensi sebagaimana tertulis pada sumbernya.")
    ] = LICENCE_UNKNOWN,
    layer: Annotated[
        str | None, typer.Option("--layer", help="Nama lapisan, bila berkas berisi beberapa.")
    ] = None,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Terima lubang: danau, desa yang batasnya belum ada.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Simpan tanpa bertanya.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Muat batas desa: perlihatkan dulu yang cocok, kurang, lebih, dan ganda, lalu simpan sebagai lapisan.

    Batas kecamatan dan kabupaten dibentuk dari batas desa. Lapisan lama tetap disimpan.

    Contoh: sidara regions boundaries batas_desa.zip --source "BIG, RBI10K September 2023" --date 2023-09-30
    """
    if file is None:
        _list(as_json=as_json)
        return
    if not source:
        raise typer.BadParameter("Sebutkan pemberi berkas: --source 'BIG, RBI10K September 2023'.")
    survey = queries.boundary_survey(
        OPERATOR, file=file, on=date.date() if date else None, layer=layer, with_gaps=gaps
    )
    _show(survey)
    is_wanted = not survey.is_refused and (yes or accepted("batas wilayah"))
    kept = _keep(survey, source, licence, date) if is_wanted else None
    if survey.is_refused:
        terminal.say("Tidak ada yang disimpan; lapisan batas yang lama tetap dipakai.")
    elif kept is not None:
        terminal.say(f"Batas {format_number(kept.matched)} desa disimpan dan dipakai. {kept.disclaimer}.")
    elif is_wanted:
        terminal.say("Tidak ada yang berubah; batas ini sudah dipakai.")
    if as_json:
        terminal.write_json(_result(survey, kept))
    if not is_wanted:
        raise typer.Exit(Exit.REFUSED)


def _show(survey: Survey) -> None:
    """Tell the account and the findings on standard error, before anything is kept."""
    if survey.columns:
        terminal.say(f"Susunan kolom: {survey.columns}")
    for verdict, codes in (
        ("matched", survey.account.matched),
        ("missing", survey.account.missing),
        ("extra", survey.account.extra),
        ("duplicate", survey.account.duplicate),
    ):
        if not codes and verdict != "matched":
            continue
        terminal.say(f"{format_number(len(codes))} {_VERDICTS[verdict]}")
        if verdict != "matched":
            rest = f", … dan {format_number(len(codes) - SHOWN)} lagi" if len(codes) > SHOWN else ""
            terminal.say(f"  {', '.join(codes[:SHOWN])}{rest}")
    terminal.say_findings(survey.findings, rest="; --json memuat semuanya")


def _keep(survey: Survey, source: str, licence: str, date: datetime | None) -> Layer | None:
    """Keep with a progress bar on standard error."""
    columns = (TextColumn("Menyusun batas"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal.beside()) as bar:
        task = bar.add_task("", total=None)
        return services.keep_boundaries(
            OPERATOR,
            survey=survey,
            source=source,
            licence=licence,
            data_date=date.date() if date else None,
            clock=now,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _result(survey: Survey, kept: Layer | None) -> dict[str, Any]:
    """Give everything as JSON."""
    account = survey.account
    return {
        "applied": kept is not None,
        "columns": survey.columns,
        "account": account.counts(),
        "missing": list(account.missing),
        "extra": list(account.extra),
        "duplicate": list(account.duplicate),
        "findings": [one.flat() for one in survey.findings],
        "layer": kept.as_row() if kept else None,
    }


def _list(*, as_json: bool) -> None:
    """List the layers that were kept."""
    layers = queries.boundary_layers(OPERATOR)
    if as_json:
        terminal.write_json([layer.as_row() for layer in layers])
        return
    if not layers:
        terminal.say(
            "Belum ada batas wilayah. Muat dengan: sidara regions boundaries BERKAS --source PEMBERI"
        )
        return
    table = Table("Dipakai", "Sumber", "Tanggal data", "Lisensi", "Berkas", "Desa", "Dimuat")
    for layer in layers:
        table.add_row(
            "ya" if layer.is_current else "",
            layer.source,
            layer.data_date.isoformat() if layer.data_date else "tidak disebut",
            layer.licence,
            layer.file,
            format_number(layer.matched),
            local_date(layer.loaded_at).isoformat(),
        )
    terminal.page().print(table)
