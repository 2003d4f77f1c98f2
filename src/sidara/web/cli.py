"""`sidara serve`: answer on this machine. The command line has brought the records up to date before."""

import multiprocessing
import socket
from typing import Annotated

import typer
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

from sidara.evidence import queries as evidence
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.ui import built, terminal
from sidara.web import following

HOST = "127.0.0.1"
PORT = 8000
LAST_PORT = 65_535
THREADS = 8
CONNECTIONS = 8192
"""How many devices may stay connected to a process, and how many more may wait to be."""
ENDING = 30
"""Seconds that a process may take to answer what it was asked before the server was told to end. Granian
would wait for one that hangs for ever, and an update with it. What is cut off is not half stored."""


def serve(
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT, help="Nomor port.")] = PORT,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Jumlah proses.")] = 1,
) -> None:
    """Jalankan SIDARA di komputer ini, pada http://127.0.0.1:PORT. Hentikan dengan Ctrl+C.

    Contoh: sidara serve --port 8080
    """
    built.manifest()
    evidence.refuse_away(OPERATOR)
    refuse_taken(port, "sidara serve")
    terminal.say(f"SIDARA menjawab di http://{HOST}:{port} (Ctrl+C untuk berhenti)")
    # A forked worker hangs in Polars once the parent has used it, as `demo up` does while it loads.
    multiprocessing.set_start_method("spawn", force=True)
    following.start(settings.SIDARA_REFRESH_SECONDS)
    Granian(
        "sidara.web.wsgi:made_ready",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        workers_kill_timeout=ENDING,
        log_enabled=False,
    ).serve()


def refuse_taken(port: int, command: str) -> None:
    """Leave with a way out when a program already answers on the port; `command` is what was typed."""
    if is_taken(port):
        free = next((one for one in range(port + 1, LAST_PORT + 1) if not is_taken(one)), PORT)
        typer.echo(
            f"Port {port} sedang dipakai program lain. Pilih yang lain: {command} --port {free}", err=True
        )
        raise typer.Exit(Exit.REFUSED)


def is_taken(port: int) -> bool:
    """Say whether a program already answers on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


APPS = {"serve": serve}
