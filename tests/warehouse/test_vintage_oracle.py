"""Figures of another vintage against a slow second opinion that knows nothing of the lineage's shortcuts.

The oracle walks day by day through the links of a history, moves one region's parcel at a time, and counts
parcels. It shares no code with `regions.core.lineage` or `warehouse.core.moving`.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidara.regions.core import Change
from sidara.warehouse.core import MIXED, MOVING, Flag, move, moves
from tests.regions.histories import TODAY as NOW
from tests.regions.histories import History, histories
from tests.warehouse.test_vintage import MOMENT, VARIABLES

type Parcels = dict[int, Fraction]
YEARS = range(1993, 2027)


def walked(history: History, region: int, on: date, at: date) -> Parcels:
    """Where a region of a day lies on another: one step of the calendar's links after the other."""
    links = [one for one in history.world.successions if one.kind in {Change.SPLIT, Change.MERGE}]
    changes = sorted({one.day for one in links})
    parcels: Parcels = {region: Fraction(1)}
    ahead = [day for day in changes if on < day <= at]
    back = [day for day in reversed(changes) if at < day <= on]
    for day in ahead or back:
        after: Parcels = defaultdict(Fraction)
        for here, share in parcels.items():
            there = {
                (one.new if ahead else one.old): (one.share if ahead else one.share_back)
                for one in links
                if one.day == day and here == (one.old if ahead else one.new)
            }
            for to, part in (there or {here: Fraction(1)}).items():
                after[to or 0] += share * part
        parcels = dict(after)
    return parcels


def divided(value: Decimal, parcels: Parcels, decimals: int) -> dict[int, Decimal]:
    """Hand out the smallest units one by one: whole quotas, then the rest to the largest remainders."""
    units = abs(int(value * 10**decimals))
    quota = {area: units * share for area, share in parcels.items()}
    given_ = {area: int(own) for area, own in quota.items()}
    by_remainder = sorted(quota, key=lambda area: (-(quota[area] - given_[area]), area))
    for area in by_remainder[: units - sum(given_.values())]:
        given_[area] += 1
    sign = -1 if value < 0 else 1
    return {area: Decimal(sign * count) / 10**decimals for area, count in given_.items()}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.data())
def test_figures_are_those_of_the_second_opinion(history: History, data: st.DataObject) -> None:
    year = data.draw(st.sampled_from(YEARS))
    on, at = min(date(year, 12, 31), NOW), min(date(data.draw(st.sampled_from(YEARS)), 12, 31), NOW)
    lineage = history.world.lineage
    villages = [one.id for one in history.world.villages(on).values()]
    silent = {one for one in villages if data.draw(st.integers(0, 4)) == 0}
    known = {one: _facts(data) for one in villages if one not in silent}
    touched = [one for one in known if one in lineage.touched]
    if not touched:
        return
    where = {one: walked(history, one, on, at) for one in villages}
    rows = [_row(one, str(year), *cell) for one in touched for cell in known[one].items()]
    there = moves(lineage, [str(year)], at=at)
    assert there is not None
    done = move(pl.DataFrame(rows, schema=MOVING), there, VARIABLES, tuple(VARIABLES), lambda area: area)
    told = {
        (area, variable, breakdown): (code if value is None else value, flag)
        for area, variable, breakdown, value, code, flag in done.facts.select(
            "region_id", "variable", "breakdown", "value", "code", "flag"
        ).iter_rows()
    }
    assert done.facts.height == len(told), "nothing twice"
    expected: dict[tuple[int, str, str], tuple[object, str | None]] = {}
    cells = {cell for one in touched for cell in known[one]}
    for cell in cells:
        for area in {area for one in touched if cell in known[one] for area in where[one]}:
            inside = [one for one in villages if area in where[one]]
            expected[area, *cell] = _judged(area, cell, inside, known, where)
    assert told == expected
    for variable in ("UANG", "ORANG"):
        for breakdown in ("_T", "JK:L"):
            given_ = sum((known[one].get((variable, breakdown), Decimal(0)) for one in touched), Decimal(0))
            shown = sum(
                (
                    value
                    for (_, name, part), (value, _) in told.items()
                    if (name, part) == (variable, breakdown) and isinstance(value, Decimal)
                ),
                Decimal(0),
            )
            assert shown == given_


