"""RPJM Desa, RKP Desa and APBDes of example villages, with what is planted among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sidara.demo.core.plans.governments import Ground
from sidara.demo.core.plans.made import Made, MadeTable, Planted
from sidara.demo.core.plans.serving import Serving
from sidara.demo.core.plans.setting import Purse
from sidara.demo.core.story.shares import number
from sidara.programmes.core import Government, Level
from sidara.programmes.core.entry import Entry

EXTRA_CODE = "4.7.02"
"""What a village plans beside its RPJM Desa where that is planted: a kiosk or market of its own."""
BUDGET_ABOVE_PERCENT = 125
STEP = 500_000
ACCOUNTS = {"infrastruktur": "5.3.5", "": "5.2.1"}
"""The account of an expense by the field of its kind: capital for what is built, else goods and services."""
BLT, OPERATIONS, FOOD = "5.3.00", "1.1.08", "4.2.03"


@dataclass(slots=True)
class _Works:
    """What one village does in the year of plan: entries with names and rupiah, by the code."""

    village: str
    money: dict[str, int] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    def add(self, entry: Entry, money: int, account: str) -> None:
        """Add a work; the same code twice is one line."""
        self.money[entry.code] = self.money.get(entry.code, 0) + money
        self.entries[entry.code] = entry
        self.accounts.setdefault(entry.code, account)


def plan_villages(ground: Ground, villages: Sequence[str], servings: Sequence[Serving], made: Made) -> None:
    """Draw the three documents of each village; plants so many faults as the setting says, one a village."""
    works = {code: _Works(code) for code in villages}
    for one in servings:
        if one.level is Level.VILLAGE and one.theme.key != "pangan":
            _add(ground, one, works)
    planted = iter(villages)
    extra = _taken(planted, ground.setting.planted["village_line_not_in_rpjmdes"])
    unplanned = _taken(planted, ground.setting.planted["budget_not_in_rkp"])
    above = _taken(planted, ground.setting.planted["budget_above"])
    for code, work in works.items():
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
        if code in above and budget:
            raised = min(budget)
            budget[raised] = budget[raised] * BUDGET_ABOVE_PERCENT // 100
            made.planted.append(Planted("SIN_S13", f"{code} {raised}: APBDes 25 persen di atas RKP Desa"))
        made.tables.append(_apbdes(ground, work, budget, income))


def _taken(villages: Iterator[str], count: int) -> set[str]:
    return {code for code, _ in zip(villages, range(count), strict=False)}


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
            works[village].add(codes[0], money, account)


def _entry(ground: Ground, code: str) -> Entry:
    found = ground.catalogue.entry(Government.VILLAGE, code, ground.year)
    if found is None:
        raise LookupError(f"village code {code} is not in the list")
    return found


def _row(entry: Entry, money: int, fund: str) -> dict[str, str | int]:
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
    }


def _table(ground: Ground, work: _Works, table: str, rows: Sequence[Mapping[str, str | int]]) -> MadeTable:
    return MadeTable(
        table=table, level=Level.VILLAGE, area=work.village, agency="", year=ground.year, rows=tuple(rows)
    )


def _rpjmdes(ground: Ground, work: _Works) -> MadeTable:
    before, after = ground.setting.village_span
    ticks: dict[str, str | int] = {f"years_{before + 1}": "v", f"years_{before + 2}": "v"}
    always: dict[str, str | int] = {f"years_{year}": "v" for year in range(1, before + after + 2)}
    fund = ground.setting.funds[Level.VILLAGE]
    rows = [_row(work.entries[code], money, fund) | ticks for code, money in sorted(work.money.items())]
    rows += [_row(_entry(ground, code), 0, fund) | always for code in (FOOD, OPERATIONS)]
    first, last = ground.year - before, ground.year + after
    return replace(_table(ground, work, "rpjmdes", rows), year=first, year_from=first, year_to=last)


def _rkp(ground: Ground, work: _Works, money: Mapping[str, int], income: int) -> MadeTable:
    fund, purse = ground.setting.funds[Level.VILLAGE], ground.setting.purse
    rows = [_row(_entry(ground, code), one, fund) for code, one in sorted(money.items())]
    rows.append(_row(_entry(ground, FOOD), income * purse.food // 100, fund))
    rows.append(_row(_entry(ground, OPERATIONS), income * purse.operations // 100, fund))
    rows.append(_row(_entry(ground, BLT), income * purse.blt // 100, fund))
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
