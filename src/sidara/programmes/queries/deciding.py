"""Who decides proposals: the level that was asked, an agency those of its sectors."""

from collections.abc import Iterable, Mapping

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import EVERY_OPERATION, Actor, Grant, require
from sidara.kernel.finding import Finding
from sidara.programmes.core import Level
from sidara.programmes.queries.catalogue import catalogue
from sidara.programmes.queries.rights import DECIDE, READ
from sidara.regions.core import Level as AreaLevel
from sidara.regions.core import level_of

DECIDING: Mapping[Level, AreaLevel] = {Level.REGENCY: AreaLevel.REGENCY}
"""Of which area a grant decides for a level; the province writes down what centre and companies answer."""


def holds_level(actor: Actor, *, village: str, level_asked: str) -> bool:
    """Whether the actor decides for a level in a village (dotted code), for whatever sector."""
    return _is_unbound(actor) or any(True for _ in _holding(actor, village, level_asked))


def may_decide(
    actor: Actor, *, village: str, level_asked: str, activity_kind: str, village_code: str = ""
) -> bool:
    """Whether the actor decides a proposal of a village to a level: an agency one of its sectors only.

    The sectors are those of its activity kind, else of the village's code. What has none is decided by who is
    not bound to any.
    """
    sectors = _sectors(actor, activity_kind, village_code)
    return _is_unbound(actor) or any(
        not grant.sectors or grant.sectors & sectors for grant in _holding(actor, village, level_asked)
    )


def sector_fault(
    actor: Actor, *, village: str, level_asked: str, activity_kind: str, village_code: str = ""
) -> Finding | None:
    """Say to an agency why it does not decide a proposal, and who does; `None` where it may."""
    if may_decide(
        actor,
        village=village,
        level_asked=level_asked,
        activity_kind=activity_kind,
        village_code=village_code,
    ):
        return None
    sectors = _sectors(actor, activity_kind, village_code)
    names = dictionary.dictionary(actor).sectors
    own = {code for grant in actor.holding(DECIDE) for code in grant.sectors}
    mine = _words(names[code].name for code in sorted(own & names.keys()))
    remedy = "Minta Dinas PMD atau perencana memutusnya"
    if not sectors:
        say = f"Bidang usulan ini belum diketahui, sedangkan akun ini memutus usulan bidang {mine}."
        return Finding(
            "PROPOSAL_SECTOR_UNKNOWN", say, f"{remedy}; bidangnya terbaca dari jenis kegiatan atau kode desa."
        )
    theirs = _words(names[code].name for code in sorted(sectors & names.keys()))
    say = f"Usulan ini termasuk bidang {theirs}, sedangkan akun ini memutus usulan bidang {mine}."
    return Finding("PROPOSAL_OTHER_SECTOR", say, f"{remedy}, atau perangkat daerah bidang itu.")


def _sectors(actor: Actor, activity_kind: str, village_code: str) -> frozenset[str]:
    """Give the sectors (codes of the dictionary) of a proposal; empty = none is known."""
    require(actor, READ)
    held = catalogue(actor)
    kind = held.kinds.find(activity_kind)
    return kind.sectors if kind is not None else held.villages.sectors(village_code)


def _is_unbound(actor: Actor) -> bool:
    return bool({EVERY_OPERATION, DECIDE} & actor.operations)


def _holding(actor: Actor, village: str, level_asked: str) -> Iterable[Grant]:
    """Give the grants by which the actor decides for a level in a village."""
    wanted = DECIDING.get(Level(level_asked), AreaLevel.PROVINCE)
    return (
        grant
        for grant in actor.holding(DECIDE)
        if grant.area.is_everywhere
        or (grant.area.holds(village) and any(level_of(code) is wanted for code in grant.area.under))
    )


def _words(names: Iterable[str]) -> str:
    return " dan ".join(names) or "lain"
