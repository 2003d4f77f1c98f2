"""The board of leaders: how far the villages of an area are in four fields and towards three aims.

Every figure comes from `warehouse.queries.ask`; what belongs to a field, and what an aim is, is content.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

import polars as pl

from sidara.indices import queries as indices
from sidara.indices.core import Item, Level, Version
from sidara.indices.core.variables import variable
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.programmes.core.board import aims as aims_core
from sidara.programmes.core.board import fields as fields_core
from sidara.programmes.core.board.aims import Aim, AimStanding, Points
from sidara.programmes.core.board.fields import FieldContent, FieldStanding, FieldWord, IndexFields, WeakItem
from sidara.programmes.formats import board_files
from sidara.programmes.queries.rights import READ
from sidara.regions.core import DESA
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Answer, Query

type Shares = Mapping[str, Fraction | None]
type Parts = Mapping[str, Fraction]
"""The variables that make a share, with the most that each can be."""


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What is asked: an index (slug) with the data set of its levels and of its items, an area, a year.

    `items` is empty where no data set holds any; `before` = the year before in the same data set, if any.
    """

    index: str
    scores: str
    items: str
    under: str
    period: str
    before: str = ""


@dataclass(frozen=True)
class Board:
    """Fields and aims of an area, with the answers behind; `villages` = the desa that were asked about."""

    query: BoardQuery
    fields: tuple[FieldStanding, ...]
    aims: tuple[AimStanding, ...]
    villages: int
    answers: tuple[Answer, ...]

    @property
    def is_simulated(self) -> bool:
        """Whether any figure must carry the mark SIMULASI."""
        return any(one.is_simulated for one in self.answers)


def field_content(actor: Actor) -> FieldContent:
    """Give the fields and which item belongs to which."""
    require(actor, READ)
    return board_files.fields()


def village_aims(actor: Actor) -> tuple[Aim, ...]:
    """Give the definitions of the aims in their order."""
    require(actor, READ)
    return board_files.aims()


def board(actor: Actor, query: BoardQuery) -> Board | None:
    """Measure fields and aims of an area; `None` for an index that is not parted into fields.

    A field is measured by its items where enough desa have them all (`least_coverage_percent`), else by the
    level that comes next to it, and that is said. It is compared with the year before only where the same is
    known of both years. A desa whose scores are not all known is missing, never zero.
    """
    require(actor, READ)
    definition = indices.definition(actor, query.index)
    content, all_aims = _checked()
    parted = content.of(query.index)
    if definition is None or parted is None:
        return None
    version = definition.version_in(int(query.period)) or definition.versions[-1]
    now = _Scores.asked(actor, query, query.period, definition.code, version)
    then = None
    if query.before:
        then = _Scores.asked(actor, replace(query, items=""), query.before, definition.code, version)
    told = tuple(_field(content, parted, field, now, then) for field in content.fields)
    measured = tuple(
        aims_core.standing(
            aim,
            query.index,
            {part.code: now.of_points(part.of(query.index)) for part in aim.measured(query.index)},
            now.villages,
        )
        for aim in all_aims
    )
    return Board(query, told, measured, len(now.villages), now.answers)


@cache
def _checked() -> tuple[FieldContent, tuple[Aim, ...]]:
    """Read fields and aims and hold them against the indices; content that does not fit is our fault."""
    content, read = board_files.fields(), board_files.aims()
    held = indices.definitions(OPERATOR)
    faults = (*fields_core.lint(content, held), *aims_core.lint(read, held))
    if faults:
        raise ValueError("; ".join(f"{one.code} {one.message}" for one in faults))
    return content, read


