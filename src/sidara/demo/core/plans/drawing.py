"""All plans of a province's example villages in a year of plan, out of one seed."""

from collections.abc import Collection, Mapping, Sequence

from sidara.demo.core.plans.asked import propose
from sidara.demo.core.plans.governments import Ground, company, country, government
from sidara.demo.core.plans.made import Made
from sidara.demo.core.plans.overlapping import overlap
from sidara.demo.core.plans.serving import serve
from sidara.demo.core.plans.setting import Setting
from sidara.demo.core.plans.villages import plan_villages
from sidara.programmes.core import Level
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.regions.core import regency_of


def draw(
    setting: Setting,
    *,
    catalogue: Catalogue,
    villages: Sequence[str],
    weak: Mapping[str, Collection[str]],
    year: int,
) -> Made:
    """Draw the plans of every level for example villages (dotted codes) in a year.

    `weak`: by village the keys of the themes in which it lacks something. The same seed, villages and year
    give the same plans. What is planted is planted in each kabupaten of the villages.
    """
    ground = Ground(setting, catalogue, year)
    codes = sorted(villages)
    servings = serve(setting, villages=codes, weak=weak, year=year)
    made = Made()
    country(ground, servings, made)
    regencies = sorted({regency_of(code) for code in codes})
    government(ground, Level.PROVINCE, regencies[0][:2], servings, made)
    for regency in regencies:
        own = [code for code in codes if code.startswith(regency)]
        parts = [one.within(own) for one in servings]
        government(ground, Level.REGENCY, regency, parts, made)
        company(ground, regency, parts, made)
    plan_villages(ground, codes, servings, made)
    for regency in regencies:
        own = [code for code in codes if code.startswith(regency)]
        overlap(ground, regency, own, servings, made)
        propose(ground, regency, own, servings, weak, made)
    made.tables = [one for one in made.tables if one.rows]
    return made
