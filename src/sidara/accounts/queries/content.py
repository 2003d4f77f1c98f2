"""What the content of the room says, for doors."""

from dataclasses import dataclass

from sidara.accounts.core import Roles, Rules, Sheet, SheetRow, code
from sidara.accounts.formats import content, qr
from sidara.accounts.queries.acting import LOG_IN
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require


def roles(actor: Actor) -> Roles:
    """Give all roles by code, in the order of the content."""
    require(actor, LOG_IN)
    return content.roles()


def sectors(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Give code and name of the sectors that may bound a grant: those of the dictionary."""
    require(actor, LOG_IN)
    return tuple((one.code, one.name) for one in dictionary.dictionary(actor).sectors.values())


def operations(actor: Actor) -> dict[str, str]:
    """Give the words for the operations that a token can be narrowed to, by code."""
    require(actor, LOG_IN)
    return dict(content.operations())


def rules(actor: Actor) -> Rules:
    """Give the bounds of log-in."""
    require(actor, LOG_IN)
    return content.rules()


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip as it is printed: the row and, where it has a code, the QR code of its link as inline SVG."""

    row: SheetRow
    qr: str = ""


def strips(actor: Actor, sheet: Sheet, *, page: str) -> tuple[Strip, ...]:
    """Give the strips of a sheet; `page` is the full address at which codes are used."""
    return tuple(
        Strip(row, as_picture(actor, code.link(page, row.login_name, row.code), scale=2) if row.code else "")
        for row in sheet.rows
    )


def as_picture(actor: Actor, text: str, *, scale: float = 3) -> str:
    """Draw a text as a QR code: inline SVG."""
    require(actor, LOG_IN)
    return qr.svg(text, scale=scale)
