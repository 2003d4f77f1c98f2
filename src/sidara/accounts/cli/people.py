"""Commands of people: `sidara users create | list | show | grant | end | hand-over | recover | sheets`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from django.template.loader import render_to_string
from rich.progress import track
from rich.table import Table

from sidara.accounts import queries, services
from sidara.accounts.core import Done, Held, Person, Sheet
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import WIB, local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.ui import built, terminal

HELP = """Orang dan hak: membuat akun, memberi dan mengakhiri hak, serah terima, kode pemulihan, lembar desa.

Contoh: sidara users create budi --role admin --under 62 --function "Admin provinsi"
"""

app = typer.Typer(help=HELP, no_args_is_help=True)

ADDRESS = "http://127.0.0.1:8000"
CODE_PAGE = "/masuk/kode"

AsJson = Annotated[bool, typer.Option("--json", help="Tulis hasil sebagai JSON.")]
LoginName = Annotated[str, typer.Argument(help="Nama masuk.")]
Role = Annotated[str, typer.Option("--role", help="Kode peran, misalnya operator-desa.")]
Under = Annotated[
    list[str] | None,
    typer.Option("--under", help="Kode wilayah dengan semua di bawahnya; boleh berulang."),
]
Everywhere = Annotated[bool, typer.Option("--everywhere", help="Untuk seluruh negeri.")]
SectorsOf = Annotated[list[str] | None, typer.Option("--sector", help="Kode bidang; boleh berulang.")]
Company = Annotated[str, typer.Option("--company", help="Nama perusahaan; hanya untuk peran perusahaan.")]
From = Annotated[str, typer.Option("--from", help="Hari pertama, TTTT-BB-HH; kosong = hari ini.")]
Until = Annotated[str, typer.Option("--until", help="Hari terakhir, TTTT-BB-HH; kosong = tanpa batas.")]
GrantId = Annotated[UUID, typer.Argument(help="Nomor hak, dari: sidara users show NAMA --json")]


@app.command()
def create(  # noqa: PLR0913 - one parameter an option
    *,
    login_name: LoginName,
    role: Role,
    function: Annotated[str, typer.Option("--function", help="Jabatan.")],
    name: Annotated[str, typer.Option("--name", help="Nama lengkap; kosong = diisi sendiri nanti.")] = "",
    under: Under = None,
    everywhere: Everywhere = False,
    sector: SectorsOf = None,
    company: Company = "",
    valid_from: From = "",
    until: Until = "",
    as_json: AsJson = False,
) -> None:
    """Buat akun dengan hak pertamanya, dan beri kode sekali pakai.

    Contoh: sidara users create ani --role verifikator-kecamatan --under 62.01.02 --function "Kasi PMD"
    """
    done = services.create(
        OPERATOR,
        login_name=login_name,
        name=name,
        function=function,
        role=role,
        under=under or (),
        is_everywhere=everywhere,
        sectors=sector or (),
        company=company,
        valid_from=read_day(valid_from, "--from"),
        valid_to=read_day(until, "--until"),
    )
    _give(done, as_json=as_json)


@app.command("list")
def list_(
    *,
    text: Annotated[str, typer.Option("--text", help="Bagian nama, jabatan, atau nama masuk.")] = "",
    role: Annotated[str, typer.Option("--role", help="Hanya yang memegang peran ini.")] = "",
    under: Annotated[str, typer.Option("--under", help="Hanya yang bertugas di wilayah ini.")] = "",
    page: Annotated[int, typer.Option("--page", min=1, help="Halaman, lima puluh akun sehalaman.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Daftar akun menurut nama masuk.

    Contoh: sidara users list --under 62.01 --role operator-desa
    """
    today = local_date(now())
    if under:
        _require_region(under)
    found = queries.people(OPERATOR, day=today, text=text, role=role, under=under, number=page)
    if as_json:
        rows = [_flat(line.person, today) for line in found.lines]
        terminal.write_json({"count": found.count, "page": found.number, "pages": found.pages, "users": rows})
        return
    table = Table("Nama masuk", "Nama", "Jabatan", "Tugas sekarang")
    for line in found.lines:
        tasks = "; ".join(f"{one.role_name}, {one.where}" for one in line.tasks)
        table.add_row(line.person.login_name, line.person.name, line.person.function, tasks)
    terminal.page().print(table)
    terminal.say(f"{format_number(found.count)} akun, halaman {found.number} dari {found.pages}.")


