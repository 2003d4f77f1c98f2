"""How every command speaks: JSON and tables on standard output, words and findings on standard error.

One place, so that all commands look the same. Words: page (what is printed), say (what is told beside it).
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number
from sidara.kernel.reasons import reason_of

SHOWN = 5
"""Findings of one code that are told one by one."""
PLAIN_WIDTH = 160
"""Columns of a page that goes to a pipe or a file, so that nothing is cut."""

SEVERITIES = {
    Severity.ERROR: "galat",
    Severity.WARNING: "peringatan",
    Severity.INFO: "keterangan",
    Severity.NOT_EVALUATED: "tidak dinilai",
}
"""The words for severities, the gravest first."""


AsJson = Annotated[bool, typer.Option("--json", help="Tulis hasil sebagai JSON.")]
"""The option of every command that can give its result to a program."""

DryRun = Annotated[bool, typer.Option("--dry-run", help="Beri putusan yang sama tanpa menyimpan.")]
"""The option of every import that gives a verdict for each cell or row."""

AllOrNothing = Annotated[
    bool,
    typer.Option("--all-or-nothing", help="Jangan simpan apa pun bila ada yang ditolak atau berselisih."),
]
"""The option of an import that is to be stored whole or not at all."""


def day(text: str) -> date:
    """Read the day of an option, YYYY-MM-DD; refuses (wrong usage) what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise typer.BadParameter(f"{text!r} bukan tanggal; tulislah seperti 2026-11-24.") from fault


AsOf = Annotated[
    date | None,
    typer.Option(parser=day, metavar="TANGGAL", help="Seperti yang diketahui pada akhir hari itu."),
]
"""The option of a question that can be asked as of the end of a day (WIB)."""


def page() -> Console:
    """Give the console of what people read on standard output."""
    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)


def beside() -> Console:
    """Give the console of standard error: progress, questions, findings."""
    return Console(stderr=True, highlight=False, markup=False)


@contextmanager
def watching(first: str) -> Iterator[Callable[[str], None]]:
    """Show on standard error, while work goes on, how far it is; gives what tells it."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=beside(), transient=True) as bar:
        task = bar.add_task(first)
        yield lambda words: bar.update(task, description=words)


def say(message: str) -> None:
    """Tell one line on standard error."""
    beside().print(message, soft_wrap=True)


def say_findings(findings: Sequence[Finding], *, rest: str = "") -> None:
    """Tell the first `SHOWN` findings of each code, the gravest first, and count the others.

    `rest` is added to the count: where all of them can be read.
    """
    order = list(SEVERITIES)
    counts: Counter[str] = Counter()
    for one in sorted(findings, key=lambda finding: order.index(finding.severity)):
        counts[one.code] += 1
        if counts[one.code] <= SHOWN:
            place = f" ({one.place})" if one.place else ""
            words = " ".join(part for part in (one.message, one.remedy, f"[{one.code}]") if part)
            say(f"{SEVERITIES[one.severity]}{place}: {words}")
    for code, count in counts.items():
        if count > SHOWN:
            say(f"… dan {format_number(count - SHOWN)} temuan {code} lagi{rest}.")


def write_json(value: object) -> None:
    """Write a value as JSON to standard output."""
    typer.echo(_json(value))


def write_report(file: Path, value: object) -> None:
    """Write a value as a JSON file, whole or not at all; raises `OSError` where that cannot be."""
    part = file.with_name(file.name + ".part")
    part.write_text(_json(value) + "\n", encoding="utf-8")
    part.replace(file)


def write_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; leaves with a fault where that cannot be."""
    part = file.with_name(file.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as fault:
        say(f"Berkas {file} tidak dapat ditulis: {reason_of(fault)}.")
        raise typer.Exit(Exit.REFUSED) from fault


def read_file(file: Path) -> bytes:
    """Read a file that was named; leaves with a fault where that cannot be."""
    try:
        return file.read_bytes()
    except OSError as fault:
        say(f"Berkas {file} tidak dapat dibaca: {reason_of(fault)}.")
        raise typer.Exit(Exit.USAGE) from fault


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
