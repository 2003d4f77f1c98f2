"""What the commands of the indices share: options, what is refused as wrong usage, files in and out."""

import sys
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn

import polars as pl
import typer

from sidara import tables
from sidara.indices import core, queries
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.reasons import reason_of
from sidara.ui import terminal

PIPE = "-"
ONE_PIPE = "Keluaran baku hanya satu: pakai --json, atau --output ke berkas."

IndexName = Annotated[str, typer.Argument(metavar="INDEKS", help="Kode indeks, misalnya idm.")]
Input = Annotated[str, typer.Option("--input", help="Berkas CSV, XLSX, Parquet atau JSON; '-' untuk pipa.")]
InputOrNone = Annotated[
    str | None, typer.Option("--input", help="Berkas CSV, XLSX, Parquet atau JSON; '-' untuk pipa.")
]
Cells = Annotated[
    str | None, typer.Option("--cells", help="Berkas sel jawaban formulir, sebagai ganti --input.")
]
CellsYear = Annotated[
    int | None, typer.Option("--year", help="Tahun jawaban pada --cells; tanpa ini yang terbaru.")
]
Output = Annotated[
    str, typer.Option("--output", help="Berkas hasil (CSV, XLSX, Parquet, JSON); '-' untuk pipa.")
]
Format = Annotated[str | None, typer.Option("--format", help="Jenis isi pipa: csv, xlsx, parquet, json.")]
AsJson = terminal.AsJson

DEPTHS = {
    core.Depth.ANSWERS: "jawaban",
    core.Depth.ITEMS: "skor butir",
    core.Depth.SUB_INDICES: "subindeks",
}


def definition(name: str) -> core.Definition:
    """Give the index of that name, or end with wrong usage."""
    found = queries.definition(OPERATOR, name)
    if found is None:
        known = ", ".join(one.slug for one in queries.definitions(OPERATOR))
        terminal.say(f"Indeks {name} tidak dikenal. Yang ada: {known}.")
        raise typer.Exit(Exit.USAGE)
    return found


def check_usage(source: str, target: str | None, chosen: str | None, report: Path | None) -> None:
    """Refuse wrong usage (64): a pipe without format, an unknown suffix, files over each other."""
    if chosen is not None and chosen not in tables.FORMATS:
        usage(f"Jenis {chosen} tidak dikenal; pilih {', '.join(tables.FORMATS)}.")
    if PIPE in {source, target} and chosen is None:
        usage("Untuk pipa ('-') sebutkan --format, misalnya --format csv.")
    if (
        target not in {None, PIPE}
        and Path(str(target)).suffix.lower().removeprefix(".") not in tables.FORMATS
    ):
        usage(f"Akhiran berkas hasil {target} tidak dikenal; pakai .csv, .xlsx, .parquet atau .json.")
    files = [
        Path(name).resolve() for name in (source, target, report and str(report)) if name and name != PIPE
    ]
    if len(set(files)) < len(files):
        usage("Berkas masukan, hasil dan laporan harus berlainan.")


def one_source(source: str | None, cells: str | None) -> str:
    """Give the file of scores or of cells; refuse none of them and both."""
    if (source is None) == (cells is None):
        usage("Sebutkan salah satu: --input (skor atau jawaban) atau --cells (sel formulir).")
    return source or cells or ""


def usage(message: str) -> NoReturn:
    """Say what was asked wrongly and end with its code."""
    terminal.say(message)
    raise typer.Exit(Exit.USAGE)


def opened(source: str) -> Path | BinaryIO:
    """Give the file, or standard input for a pipe."""
    return sys.stdin.buffer if source == PIPE else Path(source)


def write(frame: pl.DataFrame, target: str, chosen: str | None, definition: core.Definition) -> None:
    """Write the result whole or not at all."""
    notes = {"Indeks": definition.name, "Dasar": definition.source}
    try:
        if target == PIPE:
            tables.write(frame, sys.stdout.buffer, format=chosen)
            sys.stdout.buffer.flush()
        else:
            tables.write(frame, Path(target), notes=notes)
    except OSError as fault:
        terminal.say(f"Berkas hasil {target} tidak dapat ditulis: {reason_of(fault)}.")
        raise typer.Exit(Exit.REFUSED) from fault


def figure(value: object, decimals: int = 4) -> str:
    """Write a figure with its decimals."""
    return f"{value:.{decimals}f}".replace(".", ",") if isinstance(value, float) else "tidak ada"


def points(frame: pl.DataFrame, definition: core.Definition) -> pl.DataFrame:
    """Give points as whole numbers where all of a column are: 128, not 128.0."""
    names = {
        level.column for version in definition.versions for level in version.sub_indices if level.is_points
    }
    whole = [
        name
        for name in frame.columns
        if name in names and frame[name].dtype == pl.Float64 and (frame[name].drop_nulls() % 1 == 0).all()
    ]
    return frame.with_columns(pl.col(whole).cast(pl.Int64))


def decimals(definition: core.Definition) -> int:
    """Give the decimals to which the classes round the index."""
    return definition.versions[-1].thresholds.decimals


def span(low: str, high: str) -> str:
    """Write what lies between two words or figures; only one of them where they are the same."""
    return low if low == high else f"{low} sampai {high}"


def becomes(before: str, after: str) -> str:
    """Write what becomes of something."""
    return f"{before} (tetap)" if before == after else f"{before} -> {after}"
