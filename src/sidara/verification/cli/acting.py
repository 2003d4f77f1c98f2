"""Acts by command, `sidara submission send | withdraw | endorse`, and `sidara audit verify`."""

from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from sidara.collection import queries as collection
from sidara.collection.core.submission import SubmissionKey
from sidara.evidence import queries as evidence
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.ui import terminal
from sidara.verification import queries, services

Form = Annotated[str, typer.Argument(metavar="FORMULIR", help="Kode formulir, misalnya KEP_SEMESTER.")]
Region = Annotated[str, typer.Option("--region", help="Kode desa, misalnya 62.01.02.2016.")]
Period = Annotated[str, typer.Option("--period", help="Periode, misalnya 2026-S1.")]
Message = Annotated[
    str, typer.Option("--message", help="Nomor kiriman (UUID); nomor yang sama tidak diulang.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Tulis sebagai JSON.")]


def send(
    form: Form, *, region: Region, period: Period, message: Message = "", as_json: AsJson = False
) -> None:
    """Kirim isian ke kecamatan. Galat dan peringatan tanpa penjelasan menahannya.

    Contoh: sidara submission send KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1
    """
    key = SubmissionKey(form, region, period)
    filled = collection.filled(OPERATOR, key)
    seen = filled.state.revision if filled else 0
    done = services.send_submission(
        OPERATOR, key=key, revision=seen, message_id=message_of(message), now=now()
    )
    tell(done, as_json=as_json)


def withdraw(  # noqa: PLR0913 - the options of the command
    form: Form,
    *,
    region: Region,
    period: Period,
    reason: Annotated[str, typer.Option("--reason", help="Alasan, satu kalimat.")] = "",
    message: Message = "",
    as_json: AsJson = False,
) -> None:
    """Tarik kembali isian yang dikirim, sebelum diperiksa kecamatan; hanya oleh pengirimnya.

    Contoh: sidara submission withdraw KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1
    """
    done = services.withdraw_submission(
        OPERATOR,
        key=SubmissionKey(form, region, period),
        message_id=message_of(message),
        now=now(),
        reason=reason,
    )
    tell(done, as_json=as_json)


def endorse(
    form: Form, *, region: Region, period: Period, message: Message = "", as_json: AsJson = False
) -> None:
    """Sahkan isian yang terkirim, sebagai kepala desa.

    Contoh: sidara submission endorse KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1
    """
    key = SubmissionKey(form, region, period)
    filled = collection.filled(OPERATOR, key)
    done = services.endorse_submission(
        OPERATOR,
        key=key,
        content_hash=filled.content_hash if filled else "",
        message_id=message_of(message),
        now=now(),
    )
    tell(done, as_json=as_json)


def verify(*, as_json: terminal.AsJson = False) -> None:
    """Hitung ulang semua rantai revisi, isi sel, akar malam, rantai kirim dan bukti; sebut yang tidak cocok.

    Menemukan baris yang diubah, isian yang dihapus, ekor rantai yang dipotong, kejadian kirim, tarik atau
    sahkan yang diubah, tanda terima yang diubah, dan berkas bukti yang diubah atau hilang. Kode keluar 0
    hanya bila semuanya utuh, selain itu 1.

    Contoh: sidara audit verify --json
    """
    findings = (
        *collection.audit(OPERATOR),
        *queries.audit(OPERATOR),
        *queries.audit_receipts(OPERATOR),
        *evidence.audit(OPERATOR),
    )
    if as_json:
        terminal.write_json({"whole": not findings, "findings": [one.flat() for one in findings]})
    else:
        typer.echo("Semua rantai utuh." if not findings else f"{len(findings)} ketidakcocokan ditemukan.")
        terminal.say_findings(findings)
    if findings:
        raise typer.Exit(Exit.REFUSED)


def message_of(text: str) -> UUID:
    """Read the id of a message, or make one; what is none leaves with the usage exit."""
    try:
        return UUID(text) if text else uuid4()
    except ValueError as fault:
        terminal.say(f"Nomor kiriman {text} bukan UUID.")
        raise typer.Exit(Exit.USAGE) from fault


def tell(done: services.Outcome, *, as_json: bool) -> None:
    """Tell what came of an act, and leave with its exit code."""
    if as_json:
        terminal.write_json(_data(done))
    terminal.say_findings(done.findings)
    for one in done.blocking:
        terminal.say(f"{one.finding.place}: {one.finding.message} {one.finding.remedy}".strip())
    if not done.is_done:
        raise typer.Exit(Exit.REFUSED)
    late = ", terlambat" if done.event and done.event.link.is_late else ""
    terminal.say(f"Keadaan isian: {done.level.words}{late}.")


def tell_paper(done: services.Closed | services.Receipted, *, as_json: bool) -> None:
    """Tell what held a paper back, and leave with the exit code then."""
    if as_json:
        found = [one.flat() for one in done.findings]
        terminal.write_json({"code": done.code, "repeated": done.is_repeated, "findings": found})
    terminal.say_findings(done.findings)
    if not done.is_done:
        raise typer.Exit(Exit.REFUSED)


def _data(done: services.Outcome) -> dict[str, Any]:
    event = done.event
    return {
        "done": done.is_done,
        "repeated": done.is_repeated,
        "level": done.level.name.lower(),
        "revision": event.link.revision if event else None,
        "content_hash": event.link.content_hash if event else None,
        "late": event.link.is_late if event else None,
        "due_date": event.due_date.isoformat() if event and event.due_date else None,
        "findings": [one.flat() for one in done.findings],
        "blocking": [one.flat() for one in done.blocking],
    }
