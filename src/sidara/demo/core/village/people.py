"""People: population that comes and goes, ages, families, health by month, children at school."""

from sidara.demo.core.village.draft import Draft
from sidara.kernel import period as periods
from sidara.kernel.period import Frequency, Period

AGES = {"KEP_006": 0.09, "KEP_007": 0.18, "KEP_009": 0.06}
"""Shares of the ages 0-4, 5-14 and 65 on; the rest is 15-64."""
SCHOOL = (("DIK_005", "DIK_006", 0.08), ("DIK_007", "DIK_008", 0.11), ("DIK_009", "DIK_010", 0.055),
          ("DIK_011", "DIK_012", 0.05))  # fmt: skip
"""Children of an age, those of them at school, the share of the age in the population."""


def fill(draft: Draft, year: int) -> None:
    """Fill KEP, the ages of DIK, and the months of KES."""
    draft.kept.setdefault("people", draft.below(2600, 420))
    for half in periods.year(year).parts(Frequency.SEMESTER):
        _flows(draft, half)
        _stocks(draft, half)
    at = periods.year(year)
    families = draft.kept["families"]
    draft.put("KEP_005", at, draft.share(families, 0.05, 0.15))
    draft.put("KEP_022", at, draft.share(families, 0.4, 0.9))
    for code in ("KEP_018", "KEP_019"):
        draft.parts(code, at, draft.below(12))
    for code in ("KEP_020", "KEP_021"):
        draft.put(code, at, draft.below(4))
    _children(draft, at)
    _health(draft, year)


def _flows(draft: Draft, half: Period) -> None:
    """Births, deaths, arrivals and departures of the quarters of a half-year change the population."""
    for quarter in half.parts(Frequency.QUARTER):
        births, deaths = draft.below(9, 2), draft.below(4, 1)
        came, left = draft.below(6), draft.below(6)
        for code, count in (("KEP_010", births), ("KEP_011", deaths), ("KEP_012", came), ("KEP_013", left)):
            draft.put(code, quarter, count)
        draft.kept["people"] += births - deaths + came - left


def _stocks(draft: Draft, half: Period) -> None:
    total = draft.kept["people"]
    men = draft.share(total, 0.49, 0.53)
    draft.put("KEP_001", half, total)
    draft.put("KEP_002", half, men)
    draft.put("KEP_003", half, total - men)
    ages = {code: int(total * share) for code, share in AGES.items()}
    for code, count in (ages | {"KEP_008": total - sum(ages.values())}).items():
        draft.put(code, half, count)
    draft.kept["families"] = int(total / 3.6)
    draft.kept["small"] = ages["KEP_006"]
    draft.put("KEP_004", half, draft.kept["families"])
    adults = int(total * 0.7)
    draft.put("KEP_014", half, adults)
    draft.put("KEP_015", half, draft.share(adults, 0.85, 1))
    children = ages["KEP_006"] + ages["KEP_007"] + int(total * 0.05)
    draft.put("KEP_016", half, children)
    draft.put("KEP_017", half, draft.share(children, 0.8, 1))
    draft.put("KES_018", half, draft.share(total, 0.55, 0.98))
    draft.put("DIK_013", half, draft.below(4))


def _children(draft: Draft, at: Period) -> None:
    total = draft.kept["people"]
    for children, pupils, share in SCHOOL:
        count = int(total * share)
        draft.put(children, at, count)
        draft.put(pupils, at, draft.share(count, 0.7, 1))


def _health(draft: Draft, year: int) -> None:
    """Children and mothers month by month; what runs from January never falls."""
    small, ill = draft.kept["small"], 0
    for month in periods.year(year).parts(Frequency.MONTH):
        measured = draft.share(small, 0.75, 1)
        ill += draft.below(1) if ill < 3 else 0
        mothers = draft.below(14, 4)
        draft.put("KES_010", month, small)
        draft.put("KES_011", month, measured)
        draft.put("KES_012", month, draft.share(measured, 0.05, 0.3))
        draft.put("KES_013", month, ill)
        draft.put("KES_014", month, mothers)
        draft.put("KES_015", month, draft.below(mothers // 4))
    dead = 0
    for quarter in periods.year(year).parts(Frequency.QUARTER):
        dead += draft.below(1) if dead < 1 else 0
        draft.put("KES_016", quarter, 0)
        draft.put("KES_017", quarter, dead)
    clinics = draft.once("posyandu", 1, 4)
    draft.put("KES_003", periods.year(year), clinics)
    for half in periods.year(year).parts(Frequency.SEMESTER):
        active = draft.below(clinics, 1)
        draft.put("KES_004", half, active)
        draft.put("KES_005", half, draft.below(active))
        draft.put("KES_006", half, active * 5)
