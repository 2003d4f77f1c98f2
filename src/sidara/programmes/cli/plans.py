"""The commands `sidara plan list | show`: documents of all levels, one with its goals."""

from typing import Annotated
from uuid import UUID

import typer
from rich.markup import escape
from rich.table import Table

from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.programmes import queries
from sidara.programmes.core import Level, PlanKind, plan_rows
from sidara.ui import terminal

Simulated = Annotated[bool, typer.Option("--simulated", help="Dokumen rekaan (SIMULASI), bukan yang nyata.")]
Year = Annotated[int | None, typer.Option(min=2000, max=2100, help="Yang berlaku pada tahun ini.")]


def list_(  # noqa: PLR0913 - one parameter an option
    *,
    year: Year = None,
    level: Annotated[Level | None, typer.Option(help="Tingkat pemilik.")] = None,
    kind: Annotated[PlanKind | None, typer.Option(help="Jenis dokumen, misalnya RPJMD.")] = None,
    area: Annotated[str, typer.Option(help="Kode wilayah pemilik, misalnya 62.07.")] = "",
    simulated: Simulated = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Daftar dokumen rencana semua tingkat, dengan banyaknya tujuan dan baris.

    Contoh: sidara plan list --year 2027 --level kabupaten
    """
    found = queries.plans(
        OPERATOR,
        is_simulated=simulated,
        level=level,
        areas=(area,) if area else None,
        year=year,
        kind=kind,
    )
    if as_json:
        terminal.write_json([plan_rows.plan_row(one) for one in found])
        return
    table = Table(box=None)
    for word in ("Dokumen", "Jenis", "Pemilik", "Masa", "Tujuan", "Baris", "Kode dokumen"):
        table.add_column(word)
    for one in found:
        table.add_row(
            escape(one.title),
            one.kind.value,
            escape(one.agency or one.area_name),
            f"{one.year_from}-{one.year_to}",
            format_number(one.goals),
            format_number(one.lines),
            str(one.uid),
        )
    terminal.page().print(table)
    world = " SIMULASI" if simulated else ""
    terminal.say(f"{format_number(len(found))} dokumen{world}.")


def show(
    uid: Annotated[UUID, typer.Argument(metavar="KODE", help="Kode dokumen menurut `sidara plan list`.")],
    *,
    as_json: terminal.AsJson = False,
) -> None:
    """Tampilkan satu dokumen: pohon tujuan, yang mendukung tiap tujuan, target di samping capaian.

    Contoh: sidara plan show 6f1c2d34-0000-4000-8000-000000000001 --json
    """
    view = queries.plan(OPERATOR, uid)
    if view is None:
        terminal.say(f"Tidak ada dokumen {uid}. Lihat kodenya dengan: sidara plan list")
        raise typer.Exit(Exit.REFUSED)
    indicators = queries.goal_indicators(OPERATOR, uid)
    if as_json:
        terminal.write_json(plan_rows.plan_whole(view, indicators))
        return
    out = terminal.page()
    out.print(escape(view.plan.title), "(SIMULASI)" if view.plan.is_simulated else "")
    for one in view.goals:
        held = one.coverage
        out.print(f"{'  ' * one.depth}{escape(one.code)} {escape(one.name)}".rstrip())
        out.print(
            f"{'  ' * one.depth}  {held.goals} tujuan, {held.lines} baris, {held.activities} kegiatan, "
            f"{held.villages} desa"
        )
        for indicator in indicators.get(one.uid, ()):
            years = sorted({*indicator.targets, *indicator.actuals})
            told = ", ".join(
                f"{year}: {indicator.targets.get(year, '-')} / {indicator.actuals.get(year, '-')}"
                for year in years
            )
            out.print(f"{'  ' * one.depth}  {escape(indicator.name)}: {told}")
    terminal.say(f"{format_number(len(view.lines))} baris rencana.")
