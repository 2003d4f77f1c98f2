"""Commands of devices: `sidara users device list | rename | revoke`."""

from typing import Annotated
from uuid import UUID

import typer
from rich.table import Table

from sidara.accounts import queries, services
from sidara.accounts.cli.people import AsJson, LoginName, find_person
from sidara.accounts.core.device import Changed, Device
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import WIB
from sidara.kernel.exits import Exit
from sidara.ui import terminal

HELP = """Perangkat tempat sebuah akun bekerja: didaftar, diberi nama, dicabut dengan alasan.

Contoh: sidara users device list ani
"""

app = typer.Typer(help=HELP, no_args_is_help=True)

DeviceId = Annotated[UUID, typer.Argument(help="Nomor perangkat, dari: sidara users device list NAMA --json")]


@app.command("list")
def list_(*, login_name: LoginName, as_json: AsJson = False) -> None:
    """Daftar perangkat sebuah akun; yang terakhir terhubung lebih dahulu.

    Contoh: sidara users device list ani --json
    """
    found = queries.devices(OPERATOR, account_id=find_person(login_name).id)
    if as_json:
        terminal.write_json([_flat(one) for one in found])
        return
    table = Table("Nomor", "Nama", "Peramban", "Terakhir terhubung", "Keadaan")
    for one in found:
        standing = "dipakai" if one.is_open else f"dicabut: {one.reason}"
        table.add_row(
            str(one.id), one.name, one.what, f"{one.seen_at.astimezone(WIB):%Y-%m-%d %H:%M}", standing
        )
    terminal.page().print(table)


@app.command()
def rename(
    *,
    device_id: DeviceId,
    name: Annotated[str, typer.Option("--name", help="Nama baru, misalnya HP Bu Siti.")],
    as_json: AsJson = False,
) -> None:
    """Ganti nama sebuah perangkat.

    Contoh: sidara users device rename 0b0f4a5e-6c1d-4f0e-9a53-6f1a3c9d2e11 --name "HP Bu Siti"
    """
    _require(device_id)
    _give(services.rename_device(OPERATOR, device_id=device_id, name=name), "Nama diganti.", as_json=as_json)


@app.command()
def revoke(
    *,
    device_id: DeviceId,
    reason: Annotated[str, typer.Option("--reason", help="Mengapa dicabut; tersimpan di riwayat.")],
    as_json: AsJson = False,
) -> None:
    """Cabut sebuah perangkat: sesinya berakhir, isinya dihapus saat terhubung lagi.

    Isian yang belum terkirim tetap di sana, dan terkirim sesudah pemiliknya masuk lagi.

    Contoh: sidara users device revoke 0b0f4a5e-6c1d-4f0e-9a53-6f1a3c9d2e11 --reason "HP hilang"
    """
    _require(device_id)
    done = services.revoke_device(OPERATOR, device_id=device_id, reason=reason)
    _give(done, f"Perangkat dicabut, {done.ended} sesi berakhir.", as_json=as_json)


def _require(device_id: UUID) -> None:
    if queries.device(OPERATOR, device_id) is None:
        terminal.say(f"Perangkat {device_id} tidak ada. Lihat: sidara users device list NAMA --json")
        raise typer.Exit(Exit.REFUSED)


def _give(done: Changed, words: str, *, as_json: bool) -> None:
    if as_json:
        found = [finding.flat() for finding in done.findings]
        terminal.write_json({"id": str(done.device_id), "ended": done.ended, "findings": found})
    if done.is_refused:
        terminal.say_findings(done.findings)
        raise typer.Exit(Exit.REFUSED)
    if not as_json:
        terminal.say(words)


def _flat(one: Device) -> dict[str, object]:
    return {
        "id": str(one.id),
        "name": one.name,
        "what": one.what,
        "enrolled": one.enrolled_at.isoformat(),
        "seen": one.seen_at.isoformat(),
        "revoked": one.revoked_at.isoformat() if one.revoked_at else None,
        "by": one.revoked_by,
        "reason": one.reason,
        "cleared": one.cleared_at.isoformat() if one.cleared_at else None,
        "left": one.left,
    }
