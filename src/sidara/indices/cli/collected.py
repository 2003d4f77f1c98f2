"""`sidara index collected`: indices of villages out of what they answered in SIDARA."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sidara.collection.core import COLLECTION
from sidara.indices import queries
from sidara.indices.cli import options
from sidara.indices.core.collected import FINAL, CollectedIndex, as_mapping
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.ui import terminal
from sidara.verification.core import Level


def collected(  # noqa: PLR0913 - one option for each part of a question
    name: options.IndexName,
    *,
    under: Annotated[str, typer.Option(help="Kode desa atau wilayah yang melingkupi, misalnya 62.01.")],
    dataset: Annotated[
        str, typer.Option(help="Himpunan isian desa; simulated:collection bagi isian rekaan.")
    ] = COLLECTION,
    year: Annotated[
        int | None, typer.Option(help="Tahun jawaban; tanpa ini yang terbaru dengan isian tahunan.")
    ] = None,
    as_of: terminal.AsOf = None,
    least_level: Annotated[
        int,
        typer.Option(
            min=-1, max=4, help="Isian yang dihitung: -1 draf, 0 terkirim, 1 disahkan desa, 4 final."
        ),
    ] = int(FINAL),
    as_json: options.AsJson = False,
) -> None:
    """Hitung indeks desa dari isiannya sendiri di SIDARA; bawaannya hanya isian final.

    Isian yang kurang membuat selang.

    Contoh: sidara index collected idm --under 62.01.02 --year 2025 --least-level 0
    """
    index = options.definition(name)
    query = queries.CollectedQuery(dataset, year, under, as_of=as_of, least_level=least_level)
    found = queries.collected(OPERATOR, index, query)
    terminal.say_findings(found.findings)
    if as_json:
        terminal.write_json(
            {
                "index": index.slug,
                "dataset": dataset,
                "simulated": found.is_simulated,
                "year": found.year,
                "as_of": found.as_of and found.as_of.isoformat(),
                "least_level": least_level,
                "expected": found.expected,
                "villages": [as_mapping(one) for one in found.villages],
            }
        )
    elif not found.is_refused:
        _write_table(found, options.decimals(index))
    if found.is_refused:
        raise typer.Exit(Exit.REFUSED)


def _write_table(found: queries.Collected, decimals: int) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("Kode", "Nama", "Indeks", "Status", "Butir terjawab", "Final", "Tingkat"):
        table.add_column(name, justify="right" if name == "Indeks" else "left", no_wrap=name == "Kode")
    for one in found.villages:
        table.add_row(
            one.region,
            escape(one.name),
            _figure(one, decimals),
            ", ".join(one.statuses) or one.status or "",
            f"{one.answered}/{one.items}",
            str(one.final),
            "" if one.level is None else Level(one.level).words,
        )
    terminal.page().print(table, soft_wrap=True)
    mark = "SIMULASI. " if found.is_simulated else ""
    year = "" if found.year is None else f" {found.year}"
    terminal.say(
        f"{mark}{format_number(len(found.villages))} dari {format_number(found.expected)} desa"
        f" punya isian{year} setingkat itu; per {found.as_of}."
    )


def _figure(one: CollectedIndex, decimals: int) -> str:
    low, high = format_number(one.low, decimals), format_number(one.high, decimals)
    return options.span(low, high)
