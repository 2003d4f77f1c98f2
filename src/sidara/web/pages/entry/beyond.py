"""Forms of a village that are not open today: drafts that were begun, periods that run and may be begun."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, Opening
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.regions.core import Region
from sidara.ui.language import say
from sidara.ui.periods import format_period
from sidara.web.pages.entry import window
from sidara.web.pages.entry.addresses import page_of


@dataclass(frozen=True)
class Beyond:
    """A form that cannot be sent today: where it is filled in, and what its window says."""

    name: str
    period: str
    href: str
    why: str


def drafts(  # noqa: PLR0913 - keyword-only
    actor: Actor, region: Region, made: Dictionary, left: Iterable[Home], *, today: date, door: str
) -> tuple[Beyond, ...]:
    """Give drafts that their windows do not take today, the newest period first."""
    found = []
    for home in sorted(left, key=lambda one: (one.period, one.form), reverse=True):
        period = periods.parse(home.period)
        if period is None:
            continue
        opening = dictionary.opening(actor, home.form, period, region.id)
        why = window.closed(opening, today) or say("Masa pengisiannya belum ditetapkan.")
        key = SubmissionKey(home.form, region.code, home.period)
        found.append(Beyond(made.forms[home.form].topic, format_period(period), page_of(door, key), why))
    return tuple(found)


def running(
    region: Region, made: Dictionary, ahead: Iterable[Opening], begun: Collection[Home], *, door: str
) -> tuple[Beyond, ...]:
    """Give the forms of periods that run and that nobody began."""
    return tuple(
        Beyond(
            made.forms[one.form].topic,
            format_period(one.period),
            page_of(door, SubmissionKey(one.form, region.code, str(one.period))),
            window.early(one),
        )
        for one in ahead
        if Home(one.form, str(one.period)) not in begun
    )
