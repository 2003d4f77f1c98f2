"""The commands `sidara submission import | show | list`."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from sidara.collection import queries, services
from sidara.collection.core import Account, Source
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.bulk.placing import flat
from sidara.collection.core.handed import summary
from sidara.collection.core.judged import Judged
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.core.wording import VERDICTS
from sidara.collection.queries import CellRevision, Filled
from sidara.kernel.actor import OPERATOR
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number
from sidara.ui import terminal
from sidara.ui.language import format_moment

app = typer.Typer(help="Isian formulir desa: mengimpor, melihat, mendaftar.", no_args_is_help=True)
Dataset = Annotated[
    str,
    typer.Option(
        "--dataset", help="Himpunan data; tanpa ini menurut wilayahnya. Desa contoh: simulated:collection."
    ),
]


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[
        str,
        typer.Argument(
            help="Buku kerja, berkas hasil formulir HTML, atau tabel sel; - untuk pipa (--format)."
        ),
    ],
    format: Annotated[str | None, typer.Option(help="csv, parquet, xlsx atau json.")] = None,  # noqa: A002 - the word of the command line
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Beri putusan yang sama tanpa menyimpan.")
    ] = False,
    all_or_nothing: Annotated[
        bool,
        typer.Option("--all-or-nothing", help="Jangan simpan apa pun bila ada yang ditolak atau berselisih."),
    ] = False,
    as_json: terminal.AsJson = False,
    report: Annotated[
        Path | None, typer.Option(help="Tulis putusan dan semua temuan ke berkas JSON ini.")
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(help="Tulis buku kerja yang sama dengan temuan ditandai ke berkas ini.")
    ] = None,
    filler: Annotated[
        str, typer.Option(help="Nama dan jabatan yang mengisi, bila berkas diketik atau dibawa orang lain.")
    ] = "",
    paper: Annotated[
        bool, typer.Option("--paper", help="Diketik dari formulir kertas; isi juga --filler.")
    ] = False,
) -> None:
    """Impor sel banyak formulir dan desa dari satu berkas; setiap sel mendapat putusan.

    Kolom: form, region, period, row, variable, breakdown, state, value, explanation. Sel kosong tidak
    dikirim; keadaan ditulis dengan kata (tidak ada, tidak tahu, tidak berlaku), hapus mengosongkan sel. Baru
    + diperbarui + tetap + berselisih + ditolak = dikirim. Nilai yang melanggar aturan disimpan bersama
    temuannya.

    Kode keluar: 0 tidak ada yang ditolak atau berselisih, 2 ada, 1 berkas tidak dapat dipakai.

    Contoh: sidara submission import sel.csv --dry-run --json
    """
    incoming = _incoming(file, format, filler=filler.strip(), is_paper=paper)
    done = services.import_cells(
        OPERATOR, incoming=incoming, now=now(), is_dry=dry_run, all_or_nothing=all_or_nothing
    )
    account = done.account
    result: dict[str, Any] = {
        **{name: getattr(account, name) for name in VERDICTS},
        "stored": account.is_stored,
        "refused": account.is_refused,
        "dry_run": dry_run,
        "submissions": done.submissions,
        "findings": [flat(one) for one in account.findings],
    }
    if report is not None:
        terminal.write_report(report, result)
    if annotate is not None:
        _annotate(Path(file), annotate, account, summary(result))
    if as_json:
        terminal.write_json(result)
    elif not account.is_refused:
        for name, words in VERDICTS.items():
            typer.echo(f"{words:12}{format_number(getattr(account, name)):>12} sel")
        typer.echo(_said(result))
    if not as_json:
        terminal.say_findings(account.findings, rest="; --report BERKAS.json menulis semuanya")
    if account.is_refused:
        raise typer.Exit(Exit.REFUSED)
    if not account.is_clean:
        raise typer.Exit(Exit.PARTIAL)


def _incoming(file: str, format: str | None, *, filler: str, is_paper: bool) -> Incoming:  # noqa: A002 - the word of the command line
    """Read the file, with who filled it in where another person brings it."""
    if is_paper and not filler:
        terminal.say("Sebutkan siapa yang mengisi kertasnya dengan --filler.")
        raise typer.Exit(Exit.USAGE)
    source = sys.stdin.buffer if file == "-" else Path(file)
    incoming = queries.read_cells_file(OPERATOR, source, format=format)
    named = filler or incoming.filler
    return replace(incoming, filler=named, source=Source.PAPER if is_paper else incoming.source)


def _annotate(file: Path, output: Path, account: Account, said: str) -> None:
    """Write the workbook with its faults marked, whole or not at all; `said`: what became of its cells."""
    try:
        marked = queries.annotated(OPERATOR, file.read_bytes(), account.findings, account=said)
        if marked is None:
            terminal.say(
                "Buku kerja ini tidak dapat dibuka, sehingga temuannya tidak dapat ditandai di dalamnya."
            )
            return
        part = output.with_name(output.name + ".part")
        part.write_bytes(marked)
        part.replace(output)
    except OSError as fault:
        terminal.say(f"Berkas {output} tidak dapat ditulis: {fault.strerror}.")


def _said(result: dict[str, Any]) -> str:
    if result["stored"]:
        return f"Tersimpan pada {format_number(result['submissions'])} isian."
    return "Uji coba: tidak ada yang disimpan." if result["dry_run"] else "Tidak ada yang disimpan."


@app.command()
def show(  # noqa: PLR0913 - the options of the command
    *,
    form: Annotated[str, typer.Argument(help="Kode formulir, misalnya KEU_TRIWULAN.")],
    region: Annotated[str, typer.Option(help="Kode desa, misalnya 62.01.02.2016.")],
    period: Annotated[str, typer.Option(help="Periode, misalnya 2026-Q1.")],
    history: Annotated[bool, typer.Option("--history", help="Sebut juga riwayat tiap sel.")] = False,
    dataset: Dataset = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Tampilkan isian sebuah formulir: nilai, keadaan, revisi, putusan pemeriksaan.

    Contoh: sidara submission show KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --history --json
    """
    key = SubmissionKey(form, region, period, dataset)
    judged = queries.judged(OPERATOR, key, today=local_date(now()))
    if isinstance(judged, Finding):
        terminal.say_findings((judged,))
        raise typer.Exit(Exit.REFUSED)
    filled = queries.filled(OPERATOR, key)
    if filled is None:
        terminal.say("Belum ada yang mengisi formulir ini. Impor dengan: sidara submission import --help")
        raise typer.Exit(Exit.REFUSED)
    past = queries.cell_history(OPERATOR, key) if history else ()
    if as_json:
        terminal.write_json(_mapping(filled, judged, past, with_history=history))
        return
    _print(filled, judged, past)


