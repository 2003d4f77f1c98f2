"""Economy: land, small industry, cooperatives, markets, banks, the village's enterprise."""

from decimal import Decimal

from sidara.demo.core.village.draft import Draft
from sidara.kernel import period as periods
from sidara.kernel.period import Frequency


def fill(draft: Draft, year: int) -> None:
    """Fill EKO."""
    at = periods.year(year)
    area = draft.once("area", 2000, 9000)
    draft.put("PEM_002", at, Decimal(area) / 100)
    _fields(draft, at, area)
    draft.put("EKO_001", at, "A")
    draft.put("EKO_005", at, draft.below(9))
    draft.parts("EKO_006", at, draft.below(30))
    cooperatives = draft.below(3, 1)
    draft.parts("EKO_007", at, cooperatives)
    for quarter in at.parts(Frequency.QUARTER):
        draft.put("EKO_008", quarter, 1)
    for code, most in (("EKO_009", 2), ("EKO_010", 4)):
        draft.parts(code, at, draft.below(most))
    draft.put("EKO_026", at, draft.below(25))
    draft.put("EKO_038", at, draft.below(6, 1))
    _enterprise(draft, at)


def _fields(draft: Draft, at: periods.Period, area: int) -> None:
    """Land in hectares: all of it lies inside the area (in hundredths of km2 = hectares)."""
    wet = [Decimal(draft.below(area // 10)), Decimal(draft.below(area // 10))]
    for code, value in zip(
        draft.dictionary.breakdowns(draft.dictionary.variables["EKO_002"]), wet, strict=True
    ):
        draft.put("EKO_002", at, value, code)
    draft.put("EKO_002", at, sum(wet, Decimal(0)))
    draft.put("EKO_003", at, draft.below(area // 3))
    draft.put("EKO_004", at, draft.below(area // 3))


def _enterprise(draft: Draft, at: periods.Period) -> None:
    draft.put("EKO_011", at, "1")
    draft.put("EKO_012", at, draft.one_of(("1", "2", "3")))
    units = draft.below(4, 1)
    turnover = draft.below(400, 20) * 1_000_000
    draft.put("EKO_014", at, units)
    draft.put("EKO_015", at, turnover)
    draft.put("EKO_016", at, turnover // draft.below(12, 4))
    draft.put("EKO_018", at, units * draft.below(4, 1))
