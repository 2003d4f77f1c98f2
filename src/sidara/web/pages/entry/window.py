"""What the window of a form says where it does not take the form today; a draft may always be kept."""

from datetime import date

from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening
from sidara.dictionary.core.openings import Standing
from sidara.kernel.actor import Actor
from sidara.kernel.period import Period
from sidara.ui.language import format_date, say


def early(opening: Opening) -> str:
    """Say from when on the form is taken."""
    return say("Formulir ini baru dapat dikirim mulai {day}.", day=format_date(opening.opens_date))


def over(opening: Opening) -> str:
    """Say until when the form was taken."""
    return say("Penerimaan formulir ini berakhir {day}.", day=format_date(opening.late_until))


def closed(opening: Opening | None, today: date) -> str:
    """Say why the form cannot be sent today; empty where its window takes it, or none is set."""
    if opening is None:
        return ""
    match opening.standing(today):
        case Standing.NOT_YET:
            return early(opening)
        case Standing.CLOSED:
            return over(opening)
        case _:
            return ""


def days(actor: Actor, form: str, period: Period, region_id: int) -> dict[str, str]:
    """Give first and last day on which the form is taken, and what is said outside of them, for a device."""
    found = dictionary.opening(actor, form, period, region_id)
    if found is None:
        return {}
    return {
        "opens": found.opens_date.isoformat(),
        "until": found.late_until.isoformat(),
        "early": early(found),
        "over": over(found),
    }
