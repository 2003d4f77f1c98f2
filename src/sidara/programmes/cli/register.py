"""`sidara register`: apparatus, participation and institutions of an area and of those below it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

import typer

from sidara.accounts.queries import region_fault
from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number
from sidara.programmes import queries, services
from sidara.programmes.core.registers import Status, Waiting
from sidara.programmes.queries import Counted, Scope
from sidara.regions import queries as regions
from sidara.regions.core import is_example
from sidara.ui import terminal

app = typer.Typer(
    no_args_is_help=True,
    help="Tiga register dari daftar formulir desa: aparatur, partisipasi, lembaga.\n\n"
    "Contoh: sidara register apparatus --under 62.01 --year 2025",
)
Under = Annotated[str, typer.Option("--under", help="Kode wilayah: provinsi sampai desa, atau desa contoh.")]
Year = Annotated[int, typer.Option("--year", help="Tahun; tanpa ini tahun terakhir yang ada.")]
Standing = Annotated[
    Status, typer.Option("--status", help="Daftar yang dihitung: final, sedikitnya terkirim, atau semua.")
]
DataSet = Annotated[str, typer.Option("--dataset", help="Himpunan data; desa contoh: simulated:collection.")]
NOTHING = Finding(
    "REGISTER_EMPTY",
    "Belum ada daftar yang diisi untuk wilayah dan tahun ini.",
    "Pilih tahun lain, atau isi daftar pada formulir pemerintahan dan kelembagaan.",
)


@dataclass(frozen=True)
class _Asked:
    """What is asked, with the lists of it read up to now."""

    scope: Scope
    today: date


def _asked(under: str, year: int, status: Status, as_of: date | None, dataset: str) -> _Asked:
    """Read what is new and settle data set and year; ends the command where nothing is there."""
    fault = region_fault(OPERATOR, under)
    if fault is not None:
        terminal.say_findings([fault])
        raise typer.Exit(Exit.REFUSED)
    with terminal.watching("Register: membaca yang baru") as told:
        services.refresh_registers(
            OPERATOR, tell=lambda _, rows: told(f"Register: {format_number(rows)} isian dibaca")
        )
    if not dataset:
        has_real = queries.has_lists(OPERATOR, COLLECTION) and not is_example(under)
        dataset = COLLECTION if has_real else EXAMPLES
    years = queries.register_years(OPERATOR, dataset)
    if not years:
        terminal.say_findings([NOTHING])
        raise typer.Exit(Exit.REFUSED)
    scope = Scope(under, year or years[-1], status, as_of, dataset)
    return _Asked(scope, local_date(now()))


@app.command()
def apparatus(  # noqa: PLR0913 - the options of the command
    *,
    under: Under,
    year: Year = 0,
    status: Standing = Status.SENT,
    as_of: terminal.AsOf = None,
    dataset: DataSet = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Jabatan terisi dan kosong, pendidikan, pelatihan, kebutuhan pelatihan: aparatur suatu wilayah.

    Contoh: sidara register apparatus --under 62.01 --year 2025 --json
    """
    asked = _asked(under, year, status, as_of, dataset)
    posts, trained = queries.apparatus(OPERATOR, asked.scope), queries.trainings(OPERATOR, asked.scope)
    if as_json:
        _write(asked, {"apparatus": posts, "trainings": trained})
        return
    _say(asked, posts, ("posts", "filled", "vacant", "need"), ("jabatan", "terisi", "kosong", "butuh latih"))


