"""`sidara warehouse refresh|rebuild|status`: how far the facts are, and bringing them up to date."""

from collections.abc import Callable

import typer

from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Severity
from sidara.kernel.number import format_number
from sidara.ui import terminal
from sidara.warehouse import queries, services
from sidara.warehouse.core import Mark, Refreshed, Step

app = typer.Typer(help="Merawat gudang data: memuat perubahan, menyusun ulang, melihat keadaannya.")

STEPS = {
    Step.READ: "membaca catatan perubahan",
    Step.FOLDED: "menyusun fakta",
    Step.HISTORY_WRITTEN: "menyimpan riwayat",
    Step.CURRENT_WRITTEN: "menyimpan keadaan terkini",
}


@app.command()
def refresh(*, as_json: terminal.AsJson = False) -> None:
    """Muat perubahan terbaru ke gudang data. Dijalankan dua kali tidak mengubah apa pun.

    Contoh: sidara warehouse refresh
    """
    _report(_watched(services.refresh), as_json=as_json)


@app.command()
def rebuild(*, as_json: terminal.AsJson = False) -> None:
    """Susun ulang gudang data dari seluruh catatan perubahan.

    Contoh: sidara warehouse rebuild
    """
    _report(_watched(services.rebuild), as_json=as_json)


@app.command()
def status(*, as_json: terminal.AsJson = False) -> None:
    """Lihat keadaan gudang data: sampai perubahan ke berapa, berapa fakta, kapan terakhir berubah.

    Contoh: sidara warehouse status --json
    """
    state = queries.status(OPERATOR)
    strange = queries.strangeness(OPERATOR)
    terminal.say_findings((*state.findings, strange) if strange else state.findings)
    if as_json:
        terminal.write_json(
            {
                "cursor": state.mark.cursor if state.mark else None,
                "levels": state.mark.levels if state.mark else None,
                "epoch": state.mark.epoch if state.mark else None,
                "facts": state.facts,
                "superseded": state.superseded,
                "newest_change": state.newest_change.isoformat() if state.newest_change else None,
                "datasets": state.datasets,
                "version_current": state.version_current,
                "version_history": state.version_history,
            }
        )
        return
    typer.echo(f"Fakta terkini   {format_number(state.facts)}")
    typer.echo(f"Riwayat         {format_number(state.superseded)}")
    typer.echo(f"Sampai          perubahan ke-{state.mark.cursor if state.mark else 0}")
    typer.echo(f"Himpunan data   {', '.join(state.datasets) or '\N{EN DASH}'}")


def _watched(command: Callable[..., Refreshed]) -> Refreshed:
    """Run a command while showing its steps on standard error."""
    with terminal.watching("Gudang data: mulai") as told:

        def tell(step: Step, mark: Mark, rows: int) -> None:
            told(f"{STEPS[step]}: {format_number(rows)} perubahan, sampai ke-{mark.cursor}")

        return command(OPERATOR, progress=tell)


def _report(done: Refreshed, *, as_json: bool) -> None:
    """Say what a refresh did; leave with REFUSED when it refused."""
    terminal.say_findings(done.findings)
    if as_json:
        terminal.write_json(
            {
                "before": done.before.cursor if done.before else None,
                "after": done.after.cursor if done.after else None,
                "epoch": done.after.epoch if done.after else None,
                "read": done.read,
                "opened": done.opened,
                "closed": done.closed,
                "left_out": done.left_out,
                "recovery": done.is_recovery,
                "findings": [finding.flat() for finding in done.findings],
            }
        )
    elif done.read:
        typer.echo(
            f"{format_number(done.read)} perubahan dibaca: {format_number(done.opened)} fakta dibuka, "
            f"{format_number(done.closed)} ditutup, {format_number(done.left_out)} bukan fakta."
        )
    elif not done.findings:
        typer.echo("Tidak ada yang baru.")
    if any(finding.severity is Severity.ERROR for finding in done.findings):
        raise typer.Exit(Exit.REFUSED)
