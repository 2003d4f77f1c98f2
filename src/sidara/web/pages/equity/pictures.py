"""Pictures of the page of equity: bands of areas, parts of the whole over the years, ends, who moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.number import rounded
from sidara.programmes.core.spread import Moved, Part, Spread, SpreadPeriod, VillageFigure, moved
from sidara.programmes.queries import SpreadAnswer
from sidara.regions.core import DESA
from sidara.ui.charts import Threshold
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, percent_sign, say
from sidara.ui.periods import format_code
from sidara.ui.spread_charts import Band, Parted, bands, parted
from sidara.web.pages import places
from sidara.web.pages.equity.measures import Measure

FINE = 4
"""Decimals of Theil's index: of an index between 0 and 1 it is a few thousandths."""


@dataclass(frozen=True)
class Shown:
    """What the pictures are of: measure, answer, the period, who is counted enough, the ends named."""

    measure: Measure
    answer: SpreadAnswer
    now: SpreadPeriod
    sources: Sequence[Source]
    least: Fraction
    ends: int
    all_sources: Sequence[Source] = ()

    @property
    def word(self) -> str:
        """Name the areas that villages are grouped by."""
        return places.word(self.answer.level).lower() if self.answer.level else ""

    @property
    def many(self) -> str:
        """Name who is counted: an index is given to desa, forms are filled in by kelurahan, too."""
        return say("desa dan kelurahan") if len(self.measure.kinds) > len(DESA) else say("desa")

    @property
    def subtitle(self) -> str:
        """Say measure, unit and period."""
        unit = f", {self.measure.unit}" if self.measure.unit else ""
        return f"{self.measure.label}{unit}, {format_code(self.now.period)}"

    def number(self, value: Fraction | Decimal | None) -> str:
        """Write a figure of the measure."""
        return format_number(value, self.measure.decimals)

    def cell(self, value: Fraction | Decimal | None) -> Cell:
        """Show a figure of the measure."""
        return number_cell(value, self.measure.decimals)


def by_group(shown: Shown, spread: Spread, hrefs: Mapping[str, str]) -> Figure | None:
    """Draw the villages of each area as a band, with what each area adds to Theil's index."""
    if shown.answer.level is None or len(spread.parts) < 2:
        return None
    names = shown.answer.groups
    inside = {part.group: _inside(shown.now, part.group) for part in spread.parts}
    told = [part for part in spread.parts if inside[part.group] is not None]
    told.sort(key=lambda part: inside[part.group].median if inside[part.group] else 0, reverse=True)  # type: ignore[union-attr]  # those without are left out above
    if len(told) < 2:
        return None
    rows = [_band(shown, names[part.group], inside[part.group]) for part in told]
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("wilayah", places.word(shown.answer.level)),
        Column("desa", say("Desa"), is_number=True),
        Column("tanpa_data", say("Tanpa data"), is_number=True),
        Column("rata_rata", say("Rata-rata"), is_number=True),
        Column("p10", "P10", is_number=True),
        Column("tengah", say("Nilai tengah"), is_number=True),
        Column("p90", "P90", is_number=True),
        Column("theil", say("Theil di dalamnya"), is_number=True),
        Column("andil_dalam", say("Andil di dalam"), is_number=True),
        Column("andil_antar", say("Andil antarwilayah"), is_number=True),
    )
    silent = [part for part in spread.parts if inside[part.group] is None]
    body = tuple(
        _row(shown, spread, part, inside[part.group], hrefs.get(part.group, "")) for part in (*told, *silent)
    )
    total = (
        text_cell(None),
        text_cell(say("Semua")),
        number_cell(spread.count),
        number_cell(spread.missing),
        *(shown.cell(one) for one in (spread.mean, spread.p10, spread.median, spread.p90)),
        number_cell(Fraction(spread.theil), FINE),
        _percent(spread.within, spread),
        _percent(spread.between, spread),
    )
    widest = max(told, key=lambda part: _width(inside[part.group]))
    return Figure(
        "sebaran",
        say(
            "Desa di {high} paling tinggi, di {low} paling rendah; jarak terlebar di {wide}",
            high=names[told[0].group],
            low=names[told[-1].group],
            wide=names[widest.group],
        ),
        say(
            "{what}. Pita: dari batas sepersepuluh desa terbawah (P10) sampai batas sepersepuluh teratas"
            " (P90). Garis tegak: desa di tengah, jingga bila di bawah nilai tengah semua desa.",
            what=shown.subtitle,
        ),
        Table(columns, body, total),
        shown.sources,
        bands(
            rows,
            Threshold(say("tengah {value}", value=shown.number(spread.median)), _exact(shown, spread.median)),
            label=say("Sebaran desa menurut {word}: {what}", word=shown.word, what=shown.subtitle),
            decimals=shown.measure.decimals,
        ),
        notes=(
            say(
                "Andil semua {word}, di dalam dan antarwilayah, berjumlah 100 persen. Andil antarwilayah di"
                " bawah nol berarti rata-ratanya di bawah rata-rata semua desa.",
                word=shown.word,
            ),
        ),
    )


