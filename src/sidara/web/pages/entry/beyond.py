"""Forms of a village that are not open today: drafts that were begun, periods that run and may be begun."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Form, Opening
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


def home_of(opening: Opening) -> Home:
    """Give the form and the period of an opening, as submissions name them."""
    return Home(opening.form, str(opening.period))


def drafts(  # noqa: PLR0913 - keyword-only
    actor: Actor, region: Region, forms: Mapping[str, Form], left: Iterable[Home], *, today: date, door: str
) -> tuple[Beyond, ...]:
    """Give the drafts of some forms that their windows do not take today, the newest period first."""
    asked = [
        (home.form, period)
        for home in sorted(left, key=lambda one: (one.period, one.form), reverse=True)
        if home.form in forms and (period := periods.parse(home.period)) is not None
    ]
    openings = dictionary.openings_of(actor, asked, region.id)
    return tuple(
        Beyond(
            forms[form].topic,
            format_period(period),
            page_of(door, SubmissionKey(form, region.code, str(period))),
            window.closed(opening, today) or say("Masa pengisiannya belum ditetapkan."),
        )
        for (form, period), opening in zip(asked, openings, strict=True)
    )


def running(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    region: Region,
    forms: Mapping[str, Form],
    begun: Collection[Home],
    *,
    today: date,
    door: str,
) -> tuple[Beyond, ...]:
    """Give some forms of periods that run, are not taken yet and that nobody began."""
    return tuple(
        Beyond(
            forms[one.form].topic,
            format_period(one.period),
            page_of(door, SubmissionKey(one.form, region.code, str(one.period))),
            window.early(one),
        )
        for one in dictionary.openings_ahead(actor, today, region.id)
        if one.form in forms and home_of(one) not in begun
    )
