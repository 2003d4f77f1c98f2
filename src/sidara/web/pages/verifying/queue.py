"""What waits for a verifier: the latest and most doubtful submissions first, of the step that he takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from sidara.collection.core import EXAMPLES
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.regions import queries as regions
from sidara.ui.language import format_date, format_number, say
from sidara.ui.periods import format_code
from sidara.verification import queries
from sidara.verification.core import Step
from sidara.web.pages.places import Link

LONG = 5
"""Days after which a submission waits long."""
MOST = 50
"""Submissions on a page."""


@dataclass(frozen=True)
class Waiting:
    """A submission that waits: where, what, how long, how doubtful; `device`: where its bundle lies."""

    href: str
    village: str
    form: str
    period: str
    days: int
    doubts: int
    returned: int
    is_late: bool
    is_example: bool
    received: str = ""
    device: str = ""

    @property
    def waited(self) -> str:
        """How long it waits, in words."""
        return say("menunggu sejak hari ini") if not self.days else say("menunggu {n} hari", n=self.days)

    @property
    def doubted(self) -> str:
        """How many of its cells are doubtful, in words."""
        return (
            say("{n} isian meragukan", n=format_number(self.doubts))
            if self.doubts
            else say("Tanpa peringatan")
        )


@dataclass(frozen=True)
class Page:
    """The queue of a step; `steps` are those that the reader takes, where there are several."""

    step: Step | None
    steps: tuple[Link, ...]
    waiting: Sequence[Waiting]
    count: int
    long: int
    today: str
    before: str = ""
    after: str = ""
    receipts: str = ""

    @property
    def step_words(self) -> str:
        """As whom the reader verifies."""
        return say(self.step.words) if self.step else ""

    @property
    def finding(self) -> str:
        """What waits, in one sentence."""
        if not self.count:
            return say("Tidak ada kiriman yang menunggu Anda.")
        told = say("{n} kiriman menunggu Anda", n=format_number(self.count))
        if not self.long:
            return f"{told}."
        return say(
            "{told}, {n} sudah {days} hari atau lebih.", told=told, n=format_number(self.long), days=LONG
        )


def build(actor: Actor, *, today: date, step: str = "", page: int = 1) -> Page:
    """Build the queue of a step that the actor takes: the one that is named, else the first."""
    own = queries.steps_of(actor)
    chosen = next((one for one in own if one.value == step), own[0] if own else None)
    if chosen is None:
        return Page(None, (), (), 0, 0, format_date(today))
    receipts = reverse("receipts") if actor.may_somewhere(queries.RECEIVE) else ""
    found = queries.queue(actor, chosen)
    days = [(today - local_date(one.since)).days for one in found]
    first = max(0, page - 1) * MOST
    shown = found[first : first + MOST]
    names = regions.named(actor, sorted({one.region for one in shown}))
    forms = dictionary.dictionary(actor).forms
    waiting = [
        Waiting(
            reverse("verification-review", args=[one.form, one.region, one.period])
            + f"?langkah={chosen.value}",
            names[one.region].full_name if one.region in names else one.region,
            forms[one.form].topic if one.form in forms else one.form,
            format_code(one.period),
            days[first + at],
            one.doubts,
            one.returned,
            one.is_late,
            one.dataset == EXAMPLES,
            format_date(local_date(one.received_at)) if one.received_at else "",
            f"/periksa/{one.form}/{one.region}/{one.period}/{chosen.value}",
        )
        for at, one in enumerate(shown)
    ]
    return Page(
        chosen,
        tuple(Link(say(one.words), _href(one)) for one in own) if len(own) > 1 else (),
        waiting,
        len(found),
        sum(one >= LONG for one in days),
        format_date(today),
        _href(chosen, page - 1) if page > 1 else "",
        _href(chosen, page + 1) if first + MOST < len(found) else "",
        receipts,
    )


def first_step(actor: Actor) -> Step | None:
    """Give the step that the actor takes, the first one where there are several; `None` for none."""
    return next(iter(queries.steps_of(actor)), None)


def _href(step: Step, page: int = 1) -> str:
    asked = {"langkah": step.value} | ({"halaman": page} if page > 1 else {})
    return f"{reverse('verification-queue')}?{urlencode(asked)}"
