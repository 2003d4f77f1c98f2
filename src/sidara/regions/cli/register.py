"""Commands of today's register: `sidara regions load | check | find`."""

import sys
from typing import Annotated, Any

import polars as pl
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.regions import queries, services
from sidara.regions.core import Candidate
from sidara.regions.core.difference import Difference
from sidara.ui import terminal

SHOWN = 12
"""How many regions of each kind of change are listed by name."""


_CHANGES = {
    "added": "baru",
    "renamed": "berganti nama",
    "reparented": "berpindah induk",
    "relocated": "titiknya berubah",
    "missing": "tidak ada lagi di sumber (tetap disimpan, tidak dihapus)",
    "held": "berbeda dari sumber karena perubahan wilayah sudah dicatat (tidak ditimpa)",
}


def _line(kind: str, row: dict[str, Any]) -> str:
    """Say one change of one region."""
    if kind == "renamed":
        return f"{row['code']} {row['name_before']} -> {row['name']}"
    if kind == "reparented":
        return f"{row['code']} {row['name']}: {row['parent_before']} -> {row['parent_code']}"
    return f"{row['code']} {row['name']}"


def _show(change: Difference, source: str) -> None:
    """Show a difference on standard error, before anything changes."""
    terminal.say(f"Sumber: {source}")
    levels = ("provinsi", "kabupaten/kota", "kecamatan", "desa/kelurahan")
    for kind, amount in change.counts().items():
        if not amount:
            continue
        terminal.say(f"{format_number(amount)} wilayah {_CHANGES[kind]}")
        frame: pl.DataFrame = getattr(change, kind)
        if kind == "added":
            by_level = dict(frame.group_by("level").len().iter_rows())
            parts = [f"{format_number(by_level.get(i, 0))} {word}" for i, word in enumerate(levels, 1)]
            terminal.say(f"  yaitu {', '.join(parts)}")
        for row in frame.head(SHOWN).iter_rows(named=True):
            terminal.say(f"  {_line(kind, row)}")
        if frame.height > SHOWN:
            terminal.say(f"  … dan {format_number(frame.height - SHOWN)} lagi")


def accepted(what: str) -> bool:
    """Ask whether a change of `what` may be made; refuse where nobody can be asked."""
    if not sys.stdin.isatty():
        terminal.say(
            f"Belum ada yang diubah: perubahan {what} perlu persetujuan. "
            "Periksa daftar di atas, lalu ulangi perintah yang sama dengan --yes."
        )
        return False
    return typer.confirm("Terapkan perubahan ini?", err=True)


