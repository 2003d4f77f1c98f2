"""What a village or an area lost in an index, which activities close it, who may, and who already plans."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding, Severity
from sidara.programmes.core import Level
from sidara.programmes.core.listed import ActivityRow
from sidara.programmes.core.targeting.closing import Lost, lost
from sidara.programmes.core.targeting.need import Source
from sidara.programmes.core.targeting.question import AskedPart, NeedQuery
from sidara.programmes.queries.activities import in_village, levels_with_data
from sidara.programmes.queries.catalogue import catalogue
from sidara.programmes.queries.rights import READ
from sidara.programmes.queries.targeting.needing import held_of
from sidara.programmes.queries.targeting.scored import Scored
from sidara.regions.core import Region, is_example


@dataclass(frozen=True)
class Closing:
    """What a place lost and what is planned there.

    `planned` by level; `silent` levels of which no plan at all is known: their silence says nothing.
    `year`: of the plans. Without `scores`, `findings` say why nothing is told.
    """

    region: Region
    year: int
    scores: Scored | None = None
    lost: tuple[Lost, ...] = ()
    villages: int = 0
    planned: Mapping[Level, tuple[ActivityRow, ...]] | None = None
    silent: tuple[Level, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_simulated(self) -> bool:
        """Say whether every figure must carry the mark SIMULASI."""
        return self.scores is not None and self.scores.dataset.is_simulated

    def of_kind(self, kind: str) -> tuple[ActivityRow, ...]:
        """Give the activities of a kind that are planned there already."""
        rows = (one for own in (self.planned or {}).values() for one in own)
        return tuple(one for one in rows if one.activity_kind == kind)


def closing(  # noqa: PLR0913 - what is asked, and where
    actor: Actor,
    region: Region,
    index: str,
    *,
    year: int | None = None,
    dataset: str = "",
    examples: bool = False,
    clock: Clock = now,
) -> Closing:
    """Tell what closes the gaps of a village or an area; activities of `year` (`None` = next year).

    Example villages are told with the made-up plans, real ones with the real ones.
    """
    require(actor, READ)
    at = year or local_date(clock()).year + 1
    examples = examples or is_example(region.code)
    answers = EXAMPLES if examples else COLLECTION
    query = NeedQuery(
        (AskedPart(Source.INDEX),), index, region.code, None, dataset, answers, needs_items=True
    )
    scores, said = held_of(actor, query)
    if not isinstance(scores, Scored):
        return Closing(region, at, findings=said)
    items = [AskedPart(Source.ITEM, code) for code in scores.items]
    figures = {one.text: list(scores.part(one)[1].values()) for one in items}
    definition = scores.definition
    found = lost(scores.version, definition.slug, figures, catalogue(actor), at)
    planned = in_village(actor, region.code, is_simulated=examples, year=at)
    known = levels_with_data(actor, is_simulated=examples, year=at)
    return Closing(
        region,
        at,
        scores,
        found,
        scores.held,
        planned,
        tuple(level for level in Level if level not in known),
        tuple(one for one in said if one.severity is not Severity.ERROR),
    )
