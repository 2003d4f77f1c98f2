"""Commands of the demo: `sidara demo load | up`."""

import time
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from sidara.demo import services
from sidara.demo.alive import alive
from sidara.demo.cast import cast
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.ui import terminal
from sidara.web.cli import refuse_taken, serve

app = typer.Typer(
    no_args_is_help=True,
    help="SIDARA siap pakai: register, angka terbit bila berkasnya ada, sisanya SIMULASI.\n\n"
    "Contoh: sidara demo up --data ../shared",
)
APPS: dict[str, typer.Typer] = {"demo": app}

SHARED = Path("..") / "shared"

Province = Annotated[str, typer.Option("--province", help="Kode provinsi, dua angka. Contoh: --province 62")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder berisi tabel terbit. Bila tidak disebut: ../shared bila ada."),
]
Simulated = Annotated[bool, typer.Option("--simulated", help="Tanpa tabel terbit: semua angka SIMULASI.")]


@app.command()
def load(*, province: Province = "62", data: Data = None, simulated: Simulated = False) -> None:
    """Isi SIDARA_HOME: register, tabel terbit, angka SIMULASI, fakta. Boleh diulang.

    Contoh: sidara demo load --province 62 --data ../shared
    """
    if data is not None and not data.is_dir():
        terminal.say(f"Folder {data} tidak ada. Sebutkan folder yang berisi data/idm/, atau hapus --data.")
        raise typer.Exit(Exit.USAGE)
    folder = None if simulated else data or (SHARED if SHARED.is_dir() else None)
    started = time.monotonic()

    def say(line: str) -> None:
        terminal.say(f"[{time.monotonic() - started:5.1f}s] {line}")

    with alive(say) as told:
        told(f"tabel terbit dari: {folder or 'tidak ada, semua angka SIMULASI'}")
        accounts = services.load(OPERATOR, province=province, folder=folder, say=told)
    if any(account.is_refused for account in accounts):
        terminal.say_findings([finding for account in accounts for finding in account.findings])
        raise typer.Exit(Exit.REFUSED)
    terminal.say("Akun contoh untuk mencoba masuk (nama rekaan, kata sandi dibuat di mesin ini):")
    for one in cast(OPERATOR, province=province, home=settings.SIDARA_HOME):
        terminal.say(f"  {one.login:18} {one.password}  {one.role}, {one.where}")
    terminal.say(
        "Peran tingkat provinsi dan pusat memasang kode aplikasi (TOTP) lebih dahulu sesudah masuk; "
        "sebelum itu haknya belum berlaku (docs/panduan-akun.md)."
    )


@app.command()
def up(
    *,
    province: Province = "62",
    data: Data = None,
    simulated: Simulated = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Nomor port di 127.0.0.1.")] = 8000,
    load_only: Annotated[bool, typer.Option("--load-only", help="Isi saja, jangan jalankan server.")] = False,
) -> None:
    """Isi bila perlu, lalu layani di 127.0.0.1 dan tulis alamatnya.

    Contoh: sidara demo up --port 8000
    """
    if not load_only:
        refuse_taken(port, "sidara demo up")
    load(province=province, data=data, simulated=simulated)
    if not load_only:
        serve(port=port)
