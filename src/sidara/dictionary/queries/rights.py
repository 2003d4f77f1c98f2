"""Who may change what.

The dictionary is one for all regions here, so the right must reach each province of the register.
A grant that is bounded to sectors edits their entries only; what no sector owns (classifications, units,
parameters) needs the right for all sectors.
"""

from collections.abc import Iterable, Mapping

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.drafts import Body, Key, sectors_of
from sidara.dictionary.core.words import Thing
from sidara.kernel.actor import Actor, NotAllowed
from sidara.regions import queries as regions

EDIT = "dictionary.edit"


def may_edit(actor: Actor, sector: str | None = None) -> bool:
    """Whether the actor may change entries of a sector; without one those that no sector owns."""
    if actor.may(EDIT, sector=sector):
        return True
    if not actor.may_somewhere(EDIT):
        return False
    frame = regions.dimension(actor)
    provinces = frame.filter(frame["level"] == 1)["code"].to_list()
    return bool(provinces) and all(actor.may(EDIT, region=code, sector=sector) for code in provinces)


def may_edit_entry(
    actor: Actor, dictionary: Dictionary, kind: Thing, code: str, body: Body | None = None
) -> bool:
    """Whether the actor may change an entry, as it stands and as it would be."""
    return all(may_edit(actor, sector) for sector in sectors_of(dictionary, kind, code, body))


def may_draft(actor: Actor, dictionary: Dictionary) -> bool:
    """Whether the actor may change anything at all, so that a draft makes sense."""
    return actor.may_somewhere(EDIT) and any(
        may_edit(actor, sector) for sector in (None, *dictionary.sectors, *_own_sectors(actor))
    )


def _own_sectors(actor: Actor) -> Iterable[str]:
    """Give the sectors of the actor's grants: one may not be in the dictionary yet."""
    return sorted({sector for grant in actor.holding(EDIT) for sector in grant.sectors})


def require_entries(actor: Actor, dictionary: Dictionary, changes: Mapping[Key, Body | None]) -> None:
    """Refuse (`NotAllowed`) unless the actor may change every entry."""
    if not may_draft(actor, dictionary) or not all(
        may_edit_entry(actor, dictionary, kind, code, body) for (kind, code), body in changes.items()
    ):
        raise NotAllowed(actor, EDIT)