def _facts(data: st.DataObject) -> dict[tuple[str, str], Decimal | str]:
    people, men = data.draw(st.integers(0, 999)), data.draw(st.integers(0, 99))
    literate = data.draw(st.integers(0, people))
    cents = Decimal(data.draw(st.integers(-(10**6), 10**6))) / 100
    found: dict[tuple[str, str], Decimal | str] = {
        ("ORANG", "_T"): Decimal(people),
        ("ORANG", "JK:L"): Decimal(men),
        ("UANG", "_T"): cents,
        ("MELEK", "_T"): Decimal(literate),
        ("PERSEN", "_T"): Decimal(round(100 * literate / people, 2)) if people else Decimal(0),
        ("RATA", "_T"): Decimal(data.draw(st.integers(0, 120))) / 10,
        ("INDEKS", "_T"): Decimal(data.draw(st.integers(0, 10_000))) / 10_000,
        ("STATUS", "_T"): data.draw(st.sampled_from(["MAJU", "MANDIRI"])),
    }
    found = {
        cell: value if isinstance(value, str) else value.quantize(Decimal("0.0001"))
        for cell, value in found.items()
    }
    gone = data.draw(st.sets(st.sampled_from(sorted(found)), max_size=2))
    return {cell: value for cell, value in found.items() if cell not in gone}


def _row(region: int, period: str, cell: tuple[str, str], value: Decimal | str) -> dict[str, object]:
    is_code = isinstance(value, str)
    return {
        "region_id": region,
        "period": period,
        "variable": cell[0],
        "breakdown": cell[1],
        "value": None if is_code else value,
        "code": value if is_code else None,
        "state": "nilai",
        "definition": "v1",
        "recorded_from": MOMENT,
    }


def _judged(
    area: int,
    cell: tuple[str, str],
    inside: list[int],
    known: Mapping[int, Mapping[tuple[str, str], Decimal | str]],
    where: Mapping[int, Parcels],
) -> tuple[object, str | None]:
    """What must stand for an area: (value or code, flag)."""
    variable, _ = cell
    having = [one for one in inside if cell in known.get(one, {})]
    is_part = any(len(where[one]) > 1 for one in having)
    estimate = Flag.ESTIMATE if is_part else None
    nothing = (None, Flag.UNAVAILABLE)
    if variable in {"ORANG", "UANG", "MELEK"}:
        decimals = VARIABLES[variable].decimals
        parts = [divided(known[one][cell], where[one], decimals)[area] for one in having]  # type: ignore[arg-type]  # amounts
        return sum(parts, Decimal(0)), estimate
    if len(inside) == 1:
        return known[inside[0]][cell], estimate
    if variable == "STATUS":
        codes = {known[one][cell] for one in having}
        if len(codes) > 1:
            return MIXED, estimate
        return (codes.pop(), estimate) if len(having) == len(inside) else nothing
    if variable == "INDEKS":
        return nothing
    exact = _recomputed(area, cell, inside, known, where)
    if exact is None:
        return nothing
    scaled = exact * 10_000
    whole = int(scaled) + (1 if scaled - int(scaled) >= Fraction(1, 2) else 0)
    return Decimal(whole) / 10_000, estimate


def _recomputed(
    area: int,
    cell: tuple[str, str],
    inside: list[int],
    known: Mapping[int, Mapping[tuple[str, str], Decimal | str]],
    where: Mapping[int, Parcels],
) -> Fraction | None:
    """The ratio of the sums of its parts; `None` where one is not told or all weigh nothing."""
    variable, breakdown = cell
    top = bottom = Fraction(0)
    for one in inside:
        own = {name: value for (name, part), value in known.get(one, {}).items() if part == breakdown}
        share = where[one][area]
        if "ORANG" not in own:
            return None
        base = Fraction(own["ORANG"])
        if variable == "PERSEN" and "MELEK" in own:
            part = Fraction(own["MELEK"])
        elif variable == "RATA" and (variable in own or base == 0):
            part = Fraction(own.get(variable, 0)) * base
        else:
            return None
        top += share * part
        bottom += share * base
    return (100 if variable == "PERSEN" else 1) * top / bottom if bottom else None


@settings(max_examples=300, deadline=None)
@given(histories(), st.data())
def test_every_code_ever_valid_leads_to_the_village_of_its_day(history: History, data: st.DataObject) -> None:
    """The oracle replays the file's lines: which name a code bears on a day."""
    day = data.draw(st.dates(date(1993, 1, 1), NOW))
    names = {
        f"{district}.2{at + 1:03d}": None
        for at, district in enumerate(["62.01.01", "62.01.02", "62.02.01"] * history.villages)
        if at < history.villages
    }
    codes = set(names)
    for told in sorted((one for one in history.told if one.day <= day), key=lambda one: (one.day, one.line)):
        if told.kind in {Change.SPLIT, Change.MERGE, Change.RECODE}:
            mates = [one for one in history.told if one.day == told.day and one.kind is told.kind]
            if told.kind is Change.RECODE or not any(one.new_code == told.old_code for one in mates):
                codes.discard(told.old_code or "")
        if told.new_code and told.kind is not Change.RENAME and told.kind is not Change.REPARENT:
            codes.add(told.new_code)
    assert set(history.world.villages(day)) == codes
    before = day - timedelta(days=1)
    assert all(one.is_valid(before) or one.valid_from == day for one in history.world.villages(day).values())