def over_years(shown: Shown, others: Sequence[SpreadPeriod]) -> Figure:
    """Set the periods beside each other: how many villages, P90/P10, Theil's index with its two parts.

    `others` = periods of the same measure from another data set; those with too few villages say so and
    have no figure.
    """
    rows = sorted((*shown.answer.periods, *others), key=lambda one: one.period)
    told = [(one, one.spread) for one in rows if one.coverage >= shown.least and one.spread is not None]
    columns = (
        Column("periode", say("Periode")),
        Column("desa", say("Desa ada angka"), is_number=True),
        Column("semua_desa", say("Semua desa"), is_number=True),
        Column("rata_rata", say("Rata-rata"), is_number=True),
        Column("p10", "P10", is_number=True),
        Column("p90", "P90", is_number=True),
        Column("p90_p10", "P90/P10", is_number=True),
        Column("theil", say("Indeks Theil"), is_number=True),
        Column("dalam", say("Di dalam"), is_number=True),
        Column("antar", say("Antarwilayah"), is_number=True),
        Column("gini", "Gini", is_number=True),
        Column("himpunan", say("Himpunan data"), is_file_only=True),
        Column("keterangan", say("Keterangan")),
    )
    parts = [
        Parted(
            format_code(one.period),
            rounded(Fraction(found.within) / Fraction(found.theil) * 100, 1),
            say(
                "di dalam {word} {percent}",
                word=shown.word,
                percent=_percent(found.within, found).text,
            ),
            say("antar{word} {percent}", word=shown.word, percent=_percent(found.between, found).text),
        )
        for one, found in told
        if shown.answer.level is not None and found.between_share is not None
    ]
    return Figure(
        "tahun",
        _trend(told),
        say("{label}: ketimpangan antardesa tiap periode, dan bagian-bagiannya.", label=shown.measure.label),
        Table(columns, tuple(_year(shown, one) for one in rows)),
        shown.all_sources,
        parted(parts, label=say("Bagian ketimpangan {label}", label=shown.measure.label), width=SLIM)
        if parts
        else None,
        notes=(
            say(
                "Indeks Theil 0 berarti semua desa sama. Bagian di dalam dan antarwilayah berjumlah tepat"
                " indeks itu."
            ),
        ),
    )


def ends(shown: Shown, hrefs: Mapping[str, str]) -> Figure:
    """Name the villages with the lowest and the highest figures."""
    known = shown.now.known
    low = known[: shown.ends]
    high = known[len(low) :][-shown.ends :]
    columns = (
        Column("ujung", say("Ujung")),
        Column("kode", say("Kode"), is_file_only=True),
        Column("nama", say("Desa")),
        Column("wilayah", say("Wilayah")),
        Column("nilai", say("Nilai"), is_number=True),
    )

    def row(word: str, one: VillageFigure) -> tuple[Cell, ...]:
        return (
            text_cell(word),
            text_cell(one.code),
            text_cell(one.name, href=hrefs.get(one.code, "")),
            text_cell(shown.answer.groups.get(one.group)),
            shown.cell(one.value),
        )

    body = [row(say("tertinggi"), one) for one in reversed(high)] + [row(say("terendah"), one) for one in low]
    first, last = known[-1], known[0]
    return Figure(
        "ujung",
        say("{high} tertinggi, {low} terendah", high=first.name, low=last.name),
        say(
            "{what}. Disebut paling banyak {n} desa di tiap ujung.",
            what=shown.subtitle,
            n=format_number(shown.ends),
        ),
        Table(columns, tuple(body)),
        shown.sources,
        is_folded=True,
    )