def _load(codes: tuple[str, ...] | None) -> Difference:
    """Load with a progress bar on standard error."""
    columns = (TextColumn("Memuat wilayah"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal.beside()) as bar:
        task = bar.add_task("", total=None)
        return services.load_register(
            OPERATOR,
            provinces=codes,
            clock=now,
            progress=lambda written, total: bar.update(task, completed=written, total=total),
        )


def load(
    *,
    province: Annotated[
        list[str] | None,
        typer.Option("--province", "-p", help="Kode provinsi dua angka, misalnya 62; boleh diulang."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Seluruh Indonesia.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Terapkan tanpa bertanya.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Muat daftar wilayah dari paketnya: perlihatkan dulu perubahannya, lalu cocokkan dengan keputusan.

    Boleh diulang; muatan yang sama tidak mengubah apa-apa dan tidak ada wilayah yang dihapus.

    Contoh: sidara regions load --province 62 --yes | sidara regions load --all
    """
    if bool(province) == every:
        raise typer.BadParameter("Pilih salah satu: --province KODE (boleh diulang) atau --all.")
    known = queries.package_provinces(OPERATOR)
    unknown = [code for code in province or [] if code not in known]
    if unknown:
        raise typer.BadParameter(f"Kode provinsi tidak dikenal: {', '.join(unknown)}. Contoh yang benar: 62.")
    codes = None if every else tuple(dict.fromkeys(province or []))
    change = queries.register_diff(OPERATOR, provinces=codes)
    _show(change, queries.package_source(OPERATOR))
    if change.is_empty:
        terminal.say("Tidak ada yang berubah; daftar sudah sama dengan sumbernya.")
    elif not yes and not accepted("daftar wilayah"):
        raise typer.Exit(Exit.REFUSED)
    else:
        change = _load(codes)
    counted = queries.counts(OPERATOR)
    if as_json:
        terminal.write_json({"applied": not change.is_empty, "difference": change.counts(), "check": counted})
    else:
        _print_counts(counted)


_KEYS = ("kabupaten", "kota", "kecamatan", "desa", "kelurahan")
_NATION = {
    "provinsi": "provinsi",
    "kabupaten_kota": "kabupaten/kota",
    "kecamatan": "kecamatan",
    "desa_kelurahan": "desa/kelurahan",
}


def _verdict(here: int, named: int | None) -> str:
    """Say how a count stands to the decree's figure."""
    if named is None:
        return "tidak disebut"
    if here == named:
        return "sama"
    return f"selisih {format_number(here - named, sign=True)}"


def _table(title: str, rows: list[tuple[str, int, int | None]]) -> Table:
    """Lay counts beside the decree's figures."""
    table = Table(title=title, title_justify="left")
    table.add_column("Jumlah")
    for heading in ("Daftar", "Keputusan"):
        table.add_column(heading, justify="right")
    table.add_column("Pencocokan")
    for label, here, named in rows:
        table.add_row(label, format_number(here), format_number(named), _verdict(here, named))
    return table


def _codes(counted: dict[str, Any]) -> list[str]:
    """List the codes of the provinces and kabupaten that were counted."""
    return [code for top, count in counted["provinces"].items() for code in (top, *count["per_kabupaten"])]


def _print_counts(counted: dict[str, Any]) -> None:
    """Print the reconciliation with the decree on standard output."""
    out = terminal.page()
    names = {code: region.full_name for code, region in queries.named(OPERATOR, _codes(counted)).items()}
    for code, count in counted["provinces"].items():
        figures = count["decree"] or {}
        rows = [(key, count[key], figures.get(key)) for key in _KEYS]
        named = figures.get("per_kabupaten", {})
        for regency, parts in count["per_kabupaten"].items():
            rows.append(
                (f"desa di {names[regency]} ({regency})", parts["desa"], named.get(regency, {}).get("desa"))
            )
        out.print(_table(f"{names[code]} ({code})", rows))
    nation = counted["nation"]
    if nation["provinsi"] < nation["decree"]["provinsi"]:
        out.print(
            f"Baru {nation['provinsi']} dari {nation['decree']['provinsi']} provinsi dimuat; "
            "angka seluruh Indonesia belum dicocokkan.",
            highlight=False,
        )
    else:
        rows = [(label, nation[key], nation["decree"][key]) for key, label in _NATION.items()]
        out.print(_table("Seluruh Indonesia", rows))
    out.print(f"Keputusan: {queries.decree_source(OPERATOR)}.", highlight=False)


def check(*, as_json: terminal.AsJson = False) -> None:
    """Hitung wilayah yang dimuat dan cocokkan dengan keputusan menteri.

    Contoh: sidara regions check | sidara regions check --json
    """
    counted = queries.counts(OPERATOR)
    if as_json:
        terminal.write_json(counted)
    elif not counted["provinces"]:
        terminal.say("Daftar wilayah masih kosong. Muatlah dulu: sidara regions load --province 62")
    else:
        _print_counts(counted)


def _row(candidate: Candidate) -> dict[str, Any]:
    """Give a candidate as a plain row."""
    region = candidate.region
    return {
        "code": region.code,
        "name": region.name,
        "kind": str(region.kind),
        "level": int(region.level),
        "parents": [
            {"code": parent.code, "name": parent.name, "level": int(parent.level)}
            for parent in candidate.parents
        ],
        "score": candidate.score,
    }


def find(
    *,
    text: Annotated[str, typer.Argument(help="Nama atau kode, misalnya 'desa tumbang manjul'.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Calon paling banyak.")] = 10,
    under: Annotated[str | None, typer.Option(help="Hanya di bawah wilayah dengan kode ini.")] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Cari wilayah menurut nama atau kode; ejaan boleh berbeda sedikit.

    Contoh: sidara regions find "desa tumbang manjul" | sidara regions find "sei hanyu" --under 62.03 --json
    """
    found = queries.find(OPERATOR, text, limit=limit, under=under)
    doubt = queries.ambiguity(OPERATOR, text)
    if doubt is not None:
        terminal.say_findings([doubt])
    if as_json:
        terminal.write_json([_row(candidate) for candidate in found])
        return
    if not found:
        terminal.say(
            "Tidak ada wilayah dengan nama semirip itu. Coba ejaan lain, atau periksa apakah provinsinya "
            "sudah dimuat: sidara regions check"
        )
        terminal.say("Desa contoh tidak dicari menurut nama; sebutkan kodenya, misalnya 62.01.02.9017.")
        return
    table = Table("Kode", "Wilayah", "Di", "Skor")
    for candidate in found:
        parents = ", ".join(parent.name for parent in reversed(candidate.parents))
        score = format_number(round(candidate.score))
        table.add_row(candidate.region.code, candidate.region.full_name, parents, score)
    terminal.page().print(table)