@dataclass(frozen=True)
class _Scores:
    """Levels and items of the desa of an area in a year, one row a desa and variable."""

    code: str
    version: Version
    villages: tuple[str, ...]
    frame: pl.DataFrame
    answers: tuple[Answer, ...]
    period: str

    @classmethod
    def asked(cls, actor: Actor, query: BoardQuery, period: str, code: str, version: Version) -> "_Scores":
        """Ask for all levels, and for all items where a data set holds them."""
        levels = tuple(variable(code, one.code) for one in version.levels)
        asked = [(query.scores, levels)]
        if query.items:
            asked.append((query.items, tuple(variable(code, one.variable) for one in version.items)))
        answers = [
            warehouse.ask(actor, Query(dataset, variables, under=query.under, periods=(period,)))
            for dataset, variables in asked
        ]
        frames = [
            one.frame.filter(pl.col("kind").is_in(list(DESA))).select("region", "variable", "value")
            for one in answers
        ]
        villages = tuple(frames[0]["region"].unique().sort())
        return cls(code, version, villages, pl.concat(frames), tuple(answers), period)

    def shares(self, parts: Parts) -> Shares:
        """Give what each desa reaches of the most that its parts can be; `None` unless all are known."""
        whole = sum(parts.values(), Fraction(0))
        summed = (
            self.frame.filter(pl.col("variable").is_in(list(parts)) & pl.col("value").is_not_null())
            .group_by("region")
            .agg(pl.col("value").sum(), pl.len().alias("known"))
        )
        told = {
            region: Fraction(value) / whole
            for region, value, known in summed.iter_rows()
            if known == len(parts) and whole
        }
        return {village: told.get(village) for village in self.villages}

    def of_items(self, items: Sequence[Item]) -> Parts:
        """Give the variables of items."""
        return {variable(self.code, one.variable): one.maximum for one in items}

    def of_levels(self, codes: Sequence[str]) -> Parts:
        """Give the variables of levels: their own scale where they have one, else their points."""
        return {variable(self.code, one.code): _most(one) for one in self.version.levels if one.code in codes}

    def of_points(self, points: Points | None) -> Shares:
        """Give the shares that a part of an aim asks for."""
        if points is None:
            return {}
        items = [self.version.by_code[one] for one in points.items if one in self.version.by_code]
        return self.shares(self.of_items(items) if points.items else self.of_levels(points.levels))

    def weakest(self, items: Sequence[Item], most: int) -> tuple[WeakItem, ...]:
        """Give the items of which the least is reached, over the desa that have each."""
        by_variable = {variable(self.code, one.variable): one for one in items}
        summed = (
            self.frame.filter(pl.col("variable").is_in(list(by_variable)) & pl.col("value").is_not_null())
            .group_by("variable")
            .agg(pl.col("value").sum(), pl.len().alias("known"))
        )
        told = [
            WeakItem(item.code, item.name, Fraction(value) / (item.maximum * known), known)
            for name, value, known in summed.iter_rows()
            for item in (by_variable[name],)
        ]
        return tuple(sorted(told, key=lambda one: (one.share, one.code))[:most])


def _field(
    content: FieldContent, parted: IndexFields, field: FieldWord, now: _Scores, then: _Scores | None
) -> FieldStanding:
    """Measure one field by its items, else by the level next to it."""
    items = parted.items_of(now.version, field.code)
    shares = now.shares(now.of_items(items))
    made = fields_core.standing(field, shares)
    level = parted.level_of(field.code)
    is_by_items = bool(now.villages) and Fraction(made.known, len(now.villages)) >= content.least_coverage
    weakest = now.weakest(items, content.weakest)
    note = ""
    if not is_by_items:
        if level is None:
            missing = fields_core.standing(field, dict.fromkeys(now.villages))
            return replace(missing, weakest=weakest, note=_UNKNOWN)
        note = level.note
        shares = now.shares(now.of_levels([level.level]))
        made = fields_core.standing(field, shares, note=note)
    is_alike = level is not None and (not is_by_items or parted.is_whole(now.version, field.code))
    if then is None or level is None or not is_alike:
        return replace(made, weakest=weakest)
    change = _change(now, then, level.level)
    return replace(made, weakest=weakest, change=change, before=then.period if change is not None else "")


_UNKNOWN = "belum dapat dihitung: skor butir tidak terbit untuk cukup desa"


def _change(now: _Scores, then: _Scores, level: str) -> Fraction | None:
    """Give the change of a level in points of percent, over the desa that are known in both years."""
    after, before = now.shares(now.of_levels([level])), then.shares(then.of_levels([level]))
    both = [
        (new, old) for code, new in after.items() if new is not None and (old := before.get(code)) is not None
    ]
    if not both:
        return None
    return sum((new - old for new, old in both), Fraction(0)) / len(both) * 100


def _most(level: Level) -> Fraction:
    return level.max if level.max is not None else level.points or Fraction(0)
