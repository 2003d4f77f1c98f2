"""A village among those of its kecamatan and kabupaten, in the areas of an edition's vintage."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.warehouse.core import AS_REPORTED, Answer
from sidara.web.pages import arrangement, status
from sidara.web.pages.index import Edition
from sidara.web.pages.status import VillageScore


@dataclass(frozen=True)
class Around:
    """The village's own figures and those beside it (by code): of its kecamatan and of its kabupaten then."""

    own: VillageScore
    district: Region
    regency: Region
    near: Mapping[str, VillageScore]
    peers: Mapping[str, VillageScore]
    answer: Answer


def of_village(actor: Actor, edition: Edition, region: Region) -> Around | None:
    """Find the village and its neighbours; `None` where it did not exist in those areas."""
    day = arrangement.day(edition.vintage, edition.period) if regions.change_days(actor) else None
    there = regions.stood(actor, region, on=day, as_today=edition.vintage == AS_REPORTED)
    if there is None:
        return None
    above = regions.regions(actor, (there.district_id, there.regency_id))
    district, regency = above[there.district_id], above[there.regency_id]
    peers, answer = status.village_scores(actor, edition, under=regency.code)
    own = peers.get(there.code)
    if own is None:
        return None
    within = arrangement.codes_within(actor, there.district, edition.vintage, edition.period)
    near = {code: one for code, one in peers.items() if code in within}
    return Around(own, district, regency, near, peers, answer)
