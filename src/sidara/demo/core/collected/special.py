"""Items that hang together by accounting: population, budget, roads, electricity, welfare, dates of office.

Each function gives an item of a province at a period; `NUMBERS` and `TEXTS` say which.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sidara.demo.core.collected.chance import Whole, binomial_of, poisson_of, whole
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.period import Frequency, Period

if TYPE_CHECKING:
    from sidara.demo.core.collected.province import Province

type Texts = NDArray[np.str_]
ANCHOR = 2020
"""The year before whose first day populations are drawn; from there on they are accounted for."""
BUDGET, SPENT = "ANGGARAN:A", "ANGGARAN:R"
DONE = (0.12, 0.40, 0.68, 0.95)
"""How much of a budget is spent by the end of each quarter, in the middle."""
FLOWS = {"KEP_010": 4.5, "KEP_011": 1.7, "KEP_012": 3.0, "KEP_013": 2.6}
"""Births, deaths, arrivals, departures a quarter in a thousand persons."""


def _first_size(own: "Province") -> Whole:
    people = own.models.population
    scores = 0.9 * own.chance.normal("size") + 0.436 * own.chance.shared("size")
    return np.maximum(whole(people.median * np.exp(people.spread * scores)), 60)


def _flow(code: str, own: "Province", at: Period, _: str) -> Whole:
    rate = _first_size(own) * FLOWS[code] / 1000
    rate = rate * np.exp(0.2 * own.chance.normal(code, "place"))
    return poisson_of(own.chance.uniform(code, at), rate)


def _persons(own: "Province", at: Period, _: str) -> Whole:
    if at.year < ANCHOR:
        return _first_size(own)
    made = own.number("KEP_001", at.preceding)
    for quarter in at.parts(Frequency.QUARTER):
        come = own.number("KEP_010", quarter) + own.number("KEP_012", quarter)
        made = made + come - own.number("KEP_011", quarter) - own.number("KEP_013", quarter)
    return np.maximum(made, 0)


def _men(own: "Province", at: Period, _: str) -> Whole:
    share = own.models.population.male + 0.012 * own.chance.normal("men")
    return whole(own.number("KEP_001", at) * share)


def _women(own: "Province", at: Period, _: str) -> Whole:
    return own.number("KEP_001", at) - own.number("KEP_002", at)


def _age(group: int, own: "Province", at: Period, _: str) -> Whole:
    shares = np.array(
        [
            share
            * np.exp(0.12 * own.chance.normal("age", number) + 0.01 * own.chance.normal("age", number, at))
            for number, share in enumerate(own.models.population.ages)
        ]
    )
    limits = np.cumsum(shares, axis=0) / shares.sum(axis=0)
    limits[-1] = 1
    places = np.floor(limits * own.number("KEP_001", at) + 0.5).astype(np.int64)
    before = places[group - 1] if group else 0
    made: Whole = places[group] - before
    return made


def _families(own: "Province", at: Period, _: str) -> Whole:
    size = own.models.population.household * np.exp(0.08 * own.chance.normal("household"))
    return np.maximum(whole(own.number("KEP_001", at) / size), 1)


def _children(own: "Province", at: Period, _: str) -> Whole:
    young = own.number("KEP_006", at) + own.number("KEP_007", at)
    return young + own.number("KEP_008", at) * 7 // 100


def _adults(own: "Province", at: Period, _: str) -> Whole:
    return own.number("KEP_001", at) - own.number("KEP_016", at)


def _share(code: str, of: str, share: float, own: "Province", at: Period, _: str) -> Whole:
    odds = np.log(share / (1 - share)) + 0.5 * own.chance.normal(code, "place")
    return binomial_of(own.chance.kept(code, at, 0.93), own.last(of, at), 1 / (1 + np.exp(-odds)))


def _toddlers(own: "Province", at: Period, _: str) -> Whole:
    near = np.clip(0.03 * own.chance.normal("toddlers", at), -0.1, 0.1)
    return whole(np.trunc(own.last("KEP_006", at) * (1 + near)))


def _deaths_of(code: str, share: float, own: "Province", at: Period, _: str) -> Whole:
    """Count mothers or infants among deaths since January."""
    deaths = np.minimum(own.number("KEP_011", at), own.number("KEP_010", at))
    made = binomial_of(own.chance.uniform(code, at), deaths // 2, share)
    return made if at.first_day.month == 1 else made + own.number(code, at.preceding)


def _roads(own: "Province", at: Period, _: str) -> Whole:
    return own.number("INF_002", at) + own.number("INF_003", at) + own.number("INF_004", at)


def _grid(own: "Province", at: Period, _: str) -> Whole:
    return own.last("KEP_004", at) - own.number("INF_009", at) - own.number("INF_010", at)


def _off_grid(own: "Province", at: Period, _: str) -> Whole:
    room = own.last("KEP_004", at) - own.number("INF_010", at)
    made: Whole = np.minimum(_share("INF_009", "KEP_004", 0.12, own, at, _), room)
    return made


def _repaired(own: "Province", at: Period, breakdown: str) -> Whole:
    """Give houses repaired since January, of those that were unfit last year."""
    unfit = own.number("INF_016", periods.year(at.year - 1))
    repaired = binomial_of(own.chance.uniform("INF_017", at), unfit // 4, 0.12)
    if breakdown != TOTAL:
        repaired = own.split(own.book.items["INF_017"], repaired)[breakdown]
    return repaired if at.first_day.month == 1 else repaired + own.number("INF_017", at.preceding, breakdown)


def _dead(own: "Province", at: Period, _: str) -> Whole:
    events = own.number("LIN_004", at)
    return np.where(events > 0, own.chance.uniform("LIN_005", at) > 0.97, 0).astype(np.int64)


def _hit(own: "Province", at: Period, _: str) -> Whole:
    events = own.number("LIN_004", at)
    drawn = own.number("LIN_005", at) + poisson_of(
        own.chance.uniform("LIN_006", at), np.full(len(events), 25.0)
    )
    return np.where(events > 0, np.minimum(drawn, own.last("KEP_001", at)), 0)


def _land(code: str, own: "Province", at: Period, breakdown: str) -> Whole:
    """Give hectares of land use, made smaller where all of it would be more than the village."""
    item = own.book.items[code]
    if breakdown != TOTAL:
        return own.split(item, own.number(code, at))[breakdown]
    uses = [own.modelled(own.book.items[one], at) for one in ("EKO_002", "EKO_003", "EKO_004")]
    room = own.number("PEM_002", at) * 95
    share = np.minimum(1.0, room / np.maximum(sum(uses), 1))
    return whole(np.floor(own.modelled(item, at) * share))


def _treasury_land(own: "Province", at: Period, _: str) -> Whole:
    return np.minimum(own.modelled(own.book.items["KEU_027"], at), own.number("PEM_002", at) * 50)


def _certified(own: "Province", at: Period, _: str) -> Whole:
    return np.floor(own.number("KEU_027", at) * own.chance.kept("KEU_028", at, 0.99)).astype(np.int64)


def _no_works(own: "Province", at: Period) -> NDArray[np.bool_]:
    made: NDArray[np.bool_] = own.text("EKO_011", at) == "4"
    return made


def _units(own: "Province", at: Period, _: str) -> Whole:
    return np.where(_no_works(own, at), 0, own.modelled(own.book.items["EKO_014"], at))


def _turnover(own: "Province", at: Period, _: str) -> Whole:
    return np.where(own.number("EKO_014", at) == 0, 0, own.modelled(own.book.items["EKO_015"], at))


def _profit(own: "Province", at: Period, _: str) -> Whole:
    return whole(own.number("EKO_015", at) * (0.3 * own.chance.kept("EKO_016", at, 0.6) - 0.03))


def _workers(own: "Province", at: Period, _: str) -> Whole:
    return np.where(_no_works(own, at), 0, own.modelled(own.book.items["EKO_018"], at))


def _red_white(own: "Province", at: Period, _: str) -> Whole:
    return (own.chance.kept("EKO_008", at.year, 0.98) < 0.8).astype(np.int64)


def _cooperatives(own: "Province", at: Period, breakdown: str) -> Whole:
    if breakdown == "JENIS_KOPERASI:KUD":
        return own.number("EKO_007", at) - own.last("EKO_008", at)
    if breakdown == "JENIS_KOPERASI:LAINNYA":
        return own.last("EKO_008", at)
    if breakdown != TOTAL:
        return np.zeros(len(own.villages), np.int64)
    return own.modelled(own.book.items["EKO_007"], at) + own.last("EKO_008", at)


def _together(own: "Province", at: Period, _: str) -> Whole:
    drawn = own.modelled(own.book.items["SOS_010"], at)
    return np.where(own.text("SOS_009", at) == "3", 0, drawn)


PARTS = {
    "KEU_001": ("KEU_002", "KEU_009", "KEU_010"),
    "KEU_009": ("KEU_004", "KEU_005", "KEU_006", "KEU_007", "KEU_008"),
    "KEU_011": ("KEU_012", "KEU_013", "KEU_014", "KEU_015", "KEU_016"),
}
"""Totals of the village budget."""
MEDIANS = {
    "KEU_002": (6_000_000, 1.1, 0.15),
    "KEU_004": (780_000_000, 0.25, 0.0),
    "KEU_005": (620_000_000, 0.3, 0.0),
    "KEU_006": (28_000_000, 0.6, 0.0),
    "KEU_007": (40_000_000, 0.5, 0.55),
    "KEU_008": (60_000_000, 0.7, 0.5),
    "KEU_010": (4_000_000, 1.0, 0.35),
    "KEU_012": (560_000_000, 0.25, 0.0),
    "KEU_013": (430_000_000, 0.4, 0.0),
    "KEU_014": (70_000_000, 0.6, 0.0),
    "KEU_015": (110_000_000, 0.6, 0.0),
    "KEU_016": (45_000_000, 0.7, 0.1),
    "KEU_020": (40_000_000, 0.7, 0.6),
}
"""Median in rupiah, spread of the logarithm, chance of none."""
SHARES = {
    "KEU_003": ("KEU_002", 0.0, 0.6),
    "KEU_017": ("KEU_004", 0.2, 0.3),
    "KEU_019": ("KEU_004", 0.01, 0.029),
}
"""Parts of another line: of which, smallest and largest share."""
BENEFIT = 300_000
"""Rupiah a family and month of the direct cash benefit."""
STEP = 1000
GROWTH = 1.03


def _budget(code: str, own: "Province", at: Period, breakdown: str) -> Whole:
    """Give a line of the village budget: planned for the year, or spent since January."""
    if code in PARTS:
        parts = [own.number(part, at, breakdown) for part in PARTS[code]]
        return np.sum(parts, axis=0)
    if breakdown == BUDGET:
        return _planned(code, own, at)
    quarter = (at.first_day.month - 1) // 3
    score = 1.2 * (own.chance.kept(f"{code} done", at.year, 0.5) - 0.5)
    done = np.clip(DONE[quarter] * (1 + score * (1 - DONE[quarter])), 0, 1)
    spent = np.floor(own.number(code, at, BUDGET) * done / STEP).astype(np.int64) * STEP
    if code == "KEU_003":
        return np.minimum(spent, own.number("KEU_002", at, SPENT))
    return spent if at.first_day.month == 1 else np.maximum(spent, own.number(code, at.preceding, SPENT))


def _planned(code: str, own: "Province", at: Period) -> Whole:
    if code == "KEU_018":
        return own.number("SOS_019", at) * BENEFIT * 12
    if code in SHARES:
        of, low, high = SHARES[code]
        share = low + (high - low) * own.chance.kept(code, at.year, 0.8)
        return np.floor(own.number(of, at, BUDGET) * share / STEP).astype(np.int64) * STEP
    median, spread, none = MEDIANS[code]
    score = 0.95 * own.chance.normal(code, "place") + 0.31 * own.chance.normal(code, at.year)
    amount = median * GROWTH ** (at.year - ANCHOR) * np.exp(spread * score)
    exists = own.chance.kept(f"{code} exists", at.year, 0.9) >= none
    return np.where(exists, np.round(amount / STEP) * STEP, 0).astype(np.int64)


def _families_helped(own: "Province", at: Period, _: str) -> Whole:
    """Give families with the cash benefit: the same all year, at most 15 % of the Dana Desa."""
    first = periods.year(at.year).parts(Frequency.QUARTER)[0]
    most = own.number("KEU_004", first, BUDGET) * 0.15 / (BENEFIT * 12)
    families = own.last("KEP_004", periods.year(at.year - 1)) * (
        0.03 + 0.05 * own.chance.kept("SOS_019", at.year, 0.8)
    )
    return np.floor(np.minimum(families, most)).astype(np.int64)


def _self_help(own: "Province", at: Period, _: str) -> Whole:
    """Give the worth of self-help in half a year: what came into the treasury, and more in kind."""
    last = at.parts(Frequency.QUARTER)[-1]
    cash = own.number("KEU_003", last, SPENT)
    if at.first_day.month > 1:
        cash = cash - own.number("KEU_003", at.preceding.parts(Frequency.QUARTER)[-1], SPENT)
    return np.maximum(cash, 0) + own.modelled(own.book.items["SOS_011"], at)


def _capital(own: "Province", at: Period, _: str) -> Whole:
    """Add up what the village put into its works since the first year."""
    made = np.zeros(len(own.villages), np.int64)
    for year in range(ANCHOR, at.year + 1):
        made = made + own.number("KEU_020", periods.year(year).parts(Frequency.QUARTER)[-1], SPENT)
    return made


def _assets(own: "Province", at: Period, _: str) -> Whole:
    worth = 1_500_000_000 * np.exp(
        0.6 * own.chance.normal("KEU_029") + 0.02 * own.chance.normal("KEU_029", at)
    )
    return own.number("EKO_017", at) + whole(worth / STEP) * STEP


def _left_over(own: "Province", at: Period, _: str) -> Whole:
    last = periods.year(at.year - 1).parts(Frequency.QUARTER)[-1]
    made: Whole = np.maximum(own.number("KEU_001", last, SPENT) - own.number("KEU_011", last, SPENT), 0)
    return made


def _kind(own: "Province", _: Period) -> Texts:
    return np.full(len(own.villages), "1")


def _school(own: "Province", at: Period) -> Texts:
    return np.array(["4", "5", "5", "6", "7"])[(own.chance.kept("PEM_010", at, 0.99) * 5).astype(np.int64)]


def _term(own: "Province", at: Period) -> NDArray[np.int64]:
    """Give the year in which the term of eight years began that is running."""
    phase = np.floor(own.chance.uniform("term") * 8).astype(np.int64)
    return at.year - (at.year + phase) % 8


def _sworn_in(own: "Province", at: Period) -> Texts:
    return np.array([f"{year}-06-15" for year in _term(own, at)])


def _term_ends(own: "Province", at: Period) -> Texts:
    return np.array([f"{year + 8}-06-14" for year in _term(own, at)])


def _plan_begins(own: "Province", at: Period, _: str) -> Whole:
    return _term(own, at)


def _plan_ends(own: "Province", at: Period, _: str) -> Whole:
    return _term(own, at) + 8


def _day_before(code: str, year: int, month: int, own: "Province", at: Period) -> Texts:
    """Give a day at most three months before a due day, late in one village of twenty."""
    drawn = own.chance.uniform(code, at)
    late = (drawn > 0.95).astype(np.int64)
    months = [month - int(back * 3) + 2 * int(one) for back, one in zip(drawn, late, strict=True)]
    return np.array([f"{at.year + year + (one - 1) // 12}-{(one - 1) % 12 + 1:02d}-10" for one in months])


def _status(own: "Province", at: Period) -> Texts:
    """Give the class of the score; the limits are those of the rule book."""
    classes = own.book.indices["ID"]
    score = own.number("PEM_039", at)
    limits = [float(low) * 100 for _, low, _ in classes.classes[1:] if low is not None]
    names = np.array([name for name, _, _ in classes.classes])
    return names[np.searchsorted(limits, score, side="right")]


def _guard(own: "Province", at: Period) -> Texts:
    return np.where(own.chance.kept("SOS_022", at, 0.97) < 0.6, "true", "false")


def _guard_active(own: "Province", at: Period) -> Texts:
    active = (own.text("SOS_022", at) == "true") & (own.chance.kept("SOS_013", at, 0.9) < 0.7)
    return np.where(active, "true", "false")


type Number = Callable[["Province", Period, str], Whole]
NUMBERS: dict[str, Number] = {
    **{code: partial(_flow, code) for code in FLOWS},
    "KEP_001": _persons, "KEP_002": _men, "KEP_003": _women, "KEP_004": _families,
    **{f"KEP_{6 + group:03d}": partial(_age, group) for group in range(4)},
    "KEP_014": _adults, "KEP_015": partial(_share, "KEP_015", "KEP_014", 0.96), "KEP_016": _children,
    "KEP_017": partial(_share, "KEP_017", "KEP_016", 0.9), "KES_010": _toddlers,
    "KES_016": partial(_deaths_of, "KES_016", 0.02), "KES_017": partial(_deaths_of, "KES_017", 0.08),
    "INF_001": _roads, "INF_008": _grid, "INF_009": _off_grid,
    "INF_010": partial(_share, "INF_010", "KEP_004", 0.05), "INF_017": _repaired,
    "LIN_005": _dead, "LIN_006": _hit,
    **{code: partial(_land, code) for code in ("EKO_002", "EKO_003", "EKO_004")},
    "KEU_027": _treasury_land, "KEU_028": _certified, "EKO_014": _units, "EKO_015": _turnover,
    "EKO_016": _profit, "EKO_018": _workers, "EKO_008": _red_white, "EKO_007": _cooperatives,
    "SOS_010": _together, "SOS_019": _families_helped, "SOS_011": _self_help, "EKO_017": _capital,
    "KEU_029": _assets, "KEU_021": _left_over,
    **{f"KEU_{number:03d}": partial(_budget, f"KEU_{number:03d}") for number in range(1, 21)},
    "PEM_043": _plan_begins, "PEM_030": _plan_ends,
}  # fmt: skip
"""Numbers that hang together with others."""
type Text = Callable[["Province", Period], Texts]
TEXTS: dict[str, Text] = {
    "PEM_001": _kind, "PEM_010": _school, "PEM_042": _sworn_in, "PEM_011": _term_ends, "PEM_040": _status,
    "PEM_031": partial(_day_before, "PEM_031", -1, 9), "KEU_022": partial(_day_before, "KEU_022", -1, 12),
    "KEU_023": partial(_day_before, "KEU_023", 0, 7), "KEU_024": partial(_day_before, "KEU_024", 1, 3),
    "SOS_022": _guard, "SOS_013": _guard_active,
}  # fmt: skip
"""Choices and days that hang together with others."""
