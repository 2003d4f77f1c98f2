"""The command `sidara check run`: cells of a file, or what is stored; findings go to standard output."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sidara import tables
from sidara.checks import queries
from sidara.checks.core import KNOWN, REQUIRED, CellFinding, Checked, Choice, Read, RuleBook
from sidara.collection import queries as stored
from sidara.collection.cli.submissions import Dataset, refuse_unknown, say_left_out
from sidara.collection.core.answering import form_unknown
from sidara.collection.core.judged import Told
from sidara.kernel import clock
from sidara.kernel import period as periods
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.finding import CellPlace, Finding, Severity
from sidara.kernel.number import format_number
from sidara.ui import terminal

app = typer.Typer(help="Menilai ungkapan dan aturan.", no_args_is_help=True)


@app.callback()
def _check() -> None:
    """Menilai ungkapan dan aturan."""


@app.command()
def run(  # noqa: PLR0913 - one option for each thing that can be chosen
    *,
    source: Annotated[
        str, typer.Option("--input", help="Berkas sel; '-' untuk pipa (CSV). Tanpa ini isian tersimpan.")
    ] = "",
    form: Annotated[str, typer.Option(help="Hanya formulir ini, misalnya KEP_SEMESTER.")] = "",
    region: Annotated[
        str, typer.Option(help="Isian tersimpan: hanya wilayah ini dan di bawahnya, misalnya 62.01.02.")
    ] = "",
    period: Annotated[
        str,
        typer.Option(
            help="Periode yang dinilai; bawaan: dari berkas yang terakhir tiap formulir, tersimpan semua."
        ),
    ] = "",
    dataset: Dataset = "",
    today: Annotated[str, typer.Option(help="Hari penilaian; bawaan: hari ini.")] = "",
    says_open: Annotated[
        bool, typer.Option("--open", help="Sebut juga aturan yang tidak dapat dinilai, dengan sebabnya.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON.")] = False,
) -> None:
    """Nilai isian yang tersimpan, atau sel pada berkas (form, region, period, row, variable, breakdown, …).

    Aturan kamus, rentang, jumlah rincian, periode lalu, satuan, angka tertukar, salinan; sejak 30 desa juga
    dibandingkan dengan desa lain. Kode keluar 2 bila ada baris ditolak atau temuan yang menahan kirim.

    Isian tersimpan dinilai seperti pada tiap pintu; peringatan yang sudah dijelaskan tidak menahan kirim.
    Isian desa contoh dinilai tersendiri: --dataset simulated:collection, atau --region sebuah desa contoh.

    Contoh: sidara check run --region 62.01.02 --period 2026-S1 --json
    | sidara check run --input sel.csv --form KEP_SEMESTER
    """
    day = _day(today) if today else clock.local_date(clock.now())
    if period and periods.parse(period) is None:
        raise typer.BadParameter(f"{period!r} bukan periode; tulislah seperti 2026, 2026-S1, atau 2026-Q1.")
    book = _book(form)
    if not source:
        refuse_unknown(region)
        say_left_out(form, region, period, dataset)
        _run_stored(stored.Wanted(form, region, period, dataset), day, as_json=as_json)
        return
    reading = _reading(source)
    read = queries.read_cells(OPERATOR, reading, book)
    faults = (*reading.findings, *read.findings)
    terminal.say_findings(faults)
    if reading.table is None:
        raise typer.Exit(Exit.REFUSED)
    checked = queries.check_cells(OPERATOR, read, book, Choice(form, period, day, says_open=says_open))
    rejected = read.rejected + len(reading.rejected_lines)
    if as_json:
        terminal.write_json(_mapping(checked, read, rejected, faults))
    else:
        _print(checked)
    terminal.say(_summary(checked, read, rejected))
    if rejected or any(one.is_blocking for one in checked.findings):
        raise typer.Exit(Exit.PARTIAL)


def _run_stored(wanted: stored.Wanted, day: date, *, as_json: bool) -> None:
    """Judge what is stored; exit code 2 where something holds back sending."""
    found = list(stored.checked(OPERATOR, wanted, today=day))
    told = [(one, said) for one in found for said in one.told]
    blocking = sum(said.is_blocking for _, said in told)
    if as_json:
        terminal.write_json(
            {
                "dataset": wanted.dataset,
                "submissions": len(found),
                "regions": len({one.region for one in found}),
                "blocking": blocking,
                "judged": [
                    {"form": one.form, "region": one.region, "period": one.period, "revision": one.revision}
                    for one in found
                ],
                "findings": [_stored_finding(one, said) for one, said in told],
            }
        )
    else:
        for _, said in told:
            one = said.finding
            note = " (sudah dijelaskan)" if said.is_explained else ""
            words = " ".join(part for part in (one.message, one.remedy, f"[{one.rule}]") if part)
            typer.echo(f"{terminal.SEVERITIES[one.severity]} ({one.place}): {words}{note}")
    villages = len({one.region for one in found})
    terminal.say(
        f"{format_number(len(found))} isian dari {format_number(villages)} desa, {format_number(len(told))} "
        f"temuan, {format_number(blocking)} menahan kirim."
    )
    if blocking:
        raise typer.Exit(Exit.PARTIAL)


def _stored_finding(one: stored.CheckedSubmission, said: Told) -> dict[str, object]:
    """Give a finding as those of a file, with the submission, the row's id, and whether it was explained."""
    return {
        "form": one.form,
        **_finding(said.finding),
        "row": said.key.row if said.key else "",
        "explained": said.is_explained,
        "blocking": said.is_blocking,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise typer.BadParameter(f"{text!r} bukan tanggal; tulislah seperti 2026-11-24.") from fault


def _book(form: str) -> RuleBook:
    book = queries.rules(OPERATOR)
    if form and form not in book.forms:
        unknown = form_unknown(form, book.forms)
        raise typer.BadParameter(f"{unknown.message} {unknown.remedy}", param_hint="--form")
    return book


def _reading(source: str) -> tables.Reading:
    if source == "-":
        return tables.read(sys.stdin.buffer, format="csv", required=REQUIRED, known=KNOWN)
    path = Path(source)
    if not path.is_file():
        raise typer.BadParameter(f"Berkas {source} tidak ada.")
    return tables.read(path, required=REQUIRED, known=KNOWN)


def _print(checked: Checked) -> None:
    for one in checked.findings:
        words = " ".join(part for part in (one.message, one.remedy, f"[{one.rule}]") if part)
        typer.echo(f"{terminal.SEVERITIES[one.severity]} ({one.place}): {words}")


def _summary(checked: Checked, read: Read, rejected: int) -> str:
    errors, warnings = (
        sum(1 for one in checked.findings if one.severity is severity)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    tally = checked.tally
    judged = tally.passed + tally.failed
    parts = [
        f"{format_number(read.sent)} sel dari {format_number(checked.regions)} desa, "
        f"{format_number(rejected)} ditolak",
        f"{format_number(judged)} aturan dinilai, {format_number(tally.not_evaluated)} tidak dapat dinilai",
        f"{format_number(errors)} galat, {format_number(warnings)} peringatan",
    ]
    if not checked.is_compared:
        parts.append("desa terlalu sedikit untuk dibandingkan satu sama lain")
    return "; ".join(parts) + "."


def _mapping(checked: Checked, read: Read, rejected: int, faults: tuple[Finding, ...]) -> dict[str, object]:
    tally = checked.tally
    return {
        "version": checked.version,
        "judged": [{"form": form, "period": period} for form, period in checked.judged],
        "regions": checked.regions,
        "compared": checked.is_compared,
        "sent": read.sent,
        "rejected": rejected,
        "tasks": {
            "passed": tally.passed,
            "failed": tally.failed,
            "not_evaluated": tally.not_evaluated,
            "not_concerned": tally.not_concerned,
        },
        "rows": [one.flat() for one in faults],
        "findings": [_finding(one) for one in checked.findings],
    }


def _finding(one: CellFinding) -> dict[str, object]:
    place = one.place
    return {
        "code": one.code,
        "rule": one.rule,
        "severity": str(one.severity),
        **(_place(place) if isinstance(place, CellPlace) else {}),
        "place": str(place),
        "value": one.value,
        "message": one.message,
        "remedy": one.remedy,
        "cells": [
            {**_place(cell), "value": value} for cell, value in zip(one.cells, one.figures, strict=True)
        ],
    }


def _place(place: CellPlace) -> dict[str, str]:
    return {
        "region": place.region,
        "period": place.period,
        "row": place.row,
        "variable": place.variable,
        "breakdown": place.breakdown,
    }
