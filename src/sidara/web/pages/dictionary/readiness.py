"""How far the data of a village are for each decision of its planning that needs them this year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sidara.collection.core.rights import READ
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening
from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Level as Depth
from sidara.regions.core import Region
from sidara.ui.language import format_date, format_number, say
from sidara.ui.periods import format_period
from sidara.verification import queries
from sidara.verification.core import Level

MOST_TOLD = 60
"""Forms that are named as missing of one decision."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A form that is not sent yet: its page, and until when it is due."""

    href: str
    name: str
    period: str
    due: str


@dataclass(frozen=True)
class Ready:
    """A decision of planning, and how many of the forms that serve it are where."""

    name: str
    day: str
    is_over: bool
    count: int
    sent: int
    final: int
    missing: Sequence[Missing]
    left: int

    @property
    def finding(self) -> str:
        """How far it is, in one sentence."""
        told = say(
            "{sent} dari {all} formulir sudah terkirim, {final} di antaranya final.",
            sent=format_number(self.sent),
            all=format_number(self.count),
            final=format_number(self.final),
        )
        return say("Data siap: semua formulir final.") if self.final == self.count else told


def own_village(actor: Actor) -> Region | None:
    """Give the village of the reader, where the grants name just one."""
    codes = {code for area in actor.areas(READ) for code in area.under}
    place = regions.resolve(actor, next(iter(codes))) if len(codes) == 1 else None
    return place if place is not None and place.level is Depth.VILLAGE else None


def build(actor: Actor, place: Region, *, year: int, today: date) -> list[Ready]:
    """Say how far the data of a village are, by the decisions of a year that they serve.

    Forms of the year before serve them, too. Nothing for who may not read what the village filled in.
    """
    key = SubmissionKey("", place.code, "")
    if place.level is not Depth.VILLAGE or not actor.may(READ, region=place.code, dataset=key.dataset):
        return []
    levels = queries.village_levels(actor, place.code)
    forms = dictionary.dictionary(actor).forms
    served: dict[tuple[date, str], list[Opening]] = {}
    for one in dictionary.openings_between(actor, date(year - 1, 1, 1), date(year, 12, 31), place.id):
        for need in one.needs:
            if need.starts_date is not None and need.starts_date.year == year:
                served.setdefault((need.starts_date, need.milestone.name), []).append(one)
    made = []
    for (day, name), openings in sorted(served.items()):
        at = {one: levels.get(Home(one.form, str(one.period)), Level.DRAFT) for one in openings}
        open_ones = sorted((one for one, level in at.items() if level is Level.DRAFT), key=_due)
        missing = [
            Missing(
                reverse("submission-sending", args=[one.form, place.code, str(one.period)]),
                forms[one.form].topic,
                format_period(one.period),
                format_date(one.due_date),
            )
            for one in open_ones[:MOST_TOLD]
        ]
        made.append(
            Ready(
                name,
                format_date(day),
                day < today,
                len(openings),
                len(openings) - len(open_ones),
                sum(level is Level.PROVINCE for level in at.values()),
                missing,
                max(0, len(open_ones) - MOST_TOLD),
            )
        )
    return made


def _due(one: Opening) -> tuple[date, str]:
    return one.due_date, one.form
