"""SIDARA Award: how well a team collects, as one score that opens to its parts (proposed, not decreed).

Score = weights x (completeness, timeliness, quality), each 0 to 1 and an exact fraction; what is shown is
rounded once. What a check or a verifier holds against cells that still stand (a copy, a warning that nobody
explained, a return that is not mended) earns neither completeness nor timeliness: who copies a form gains no
more than who leaves it empty, who invents a figure no more than who says that it is not known. Source:
`content/award.yaml`; ADR 0024.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from sidara.collection.core.chain import digest
from sidara.kernel.number import rounded
from sidara.regions.core import Difficulty


class Roll(StrEnum):
    """The two lists: teams that fill in (a village each), producers of data (a sector in a kabupaten)."""

    TEAM = "team"
    PRODUCER = "producer"


ROLLS = {"tim": Roll.TEAM, "produsen": Roll.PRODUCER}
"""The lists by their words in addresses and commands."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What is weighed how. `unknown_share`: what a required `tidak_tahu` counts of a filled cell.

    `days_to_zero`: after how many days of delay timeliness is nought.
    """

    version: str
    completeness: Fraction
    timeliness: Fraction
    quality: Fraction
    unknown_share: Fraction
    days_to_zero: int

    def __post_init__(self) -> None:
        """Refuse (`ValueError`) weights that do not add up to 1, and what is below 0."""
        parts = (self.completeness, self.timeliness, self.quality)
        if sum(parts) != 1 or min(*parts, self.unknown_share) < 0 or self.days_to_zero < 1:
            raise ValueError(self.version)

    @classmethod
    def of(cls, made: Mapping[str, Any]) -> "Formula":
        """Read the content, as it is in the package or as a run kept it."""
        weights = {name: Fraction(text) for name, text in made["weights"].items()}
        return cls(
            version=made["version"],
            unknown_share=Fraction(made["unknown_share"]),
            days_to_zero=made["days_to_zero"],
            **weights,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """What one submission brings: counts of its cells, and how many days after its due day it came.

    `required`, `not_applicable`, `filled` and `unknown` are of required cells (`unknown` are among the
    filled). `cells` are all that are filled; of them `unsound` are held against it now, `poor` were ever
    (returned, copied, in a warning that nobody explained); of a copy all are. `delay`: 0 on time, `None` = it
    did not come.
    """

    form: str
    period: str
    region: str
    required: int
    not_applicable: int
    filled: int
    unknown: int
    cells: int
    unsound: int
    poor: int
    delay: int | None


_ENTRY = tuple(one.name for one in fields(Entry))
COUNTS = _ENTRY[3:]
"""The numbers of an entry, by name."""


@dataclass(frozen=True)
class Score:
    """A score and what it is made of, as numerators and denominators over the entries.

    Without anything that applies, came due or was filled the measure is 0: nothing was brought.
    """

    formula: Formula
    entries: tuple[Entry, ...]

    @cached_property
    def completeness(self) -> Fraction:
        """Required cells that are filled and sound, of those that apply."""
        apply = sum(one.required - one.not_applicable for one in self.entries)
        return (
            sum((_filled(one, self.formula) for one in self.entries), Fraction(0)) / apply if apply else _NONE
        )

    @cached_property
    def timeliness(self) -> Fraction:
        """The mean over submissions: 1 until the due day, then linear to 0; of each its sound part."""
        if not self.entries:
            return _NONE
        return sum((_punctual(one, self.formula) for one in self.entries), Fraction(0)) / len(self.entries)

    @cached_property
    def quality(self) -> Fraction:
        """Filled cells against which nothing was ever held, of all filled ones."""
        cells = sum(one.cells for one in self.entries)
        return Fraction(cells - sum(one.poor for one in self.entries), cells) if cells else _NONE

    @cached_property
    def total(self) -> Fraction:
        """The weighted sum."""
        made = self.formula
        return (
            made.completeness * self.completeness
            + made.timeliness * self.timeliness
            + made.quality * self.quality
        )


_NONE = Fraction(0)
PARTS = ("completeness", "timeliness", "quality", "total")
"""What a line of a list says."""
DECIMALS = 8


def delay_of(came_day: int | None, due_day: int) -> int | None:
    """Give how many days after its due day something came (`date.toordinal`); `None` = it did not."""
    return None if came_day is None else max(0, came_day - due_day)


def _sound(one: Entry) -> Fraction:
    """Give the part of the filled cells against which nothing is held now."""
    return Fraction(one.cells - one.unsound, one.cells) if one.cells else _NONE


def _filled(one: Entry, formula: Formula) -> Fraction:
    """Give what its required cells count: each cell that is held against it takes one of them away."""
    return max(_NONE, one.filled - (1 - formula.unknown_share) * one.unknown - one.unsound)


def _punctual(one: Entry, formula: Formula) -> Fraction:
    if one.delay is None:
        return _NONE
    return max(_NONE, 1 - Fraction(max(0, one.delay), formula.days_to_zero)) * _sound(one)


@dataclass(frozen=True, slots=True)
class Read:
    """An entry as a run read it: the sector of its form, the kabupaten and the class of its village."""

    sector: str
    regency: str
    difficulty: Difficulty | None
    entry: Entry

    def subject(self, roll: Roll) -> str:
        """Say for whom it counts: the code of the village, or kabupaten and sector (`62.01-KES`)."""
        return self.entry.region if roll is Roll.TEAM else f"{self.regency}-{self.sector}"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody stands on a list, with the score; equal scores share a rank within the class."""

    roll: Roll
    subject: str
    difficulty: Difficulty | None
    rank: int
    score: Score

    @property
    def parts(self) -> tuple[Decimal, ...]:
        """The numbers that are kept (`PARTS`), rounded once."""
        return tuple(rounded(getattr(self.score, name), DECIMALS) for name in PARTS)