@app.command()
def show(*, login_name: LoginName, as_json: AsJson = False) -> None:
    """Satu akun: hak dengan nomornya, riwayat masuk, riwayat akun.

    Contoh: sidara users show ani --json
    """
    person = find_person(login_name)
    today = local_date(now())
    log_ins = queries.log_ins(OPERATOR, account_id=person.id)
    events = queries.events(OPERATOR, account_id=person.id)
    if as_json:
        terminal.write_json(
            {
                **_flat(person, today),
                "log_ins": [
                    {
                        "at": one.at.isoformat(),
                        "method": one.method.value,
                        "address": one.address,
                        "device": one.device,
                        "success": one.is_success,
                        "failure": one.failure.value,
                    }
                    for one in log_ins
                ],
                "events": [
                    {"at": one.at.isoformat(), "kind": one.kind.value, "by": one.by, "detail": one.detail}
                    for one in events
                ],
            }
        )
        return
    typer.echo(f"{person.login_name}: {person.shown}, {person.function}")
    for one in person.grants:
        until = f" sampai {one.valid_to}" if one.valid_to else ""
        typer.echo(f"  {one.id}  {one.role_name}, {one.where}, mulai {one.valid_from}{until}")
    for log_in in log_ins[:10]:
        result = "masuk" if log_in.is_success else f"gagal ({log_in.failure.label})"
        typer.echo(
            f"  {log_in.at.astimezone(WIB):%Y-%m-%d %H:%M}  {result}, {log_in.device}, {log_in.address}"
        )
    for event in events[:10]:
        typer.echo(
            f"  {event.at.astimezone(WIB):%Y-%m-%d %H:%M}  {event.kind.label}: {event.detail} ({event.by})"
        )


@app.command()
def grant(  # noqa: PLR0913 - one parameter an option
    *,
    login_name: LoginName,
    role: Role,
    under: Under = None,
    everywhere: Everywhere = False,
    sector: SectorsOf = None,
    company: Company = "",
    valid_from: From = "",
    until: Until = "",
    as_json: AsJson = False,
) -> None:
    """Beri sebuah akun hak lain.

    Contoh: sidara users grant ani --role opd --under 62.01 --sector KES --until 2027-12-31
    """
    done = services.grant(
        OPERATOR,
        account_id=find_person(login_name).id,
        role=role,
        under=under or (),
        is_everywhere=everywhere,
        sectors=sector or (),
        company=company,
        valid_from=read_day(valid_from, "--from"),
        valid_to=read_day(until, "--until"),
    )
    _give(done, as_json=as_json)


@app.command()
def end(
    *,
    grant_id: GrantId,
    last_day: Annotated[str, typer.Option("--last-day", help="Hari terakhir; kosong = sekarang juga.")] = "",
    as_json: AsJson = False,
) -> None:
    """Akhiri sebuah hak; riwayatnya tetap.

    Contoh: sidara users end 0b0f4a5e-6c1d-4f0e-9a53-6f1a3c9d2e11 --last-day 2026-12-31
    """
    _held(grant_id)
    _give(
        services.end_grant(OPERATOR, grant_id=grant_id, last_day=read_day(last_day, "--last-day")),
        as_json=as_json,
    )


@app.command("hand-over")
def hand_over(  # noqa: PLR0913 - one parameter an option
    *,
    grant_id: GrantId,
    to: Annotated[str, typer.Option("--to", help="Nama masuk pengganti; akun baru bila belum ada.")],
    name: Annotated[str, typer.Option("--name", help="Nama lengkap, untuk akun baru.")] = "",
    function: Annotated[str, typer.Option("--function", help="Jabatan, untuk akun baru.")] = "",
    day: Annotated[str, typer.Option("--day", help="Hari mulai, TTTT-BB-HH; kosong = hari ini.")] = "",
    as_json: AsJson = False,
) -> None:
    """Serah terima: hak lama berakhir, hak yang sama mulai pada pengganti.

    Contoh: sidara users hand-over 0b0f4a5e-6c1d-4f0e-9a53-6f1a3c9d2e11 --to budi --day 2027-01-01
    """
    _held(grant_id)
    done = services.hand_over(
        OPERATOR, grant_id=grant_id, login_name=to, name=name, function=function, day=read_day(day, "--day")
    )
    _give(done, as_json=as_json)


@app.command()
def recover(*, login_name: LoginName, as_json: AsJson = False) -> None:
    """Buat kode pemulihan; kata sandi, passkey dan kode aplikasi yang lama tidak berlaku lagi.

    Contoh: sidara users recover ani
    """
    _give(services.recover(OPERATOR, account_id=find_person(login_name).id), as_json=as_json)


