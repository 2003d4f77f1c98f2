"""Commands of tokens: `sidara users token create | list | revoke`."""

from typing import Annotated

import typer
from rich.table import Table

from sidara.accounts import queries, services
from sidara.accounts.cli.people import AsJson, LoginName, SectorsOf, Under, find_person, read_day
from sidara.accounts.core.token import Token
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import WIB, local_date, now
from sidara.kernel.exits import Exit
from sidara.ui import terminal

HELP = """Token program: dibuat (tampil sekali), didaftar, dicabut. Token tidak pernah melebihi hak akunnya.

Contoh: sidara users token list aplikasi-keuangan
"""

app = typer.Typer(help=HELP, no_args_is_help=True)


@app.command()
def create(  # noqa: PLR0913 - one parameter an option
    *,
    login_name: LoginName,
    name: Annotated[str, typer.Option("--name", help="Untuk apa token dipakai.")],
    operation: Annotated[
        list[str] | None,
        typer.Option(
            "--operation", help="Tindakan, misalnya collection.read; boleh berulang; kosong = semua."
        ),
    ] = None,
    under: Under = None,
    sector: SectorsOf = None,
    until: Annotated[
        str, typer.Option("--until", help="Hari terakhir, TTTT-BB-HH; kosong = 90 hari lagi.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Buat token untuk sebuah akun; teksnya tampil sekali saja, di keluaran baku.

    Contoh: sidara users token create aplikasi-keuangan --name "Keuangan desa" --operation collection.fill
    """
    made = services.issue_token(
        OPERATOR,
        account_id=find_person(login_name).id,
        name=name,
        operations=operation or (),
        under=under or (),
        sectors=sector or (),
        last_day=read_day(until, "--until"),
    )
    if made.is_refused:
        if as_json:
            terminal.write_json({"findings": [finding.flat() for finding in made.findings]})
        terminal.say_findings(made.findings)
        raise typer.Exit(Exit.REFUSED)
    last = made.last_day.isoformat() if made.last_day else ""
    if as_json:
        terminal.write_json({"id": str(made.token_id), "token": made.text, "last_day": last})
        return
    typer.echo(made.text)
    terminal.say(f"Berlaku sampai {last}. Token hanya tampil sekali: simpan sekarang di tempat rahasia.")


@app.command("list")
def list_(*, login_name: LoginName, as_json: AsJson = False) -> None:
    """Daftar token sebuah akun dengan awalan, lingkup dan pemakaian terakhirnya.

    Contoh: sidara users token list aplikasi-keuangan --json
    """
    today = local_date(now())
    found = queries.tokens(OPERATOR, account_id=find_person(login_name).id)
    if as_json:
        terminal.write_json([{**_flat(one), "open": one.is_open(today)} for one in found])
        return
    table = Table("Awalan", "Nama", "Tindakan", "Wilayah", "Bidang", "Sampai", "Dipakai", "Berlaku")
    for one in found:
        used = f"{one.used_at.astimezone(WIB):%Y-%m-%d %H:%M}" if one.used_at else ""
        table.add_row(
            one.prefix,
            one.name,
            ", ".join(one.operations) or "semua",
            ", ".join(one.places) or "semua",
            ", ".join(one.sectors) or "semua",
            one.last_day.isoformat(),
            used,
            "ya" if one.is_open(today) else "tidak",
        )
    terminal.page().print(table)


@app.command()
def revoke(
    *,
    prefix: Annotated[str, typer.Argument(help="Awalan token, delapan huruf dan angka.")],
    as_json: AsJson = False,
) -> None:
    """Cabut sebuah token; sejak itu tidak membuka apa pun.

    Contoh: sidara users token revoke 7k2m9qxa
    """
    found = queries.token_of(OPERATOR, prefix)
    if found is None:
        terminal.say(f"Token {prefix} tidak ada. Lihat: sidara users token list NAMA")
        raise typer.Exit(Exit.REFUSED)
    is_done = services.revoke_token(OPERATOR, token_id=found[1])
    if as_json:
        terminal.write_json({"prefix": prefix, "revoked": is_done})
        return
    terminal.say("Token sudah dicabut." if is_done else "Token ini sudah dicabut sebelumnya.")


def _flat(one: Token) -> dict[str, object]:
    return {
        "id": str(one.id),
        "prefix": one.prefix,
        "name": one.name,
        "operations": list(one.operations),
        "under": list(one.places),
        "sectors": list(one.sectors),
        "created": one.created_at.isoformat(),
        "by": one.created_by,
        "last_day": one.last_day.isoformat(),
        "used": one.used_at.isoformat() if one.used_at else None,
        "revoked": one.revoked_at.isoformat() if one.revoked_at else None,
    }
