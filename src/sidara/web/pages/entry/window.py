"""What the window of a form says where it does not take the form today; a draft may always be kept."""

from datetime import date

from sidara.collection.queries import Entry
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening
from sidara.dictionary.core.openings import Standing
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.ui.language import format_date, say
from sidara.verification import queries


def opening_of(actor: Actor, entry: Entry) -> Opening | None:
    """Give the opening of a form of a village.

    `None` where no window is set, or where it was handed over at the kecamatan while the window took it.
    """
    found = dictionary.opening(actor, entry.key.form, entry.period, entry.region.id)
    if found is None:
        return None
    held = queries.standing(actor, entry.key)
    handed = queries.counting(actor, entry.key, entry.region.id, held)
    is_met = handed is not None and found.standing(local_date(handed[0])).takes_sent
    return None if is_met else found


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


def days(opening: Opening | None) -> dict[str, str]:
    """Give first and last day on which the form is taken, and what is said outside of them, for a device."""
    if opening is None:
        return {}
    return {
        "opens": opening.opens_date.isoformat(),
        "until": opening.late_until.isoformat(),
        "early": early(opening),
        "over": over(opening),
    }
