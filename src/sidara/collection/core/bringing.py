"""Who may store cells: who fills in himself, and who brings in what a named other one filled in."""

from sidara.collection.core.rights import BRING, FILL
from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.finding import Finding


def may_bring(actor: Actor, *, filler: str, **place: str) -> bool:
    """Say whether cells of a place may be stored: by who fills in there, or brings it in and names him."""
    return actor.may(FILL, **place) or (bool(filler) and actor.may(BRING, **place))


def require_bringing(actor: Actor) -> None:
    """Refuse (`NotAllowed`) who may neither fill in nor bring in anywhere."""
    if not (actor.may_somewhere(FILL) or actor.may_somewhere(BRING)):
        raise NotAllowed(actor, FILL)


def filler_missing() -> Finding:
    """Ask who filled in what another one brings."""
    return Finding("FILLER_MISSING", "Yang mengisi belum disebut.", "Tulis nama dan jabatan yang mengisi.")