def movers(shown: Shown, hrefs: Mapping[str, str]) -> Figure | None:
    """Name who rose and fell most since the period before in the same data set."""
    place = shown.answer.periods.index(shown.now)
    before = shown.answer.periods[place - 1] if place else None
    if before is None:
        return None
    both = moved(before, shown.now)
    if not both:
        return None
    up = [one for one in both if one.change > 0]
    down = [one for one in both if one.change < 0]
    named = [*reversed(up[-shown.ends :]), *down[: shown.ends]]
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("nama", say("Desa")),
        Column("wilayah", say("Wilayah")),
        Column("sebelum", format_code(before.period), is_number=True),
        Column("kini", format_code(shown.now.period), is_number=True),
        Column("ubah", say("Perubahan"), is_number=True),
    )

    def row(one: Moved) -> tuple[Cell, ...]:
        change = rounded(one.change, shown.measure.decimals)
        return (
            text_cell(one.village.code),
            text_cell(one.village.name, href=hrefs.get(one.village.code, "")),
            text_cell(shown.answer.groups.get(one.village.group)),
            shown.cell(one.before),
            shown.cell(one.now),
            Cell(change, format_number(change, shown.measure.decimals, sign=True)),
        )

    return Figure(
        "bergerak",
        say(
            "{up} desa naik, {down} turun sejak {before}",
            up=format_number(len(up)),
            down=format_number(len(down)),
            before=format_code(before.period),
        ),
        say(
            "{what}; {n} desa ada angkanya pada kedua periode. Disebut yang paling naik dan paling turun.",
            what=shown.subtitle,
            n=format_number(len(both)),
        ),
        Table(columns, tuple(map(row, named))),
        shown.sources,
        is_folded=True,
    )


def _inside(period: SpreadPeriod, group: str) -> Spread | None:
    """Measure the villages of one area alone."""
    own = SpreadPeriod(period.period, tuple(one for one in period.villages if one.group == group))
    return own.spread


def _width(inside: Spread | None) -> Fraction:
    return inside.p90 - inside.p10 if inside else Fraction(0)


def _band(shown: Shown, name: str, inside: Spread | None) -> Band:
    if inside is None:
        raise ValueError("an area without figures has no band")
    low, median, high = (_exact(shown, one) for one in (inside.p10, inside.median, inside.p90))
    return Band(name, low, median, high)


def _exact(shown: Shown, value: Fraction) -> Decimal:
    return rounded(value, shown.measure.decimals)


def _row(shown: Shown, spread: Spread, part: Part, inside: Spread | None, href: str) -> tuple[Cell, ...]:
    ends_of = (inside.p10, inside.median, inside.p90) if inside else (None, None, None)
    return (
        text_cell(part.group),
        text_cell(shown.answer.groups.get(part.group), href=href),
        number_cell(part.count),
        number_cell(part.missing),
        shown.cell(part.mean),
        *(shown.cell(one) for one in ends_of),
        number_cell(Fraction(part.theil) if inside else None, FINE),
        _percent(part.within, spread),
        _percent(part.between, spread),
    )


def _percent(value: float, spread: Spread) -> Cell:
    """Show what a part is of Theil's index, in percent."""
    if spread.between_share is None:
        return number_cell(None)
    return number_cell(Fraction(value) / Fraction(spread.theil) * 100, 1, suffix=percent_sign())


def _year(shown: Shown, one: SpreadPeriod) -> tuple[Cell, ...]:
    is_enough = one.coverage >= shown.least
    found = one.spread if is_enough else None
    note = ""
    if not is_enough:
        note = say(
            "Hanya {n} dari {all} {many}; ketimpangannya tidak disebut.",
            many=shown.many,
            n=format_number(len(one.known)),
            all=format_number(len(one.villages)),
        )
    elif found is None:
        note = " ".join(say(finding.message) for finding in one.measured.findings)
    return (
        text_cell(format_code(one.period)),
        number_cell(len(one.known)),
        number_cell(len(one.villages)),
        *(shown.cell(value) for value in ((found.mean, found.p10, found.p90) if found else (None,) * 3)),
        number_cell(found.ratio if found else None, 2),
        number_cell(Fraction(found.theil) if found else None, FINE),
        _percent(found.within, found) if found else number_cell(None),
        _percent(found.between, found) if found else number_cell(None),
        number_cell(found.gini if found else None, FINE),
        text_cell(one.dataset),
        text_cell(note),
    )


def _trend(told: Sequence[tuple[SpreadPeriod, Spread]]) -> str:
    """Say how the spread moved between the first and the last period, or that there is only one."""
    if not told:
        return say("Belum ada periode dengan cukup desa untuk menyebut ketimpangan")
    first, last = told[0], told[-1]
    if first is last:
        return say("Baru satu periode yang cukup lengkap: {period}", period=format_code(last[0].period))
    change = rounded(Fraction(last[1].theil), FINE) - rounded(Fraction(first[1].theil), FINE)
    if not change:
        return say(
            "Ketimpangan tetap dari {first} sampai {last}",
            first=format_code(first[0].period),
            last=format_code(last[0].period),
        )
    return say(
        "Ketimpangan {word} dari {first} ke {last}",
        word=say("mengecil") if change < 0 else say("melebar"),
        first=format_code(first[0].period),
        last=format_code(last[0].period),
    )
