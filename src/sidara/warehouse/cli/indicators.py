"""`sidara query indicators`: indicators of the dictionary, computed from answers of villages."""

from typing import Annotated

import typer
from rich.table import Table

from sidara.collection.core import COLLECTION
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.regions.core import Level
from sidara.ui import terminal
from sidara.verification.core import Level as Verified
from sidara.warehouse import queries
from sidara.warehouse.cli.query import level_of
from sidara.warehouse.core import IndicatorAnswer, IndicatorQuery
from sidara.warehouse.core.telling import indicators_as_mapping


def indicators(  # noqa: PLR0913 - one option for each part of a query
    *,
    indicator: Annotated[list[str], typer.Option(help="Kode indikator, misalnya APM_SD; boleh diulang.")],
    period: Annotated[list[str], typer.Option(help="Periode, misalnya 2025; boleh diulang.")],
    dataset: Annotated[
        str, typer.Option(help="Himpunan isian desa; simulated:collection bagi isian rekaan.")
    ] = COLLECTION,
    level: Annotated[
        Level,
        typer.Option(
            parser=level_of, metavar="TINGKAT", show_default="kabupaten", help="provinsi sampai desa."
        ),
    ] = Level.REGENCY,
    under: Annotated[str | None, typer.Option(help="Kode wilayah yang melingkupi, misalnya 62.01.")] = None,
    code: Annotated[list[str] | None, typer.Option(help="Hanya wilayah ini; boleh diulang.")] = None,
    as_of: terminal.AsOf = None,
    least_level: Annotated[
        int | None,
        typer.Option(min=-1, max=4, help="Hanya yang sampai tingkat: 0 terkirim, 1 disahkan desa, 4 final."),
    ] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Hitung indikator kamus dari isian desa: rumus atas jumlah tiap wilayah, dengan cakupannya.

    Contoh: sidara query indicators --indicator APM_SD --period 2025 --level kecamatan --under 62.01
    """
    query = IndicatorQuery(
        dataset,
        tuple(indicator),
        tuple(period),
        level,
        under,
        tuple(code) if code else None,
        as_of,
        least_level,
    )
    answer = queries.indicators(OPERATOR, query)
    terminal.say_findings(answer.findings)
    if as_json:
        terminal.write_json(indicators_as_mapping(answer))
    elif not answer.is_refused:
        _write_table(answer)
    if answer.is_refused:
        raise typer.Exit(Exit.REFUSED)


def _write_table(answer: IndicatorAnswer) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("Kode", "Nama", "Periode", "Indikator", "Nilai", "Melapor", "Tingkat"):
        is_number = name in {"Nilai", "Melapor"}
        table.add_column(name, justify="right" if is_number else "left", no_wrap=name == "Kode")
    for one in answer.figures:
        made = answer.indicators[one.indicator]
        table.add_row(
            one.region,
            one.name,
            one.period,
            one.indicator,
            format_number(one.value, made.decimals),
            f"{one.reporting}/{one.expected}",
            "\N{EN DASH}" if one.level is None else Verified(one.level).words,
        )
    terminal.page().print(table, soft_wrap=True)
    if answer.dataset is not None:
        mark = "SIMULASI. " if answer.is_simulated else ""
        terminal.say(f"{mark}Sumber: {answer.dataset.title}; per {answer.as_of.isoformat()}")
