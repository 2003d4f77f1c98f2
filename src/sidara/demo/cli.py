"""Commands of the demo: `sidara demo load | up | collect | plan`."""

import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from sidara.collection.core import EXAMPLES
from sidara.demo import beside, services
from sidara.demo.alive import alive
from sidara.demo.cast import cast
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.programmes import services as programmes
from sidara.progress import services as progress
from sidara.regions import queries as regions
from sidara.ui import terminal
from sidara.warehouse import services as warehouse
from sidara.web.cli import refuse_taken, serve

app = typer.Typer(
    no_args_is_help=True,
    help="SIDARA siap pakai: register, angka terbit bila berkasnya ada, sisanya SIMULASI.\n\n"
    "Contoh: sidara demo up --data ../shared",
)
APPS: dict[str, typer.Typer] = {"demo": app}

SHARED = Path("..") / "shared"
YEAR_DIGITS, MOST_YEARS = 4, 10
MIB = 1 << 20
BYTES = 11_000
"""What a submission with its verification takes of the records, measured on SQLite (docs/commands.md)."""

Province = Annotated[str, typer.Option("--province", help="Kode provinsi, dua angka. Contoh: --province 62")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder berisi tabel terbit. Bila tidak disebut: ../shared bila ada."),
]
Years = Annotated[
    str,
    typer.Option("--years", help="Tahun isian SIMULASI, misalnya 2023-2025. Tanpa ini tidak ada."),
]
Seed = Annotated[int | None, typer.Option("--seed", help="Benih isian SIMULASI; benih sama, isian sama.")]
Example = Annotated[
    list[str] | None,
    typer.Option(
        "--example", help="Wilayah yang desa contohnya mengisi; boleh diulang. Bawaan: dua kecamatan."
    ),
]
Forms = Annotated[list[str] | None, typer.Option("--form", help="Hanya formulir ini; boleh diulang.")]
Simulated = Annotated[bool, typer.Option("--simulated", help="Tanpa tabel terbit: semua angka SIMULASI.")]


