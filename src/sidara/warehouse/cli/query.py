"""`sidara query ask`: one figure for each region, as a table, CSV or JSON."""

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from sidara import tables
from sidara.kernel.actor import OPERATOR
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.regions.core import DESA, Level
from sidara.ui import terminal
from sidara.warehouse import queries
from sidara.warehouse.core import AS_REPORTED, EVERY, Answer, Operation, Query, Vintage
from sidara.warehouse.core import vintage as vintages
from sidara.warehouse.core.telling import as_mapping

app = typer.Typer(help="Bertanya kepada gudang data.", no_args_is_help=True)

LEVELS = {word: level for level in Level for word in (level.label, level.name.lower())}
"""The levels by their Indonesian and English words."""


class Format(StrEnum):
    """How figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def level_of(text: str | Level) -> Level:
    """Read a level by its Indonesian or English name; a default comes as the level itself."""
    if isinstance(text, Level):
        return text
    if text.lower() not in LEVELS:
        raise typer.BadParameter(f"{text!r} tidak dikenal; pilih provinsi, kabupaten, kecamatan, atau desa.")
    return LEVELS[text.lower()]


def _vintage(text: str | Vintage) -> Vintage:
    """Read in which areas figures are told; a default comes as the vintage itself."""
    found = text if isinstance(text, Vintage) else vintages.parse(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} tidak dikenal; tulis dilaporkan, kini, atau tahun seperti 2015.")
    return found


@app.callback()
def _query() -> None:
    """Bertanya kepada gudang data."""


@app.command()
def ask(  # noqa: PLR0913 - one option for each part of a query
    *,
    dataset: Annotated[str, typer.Option(help="Kode himpunan data, misalnya external:idm-2024.")],
    variable: Annotated[list[str], typer.Option(help="Kode variabel; boleh diulang.")],
    operation: Annotated[
        Operation, typer.Option(case_sensitive=False, help="Yang dilakukan.")
    ] = Operation.LATEST,
    level: Annotated[
        Level,
        typer.Option(
            parser=level_of,
            metavar="TINGKAT",
            show_default="desa",
            help="provinsi, kabupaten, kecamatan, atau desa.",
        ),
    ] = Level.VILLAGE,
    under: Annotated[str | None, typer.Option(help="Kode wilayah yang melingkupi, misalnya 62.01.")] = None,
    code: Annotated[
        list[str] | None, typer.Option(help="Hanya wilayah dengan kode ini; boleh diulang.")
    ] = None,
    period: Annotated[
        list[str] | None, typer.Option(help="Periode, misalnya 2024; boleh diulang; 'semua' = semua periode.")
    ] = None,
    breakdown: Annotated[
        str, typer.Option(help="Rincian: _T (jumlah), sebuah klasifikasi, atau KLASIFIKASI:KODE.")
    ] = TOTAL,
    measure: Annotated[str | None, typer.Option(help="Ukuran; biasanya tidak perlu diisi.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Jenis wilayah yang dihitung: desa, desa_adat (bawaan), kelurahan; boleh diulang."),
    ] = None,
    unit: Annotated[
        Level,
        typer.Option(
            parser=level_of, metavar="TINGKAT", show_default="desa", help="Tingkat wilayah yang melapor."
        ),
    ] = Level.VILLAGE,
    as_of: Annotated[
        date | None,
        typer.Option(
            parser=terminal.day, metavar="TANGGAL", help="Angka seperti yang diketahui pada akhir hari itu."
        ),
    ] = None,
    vintage: Annotated[
        Vintage,
        typer.Option(
            parser=_vintage,
            metavar="SUSUNAN",
            show_default="dilaporkan",
            help="Susunan wilayah: dilaporkan, kini, atau sebuah tahun, misalnya 2015.",
        ),
    ] = AS_REPORTED,
    least_level: Annotated[
        int | None,
        typer.Option(min=-1, max=4, help="Hanya yang sampai tingkat: 0 terkirim, 1 disahkan desa, 4 final."),
    ] = None,
    format: Annotated[Format, typer.Option(help="Bentuk keluaran.")] = Format.TABLE,  # noqa: A002 - the word of the command line
    as_json: Annotated[bool, typer.Option("--json", help="Sama dengan --format json.")] = False,
) -> None:
    """Tanyakan angka: satu angka untuk tiap wilayah pada tingkat yang diminta.

    Contoh:

      sidara query ask --dataset external:idm-2024 --variable IDM.IDM --variable IDM.STATUS --under 62.01

      sidara query ask --dataset external:idm-2024 --variable IDM.STATUS --operation COUNT_BY_CODE
      --level kabupaten --period 2024 --json

      sidara query ask --dataset external:idm-2024 --variable IDM.IDM --operation MEAN --level provinsi
      --period semua --as-of 2026-11-24 --format csv
    """
    periods = None if not period else EVERY if period == ["semua"] else tuple(period)
    answer = queries.ask(
        OPERATOR,
        Query(
            dataset=dataset,
            variables=tuple(variable),
            operation=operation,
            level=level,
            under=under,
            codes=tuple(code) if code else None,
            periods=periods,
            breakdown=breakdown,
            measure=measure,
            unit=unit,
            kinds=tuple(kind) if kind else DESA,
            as_of=as_of,
            vintage=vintage,
            least_level=least_level,
        ),
    )
    terminal.say_findings(answer.findings)
    match Format.JSON if as_json else format:
        case Format.JSON:
            terminal.write_json(as_mapping(answer))
        case Format.CSV:
            tables.write(answer.to_frame(), sys.stdout.buffer, format="csv")
        case Format.TABLE if not answer.is_refused:
            _write_table(answer)
    if answer.is_refused:
        raise typer.Exit(Exit.REFUSED)


def _write_table(answer: Answer) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("Kode", "Nama", "Periode", "Variabel", "Rincian", "Nilai", "Melapor"):
        table.add_column(
            name, justify="right" if name in {"Nilai", "Melapor"} else "left", no_wrap=name == "Kode"
        )
    for figure in answer.figures:
        variable = answer.variables.get(figure.variable)
        is_count = answer.query.operation in {Operation.COUNT, Operation.COUNT_BY_CODE}
        places = 0 if is_count or variable is None else variable.decimals
        number = format_number(figure.value, places)
        table.add_row(
            figure.region,
            figure.name,
            figure.period or "\N{EN DASH}",
            figure.variable,
            figure.breakdown if figure.breakdown != TOTAL else (figure.code or "") if is_count else "",
            number if is_count or figure.code is None else figure.code,
            f"{figure.reporting}/{figure.expected}",
        )
    terminal.page().print(table, soft_wrap=True)
    if answer.dataset is not None:
        mark = "SIMULASI. " if answer.is_simulated else ""
        terminal.say(
            f"{mark}Sumber: {answer.dataset.title}, {answer.dataset.source}; "
            f"lisensi {answer.dataset.licence}; per {answer.as_of.isoformat()}"
        )
