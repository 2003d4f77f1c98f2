"""`sidara form export`: a form to be filled in outside, for a village or a kecamatan; or as XLSForm."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from sidara.collection import queries
from sidara.collection.cli.submissions import Dataset
from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.collection.core.answering import form_unknown
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.ui import terminal

XLSFORM = "xlsform"
FORMATS = (*queries.FORM_FILES, XLSFORM)


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
        str,
        typer.Option(
            "--format",
            help=f"Bentuk berkas: {', '.join(FORMATS)}. Tanpa ini menurut akhiran --output; buku kerja tanpa "
            "--region dan --period menjadi xlsform.",
        ),
    ] = "",
    dataset: Dataset = "",
    version: Annotated[
        int | None, typer.Option("--version", help="Versi lama, misalnya 1 (hanya xlsform).")
    ] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Buat formulir untuk diisi di luar aplikasi, dengan isian yang tersimpan dan angka periode lalu.

    Contoh:

    sidara form export KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --format xlsx --output keu.xlsx

    sidara form export KEU_TRIWULAN --region 62.01.02 --period 2026-Q1 --format xlsx --output kecamatan.xlsx

    sidara form export KEP_SEMESTER --region 62.01.02 --period 2026-S1 --dataset simulated:collection
    --output contoh.xlsx

    sidara form export KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --format pdf --output keu.pdf

    sidara form export KEU_TRIWULAN --region 62.01.02.2016 --period 2026-Q1 --format html --output keu.html

    sidara form export KEP_SEMESTER --format xlsform --output kep.xlsx
    """
    if dataset not in {"", COLLECTION, EXAMPLES}:
        terminal.say(
            f"Himpunan {dataset} tidak diisi lewat formulir; pilih --dataset {COLLECTION} atau {EXAMPLES}."
        )
        raise typer.Exit(Exit.USAGE)
    chosen = format or _format_of(output, is_for_village=bool(region or period))
    wrong = _wrong_options(chosen, output, region=region, period=period, version=version)
    if wrong:
        terminal.say(wrong)
        raise typer.Exit(Exit.USAGE)
    if chosen == XLSFORM:
        content, findings = _xlsform(code, version)
    else:
        content, findings = queries.FORM_FILES[chosen](
            OPERATOR, form=code, region=region, period=period, uid=uuid4(), now=now(), dataset=dataset
        )
    if content is not None:
        terminal.write_file(output, content)
    if as_json:
        terminal.write_json(
            {
                "form": code,
                "format": chosen,
                "file": str(output) if content is not None else None,
                "bytes": len(content or b""),
                "findings": [one.flat() for one in findings],
            }
        )
    terminal.say_findings(findings)
    if content is None:
        raise typer.Exit(Exit.REFUSED)
    terminal.say(f"{_said(chosen, code, region, period)} ditulis ke {output}.")
    raise typer.Exit(Exit.PARTIAL if findings else Exit.GOOD)


def _format_of(output: Path, *, is_for_village: bool) -> str:
    """Tell the format by the ending of the file; a workbook for nobody in particular is an XLSForm."""
    ending = output.suffix.lower().removeprefix(".")
    return XLSFORM if ending == "xlsx" and not is_for_village else ending


def _wrong_options(format: str, output: Path, *, region: str, period: str, version: int | None) -> str:  # noqa: A002 - the word of the command line
    """Say which options do not go together; empty where they do."""
    if format not in FORMATS:
        named = f"Bentuk {format} tidak dikenal" if format else f"Bentuk berkas {output} tidak disebut"
        return f"{named}; pilih --format {', '.join(FORMATS)}."
    if format == XLSFORM:
        if not (region or period):
            return ""
        return (
            "XLSForm adalah formulir kosong bagi semua desa, tanpa --region dan --period. Hapus keduanya, "
            "atau pilih --format xlsx untuk buku kerja yang dapat diisi dan dimasukkan kembali."
        )
    missing = [name for name, text in (("--region", region), ("--period", period)) if not text]
    if missing:
        return f"Isi {' dan '.join(missing)}. Contoh: sidara form export --help"
    if version is not None:
        return "--version hanya berlaku untuk --format xlsform; desa mengisi versi yang ditetapkan baginya."
    return ""


def _said(format: str, code: str, region: str, period: str) -> str:  # noqa: A002 - the word of the command line
    if format == XLSFORM:
        return f"Formulir {code} yang kosong (XLSForm)"
    return f"Formulir {code} untuk {region}, periode {period},"


def _xlsform(code: str, version: int | None) -> queries.GivenOut:
    content = dictionary.xlsform(OPERATOR, code, version)
    if content is not None:
        return content, ()
    which = f" versi {version}" if version else ""
    return None, (form_unknown(f"{code}{which}", () if which else dictionary.dictionary(OPERATOR).forms),)