@app.command()
def participation(  # noqa: PLR0913 - the options of the command
    *,
    under: Under,
    year: Year = 0,
    status: Standing = Status.SENT,
    as_of: terminal.AsOf = None,
    dataset: DataSet = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Musyawarah, kehadiran menurut kelompok, usulan dan nasibnya, lama dijawab: partisipasi suatu wilayah.

    Contoh: sidara register participation --under 62.01 --year 2025 --json
    """
    asked = _asked(under, year, status, as_of, dataset)
    met = queries.meetings(OPERATOR, asked.scope)
    proposed = queries.funnel(OPERATOR, asked.scope, today=asked.today)
    waited = queries.waiting(OPERATOR, asked.scope, today=asked.today)
    if as_json:
        _write(asked, {"meetings": met, "proposals": proposed}, answers=_waiting(waited))
        return
    _say(
        asked,
        met,
        ("meetings", "minutes", "attendance", "women"),
        ("musyawarah", "b. acara", "hadir", "prp."),
    )
    _say(
        asked,
        proposed,
        ("proposals", "answered", "ended", "value"),
        ("usulan", "dijawab", "tolak/tunda", "rp"),
    )
    days = waited.until_answer.median
    half = "belum separuh dijawab" if days is None else f"separuh dijawab dalam {format_number(days)} hari"
    typer.echo(f"{half}; {format_number(waited.waiting)} masih menunggu")


@app.command()
def institutions(  # noqa: PLR0913 - the options of the command
    *,
    under: Under,
    year: Year = 0,
    status: Standing = Status.SENT,
    as_of: terminal.AsOf = None,
    dataset: DataSet = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Lembaga desa: dasar hukum, aktif menurut batasan yang disebut, pengurus, hasil.

    Contoh: sidara register institutions --under 62.01 --year 2025 --json
    """
    asked = _asked(under, year, status, as_of, dataset)
    made = queries.institutions(OPERATOR, asked.scope)
    if as_json:
        _write(asked, {"institutions": made})
        return
    names = ("institutions", "grounded", "active", "board")
    _say(asked, made, names, ("lembaga", "berdasar", "aktif", "pengurus"))


def _write(asked: _Asked, made: Mapping[str, Counted], **more: object) -> None:
    scope = asked.scope
    head = {
        "dataset": scope.dataset,
        "under": scope.under,
        "year": scope.year,
        "status": scope.status.value,
        "as_of": (scope.as_of or asked.today).isoformat(),
    }
    terminal.write_json(head | {name: _flat(one) for name, one in made.items()} | more)


def _flat(made: Counted) -> dict[str, object]:
    places = regions.regions(OPERATOR, made.expected)
    areas = [
        {
            "code": places[region].code,
            "name": places[region].name,
            "reported": made.reported.get(region, 0),
            "expected": expected,
            "counts": dict(sorted(made.below.get(region, Counter()).items())),
        }
        for region, expected in sorted(made.expected.items(), key=lambda one: places[one[0]].code)
    ]
    return {
        "reported": sum(made.reported.values()),
        "expected": sum(made.expected.values()),
        "counts": dict(sorted(made.total.items())),
        "areas": areas,
    }


def _waiting(made: Waiting) -> dict[str, Any]:
    rate = None if made.rate is None else round(float(made.rate), 4)
    return asdict(made) | {"waiting": made.waiting, "rate": rate}


def _say(asked: _Asked, made: Counted, keys: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Print a line for each area below, and the whole."""
    if asked.scope.dataset == EXAMPLES:
        typer.echo("SIMULASI: desa contoh")
    typer.echo(f"{'':28} {'desa':>9} " + " ".join(f"{word:>12}" for word in words))
    places = regions.regions(OPERATOR, made.expected)
    for region, expected in sorted(made.expected.items(), key=lambda one: places[one[0]].code):
        counts = made.below.get(region, Counter())
        _line(places[region].name, made.reported.get(region, 0), expected, counts, keys)
    total = sum(made.reported.values()), sum(made.expected.values())
    _line("semua", *total, made.total, keys)


def _line(name: str, reported: int, expected: int, counts: Counter[str], keys: tuple[str, ...]) -> None:
    figures = " ".join(f"{format_number(counts[key]):>12}" for key in keys)
    typer.echo(f"{name[:28]:28} {f'{reported}/{expected}':>9} {figures}")