def _mapping(
    filled: Filled, judged: Judged, past: tuple[CellRevision, ...], *, with_history: bool
) -> dict[str, Any]:
    counts = judged.counts
    made: dict[str, Any] = {
        "form": filled.form,
        "version": filled.form_number,
        "region": filled.region,
        "period": filled.period,
        "revision": filled.state.revision,
        "content_hash": filled.content_hash,
        "ready": judged.is_ready,
        "counts": {
            "asked": counts.asked,
            "required": counts.required,
            "filled": counts.filled,
            "unknown": counts.unknown,
            "not_applicable": counts.not_applicable,
            "open": counts.open,
        },
        "cells": [
            {**_key(key), **_content(held.content), "revision": held.revision}
            for key, held in sorted(filled.state.cells.items())
        ],
        "computed": [{**_key(key), "value": value} for key, value in sorted(judged.derived.items())],
        "conflicts": [
            {
                **_key(key),
                "stored": _content(filled.state.content(key)),
                "sent": [_content(c) for c in one.sent],
            }
            for key, one in sorted(filled.state.conflicts.items())
        ],
        "findings": [one.flat() for one in judged.told],
    }
    if with_history:
        made["history"] = [_revision(one) for one in past]
    return made


def _key(key: Key) -> dict[str, str]:
    return {"row": key.row, "variable": key.variable, "breakdown": key.breakdown}


def _content(content: Content) -> dict[str, str | None]:
    return {"state": content.state.value, "value": content.value, "explanation": content.explanation}


def _revision(one: CellRevision) -> dict[str, Any]:
    return {
        "revision": one.number,
        "author": one.author_name,
        "function": one.author_function,
        "filler": one.filler_name,
        "made": one.made_at.isoformat(),
        "source": one.source.value,
        "reason": one.reason,
        **_key(one.delta.key),
        "old": _content(one.delta.old),
        "new": _content(one.delta.new),
    }


def _print(filled: Filled, judged: Judged, past: tuple[CellRevision, ...]) -> None:
    counts = judged.counts
    typer.echo(
        f"{filled.form} v{filled.form_number}, {filled.region}, {filled.period}: "
        f"revisi {filled.state.revision}"
    )
    typer.echo(
        f"terisi {counts.filled} dari {counts.required - counts.not_applicable} sel wajib; "
        + ("siap dikirim" if judged.is_ready else "belum siap dikirim")
    )
    for key, held in sorted(filled.state.cells.items()):
        parts = (
            key.variable,
            "" if key.breakdown == TOTAL else key.breakdown,
            key.row and f"baris {key.row}",
        )
        content = held.content
        said = content.value if content.value is not None else content.state.words
        note = f"  ({content.explanation})" if content.explanation else ""
        typer.echo(f"  {' '.join(part for part in parts if part):40} {said}{note}")
    for one in past:
        old, new = (c.value if c.value is not None else c.state.words for c in (one.delta.old, one.delta.new))
        when = format_moment(one.made_at)
        typer.echo(f"  r{one.number} {when} {one.author_name}: {one.delta.key.variable} {old} -> {new}")
    terminal.say_findings([one.finding for one in judged.told])


@app.command("list")
def list_(
    *,
    form: Annotated[str, typer.Option(help="Hanya formulir ini.")] = "",
    region: Annotated[str, typer.Option(help="Hanya wilayah ini dan di bawahnya, misalnya 62.01.02.")] = "",
    period: Annotated[str, typer.Option(help="Hanya periode ini.")] = "",
    dataset: Dataset = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Daftar isian yang sudah dimulai, dengan revisi dan banyaknya sel terisi.

    Contoh: sidara submission list --region 62.01.02 --period 2026-Q1 --json
    """
    found = queries.listed(OPERATOR, form=form, under=region, period=period, dataset=dataset)
    if as_json:
        terminal.write_json(
            [
                {
                    "form": one.form,
                    "version": one.form_number,
                    "region": one.region,
                    "period": one.period,
                    "revision": one.revision,
                    "cells": one.cells,
                }
                for one in found
            ]
        )
        return
    for one in found:
        typer.echo(
            f"{one.region}  {one.form:22} {one.period:8} v{one.form_number}  revisi {one.revision:>3}  "
            f"{format_number(one.cells):>5} sel"
        )
    terminal.say(f"{format_number(len(found))} isian.")
