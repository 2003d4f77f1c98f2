"""Verifying by command: `sidara verification queue | accept | return`, `sidara submission correct`."""

import re
from datetime import date, datetime
from typing import Annotated

import typer

from sidara.collection import queries as collection
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.ui import terminal
from sidara.ui.language import format_date
from sidara.verification import queries, services
from sidara.verification.cli.acting import AsJson, Form, Message, Period, Region, message_of, tell
from sidara.verification.core import VERIFYING, WHOLE, Step, verifying_step

_STEPS = ", ".join(VERIFYING)
As = Annotated[str, typer.Option("--as", metavar="LANGKAH", help=f"Sebagai siapa: {_STEPS}.")]
Cells = Annotated[
    list[str],
    typer.Option(
        "--cell", metavar="SEL", help="Sel, misalnya KEP_004 atau KEU_001@ANGGARAN:A; boleh berulang."
    ),
]
_CELL = re.compile(r"^(?P<variable>[A-Z0-9_.]+)(?:@(?P<breakdown>[^#]+))?(?:#(?P<row>.+))?$")


def queue(  # noqa: PLR0913 - the options of the command
    *,
    as_: As,
    under: Annotated[str, typer.Option(help="Kode wilayah; tanpa ini semua.")] = "",
    form: Annotated[str, typer.Option(help="Kode formulir; tanpa ini semua.")] = "",
    period: Annotated[str, typer.Option(help="Periode; tanpa ini semua.")] = "",
    dataset: Annotated[str, typer.Option(help="Himpunan data; desa contoh: simulated:collection.")] = "",
    as_json: AsJson = False,
) -> None:
    """Daftar isian yang menunggu sebuah langkah: yang terlambat dan yang meragukan lebih dahulu.

    Contoh: sidara verification queue --as district --under 62.01.02
    """
    found = queries.queue(OPERATOR, step_of(as_), under=under, form=form, period=period, dataset=dataset)
    if as_json:
        terminal.write_json(
            [
                {
                    "form": one.form,
                    "region": one.region,
                    "period": one.period,
                    "dataset": one.dataset,
                    "level": one.level.name.lower(),
                    "since": one.since.isoformat(),
                    "due_date": one.due_date.isoformat() if one.due_date else None,
                    "late": one.is_late,
                    "doubts": one.doubts,
                    "returned": one.returned,
                }
                for one in found
            ]
        )
        return
    terminal.say(f"{format_number(len(found))} isian menunggu {step_of(as_).words}.")
    for one in found:
        late = "terlambat" if one.is_late else ""
        typer.echo(f"{one.form:24} {one.region:16} {one.period:8} {one.doubts:3} meragukan  {late}".rstrip())


def accept(  # noqa: PLR0913 - the options of the command
    form: Form,
    *,
    region: Region,
    period: Period,
    as_: As,
    cell: Cells = [],  # noqa: B006 - Typer reads it, nobody changes it
    quiet: Annotated[bool, typer.Option("--quiet", help="Hanya sel yang tidak meragukan.")] = False,
    message: Message = "",
    as_json: AsJson = False,
) -> None:
    """Terima sel sebuah isian sebagai satu langkah rantai: semua yang menunggu, atau yang disebut.

    Contoh: sidara verification accept KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1 --as district
    """
    key, step = SubmissionKey(form, region, period), step_of(as_)
    seen, number, at = _revision(key), message_of(message), now()
    if quiet:
        done = services.accept_quiet(OPERATOR, key=key, step=step, revision=seen, message_id=number, now=at)
    else:
        cells = [_cell(one) for one in cell] or None
        done = services.accept_cells(
            OPERATOR, key=key, step=step, revision=seen, message_id=number, now=at, cells=cells
        )
    tell(done, as_json=as_json)


def return_(  # noqa: PLR0913 - the options of the command
    form: Form,
    *,
    region: Region,
    period: Period,
    as_: As,
    reason: Annotated[str, typer.Option("--reason", help="Apa yang tidak cocok, satu kalimat.")],
    until: Annotated[
        datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="Paling lambat dibetulkan, 2026-08-14.")
    ],
    cell: Cells = [],  # noqa: B006 - Typer reads it, nobody changes it
    message: Message = "",
    as_json: AsJson = False,
) -> None:
    """Kembalikan sel ke desa dengan alasan dan tanggal; tanpa --cell seluruh formulir.

    Contoh: sidara verification return KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1 --as district
    --cell KEP_004 --reason "Lebih besar daripada jumlah penduduk." --until 2026-08-14
    """
    key = SubmissionKey(form, region, period)
    done = services.return_cells(
        OPERATOR,
        key=key,
        step=step_of(as_),
        reasons=dict.fromkeys([_cell(text) for text in cell] or [WHOLE], reason),
        due_date=date(until.year, until.month, until.day),
        revision=_revision(key),
        message_id=message_of(message),
        now=now(),
    )
    tell(done, as_json=as_json)
    if not as_json and done.event and done.event.due_date:
        terminal.say(f"Paling lambat dibetulkan: {format_date(done.event.due_date)}.")


def correct(  # noqa: PLR0913 - the options of the command
    form: Form,
    *,
    region: Region,
    period: Period,
    cell: Cells,
    reason: Annotated[str, typer.Option("--reason", help="Apa yang salah, dan dari mana angka yang benar.")],
    message: Message = "",
    as_json: AsJson = False,
) -> None:
    """Buka sel yang sudah final untuk koreksi; sesudah dibetulkan ia melewati semua langkah lagi.

    Contoh: sidara submission correct KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1 --cell KEP_004
    --reason "Salah hitung dusun seberang."
    """
    done = services.correct_cells(
        OPERATOR,
        key=SubmissionKey(form, region, period),
        cells=[_cell(one) for one in cell],
        message_id=message_of(message),
        now=now(),
        reason=reason,
    )
    tell(done, as_json=as_json)


def step_of(text: str) -> Step:
    """Read a step above the village; what is none leaves with the usage exit."""
    found = verifying_step(text)
    if found is None:
        terminal.say(f"Langkah {text} tidak ada; pilih salah satu: {_STEPS}.")
        raise typer.Exit(Exit.USAGE)
    return found


def _cell(text: str) -> Key:
    """Read a cell as `VARIABLE[@BREAKDOWN][#ROW]`."""
    found = _CELL.match(text)
    if found is None:
        terminal.say(f"Sel {text} tidak terbaca; tulis misalnya KEP_004 atau KEU_001@ANGGARAN:A.")
        raise typer.Exit(Exit.USAGE)
    return Key(found["row"] or "", found["variable"], found["breakdown"] or TOTAL)


def _revision(key: SubmissionKey) -> int:
    filled = collection.filled(OPERATOR, key)
    return filled.state.revision if filled else 0
