"""How pages say whose a code is, when it holds, what a kind does; addresses of codes and kinds."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.indices import queries as indices
from sidara.indices.core import Definition
from sidara.kernel.actor import Actor
from sidara.programmes.core import Government, Level, Phase
from sidara.programmes.core.codes.catalogue import Payer
from sidara.programmes.core.codes.entry import Entry
from sidara.programmes.core.codes.kinds import Kind, Kinds, Relation
from sidara.ui.figures import Cell, Column, Table, text_cell
from sidara.ui.language import say
from sidara.web.pages.places import Link

GOVERNMENTS = {
    Government.CENTRE: noop("Pusat"),
    Government.PROVINCE: noop("Provinsi"),
    Government.REGENCY: noop("Kabupaten/kota"),
    Government.VILLAGE: noop("Desa"),
}
LEVELS = {
    Level.CENTRE: noop("Pusat"),
    Level.PROVINCE: noop("Provinsi"),
    Level.REGENCY: noop("Kabupaten/kota"),
    Level.VILLAGE: noop("Desa"),
    Level.COMPANY: noop("Perusahaan"),
}
PHASES = {
    Phase.PLANNING: noop("perencanaan"),
    Phase.BUILDING: noop("pembangunan"),
    Phase.OPERATING: noop("pemeliharaan"),
}
RELATIONS = {
    Relation.RAISES: noop("menaikkan"),
    Relation.SUPPORTS: noop("mendukung, perlu syarat lain"),
    Relation.DATA_ONLY: noop("hanya membetulkan data"),
}
BASES = {
    "nomenclature": noop("ada sub kegiatannya"),
    "village_activity": noop("ada kode kegiatan desanya"),
    "central_programme": noop("ada program pusatnya"),
    "funding": noop("hanya mendanai, pelaksananya desa atau daerah"),
    "named_by_index": noop("hanya disebut dalam indeks, kewenangannya belum tentu"),
}


def government(one: Government) -> str:
    """Say whose a code is."""
    return say(GOVERNMENTS[one])


def years(one: Entry) -> str:
    """Say for which years of plan a code holds."""
    if one.valid_from is None:
        return say("tidak disebut")
    if one.valid_to is None and one.not_compared:
        return say("{year} dan sesudahnya; sebelumnya tidak diketahui", year=one.valid_from)
    if one.valid_to is None:
        return say("{year} dan sesudahnya", year=one.valid_from)
    return say("{first} sampai {last}", first=one.valid_from, last=one.valid_to)


def may(one: Payer, entry: Entry | None = None) -> str:
    """Say what a level may do of a kind, by one of its codes."""
    if one.may_do if entry is None else entry in one.doing:
        return say("mengerjakan dan membiayai")
    return say("membiayai") if one.may_pay else say("belum tentu")


def cited(text: str, *, href: str = "") -> Cell:
    """Make a cell of words that stay as the list has them, in Indonesian."""
    return text_cell(text, href=href, language="id")


def entry_href(one: Entry) -> str:
    """Give the address of a code."""
    return reverse("nomenclature-code", args=[one.government.value, one.code])


def kind_href(one: Kind) -> str:
    """Give the address of an activity kind."""
    return reverse("activity-kind", args=[one.code])


def item_href(index: str, item: str) -> str:
    """Give the address of an item of an index; `index` as `idm`, `indeks-desa`."""
    return reverse("index-item", args=[index.replace("_", "-"), item])


def trail(*entries: Link) -> tuple[Link, ...]:
    """Give the trail from the search of codes on."""
    return (Link(say("Nomenklatur"), reverse("nomenclature")), *entries)


def table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Cell]]) -> Table | None:
    """Make a table of words; none without rows."""
    if not rows:
        return None
    return Table(tuple(Column(key, label) for key, label in columns), tuple(tuple(row) for row in rows))


def entry_table(entries: Sequence[Entry]) -> Table | None:
    """Make the table of codes: each leads to its page."""
    return table(
        (
            ("kode", say("Kode")),
            ("nama", say("Nama")),
            ("pemerintah", say("Pemerintah")),
            ("tahun", say("Tahun rencana")),
            ("satuan", say("Satuan")),
        ),
        [
            (
                text_cell(one.code, href=entry_href(one)),
                cited(one.name),
                text_cell(government(one.government)),
                text_cell(years(one)),
                cited(one.unit),
            )
            for one in entries
        ],
    )


def kind_table(kinds: Kinds, chosen: Sequence[Kind]) -> Table | None:
    """Make the table of activity kinds: each leads to its page."""
    return table(
        (
            ("kode", say("Kode")),
            ("jenis", say("Jenis kegiatan")),
            ("kelompok", say("Kelompok")),
            ("satuan", say("Satuan keluaran")),
        ),
        [
            (
                text_cell(one.code, href=kind_href(one)),
                cited(one.name),
                cited(kinds.labels["groups"][one.group]),
                cited(one.unit),
            )
            for one in chosen
        ],
    )


def item_table(actor: Actor, kinds: Sequence[Kind]) -> Table | None:
    """Make the table of the index items that kinds answer, those that they raise first.

    Of several kinds it says through which an item is answered.
    """
    found: dict[tuple[str, str], tuple[Relation, list[Kind]]] = {}
    order = list(Relation)
    for kind in kinds:
        for link in kind.links:
            best, held = found.setdefault((link.index, link.item), (link.relation, []))
            held.append(kind)
            found[link.index, link.item] = (min(best, link.relation, key=order.index), held)
    known = {key: indices.definition(actor, key.replace("_", "-")) for key, _ in found}
    rows = sorted(found.items(), key=lambda one: (one[0][0], order.index(one[1][0]), one[0][1]))
    columns = (
        ("butir", say("Butir")),
        ("nama", say("Nama butir")),
        ("indeks", say("Indeks")),
        ("hubungan", say("Hubungan")),
        ("jenis", say("Lewat jenis kegiatan")),
    )
    made = [
        (
            text_cell(item, href=item_href(index, item)),
            text_cell(item_label(known[index], item)),
            text_cell(say(name) if (name := _name(known[index])) else index),
            text_cell(say(RELATIONS[relation])),
            text_cell(", ".join(one.code for one in held)),
        )
        for (index, item), (relation, held) in rows
    ]
    width = len(columns) if len(kinds) > 1 else len(columns) - 1
    return table(columns[:width], [row[:width] for row in made])


def _name(one: Definition | None) -> str:
    return one.name if one is not None else ""


def item_label(definition: Definition | None, code: str) -> str:
    """Give the words of an item in its newest version; empty where the index is not held."""
    if definition is None:
        return ""
    found = [version.by_code[code] for version in definition.versions if code in version.by_code]
    return say(found[-1].name) if found else ""
