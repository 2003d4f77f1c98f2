"""`sidara form export`: a form to be filled in outside, for a village or a kecamatan; or as XLSForm."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from sidara.collection import queries
from sidara.collection.core.answering import form_unknown
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.ui import terminal

XLSFORM = "xlsform"


def export(  # noqa: PLR0913 - the options of the command
    code: Annotated[str, typer.Argument(metavar="FORMULIR", help="Kode formulir, misalnya KEP_SEMESTER.")],
    *,
    output: Annotated[Path, typer.Option("--output", help="Berkas yang ditulis.")],
    region: Annotated[
        str, typer.Option("--region", help="Kode desa, atau kecamatan bagi semua desanya.")
    ] = "",
    period: Annotated[
        str, typer.Option("--period", help="Periode, misalnya 2026, 2026-S1, 2026-Q1 atau 2026-03.")
    ] = "",
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", help=f"Bentuk berkas: {', '.join((*queries.FORM_FILES, XLSFORM))}.")
    ] = XLSFORM,
    version: Annotated[
        int | None, typer.Option("--version", help="Versi lama, misalnya 1 (hanya xlsform).")
    ] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Buat formulir untuk diisi di luar aplikasi, dengan isian yang tersimpan dan angka periode lalu.

    Contoh:

    sidara form export KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --format xlsx --output keu.xlsx

    sidara form export KEU_TRIWULAN --region 62.01.02 --period 2026-Q1 --format xlsx --output kecamatan.xlsx

    sidara form export KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --format pdf --output keu.pdf

    sidara form export KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --format html --output keu.html

    sidara form export KEP_SEMESTER --format xlsform --output kep.xlsx
    """
    if format == XLSFORM:
        content, findings = _xlsform(code, version)
    elif format in queries.FORM_FILES:
        missing = [name for name, text in (("--region", region), ("--period", period)) if not text]
        if missing:
            terminal.say(f"Isi {' dan '.join(missing)}. Contoh: sidara form export --help")
            raise typer.Exit(Exit.USAGE)
        content, findings = queries.FORM_FILES[format](
            OPERATOR, form=code, region=region, period=period, uid=uuid4(), now=now()
        )
    else:
        terminal.say(f"Bentuk {format} tidak dikenal; pilih {', '.join((*queries.FORM_FILES, XLSFORM))}.")
        raise typer.Exit(Exit.USAGE)
    if content is not None:
        _write(output, content)
    if as_json:
        terminal.write_json(
            {
                "form": code,
                "file": str(output) if content is not None else None,
                "bytes": len(content or b""),
                "findings": [one.flat() for one in findings],
            }
        )
    terminal.say_findings(findings)
    if content is None:
        raise typer.Exit(Exit.REFUSED)
    terminal.say(f"Formulir {code} ditulis ke {output}.")
    raise typer.Exit(Exit.PARTIAL if findings else Exit.GOOD)


def _xlsform(code: str, version: int | None) -> queries.GivenOut:
    content = dictionary.xlsform(OPERATOR, code, version)
    if content is not None:
        return content, ()
    which = f" versi {version}" if version else ""
    return None, (form_unknown(f"{code}{which}"),)


def _write(output: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = output.with_name(output.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(output)
    except OSError as fault:
        terminal.say(f"Berkas {output} tidak dapat ditulis: {fault.strerror}.")
        raise typer.Exit(Exit.REFUSED) from fault