def placed(formula: Formula, read: Iterable[Read]) -> list[Placed]:
    """Give both lists: by class (`None` = nobody stated it, by itself), best first, then by code."""
    rows = sorted(read, key=lambda one: (one.entry.form, one.entry.period, one.entry.region))
    return [one for roll in Roll for one in _ranked(roll, *_scores(formula, rows, roll))]


def _scores(
    formula: Formula, rows: Iterable[Read], roll: Roll
) -> tuple[dict[str, Score], dict[str, Difficulty | None]]:
    own: dict[str, list[Read]] = {}
    for one in rows:
        own.setdefault(one.subject(roll), []).append(one)
    scores = {code: Score(formula, tuple(one.entry for one in found)) for code, found in own.items()}
    return scores, {code: class_of_many(_villages(found)) for code, found in own.items()}


def _villages(rows: Iterable[Read]) -> list[Difficulty | None]:
    return list({one.entry.region: one.difficulty for one in rows}.values())


def _ranked(
    roll: Roll, scores: Mapping[str, Score], classes: Mapping[str, Difficulty | None]
) -> Iterator[Placed]:
    for difficulty in (*Difficulty, None):
        own = sorted(code for code in scores if classes[code] is difficulty)
        own.sort(key=lambda code: scores[code].total, reverse=True)
        rank = 0
        for place, code in enumerate(own, 1):
            if place == 1 or scores[code].total != scores[own[place - 2]].total:
                rank = place
            yield Placed(roll, code, difficulty, rank, scores[code])


def class_of_many(classes: Sequence[Difficulty | None]) -> Difficulty | None:
    """Give the class of who works in several villages: that of the one in the middle, of two the easier one.

    `None` where it is stated for less than half of them.
    """
    stated = sorted((one for one in classes if one is not None), key=list(Difficulty).index)
    if 2 * len(stated) < len(classes) or not stated:
        return None
    return stated[(len(stated) - 1) // 2]


def canonical(formula: Mapping[str, Any]) -> str:
    """Write a formula down as a run keeps it."""
    return json.dumps(formula, ensure_ascii=False, sort_keys=True)


def content_hash(  # noqa: PLR0913, PLR0917 - all that a run is about
    dataset: str, area: str, year: int, day: date, formula: Mapping[str, Any], read: Iterable[Read]
) -> str:
    """Give the hash over all that a run reads, in the order in which it was read."""
    entries = [
        [one.sector, one.regency, one.difficulty or "", *(getattr(one.entry, name) for name in _ENTRY)]
        for one in read
    ]
    said = {"dataset": dataset, "area": area, "year": year, "day": str(day), "formula": dict(formula)}
    return digest(said | {"entries": entries})


def scores_hash(scores: Iterable[Placed]) -> str:
    """Give the hash over the lists that come out."""
    return digest(
        [
            [one.roll.value, one.subject, one.difficulty or "", one.rank, *map(str, one.parts)]
            for one in scores
        ]
    )
