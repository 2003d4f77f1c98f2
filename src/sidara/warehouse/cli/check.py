"""`sidara check eval`: expressions judged by any of the engines."""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from sidara.checks import queries as checks
from sidara.checks.core import Verdict, written
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.reasons import reason_of
from sidara.ui import terminal
from sidara.warehouse import queries

app = typer.Typer(help="Menilai ungkapan dan aturan.", no_args_is_help=True)


@app.callback()
def _check() -> None:
    """Menilai ungkapan dan aturan."""


@app.command("eval")
def evaluate(
    *,
    source: Annotated[str, typer.Option("--input", help="Berkas JSON berisi kasus; '-' untuk pipa.")],
    engine: Annotated[
        queries.Engine, typer.Option(case_sensitive=False, help="Mesin penilai; jawabannya sama.")
    ] = queries.Engine.PYTHON,
    as_json: Annotated[  # noqa: ARG001 - the answer is JSON in any case
        bool, typer.Option("--json", help="Hasil selalu JSON; pilihan ini boleh ditulis.")
    ] = True,
) -> None:
    """Nilai ungkapan terhadap sel, baris daftar, parameter dan tabel rujukan yang tertulis pada berkas.

    Hasil kosong selalu disertai sebab. Kode keluar 2 bila ada kasus yang ditolak.

    Contoh: sidara check eval --input kasus.json | sidara check eval --input kasus.json --engine warehouse
    """
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as fault:
        raise typer.BadParameter(f"Berkas {source} tidak dapat dibaca ({reason_of(fault)}).") from fault
    cases, findings = checks.read_cases(OPERATOR, content)
    if not findings:
        verdicts, findings = queries.evaluate(OPERATOR, cases, engine)
    if findings:
        terminal.say_findings(findings)
        raise typer.Exit(Exit.REFUSED)
    typer.echo("[\n" + ",\n".join(map(_verdict, verdicts)) + "\n]")
    refused = [finding for verdict in verdicts for finding in verdict.findings]
    if refused:
        terminal.say_findings(refused)
        raise typer.Exit(Exit.PARTIAL)


def _verdict(verdict: Verdict) -> str:
    """Write a verdict as JSON; a number keeps all its digits."""
    value = written(verdict.result)
    parts = {
        "id": json.dumps(verdict.id, ensure_ascii=False),
        "result": str(value)
        if isinstance(verdict.result, Fraction)
        else json.dumps(value, ensure_ascii=False),
        "evaluated": json.dumps(verdict.is_evaluated),
        "reason": json.dumps(verdict.reason, ensure_ascii=False),
    }
    return " {" + ", ".join(f'"{name}": {text}' for name, text in parts.items()) + "}"
