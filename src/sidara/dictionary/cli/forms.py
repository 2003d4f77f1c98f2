"""`sidara form list | show | import`; `form export` stands in `collection`, which knows what is filled in."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sidara.dictionary import queries, services
from sidara.dictionary.cli import accounts
from sidara.dictionary.cli.entries import AsJson
from sidara.expressions.vocabulary import near
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.ui import terminal

FormCode = Annotated[str, typer.Argument(metavar="FORMULIR", help="Kode formulir, misalnya KEP_SEMESTER.")]
XLSFORM = "xlsform"
Format = Annotated[str, typer.Option("--format", help="Bentuk berkas: xlsform.")]


def _check_format(chosen: str) -> None:
    if chosen != XLSFORM:
        terminal.say(f"Bentuk {chosen} tidak dikenal; pilih {XLSFORM}.")
        raise typer.Exit(Exit.USAGE)


def _asked(code: str, version: int | None) -> queries.FormAsked:
    found = queries.form(OPERATOR, code, version)
    if found is None:
        which = f" versi {version}" if version else ""
        known = () if which else queries.dictionary(OPERATOR).forms
        way = near(code.upper(), known, "Lihat yang ada dengan: sidara form list")
        terminal.say(f"Formulir {code}{which} tidak ada. {way}")
        raise typer.Exit(Exit.REFUSED)
    return found


def list_(*, as_json: AsJson = False) -> None:
    """Daftar formulir dengan versi, jumlah elemen, dan jumlah isiannya.

    Contoh: sidara form list --json
    """
    made = queries.dictionary(OPERATOR)
    found = queries.forms(OPERATOR)
    rows = [
        {
            "code": one.code,
            "name": made.forms[one.code].name,
            "sector": made.forms[one.code].sector,
            "frequency": str(made.forms[one.code].frequency),
            "version": one.version,
            "variables": one.size.variables,
            "cells": one.size.cells,
            "asked_cells": one.size.asked_cells,
            "lists": [rows.code for rows in made.lists_of(one.code)],
        }
        for one in found
    ]
    if as_json:
        terminal.write_json(rows)
        return
    table = Table("Kode", "Nama", "Versi", "Elemen", "Sel", "Diisi", "Daftar")
    for row in rows:
        figures = [format_number(int(str(row[name]))) for name in ("variables", "cells", "asked_cells")]
        lists = row["lists"] if isinstance(row["lists"], list) else []
        table.add_row(
            str(row["code"]), escape(str(row["name"])), f"v{row['version']}", *figures, ", ".join(lists)
        )
    terminal.page().print(table)


def show(
    code: FormCode,
    *,
    version: Annotated[int | None, typer.Option("--version", help="Versi lama, misalnya 1.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tampilkan formulir seperti yang ditanyakan: bagian, pertanyaan, syarat, daftar.

    Contoh: sidara form show KEP_SEMESTER
    """
    found = _asked(code, version)
    made = found.questionnaire
    if as_json:
        terminal.write_json(
            {
                "code": code,
                "name": made.form.name,
                "frequency": str(made.form.frequency),
                "version": found.version,
                "hash": found.digest,
                "sections": [
                    {"name": name, "variables": [one.code for one in variables]}
                    for name, variables in made.sections
                ],
                "lists": [
                    {"code": one.code, "columns": [column.code for column in one.columns]}
                    for one in made.lists
                ],
            }
        )
        return
    console = terminal.page()
    console.print(f"[bold]{escape(made.form.name)}[/bold] ({code}), v{found.version}")
    for name, variables in made.sections:
        console.print(f"\n[bold]{escape(name)}[/bold]")
        for one in variables:
            console.print(f"{one.code} {one.question} ({one.unit})", markup=False, highlight=False)
            if one.relevance:
                console.print(f"    bila {one.relevance}", markup=False, highlight=False)
    for rows in made.lists:
        console.print(f"\n[bold]{escape(rows.name)}[/bold]: {escape(rows.hint)}")
        for column in rows.columns:
            console.print(f"{column.code} {column.question}", markup=False, highlight=False)


def import_(  # noqa: PLR0913 - the options of the command
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Berkas XLSForm (.xlsx).")],
    *,
    format: Format = XLSFORM,  # noqa: A002 - the word of the command line
    reason: Annotated[str, typer.Option("--reason", help="Alasan perubahan, satu kalimat.")] = "",
    sector: Annotated[str, typer.Option("--sector", help="Kode bidang bagi formulir baru.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Hanya tunjukkan perubahannya.")] = False,
    as_json: AsJson = False,
) -> None:
    """Muat formulir dari XLSForm: elemen, daftar dan pilihan yang baru atau berubah.

    Contoh: sidara form import kep.xlsx --format xlsform --dry-run
    """
    _check_format(format)
    content = terminal.read_file(file)
    account = services.import_form(
        OPERATOR,
        content=content,
        file_name=file.name,
        reason=reason or f"impor XLSForm {file.name}",
        clock=now,
        dry_run=dry_run,
        sector=sector,
    )
    if not as_json:
        accounts.tell_differences(account.differences, as_json=False)
    accounts.tell(account, as_json=as_json, is_dry=dry_run)
