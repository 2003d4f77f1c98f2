"""The heat table: areas by sector, form or period, one measure a tile; the worst areas first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sidara.kernel.number import rounded
from sidara.progress.core import Content, Sums
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, percent_sign, say
from sidara.web.pages.kokpit.asked import MEASURES
from sidara.web.pages.places import Link

NONE = "hx"
STYLES = ("h1", "h2", "h3", "h4", "h5")
KEYS = dict(zip(MEASURES, ("completeness", "timeliness", "doubt", "age"), strict=True))
IS_LOW_GOOD = ("keraguan", "umur")


@dataclass(frozen=True)
class Measure:
    """A measure: its name, what it says, how it is read from sums, its classes (bounds, the worst first)."""

    key: str
    name: str
    says: str
    of: Callable[[Sums], Fraction | None]
    bounds: Sequence[Decimal]
    decimals: int = 0

    def shown(self, sums: Sums) -> Decimal | None:
        """Give the figure as it is shown; a share is rounded down, so that 100 means all of it."""
        value = self.of(sums)
        if value is None:
            return None
        if self.key in IS_LOW_GOOD:
            return rounded(value, self.decimals)
        return Decimal(value.numerator * 100 // value.denominator)

    def style(self, shown: Decimal | None) -> str:
        """Give the class of a figure."""
        if shown is None:
            return NONE
        for style, bound in zip(STYLES, self.bounds, strict=False):
            if shown > bound if self.key in IS_LOW_GOOD else shown < bound:
                return style
        return STYLES[-1]

    def text(self, shown: Decimal | None) -> str:
        """Write a figure; none is an en dash."""
        return format_number(shown, self.decimals)


def measures(content: Content, today: int, days_to_zero: int) -> dict[str, Measure]:
    """Give the four measures by their word in the address."""

    def share(value: Fraction | None) -> Fraction | None:
        return None if value is None else value * 100

    told = {
        "kelengkapan": (
            say("Kelengkapan"),
            say("Persen isian wajib yang terisi"),
            lambda s: s.completeness,
            0,
        ),
        "ketepatan": (
            say("Ketepatan waktu"),
            say("Persen; tepat waktu 100, lalu turun menjadi 0 sesudah {days} hari", days=days_to_zero),
            lambda s: s.timeliness(days_to_zero),
            0,
        ),
        "keraguan": (
            say("Keraguan"),
            say("Persen isian yang disebut sebuah peringatan"),
            lambda s: share(s.doubt),
            1,
        ),
        "umur": (
            say("Umur data"),
            say("Rata-rata hari sejak isian terakhir dicatat"),
            lambda s: s.age(today),
            0,
        ),
    }
    return {
        key: Measure(key, name, says, of, content.classes[KEYS[key]], decimals)
        for key, (name, says, of, decimals) in told.items()
    }


@dataclass(frozen=True)
class Tile:
    """One figure: text, class, where it opens, the name of its column for phones."""

    text: str
    style: str
    href: str
    label: str


@dataclass(frozen=True)
class Row:
    """An area with its tiles."""

    name: Link
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Heat:
    """The table: title and measure, legend (class, words), columns, rows, the row of all."""

    title: str
    subtitle: str
    corner: str
    legend: Sequence[tuple[str, str]]
    columns: Sequence[Link]
    rows: Sequence[Row]
    foot: Row
    figure: Figure


@dataclass(frozen=True)
class Counted:
    """What is laid out: sums by (area, column), both as links, where a tile opens, words of both heads."""

    sums: Mapping[tuple[Any, Any], Sums]
    areas: Mapping[Any, Link]
    columns: Mapping[Any, Link]
    tile: Callable[[Any, Any], str]
    words: tuple[str, str]


def build(measure: Measure, counted: Counted, sources: Sequence[Source]) -> Heat:
    """Lay out a measure of sums, the worst areas first."""
    sums, areas, columns = counted.sums, counted.areas, counted.columns
    by_area = {area: sum((sums.get((area, one), Sums()) for one in columns), start=Sums()) for area in areas}
    by_column = {one: sum((sums.get((area, one), Sums()) for area in areas), start=Sums()) for one in columns}
    whole = sum(by_area.values(), start=Sums())

    def row(name: Link, area: Any, of: Mapping[Any, Sums]) -> Row:
        made = []
        for one, link in columns.items():
            shown = measure.shown(of[one])
            made.append(Tile(measure.text(shown), measure.style(shown), counted.tile(area, one), link.label))
        return Row(name, made)

    ordered = sorted(areas, key=lambda area: (_worst(measure, by_area[area]), areas[area].label))
    rows = [
        row(areas[area], area, {one: sums.get((area, one), Sums()) for one in columns}) for area in ordered
    ]
    foot = row(Link(say("Semua")), None, by_column)
    title = _title(measure, by_column, columns, by_area)
    return Heat(
        title,
        f"{measure.says}. {say('Buka satu kotak untuk yang ada di baliknya.')}",
        counted.words[0],
        _legend(measure),
        tuple(columns.values()),
        rows,
        foot,
        _figure(title, measure, counted, whole, sources),
    )


def _worst(measure: Measure, sums: Sums) -> tuple[int, Fraction]:
    value = measure.of(sums)
    if value is None:
        return (1, Fraction(0))
    return (0, -value if measure.key in IS_LOW_GOOD else value)


def _title(
    measure: Measure, by_column: Mapping[Any, Sums], columns: Mapping[Any, Link], by_area: Mapping[Any, Sums]
) -> str:
    """Say which column is worst, and how many areas need help."""
    known = [one for one in columns if measure.of(by_column[one]) is not None]
    if not known:
        return say("Belum ada yang dapat diukur")
    worst = min(known, key=lambda one: _worst(measure, by_column[one]))
    if measure.style(measure.shown(by_column[worst])) == STYLES[-1]:
        return say("Semua di kelas terbaik")
    low = sum(measure.style(measure.shown(one)) == STYLES[0] for one in by_area.values())
    name, figure = columns[worst].label, measure.text(measure.shown(by_column[worst]))
    if measure.key == "umur":
        said = say("{name} paling lama: {figure} hari", name=name, figure=figure)
    else:
        figure += percent_sign()
        said = (
            say("{name} paling meragukan: {figure}", name=name, figure=figure)
            if measure.key == "keraguan"
            else say("{name} paling rendah: {figure}", name=name, figure=figure)
        )
    return say("{said}; {n} wilayah perlu dibantu", said=said, n=format_number(low)) if low else said


def _legend(measure: Measure) -> Sequence[tuple[str, str]]:
    bounds = [format_number(one, 1 if one % 1 else 0) for one in measure.bounds]
    pairs = zip(measure.bounds, measure.bounds[1:], strict=False)
    if measure.key in IS_LOW_GOOD:
        spans = [(format_number(low, 1 if low % 1 else 0), format_number(high)) for high, low in pairs]
        first = say("di atas {bound}, perlu dibantu", bound=bounds[0])
        last = say("{bound} atau kurang", bound=bounds[-1])
    else:
        spans = [(format_number(low), format_number(high - 1)) for low, high in pairs]
        first = say("di bawah {bound}, perlu dibantu", bound=bounds[0])
        last = say("{low} sampai {high}", low=bounds[-1], high="100")
    words = [first, *(say("{low} sampai {high}", low=low, high=high) for low, high in spans), last]
    return (*zip(STYLES, words, strict=True), (NONE, say("tidak berlaku atau belum ada")))


def _figure(title: str, measure: Measure, counted: Counted, whole: Sums, sources: Sequence[Source]) -> Figure:
    """Give the same as a file: a row for each area and column with what the measures are made of."""
    areas, columns, sums, words = counted.areas, counted.columns, counted.sums, counted.words
    names = (
        ("diharapkan", say("Formulir ditunggu"), "expected"),
        ("dimulai", say("Dimulai"), "begun"),
        ("terkirim", say("Terkirim"), "sent"),
        ("kabupaten", say("Diperiksa kabupaten"), "regency"),
        ("final", say("Final"), "final"),
        ("terlambat", say("Terlambat"), "late"),
        ("wajib", say("Isian wajib"), "required"),
        ("terisi", say("Terisi"), "filled"),
        ("tidak_tahu", say("Tidak tahu"), "unknown"),
        ("tidak_berlaku", say("Tidak berlaku"), "not_applicable"),
        ("isian", say("Semua isian"), "cells"),
        ("meragukan", say("Meragukan"), "doubted"),
        ("dikembalikan", say("Pernah dikembalikan"), "returned"),
        ("tersalin", say("Tersalin"), "copied"),
    )
    table = Table(
        (
            Column("wilayah", words[0]),
            Column("kolom", words[1]),
            *(Column(key, label, is_number=True) for key, label, _ in names),
            Column(measure.key, measure.name, is_number=True),
        ),
        tuple(
            (
                text_cell(areas[area].label),
                text_cell(columns[one].label),
                *(number_cell(getattr(of, name)) for _, _, name in names),
                Cell(measure.shown(of), measure.text(measure.shown(of))),
            )
            for area in areas
            for one in columns
            for of in (sums.get((area, one), Sums()),)
        ),
    )
    said = say("{n} formulir ditunggu", n=format_number(whole.expected))
    return Figure("ringkasan", title, said, table, sources)
