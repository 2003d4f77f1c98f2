"""Figures in three vintages: totals are the same, parts inherit, merges are recomputed or given up."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.collection.core import Aggregation, Choice, ValueType, Variable
from sidara.kernel.number import rounded
from sidara.regions.core import Change, Lineage, Succession
from sidara.warehouse.core import AS_REPORTED, MIXED, MOVING, TODAY, Flag, move, moves, of_year, stretches
from sidara.warehouse.core.vintage import check_vintage, parse
from tests.regions.histories import TODAY as NOW
from tests.regions.histories import History, histories

MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
SPLIT, MERGE = date(2012, 7, 1), date(2020, 1, 1)
SUM = Aggregation.SUM
STATUSES = (Choice("MAJU", "Maju"), Choice("MANDIRI", "Mandiri"))
VARIABLES = {
    one.code: one
    for one in (
        Variable("ORANG", "Penduduk", "jiwa", 0, ValueType.NUMBER, is_whole=True, aggregation=SUM),
        Variable("UANG", "Anggaran", "rupiah", 2, ValueType.NUMBER, aggregation=SUM),
        Variable("MELEK", "Melek huruf", "jiwa", 0, ValueType.NUMBER, is_whole=True, aggregation=SUM),
        Variable(
            "PERSEN", "Melek huruf", "persen", 2, ValueType.NUMBER, aggregation=Aggregation.RATIO,
            numerator="MELEK", denominator="ORANG", scale=100,
        ),
        Variable(
            "RATA", "Rata-rata", "tahun", 1, ValueType.NUMBER, aggregation=Aggregation.RATIO,
            denominator="ORANG",
        ),
        Variable("INDEKS", "Indeks", "", 4, ValueType.NUMBER),
        Variable("STATUS", "Status", "", 0, ValueType.CHOICE, STATUSES),
    )
}  # fmt: skip
CHAIN = Lineage(
    (
        Succession(1, 1, SPLIT, Change.SPLIT, Fraction(3, 5)),
        Succession(1, 2, SPLIT, Change.SPLIT, Fraction(2, 5)),
        Succession(2, 4, MERGE, Change.MERGE, share_back=Fraction(1, 4)),
        Succession(3, 4, MERGE, Change.MERGE, share_back=Fraction(3, 4)),
    )
)
"""1 is split into 1 and 2; later 2 and 3 become 4."""

type Row = tuple[int, str, str, str | None]


def facts(rows: Iterable[Row]) -> pl.DataFrame:
    """Facts of (region, period, variable, value); a choice by its code; a word behind `=` is a state."""
    made = []
    for region, period, variable, text in rows:
        is_choice = VARIABLES[variable].type is ValueType.CHOICE
        state = text[1:] if text and text.startswith("=") else "nilai"
        told = None if state != "nilai" else text
        made.append(
            {
                "region_id": region,
                "period": period,
                "variable": variable,
                "breakdown": "_T",
                "value": None if is_choice or told is None else Decimal(told),
                "code": told if is_choice else None,
                "state": state,
                "definition": "v1",
                "recorded_from": MOMENT,
            }
        )
    return pl.DataFrame(made, schema=MOVING)


def moved(rows: Iterable[Row], at: date, *asked: str, lineage: Lineage = CHAIN, group=lambda area: area):
    """Move facts; gives {area: (value or code, flag)} of one variable and period, and the findings."""
    table = facts(rows)
    there = moves(lineage, table["period"].unique().to_list(), at=at)
    assert there is not None
    done = move(table, there, VARIABLES, asked or tuple(VARIABLES), group)
    shown = {
        (area, period, variable): (code if value is None else value, flag)
        for area, period, variable, value, code, flag in done.facts.select(
            "region_id", "period", "variable", "value", "code", "flag"
        ).iter_rows()
    }
    return shown, [one.code for one in done.findings]


def one(rows: Iterable[Row], at: date, variable: str, **more):
    shown, said = moved(rows, at, variable, **more)
    return {area: told for (area, _, _), told in shown.items()}, said


E = Flag.ESTIMATE


def test_an_amount_is_divided_by_share_with_the_rest_by_largest_remainder():
    assert one([(1, "2010", "ORANG", "101")], NOW, "ORANG") == (
        {1: (Decimal(61), E), 4: (Decimal(40), E)},
        ["VINTAGE_PARTIAL"],
    )
    rows: list[Row] = [(1, "2010", "ORANG", "101"), (3, "2010", "ORANG", "50")]
    assert one(rows, NOW, "ORANG") == ({1: (Decimal(61), E), 4: (Decimal(90), E)}, [])
    parts = {1: (Decimal("0.03"), E), 2: (Decimal("0.02"), E)}
    assert one([(1, "2010", "UANG", "0.05")], date(2015, 1, 1), "UANG") == (parts, [])
    assert one([(1, "2010", "UANG", "0.0001")], date(2015, 1, 1), "UANG")[0] == {
        1: (Decimal("0.0001"), E),
        2: (0, E),
    }


def test_whole_areas_that_merge_add_up_exactly_and_are_no_estimate():
    rows: list[Row] = [(2, "2015", "ORANG", "40"), (3, "2015", "ORANG", "50"), (1, "2015", "ORANG", "60")]
    assert one(rows, NOW, "ORANG") == ({1: (Decimal(60), None), 4: (Decimal(90), None)}, [])
    assert one(rows, date(2010, 1, 1), "ORANG") == ({1: (Decimal(100), None), 3: (Decimal(50), None)}, [])


def test_the_sum_of_an_area_that_holds_all_parts_is_no_estimate():
    rows: list[Row] = [(1, "2010", "ORANG", "101"), (3, "2010", "ORANG", "50")]
    assert one(rows, NOW, "ORANG", group=lambda area: 99)[0] == {
        1: (Decimal(61), None),
        4: (Decimal(90), None),
    }
    assert one(rows, NOW, "ORANG", group=lambda area: area % 2)[0][1][1] == E


def test_parts_inherit_and_merges_are_given_up():
    both = {1: (Decimal("0.7"), E), 2: (Decimal("0.7"), E)}
    assert one([(1, "2010", "INDEKS", "0.7")], date(2015, 1, 1), "INDEKS") == (both, [])
    rows: list[Row] = [
        (2, "2015", "INDEKS", "0.7"),
        (3, "2015", "INDEKS", "0.5"),
        (1, "2015", "INDEKS", "0.6"),
    ]
    assert one(rows, NOW, "INDEKS") == (
        {1: (Decimal("0.6"), None), 4: (None, Flag.UNAVAILABLE)},
        ["VINTAGE_UNAVAILABLE"],
    )


def test_ratios_are_recomputed_from_their_parts():
    rows: list[Row] = [
        (2, "2015", "PERSEN", "50"), (2, "2015", "MELEK", "20"), (2, "2015", "ORANG", "40"),
        (3, "2015", "PERSEN", "90"), (3, "2015", "MELEK", "54"), (3, "2015", "ORANG", "60"),
    ]  # fmt: skip
    assert one(rows, NOW, "PERSEN") == ({4: (Decimal(74), None)}, [])
    assert one(rows[:-1], NOW, "PERSEN") == ({4: (None, Flag.UNAVAILABLE)}, ["VINTAGE_UNAVAILABLE"])
    parts: list[Row] = [
        (1, "2010", "PERSEN", "50"), (1, "2010", "MELEK", "50"), (1, "2010", "ORANG", "100"),
        (3, "2010", "PERSEN", "90"), (3, "2010", "MELEK", "54"), (3, "2010", "ORANG", "60"),
    ]  # fmt: skip
    assert one(parts, NOW, "PERSEN") == ({1: (Decimal(50), E), 4: (Decimal(74), E)}, [])
    means: list[Row] = [
        (2, "2015", "RATA", "10"), (2, "2015", "ORANG", "40"),
        (3, "2015", "RATA", "5"), (3, "2015", "ORANG", "60"),
    ]  # fmt: skip
    assert one(means, NOW, "RATA") == ({4: (Decimal(7), None)}, [])


def test_choices_are_inherited_or_mixed():
    assert one([(1, "2010", "STATUS", "MAJU")], date(2015, 1, 1), "STATUS")[0] == {
        1: ("MAJU", E),
        2: ("MAJU", E),
    }
    both: list[Row] = [(2, "2015", "STATUS", "MAJU"), (3, "2015", "STATUS", "MANDIRI")]
    assert one(both, NOW, "STATUS") == ({4: (MIXED, None)}, [])
    same: list[Row] = [(2, "2015", "STATUS", "MAJU"), (3, "2015", "STATUS", "MAJU")]
    assert one(same, NOW, "STATUS") == ({4: ("MAJU", None)}, [])
    assert one(both[:1], NOW, "STATUS") == ({4: (None, Flag.UNAVAILABLE)}, ["VINTAGE_UNAVAILABLE"])


def test_states_are_no_figures():
    rows: list[Row] = [(2, "2015", "ORANG", "=tidak_ada"), (3, "2015", "ORANG", "50")]
    assert one(rows, NOW, "ORANG") == ({4: (Decimal(50), None)}, [])
    rows = [(2, "2015", "ORANG", "=tidak_tahu"), (3, "2015", "ORANG", "50")]
    assert one(rows, NOW, "ORANG") == ({4: (Decimal(50), None)}, ["VINTAGE_PARTIAL"])
    rows = [(2, "2015", "ORANG", "=tidak_tahu"), (3, "2015", "ORANG", "=tidak_ada")]
    assert one(rows, NOW, "ORANG") == ({4: (None, None)}, [])


@settings(max_examples=150, deadline=None)
@given(histories(), st.data())
def test_totals_are_the_same_in_each_vintage(history: History, data: st.DataObject):
    """Over 30 years: in whichever areas figures are told, nothing is lost or counted twice."""
    lineage = history.world.lineage
    years = data.draw(st.lists(st.integers(1994, 2026), min_size=1, max_size=3, unique=True))
    number = st.decimals(-(10**6), 10**6, places=2, allow_nan=False, allow_infinity=False)
    rows: list[Row] = []
    for year in years:
        for village in history.world.villages(min(date(year, 12, 31), NOW)).values():
            rows.append((village.id, str(year), "UANG", str(data.draw(number))))
            rows.append((village.id, str(year), "ORANG", str(data.draw(st.integers(0, 10_000)))))
    table = facts(rows)
    reported = {
        (period, variable): total
        for period, variable, total in table.group_by("period", "variable")
        .agg(pl.col("value").sum())
        .iter_rows()
    }
    founded = {one.new for one in lineage.successions if one.kind is Change.NEW}
    for at in (NOW, *(date(data.draw(st.integers(1993, 2026)), 12, 31) for _ in range(2))):
        there = moves(lineage, [str(year) for year in years], at=at)
        if there is None:
            continue
        touched = pl.col("region_id").is_in(sorted(lineage.touched))
        done = move(table.filter(touched), there, VARIABLES, ("UANG", "ORANG"), lambda area: area).facts
        whole = pl.concat(
            part.select("period", "variable", "region_id", "value") for part in (table.filter(~touched), done)
        )
        told = whole.group_by("period", "variable").agg(
            pl.col("value").sum(), pl.col("region_id").is_duplicated().any()
        )
        assert {(period, variable): total for period, variable, total, _ in told.iter_rows()} == reported
        assert not told["region_id"].any()
        areas = {one.id for one in history.world.villages(min(at, NOW)).values()}
        assert set(whole["region_id"]) <= areas | founded
        assert whole.filter(variable="ORANG")["value"].min() >= 0
        assert (whole.filter(variable="ORANG")["value"] % 1 == 0).all()


@settings(max_examples=60, deadline=None)
@given(histories(), st.data())
def test_a_recomputed_ratio_is_that_of_its_parts(history: History, data: st.DataObject):
    lineage = history.world.lineage
    year = data.draw(st.integers(1994, 2026))
    rows: list[Row] = []
    for village in history.world.villages(min(date(year, 12, 31), NOW)).values():
        people = data.draw(st.integers(1, 10_000))
        literate = data.draw(st.integers(0, people))
        share = (Fraction(literate, people) * 100).limit_denominator(10**4)
        rows += [
            (village.id, str(year), "ORANG", str(people)),
            (village.id, str(year), "MELEK", str(literate)),
            (village.id, str(year), "PERSEN", f"{float(share):.4f}"),
        ]
    if not lineage.touched:
        return
    rows = [row for row in rows if row[0] in lineage.touched]
    told = {(region, variable): Fraction(text) for region, _, variable, text in rows}
    for at in (NOW, *(date(then, 12, 31) for then in range(1993, 2026, 4))):
        sources: dict[int, dict[int, Fraction]] = {}
        for region in {row[0] for row in rows}:
            for area, share in lineage.shares(region, on=date(year, 12, 31), at=at).items():
                sources.setdefault(area, {})[region] = share
        shown, _ = moved(rows, at, lineage=lineage)
        found = {area: told for (area, _, variable), (told, _) in shown.items() if variable == "PERSEN"}
        assert found == {area: percent(shares, told) for area, shares in sources.items()}


def percent(shares: dict[int, Fraction], told: dict[tuple[int, str], Fraction]) -> Fraction | None:
    """What an area's percentage must be, by the regions in it with their shares: inherited or recomputed."""
    (first, *others) = shares
    if not others:
        return told[first, "PERSEN"]
    literate = sum(share * told[region, "MELEK"] for region, share in shares.items())
    people = sum(share * told[region, "ORANG"] for region, share in shares.items())
    return rounded(100 * literate / people, 4) if people else None


def test_vintages_are_written_and_read():
    for vintage in (AS_REPORTED, TODAY, of_year(2015)):
        assert parse(str(vintage)) == vintage
    assert parse(" Kini ") == TODAY
    assert [parse(text) for text in ("", "besok", "2015-S1", "20155")] == [None] * 4
    assert [one.code for one in check_vintage(of_year(2027), today=NOW)] == ["VINTAGE_IN_FUTURE"]
    assert check_vintage(of_year(2026), today=NOW) == ()


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("2010", "2011"), {date.min: ("2010", "2011")}),
        (("2010", "2012", "2019", "2020"), {date.min: ("2010",), SPLIT: ("2012", "2019"), None: ("2020",)}),
        (("2012-S1", "2012-S2"), {date.min: ("2012-S1",), SPLIT: ("2012-S2",)}),
    ],
)
def test_periods_with_the_same_areas_stand_together(texts, found):
    assert stretches(texts, (SPLIT, MERGE)) == found