@app.command()
def sheets(
    *,
    under: Annotated[str, typer.Option("--under", help="Kecamatan, kabupaten atau provinsi.")],
    output: Annotated[Path, typer.Option("--output", help="Folder untuk lembar HTML, satu per kecamatan.")],
    address: Annotated[str, typer.Option("--address", help="Alamat SIDARA yang dicetak.")] = ADDRESS,
    as_json: AsJson = False,
) -> None:
    """Buat akun operator setiap desa dan kelurahan, dan lembar kodenya untuk dicetak dan dipotong.

    Contoh: sidara users sheets --under 62.01 --output lembar --address https://sidara.example
    """
    _require_region(under)
    districts = queries.sheet_districts(OPERATOR, under=under)
    if not districts:
        terminal.say(f"Tidak ada kecamatan pada {under}. Pilih kecamatan, kabupaten, kota, atau provinsi.")
        raise typer.Exit(Exit.REFUSED)
    output.mkdir(parents=True, exist_ok=True)
    style = built.text("app.css") + built.text("account.css")
    made: list[dict[str, Any]] = []
    for place in track(districts, "Lembar", console=terminal.beside(), transient=True):
        sheet = services.issue_sheet(OPERATOR, district=place.code)
        if sheet is None:
            continue
        file = output / f"lembar-{place.code}.html"
        _write_secret(file, _page(sheet, address.rstrip("/") + CODE_PAGE, style))
        rows = sheet.rows
        made.append(
            {
                "district": place.code,
                "file": str(file),
                "accounts": len(rows),
                "new": sum(row.is_new for row in rows),
                "codes": sum(bool(row.code) for row in rows),
                "expires": sheet.expires_at.isoformat(),
            }
        )
    if as_json:
        terminal.write_json(made)
        return
    total = {key: sum(one[key] for one in made) for key in ("accounts", "new", "codes")}
    terminal.say(
        f"{format_number(len(made))} lembar di {output}: {format_number(total['accounts'])} akun, "
        f"{format_number(total['new'])} baru, {format_number(total['codes'])} kode. "
        "Lembar berisi kode: cetak, bagikan, lalu hapus berkasnya."
    )


def _require_region(code: str) -> None:
    """End with what is wrong with a code that means no region today."""
    if fault := queries.region_fault(OPERATOR, code):
        terminal.say_findings((fault,))
        raise typer.Exit(Exit.REFUSED)


def _write_secret(file: Path, text: str) -> None:
    """Write a file of codes whole or not at all, never readable by others, not even for a moment."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600, exist_ok=False)
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def _page(sheet: Sheet, address: str, style: str) -> str:
    strips = queries.strips(OPERATOR, sheet, page=address)
    context = {"sheet": sheet, "strips": strips, "address": address, "style": style}
    return render_to_string("accounts/sheet_file.html", context)


def read_day(text: str, option: str) -> date | None:
    """Read a day; nothing is none."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as fault:
        raise typer.BadParameter("Tulis TTTT-BB-HH, misalnya 2026-12-31.", param_hint=option) from fault


def find_person(login_name: str) -> Person:
    """Find an account by its log-in name; leave with a way out where there is none."""
    found = queries.person_named(OPERATOR, login_name)
    if found is None:
        terminal.say(f"Nama masuk {login_name} tidak ada. Lihat: sidara users list")
        raise typer.Exit(Exit.REFUSED)
    return found


def _held(grant_id: UUID) -> None:
    if queries.person_of_grant(OPERATOR, grant_id) is None:
        terminal.say(f"Hak {grant_id} tidak ada. Lihat nomornya: sidara users show NAMA")
        raise typer.Exit(Exit.REFUSED)


def _give(done: Done, *, as_json: bool) -> None:
    """Tell what was done: codes on standard output, findings beside it."""
    if done.is_refused:
        if as_json:
            terminal.write_json({"findings": [finding.flat() for finding in done.findings]})
        terminal.say_findings(done.findings)
        raise typer.Exit(Exit.REFUSED)
    person = queries.person(OPERATOR, done.account_id) if done.account_id else None
    name = person.login_name if person else ""
    if as_json:
        terminal.write_json(
            {
                "login_name": name,
                "account": str(done.account_id),
                "grant": str(done.grant_id) if done.grant_id else None,
                "code": done.code or None,
                "expires": done.expires_at.isoformat() if done.expires_at else None,
            }
        )
        return
    terminal.say(f"Selesai: {name}.")
    if done.code and done.expires_at:
        typer.echo(f"nama masuk {name}, kode sekali pakai {done.code}")
        terminal.say(
            f"Berlaku sampai {done.expires_at.astimezone(WIB):%Y-%m-%d %H:%M} WIB, sekali, di {CODE_PAGE}."
        )


def _flat(person: Person, today: date) -> dict[str, object]:
    """Give a person as one mapping."""
    return {
        "login_name": person.login_name,
        "account": str(person.id),
        "name": person.name,
        "function": person.function,
        "has_password": person.has_password,
        "has_totp": person.has_totp,
        "last_login": person.last_login_at.isoformat() if person.last_login_at else None,
        "grants": list(_grants(person.grants, today)),
    }


def _grants(held: Iterable[Held], today: date) -> Iterable[dict[str, object]]:
    for one in held:
        yield {
            "grant": str(one.id),
            "role": one.role,
            "under": [place.code for place in one.places],
            "everywhere": one.bounds.area.is_everywhere,
            "sectors": sorted(one.bounds.sectors),
            "company": one.bounds.company,
            "from": one.valid_from.isoformat(),
            "to": one.valid_to.isoformat() if one.valid_to else None,
            "in_force": one.is_valid(today),
            "by": one.granted_by,
        }
