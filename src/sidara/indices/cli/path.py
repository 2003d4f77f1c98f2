"""The cheapest path: `sidara index path`."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path as File
from typing import Annotated, Any

import polars as pl
import typer
from rich.markup import escape
from rich.table import Table

from sidara.indices import core, queries
from sidara.indices.cli import options
from sidara.indices.core import asked, budget
from sidara.indices.core.path import Outcome, Path
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number
from sidara.ui import terminal

SHOWN = 40
OUTCOMES = {
    Outcome.REACHABLE: "terjangkau",
    Outcome.REACHED: "sudah tercapai",
    Outcome.UNREACHABLE: "tidak terjangkau",
}
_BUDGET = re.compile(r"\d{1,15}(?:[.,]\d{1,2})?", re.ASCII)


def path(  # noqa: PLR0913 - the options of the command
    name: options.IndexName,
    *,
    source: options.Input,
    codes: Annotated[
        list[str] | None,
        typer.Option("--kode", help="Kode desa atau wilayah; boleh berulang. Tanpa ini semua desa."),
    ] = None,
    year: Annotated[int | None, typer.Option("--tahun", help="Tahun data; tanpa ini tahun terbaru.")] = None,
    to: Annotated[
        str, typer.Option("--to", help="Tujuan: next (status berikutnya), sebuah status, atau skor (0.75).")
    ] = asked.NEXT,
    costs: Annotated[
        File | None, typer.Option("--costs", help="Berkas biaya: item, cost, dan from, to bila perlu.")
    ] = None,
    unit: Annotated[
        str, typer.Option("--unit", help="Satuan biaya dalam --costs, misalnya 'juta rupiah'.")
    ] = "biaya",
    fixed: Annotated[
        str, typer.Option("--fixed", metavar="S20,S21", help="Butir yang tidak dapat diubah.")
    ] = "",
    amount: Annotated[
        str | None, typer.Option("--budget", metavar="N", help="Satu anggaran untuk semua desa.")
    ] = None,
    target: Annotated[str | None, typer.Option("--output", help="Berkas langkah; '-' untuk pipa.")] = None,
    summary: Annotated[
        File | None, typer.Option("--summary", help="Berkas ringkasan, satu baris tiap desa.")
    ] = None,
    format: options.Format = None,  # noqa: A002 - the word of the command line
    as_json: options.AsJson = False,
) -> None:
    """Cari jalur termurah tiap desa menuju status atau skor, terbukti paling murah.

    Tanpa --costs, satu langkah antara dua skor bertetangga berbiaya 1. Dengan --costs, butir tanpa biaya
    tidak dinaikkan; 'tetap' menandai butir yang tidak dapat diubah. Bila biaya sama: butir paling sedikit,
    lalu urutan butir. Dengan --budget: sebanyak mungkin desa mencapai tujuannya, lalu semurah mungkin.

    Contoh: sidara index path idm --input skor.csv --kode 6201022016 --to MAJU

    Contoh: sidara index path idm --input skor.csv --costs biaya.csv --budget 500 --output langkah.csv
    """
    definition = options.definition(name)
    _check_usage(definition, (source, target, format, summary), codes or (), fixed, is_json=as_json)
    goal = asked.goal(definition, to)
    if isinstance(goal, Finding):
        terminal.say_findings([goal])
        raise typer.Exit(Exit.USAGE)
    limit = _budget(amount)
    made = queries.paths_file(
        OPERATOR,
        definition,
        options.opened(source),
        goal,
        costs_from=costs,
        unit=unit,
        fixed=_list(fixed),
        codes=codes or (),
        year=year,
        format=format if source == options.PIPE else None,
    )
    if not isinstance(made, queries.PathSearch):
        terminal.say_findings(made)
        raise typer.Exit(Exit.REFUSED)
    terminal.say_findings(made.findings)
    if not made.found.paths:
        terminal.say("Tidak ada desa yang dapat dihitung; tidak ada yang ditulis.")
        raise typer.Exit(Exit.REFUSED)
    _give(definition, made, limit, (target, summary, format), is_json=as_json)
    is_partial = made.found.rejected or any(one.severity is Severity.ERROR for one in made.findings)
    raise typer.Exit(Exit.PARTIAL if is_partial else Exit.GOOD)


def _check_usage(
    definition: core.Definition,
    files: tuple[str, str | None, str | None, File | None],
    codes: Sequence[str],
    fixed: str,
    *,
    is_json: bool,
) -> None:
    source, target, chosen, summary = files
    options.check_usage(source, target, chosen, summary)
    if is_json and target == options.PIPE:
        options.usage(options.ONE_PIPE)
    if summary is not None:
        options.check_usage(source, str(summary), chosen, None)
    known = {item.code for version in definition.versions for item in version.items}
    strange = [code for code in _list(fixed) if code not in known]
    if strange:
        options.usage(f"Butir {', '.join(strange)} pada --fixed tidak dikenal.")
    wrong = [code for code in codes if re.fullmatch(asked.CODE_FORM, code, re.ASCII) is None]
    if wrong:
        options.usage(f"Kode {', '.join(wrong)} bukan kode desa atau wilayah.")


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _budget(text: str | None) -> Fraction | None:
    if text is None:
        return None
    if _BUDGET.fullmatch(text) is None:
        options.usage(
            f"Anggaran '{text}' tidak dapat dipakai. Isi angka nol atau lebih, paling banyak dua desimal,"
            " tanpa titik di antara ribuan: misalnya 500 atau 1250,5."
        )
    return Fraction(Decimal(text.replace(",", ".")))


def _give(
    definition: core.Definition,
    made: queries.PathSearch,
    limit: Fraction | None,
    files: tuple[str | None, File | None, str | None],
    *,
    is_json: bool,
) -> None:
    """Write steps and summary where they were asked for."""
    target, summary, chosen = files
    found = made.found.paths
    shared = None if limit is None else budget.share(found, limit)
    taken = found if shared is None else shared.chosen
    if target is not None:
        options.write(_steps(taken), target, chosen, definition)
    if summary is not None:
        options.write(_summary(found, shared), str(summary), None, definition)
    if is_json:
        terminal.write_json(_as_data(made, shared))
    elif target != options.PIPE:
        _show(definition, made, shared)


def _steps(found: Sequence[Path]) -> pl.DataFrame:
    schema = {
        "kode": pl.String,
        "tahun": pl.Int64,
        "item": pl.String,
        "label": pl.String,
        "from": pl.Int64,
        "to": pl.Int64,
        "cost": pl.Float64,
        "activity": pl.String,
        "actors": pl.String,
        "is_sure": pl.Boolean,
    }
    rows = [
        (
            path.code,
            path.year,
            step.item,
            step.label,
            step.start,
            step.to,
            float(step.cost),
            step.activity,
            "; ".join(f"{actor}: {who}" for actor, who in step.actors.items()),
            step.is_sure,
        )
        for path in found
        if path.outcome is Outcome.REACHABLE
        for step in path.steps
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _row(path: Path) -> dict[str, Any]:
    return {
        "kode": path.code,
        "tahun": path.year,
        "index": float(path.index),
        "status": path.status,
        "index_max": float(path.index_max),
        "status_max": path.status_max,
        "is_complete": path.is_complete,
        "goal": path.goal,
        "outcome": str(path.outcome),
        "index_after": float(path.index_after),
        "status_after": path.status_after,
        "items": len(path.steps),
        "cost": None if path.cost is None else float(path.cost),
        "bound": None if path.bound is None else float(path.bound),
        "is_optimal": path.is_optimal,
        "is_enough": path.is_enough,
        "is_forward": path.is_forward,
        "note": path.note,
    }


def _summary(found: Sequence[Path], shared: budget.Shared | None) -> pl.DataFrame:
    rows = [_row(path) for path in found]
    if shared is not None:
        chosen = {path.line for path in shared.chosen}
        rows = [row | {"is_chosen": path.line in chosen} for row, path in zip(rows, found, strict=True)]
    return pl.DataFrame(rows, infer_schema_length=None)


def _as_data(made: queries.PathSearch, shared: budget.Shared | None) -> dict[str, object]:
    """Give paths, and what the budget buys, as the documented JSON."""
    data: dict[str, object] = {
        "unit": made.costs.unit,
        "paths": [
            _row(path)
            | {
                "steps": [
                    {
                        "item": step.item,
                        "label": step.label,
                        "from": step.start,
                        "to": step.to,
                        "cost": float(step.cost),
                        "activity": step.activity,
                        "actors": dict(step.actors),
                        "is_sure": step.is_sure,
                    }
                    for step in path.steps
                ]
            }
            for path in made.found.paths
        ],
        "findings": [finding.flat() for finding in made.findings],
    }
    if shared is not None:
        data["budget"] = {
            "budget": float(shared.budget),
            "candidates": shared.candidates,
            "perhaps_reached": shared.perhaps_reached,
            "perhaps_short": shared.perhaps_short,
            "villages": len(shared.chosen),
            "villages_bound": shared.most,
            "cost": float(shared.cost),
            "cost_bound": None if shared.least is None else float(shared.least),
            "is_optimal": shared.is_optimal,
            "chosen": [path.code for path in shared.chosen],
        }
    return data


def _show(definition: core.Definition, made: queries.PathSearch, shared: budget.Shared | None) -> None:
    found = made.found.paths
    decimals = options.decimals(definition)
    console = terminal.page()
    if len(found) == 1 and found[0].steps:
        _show_steps(found[0], made.costs.unit)
    table = Table(
        "Desa", "Tahun", "Skor", "Status", "Tujuan", "Hasil", "Sesudahnya", "Butir", "Biaya", "Batas bawah"
    )
    for one in found[:SHOWN]:
        today = (options.figure(float(index), decimals) for index in (one.index, one.index_max))
        table.add_row(
            one.code,
            str(one.year),
            options.span(*today),
            options.span(one.status, one.status_max),
            one.goal,
            OUTCOMES[one.outcome] + (" (belum pasti)" if _is_unsure(one) else ""),
            f"{one.status_after} {options.figure(float(one.index_after), decimals)}",
            str(len(one.steps)),
            _money(one.cost),
            _money(one.bound),
        )
    console.print(table)
    if len(found) > SHOWN:
        console.print(f"… dan {format_number(len(found) - SHOWN)} desa lagi; --summary menulis semuanya.")
    for one in [one for one in found if one.note and one.outcome is Outcome.UNREACHABLE][:SHOWN]:
        console.print(f"{one.code}: {escape(one.note)}", highlight=False)
    _show_totals(made, shared)


def _is_unsure(one: Path) -> bool:
    return one.outcome is Outcome.REACHABLE and not one.is_enough


def _show_steps(one: Path, unit: str) -> None:
    """Show what to do and who may do it; the names of offices are long and stand in files."""
    table = Table("Butir", "Dari", "Ke", f"Biaya ({unit})", "Kegiatan yang disarankan", "Pelaksana")
    for step in one.steps:
        table.add_row(
            f"{step.item} {escape(step.label)}",
            str(step.start),
            str(step.to) + ("" if step.is_sure else " (belum pasti)"),
            _money(step.cost),
            escape(step.activity or ""),
            ", ".join(step.actors),
        )
    terminal.page().print(table)


def _show_totals(made: queries.PathSearch, shared: budget.Shared | None) -> None:
    found, unit = made.found.paths, made.costs.unit
    console = terminal.page()
    reachable = [one for one in found if one.outcome is Outcome.REACHABLE]
    proven = sum(one.is_optimal for one in reachable)
    console.print(
        f"{format_number(len(reachable))} dari {format_number(len(found))} desa terjangkau, "
        f"{format_number(proven)} terbukti termurah; jumlah biaya "
        f"{_money(sum((one.cost or Fraction(0) for one in reachable), Fraction(0)))} {unit}.",
        highlight=False,
    )
    if shared is not None:
        word = "terbukti tidak ada pilihan yang lebih baik" if shared.is_optimal else "belum terbukti terbaik"
        console.print(
            f"Anggaran {_money(shared.budget)} {unit}: {format_number(len(shared.chosen))} dari "
            f"{format_number(shared.candidates)} desa mencapai tujuannya dengan "
            f"{_money(shared.cost)} {unit}; {word} (batas {format_number(shared.most)} desa, "
            f"{_money(shared.least)} {unit}).",
            highlight=False,
        )
        for count, why in (
            (shared.perhaps_reached, "tujuannya mungkin sudah tercapai; lengkapi skornya, atau pilih --to"),
            (shared.perhaps_short, "jalurnya belum tentu cukup; isi kelas resminya"),
        ):
            if count:
                console.print(f"{format_number(count)} desa tidak ikut: {why}.", highlight=False)


def _money(value: Fraction | None) -> str:
    if value is None:
        return "tidak ada"
    return format_number(value, 0 if value.denominator == 1 else 2)
