"""`sidara board show`: four fields and three aims of an area, measured on an index."""

from fractions import Fraction
from typing import Annotated

import typer

from sidara.accounts.queries import region_fault
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number, rounded
from sidara.programmes import queries
from sidara.programmes.core.board.aims import Reached
from sidara.programmes.queries import Board, BoardQuery
from sidara.ui import terminal
from sidara.warehouse import queries as warehouse

app = typer.Typer(help="Papan pimpinan: empat bidang dan tiga tujuan.", no_args_is_help=True)


@app.callback()
def board() -> None:
    """Papan pimpinan: empat bidang dan tiga tujuan.

    Contoh: sidara board show indeks-desa simulated:indeks-desa --under 62
    """


@app.command()
def show(  # noqa: PLR0913 - the options of the command
    index: Annotated[str, typer.Argument(help="Indeks: idm atau indeks-desa.")],
    dataset: Annotated[str, typer.Argument(help="Himpunan data, misalnya external:idm-2024.")],
    *,
    items: Annotated[str, typer.Option(help="Himpunan skor butir; tanpa ini yang sama.")] = "",
    under: Annotated[str, typer.Option(help="Kode provinsi, kabupaten, atau kecamatan.")] = "62",
    year: Annotated[str, typer.Option(help="Tahun; tanpa ini yang terbaru.")] = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Lihat bagian poin tiap bidang dan desa yang mencapai tiap tujuan (usulan), dengan bagian-bagiannya.

    Contoh: sidara board show idm external:idm-2024 --items external:idm-items --under 62.07 --json
    """
    fault = region_fault(OPERATOR, under)
    years = warehouse.periods(OPERATOR, dataset)
    if fault is not None or not years or (year and year not in years):
        terminal.say_findings([fault] if fault else [])
        terminal.say("Belum ada angka untuk himpunan data, tahun, dan wilayah ini.")
        raise typer.Exit(Exit.REFUSED)
    chosen = year or years[-1]
    before = str(int(chosen) - 1)
    asked = BoardQuery(index, dataset, items or dataset, under, chosen, before if before in years else "")
    made = queries.board(OPERATOR, asked)
    if made is None:
        terminal.say(f"Indeks {index!r} tidak dibagi ke empat bidang; pakai idm atau indeks-desa.")
        raise typer.Exit(Exit.USAGE)
    if as_json:
        terminal.write_json(_told(made))
        return
    if made.is_simulated:
        typer.echo("SIMULASI")
    for field in made.fields:
        known = f"{field.known}/{field.villages} desa"
        typer.echo(f"{field.field.name:16} {_percent(field.share):>8}  {known}  {field.note}")
    for aim in made.aims:
        typer.echo(f"{aim.aim.name} (usulan): {_words(aim.all_parts)}")
        for part, reached in aim.parts:
            typer.echo(f"  {part.name:36} {_words(reached)}")


def _told(made: Board) -> dict[str, object]:
    return {
        "index": made.query.index,
        "under": made.query.under,
        "year": made.query.period,
        "simulated": made.is_simulated,
        "villages": made.villages,
        "fields": [
            {
                "code": one.field.code,
                "share": _number(one.share),
                "p10": _number(one.p10),
                "p90": _number(one.p90),
                "known": one.known,
                "change_points": None if one.change is None else str(rounded(one.change, 4)),
                "note": one.note,
                "weakest": [item.code for item in one.weakest],
            }
            for one in made.fields
        ],
        "aims": [
            {
                "code": one.aim.code,
                "status": one.aim.status,
                **_reached(one.all_parts),
                "parts": [{"code": part.code, **_reached(reached)} for part, reached in one.parts],
                "unmeasured": [part.code for part in one.unmeasured],
            }
            for one in made.aims
        ],
    }


def _reached(one: Reached) -> dict[str, object]:
    return {"reached": one.reached, "known": one.known, "villages": one.villages}


def _number(share: Fraction | None) -> str | None:
    return None if share is None else str(rounded(share, 6))


def _percent(share: Fraction | None) -> str:
    return format_number(None) if share is None else f"{format_number(share * 100, 1)} %"


def _words(one: Reached) -> str:
    return f"{format_number(one.reached)} dari {format_number(one.known)} desa, {_percent(one.share)}"
