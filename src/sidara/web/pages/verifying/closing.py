"""Closing a batch with minutes: what they will say, the signature under what was shown, those made before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import QueryDict
from django.urls import reverse

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.ui.language import format_date, format_moment, format_number, say
from sidara.ui.periods import format_code
from sidara.verification import queries, services
from sidara.verification.core import Entry, Step, read_code, verifying_step
from sidara.web.pages.places import Link

MESSAGE, SEEN, STEP, AREA, MADE = "pesan", "isi", "langkah", "wilayah", "dibuat"
MOST = 200
"""Submissions that are named one by one before closing; the paper names all."""


@dataclass(frozen=True)
class Row:
    """What the batch holds of a form, or of one submission: cells accepted and returned."""

    name: str
    accepted: str
    returned: str
    count: str = ""
    period: str = ""


@dataclass(frozen=True)
class Made:
    """Minutes that were made before."""

    code: str
    made: str
    count: str
    page: str
    file: str


@dataclass(frozen=True)
class Page:
    """What a step would close in an area now; `earlier` are its minutes there, `made` the one just made."""

    step: Step
    steps: Sequence[Link]
    area: str
    area_name: str
    areas: Sequence[Link]
    finding: str
    since: str
    forms: Sequence[Row]
    submissions: Sequence[Row]
    left_out: int
    is_example: bool
    seal: str
    message_id: UUID
    earlier: Sequence[Made]
    made: Made | None = None
    signs: str = ""
    refused: Sequence[Finding] = ()

    @property
    def step_words(self) -> str:
        """As whom the reader verifies."""
        return say(self.step.words)

    @property
    def queue(self) -> str:
        """Where the queue of the step stands."""
        return f"{reverse('verification-queue')}?{urlencode({STEP: self.step.value})}"


def build(actor: Actor, asked: QueryDict, *, refused: Sequence[Finding] = ()) -> Page | None:
    """Build the page for a step and area that the actor takes: those named, else the first.

    `None` where he takes none.
    """
    own = queries.steps_of(actor)
    step = next((one for one in own if one.value == asked.get(STEP)), own[0] if own else None)
    areas = queries.areas_of(actor, step) if step else []
    area = next((one for one in areas if one.code == asked.get(AREA)), areas[0] if areas else None)
    if step is None or area is None:
        return None
    held = queries.open_batch(actor, step, under=area.code)
    earlier = [_made(one) for one in queries.minutes_of(actor, step, under=area.code)]
    code = read_code(asked.get(MADE, ""))
    entries = held.entries
    return Page(
        step=step,
        steps=[Link(say(one.words), href(one)) for one in own] if len(own) > 1 else (),
        area=area.code,
        area_name=area.full_name,
        areas=[Link(one.full_name, href(step, one.code)) for one in areas] if len(areas) > 1 else (),
        finding=_finding(entries),
        since=format_date(local_date(held.since)) if held.since else "",
        forms=_forms(entries),
        submissions=[_submission(one) for one in entries[:MOST]],
        left_out=max(0, len(entries) - MOST),
        is_example=any(one.dataset == EXAMPLES for one in entries),
        seal=held.seal,
        message_id=uuid4(),
        earlier=earlier,
        made=next((one for one in earlier if one.code == code), None),
        signs=", ".join(filter(None, (actor.name, actor.function))),
        refused=refused,
    )


def close(actor: Actor, posted: QueryDict, *, site: str) -> services.Closed | None:
    """Close what the reader was shown; `None` where the page did not say what."""
    step, seen = verifying_step(posted.get(STEP, "")), posted.get(SEEN, "")
    try:
        message = UUID(posted.get(MESSAGE, ""))
    except ValueError:
        return None
    if step is None or not seen:
        return None
    return services.close_batch(
        actor, step=step, under=posted.get(AREA, ""), site=site, message_id=message, now=now(), seen=seen
    )


def href(step: Step, area: str = "", code: str = "") -> str:
    """Give the address of the page for a step and area, with the minutes that were just made."""
    asked = {STEP: step.value, AREA: area, MADE: code}
    return f"{reverse('minutes-closing')}?{urlencode({name: text for name, text in asked.items() if text})}"


def _finding(entries: Sequence[Entry]) -> str:
    """Say what would be closed, in one sentence."""
    if not entries:
        return say("Tidak ada yang perlu ditutup.")
    accepted, returned = sum(one.accepted for one in entries), sum(one.returned for one in entries)
    figures = {"n": format_number(len(entries)), "accepted": format_number(accepted)}
    if not returned:
        return say("{accepted} isian diterima pada {n} kiriman.", **figures)
    figures["returned"] = format_number(returned)
    return say("{accepted} isian diterima dan {returned} dikembalikan pada {n} kiriman.", **figures)


def _forms(entries: Iterable[Entry]) -> list[Row]:
    by_form: dict[str, list[Entry]] = {}
    for one in entries:
        by_form.setdefault(one.form_name, []).append(one)
    return [
        Row(
            name,
            format_number(sum(one.accepted for one in each)),
            format_number(sum(one.returned for one in each)),
            format_number(len(each)),
        )
        for name, each in sorted(by_form.items())
    ]


def _submission(one: Entry) -> Row:
    name = f"{one.region_name}, {one.form_name}"
    told = format_number(one.accepted), format_number(one.returned)
    return Row(name, *told, period=format_code(one.period))


def _made(one: queries.Listed) -> Made:
    page, file = (reverse(name, args=[one.code]) for name in ("minutes", "minutes-file"))
    return Made(one.code, format_moment(one.made_at), format_number(one.count), page, file)
