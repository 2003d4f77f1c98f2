"""The lists of codes and kinds: nomenclature, village activities, programmes of the centre, fund sources."""

from collections.abc import Sequence

from sidara.kernel.actor import Actor, require
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.codes.search import Hit
from sidara.programmes.core.words import Government
from sidara.programmes.formats import catalogue_file
from sidara.programmes.queries.rights import READ


def catalogue(actor: Actor) -> Catalogue:
    """Give all lists, joined; read once in a process."""
    require(actor, READ)
    return catalogue_file.catalogue()


def find_codes(  # noqa: PLR0913 - what may be asked
    actor: Actor,
    text: str,
    *,
    governments: Sequence[Government] = (),
    year: int | None = None,
    with_kinds: bool = True,
    limit: int | None = None,
) -> tuple[Hit, ...]:
    """Search codes and kinds by words or by code, best first; see `core.codes.search`."""
    require(actor, READ)
    return catalogue_file.search().find(
        text, governments=governments, year=year, with_kinds=with_kinds, limit=limit
    )
