"""Tugas saya: the forms that are open for a village, how far each is filled, and where to go on."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sidara.collection import queries
from sidara.collection.core.answering import breakdowns_asked
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary
from sidara.dictionary.core.openings import Opening, Standing
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.language import format_date, say
from sidara.web.pages.places import Link

READ = "collection.read"
MOST_VILLAGES = 60


@dataclass(frozen=True)
class Task:
    """A form of a period: how many of its required cells are filled, when it is due, how far it is."""

    name: str
    period: str
    href: str
    filled: int
    required: int
    due_date: date
    days_left: int
    is_begun: bool
    faults: int
    is_late: bool

    @property
    def is_complete(self) -> bool:
        """Whether all that is required is filled."""
        return self.is_begun and self.filled >= self.required

    @property
    def measure(self) -> str:
        """How much is filled, in words."""
        if not self.required:
            return say("tidak ada yang wajib")
        return say("{filled} dari {required}", filled=str(self.filled), required=str(self.required))

    @property
    def standing(self) -> str:
        """How far it is, in words."""
        if not self.is_begun:
            return say("Belum dimulai")
        if self.faults:
            return say("{n} perlu diperbaiki atau dijelaskan", n=self.faults)
        return say("Lengkap") if self.is_complete else say("Sedang diisi")

    @property
    def style(self) -> str:
        """The style of its mark."""
        if not self.is_begun:
            return "diam"
        return "galat" if self.faults else "beres" if self.is_complete else "awas"

    @property
    def due(self) -> str:
        """When it is due, in words."""
        if self.is_late:
            return say("{day}, terlambat tetapi masih diterima", day=format_date(self.due_date))
        return say("{day}, {n} hari lagi", day=format_date(self.due_date), n=str(self.days_left))


@dataclass(frozen=True)
class Page:
    """The tasks of one village; `villages` are those among which a reader may choose."""

    region: Region | None
    under: str
    tasks: tuple[Task, ...]
    villages: tuple[Link, ...]
    go_on: Task | None

    @property
    def finding(self) -> str:
        """What is to be done, in one sentence."""
        open_ = [one for one in self.tasks if not one.is_complete or one.faults]
        if not self.tasks:
            return say("Tidak ada formulir yang dibuka saat ini.")
        if not open_:
            return say("Semua formulir yang dibuka sudah lengkap.")
        first = min(open_, key=lambda one: one.due_date)
        return say(
            "{n} dari {all} formulir belum selesai. Batas waktu terdekat {day}.",
            n=str(len(open_)),
            all=str(len(self.tasks)),
            day=format_date(first.due_date),
        )


def build(actor: Actor, *, today: date, code: str = "") -> Page:
    """Give the tasks of a village that the actor reads; without `code` of the first one."""
    own = _villages(actor)
    region = next((one for one in own if one.code == code), own[0] if own and not code else None)
    links = tuple(Link(one.full_name, f"{reverse('tasks')}?desa={one.code}") for one in own)
    if region is None:
        return Page(None, "", (), links, None)
    made = [
        _task(actor, region, one, today)
        for one in dictionary.openings_between(actor, today, today, region.id)
    ]
    tasks = sorted(made, key=lambda one: (not one.faults, one.is_complete, not one.is_begun, one.due_date))
    begun = [one for one in tasks if one.is_begun and (one.faults or not one.is_complete)]
    waiting = [one for one in tasks if not one.is_complete]
    above = ", ".join(one.full_name for one in reversed(regions.ancestors(actor, region.id)[-2:]))
    return Page(
        region, above, tuple(tasks), links if len(links) > 1 else (), next(iter(begun or waiting), None)
    )


def _villages(actor: Actor) -> list[Region]:
    """Give the villages for which the actor holds a grant, in the order of their codes."""
    codes = sorted({code for area in actor.areas(READ) for code in area.under})[:MOST_VILLAGES]
    found = regions.named(actor, codes)
    return [found[code] for code in codes if code in found and found[code].level is Level.VILLAGE]


def _task(actor: Actor, region: Region, opening: Opening, today: date) -> Task:
    key = SubmissionKey(opening.form, region.code, str(opening.period))
    made = dictionary.dictionary(actor)
    filled, faults, required, is_begun = 0, 0, _required(made, opening.form), False
    if queries.pinned_version(actor, key, region.id) is not None:
        judged = queries.judged(actor, key, today=today)
        if not isinstance(judged, Finding):
            is_begun = True
            filled = judged.counts.filled
            required = judged.counts.required - judged.counts.not_applicable
            faults = len({one.key for one in judged.blocking if one.finding.code not in OPEN})
    return Task(
        made.forms[opening.form].name,
        key.period,
        reverse("entry", args=[key.form, key.region, key.period]),
        filled,
        required,
        opening.due_date,
        (opening.due_date - today).days,
        is_begun,
        faults,
        opening.standing(today) is Standing.LATE,
    )


OPEN = {"REQUIRED_EMPTY", "LIST_EMPTY"}
"""Findings that say no more than that something is not filled yet: these are counted, not told as faults."""


def _required(made: Dictionary, form: str) -> int:
    """Count what a form that nobody began requires."""
    asked = (one for one in made.variables_of(form) if one.is_asked and one.is_required)
    lists = sum(one.is_required for one in made.lists_of(form))
    return sum(len(breakdowns_asked(made, one)) for one in asked) + lists
