"""The card "Bagaimana jika?" on a village's page: the few items that would add most, ready to be changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from sidara.indices.core import Depth, compute
from sidara.indices.core.standing import linear
from sidara.kernel.actor import Actor
from sidara.regions.core import Region
from sidara.ui.language import say
from sidara.web.pages import fields, ground, index, places, standings
from sidara.web.pages.fields import Entry
from sidara.web.pages.ground import DATA, INDEX, Ground, Offer, Pairs
from sidara.web.pages.index import Edition

FEW = 3


@dataclass(frozen=True)
class Card:
    """What the card holds: the entries to change, where the form leads, and where the path is.

    `note` tells a published figure beside a simulated one, `links` lead to the same by other indices.
    """

    entries: Sequence[Entry]
    hidden: Pairs
    action: str
    path: str
    is_simulated: bool
    note: str = ""
    links: Sequence[Offer] = ()


def of_village(actor: Actor, edition: Edition, region: Region) -> Card | None:
    """Make the card from real answers or scores, else from simulated ones; `None` when there are none."""
    if not places.is_assessed(region.kind):
        return None
    own = {INDEX: edition.definition.slug}
    where = ground.find(actor, region, own, "whatif")
    if where and where.table is None and edition.sets.simulated:
        where = ground.find(actor, region, own | {DATA: edition.sets.simulated.code}, "whatif")
    if where is None or where.table is None:
        return None
    entries = _best(where)
    if not entries:
        return None
    query = urlencode(where.chosen)
    return Card(
        entries,
        where.chosen,
        places.planning("whatif", region.code),
        f"{places.planning('path', region.code)}?{query}",
        where.is_simulated,
        standings.beside_published(actor, where, fields.form(where.table, {})),
        tuple(_elsewhere(actor, edition, region)),
    )


def _elsewhere(actor: Actor, edition: Edition, region: Region) -> Iterator[Offer]:
    """Lead to the what-if and the path by each other index that holds answers or scores of the village."""
    for other in index.editions(actor):
        own = {INDEX: other.definition.slug}
        where = (
            ground.find(actor, region, own, "whatif")
            if other.definition.code != edition.definition.code
            else None
        )
        if where is None or where.table is None:
            continue
        for page, word in (("whatif", say("Bagaimana jika?")), ("path", say("Jalur termurah"))):
            address = f"{places.planning(page, region.code)}?{urlencode(where.chosen)}"
            yield Offer(
                say("{word} menurut {definition_name}", word=word, definition_name=other.definition.name),
                address,
                where.is_simulated,
            )


def _best(where: Ground) -> tuple[Entry, ...]:
    """Choose the items with one field that would add most to the index, where it is a sum of scores."""
    made = linear(where.scale)
    if where.table is None or made is None:
        return ()
    row = fields.row_of(where.table, where.scale)
    computed = compute(where.definition, where.table.frame).frame
    if computed.is_empty():
        return ()
    scores = computed.row(0, named=True) if where.table.depth is Depth.ANSWERS else row
    gains = {
        item.code: factor * (item.maximum - Fraction(scores[item.code]))
        for item, factor in zip(where.scale.items, made.factors, strict=True)
        if scores.get(item.code) is not None
    }
    form = fields.form(where.table, {}, row=row, scores=scores)
    entries = [entry for part in form.parts for entry in part.entries if len(entry.fields) == 1]
    entries.sort(key=lambda entry: -gains.get(entry.code, Fraction(0)))
    return tuple(entry for entry in entries[:FEW] if gains.get(entry.code))
