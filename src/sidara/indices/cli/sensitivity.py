"""What statuses hang on: `sidara index sensitivity`."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from sidara.indices import core, queries
from sidara.indices.cli import options
from sidara.indices.core.sensitivity import SHARES, Sensitivity
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Severity
from sidara.kernel.number import format_number
from sidara.ui import terminal

SHOWN = 40
NAMED = 4
DEFAULT = ",".join(f"{float(share):g}" for share in SHARES)
_SHARE = re.compile(r"0?\.\d{1,4}", re.ASCII)


def sensitivity(  # noqa: PLR0913 - the options of the command
    name: options.IndexName,
    *,
    source: options.Input,
    shares: Annotated[
        str, typer.Option("--shift", help="Bagian bobot yang dipindahkan antar-subindeks, antara 0 dan 1.")
    ] = DEFAULT,
    target: Annotated[str | None, typer.Option("--output", help="Berkas hasil; '-' untuk pipa.")] = None,
    shifts: Annotated[
        Path | None, typer.Option("--shifts", help="Berkas hitungan tiap pergeseran bobot.")
    ] = None,
    format: options.Format = None,  # noqa: A002 - the word of the command line
    as_json: options.AsJson = False,
) -> None:
    """Tunjukkan apa yang menentukan status: butir yang sendirian mengubahnya, dan bobot subindeks.

    Contoh: sidara index sensitivity idm --input skor.csv --output kepekaan.xlsx

    Contoh: sidara index sensitivity idm --input skor.csv --shift 0.05,0.1 --json
    """
    definition = options.definition(name)
    options.check_usage(source, target, format, shifts)
    if as_json and target == options.PIPE:
        options.usage(options.ONE_PIPE)
    if shifts is not None:
        options.check_usage(source, str(shifts), format, None)
    made = queries.sensitivity_file(
        OPERATOR,
        definition,
        options.opened(source),
        shares=_shares(shares),
        format=format if source == options.PIPE else None,
    )
    if not isinstance(made, Sensitivity) or made.frame.is_empty():
        terminal.say_findings(made.findings if isinstance(made, Sensitivity) else made)
        terminal.say("Tidak ada baris yang dapat dihitung; tidak ada yang ditulis.")
        raise typer.Exit(Exit.REFUSED)
    said = {Severity.ERROR, Severity.NOT_EVALUATED}
    terminal.say_findings([one for one in made.findings if one.severity in said])
    if target is not None:
        options.write(made.frame, target, format, definition)
    if shifts is not None:
        options.write(made.shifts, str(shifts), None, definition)
    if as_json:
        terminal.write_json(
            {
                "villages": made.frame.to_dicts(),
                "shifts": made.shifts.to_dicts(),
                "findings": [finding.flat() for finding in made.findings],
            }
        )
    elif target != options.PIPE:
        _show(definition, made)
    raise typer.Exit(Exit.PARTIAL if made.rejected else Exit.GOOD)


def _shares(text: str) -> tuple[Fraction, ...]:
    parts = [part.strip() for part in text.split(",")]
    if any(_SHARE.fullmatch(part) is None or Decimal(part) == 0 for part in parts):
        options.usage(f"Pergeseran '{text}' tidak terbaca; isi bagian antara 0 dan 1, misalnya {DEFAULT}.")
    return tuple(dict.fromkeys(Fraction(Decimal(part)) for part in parts))


def _short(items: str) -> str:
    """Give the first items of a list, and how many more there are."""
    names = items.split("; ")
    rest = f"; dan {len(names) - NAMED} lagi" if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + rest


def _show(definition: core.Definition, made: Sensitivity) -> None:
    console, decimals = terminal.page(), options.decimals(definition)
    near = made.frame.filter(made.frame["is_near_step"].fill_null(value=False))
    far = made.frame.filter(made.frame["is_near"].fill_null(value=False))
    table = Table(
        "Desa", "Tahun", "Status", "Ke atas", "Ke bawah", "Satu langkah naik", "Satu langkah turun", "Bobot"
    )
    for row in near.head(SHOWN).iter_rows(named=True):
        table.add_row(
            row["kode"],
            str(row["tahun"]),
            row["status"],
            options.figure(row["to_next"], decimals),
            options.figure(row["to_previous"], decimals),
            _short(row["up"]),
            _short(row["down"]),
            f"{row['shifts']} dari {row['of_shifts']}",
        )
    if near.height:
        console.print(table)
    if near.height > SHOWN:
        console.print(f"… dan {format_number(near.height - SHOWN)} desa lagi; --output menulis semuanya.")
    weights = Table("Dari", "Kepada", "Bagian", "Naik", "Turun", "Tetap", "Tidak pasti")
    for row in made.shifts.iter_rows(named=True):
        counts = (format_number(row[name]) for name in ("rise", "fall", "stay", "not_sure"))
        weights.add_row(row["giver"], row["taker"], options.figure(row["share"], 2), *counts)
    console.print(weights)
    console.print(
        f"Dari {format_number(made.frame.height)} baris, {format_number(near.height)} berjarak satu langkah "
        f"satu butir dari status lain, {format_number(far.height)} berjarak satu butir sejauh-jauhnya.",
        highlight=False,
    )
