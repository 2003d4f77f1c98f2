"""Receipts by command: `sidara receipt record | withdraw | list`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sidara.collection.core.submission import Source
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import WIB, now
from sidara.kernel.exits import Exit
from sidara.ui import terminal
from sidara.verification import queries, services
from sidara.verification.cli.acting import AsJson, Message, Period, Region, message_of, tell_paper
from sidara.verification.core import file_hash, read_code
from sidara.verification.core.receipts import DOORS, Brought, moment

SITE = "http://127.0.0.1:8000"
Forms = Annotated[list[str], typer.Argument(metavar="FORMULIR", help="Kode formulir; boleh beberapa.")]
Code = Annotated[str, typer.Argument(metavar="KODE", help="Kode tanda terima, misalnya 7K2M-0Q9R-XT4B.")]
_DOORS = ", ".join(DOORS)


def record(  # noqa: PLR0913 - the options of the command
    forms: Forms,
    *,
    region: Region,
    period: Period,
    by: Annotated[str, typer.Option(help="Nama dan jabatan yang menyerahkan.")],
    door: Annotated[str, typer.Option(help=f"Bentuknya: {_DOORS}.")] = Source.PAPER.value,
    at: Annotated[str, typer.Option(help="Hari dan jam penyerahan (WIB), misalnya 2026-07-30T09:15.")] = "",
    file: Annotated[Path | None, typer.Option(help="Berkasnya; hanya sidiknya yang dicatat.")] = None,
    output: Annotated[Path | None, typer.Option(help="Tempat menulis PDF tanda terimanya.")] = None,
    site: Annotated[str, typer.Option(help="Alamat SIDARA, tempat tanda terima diperiksa.")] = SITE,
    message: Message = "",
    as_json: AsJson = False,
) -> None:
    """Catat berkas atau kertas yang diserahkan desa; hari itu yang menentukan terlambat atau tidaknya.

    Contoh: sidara receipt record KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1 --by "Ibu Rusnah"
    """
    if door not in set(DOORS):
        terminal.say(f"Bentuk {door} tidak ada. Pilih {_DOORS}.")
        raise typer.Exit(Exit.USAGE)
    given = None if file is None else terminal.read_file(file)
    brought = Brought(
        _moment(at),
        by,
        Source(door),
        file.name if file else "",
        "" if given is None else file_hash(given),
    )
    done = services.record_receipt(
        OPERATOR,
        region=region,
        forms=[(one, period) for one in forms],
        brought=brought,
        message_id=message_of(message),
        now=now(),
    )
    tell_paper(done, as_json=as_json)
    terminal.say(f"Tanda terima {done.code}.")
    content = None if output is None else queries.receipt_file(OPERATOR, done.code, site=site)
    if output is not None and content is not None:
        terminal.write_file(output, content)
        terminal.say(f"Ditulis ke {output}.")


def withdraw(
    code: Code,
    *,
    reason: Annotated[str, typer.Option(help="Alasan, satu kalimat.")],
    as_json: AsJson = False,
) -> None:
    """Batalkan tanda terima yang keliru; catatannya tetap ada.

    Contoh: sidara receipt withdraw 7K2M-0Q9R-XT4B --reason "Salah memilih desa."
    """
    done = services.withdraw_receipt(OPERATOR, code=read_code(code) or code, reason=reason, now=now())
    tell_paper(done, as_json=as_json)
    terminal.say(f"Tanda terima {done.code} dibatalkan.")


def list_(
    *,
    under: Annotated[str, typer.Option(help="Kode wilayah; tanpa ini semua.")] = "",
    as_json: AsJson = False,
) -> None:
    """Daftar tanda terima, yang terbaru lebih dahulu.

    Contoh: sidara receipt list --under 62.01.02
    """
    found = queries.receipts(OPERATOR, under=under)
    if as_json:
        terminal.write_json(
            [
                {
                    "code": one.code,
                    "number": one.receipt.number,
                    "region": one.receipt.region,
                    "dataset": one.receipt.dataset,
                    "forms": [{"form": form.code, "period": form.period} for form in one.receipt.forms],
                    "handed_at": one.receipt.brought.handed_at.isoformat(),
                    "brought_by": one.receipt.brought.brought_by,
                    "door": one.receipt.brought.door.value,
                    "file_hash": one.receipt.brought.file_hash,
                    "made_at": one.receipt.made_at.isoformat(),
                    "withdrawn": one.withdrawn.reason if one.withdrawn else None,
                }
                for one in found
            ]
        )
        return
    for one in found:
        state = "  dibatalkan" if one.withdrawn else ""
        named = ", ".join(f"{form.code} {form.period}" for form in one.receipt.forms)
        at = moment(one.receipt.brought.handed_at)
        typer.echo(f"{one.code}  {at}  {one.receipt.region_name}  {named}{state}")


def _moment(text: str) -> datetime:
    """Read day and hour in Jakarta, now where nothing is said; what is none leaves with the usage exit."""
    if not text:
        return now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError as fault:
        terminal.say(f"{text} bukan hari dan jam; tulis seperti 2026-07-30T09:15.")
        raise typer.Exit(Exit.USAGE) from fault
    return found if found.tzinfo else found.replace(tzinfo=WIB)
