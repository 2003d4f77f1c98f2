"""Search: candidates for a name or code, each with its parents and status."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Candidate, Level
from sidara.ui.figures import Mark
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Query
from sidara.web.pages import index, places, sources, status

MANY = 25
FEW = 6


@dataclass(frozen=True)
class Found:
    """One candidate: name, its parents in words, where its page is, its status when it is a village."""

    name: str
    kind: str
    parents: str
    code: str
    href: str
    mark: Mark | None


@dataclass(frozen=True)
class SearchPage:
    """What was asked and what it may mean."""

    text: str
    found: Sequence[Found]
    is_simulated: bool = False


def build(actor: Actor, text: str, *, limit: int = MANY) -> SearchPage:
    """Rank what a text may mean; an empty text means nothing."""
    text = text.strip()
    candidates = regions.find(actor, text, limit=limit) if text else []
    marks, is_simulated = _marks(actor, candidates)
    return SearchPage(
        text,
        tuple(
            Found(
                one.region.name,
                one.region.kind.label,
                ", ".join(parent.name for parent in reversed(one.parents)),
                one.region.code,
                places.href(one.region),
                marks.get(one.region.code),
            )
            for one in candidates
        ),
        is_simulated,
    )


def _marks(actor: Actor, candidates: Sequence[Candidate]) -> tuple[dict[str, Mark], bool]:
    """Give the status of the candidates that are villages, and whether it is simulated."""
    villages = tuple(one.region.code for one in candidates if one.region.level is Level.VILLAGE)
    chosen = sources.sets(actor).scores
    period = status.newest(actor, chosen.code) if chosen and villages else None
    if chosen is None or period is None:
        return {}, False
    scale, variable = index.version(actor, period), index.code("STATUS")
    answer = warehouse.ask(actor, Query(chosen.code, (variable,), codes=villages, periods=(period,)))
    found = {figure.region: index.mark(scale, figure.code, figure.kind) for figure in answer.figures}
    return found, answer.is_simulated
