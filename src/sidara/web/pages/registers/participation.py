"""The page of participation: meetings with attendance by group, and proposals from meeting to done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core.registers import Quartiles, Waiting
from sidara.programmes.queries import Counted, Population
from sidara.ui.charts import Bar
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, say
from sidara.ui.periods import format_code
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
    share_cell,
    stand,
)
from sidara.web.pages.registers.funnel import by_level, by_origin, half, way

GROUPS = ("women", "men", "poor", "youth", "elderly", "disabled", "elements")


def build(actor: Actor, asked: Asked, province: str, *, today: date) -> Page:
    """Build the page of an area."""
    at = stand(actor, "register-participation", asked, province, today=today)
    if isinstance(at, Page):
        return at
    met, proposed = queries.meetings(actor, at.scope), queries.funnel(actor, at.scope, today=today)
    if not met.total["all_meetings"] and not proposed.total["proposals"]:
        return empty(at)
    waited = queries.waiting(actor, at.scope, today=today)
    people = queries.population(actor, at.scope)
    figures = [
        _attendance(at, met, people),
        _by_kind(at, met),
        way(at, proposed.total),
        by_origin(at, proposed.total),
        by_level(at),
        _met_by_area(at, met),
        _proposed_by_area(at, proposed),
    ]
    return page(at, _title(proposed, waited), _items(met, waited), figures, met, _notes(waited))


def _title(proposed: Counted, waited: Waiting) -> str:
    if waited.waiting:
        return say(
            "{n} dari {all} usulan desa belum dijawab",
            n=format_number(waited.waiting),
            all=format_number(waited.proposals),
        )
    if proposed.total["proposals"]:
        return say("Semua {all} usulan desa sudah dijawab", all=format_number(proposed.total["proposals"]))
    return say("Belum ada usulan yang tercatat")


def _items(met: Counted, waited: Waiting) -> Sequence[Item]:
    total = met.total
    return (
        Item(
            say("Musyawarah desa"),
            format_number(total["meetings"]),
            say(
                "rata-rata {n} orang hadir",
                n=format_number(
                    Decimal(total["attendance"]) / total["meetings"] if total["meetings"] else None
                ),
            ),
        ),
        Item(
            say("Ada berita acara"),
            share(total["minutes"], total["meetings"]),
            say(
                "{n} musyawarah; {m} dengan berkas",
                n=format_number(total["minutes"]),
                m=format_number(total["files"]),
            ),
        ),
        Item(
            say("Peserta perempuan"),
            share(total["women"], total["attendance"]),
            say(
                "{n} dari {all} peserta",
                n=format_number(total["women"]),
                all=format_number(total["attendance"]),
            ),
        ),
        Item(
            say("Usulan dijawab"),
            share(waited.answered, waited.proposals),
            say("{n} dari {all}", n=format_number(waited.answered), all=format_number(waited.proposals)),
        ),
        Item(say("Separuh dijawab dalam"), half(waited), _waits(waited)),
    )


def _waits(waited: Waiting) -> str:
    if not waited.waiting:
        return say("tidak ada yang menunggu")
    if waited.oldest is None:
        return say("{n} menunggu, harinya tidak diketahui", n=format_number(waited.waiting))
    return say(
        "{n} menunggu, terlama {days} hari",
        n=format_number(waited.waiting),
        days=format_number(waited.oldest),
    )


def words(group: str) -> str:
    """Give the word for a group of those who attend."""
    return {
        "women": say("Perempuan"),
        "men": say("Laki-laki"),
        "poor": say("Keluarga miskin"),
        "youth": say("Pemuda"),
        "elderly": say("Lansia"),
        "disabled": say("Penyandang disabilitas"),
        "elements": say("Unsur masyarakat"),
    }[group]


def _attendance(at: Stand, met: Counted, people: Population | None) -> Figure | None:
    attendance = met.total["attendance"]
    if not attendance:
        return None
    columns = (
        Column("kelompok", say("Kelompok")),
        Column("kehadiran", say("Kehadiran"), is_number=True),
        Column("persen_peserta", say("Persen peserta"), is_number=True),
        Column("persen_penduduk", say("Persen penduduk"), is_number=True),
        Column("musyawarah", say("Musyawarah yang dihadiri"), is_number=True),
    )
    rows, bars = [], []
    for group in GROUPS:
        there = met.of(group)
        of_people = (
            number_cell(Decimal(100 * people.women) / people.people, 1)
            if group == "women" and people is not None and people.people
            else Cell(None, format_number(None))
        )
        rows.append(
            (
                text_cell(words(group)),
                count_cell(there),
                share_cell(there, attendance),
                of_people,
                count_cell(None if there is None else met.of(f"{group}:met")),
            )
        )
        if there is not None:
            share_ = format_percent(there, attendance, 1)
            text = say("{share}, {n} orang", share=share_, n=format_number(there))
            bars.append(Bar(words(group), Decimal(100 * there) / attendance, text, share_))
    title = say("Perempuan {share} dari peserta musyawarah desa", share=share(met.total["women"], attendance))
    said = say("Persen dari semua kehadiran; seorang dapat termasuk beberapa kelompok")
    notes: tuple[str, ...] = ()
    if people is not None and people.people:
        notes = (
            say(
                "Perempuan {share} dari penduduk {period} pada {n} dari {all} desa yang datanya ada.",
                share=format_percent(people.women, people.people, 1),
                period=format_code(people.period),
                n=format_number(people.reporting),
                all=format_number(people.expected),
            ),
        )
    return figure(at, "kehadiran", title, said, Table(columns, tuple(rows)), bars, notes)


def _by_kind(at: Stand, met: Counted) -> Figure | None:
    """Count meetings by their kind; only those of the rules have attendance above."""
    every = met.total["all_meetings"]
    if not every:
        return None
    columns = (
        Column("jenis", say("Jenis musyawarah")),
        Column("musyawarah", say("Musyawarah"), is_number=True),
        Column("kehadiran_dihitung", say("Kehadiran dihitung di atas")),
    )
    counting = queries.rules(at.actor).meeting_kinds
    counts = [(code, met.total[f"kind:{code}"]) for code in at.codes("MSY_001")]
    rows = tuple(
        (
            text_cell(at.label("MSY_001", code)),
            number_cell(count),
            text_cell(say("ya") if code in counting else say("tidak")),
        )
        for code, count in counts
    )
    bars = [Bar(at.label("MSY_001", code), Decimal(n), format_number(n)) for code, n in counts if n]
    bars.sort(key=lambda one: -one.value)
    title = say("{n} musyawarah dalam tahun {year}", n=format_number(every), year=str(at.scope.year))
    return figure(at, "jenis", title, say("Musyawarah menurut jenisnya"), Table(columns, rows), bars)


def _met_by_area(at: Stand, met: Counted) -> Figure:
    names = {
        "meetings": say("Musyawarah"),
        "minutes": say("Berita acara"),
        "files": say("Berkas"),
        "attendance": say("Kehadiran"),
        "women": say("Perempuan"),
        "poor": say("Keluarga miskin"),
        "youth": say("Pemuda"),
        "disabled": say("Penyandang disabilitas"),
    }
    bars = area_bars(at, met, "women", "attendance")
    title = (
        say("Perempuan paling banyak hadir di {place}", place=bars[0].label)
        if len(bars) > 1
        else say("Musyawarah menurut wilayah")
    )
    said = say("Persen perempuan dari kehadiran; tabel memuat semua kelompok")
    return figure(at, "musyawarah", title, said, areas(at, met, _columns(met, names)), bars)


def _proposed_by_area(at: Stand, proposed: Counted) -> Figure:
    names = {
        "proposals": say("Usulan"),
        "answered": say("Dijawab"),
        "reached:DIANGGARKAN": say("Dianggarkan"),
        "reached:TERLAKSANA": say("Terlaksana"),
        "ended": say("Ditunda atau ditolak"),
    }
    bars = area_bars(at, proposed, "answered", "proposals")
    title = (
        say("Usulan paling banyak dijawab di {place}", place=bars[0].label)
        if len(bars) > 1
        else say("Usulan menurut wilayah")
    )
    said = say("Persen usulan yang dijawab; tabel memuat semua langkah")
    return figure(at, "usulan", title, said, areas(at, proposed, _columns(proposed, names)), bars)


def _columns(made: Counted, names: Mapping[str, str]) -> Sequence[tuple[Column, Callable[[int], Cell]]]:
    """Give a column for each count, by its key, with what it says of an area."""

    def cell_of(key: str) -> Callable[[int], Cell]:
        return lambda id_: count_cell(made.of_area(id_, key))

    return [
        (Column(key.replace(":", "_").lower(), said, is_number=True), cell_of(key))
        for key, said in names.items()
    ]


def _notes(waited: Waiting) -> Sequence[Note]:
    told = say(
        "Lama dijawab dihitung dari hari musyawarah sampai hari nasib usulan pertama kali dicatat. "
        "Usulan yang masih menunggu ikut dihitung dengan umurnya, tidak dibuang."
    )
    if waited.answered and waited.of_answered != Quartiles():
        told += " " + say(
            "Dari yang sudah dijawab saja: seperempat dalam {q1} hari, separuh dalam {q2} hari, "
            "tiga perempat dalam {q3} hari.",
            q1=format_number(waited.of_answered.first),
            q2=format_number(waited.of_answered.median),
            q3=format_number(waited.of_answered.third),
        )
    if waited.undated:
        told += " " + say(
            "{n} usulan tanpa hari musyawarah yang jelas masuk hitungan jawaban, tidak masuk hitungan hari.",
            n=format_number(waited.undated),
        )
    return (Note(say("Cara menghitung lama dijawab"), told),)
