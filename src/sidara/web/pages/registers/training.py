"""Pictures of the training of officials: what is planned against the need, calendar, who took part."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from sidara.programmes import queries
from sidara.programmes.queries import Counted, PlannedTraining
from sidara.regions import queries as regions
from sidara.ui.charts import Bar
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, format_percent, month_name, say
from sidara.web.pages.registers.frame import BARS, Stand, areas, count_cell, figure, share_bar

MONTHS = 12


def planned_by_area(at: Stand, made: Counted, trained: Counted) -> Figure:
    """Set officials not trained for their post beside the villages that a planned training reaches."""
    reached = queries.areas_planned(at.actor, at.scope)
    every = sum(made.expected.values())
    there = sum(reached.values())
    need = Column("belum_dilatih", say("Belum dilatih untuk jabatannya"), is_number=True)
    seats = Column("kehadiran", say("Kehadiran pelatihan"), is_number=True)
    inside = Column("desa_masuk_rencana", say("Desa masuk rencana"), is_number=True)
    outside = Column("desa_di_luar_rencana", say("Desa di luar rencana"), is_number=True)

    def covered(id_: int) -> Cell:
        return Cell(
            reached.get(id_, 0),
            say(
                "{n} dari {all}",
                n=format_number(reached.get(id_, 0)),
                all=format_number(made.expected[id_]),
            ),
        )

    table = areas(
        at,
        made,
        (
            (need, lambda id_: count_cell(made.of_area(id_, "need"))),
            (seats, lambda id_: count_cell(trained.of_area(id_, "officials"))),
        ),
        known=(
            (inside, covered),
            (outside, lambda id_: number_cell(made.expected[id_] - reached.get(id_, 0))),
        ),
    )
    places = regions.regions(at.actor, made.expected)
    bars = sorted(
        (share_bar(places[id_].name, reached.get(id_, 0), all_of) for id_, all_of in made.expected.items()),
        key=lambda bar: (bar.value, bar.label),
    )[:BARS]
    title = (
        say(
            "{n} dari {all} desa belum masuk rencana pelatihan aparatur mana pun",
            n=format_number(every - there),
            all=format_number(every),
        )
        if there < every
        else say("Semua desa masuk rencana pelatihan aparatur")
    )
    said = say(
        "Persen desa yang dijangkau pelatihan aparatur yang direncanakan sejak {year}, terendah lebih dahulu",
        year=str(at.scope.year),
    )
    return figure(at, "rencana-wilayah", title, said, table, bars if there else ())


def calendar(at: Stand, trained: Counted, plans: Sequence[PlannedTraining]) -> Figure | None:
    """Count by month the trainings that began, beside those that are planned to begin."""
    total = trained.total
    wanted = Counter(one.starts.month for one in plans if one.starts and one.starts.year == at.scope.year)
    if not total["trainings"] and not wanted:
        return None
    columns = (
        Column("bulan", say("Bulan")),
        Column("pelatihan", say("Pelatihan dimulai"), is_number=True),
        Column("direncanakan", say("Direncanakan mulai"), is_number=True),
    )
    months = [(month, total[f"month:{month}"]) for month in range(1, MONTHS + 1)]
    rows = tuple(
        (text_cell(month_name(month)), number_cell(count), number_cell(wanted[month]))
        for month, count in months
    )
    bars = [Bar(month_name(month), Decimal(count), format_number(count)) for month, count in months]
    busiest = max(months, key=lambda one: one[1])[0]
    title = say("Pelatihan paling banyak dimulai pada bulan {month}", month=month_name(busiest))
    said = say("Pelatihan yang diikuti orang desa, menurut bulan mulainya")
    return figure(at, "kalender", title, said, Table(columns, rows), bars)


def participants(at: Stand, trained: Counted) -> Figure | None:
    """Count who took part in trainings; whoever followed two counts twice."""
    total = trained.total
    if not total["trainings"]:
        return None
    words = {
        "officials": say("Perangkat desa"),
        "heads": say("Kepala desa"),
        "board": say("Anggota BPD"),
        "institutions": say("Pengurus lembaga"),
        "people": say("Warga"),
    }
    every = sum(total[key] for key in words)
    columns = (
        Column("peserta", say("Peserta")),
        Column("kehadiran", say("Kehadiran"), is_number=True),
    )
    counts = [(one, total[key]) for key, one in words.items()]
    rows = tuple(
        (text_cell(one), number_cell(count))
        for one, count in (*counts, (say("Perempuan di antara semuanya"), total["women"]))
    )
    bars = [Bar(one, Decimal(count), format_number(count)) for one, count in counts]
    title = say(
        "{n} kehadiran dalam {m} pelatihan; perempuan {share}",
        n=format_number(every),
        m=format_number(total["trainings"]),
        share=format_percent(total["women"], every) if every else format_number(None),
    )
    said = say("Kehadiran menurut peserta; seorang yang ikut dua pelatihan dihitung dua kali")
    return figure(at, "peserta", title, said, Table(columns, rows), bars)


def planned(at: Stand, plans: Sequence[PlannedTraining]) -> Figure:
    """List what all levels plan to train officials in, in the year and later."""
    columns = (
        Column("kegiatan", say("Kegiatan")),
        Column("pelaksana", say("Pelaksana")),
        Column("tahun", say("Tahun")),
        Column("mulai", say("Mulai")),
        Column("desa", say("Desa sasaran di sini"), is_number=True),
        Column("peserta", say("Peserta"), is_number=True),
        Column("anggaran", say("Anggaran, rupiah"), is_number=True),
    )
    rows = tuple(
        (
            text_cell(one.name, language="id"),
            text_cell(one.agency, language="id"),
            text_cell(str(one.year)),
            text_cell(format_date(one.starts) if one.starts else None),
            number_cell(one.villages),
            number_cell(one.participants),
            number_cell(one.budget_idr),
        )
        for one in plans
    )
    reached: Counter[str] = Counter()
    for one in plans:
        reached[one.name] += one.villages or 0
    bars = [
        Bar(name, Decimal(count), say("{n} desa", n=format_number(count)), format_number(count))
        for name, count in reached.most_common(BARS)
        if count
    ]
    title = (
        say("{n} pelatihan aparatur direncanakan di sini", n=format_number(len(plans)))
        if plans
        else say("Belum ada rencana pelatihan aparatur dari tingkat mana pun")
    )
    said = say(
        "Desa sasaran tiap kegiatan pelatihan aparatur sejak {year}, dari semua tingkat pemerintahan",
        year=str(at.scope.year),
    )
    return figure(at, "rencana", title, said, Table(columns, rows) if rows else None, bars)
