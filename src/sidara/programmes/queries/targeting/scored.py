"""What an index tells of villages as parts of a need: points lost, classes below the highest, own formulas.

Points are lost against the highest score that an item (or the index) can have. An open score is a span; a
formula over items with open scores is tried with every score that they can have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

import polars as pl

from sidara.collection.core import DataSet
from sidara.expressions import Expression, to_python
from sidara.indices import queries as indices
from sidara.indices.core import Definition, Item, Version, compute, keys, standing
from sidara.indices.core.feeding import rules_year, version_of
from sidara.indices.core.scoring import class_position, figure, highest
from sidara.indices.core.standing import Standing
from sidara.indices.queries import CollectedQuery
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date, now
from sidara.programmes.core.targeting.formulas import part_of
from sidara.programmes.core.targeting.need import Part, Sense, Source, Span
from sidara.programmes.core.targeting.question import AskedPart
from sidara.programmes.queries.targeting.published import Figures
from sidara.regions.core import dotted
from sidara.tables import LINE

MOST_TRIED = 400
"""So many ways in which open scores may stand together are tried in a formula; with more it is not known."""


@dataclass(frozen=True, eq=False)
class Scored:
    """Villages with their scores in one index and year, from one data set; `frame` as `compute` reads it.

    `rules_year`: whose rules judge them, where the index knows none of `year`.
    """

    definition: Definition
    version: Version
    dataset: DataSet
    year: int
    rules_year: int
    as_of: date
    frame: pl.DataFrame

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Give where the villages stand; all rows are of one version and year."""
        made = compute(self.definition, self.frame)
        return standing.standings(self.definition, self.frame, made.lines)

    @property
    def held(self) -> int:
        """Count the villages of which anything is known."""
        return self.frame.height

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Give the items by code."""
        return self.version.by_code

    @cached_property
    def names(self) -> Mapping[str, Item]:
        """Give the items by the name that a formula calls them (`I12_1`)."""
        return {item.variable: item for item in self.version.items}

    def codes(self, rows: Standing) -> list[str]:
        """Give the dotted codes of rows."""
        return [dotted(code) or code for code in rows.rows[keys.CODE]]

    def part(self, asked: AskedPart) -> tuple[Part, Figures]:
        """Give a part of the index and its figures."""
        match asked.source:
            case Source.ITEM:
                return self._item(asked)
            case Source.STATUS:
                return self._status(asked)
            case _:
                return self._index(asked)

    def _item(self, asked: AskedPart) -> tuple[Part, Figures]:
        item = self.items[asked.text]
        scale = 10**item.decimals
        low, top = self._ends(item)
        found = {}
        for rows in self.standings:
            for code, least, most in zip(
                self.codes(rows), rows.low[item.code], rows.high[item.code], strict=True
            ):
                found[code] = Span(Fraction(top - most, scale), Fraction(top - least, scale))
        label = f"{item.code} {item.name}"
        ends = Fraction(0), Fraction(top - low, scale)
        return _part(asked, label, "poin hilang", ends, item.decimals), found

    def _ends(self, item: Item) -> tuple[int, int]:
        """Give the lowest and highest score, whole numbers as the standings hold them."""
        scores = item.scores_in(self.rules_year)
        if scores or item.measure is None:
            return scores[0], scores[-1]
        scale = 10**item.decimals
        return int(item.measure.minimum * scale), int(item.measure.maximum * scale)

    def _index(self, asked: AskedPart) -> tuple[Part, Figures]:
        version = self.version
        top = highest(version, version.top)
        found = {}
        for rows in self.standings:
            index = figure(rows.version, rows.version.top)
            worst, best = (side.select(index.value).to_series() for side in (rows.worst, rows.best))
            for code, low, high in zip(self.codes(rows), worst, best, strict=True):
                ends = (Fraction(one) / (index.denominator or 1) for one in (high, low))
                found[code] = Span(*(top - one for one in ends))
        return part_of(asked, self.definition, version, top), found

    def _status(self, asked: AskedPart) -> tuple[Part, Figures]:
        version = self.version
        last = len(version.thresholds.classes) - 1
        found = {}
        for rows in self.standings:
            position = class_position(rows.version, figure(rows.version, rows.version.top))
            worst, best = (side.select(position).to_series() for side in (rows.worst, rows.best))
            for code, low, high in zip(self.codes(rows), worst, best, strict=True):
                found[code] = Span(Fraction(last - high), Fraction(last - low))
        return part_of(asked, self.definition, version, Fraction(last)), found

    def formula(self, asked: AskedPart, expression: Expression) -> tuple[Part, Figures]:
        """Evaluate an own formula over item scores (`S34`, `I12_1`)."""
        names = [self.names[name] for name in expression.names]
        of = to_python(expression)
        found: dict[str, Span | None] = {}
        for rows in self.standings:
            columns = [(rows.low[item.code], rows.high[item.code]) for item in names]
            for at, code in enumerate(self.codes(rows)):
                found[code] = _tried(
                    of, names, [(low[at], high[at]) for low, high in columns], self.rules_year
                )
        return _part(asked, asked.text, "", None, 2), found


def _tried(
    of: Callable[[Mapping[str, object]], object], names: list[Item], ends: list[tuple[int, int]], year: int
) -> Span | None:
    """Give the least and most of a formula over every score that its items can have together."""
    ways = [_scores(item, low, high, year) for item, (low, high) in zip(names, ends, strict=True)]
    if prod(map(len, ways)) > MOST_TRIED:
        return None
    values = []
    for scores in product(*ways):
        value = of({item.variable: score for item, score in zip(names, scores, strict=True)})
        if not isinstance(value, Fraction | int):
            return None
        values.append(Fraction(value))
    return Span(min(values), max(values))


def _scores(item: Item, low: int, high: int, year: int) -> list[Fraction]:
    scale = 10**item.decimals
    between = [one for one in item.scores_in(year) if low <= one <= high] or [low, high]
    return [Fraction(one, scale) for one in dict.fromkeys(between)]


def _part(
    asked: AskedPart, label: str, unit: str, ends: tuple[Fraction, Fraction] | None, decimals: int
) -> Part:
    sense = asked.sense or Sense.MORE
    return Part(asked.key, label, asked.source, unit, asked.weight, sense, ends, decimals)


def scored(
    actor: Actor, definition: Definition, dataset: DataSet, *, year: int | None, under: str | None
) -> Scored | None:
    """Lay the villages of an area with their item scores; `None` where a data set holds none of them."""
    period = None if year is None else str(year)
    table = indices.table(actor, definition, dataset.code, period=period, under=under)
    if table is None:
        return None
    told = int(table.period[:4])
    return Scored(definition, table.version, dataset, told, told, table.answer.as_of, table.frame)


def scored_by_answers(
    actor: Actor, definition: Definition, dataset: str, *, year: int | None, under: str | None
) -> Scored | None:
    """Lay the villages that filled in forms with the scores that follow; what answers leave open is open.

    Drafts count, too. An open score may be any: what the answers leave of it is not told here.
    """
    made = indices.collected(
        actor, definition, CollectedQuery(dataset, year=year, under=under, least_level=None)
    )
    if made.frame is None or made.frame.is_empty() or made.year is None or made.dataset is None:
        return None
    version, rules = version_of(definition, made.year), rules_year(definition, made.year)
    columns = [pl.col(name).cast(pl.String) for name in (keys.CODE, keys.YEAR, *version.by_code)]
    frame = made.frame.select(columns).with_row_index(LINE, offset=2).cast({LINE: pl.Int64})
    as_of = made.as_of or local_date(now())
    return Scored(definition, version, made.dataset, made.year, rules, as_of, frame)
