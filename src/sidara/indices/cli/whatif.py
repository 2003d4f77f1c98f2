"""What if: `sidara index whatif`."""

import re
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.table import Table

from sidara.indices import core, queries
from sidara.indices.cli import options
from sidara.indices.core import asked
from sidara.indices.core.evaluate import BETWEEN
from sidara.indices.core.whatif import Change, WhatIf
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number
from sidara.ui import terminal

SHOWN = 40
WHEN = ("before", "after")


def whatif(  # noqa: PLR0913 - the options of the command
    name: options.IndexName,
    *,
    source: options.Input,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KODE:NAMA=NILAI", help="Perubahan; boleh berulang, yang terakhir menang."
        ),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option("--changes", help="Berkas perubahan: kode, name, value, dan tahun bila perlu."),
    ] = None,
    under: Annotated[
        str | None, typer.Option("--under", metavar="KODE", help="Peringkat di antara desa wilayah ini saja.")
    ] = None,
    target: Annotated[str | None, typer.Option("--output", help="Berkas hasil; '-' untuk pipa.")] = None,
    format: options.Format = None,  # noqa: A002 - the word of the command line
    as_json: options.AsJson = False,
) -> None:
    """Andaikan jawaban atau skor berubah: skor, selang, status dan peringkat sebelum dan sesudah.

    KODE adalah kode desa, kode kecamatan atau kabupaten, atau * untuk semua desa; KODE@2024 untuk satu tahun.
    NAMA adalah kolom yang menentukan hitungan: skor butir (S02), jawaban (jumlah_dokter), kelas resmi
    (akses_pasar) atau subindeks (iks). NILAI kosong berarti tidak diketahui.

    Contoh: sidara index whatif idm --input skor.csv --set 6201022016:S02=5 --set "*:E06=3"

    Contoh: sidara index whatif idm --input skor.csv --changes andai.csv --under 62.01 --output hasil.xlsx
    """
    definition = options.definition(name)
    options.check_usage(source, target, format, changes)
    if as_json and target == options.PIPE:
        options.usage(options.ONE_PIPE)
    if not sets and changes is None:
        options.usage("Sebutkan perubahan dengan --set KODE:NAMA=NILAI atau --changes BERKAS.")
    if under is not None and re.fullmatch(asked.CODE_FORM, under, re.ASCII) is None:
        options.usage(f"Kode {under} pada --under bukan kode desa atau wilayah.")
    read = [asked.change(text) for text in sets or ()]
    faults = [one for one in read if isinstance(one, Finding)]
    if faults:
        terminal.say_findings(faults)
        raise typer.Exit(Exit.USAGE)
    made = queries.whatif_file(
        OPERATOR,
        definition,
        options.opened(source),
        [one for one in read if isinstance(one, Change)],
        changes_from=changes,
        under=under,
        format=format if source == options.PIPE else None,
    )
    if not isinstance(made, WhatIf) or made.frame is None:
        terminal.say_findings(made.findings if isinstance(made, WhatIf) else made)
        terminal.say("Perubahan ditolak; tidak ada yang dihitung.")
        raise typer.Exit(Exit.REFUSED)
    loud = (Severity.ERROR, Severity.WARNING) if made.frame.is_empty() else (Severity.ERROR,)
    terminal.say_findings([one for one in made.findings if one.severity in loud])
    if as_json:
        terminal.write_json(_as_data(made, made.frame))
    if target is not None:
        options.write(made.frame, target, format, definition)
    if not as_json and target is None and not made.frame.is_empty():
        _show(definition, made, made.frame)
    raise typer.Exit(Exit.PARTIAL if made.before.rejected or made.frame.is_empty() else Exit.GOOD)


def _as_data(made: WhatIf, frame: pl.DataFrame) -> dict[str, object]:
    return {
        "villages": frame.to_dicts(),
        "statuses": {
            name: {"before": before, "after": after} for name, (before, after) in made.statuses.items()
        },
        "others_with_another_rank": made.moved,
        "findings": [finding.flat() for finding in made.findings],
    }


def _show(definition: core.Definition, made: WhatIf, frame: pl.DataFrame) -> None:
    decimals = options.decimals(definition)
    table = Table("Desa", "Tahun", "Perubahan", "Skor", "Status", "Peringkat")
    for row in frame.head(SHOWN).iter_rows(named=True):
        sides = [(_index(row, when, decimals), _status(row, when), _rank(row, when)) for when in WHEN]
        table.add_row(
            row["kode"],
            str(row["tahun"]),
            row["changes"] or "tidak ada",
            *(options.becomes(before, after) for before, after in zip(*sides, strict=True)),
        )
    console = terminal.page()
    console.print(table)
    if frame.height > SHOWN:
        console.print(f"… dan {format_number(frame.height - SHOWN)} desa lagi; --output menulis semuanya.")
    for name, (before, after) in made.statuses.items():
        if before != after:
            words = "status belum pasti" if name == BETWEEN else name
            console.print(f"{words}: {format_number(before)} -> {format_number(after)} desa", highlight=False)
    if made.moved:
        console.print(f"{format_number(made.moved)} desa lain berganti peringkat.", highlight=False)


def _index(row: dict[str, object], when: str, decimals: int) -> str:
    low, high = (options.figure(row[f"index_{side}_{when}"], decimals) for side in ("min", "max"))
    return options.span(low, high)


def _status(row: dict[str, object], when: str) -> str:
    return str(row[f"status_set_{when}"] or "tidak ada").replace("|", " atau ")


def _rank(row: dict[str, object], when: str) -> str:
    low, high = row[f"rank_min_{when}"], row[f"rank_max_{when}"]
    return "tidak ada" if low is None else options.span(str(low), str(high))
