"""`sidara submission show`: a submission as it stands, its verdict, how far it has come, its past."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from sidara.collection import queries as collection
from sidara.collection.core.judged import Judged
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.queries import CellRevision, Filled
from sidara.kernel.actor import OPERATOR
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number
from sidara.ui import terminal
from sidara.ui.language import format_moment
from sidara.verification import queries
from sidara.verification.core import Event, Level, Standing


@dataclass(frozen=True)
class _Shown:
    """All that is shown of a submission; `past` only where it was asked for."""

    filled: Filled
    judged: Judged
    standing: Standing
    past: tuple[CellRevision, ...]


def show(  # noqa: PLR0913 - the options of the command
    *,
    form: Annotated[str, typer.Argument(metavar="FORMULIR", help="Kode formulir, misalnya KEU_TRIWULAN.")],
    region: Annotated[str, typer.Option(help="Kode desa, misalnya 62.01.02.2016.")],
    period: Annotated[str, typer.Option(help="Periode, misalnya 2026-Q1.")],
    history: Annotated[bool, typer.Option("--history", help="Sebut juga riwayat tiap sel.")] = False,
    dataset: Annotated[
        str,
        typer.Option(
            "--dataset",
            help="Himpunan data; tanpa ini menurut wilayahnya. Desa contoh: simulated:collection.",
        ),
    ] = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Tampilkan isian sebuah formulir: nilai, keadaan, revisi, putusan pemeriksaan, kirim dan pengesahan.

    Contoh: sidara submission show KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --history --json
    """
    key = SubmissionKey(form, region, period, dataset)
    judged = queries.judged(OPERATOR, key, today=local_date(now()))
    if isinstance(judged, Finding):
        terminal.say_findings((judged,))
        raise typer.Exit(Exit.REFUSED)
    filled = collection.filled(OPERATOR, key)
    if filled is None:
        terminal.say("Belum ada yang mengisi formulir ini. Impor dengan: sidara submission import --help")
        raise typer.Exit(Exit.REFUSED)
    past = collection.cell_history(OPERATOR, key) if history else ()
    shown = _Shown(filled, judged, queries.standing(OPERATOR, key), past)
    if as_json:
        terminal.write_json(_mapping(shown) | ({"history": [*map(_revision, past)]} if history else {}))
        return
    _print(shown)


def _mapping(shown: _Shown) -> dict[str, Any]:
    filled, judged, standing = shown.filled, shown.judged, shown.standing
    return {
        "form": filled.form,
        "version": filled.form_number,
        "region": filled.region,
        "period": filled.period,
        "revision": filled.state.revision,
        "content_hash": filled.content_hash,
        "level": standing.level.name.lower(),
        "late": standing.is_late,
        "ready": _is_ready(shown),
        "counts": judged.counts.flat(),
        "cells": [
            {**key.flat(), **held.content.flat(), "revision": held.revision}
            for key, held in sorted(filled.state.cells.items())
        ],
        "computed": [{**key.flat(), "value": value} for key, value in sorted(judged.derived.items())],
        "conflicts": [
            {
                **key.flat(),
                "stored": filled.state.content(key).flat(),
                "sent": [c.flat() for c in one.sent],
            }
            for key, one in sorted(filled.state.conflicts.items())
        ],
        "findings": [one.flat() for one in judged.told],
        "events": [_event(one) for one in standing.events],
    }


def _event(one: Event) -> dict[str, Any]:
    return {
        "act": one.act.value,
        "made": one.link.at.isoformat(),
        "author": one.actor_name,
        "function": one.actor_function,
        "revision": one.link.revision,
        "reason": one.link.reason,
        "late": one.link.is_late,
        "due_date": one.due_date.isoformat() if one.due_date else None,
    }


def _revision(one: CellRevision) -> dict[str, Any]:
    return {
        "revision": one.number,
        "author": one.author_name,
        "function": one.author_function,
        "filler": one.filler_name,
        "made": one.made_at.isoformat(),
        "source": one.source.value,
        "reason": one.reason,
        **one.delta.key.flat(),
        "old": one.delta.old.flat(),
        "new": one.delta.new.flat(),
    }


def _print(shown: _Shown) -> None:
    filled, standing = shown.filled, shown.standing
    typer.echo(
        f"{filled.form} v{filled.form_number}, {filled.region}, {filled.period}: "
        f"revisi {filled.state.revision}"
    )
    typer.echo(f"keadaan: {standing.level.words}{', terlambat' if standing.is_late else ''}")
    typer.echo(_counted(shown))
    for key, held in sorted(filled.state.cells.items()):
        content = held.content
        note = f"  ({content.explanation})" if content.explanation else ""
        typer.echo(f"  {_named(key):40} {_said(content)}{note}")
    for one in shown.past:
        old, new = one.delta.old, one.delta.new
        note = f"  ({new.explanation})" if new.explanation else ""
        typer.echo(
            f"  r{one.number} {format_moment(one.made_at)} {one.author_name}: {_named(one.delta.key)} "
            f"{_said(old)} -> {_said(new)}{note}"
        )
    for event in standing.events:
        link = event.link
        words = f"{event.act.words}{', terlambat' if link.is_late else ''}"
        note = f"  ({link.reason})" if link.reason else ""
        typer.echo(f"  r{link.revision} {format_moment(link.at)} {event.actor_name}: {words}{note}")
    terminal.say_findings([one.finding for one in shown.judged.told])


def _counted(shown: _Shown) -> str:
    """Say how much is filled, and of a draft whether it can be sent."""
    counts = shown.judged.counts
    wanted = counts.required - counts.not_applicable
    cells = sum(held.content.state is not State.EMPTY for held in shown.filled.state.cells.values())
    parts = [
        f"terisi {format_number(counts.filled)} dari {format_number(wanted)} sel wajib"
        if wanted
        else f"tidak ada sel wajib, {format_number(cells)} sel terisi"
    ]
    if shown.standing.level is Level.DRAFT:
        parts.append("siap dikirim" if _is_ready(shown) else "belum siap dikirim")
    return "; ".join(parts)


def _is_ready(shown: _Shown) -> bool:
    """Whether it can be sent: what is sent already cannot."""
    return shown.judged.is_ready and shown.standing.level is Level.DRAFT


def _named(key: Key) -> str:
    """Name a cell: variable, breakdown, row."""
    parts = (key.variable, "" if key.breakdown == TOTAL else key.breakdown, key.row and f"baris {key.row}")
    return " ".join(part for part in parts if part)


def _said(content: Content) -> str:
    return content.value if content.value is not None else content.state.words
