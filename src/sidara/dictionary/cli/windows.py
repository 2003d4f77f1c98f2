"""`sidara form windows`: when forms are open, due and closed, and for which step of planning."""

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from sidara.dictionary import queries
from sidara.dictionary.cli.entries import AsJson
from sidara.dictionary.core import Opening
from sidara.kernel import period as periods
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.regions import queries as regions
from sidara.ui import terminal


def windows(
    *,
    period: Annotated[
        str,
        typer.Option("--period", help="Periode isian, misalnya 2025 (dengan semua bagiannya) atau 2026-Q1."),
    ] = "",
    form: Annotated[str, typer.Option("--form", help="Kode formulir.")] = "",
    region: Annotated[str, typer.Option("--region", help="Kode wilayah, bagi jadwal kelompoknya.")] = "",
    as_json: AsJson = False,
) -> None:
    """Jendela formulir: dibuka, jatuh tempo, batas terlambat. Tanpa --period yang dibuka hari ini.

    Contoh: sidara form windows --period 2026-Q1 --region 62.01.02.2016
    """
    today = local_date(now())
    found = [one for one in _openings(period, _region(region)) if form in {"", one.form}]
    if as_json:
        terminal.write_json([_data(one) | {"standing": str(one.standing(today))} for one in found])
        return
    table = Table("Formulir", "Periode", "Dibuka", "Jatuh tempo", "Terlambat sampai", "Keadaan", "Bagi")
    for one in found:
        days = [str(day) for day in (one.opens_date, one.due_date, one.late_until)]
        needs = "; ".join(f"{need.milestone.name} {need.starts_date or ''}".strip() for need in one.needs)
        table.add_row(one.form, str(one.period), *days, one.standing(today).words, escape(needs))
    terminal.page().print(table)
    terminal.say(f"{format_number(len(found))} jendela. {_decided(found)}".strip())


def _openings(text: str, region_id: int | None) -> tuple[Opening, ...]:
    if not text:
        today = local_date(now())
        return queries.openings_between(OPERATOR, today, today, region_id)
    within = periods.parse(text)
    if within is None:
        terminal.say(f"Periode {text} tidak terbaca; tulis seperti 2026, 2026-S1, 2026-Q1 atau 2026-03.")
        raise typer.Exit(Exit.USAGE)
    return queries.openings_in(OPERATOR, within, region_id)


def _region(code: str) -> int | None:
    if not code:
        return None
    found = regions.resolve(OPERATOR, code)
    if found is None:
        terminal.say(f"Wilayah {code} tidak dikenal.")
        raise typer.Exit(Exit.REFUSED)
    return found.id


def _decided(found: list[Opening]) -> str:
    """Say where the days are only proposed."""
    count = sum(one.window.confidence != "official" for one in found)
    return f"{format_number(count)} di antaranya usulan, belum ditetapkan." if count else ""


def _data(one: Opening) -> dict[str, Any]:
    return {
        "form": one.form,
        "period": str(one.period),
        "window": one.window.code,
        "opens_date": one.opens_date.isoformat(),
        "due_date": one.due_date.isoformat(),
        "late_until": one.late_until.isoformat(),
        "confidence": str(one.window.confidence),
        "source": one.window.source,
        "needs": [
            {
                "milestone": need.milestone.code,
                "name": need.milestone.name,
                "starts_date": need.starts_date.isoformat() if need.starts_date else None,
                "ends_date": need.ends_date.isoformat() if need.ends_date else None,
            }
            for need in one.needs
        ],
    }
