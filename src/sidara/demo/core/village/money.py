"""Money of the village: what comes in and goes out, planned and realised since January, and its papers."""

from datetime import date

from sidara.demo.core.village.draft import Draft
from sidara.kernel import period as periods
from sidara.kernel.period import Frequency

PLAN, DONE = "ANGGARAN:A", "ANGGARAN:R"
MILLION = 1_000_000
TRANSFERS = {"KEU_004": 800, "KEU_005": 600, "KEU_006": 40, "KEU_007": 30, "KEU_008": 30}
"""Transfers in million rupiah, before chance."""
FIELDS = ("KEU_012", "KEU_013", "KEU_014", "KEU_015", "KEU_016")
"""Spending by the five fields of the village's budget."""
OUT_OF_DANA_DESA = {"KEU_017": 22, "KEU_018": 9, "KEU_019": 2}
"""Percent of the Dana Desa for food, for BLT, for running costs: inside the limits of every year."""


def fill(draft: Draft, year: int) -> None:
    """Fill KEU, and the cells elsewhere that must fit to it."""
    if draft.kind != "desa":
        return
    planned = _planned(draft)
    for number, quarter in enumerate(periods.year(year).parts(Frequency.QUARTER), 1):
        done = {code: amount * number * 24 // 100 for code, amount in planned.items()}
        for amounts, breakdown in ((planned, PLAN), (done, DONE)):
            for code, amount in _with_sums(amounts).items():
                draft.put(code, quarter, amount, breakdown)
        draft.put("KEU_026", quarter, number * 6)
        draft.put("SOS_019", quarter, -(-planned["KEU_018"] // (300_000 * 12)) + 2)
    halves = periods.year(year).parts(Frequency.SEMESTER)
    for half in halves:
        draft.put("SOS_011", half, planned["KEU_003"] + draft.below(20) * MILLION)
    draft.kept["capital"] = draft.kept.get("capital", 0) + planned["KEU_020"] * 96 // 100
    at = periods.year(year)
    draft.put("EKO_017", at, draft.kept["capital"])
    draft.put("KEU_029", at, draft.kept["capital"] + draft.below(900, 300) * MILLION)
    draft.put("KEU_021", at, draft.below(60) * MILLION)
    draft.put("KEU_022", at, draft.day(year - 1, (12, 5), 25))
    draft.put("KEU_023", at, draft.day(year, (7, 1), 12))
    draft.put("KEU_024", at, date(year + 1, 3, draft.below(30, 5)))
    land = draft.once("land", 0, 30)
    draft.put("KEU_027", at, land)
    draft.put("KEU_028", at, draft.below(land))


def _planned(draft: Draft) -> dict[str, int]:
    """Draw the plan of a year; it grows a little over the years."""
    growth = draft.kept["growth"] = draft.kept.get("growth", 100) + 3
    own = draft.below(40, 10) * MILLION * growth // 100
    made = {"KEU_002": own, "KEU_003": own // 4, "KEU_010": draft.below(10) * MILLION}
    for code, amount in TRANSFERS.items():
        made[code] = amount * draft.below(120, 90) * growth * MILLION // 10_000
    whole = own + made["KEU_010"] + sum(made[code] for code in TRANSFERS)
    for code, percent in zip(FIELDS, (32, 38, 10, 13, 5), strict=True):
        made[code] = whole * percent // 100
    made |= {code: made["KEU_004"] * percent // 100 for code, percent in OUT_OF_DANA_DESA.items()}
    made["KEU_020"] = draft.below(60, 20) * MILLION
    return made


def _with_sums(amounts: dict[str, int]) -> dict[str, int]:
    transfers = sum(amounts[code] for code in TRANSFERS)
    income = amounts["KEU_002"] + transfers + amounts["KEU_010"]
    spending = sum(amounts[code] for code in FIELDS)
    return amounts | {"KEU_009": transfers, "KEU_001": income, "KEU_011": spending}
