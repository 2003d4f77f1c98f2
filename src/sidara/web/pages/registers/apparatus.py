"""The page of the apparatus: posts, officials, their training, and what is planned against its need."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.queries import Counted
from sidara.ui.charts import Bar
from sidara.ui.figures import Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.parts import Item, Note
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
from sidara.web.pages.registers.training import calendar, participants, planned, planned_by_area


def build(actor: Actor, asked: Asked, province: str, *, today: date) -> Page:
    """Build the page of an area."""
    at = stand(actor, "register-apparatus", asked, province, today=today)
    if isinstance(at, Page):
        return at
    made, trained = queries.apparatus(actor, at.scope), queries.trainings(actor, at.scope)
    if not made.total["posts"] and not trained.total["trainings"]:
        return empty(at)
    plans = queries.training_plans(actor, at.scope)
    figures = [
        _by_area(at, made),
        _by_post(at, made),
        _education(at, made),
        _by_topic(at, made, trained),
        planned_by_area(at, made, trained),
        planned(at, plans),
        calendar(at, trained, plans),
        participants(at, trained),
    ]
    return page(at, _title(made), _items(made, trained), figures, made, _notes())


def _title(made: Counted) -> str:
    need, filled = made.of("need"), made.total["filled"]
    if need:
        return say(
            "{n} dari {all} perangkat desa belum dilatih untuk jabatannya",
            n=format_number(need),
            all=format_number(filled),
        )
    gone = made.total["vacant"] + made.total["acting"]
    if gone:
        return say(
            "{n} dari {all} jabatan perangkat desa kosong atau dirangkap",
            n=format_number(gone),
            all=format_number(made.total["posts"]),
        )
    return say("Semua {all} jabatan perangkat desa terisi", all=format_number(made.total["posts"]))


def _items(made: Counted, trained: Counted) -> Sequence[Item]:
    total, filled = made.total, made.total["filled"]
    return (
        Item(
            say("Jabatan terisi"),
            share(filled, total["posts"]),
            say("{n} dari {all} jabatan", n=format_number(filled), all=format_number(total["posts"])),
        ),
        Item(
            say("Perangkat perempuan"),
            share(total["sex:P"], filled),
            say("{n} dari {all} orang", n=format_number(total["sex:P"]), all=format_number(filled)),
        ),
        Item(
            say("Berpendidikan SMA ke atas"),
            share(total["upper_secondary"], filled),
            say("{n} orang", n=format_number(total["upper_secondary"])),
        ),
        Item(
            say("Ikut pelatihan tahun ini"),
            share(total["trained_this_year"], filled),
            say(
                "{n} orang; {m} belum pernah dilatih",
                n=format_number(total["trained_this_year"]),
                m=format_number(total["never_trained"]),
            ),
        ),
        Item(
            say("Pelatihan tercatat"),
            format_number(trained.total["trainings"]),
            say("{n} kali kehadiran perangkat", n=format_number(trained.total["officials"])),
        ),
    )


def _by_area(at: Stand, made: Counted) -> Figure:
    def count(key: str) -> Column:
        return Column(key, _WORDS[key](), is_number=True)

    keys = ("posts", "filled", "acting", "vacant", "sex:P", "upper_secondary", "trained_this_year")
    columns = [
        (count(key), lambda id_, key=key: count_cell(made.of_area(id_, key)))
        for key in (*keys, "never_trained", "need")
    ]
    table = areas(at, made, columns)
    is_need = made.of("need") is not None
    bars = area_bars(at, made, "need" if is_need else "never_trained", "filled")
    if is_need and not bars:
        bars = area_bars(at, made, "never_trained", "filled")
        is_need = False
    what = say("belum dilatih untuk jabatannya") if is_need else say("belum pernah dilatih")
    title = (
        say("Bagian perangkat yang {what} paling besar di {place}", what=what, place=bars[0].label)
        if len(bars) > 1
        else say("Aparatur menurut wilayah")
    )
    said = say(
        "Persen perangkat yang {what} dalam tiga tahun terakhir; tabel memuat semua hitungan", what=what
    )
    return figure(at, "wilayah", title, said, table, bars)


_WORDS = {
    "posts": lambda: say("Jabatan"),
    "filled": lambda: say("Terisi"),
    "acting": lambda: say("Dirangkap"),
    "vacant": lambda: say("Kosong"),
    "sex:P": lambda: say("Perempuan"),
    "upper_secondary": lambda: say("SMA ke atas"),
    "trained_this_year": lambda: say("Dilatih tahun ini"),
    "never_trained": lambda: say("Belum pernah dilatih"),
    "need": lambda: say("Belum dilatih untuk jabatannya"),
}


def _by_post(at: Stand, made: Counted) -> Figure:
    columns = (
        Column("jabatan", say("Jabatan")),
        Column("menurut_sotk", say("Menurut SOTK"), is_number=True),
        Column("terisi", say("Terisi"), is_number=True),
        Column("persen_terisi", say("Persen terisi"), is_number=True),
        Column("belum_dilatih", say("Belum dilatih untuk jabatannya"), is_number=True),
    )
    rules = queries.rules(at.actor)
    codes = [code for code in rules.training if made.total[f"post:{code}"]]
    rows = tuple(
        (
            text_cell(at.label("APR_001", code)),
            number_cell(made.total[f"post:{code}"]),
            number_cell(made.total[f"filled:{code}"]),
            share_cell(made.total[f"filled:{code}"], made.total[f"post:{code}"]),
            count_cell(made.of(f"need_post:{code}") if made.of("need") is not None else None),
        )
        for code in codes
    )
    gaps = [(made.total[f"post:{code}"] - made.total[f"filled:{code}"], code) for code in codes]
    most, worst = max(gaps, default=(0, ""))
    title = (
        say(
            "Jabatan yang paling sering kosong atau dirangkap: {post}, {n} desa",
            post=at.label("APR_001", worst),
            n=format_number(most),
        )
        if most
        else say("Semua jabatan terisi")
    )
    bars = [
        share_bar(
            at.label("APR_001", code),
            made.total[f"filled:{code}"],
            made.total[f"post:{code}"],
            is_low=code == worst and bool(most),
        )
        for code in codes
    ]
    said = say("Persen jabatan terisi menurut SOTK desa, tanpa kepala desa")
    return figure(at, "jabatan", title, said, Table(columns, rows), bars)


def _by_topic(at: Stand, made: Counted, trained: Counted) -> Figure:
    """Set need against what was trained: officials without the topic of their post, seats of this year."""
    columns = (
        Column("topik", say("Topik")),
        Column("kebutuhan", say("Perangkat yang memerlukan"), is_number=True),
        Column("diminta", say("Diminta kepala desa"), is_number=True),
        Column("pelatihan", say("Pelatihan tahun ini"), is_number=True),
        Column("kehadiran", say("Kehadiran perangkat"), is_number=True),
        Column("sisa", say("Kebutuhan dikurangi kehadiran"), is_number=True),
    )
    rows, bars = [], []
    for code in at.codes("PLT_002"):
        need, seats = made.of(f"need:{code}"), trained.total[f"seats:{code}"]
        if made.of("need") is None:
            need = None
        label = at.label("PLT_002", code)
        rows.append(
            (
                text_cell(label),
                count_cell(need),
                count_cell(made.of(f"wanted:{code}") if made.of("need") is not None else None),
                number_cell(trained.total[f"training:{code}"]),
                number_cell(seats),
                count_cell(None if need is None else max(need - seats, 0)),
            )
        )
        if need:
            text = say("{n} orang, {m} kehadiran", n=format_number(need), m=format_number(seats))
            bars.append(Bar(label, Decimal(need), text, format_number(need), is_low=seats < need))
    bars.sort(key=lambda one: -one.value)
    title = (
        say("Kebutuhan pelatihan terbesar: {topic}", topic=bars[0].label)
        if bars
        else say("Pelatihan tahun ini menurut topik")
    )
    said = say(
        "Perangkat yang dalam tiga tahun belum dilatih untuk jabatannya, di samping kehadiran tahun ini"
    )
    return figure(at, "topik", title, said, Table(columns, tuple(rows)), bars)


def _education(at: Stand, made: Counted) -> Figure | None:
    codes = at.codes("APR_004")
    counts = [(code, made.of(f"education:{code}")) for code in codes]
    shown = [(code, count) for code, count in counts if count]
    if made.of("education") is None or not shown:
        return None
    columns = (
        Column("pendidikan", say("Pendidikan tertinggi")),
        Column("perangkat", say("Perangkat"), is_number=True),
    )
    rows = tuple((text_cell(at.label("APR_004", code)), count_cell(n)) for code, n in counts)
    bars = [Bar(at.label("APR_004", code), Decimal(count), format_number(count)) for code, count in shown]
    most = max(shown, key=lambda one: one[1])[0]
    title = say("Paling banyak perangkat berpendidikan {level}", level=at.label("APR_004", most))
    return figure(at, "pendidikan", title, say("Perangkat yang menjabat, orang"), Table(columns, rows), bars)


def _notes() -> Sequence[Note]:
    return (
        Note(
            say("Batasan yang dipakai"),
            say(
                "Belum dilatih untuk jabatannya: dalam tiga tahun tidak ikut satu pun topik yang diusulkan "
                "bagi jabatan itu (usulan, belum ditetapkan). Umur perangkat tidak ditanyakan pada formulir."
            ),
        ),
    )
