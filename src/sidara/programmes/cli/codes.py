"""Look up codes and activity kinds: `sidara plan nomenclature`, `sidara plan kind`."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.programmes import queries
from sidara.programmes.core.codes import telling
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.codes.entry import Entry
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.codes.refusal import Checked, check
from sidara.programmes.core.codes.search import Hit
from sidara.programmes.core.words import Government
from sidara.ui import terminal

Asked = Annotated[Government | None, typer.Option("--government", help="Jenis pemerintah pemilik kode.")]
Year = Annotated[int | None, typer.Option("--year", min=1945, max=9999, help="Tahun rencana.")]
Words = Annotated[str, typer.Argument(metavar="KATA|KODE", help="Kata, atau kode seperti tertulis.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="Paling banyak ditampilkan.")]


def nomenclature(
    text: Words,
    *,
    government: Asked = None,
    year: Year = None,
    limit: Limit = 20,
    as_json: terminal.AsJson = False,
) -> None:
    """Cari kode menurut kata, atau periksa apakah sebuah kode boleh dipakai.

    Dengan kode, --government dan --year: kode milik pemerintah atau tahun lain ditolak (kode keluar 1) dengan
    penggantinya. Tanpa itu: semua yang cocok dari empat pemerintah, yang paling cocok dahulu.

    Contoh: sidara plan nomenclature 2.13.04.1.01.0010 --government kabupaten_kota --year 2027
    """
    catalogue = queries.catalogue(OPERATOR)
    if government is not None and year is not None and _is_code(catalogue, text):
        _held_against(catalogue, check(catalogue, government, text, year), as_json=as_json)
        return
    governments = () if government is None else (government,)
    hits = queries.find_codes(OPERATOR, text, governments=governments, year=year)
    if as_json:
        terminal.write_json([telling.hit_row(one) for one in hits[:limit]])
        return
    _show_hits(catalogue, hits, limit)


def kind(
    text: Annotated[str, typer.Argument(metavar="KATA|KODE", help="Kode JK-… atau kata.")],
    *,
    year: Year = None,
    limit: Limit = 20,
    as_json: terminal.AsJson = False,
) -> None:
    """Tunjukkan sebuah jenis kegiatan: artinya, siapa yang berwenang dengan kode apa, butir apa yang dijawab.

    Dengan kata: jenis kegiatan yang cocok, yang paling cocok dahulu.

    Contoh: sidara plan kind JK-AIR-01 --year 2027
    """
    catalogue = queries.catalogue(OPERATOR)
    found = catalogue.kinds.find(text)
    if found is not None:
        if as_json:
            terminal.write_json(telling.kind_whole(catalogue, found, year))
        else:
            _show_kind(catalogue, found, year)
        return
    every = queries.find_codes(OPERATOR, text)
    hits = tuple(one for one in every if isinstance(one.found, Kind))
    if as_json:
        terminal.write_json([telling.hit_row(one) for one in hits[:limit]])
        return
    _show_hits(catalogue, hits, limit)


def _is_code(catalogue: Catalogue, text: str) -> bool:
    return any(catalogue.read(one, text) is not None for one in Government)


def _held_against(catalogue: Catalogue, checked: Checked, *, as_json: bool) -> None:
    if as_json:
        terminal.write_json(telling.checked_row(checked))
    elif checked.entry is not None:
        _show_entry(catalogue, checked.entry)
    if checked.finding is not None:
        terminal.say_findings([checked.finding])
    if checked.is_refused:
        raise typer.Exit(Exit.REFUSED)


def _years(one: Entry) -> str:
    if one.valid_from is None:
        return "tidak disebut"
    return f"{one.valid_from}-{one.valid_to}" if one.valid_to else f"{one.valid_from} dan sesudahnya"


def _show_hits(catalogue: Catalogue, hits: tuple[Hit, ...], limit: int) -> None:
    if not hits:
        terminal.say(
            "Tidak ada kode atau jenis kegiatan yang cocok. Coba kata lain, misalnya sebagian namanya."
        )
        return
    table = Table("Kode", "Pemerintah", "Nama", "Tahun rencana", "Cocok")
    for one in hits[:limit]:
        found = one.found
        owner, years = (
            ("jenis kegiatan", "")
            if isinstance(found, Kind)
            else (catalogue.governments[found.government], _years(found))
        )
        table.add_row(found.code, owner, escape(found.name), years, format_number(round(one.score)))
    terminal.page().print(table)
    if len(hits) > limit:
        terminal.say(f"… dan {format_number(len(hits) - limit)} lagi; --limit menampilkan lebih banyak.")


def _show_entry(catalogue: Catalogue, one: Entry) -> None:
    page = terminal.page()
    page.print(f"{one.code}  {escape(one.name)}", highlight=False)
    rows = (
        ("Pemerintah", catalogue.governments[one.government]),
        ("Berlaku", _years(one)),
        ("Indikator", one.indicator),
        ("Satuan", one.unit),
        ("Dalam", "; ".join(f"{parent.code} {parent.name}" for parent in one.parents)),
        (
            "Jenis kegiatan",
            "; ".join(
                f"{kind.code} {kind.name}" for kind in catalogue.kinds.of_code(one.government, one.code)
            ),
        ),
    )
    for label, value in rows:
        if value:
            page.print(f"{label}: {escape(value)}", highlight=False)


def _show_kind(catalogue: Catalogue, one: Kind, year: int | None) -> None:
    page = terminal.page()
    page.print(f"{one.code}  {escape(one.name)}", highlight=False)
    page.print(escape(one.definition), highlight=False)
    table = Table("Tingkat", "Boleh", "Dasar", "Kode")
    for payer in catalogue.payers(one, year):
        words = [
            word for word, is_so in (("mengerjakan", payer.may_do), ("membiayai", payer.may_pay)) if is_so
        ]
        table.add_row(
            str(payer.level),
            " dan ".join(words) or "belum tentu",
            catalogue.kinds.labels["bases"].get(payer.basis, payer.basis),
            "\n".join(f"{entry.code} {escape(entry.name)}" for entry in payer.entries),
        )
    page.print(table)
    names = catalogue.kinds.labels["relations"]
    for link in one.links:
        page.print(f"{link.index} {link.item}: {names[link.relation]}", highlight=False)
