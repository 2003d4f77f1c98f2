"""Activities by hand that double each other on purpose, and pairs that look so and do not."""

from collections.abc import Iterator, Sequence

from sidara.demo.core.plans.governments import Ground
from sidara.demo.core.plans.made import Made, MadeActivity, Planted
from sidara.demo.core.plans.serving import Serving, cost
from sidara.demo.core.plans.setting import Theme
from sidara.programmes.core import GOVERNMENT_OF, Level

BUILDING, PLANNING = "pembangunan", "perencanaan"
TOGETHER = "KB-CONTOH-01"


def overlap(
    ground: Ground, regency: str, villages: Sequence[str], servings: Sequence[Serving], made: Made
) -> None:
    """Plant overlaps of the kabupaten with province and centre, in villages that nobody serves in the theme.

    Near misses, one of each in turn: co-financing, other places, other phases.
    """
    theme = next(one for one in ground.setting.themes if Level.REGENCY in one.kinds)
    served = {code for one in servings if one.theme.key == theme.key for code in one.money}
    free = iter([code for code in villages if code not in served])
    pair = _Pair(ground, regency, theme)
    for _, code in zip(range(ground.setting.planted["overlaps"]), free, strict=False):
        made.activities += pair.of(code, cost(ground.setting, theme, code, Level.REGENCY))
        made.planted.append(Planted("SIN_S10", f"{code} {pair.kind}: kabupaten dan provinsi"))
    ways = (
        ({"co_financing": TOGETHER}, {"co_financing": TOGETHER}),
        ({"place": "RT 01"}, {"place": "RT 05"}),
        ({"phase": PLANNING}, {"phase": BUILDING}),
    )
    for number, code in zip(range(ground.setting.planted["overlaps_near"]), free, strict=False):
        way = ways[number % len(ways)]
        made.activities += pair.of(code, cost(ground.setting, theme, code, Level.REGENCY), *way)
        made.planted.append(Planted("SIN_S10", f"{code} {pair.kind}: {' '.join(way[0])}", is_near=True))


class _Pair:
    """Makes the activity of a kabupaten and of its province with one kind in one village."""

    def __init__(self, ground: Ground, regency: str, theme: Theme) -> None:
        self.ground, self.regency, self.theme = ground, regency, theme.key
        self.kind, self.agency = theme.kinds[Level.REGENCY], theme.agency

    def of(self, village: str, money: int, *ways: dict[str, str]) -> Iterator[MadeActivity]:
        """Give both, the second with half the money."""
        first, second = ways or ({}, {})
        yield self._one(Level.REGENCY, self.regency, village, money, first)
        yield self._one(Level.PROVINCE, self.regency[:2], village, money // 2, second)

    def _one(self, level: Level, area: str, village: str, money: int, way: dict[str, str]) -> MadeActivity:
        catalogue, year = self.ground.catalogue, self.ground.year
        kind = catalogue.kinds.find(self.kind)
        if kind is None:
            raise LookupError(f"activity kind {self.kind} is not in the list")
        codes = catalogue.codes_of(kind, GOVERNMENT_OF[level], year)
        return MadeActivity(
            key=f"{level.value}:{village}:{self.kind}",
            level=level,
            area=area,
            agency=self.agency,
            kind=self.kind,
            code=codes[0].code if codes else "",
            name=f"{kind.name} (contoh)",
            year=year,
            fund=self.ground.setting.funds[level],
            budget_idr=money,
            village=village,
            phase=way.get("phase", BUILDING),
            place=way.get("place", ""),
            co_financing=way.get("co_financing", ""),
            goal=f"{area}:{self.theme}",
        )
