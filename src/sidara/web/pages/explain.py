"""A village's scores opened to its items: what each means, what would raise it, by how much, and who may."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from sidara.collection.core import DataSet
from sidara.indices.core import Explanation, ItemExplanation, Version, explain
from sidara.kernel.actor import Actor
from sidara.kernel.number import format_number, format_percent, rounded
from sidara.regions.core import Region, bare
from sidara.tables import LINE
from sidara.ui.charts import Bar, ranking_bars
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import EVERY, Query
from sidara.web.pages import content, sources
from sidara.web.pages.index import Edition

APART = "simulasi-"
"""What the keys of figures begin with that stand apart from the page's real ones."""


@dataclass(frozen=True)
class Told:
    """Of whom and when items tell, and from where; `is_apart` = simulated beside real figures."""

    region: Region
    year: str
    sources: tuple[Source, ...]
    is_apart: bool

    def key(self, name: str) -> str:
        """Name a figure; those that stand apart say so."""
        return f"{APART}{name}" if self.is_apart else name


OPEN_ACTIVITIES = 8
"""How many activities stand open on a page; the reader opens the others."""


@dataclass(frozen=True)
class ItemView:
    """One item as it is read: every figure written, every gap said."""

    code: str
    label: str
    score_text: str
    lost_text: str
    meaning: str
    activity: str
    gain_text: str
    actors: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """One sub-index with its items."""

    name: str
    text: str
    items: Sequence[ItemView]


@dataclass(frozen=True)
class Opened:
    """A village's items of its newest year; `is_apart` = simulated, beside real figures of the same page."""

    year: str
    parts: Sequence[Part]
    table: Figure
    activities: Figure | None
    dimensions: Figure | None
    is_apart: bool

    @property
    def figures(self) -> tuple[Figure | None, ...]:
        """Give all that can be downloaded."""
        return self.table, self.activities, self.dimensions


def items(
    actor: Actor, edition: Edition, dataset: DataSet, region: Region, *, is_apart: bool = False
) -> Opened | None:
    """Open the newest year for which a data set has items of a village; `None` when it has none."""
    scale = edition.scale
    scored = [edition.variable(item.variable) for item in scale.items]
    replaced = [edition.variable(quirk.column.upper()) for quirk in scale.replaced_scores() if quirk.column]
    known = {variable for variable in replaced if warehouse.periods(actor, dataset.code, variable)}
    levels = [edition.variable(level.code) for level in (scale.top, *scale.sub_indices)]
    answer = warehouse.ask(
        actor,
        Query(dataset.code, (*scored, *known, *levels), codes=(region.code,), periods=EVERY),
    )
    value_of = {(f.period, f.variable): f.value for f in answer.figures if f.value is not None}
    years = sorted(period for period, variable in value_of if period and variable in scored)
    if not years:
        return None
    year = years[-1]
    values = {variable: value for (period, variable), value in value_of.items() if period == year}
    explained = explain(edition.definition, _row(edition, region, year, values))
    if not isinstance(explained, Explanation):
        return None
    return _opened(
        edition, explained, values, Told(region, year, sources.sources([answer]), is_apart=is_apart)
    )


def _row(edition: Edition, region: Region, year: str, values: Mapping[str, Decimal]) -> pl.DataFrame:
    """Lay the scores that `ask` gave as the one-row table that the index reads."""
    scale = edition.scale
    scores = {item.code: _text(values.get(edition.variable(item.variable))) for item in scale.items}
    replaced = {
        quirk.column: _text(values.get(edition.variable(quirk.column.upper())))
        for quirk in scale.replaced_scores()
        if quirk.column
    }
    row = {"kode": bare(region.code), "tahun": year, **scores, **replaced}
    return pl.DataFrame(
        {name: pl.Series([text], dtype=pl.String) for name, text in row.items()}
    ).with_columns(pl.lit(2, pl.Int64).alias(LINE))


def _text(value: Decimal | None) -> str | None:
    """Write a score as the shortest text; a missing one is empty."""
    if value is None:
        return None
    return str(int(value)) if value == int(value) else str(value.normalize())


def _opened(edition: Edition, explained: Explanation, values: Mapping[str, Decimal], told: Told) -> Opened:
    """Set what the index explained into parts, tables and pictures."""
    scale = edition.scale
    by_level: dict[str, list[ItemExplanation]] = {}
    for item in explained.items:
        by_level.setdefault(item.level, []).append(item)
    parts = []
    for level in scale.sub_indices:
        below = [item for one in by_level.items() if one[0] == level.code for item in one[1]]
        figure = format_number(values.get(edition.variable(level.code)), scale.thresholds.decimals)
        points = [item.score for item in below if item.score is not None]
        text = f"{level.code} {figure}"
        if len(points) == len(below) and level.points:
            text += f", {format_number(int(sum(points)))} dari {format_number(int(level.points))} poin"
        parts.append(Part(level.name, text, tuple(_view(scale, item) for item in below)))
    return Opened(
        told.year,
        tuple(parts),
        Figure(
            told.key("butir"),
            f"Skor {len(explained.items)} butir {scale.top.code} {told.region.name}, {told.year}",
            "Skor, arti, kegiatan, tambahan nilai, dan pelaksana tiap butir.",
            _item_table(scale, explained.items, told.year),
            told.sources,
        ),
        _activities(scale, explained.items, told),
        _dimensions(scale, explained.items, told),
        told.is_apart,
    )


