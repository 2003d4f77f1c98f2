"""A village's scores opened to its items: what each means, what would raise it, by how much, and who may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import polars as pl

from sidara.collection import queries as collection
from sidara.collection.core import DataSet
from sidara.indices.core import Depth, Explanation, ItemExplanation, Level, explain
from sidara.indices.core.variables import columns
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.kernel.number import Language
from sidara.regions.core import Region, bare
from sidara.tables import LINE
from sidara.ui.figures import Figure
from sidara.ui.language import active, format_number, say, speaking
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import EVERY, Answer, Query
from sidara.warehouse.core import Figure as FigureOfAnswer
from sidara.web.pages import actors, answers, index, itemized, sources
from sidara.web.pages.index import Edition
from sidara.web.pages.itemized import Told

APART = "simulasi-"
"""What the keys of figures begin with that stand apart from the page's real ones."""
KEPT = 128
"""How many explained villages a process keeps: the same figures give the same explanation."""


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
    answer: str = ""


@dataclass(frozen=True)
class Part:
    """One sub-index with its items."""

    name: str
    text: str
    items: Sequence[ItemView]


@dataclass(frozen=True)
class Opened:
    """A village's items of its newest year; `is_many` = they are lines of a table."""

    year: str
    parts: Sequence[Part]
    table: Figure
    activities: Figure | None
    dimensions: Figure | None
    is_many: bool = False

    @property
    def figures(self) -> tuple[Figure | None, ...]:
        """Give all that can be downloaded."""
        return self.table, self.activities, self.dimensions


@dataclass(frozen=True)
class Read:
    """The newest year of a village's items as the index explained it, with the answer it was asked from."""

    year: str
    explained: Explanation
    values: Mapping[str, Decimal]
    figures: Mapping[str, FigureOfAnswer]
    answer: Answer


def read(actor: Actor, edition: Edition, dataset: DataSet, region: Region) -> Read | None:
    """Explain the newest year for which a data set has items of a village; `None` when it has none."""
    scale = edition.scale
    asked_columns = columns(edition.definition, scale, Depth.ITEMS)
    scored = [variable for variable, column in asked_columns.items() if column in scale.by_code]
    replaced = [variable for variable in asked_columns if variable not in scored]
    asked = [edition.variable(one.name) for one in scale.inputs]
    known = {variable.code for variable in collection.variables(actor, dataset.code)}
    levels = [edition.variable(level.code) for level in (scale.top, *scale.sub_indices)]
    variables = (*scored, *(one for one in (*replaced, *asked) if one in known), *levels)
    answer = warehouse.ask(actor, Query(dataset.code, variables, codes=(region.code,), periods=EVERY))
    found = {
        (figure.period, figure.variable): figure
        for figure in answer.figures
        if figure.value is not None or figure.code is not None
    }
    years = sorted({period for period, variable in found if period and variable in scored})
    if not years:
        return None
    year = years[-1]
    figures = {variable: figure for (period, variable), figure in found.items() if period == year}
    values = {variable: figure.value for variable, figure in figures.items() if figure.value is not None}
    explained = _explained(actor, active(), edition.slug, _row(edition, region, year, values))
    return Read(year, explained, values, figures, answer) if isinstance(explained, Explanation) else None


def items(
    actor: Actor, edition: Edition, dataset: DataSet, region: Region, *, prefix: str = ""
) -> Opened | None:
    """Open the newest year for which a data set has items of a village; `None` when it has none.

    `prefix` begins the keys of figures that stand apart from the page's main ones.
    """
    one = read(actor, edition, dataset, region)
    if one is None:
        return None
    told = Told(region, one.year, sources.sources([one.answer]), prefix)
    said = answers.of_items(edition, one.figures, one.answer.variables)
    return _opened(edition, one.explained, one.values, said, told)


