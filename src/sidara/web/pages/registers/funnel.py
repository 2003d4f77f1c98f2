"""Pictures of proposals: their way from meeting to done, by who proposed and whom they ask."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from sidara.programmes import queries
from sidara.programmes.core import Fate, Level
from sidara.programmes.core.registers import Answer, Waiting, ages
from sidara.ui.charts import Bar
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, say
from sidara.web.pages.registers.frame import Stand, figure, share_bar, share_cell

STEPS = (Fate.NOTED, Fate.IN_PLAN, Fate.BUDGETED, Fate.DONE)


def half(waited: Waiting) -> str:
    """Say within how many days half of the proposals are answered."""
    days = waited.until_answer.median
    return say("belum separuh") if days is None else say("{n} hari", n=format_number(days))


def fate_words(fate: str) -> str:
    """Give the word for a fate; of an unknown one its code."""
    return {
        Fate.NOTED.value: say("Dicatat"),
        Fate.IN_PLAN.value: say("Masuk rencana"),
        Fate.BUDGETED.value: say("Dianggarkan"),
        Fate.DONE.value: say("Terlaksana"),
        Fate.POSTPONED.value: say("Ditunda"),
        Fate.REJECTED.value: say("Ditolak"),
    }.get(fate, fate)


def level_words(level: str) -> str:
    """Give the word for a level that is asked; of an unknown one its code."""
    return {
        Level.VILLAGE.value: say("Desa"),
        Level.REGENCY.value: say("Kabupaten/kota"),
        Level.PROVINCE.value: say("Provinsi"),
        Level.CENTRE.value: say("Pusat"),
        Level.COMPANY.value: say("Perusahaan"),
    }.get(level, level)


def way(at: Stand, total: Counter[str]) -> Figure | None:
    """Draw how many proposals reached each step, and how many ended without."""
    every = total["proposals"]
    if not every:
        return None
    columns = (
        Column("langkah", say("Langkah")),
        Column("usulan", say("Usulan"), is_number=True),
        Column("persen", say("Persen dari semua"), is_number=True),
    )
    counts = [(fate_words(one), total[f"reached:{one}"]) for one in STEPS]
    ended = [(fate_words(one), total[f"fate:{one}"]) for one in (Fate.POSTPONED, Fate.REJECTED)]
    rows = tuple(
        (text_cell(words), number_cell(count), share_cell(count, every)) for words, count in (*counts, *ended)
    )
    bars = [
        Bar(
            words,
            Decimal(count),
            say("{n} usulan, {share}", n=format_number(count), share=format_percent(count, every)),
            format_number(count),
            is_low=(words, count) in ended,
        )
        for words, count in (*counts, *ended)
    ]
    title = say(
        "Dari {all} usulan, {n} dianggarkan dan {m} terlaksana",
        all=format_number(every),
        n=format_number(total["reached:DIANGGARKAN"]),
        m=format_number(total["reached:TERLAKSANA"]),
    )
    notes: tuple[str, ...] = ()
    if total["unexplained"]:
        notes = (say("{n} usulan ditunda atau ditolak tanpa alasan.", n=format_number(total["unexplained"])),)
    said = say("Usulan yang mencapai tiap langkah; ditunda dan ditolak menurut keadaan terakhir")
    return figure(at, "perjalanan", title, said, Table(columns, rows), bars, notes)


def by_origin(at: Stand, total: Counter[str]) -> Figure | None:
    """Compare who proposed by how many of the proposals were taken into a plan."""
    if not total["proposals"]:
        return None
    columns = (
        Column("asal", say("Asal usulan")),
        Column("usulan", say("Usulan"), is_number=True),
        Column("tertampung", say("Masuk rencana atau lebih jauh"), is_number=True),
        Column("persen", say("Persen tertampung"), is_number=True),
        Column("dijawab_persen", say("Persen dijawab"), is_number=True),
        Column("separuh_dijawab", say("Separuh dijawab dalam, hari"), is_number=True),
    )
    waited = queries.waiting_by(at.actor, at.scope, lambda one: one.origin, today=at.today)
    rows, bars = [], []
    for code in at.codes("USL_011"):
        every, taken = total[f"origin:{code}"], total[f"taken:{code}"]
        own = waited.get(code, Waiting())
        label = at.label("USL_011", code)
        rows.append(
            (
                text_cell(label),
                number_cell(every),
                number_cell(taken),
                share_cell(taken, every),
                share_cell(own.answered, own.proposals),
                number_cell(own.until_answer.median),
            )
        )
        if every:
            bars.append(share_bar(label, taken, every))
    bars.sort(key=lambda one: -one.value)
    title = (
        say("Paling sering tertampung: usulan {origin}", origin=bars[0].label[:1].lower() + bars[0].label[1:])
        if bars
        else say("Usulan menurut asalnya")
    )
    said = say("Persen usulan yang masuk rencana atau lebih jauh, menurut pengusulnya")
    return figure(at, "asal", title, said, Table(columns, tuple(rows)), bars)


def by_level(at: Stand) -> Figure | None:
    """Compare the levels that are asked by whether and when they answer."""
    waited = queries.waiting_by(at.actor, at.scope, lambda one: one.level_asked, today=at.today)
    if not waited:
        return None
    columns = (
        Column("tingkat", say("Tingkat yang dituju")),
        Column("usulan", say("Usulan"), is_number=True),
        Column("dijawab", say("Dijawab"), is_number=True),
        Column("persen", say("Persen dijawab"), is_number=True),
        Column("seperempat", say("Seperempat dijawab dalam, hari"), is_number=True),
        Column("separuh", say("Separuh dijawab dalam, hari"), is_number=True),
        Column("tiga_perempat", say("Tiga perempat dijawab dalam, hari"), is_number=True),
        Column("menunggu", say("Menunggu"), is_number=True),
        Column("umur_tengah", say("Umur tengah yang menunggu, hari"), is_number=True),
        Column("terlama", say("Terlama, hari"), is_number=True),
    )
    rows, bars = [], []
    for level in (Level.VILLAGE, Level.REGENCY, Level.PROVINCE, Level.CENTRE, Level.COMPANY):
        own = waited.get(level.value)
        if own is None:
            continue
        rows.append(
            (
                text_cell(level_words(level)),
                number_cell(own.proposals),
                number_cell(own.answered),
                share_cell(own.answered, own.proposals),
                _days(own.until_answer.first),
                _days(own.until_answer.median),
                _days(own.until_answer.third),
                number_cell(own.waiting),
                number_cell(own.ages.median),
                number_cell(own.oldest),
            )
        )
        share = format_percent(own.answered, own.proposals)
        text = say("{share} dijawab, {n} menunggu", share=share, n=format_number(own.waiting))
        bars.append(Bar(level_words(level), Decimal(100 * own.answered) / own.proposals, text, share))
    bars.sort(key=lambda one: one.value)
    title = (
        say("Tingkat yang paling jarang menjawab: {level}", level=bars[0].label)
        if len(bars) > 1
        else say("Jawaban menurut tingkat yang dituju")
    )
    said = say("Persen usulan yang dijawab, menurut tingkat pemerintahan yang diminta")
    return figure(at, "tingkat", title, said, Table(columns, tuple(rows)), bars)


def by_age(at: Stand, answers: Sequence[Answer]) -> Figure | None:
    """Count the proposals that wait by how long they do."""
    bounds = queries.rules(at.actor).ages
    counts = ages(answers, bounds)
    waiting = sum(counts)
    if not waiting:
        return None
    words = [say("sampai {n} hari", n=format_number(bounds[0]))]
    words += [
        say("{n} sampai {m} hari", n=format_number(low + 1), m=format_number(high))
        for low, high in pairwise(bounds)
    ]
    words += [say("lebih dari {n} hari", n=format_number(bounds[-1])), say("hari musyawarah tidak diketahui")]
    columns = (
        Column("umur", say("Menunggu")),
        Column("usulan", say("Usulan"), is_number=True),
        Column("persen", say("Persen dari yang menunggu"), is_number=True),
    )
    told = list(zip(words, counts, strict=True))
    rows = tuple((text_cell(one), number_cell(n), share_cell(n, waiting)) for one, n in told)
    bars = [Bar(one, Decimal(n), format_number(n)) for one, n in told[:-1]]
    title = say(
        "{n} dari {all} usulan yang menunggu sudah lebih dari {days} hari",
        n=format_number(counts[-2]),
        all=format_number(waiting),
        days=format_number(bounds[-1]),
    )
    said = say("Usulan yang belum dijawab, menurut hari sejak musyawarah")
    return figure(at, "umur", title, said, Table(columns, rows), bars)


def _days(days: int | None) -> Cell:
    """Make a cell of days; not reached is said."""
    return Cell(None, say("belum")) if days is None else number_cell(days)
