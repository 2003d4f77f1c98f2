"""Tables and pictures of opened items: all items, the activities that would raise the index, dimensions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.indices.core import ItemExplanation
from sidara.kernel.number import rounded
from sidara.regions.core import Region
from sidara.ui.charts import Bar, ranking_bars
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, percent_sign, say
from sidara.web.pages import actors
from sidara.web.pages.index import Edition

OPEN_ACTIVITIES = 8
"""How many activities stand open on a page; the reader opens the others."""
FEW_ACTIVITIES = 3
"""The same where the others stand in the file only."""
MANY = 60
"""From so many items on they are lines of a table, and further activities stand in the file only."""


@dataclass(frozen=True)
class Told:
    """Of whom and when items tell, and from where; `prefix` begins the keys of figures that stand apart."""

    region: Region
    year: str
    sources: tuple[Source, ...]
    prefix: str = ""

    def key(self, name: str) -> str:
        """Name a figure."""
        return f"{self.prefix}{name}"


def is_many(edition: Edition) -> bool:
    """Say whether an index has too many items to open each on the page."""
    return len(edition.scale.items) >= MANY


def activity_text(item: ItemExplanation) -> str | None:
    """Give the activity as published; say so where the publication repeats the meaning in its place."""
    if item.activity is None or item.activity != item.meaning:
        return item.activity
    return say("{activity} (tabel yang terbit mengulang arti skor di sini)", activity=item.activity.strip())


def gain(edition: Edition, item: ItemExplanation) -> Decimal | None:
    """Give what the index gains, rounded as the page's other figures."""
    return None if item.gain is None else rounded(Decimal(str(item.gain)), edition.decimals)


def gain_text(edition: Edition, item: ItemExplanation) -> str:
    """Write the gain with its sign."""
    return format_number(gain(edition, item), edition.decimals, sign=True)


def item_table(
    edition: Edition, explained: Sequence[ItemExplanation], year: str, answers: Mapping[str, str]
) -> Table:
    """List all items of the year with all that is known of them."""
    columns = (
        Column("tahun", say("Tahun")),
        Column("subindeks", say("Subindeks")),
        Column("kode_butir", say("Kode")),
        Column("butir", say("Butir")),
        Column("skor", say("Skor"), is_number=True),
        Column("skor_terbit", say("Skor terbit"), is_number=True),
        *((Column("jawaban", say("Jawaban desa")),) if answers else ()),
        Column("arti", say("Arti skor")),
        Column("kegiatan", say("Kegiatan")),
        Column("tambahan", say("Tambahan nilai"), is_number=True),
        *actors.columns(is_file_only=False),
    )
    rows = tuple(
        (
            text_cell(year),
            text_cell(item.level),
            text_cell(item.code),
            text_cell(item.label),
            score_cell(item.score),
            score_cell(item.score_published),
            *((text_cell(answers.get(item.code)),) if answers else ()),
            text_cell(item.meaning),
            text_cell(item.activity),
            number_cell(gain(edition, item), edition.decimals),
            *actors.cells(item.actors),
        )
        for item in explained
    )
    return Table(columns, rows)


def score_cell(score: float | None) -> Cell:
    """Make a cell of a score; whole ones without decimals."""
    if score is None or score == int(score):
        return number_cell(None if score is None else int(score))
    return number_cell(Decimal(str(score)), 2)


def activities(edition: Edition, explained: Sequence[ItemExplanation], told: Told) -> Figure | None:
    """Rank the suggested activities by what the index gains."""
    useful = [item for item in explained if item.activity and item.gain]
    useful.sort(key=lambda item: -(item.gain or 0))
    if not useful:
        return None
    decimals, label = edition.decimals, edition.label
    rows = tuple(
        (
            text_cell(activity_text(item)),
            text_cell(item.label),
            score_cell(item.score),
            Cell(gain(edition, item), gain_text(edition, item)),
            actors.cell(item.actors),
            text_cell(item.code),
            *actors.cells(item.actors),
        )
        for item in useful
    )
    columns = (
        Column("kegiatan", say("Kegiatan")),
        Column("butir", say("Butir")),
        Column("skor", say("Skor kini"), is_number=True),
        Column("tambahan", say("Tambah {label}", label=label), is_number=True),
        Column("pelaksana", say("Pelaksana")),
        Column("kode_butir", say("Kode"), is_file_only=True),
        *actors.columns(),
    )
    most = format_number(gain(edition, useful[0]), decimals)
    return Figure(
        told.key("kegiatan"),
        say(
            "{useful} kegiatan dapat menaikkan {label}, masing-masing paling banyak {most}",
            useful=format_number(len(useful)),
            label=label,
            most=most,
        ),
        say(
            "Urut dari tambahan terbesar, menurut tabel yang terbit dan skor {year}. Tambahan"
            " dihitung bila skor butir naik sampai penuh.",
            year=told.year,
        ),
        Table(columns, rows),
        told.sources,
        first=FEW_ACTIVITIES if is_many(edition) else OPEN_ACTIVITIES,
        most=FEW_ACTIVITIES if is_many(edition) else None,
    )


def dimensions(edition: Edition, explained: Sequence[ItemExplanation], told: Told) -> Figure | None:
    """Rank the dimensions by the share of their points that the village has: what is strong, what is weak.

    An index whose levels are its dimensions has a picture of them already.
    """
    points: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for item in explained:
        if item.dimension and item.score is not None:
            points[item.dimension] += int(item.score)
            most[item.dimension] += int(edition.scale.by_code[item.code].maximum)
    if len(most) < 2 or set(most) <= {level.name for level in edition.scale.levels}:
        return None
    ranked = sorted(most, key=lambda name: (-Fraction(points[name], most[name]), name))
    bars = [
        Bar(
            name,
            rounded(Fraction(points[name] * 100, most[name]), 2),
            say(
                "{share} ({points} dari {most})",
                share=format_percent(points[name], most[name]),
                points=points[name],
                most=most[name],
            ),
            format_percent(points[name], most[name]),
            is_low=points[name] * 2 < most[name],
        )
        for name in ranked
    ]
    table = Table(
        (
            Column("dimensi", say("Dimensi")),
            Column("poin", say("Poin"), is_number=True),
            Column("poin_penuh", say("Poin penuh"), is_number=True),
            Column("persen", say("Persen"), is_number=True),
        ),
        tuple(
            (
                text_cell(name),
                number_cell(points[name]),
                number_cell(most[name]),
                number_cell(Fraction(points[name] * 100, most[name]), 1, suffix=percent_sign()),
            )
            for name in ranked
        ),
    )
    return Figure(
        told.key("dimensi"),
        say("Terkuat: {strongest}. Terlemah: {weakest}.", strongest=ranked[0], weakest=ranked[-1]),
        say("Poin butir menurut dimensi, persen dari poin penuh, {year}.", year=told.year),
        table,
        told.sources,
        ranking_bars(
            bars,
            label=say(
                "Poin {region_name} menurut dimensi {year}", region_name=told.region.name, year=told.year
            ),
            width=SLIM,
        ),
    )
