"""Minutes by command: `sidara verification close`, `sidara minutes check`."""

from pathlib import Path
from typing import Annotated

import typer

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.ui import terminal
from sidara.ui.language import format_moment
from sidara.verification import queries, services
from sidara.verification.cli.acting import AsJson, Message, message_of, tell_paper
from sidara.verification.cli.verifying import As, step_of
from sidara.verification.core import file_hash, read_code

SITE = "http://127.0.0.1:8000"
Code = Annotated[str, typer.Argument(metavar="KODE", help="Kode berita acara, misalnya 7K2M-0Q9R-XT4B.")]


def close(  # noqa: PLR0913 - the options of the command
    *,
    as_: As,
    under: Annotated[str, typer.Option(help="Kode wilayah, misalnya 62.01.02.")],
    form: Annotated[str, typer.Option(help="Kode formulir; tanpa ini semua.")] = "",
    period: Annotated[str, typer.Option(help="Periode; tanpa ini semua.")] = "",
    site: Annotated[str, typer.Option(help="Alamat SIDARA, tempat berita acara diperiksa.")] = SITE,
    output: Annotated[Path | None, typer.Option(help="Tempat menulis PDF-nya.")] = None,
    message: Message = "",
    as_json: AsJson = False,
) -> None:
    """Tutup yang diterima dan dikembalikan sebuah langkah dengan berita acara.

    Contoh: sidara verification close --as district --under 62.01.02 --output berita-acara.pdf
    """
    done = services.close_batch(
        OPERATOR,
        step=step_of(as_),
        under=under,
        site=site,
        message_id=message_of(message),
        now=now(),
        form=form,
        period=period,
    )
    tell_paper(done, as_json=as_json)
    terminal.say(f"Berita acara {done.code}.")
    content = queries.minutes_file(OPERATOR, done.code)
    if output is not None and content is not None:
        terminal.write_file(output, content)
        terminal.say(f"Ditulis ke {output}.")


def check(
    code: Code,
    *,
    file: Annotated[Path | None, typer.Option(help="PDF yang diperiksa; tanpa ini hanya kodenya.")] = None,
    as_json: AsJson = False,
) -> None:
    """Periksa apakah berita acara itu ada, utuh, dan sama dengan PDF yang diberikan.

    Kode keluar 0 bila cocok, selain itu 1.

    Contoh: sidara minutes check 7K2M-0Q9R-XT4B --file berita-acara.pdf
    """
    kept = queries.minutes(OPERATOR, read_code(code))
    content = None if file is None else terminal.read_file(file)
    is_same = kept is not None and (content is None or file_hash(content) == kept.file_hash)
    is_good = kept is not None and kept.is_whole and is_same
    if as_json:
        told = {} if kept is None else {"content_hash": kept.content_hash, "file_hash": kept.file_hash}
        terminal.write_json(
            {"found": kept is not None, "whole": bool(kept and kept.is_whole), "same": is_same} | told
        )
    if kept is None:
        terminal.say(f"Berita acara {code} tidak ada.")
    else:
        made = kept.minutes
        count = format_number(len(made.entries))
        typer.echo(f"{made.step.words}, {made.area_name}, {format_moment(made.made_at)}: {count} kiriman")
        typer.echo(f"sidik isi {kept.content_hash}")
        if not kept.is_whole:
            terminal.say("Isinya tidak cocok dengan sidiknya: catatannya berubah.")
        elif not is_same:
            terminal.say("Berkas itu BUKAN berita acara yang dibuat: isinya berbeda.")
        else:
            terminal.say("Cocok." if content is not None else "Ada dan utuh.")
    if not is_good:
        raise typer.Exit(Exit.REFUSED)
