"""The page of the institutions: legal basis, active by a stated definition, members, results."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.queries import Counted
from sidara.ui.charts import Bar
from sidara.ui.figures import Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.parts import Item
from sidara.web.pages.registers.asked import Asked
from sidara.web.pages.registers.frame import (
    Page,
    Stand,
    area_bars,
    areas,
    count_cell,
    empty,
    figure,
    page,
    share,
    share_bar,
    share_cell,
    stand,
)


def build(actor: Actor, asked: Asked, province: str, *, today: date) -> Page:
    """Build the page of an area."""
    at = stand(actor, "register-institutions", asked, province, today=today)
    if isinstance(at, Page):
        return at
    made = queries.institutions(actor, at.scope)
    if not made.total["institutions"]:
        return empty(at)
    figures = [_by_kind(at, made), _by_area(at, made), _by_ground(at, made)]
    title = say(
        "{n} dari {all} lembaga desa aktif",
        n=format_number(made.total["active"]),
        all=format_number(made.total["institutions"]),
    )
    return page(at, title, _items(made), figures, made)


def _items(made: Counted) -> Sequence[Item]:
    total = made.total
    every = total["institutions"]
    return (
        Item(say("Lembaga aktif"), share(total["active"], every), say("menurut batasan usulan")),
        Item(
            say("Berdasar hukum"),
            share(total["grounded"], every),
            say("{n} dari {all} lembaga", n=format_number(total["grounded"]), all=format_number(every)),
        ),
        Item(
            say("Punya rencana kerja"),
            share(total["planned"], every),
            say("{n} lembaga", n=format_number(total["planned"])),
        ),
        Item(
            say("Pengurus perempuan"),
            share(total["women"], total["board"]),
            say(
                "{n} dari {all} pengurus",
                n=format_number(total["women"]),
                all=format_number(total["board"]),
            ),
        ),
        Item(
            say("Warga penerima manfaat"),
            format_number(total["served"]),
            say("{n} kegiatan selesai", n=format_number(total["activities"])),
        ),
    )


def _by_kind(at: Stand, made: Counted) -> Figure:
    columns = (
        Column("jenis", say("Jenis lembaga")),
        Column("desa", say("Desa yang punya"), is_number=True),
        Column("lembaga", say("Lembaga"), is_number=True),
        Column("berdasar_hukum", say("Berdasar hukum"), is_number=True),
        Column("aktif", say("Aktif"), is_number=True),
        Column("persen_aktif", say("Persen aktif"), is_number=True),
        Column("rencana_kerja", say("Rencana kerja"), is_number=True),
        Column("pengurus", say("Pengurus"), is_number=True),
        Column("pengurus_perempuan", say("Pengurus perempuan"), is_number=True),
        Column("anggota", say("Anggota"), is_number=True),
        Column("kegiatan", say("Kegiatan"), is_number=True),
        Column("penerima_manfaat", say("Penerima manfaat"), is_number=True),
        Column("dana", say("Dana dikelola, rupiah"), is_number=True),
    )
    keys = ("villages", "institutions", "grounded", "active")
    more = ("planned", "board", "women", "members", "activities", "served", "funds")
    codes = at.codes("LBG_001")
    rows = tuple(
        (
            text_cell(at.label("LBG_001", code)),
            *(number_cell(made.total[f"{key}:{code}"]) for key in keys),
            share_cell(made.total[f"active:{code}"], made.total[f"institutions:{code}"]),
            *(number_cell(made.total[f"{key}:{code}"]) for key in more),
        )
        for code in codes
    )
    told = []
    for code in codes:
        active, every = made.total[f"active:{code}"], made.total[f"institutions:{code}"]
        if every:
            told.append(share_bar(at.label("LBG_001", code), active, every))
    told.sort(key=lambda one: one.value)
    title = (
        say("{kind} paling jarang aktif", kind=told[0].label)
        if len(told) > 1
        else say("Lembaga menurut jenisnya")
    )
    said = say("Persen lembaga yang aktif; RT, RW, dan posyandu dicatat satu baris tiap jenis di tiap desa")
    return figure(at, "jenis", title, said, Table(columns, rows), told, (_definition(at),))


def _by_area(at: Stand, made: Counted) -> Figure:
    names = {
        "institutions": say("Lembaga"),
        "grounded": say("Berdasar hukum"),
        "active": say("Aktif"),
        "board": say("Pengurus"),
        "women": say("Pengurus perempuan"),
        "members": say("Anggota"),
        "served": say("Penerima manfaat"),
    }
    columns = [
        (Column(key, words, is_number=True), lambda id_, key=key: count_cell(made.of_area(id_, key)))
        for key, words in names.items()
    ]
    bars = area_bars(at, made, "active", "institutions", is_lowest_first=True)
    title = (
        say("Lembaga paling jarang aktif di {place}", place=bars[0].label)
        if len(bars) > 1
        else say("Lembaga menurut wilayah")
    )
    return figure(at, "wilayah", title, say("Persen lembaga yang aktif"), areas(at, made, columns), bars)


def _by_ground(at: Stand, made: Counted) -> Figure:
    columns = (
        Column("dasar_hukum", say("Dasar hukum")),
        Column("lembaga", say("Lembaga"), is_number=True),
    )
    counts = [(code, made.total[f"ground:{code}"]) for code in at.codes("LBG_003")]
    rows = tuple((text_cell(at.label("LBG_003", code)), number_cell(n)) for code, n in counts)
    bars = [Bar(at.label("LBG_003", code), Decimal(n), format_number(n)) for code, n in counts if n]
    bars.sort(key=lambda one: -one.value)
    without = made.total["institutions"] - made.total["grounded"]
    title = (
        say("{n} lembaga belum punya dasar hukum", n=format_number(without))
        if without
        else say("Semua lembaga punya dasar hukum")
    )
    return figure(
        at, "dasar-hukum", title, say("Lembaga menurut dasar hukum terakhir"), Table(columns, rows), bars
    )


def _definition(at: Stand) -> str:
    """State when an institution counts as active, as the dictionary has it."""
    name = queries.rules(at.actor).active
    columns = dictionary.dictionary(at.actor).lists["lembaga"].columns
    own = next(one for one in columns if one.code == name)
    return say("{definition} (usulan, belum ditetapkan).", definition=say(own.definition))
