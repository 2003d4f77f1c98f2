"""Tables and pictures of opened items: all items, the activities that would raise the index, dimensions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.indices.core import ItemExplanation
from sidara.kernel.number import format_number, format_percent, rounded
from sidara.regions.core import Region
from sidara.ui.charts import Bar, ranking_bars
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
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
    return f"{item.activity.strip()} (tabel yang terbit mengulang arti skor di sini)"


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
        Column("tahun", "Tahun"),
        Column("subindeks", "Subindeks"),
        Column("kode_butir", "Kode"),
        Column("butir", "Butir"),
        Column("skor", "Skor", is_number=True),
        Column("skor_terbit", "Skor terbit", is_number=True),
        *((Column("jawaban", "Jawaban desa"),) if answers else ()),
        Column("arti", "Arti skor"),
        Column("kegiatan", "Kegiatan"),
        Column("tambahan", "Tambahan nilai", is_number=True),
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
        Column("kegiatan", "Kegiatan"),
        Column("butir", "Butir"),
        Column("skor", "Skor kini", is_number=True),
        Column("tambahan", f"Tambah {label}", is_number=True),
        Column("pelaksana", "Pelaksana"),
        Column("kode_butir", "Kode", is_file_only=True),
        *actors.columns(),
    )
    most = format_number(gain(edition, useful[0]), decimals)
    return Figure(
        told.key("kegiatan"),
        f"{format_number(len(useful))} kegiatan dapat menaikkan {label}, masing-masing paling banyak {most}",
        f"Urut dari tambahan terbesar, menurut tabel yang terbit dan skor {told.year}. Tambahan dihitung bila"
        " skor butir naik sampai penuh.",
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
            f"{format_percent(points[name], most[name])} ({points[name]} dari {most[name]})",
            format_percent(points[name], most[name]),
            is_low=points[name] * 2 < most[name],
        )
        for name in ranked
    ]
    table = Table(
        (
            Column("dimensi", "Dimensi"),
            Column("poin", "Poin", is_number=True),
            Column("poin_penuh", "Poin penuh", is_number=True),
            Column("persen", "Persen", is_number=True),
        ),
        tuple(
            (
                text_cell(name),
                number_cell(points[name]),
                number_cell(most[name]),
                number_cell(Fraction(points[name] * 100, most[name]), 1, suffix="\N{NO-BREAK SPACE}%"),
            )
            for name in ranked
        ),
    )
    return Figure(
        told.key("dimensi"),
        f"Terkuat: {ranked[0]}. Terlemah: {ranked[-1]}.",
        f"Poin butir menurut dimensi, persen dari poin penuh, {told.year}.",
        table,
        told.sources,
        ranking_bars(bars, label=f"Poin {told.region.name} menurut dimensi {told.year}", width=SLIM),
    )
