"""Commands of `verification`: `sidara submission send | withdraw | endorse | show`, `sidara audit verify`."""

import typer

from sidara.verification.cli import acting, showing

submission = typer.Typer(
    no_args_is_help=True,
    help="Isian desa.\n\nContoh: sidara submission send KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1",
)
submission.command()(acting.send)
submission.command()(acting.withdraw)
submission.command()(acting.endorse)
submission.command()(showing.show)

audit = typer.Typer(help="Memeriksa keutuhan riwayat isian.", no_args_is_help=True)
audit.command()(acting.verify)

APPS: dict[str, typer.Typer] = {"submission": submission, "audit": audit}