@lru_cache(maxsize=KEPT)
def _explained(
    actor: Actor, language: Language, slug: str, row: tuple[tuple[str, str | None], ...]
) -> Explanation | tuple[Finding, ...]:
    """Explain one row of scores, given as pairs of column and text."""
    with speaking(language):
        definition = index.definition(actor, slug)
    frame = pl.DataFrame({name: pl.Series([text], dtype=pl.String) for name, text in row})
    return explain(definition, frame.with_columns(pl.lit(2, pl.Int64).alias(LINE)))


def _row(
    edition: Edition, region: Region, year: str, values: Mapping[str, Decimal]
) -> tuple[tuple[str, str | None], ...]:
    """Lay the scores that `ask` gave as the row that the index reads."""
    read = columns(edition.definition, edition.scale, Depth.ITEMS)
    scores = {column: _text(values.get(variable)) for variable, column in read.items()}
    row: dict[str, str | None] = {"kode": bare(region.code), "tahun": year, **scores}
    return tuple(row.items())


def _text(value: Decimal | None) -> str | None:
    """Write a score as the shortest text; a missing one is empty."""
    if value is None:
        return None
    return str(int(value)) if value == int(value) else str(value.normalize())


def _opened(
    edition: Edition,
    explained: Explanation,
    values: Mapping[str, Decimal],
    said: Mapping[str, str],
    told: Told,
) -> Opened:
    """Set what the index explained into parts, tables and pictures."""
    scale = edition.scale
    parts = [
        Part(
            level.name,
            _part_text(edition, level, [one for one in explained.items if one.level == level.code], values),
            tuple(
                _view(edition, item, said.get(item.code, ""))
                for item in explained.items
                if item.level == level.code
            ),
        )
        for level in scale.sub_indices
    ]
    return Opened(
        told.year,
        tuple(parts),
        Figure(
            told.key("butir"),
            say(
                "Skor {items} butir {label} {region_name}, {year}",
                items=len(explained.items),
                label=edition.label,
                region_name=told.region.name,
                year=told.year,
            ),
            say("Skor, arti, kegiatan, tambahan nilai, dan pelaksana tiap butir."),
            itemized.item_table(edition, explained.items, told.year, said),
            told.sources,
        ),
        itemized.activities(edition, explained.items, told),
        itemized.dimensions(edition, explained.items, told),
        itemized.is_many(edition),
    )


def _part_text(
    edition: Edition, level: Level, below: Sequence[ItemExplanation], values: Mapping[str, Decimal]
) -> str:
    """Say a part's figure and points, or how many of its items are not sure."""
    points = [item.score for item in below if item.score is not None]
    lacking = len(below) - len(points)
    told = []
    if level.max is not None:
        figure = values.get(edition.variable(level.code))
        told.append(f"{level.code} {format_number(figure, edition.decimals)}")
    if not lacking and level.points:
        told.append(
            say(
                "{sum} dari {points} poin",
                sum=format_number(int(sum(points))),
                points=format_number(int(level.points)),
            )
        )
    if lacking and edition.ends:
        told.append(say("{lacking} butir belum pasti", lacking=format_number(lacking)))
    return ", ".join(told)


def _view(edition: Edition, item: ItemExplanation, answer: str) -> ItemView:
    """Write one item for the screen."""
    most = edition.scale.by_code[item.code].maximum
    is_full = item.score is not None and Fraction(item.score) >= most
    score = (
        _no_score(edition)
        if item.score is None
        else say("{text} dari {most}", text=itemized.score_cell(item.score).text, most=format_number(most))
    )
    return ItemView(
        item.code,
        item.label,
        score,
        format_number(None if item.score is None else most - Fraction(item.score)),
        item.meaning or say("tidak disebut dalam tabel yang terbit"),
        itemized.activity_text(item)
        or (
            say("tidak perlu, skor sudah penuh") if is_full else say("tidak disebut dalam tabel yang terbit")
        ),
        itemized.gain_text(edition, item),
        actors.named(item.actors),
        answer,
    )


def _no_score(edition: Edition) -> str:
    """Say why an item has no score: it was left open, or not published."""
    return say("belum pasti") if edition.ends else say("tidak ada")