def _view(scale: Version, item: ItemExplanation) -> ItemView:
    """Write one item for the screen."""
    most = scale.by_code[item.code].maximum
    is_full = item.score is not None and Fraction(item.score) >= most
    score = (
        "tidak ada" if item.score is None else f"{_score_cell(item.score).text} dari {format_number(most)}"
    )
    return ItemView(
        item.code,
        item.label,
        f"skor {score}",
        format_number(None if item.score is None else most - Fraction(item.score)),
        item.meaning or "tidak disebut dalam tabel yang terbit",
        _activity_text(item)
        or ("tidak perlu, skor sudah penuh" if is_full else "tidak disebut dalam tabel yang terbit"),
        _gain_text(scale, item),
        _actors(item),
    )


def _activity_text(item: ItemExplanation) -> str | None:
    """Give the activity as published; say so where the publication repeats the meaning in its place."""
    if item.activity is None or item.activity != item.meaning:
        return item.activity
    return f"{item.activity.strip()} (tabel yang terbit mengulang arti skor di sini)"


def _gain(scale: Version, item: ItemExplanation) -> Decimal | None:
    """Give what the index gains, rounded as the page's other figures."""
    return None if item.gain is None else rounded(Decimal(str(item.gain)), scale.thresholds.decimals)


def _gain_text(scale: Version, item: ItemExplanation) -> str:
    """Write the gain with its sign."""
    return format_number(_gain(scale, item), scale.thresholds.decimals, sign=True)


def _actors(item: ItemExplanation) -> tuple[tuple[str, str], ...]:
    """Name who may raise an item, from the centre down."""
    return tuple(
        (word, named) for key, word in content.pages()["actors"].items() if (named := item.actors.get(key))
    )


def _actor_cells(item: ItemExplanation) -> tuple[Cell, ...]:
    """Give one cell for each kind of actor, for files."""
    return tuple(text_cell(item.actors.get(key)) for key in content.pages()["actors"])


def _actor_columns(*, is_file_only: bool) -> tuple[Column, ...]:
    """Give one column for each kind of actor."""
    named = content.pages()["actors"].items()
    return tuple(Column(key, word, is_file_only=is_file_only) for key, word in named)


def _item_table(scale: Version, explained: Sequence[ItemExplanation], year: str) -> Table:
    """List all items of the year with all that is known of them."""
    columns = (
        Column("tahun", "Tahun"),
        Column("subindeks", "Subindeks"),
        Column("kode_butir", "Kode"),
        Column("butir", "Butir"),
        Column("skor", "Skor", is_number=True),
        Column("skor_terbit", "Skor terbit", is_number=True),
        Column("arti", "Arti skor"),
        Column("kegiatan", "Kegiatan"),
        Column("tambahan", "Tambahan nilai", is_number=True),
        *_actor_columns(is_file_only=False),
    )
    rows = tuple(
        (
            text_cell(year),
            text_cell(item.level),
            text_cell(item.code),
            text_cell(item.label),
            _score_cell(item.score),
            _score_cell(item.score_published),
            text_cell(item.meaning),
            text_cell(item.activity),
            number_cell(_gain(scale, item), scale.thresholds.decimals),
            *_actor_cells(item),
        )
        for item in explained
    )
    return Table(columns, rows)


def _score_cell(score: float | None) -> Cell:
    """Make a cell of a score; whole ones without decimals."""
    if score is None or score == int(score):
        return number_cell(None if score is None else int(score))
    return number_cell(Decimal(str(score)), 2)


def _activities(scale: Version, explained: Sequence[ItemExplanation], told: Told) -> Figure | None:
    """Rank the suggested activities by what the index gains."""
    useful = [item for item in explained if item.activity and item.gain]
    useful.sort(key=lambda item: -(item.gain or 0))
    if not useful:
        return None
    decimals = scale.thresholds.decimals
    rows = tuple(
        (
            text_cell(_activity_text(item)),
            text_cell(item.label),
            _score_cell(item.score),
            Cell(_gain(scale, item), _gain_text(scale, item)),
            text_cell("; ".join(who if who == word else f"{word}: {who}" for word, who in _actors(item))),
            text_cell(item.code),
            *_actor_cells(item),
        )
        for item in useful
    )
    columns = (
        Column("kegiatan", "Kegiatan"),
        Column("butir", "Butir"),
        Column("skor", "Skor kini", is_number=True),
        Column("tambahan", f"Tambah {scale.top.code}", is_number=True),
        Column("pelaksana", "Pelaksana"),
        Column("kode_butir", "Kode", is_file_only=True),
        *_actor_columns(is_file_only=True),
    )
    most = format_number(_gain(scale, useful[0]), decimals)
    return Figure(
        told.key("kegiatan"),
        f"{format_number(len(useful))} kegiatan dapat menaikkan {scale.top.code}, masing-masing paling banyak"
        f" {most}",
        f"Urut dari tambahan terbesar, menurut tabel yang terbit dan skor {told.year}. Tambahan dihitung bila"
        " skor butir naik sampai penuh.",
        Table(columns, rows),
        told.sources,
        first=OPEN_ACTIVITIES,
    )


def _dimensions(scale: Version, explained: Sequence[ItemExplanation], told: Told) -> Figure | None:
    """Rank the dimensions by the share of their points that the village has: what is strong, what is weak."""
    points: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for item in explained:
        if item.dimension and item.score is not None:
            points[item.dimension] += int(item.score)
            most[item.dimension] += int(scale.by_code[item.code].maximum)
    if len(most) < 2:
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
