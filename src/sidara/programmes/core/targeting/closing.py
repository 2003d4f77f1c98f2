"""From what a village lost to what closes it: items, the kinds that answer them, who may, who already plans.

Points are counted over all villages asked; an item that is surely lost goes before one that may be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sidara.indices.core import Item, Version
from sidara.indices.core.scoring import shares
from sidara.programmes.core.codes.catalogue import Catalogue, Option
from sidara.programmes.core.codes.kinds import index_key
from sidara.programmes.core.targeting.need import Span


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that villages lost points of.

    `points` of the item and `share` of the index (`None` where it is no sum), summed over the villages;
    `sure` of `villages` lost some for sure. `options`: the kinds that answer it, with who may do or pay them.
    """

    item: Item
    points: Span
    share: Span | None
    villages: int
    sure: int
    options: tuple[Option, ...]


def lost(
    version: Version,
    index: str,
    figures: Mapping[str, Iterable[Span | None]],
    catalogue: Catalogue,
    year: int | None,
) -> tuple[Lost, ...]:
    """Give the items that are lost (`figures` by item, a span a village), those that weigh most first.

    `year`: of the plan, which chooses the codes.
    """
    weights = shares(version)
    found = list(_lost(version, figures, weights, catalogue, (index_key(index), year)))
    return tuple(sorted(found, key=lambda one: (-_weight(one).least, -_weight(one).most, one.item.code)))


def _lost(
    version: Version,
    figures: Mapping[str, Iterable[Span | None]],
    weights: Mapping[str, Fraction] | None,
    catalogue: Catalogue,
    asked: tuple[str, int | None],
) -> Iterator[Lost]:
    key, year = asked
    for item in version.items:
        spans = [one for one in figures.get(item.code, ()) if one is not None and one.most > 0]
        if not spans:
            continue
        points = Span(_sum(one.least for one in spans), _sum(one.most for one in spans))
        weight = None if weights is None else weights[item.code]
        share = None if weight is None else Span(points.least * weight, points.most * weight)
        sure = sum(one.least > 0 for one in spans)
        yield Lost(item, points, share, len(spans), sure, catalogue.options(key, item.code, year))


def _weight(one: Lost) -> Span:
    return one.points if one.share is None else one.share


def _sum(parts: Iterable[Fraction]) -> Fraction:
    return sum(parts, Fraction(0))
