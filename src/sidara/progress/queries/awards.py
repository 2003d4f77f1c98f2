"""Runs of the award: lists, what a score is made of, and whether the entries still give the scores."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import QuerySet

from sidara.kernel import content as files
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.progress import models
from sidara.progress.core.award import (
    COUNTS,
    Entry,
    Formula,
    Read,
    Roll,
    Score,
    content_hash,
    placed,
    scores_hash,
)
from sidara.progress.queries.marked import READ
from sidara.regions.core import Difficulty

READ_AWARD = "progress.read_award"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is kept. `formula` is the content of that day; days and moments as in `models.AwardRun`."""

    number: int
    dataset: str
    area: str
    area_name: str
    year: int
    day: date
    formula: Mapping[str, Any]
    content_hash: str
    scores_hash: str
    actor_name: str
    actor_function: str
    made_at: datetime

    @property
    def is_simulated(self) -> bool:
        """Whether it is about example villages."""
        return self.dataset.startswith("simulated:")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; parts and total lie between 0 and 1, rounded to 8 decimals."""

    roll: Roll
    subject: str
    name: str
    difficulty: Difficulty | None
    rank: int
    completeness: Decimal
    timeliness: Decimal
    quality: Decimal
    total: Decimal


@cache
def _formula() -> dict[str, Any]:
    return dict(files.load("sidara.progress", "award"))


def award_formula(actor: Actor) -> Mapping[str, Any]:
    """Give the content by which the award is run today: everybody may read it."""
    require(actor, READ)
    return _formula()


def days_to_zero(actor: Actor) -> int:
    """Say after how many days of delay timeliness is nought, by the formula of today."""
    return int(award_formula(actor)["days_to_zero"])


def award_runs(actor: Actor, *, dataset: str = "") -> list[Run]:
    """Give the runs, newest first. Refuses (`NotAllowed`) who may see the award nowhere."""
    require_somewhere(actor, READ_AWARD)
    rows = models.AwardRun.objects.all()
    return [_run(row) for row in (rows.filter(dataset=dataset) if dataset else rows)]


def award_run(actor: Actor, number: int) -> Run | None:
    """Give a run; refuses as `award_runs`."""
    require_somewhere(actor, READ_AWARD)
    row = models.AwardRun.objects.filter(number=number).first()
    return None if row is None else _run(row)


def award_lines(
    actor: Actor, number: int, roll: Roll, *, subjects: Sequence[str] | None = None
) -> list[Line]:
    """Give a list of a run, or the lines of some on it: by class, then by rank; refuses as `award_runs`."""
    require_somewhere(actor, READ_AWARD)
    rows = models.AwardScore.objects.filter(run=number, roll=roll.value)
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    order = [one.value for one in Difficulty]
    lines = [
        Line(
            roll,
            row.subject,
            row.name,
            Difficulty(row.difficulty) if row.difficulty else None,
            row.rank,
            row.completeness,
            row.timeliness,
            row.quality,
            row.total,
        )
        for row in rows.order_by("rank", "subject")
    ]
    return sorted(lines, key=lambda one: order.index(one.difficulty) if one.difficulty else len(order))


def award_score(actor: Actor, number: int, roll: Roll, subject: str) -> Score | None:
    """Open a score to its parts: reckoned again from the entries of the run; refuses as before."""
    run = award_run(actor, number)
    if run is None:
        return None
    rows = models.AwardEntry.objects.filter(run=number)
    if roll is Roll.TEAM:
        rows = rows.filter(region_code=subject)
    else:
        regency, _, sector = subject.partition("-")
        rows = rows.filter(regency_code=regency, sector=sector)
    entries = tuple(one.entry for one in _kept(rows.order_by("form", "period", "region_code")))
    return Score(Formula.of(run.formula), entries) if entries else None


def award_is_whole(actor: Actor, number: int) -> bool:
    """Run the award again over the entries that were kept: whether both hashes come out as they were."""
    run = award_run(actor, number)
    if run is None:
        return False
    read = list(_kept(models.AwardEntry.objects.filter(run=number).order_by("pk")))
    said = run.dataset, run.area, run.year, run.day, run.formula
    scores = placed(Formula.of(run.formula), read)
    return (content_hash(*said, read), scores_hash(scores)) == (run.content_hash, run.scores_hash)


def _kept(rows: "QuerySet[models.AwardEntry]") -> list[Read]:
    names = ("sector", "regency_code", "difficulty", "form", "period", "region_code", *COUNTS)
    return [
        Read(sector, regency, Difficulty(difficulty) if difficulty else None, Entry(*rest))
        for sector, regency, difficulty, *rest in rows.values_list(*names)
    ]


def _run(row: models.AwardRun) -> Run:
    return Run(
        row.number,
        row.dataset,
        row.area_code,
        row.area_name,
        row.year,
        row.day,
        json.loads(row.formula),
        row.content_hash,
        row.scores_hash,
        row.actor_name,
        row.actor_function,
        row.made_at,
    )
