"""RPJM Desa, RKP Desa and APBDes of example villages, with what is planted among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sidara.demo.core.plans.governments import Ground
from sidara.demo.core.plans.made import Made, MadeGoal, MadePlan, MadeTable, Planted
from sidara.demo.core.plans.serving import Serving
from sidara.demo.core.plans.setting import Purse, Theme
from sidara.demo.core.story.shares import number
from sidara.programmes.core import GoalKind, Government, Level, PlanKind
from sidara.programmes.core.codes.entry import Entry
from sidara.regions.core import regency_of

EXTRA_CODE, EXTRA_KIND = "4.7.02", "JK-EKO-07"
"""What a village plans beside its RPJM Desa where that is planted: a kiosk or market of its own."""
BUDGET_ABOVE_PERCENT = 125
STEP = 500_000
ACCOUNTS = {"infrastruktur": "5.3.5", "": "5.2.1"}
"""The account of an expense by the field of its kind: capital for what is built, else goods and services."""
BLT, OPERATIONS, FOOD = "5.3.00", "1.1.08", "4.2.03"
BOUND = {"food": FOOD, "blt": BLT}
"""The code of a part of the Dana Desa that is bound, by its name in the content."""


@dataclass(slots=True)
class _Works:
    """What one village does in the year of plan: entries with names, rupiah, kind and theme, by the code."""

    village: str
    money: dict[str, int] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=lambda: {EXTRA_CODE: EXTRA_KIND})
    themes: dict[str, Theme] = field(default_factory=dict)

    def add(self, entry: Entry, money: int, account: str, serving: Serving) -> None:
        """Add a work; the same code twice is one line."""
        self.money[entry.code] = self.money.get(entry.code, 0) + money
        self.entries[entry.code] = entry
        self.accounts.setdefault(entry.code, account)
        self.follow(entry.code, serving)

    def follow(self, code: str, serving: Serving) -> None:
        """Let a code be of the kind and for the goal of a serving."""
        self.kinds.setdefault(code, serving.kind)
        self.themes.setdefault(code, serving.theme)

    def goal(self, code: str) -> str:
        """Give the goal of a line as the village's documents write it, empty where it serves none."""
        return objective(self.themes[code]) if code in self.themes else ""


def plan_villages(ground: Ground, villages: Sequence[str], servings: Sequence[Serving], made: Made) -> None:
    """Draw the three documents of each village, with goals that follow the kabupaten's.

    Plants so many faults in each kabupaten as the setting says, one a village.
    """
    works = {code: _Works(code) for code in villages}
    for one in servings:
        if one.level is Level.VILLAGE and not one.theme.bound:
            _add(ground, one, works)
        elif one.level is Level.VILLAGE:
            for code in one.money:
                works[code].follow(BOUND[one.theme.bound], one)
    extra, unplanned, above = _planted(works, ground.setting.planted)
    for code, work in works.items():
        made.plans.append(_rpjm(ground, work))
        income = _income(ground.setting.seed, code, ground.setting.purse)
        rkp = dict(work.money)
        if code in extra:
            rkp[EXTRA_CODE] = 40 * STEP
            made.planted.append(Planted("SIN_S12", f"{code} {EXTRA_CODE}: di RKP Desa, tidak di RPJM Desa"))
        made.tables.append(_rpjmdes(ground, work))
        made.tables.append(_rkp(ground, work, rkp, income))
        budget = dict(rkp)
        if code in unplanned:
            budget[EXTRA_CODE] = 60 * STEP
            made.planted.append(Planted("SIN_S13", f"{code} {EXTRA_CODE}: di APBDes, tidak di RKP Desa"))
        if code in above:
            raised = min(budget)
            budget[raised] = budget[raised] * BUDGET_ABOVE_PERCENT // 100
            made.planted.append(Planted("SIN_S13", f"{code} {raised}: APBDes 25 persen di atas RKP Desa"))
        made.tables.append(_apbdes(ground, work, budget, income))


def _planted(works: Mapping[str, _Works], planted: Mapping[str, int]) -> tuple[set[str], set[str], set[str]]:
    """Choose in each kabupaten the villages of the three faults, another one for each.

    A line beside the RPJM Desa, one beside the RKP Desa, a budget above it (where there is any work).
    """
    by_regency: dict[str, list[str]] = {}
    for code in works:
        by_regency.setdefault(regency_of(code), []).append(code)
    extra, unplanned, above = set[str](), set[str](), set[str]()
    for own in by_regency.values():
        first, second = planted["village_line_not_in_rpjmdes"], planted["budget_not_in_rkp"]
        extra |= set(own[:first])
        unplanned |= set(own[first : first + second])
        busy = [code for code in own[first + second :] if works[code].money]
        above |= set(busy[: planted["budget_above"]])
    return extra, unplanned, above


def objective(theme: Theme) -> str:
    """Give the objective of a village for a theme, as its documents write it."""
    return f"{theme.goal} di desa ini (contoh)"


