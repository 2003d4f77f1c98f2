"""Tugas saya: the forms that are open for a village, how far each is, what waits for endorsement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from sidara.collection import queries
from sidara.collection.core.answering import breakdowns_asked
from sidara.collection.core.dataset import dataset_of
from sidara.collection.core.judged import NOT_FILLED
from sidara.collection.core.rights import BRING, FILL, READ, REDACT
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, Form
from sidara.dictionary.core.openings import Opening, Standing
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.programmes.queries import IMPORT_PLANS
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.language import format_date, format_number, say
from sidara.ui.periods import format_code, format_period
from sidara.verification import queries as verification
from sidara.verification import services as acts
from sidara.verification.core import Level as Sent
from sidara.web.pages.entry import beyond, redaction, reopened
from sidara.web.pages.entry.addresses import PAPER_DOOR, WEB_DOOR, page_of
from sidara.web.pages.entry.beyond import Beyond
from sidara.web.pages.places import Link

ONE_VILLAGE = ("HTML", "html")
FILES = (("Excel", "xlsx"), ("CSV", "csv"), ("PDF", "pdf"), ONE_VILLAGE)
MOST_VILLAGES = 60


@dataclass(frozen=True)
class Task:
    """A form of a period: how many of its required cells are filled, when it is due, how far it has come.

    `sending` is where it is looked over, sent and endorsed; `bundle` where a device gets it, where it may
    be filled in on one. `returned` counts the cells that a verifier returned. `last_date` is the day of
    which the reader should think: that on which it is due, or that until which it is taken late,
    `days_left` says how far away.
    """

    name: str
    period: str
    href: str
    sending: str
    files: tuple[tuple[str, str], ...]
    level: Sent
    filled: int
    required: int
    due_date: date
    last_date: date
    days_left: int
    is_begun: bool
    faults: int
    is_late: bool
    bundle: str = ""
    returned: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether all that is required is filled."""
        return self.is_begun and self.filled >= self.required

    @property
    def is_sent(self) -> bool:
        """Whether it went up, so that nothing more is to be filled in."""
        return self.level > Sent.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether something is still to be filled in, mended or explained."""
        return not self.is_sent and (not self.is_complete or bool(self.faults or self.returned))

    @property
    def is_ready(self) -> bool:
        """Whether all that is left is to send it."""
        return not self.is_sent and self.is_complete and not self.faults and not self.returned

    @property
    def measure(self) -> str:
        """How much is filled, in words."""
        if not self.required:
            return say("tidak ada yang wajib")
        return say("{filled} dari {required}", filled=str(self.filled), required=str(self.required))

    @property
    def standing(self) -> str:
        """How far it is, in words."""
        if self.is_sent:
            return say(self.level.words)
        if not self.is_begun:
            return say("Belum dimulai")
        if self.faults:
            return say("{n} perlu diperbaiki atau dijelaskan", n=self.faults)
        if self.returned:
            return say("{n} isian perlu dibetulkan", n=self.returned)
        return say("Lengkap, belum dikirim") if self.is_complete else say("Sedang diisi")

    @property
    def style(self) -> str:
        """The style of its mark."""
        if self.is_sent:
            return "beres"
        if not self.is_begun:
            return "diam"
        if self.faults or self.returned:
            return "galat"
        return "beres" if self.is_complete else "awas"

    @property
    def due(self) -> str:
        """When it is due and, once that is past, until when it is taken, in words."""
        due, last = format_date(self.due_date), format_date(self.last_date)
        if self.is_sent:
            return due
        if self.is_late and not self.days_left:
            return say("{day}, terlambat; hari ini hari terakhir diterima", day=due)
        if self.is_late:
            return say("{day}, terlambat; diterima sampai {last}", day=due, last=last)
        if not self.days_left:
            return say("{day}, hari ini", day=due)
        return say("{day}, {n} hari lagi", day=due, n=str(self.days_left))

    def deadline(self, others: int) -> str:
        """Say the next day that counts, in a sentence; `others` is how many forms share it."""
        name, last = f"{self.name}, {self.period}", format_date(self.last_date)
        if others:
            name = say("{form} dan {n} lainnya", form=name, n=format_number(others))
        if not self.days_left and self.is_late:
            return say("Hari ini hari terakhir: {form}.", form=name)
        if not self.days_left:
            return say("Hari ini jatuh tempo: {form}.", form=name)
        if self.is_late:
            return say("{form} terlambat; diterima sampai {day}.", form=name, day=last)
        return say("Batas waktu terdekat {day}.", day=last)


@dataclass(frozen=True)
class Waiting:
    """A form that waits for endorsement: who sent it when, where it is looked over."""

    name: str
    period: str
    href: str
    sender: str
    sent_at: str


@dataclass(frozen=True)
class Page:
    """The tasks of one village; `villages` are those among which a reader may choose.

    `waiting` are the forms that the reader may endorse, whatever their window says; who only endorses is led
    there (`is_filling` is false). Who brings files in (`is_bringing`, plans: `is_importing`) is led to them.
    `drafts` were begun and cannot be sent today, `running` may be begun.
    """

    region: Region | None
    under: str
    tasks: tuple[Task, ...]
    villages: tuple[Link, ...]
    go_on: Task | None
    waiting: tuple[Waiting, ...] = ()
    is_filling: bool = True
    is_bringing: bool = False
    redactions: int = 0
    drafts: tuple[Beyond, ...] = ()
    running: tuple[Beyond, ...] = ()
    returned: tuple[reopened.Returned, ...] = ()
    correcting: tuple[reopened.Correcting, ...] = ()
    is_importing: bool = False

    @property
    def finding(self) -> str:
        """What is to be done, in one sentence."""
        if not self.is_filling and not self.is_bringing:
            return self._to_endorse
        open_ = [one for one in self.tasks if one.is_open]
        ready = [one for one in self.tasks if one.is_ready]
        if not self.tasks:
            return say("Tidak ada formulir yang dibuka saat ini.")
        if not open_ and not ready:
            return say("Semua formulir yang dibuka sudah dikirim.")
        told = []
        if open_:
            all_ = str(len(self.tasks))
            told.append(say("{n} dari {all} formulir belum selesai.", n=str(len(open_)), all=all_))
        if ready:
            told.append(say("{n} formulir lengkap, tinggal dikirim.", n=format_number(len(ready))))
        left = (*open_, *ready)
        first = min(left, key=lambda one: one.last_date)
        same = [one for one in left if (one.last_date, one.is_late) == (first.last_date, first.is_late)]
        return " ".join((*told, first.deadline(len(same) - 1)))

    @property
    def _to_endorse(self) -> str:
        if not self.waiting:
            return say("Tidak ada formulir yang menunggu pengesahan Anda.")
        return say("{n} formulir menunggu pengesahan Anda.", n=format_number(len(self.waiting)))


def build(actor: Actor, *, today: date, code: str = "") -> Page:
    """Give the tasks of a village that the actor reads; without `code` of the first one."""
    own = _villages(actor)
    region = next((one for one in own if one.code == code), own[0] if own and not code else None)
    links = tuple(Link(one.full_name, f"{reverse('tasks')}?desa={one.code}") for one in own)
    if region is None:
        return Page(None, "", (), links, None)
    made, levels = dictionary.dictionary(actor), verification.village_levels(actor, region.code)
    forms, known = _forms(actor, region, made), queries.homes_begun(actor, region)
    openings = dictionary.openings_between(actor, today, today, region.id)
    open_ = {beyond.home_of(one): one for one in openings if one.form in forms}
    is_filling, is_bringing = actor.may_somewhere(FILL), actor.may_somewhere(BRING)
    back = verification.returned(actor, region.code) if is_filling else []
    counts = {one.home: one.count for one in back}
    tasks = sorted(
        (
            replace(
                _task(actor, region, one, today=today, levels=levels, made=made, is_begun=home in known),
                returned=counts.get(home, 0),
            )
            for home, one in open_.items()
        ),
        key=_order,
    )
    drafts: tuple[Beyond, ...] = ()
    running: tuple[Beyond, ...] = ()
    if is_filling or is_bringing:
        door, left = _door(actor), known - open_.keys() - levels.keys()
        drafts = beyond.drafts(actor, region, forms, left, today=today, door=door)
        running = beyond.running(actor, region, forms, known, today=today, door=door)
    above = ", ".join(one.full_name for one in reversed(regions.ancestors(actor, region.id)[-2:]))
    return Page(
        region,
        above,
        tuple(tasks),
        links if len(links) > 1 else (),
        _go_on(actor, tasks) if is_filling else None,
        _waiting(actor, region, levels),
        is_filling,
        is_bringing,
        len(redaction.waiting(actor)) if actor.may_somewhere(REDACT) else 0,
        drafts,
        running,
        reopened.returned(actor, region, back),
        reopened.correcting(actor, region) if is_filling else (),
        actor.may_somewhere(IMPORT_PLANS),
    )


def _go_on(actor: Actor, tasks: Sequence[Task]) -> Task | None:
    """Give the form to go on with: one whose last day is today, else one begun, ready or untouched."""
    begun = [one for one in tasks if one.is_begun and one.is_open]
    ready = [one for one in tasks if one.is_ready and actor.may_somewhere(acts.SEND)]
    found = [*begun, *ready, *(one for one in tasks if not one.is_begun)]
    return next((one for one in found if not one.days_left), found[0] if found else None)


def _forms(actor: Actor, region: Region, made: Dictionary) -> dict[str, Form]:
    """Give the forms of which the actor may read what that village fills in."""
    dataset = dataset_of(region.code)
    return {
        code: form
        for code, form in made.forms.items()
        if actor.may(READ, region=region.code, sector=form.sector, dataset=dataset)
    }


def _door(actor: Actor) -> str:
    """Give the page on which the actor works at a form: who only brings in types from paper."""
    is_bringing = actor.may_somewhere(BRING) and not actor.may_somewhere(FILL)
    return PAPER_DOOR if is_bringing else WEB_DOOR


def files_of(key: SubmissionKey, *, is_village: bool = True) -> tuple[tuple[str, str], ...]:
    """Give the forms of files in which a form can be taken along, with their addresses."""
    taken = FILES if is_village else tuple(one for one in FILES if one != ONE_VILLAGE)
    return tuple((name, page_of("entry-file", key, suffix)) for name, suffix in taken)


def _order(one: Task) -> tuple[object, ...]:
    """What needs a hand first: what is taken today for the last time, then what is wrong or begun."""
    is_last = not one.is_sent and not one.days_left
    return (
        one.is_sent,
        not is_last,
        not (one.faults or one.returned),
        one.is_complete,
        not one.is_begun,
        one.due_date,
    )


def _waiting(actor: Actor, region: Region, levels: Mapping[Home, Sent]) -> tuple[Waiting, ...]:
    """Give the forms of a village that were sent and that the actor may endorse, the oldest period first."""
    forms = dictionary.dictionary(actor).forms
    sent = sorted((home.period, home.form) for home, level in levels.items() if level is Sent.SENT)
    found = []
    for period, code in sent:
        form = forms.get(code)
        if form is None or not actor.may(acts.ENDORSE, region=region.code, sector=form.sector):
            continue
        held = verification.standing(actor, SubmissionKey(code, region.code, period)).last_sent
        found.append(
            Waiting(
                form.topic,
                format_code(period),
                reverse("submission-sending", args=[code, region.code, period]),
                held.actor_name if held else "",
                format_date(local_date(held.link.at)) if held else "",
            )
        )
    return tuple(found)


def _villages(actor: Actor) -> list[Region]:
    """Give the villages for which the actor holds a grant, of a kecamatan all: real ones, then examples."""
    codes = sorted({code for area in actor.areas(READ) for code in area.under})[:MOST_VILLAGES]
    found = regions.named(actor, codes)
    own = [found[code] for code in codes if code in found]
    below = [
        one
        for examples in (False, True)
        for top in own
        if top.level is Level.DISTRICT
        for one in regions.villages(actor, top.code, examples=examples)
    ]
    return [*(one for one in own if one.level is Level.VILLAGE), *below][:MOST_VILLAGES]


def _task(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    region: Region,
    opening: Opening,
    *,
    today: date,
    levels: Mapping[Home, Sent],
    made: Dictionary,
    is_begun: bool,
) -> Task:
    key = SubmissionKey(opening.form, region.code, str(opening.period))
    filled, faults, required = 0, 0, _required(made, opening.form)
    if is_begun:
        judged = verification.judged(actor, key, today=today)
        is_begun = not isinstance(judged, Finding)
        if not isinstance(judged, Finding):
            filled = judged.counts.filled
            required = judged.counts.required - judged.counts.not_applicable
            faults = len({one.key for one in judged.blocking if one.finding.code not in NOT_FILLED})
    is_late, door = opening.standing(today) is Standing.LATE, _door(actor)
    last_date = opening.late_until if is_late else opening.due_date
    href = page_of(door, key)
    return Task(
        made.forms[opening.form].topic,
        format_period(opening.period),
        href,
        page_of("submission-sending", key),
        files_of(key),
        levels.get(Home(key.form, key.period), Sent.DRAFT),
        filled,
        required,
        opening.due_date,
        last_date,
        (last_date - today).days,
        is_begun,
        faults,
        is_late,
        href if door == WEB_DOOR else "",
    )


def _required(made: Dictionary, form: str) -> int:
    """Count what a form that nobody began requires."""
    asked = (one for one in made.variables_of(form) if one.is_asked and one.is_required)
    lists = sum(one.is_required for one in made.lists_of(form))
    return sum(len(breakdowns_asked(made, one)) for one in asked) + lists