@app.command()
def load(  # noqa: PLR0913 - the options of the command
    *,
    province: Province = "62",
    data: Data = None,
    simulated: Simulated = False,
    years: Years = "",
    seed: Seed = None,
    example: Example = None,
    form: Forms = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Isi SIDARA_HOME: register, tabel terbit, angka SIMULASI, fakta; dengan --years isian desa contoh.

    Boleh diulang: yang sudah ada tidak berubah.

    Contoh: sidara demo load --province 62 --years 2023-2025 --seed 7
    """
    wanted = _years(years)
    if data is not None and not data.is_dir():
        terminal.say(f"Folder {data} tidak ada. Sebutkan folder yang berisi data/idm/, atau hapus --data.")
        raise typer.Exit(Exit.USAGE)
    _refuse_places(province, (example or services.examples().districts) if wanted else ())
    folder = None if simulated else data or (SHARED if SHARED.is_dir() else None)
    started = time.monotonic()

    def say(line: str) -> None:
        terminal.say(f"[{time.monotonic() - started:5.1f}s] {line}")

    with alive(say) as told:
        told(f"tabel terbit dari: {folder or 'tidak ada, semua angka SIMULASI'}")
        accounts = services.load(OPERATOR, province=province, folder=folder, say=told)
        refused = [one for one in accounts if one.is_refused]
        done = None
        if wanted and not refused:
            done = _submit(wanted, seed, example, form, told)
    if refused:
        terminal.say_findings([finding for account in refused for finding in account.findings])
        raise typer.Exit(Exit.REFUSED)
    terminal.say("Akun contoh untuk mencoba masuk (nama rekaan, kata sandi dibuat di mesin ini):")
    for one in cast(OPERATOR, province=province, home=settings.SIDARA_HOME):
        terminal.say(f"  {one.login:18} {one.password}  {one.role}, {one.where}")
    terminal.say(
        "Peran tingkat provinsi dan pusat memasang kode aplikasi (TOTP) lebih dahulu sesudah masuk; "
        "sebelum itu haknya belum berlaku (docs/panduan-akun.md)."
    )
    if as_json:
        terminal.write_json(
            {
                "province": province,
                "cells": sum(account.sent for account in accounts),
                "submissions": None if done is None else {"dataset": EXAMPLES, **asdict(done)},
            }
        )


def _years(text: str) -> tuple[int, ...]:
    """Read years as `2023-2025` or `2025`; a wrong one ends the command."""
    if not text:
        return ()
    first, _, last = text.partition("-")
    if not (first.isdecimal() and len(first) == YEAR_DIGITS and (last or first).isdecimal()):
        terminal.say(f"Tahun {text} tidak dapat dibaca. Tulis seperti --years 2023-2025.")
        raise typer.Exit(Exit.USAGE)
    years = tuple(range(int(first), int(last or first) + 1))
    if not years or len(years) > MOST_YEARS:
        terminal.say(f"--years {text}: sebutkan 1 sampai {MOST_YEARS} tahun, yang awal dahulu.")
        raise typer.Exit(Exit.USAGE)
    return years


def _refuse_places(province: str, examples: Sequence[str]) -> None:
    """Leave before anything is written where a province or an area of example villages is none."""
    if province not in regions.package_provinces(OPERATOR):
        terminal.say(f"Provinsi {province} tidak ada. Sebutkan dua angka kodenya, misalnya --province 62.")
        raise typer.Exit(Exit.USAGE)
    wrong = [code for code in examples if not services.has_examples(OPERATOR, province=province, code=code)]
    if wrong:
        terminal.say(
            f"Tidak ada desa contoh di {', '.join(wrong)} pada provinsi {province}. Sebutkan kecamatan, "
            "kabupaten, atau sebuah desa contoh di provinsi itu, misalnya --example 62.04.01."
        )
        raise typer.Exit(Exit.USAGE)


def _submit(
    years: tuple[int, ...],
    seed: int | None,
    example: list[str] | None,
    forms: list[str] | None,
    say: Callable[[str], None],
) -> services.Submitted:
    """Let the example villages fill in and send, then pull it into facts."""
    told = services.examples()
    areas = example or told.districts
    most = services.expected(OPERATOR, years=years, districts=areas, forms=forms or ())
    size, free = most * BYTES, shutil.disk_usage(settings.SIDARA_HOME).free
    say(f"paling banyak {format_number(most)} isian SIMULASI, kira-kira {format_number(size // MIB)} MiB")
    if size > free:
        terminal.say(
            f"Ruang simpan tidak cukup: tersisa {format_number(free // MIB)} MiB. "
            "Sebutkan wilayah yang lebih kecil dengan --example, atau tahun yang lebih sedikit."
        )
        raise typer.Exit(Exit.REFUSED)
    done = services.submit(
        OPERATOR,
        years=years,
        seed=told.seed if seed is None else seed,
        districts=areas,
        forms=forms or (),
        say=say,
    )
    if not done.villages:
        terminal.say("Tidak ada desa contoh di wilayah itu. Sebutkan kecamatan, misalnya --example 62.04.01.")
        raise typer.Exit(Exit.USAGE)
    warehouse.refresh(OPERATOR)
    progress.refresh(OPERATOR)
    programmes.refresh_registers(OPERATOR)
    counts = {name: format_number(count) for name, count in asdict(done).items() if isinstance(count, int)}
    say("{submissions} isian SIMULASI dari {villages} desa".format(**counts) + f", sidik {done.hash[:12]}")
    there = "{final} final, {late} terlambat, {mending} sedang dibetulkan, {drafts} belum dikirim"
    acts = "{sent} kiriman, {accepted} penerimaan, {returned} pengembalian, {minutes} berita acara"
    say(f"{there}; kali ini {acts}".format(**counts))
    return done


@app.command()
def up(  # noqa: PLR0913 - the options of the command
    *,
    province: Province = "62",
    data: Data = None,
    simulated: Simulated = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Nomor port di 127.0.0.1.")] = 8000,
    load_only: Annotated[bool, typer.Option("--load-only", help="Isi saja, jangan jalankan server.")] = False,
    collected: Annotated[
        bool,
        typer.Option(
            "--collected/--not-collected", help="Sesudah server menjawab, desa contoh mengisi (demo collect)."
        ),
    ] = True,
    called: Annotated[str, typer.Option("--called", hidden=True)] = "sidara demo up",
) -> None:
    """Isi bila perlu, lalu layani di 127.0.0.1 dan tulis alamatnya; di belakangnya desa contoh mengisi.

    Contoh: sidara demo up --port 8000
    """
    if not load_only:
        refuse_taken(port, called)
    load(province=province, data=data, simulated=simulated)
    if load_only:
        return
    with beside.collecting(port, province) if collected else nullcontext():
        serve(port=port)


@app.command()
def collect(
    *,
    province: Province = "62",
    after: Annotated[
        int,
        typer.Option("--after", min=0, max=65535, help="Mulai setelah peladen menjawab di nomor port ini."),
    ] = 0,
    plans: Annotated[
        bool, typer.Option("--plans", help="Sesudah itu juga menyusun rencana (demo plan).")
    ] = False,
) -> None:
    """Biarkan desa contoh peragaan mengisi formulir tahun ini, sampai ada yang diperiksa dan yang final.

    Desa contoh dua kecamatan kecil, dan desa lain di kecamatan akun contoh. Boleh diulang.

    Contoh: sidara demo collect
    """
    if after and not beside.waited(after):
        raise typer.Exit(Exit.REFUSED)
    villages = services.shown(OPERATOR, province=province)
    if not villages:
        terminal.say(f"Belum ada desa contoh. Muat dahulu: sidara demo load --province {province}")
        raise typer.Exit(Exit.REFUSED)
    terminal.say(f"SIMULASI: {len(villages)} desa contoh mulai mengisi formulir tahun ini di belakang server")
    done = services.submit(
        OPERATOR,
        years=(local_date(now()).year,),
        seed=services.examples().seed,
        districts=villages,
        say=terminal.say,
    )
    progress.refresh(OPERATOR)
    programmes.refresh_registers(OPERATOR)
    terminal.say(
        f"SIMULASI: {format_number(done.submissions)} isian, {format_number(done.final)} di antaranya final; "
        "antrean pemeriksa dan berita acara dapat dilihat, misalnya sebagai contoh-kecamatan"
    )
    if plans:
        _plan(province)


@app.command()
def plan(
    *,
    province: Province = "62",
    example: Annotated[
        list[str] | None,
        typer.Option(
            "--example", help="Wilayah desa contoh yang direncanakan; boleh diulang. Bawaan: satu kabupaten."
        ),
    ] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Susun rencana SIMULASI semua tingkat bagi desa contoh satu kabupaten, dengan temuan yang ditanam.

    Desa contoh itu mengisi dahulu formulir indeks dan daftar tahun lalu. Boleh diulang. --example 62
    merencanakan seluruh provinsi.

    Contoh: sidara demo plan --example 62.07
    """
    _refuse_places(province, example or ())
    done = _plan(province, example or ())
    if as_json:
        counts = {name: value for name, value in asdict(done).items() if isinstance(value, int)}
        terminal.write_json(counts | {"planted": [asdict(one) for one in done.made.planted]})


def _plan(province: str, areas: Sequence[str] = ()) -> services.Planned:
    """Let the example villages answer what their index asks, then write the plans; leaves where none are."""
    done = services.plan_examples(OPERATOR, province=province, areas=areas, say=terminal.say)
    if not done.plans:
        terminal.say(
            f"Provinsi {province} tidak punya desa contoh yang direncanakan. "
            f"Muat dahulu: sidara demo load --province {province}"
        )
        raise typer.Exit(Exit.REFUSED)
    near = sum(one.is_near for one in done.made.planted)
    counts = {name: format_number(value) for name, value in asdict(done).items() if isinstance(value, int)}
    terminal.say(
        "SIMULASI: {plans} dokumen, {goals} tujuan, {rows} baris tabel, {activities} kegiatan".format(
            **counts
        )
        + f"; ditanam {len(done.made.planted) - near} temuan dan {near} yang mirip;"
        f" Rakernis contoh menyelesaikan {done.solved}"
    )
    return done
