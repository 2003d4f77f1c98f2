"""`sidara equity show`: how a figure is spread over the villages of an area, in parts that are the whole."""

from fractions import Fraction
from typing import Annotated

import typer

from sidara.accounts.queries import region_fault
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number, rounded
from sidara.programmes import queries
from sidara.programmes.core.spread import Part, Spread, SpreadPeriod
from sidara.programmes.queries import SpreadAnswer, SpreadQuery
from sidara.regions.core import DESA
from sidara.ui import terminal
from sidara.warehouse.core.indicators import KINDS

app = typer.Typer(help="Pemerataan: ketimpangan antardesa dan antarkabupaten.", no_args_is_help=True)
DIGITS = 6


@app.callback()
def equity() -> None:
    """Pemerataan: ketimpangan antardesa dan antarkabupaten.

    Contoh: sidara equity show external:idm-2024 IDM.IKS --under 62
    """


@app.command()
def show(
    dataset: Annotated[str, typer.Argument(help="Himpunan data, misalnya external:idm-2024.")],
    measure: Annotated[str, typer.Argument(help="Variabel atau indikator, misalnya IDM.IKS.")],
    *,
    under: Annotated[str, typer.Option(help="Kode provinsi, kabupaten, atau kecamatan.")] = "62",
    period: Annotated[str, typer.Option(help="Periode; tanpa ini semua.")] = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Lihat ketimpangan sebuah angka: indeks Theil di dalam dan antarwilayah, P90/P10, Gini, desa tanpa data.

    Contoh: sidara equity show external:idm-2024 IDM.IKS --under 62.07 --json
    """
    fault = region_fault(OPERATOR, under)
    if fault is not None:
        terminal.say_findings([fault])
        raise typer.Exit(Exit.REFUSED)
    kinds = DESA if "." in measure else KINDS
    answer = queries.spread(OPERATOR, SpreadQuery(dataset, measure, under, kinds))
    findings = answer.answer.findings if answer.answer else ()
    periods = [one for one in answer.periods if period in {"", one.period}]
    found = [*findings, *(one for each in periods for one in each.measured.findings)]
    terminal.say_findings(found)
    is_simulated = bool(answer.answer and answer.answer.is_simulated)
    if as_json:
        told = [_period(one, answer) for one in periods]
        terminal.write_json(
            {
                "dataset": dataset,
                "measure": measure,
                "under": under,
                "simulated": is_simulated,
                "periods": told,
            }
        )
    else:
        if is_simulated:
            typer.echo("SIMULASI")
        for one in periods:
            _say(one, answer)
    if not periods:
        terminal.say("Belum ada angka untuk ukuran, periode, dan wilayah ini.")
        raise typer.Exit(Exit.REFUSED)


def _say(one: SpreadPeriod, answer: SpreadAnswer) -> None:
    head = f"{one.period}: {format_number(len(one.known))} dari {format_number(len(one.villages))} desa"
    if one.spread is None:
        typer.echo(head)
        return
    made = one.spread
    typer.echo(
        f"{head}; P90/P10 {format_number(made.ratio, 2)}; Theil {_number(made.theil)} = "
        f"di dalam {_number(made.within)} + antar {_number(made.between)}; Gini {format_number(made.gini, 4)}"
    )
    for part in made.parts:
        name = answer.groups.get(part.group, part.group)[:28]
        typer.echo(
            f"  {name:28} {format_number(part.count):>6} desa  rata-rata {format_number(part.mean, 4):>10}  "
            f"di dalam {_number(part.within):>10}  antar {_number(part.between):>10}"
        )


def _number(value: float) -> str:
    return format_number(Fraction(value), DIGITS)


def _period(one: SpreadPeriod, answer: SpreadAnswer) -> dict[str, object]:
    told: dict[str, object] = {"period": one.period, "known": len(one.known), "villages": len(one.villages)}
    if one.spread is None:
        return told | {"findings": [finding.flat() for finding in one.measured.findings]}
    return told | _spread(one.spread) | {"parts": [_part(part, answer) for part in one.spread.parts]}


def _spread(made: Spread) -> dict[str, object]:
    exact = {"mean": made.mean, "p10": made.p10, "median": made.median, "p90": made.p90, "ratio": made.ratio}
    told = {name: None if value is None else str(rounded(value, DIGITS)) for name, value in exact.items()}
    return {
        "missing": made.missing,
        "zeros": made.zeros,
        **told,
        "theil": made.theil,
        "within": made.within,
        "between": made.between,
        "log_deviation": made.log_deviation,
        "gini": str(rounded(made.gini, DIGITS)),
    }


def _part(part: Part, answer: SpreadAnswer) -> dict[str, object]:
    return {
        "code": part.group,
        "name": answer.groups.get(part.group, ""),
        "count": part.count,
        "missing": part.missing,
        "mean": None if part.mean is None else str(rounded(part.mean, DIGITS)),
        "theil": part.theil,
        "within": part.within,
        "between": part.between,
    }