def _rpjm(ground: Ground, work: _Works) -> MadePlan:
    """Give the RPJM Desa with an objective for each theme that the village serves, below the kabupaten's."""
    before, after = ground.setting.village_span
    regency = regency_of(work.village)
    themes = {one.key: one for one in work.themes.values()}
    return MadePlan(
        key=f"RPJM Desa:{work.village}",
        kind=PlanKind.RPJM_DESA,
        level=Level.VILLAGE,
        area=work.village,
        agency="",
        title="RPJM Desa (contoh)",
        year_from=ground.year - before,
        year_to=ground.year + after,
        established=date(ground.year - before, 1, 20),
        goals=tuple(
            MadeGoal(
                key=f"{work.village}:{one.key}",
                kind=GoalKind.OBJECTIVE,
                code=f"S-{one.key.upper()}",
                name=objective(one),
                upper=f"{regency}:{one.key}",
            )
            for one in themes.values()
        ),
    )


def _income(seed: int, village: str, purse: Purse) -> int:
    low, high = purse.dana_desa
    return low + STEP * (number(seed, "dana desa", village) % ((high - low) // STEP + 1))


def _add(ground: Ground, serving: Serving, works: Mapping[str, _Works]) -> None:
    kind = ground.catalogue.kinds.find(serving.kind)
    codes = ground.catalogue.codes_of(kind, Government.VILLAGE, ground.year) if kind else ()
    if not kind or not codes:
        return
    account = ACCOUNTS.get(kind.field, ACCOUNTS[""])
    for village, money in serving.money.items():
        if village in works:
            works[village].add(codes[0], money, account, serving)


def _entry(ground: Ground, code: str) -> Entry:
    found = ground.catalogue.entry(Government.VILLAGE, code, ground.year)
    if found is None:
        raise LookupError(f"village code {code} is not in the list")
    return found


def _row(entry: Entry, money: int, fund: str, goal: str) -> dict[str, str | int]:
    field_name = next((one.name for one in entry.parents), "")
    return {
        "field": field_name,
        "name": entry.name,
        "code": entry.code,
        "place": "RT 01",
        "volume": 1,
        "unit": "paket",
        "beneficiaries": "warga desa",
        "ceiling": money,
        "fund_source": fund,
        "self_managed": "v",
        "goal": goal,
    }


def _table(ground: Ground, work: _Works, table: str, rows: Sequence[Mapping[str, str | int]]) -> MadeTable:
    return MadeTable(
        table=table,
        level=Level.VILLAGE,
        area=work.village,
        agency="",
        year=ground.year,
        rows=tuple(rows),
        kinds=work.kinds,
    )


def _rpjmdes(ground: Ground, work: _Works) -> MadeTable:
    before, after = ground.setting.village_span
    ticks: dict[str, str | int] = {f"years_{before + 1}": "v", f"years_{before + 2}": "v"}
    always: dict[str, str | int] = {f"years_{year}": "v" for year in range(1, before + after + 2)}
    fund = ground.setting.funds[Level.VILLAGE]
    rows = [
        _row(work.entries[code], money, fund, work.goal(code)) | ticks
        for code, money in sorted(work.money.items())
    ]
    rows += [_row(_entry(ground, code), 0, fund, work.goal(code)) | always for code in (FOOD, OPERATIONS)]
    first, last = ground.year - before, ground.year + after
    return replace(_table(ground, work, "rpjmdes", rows), year=first, year_from=first, year_to=last)


def _rkp(ground: Ground, work: _Works, money: Mapping[str, int], income: int) -> MadeTable:
    fund, purse = ground.setting.funds[Level.VILLAGE], ground.setting.purse
    bound = {FOOD: purse.food, OPERATIONS: purse.operations, BLT: purse.blt}
    wanted = sorted(money.items()) + [(code, income * share // 100) for code, share in bound.items()]
    rows = [_row(_entry(ground, code), one, fund, work.goal(code)) for code, one in wanted]
    return _table(ground, work, "rkpdes", rows)


def _apbdes(ground: Ground, work: _Works, money: Mapping[str, int], income: int) -> MadeTable:
    fund, purse = ground.setting.funds[Level.VILLAGE], ground.setting.purse
    wanted = [
        (code, work.accounts.get(code, ACCOUNTS["infrastruktur"]), _entry(ground, code).name, one)
        for code, one in sorted(money.items())
    ]
    wanted += [
        ("", "4.2.1", "Dana Desa", income),
        (FOOD, "5.2.7", _entry(ground, FOOD).name, income * purse.food // 100),
        (OPERATIONS, "5.2.1", _entry(ground, OPERATIONS).name, income * purse.operations // 100),
        (BLT, "5.4.1", _entry(ground, BLT).name, income * purse.blt // 100),
    ]
    rows: list[dict[str, str | int]] = [
        {"code": code, "account": account, "name": name, "ceiling": one, "fund_source": fund}
        for code, account, name, one in wanted
    ]
    return _table(ground, work, "apbdes", rows)
