"""What the content of the room says, for doors."""

from sidara.accounts.core import Roles, Rules
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


def as_picture(actor: Actor, text: str, *, scale: float = 3) -> str:
    """Draw a text as a QR code: inline SVG."""
    require(actor, LOG_IN)
    return qr.svg(text, scale=scale)
