"""What statuses hang on: equal to changing the file one item, one weight at a time."""

import itertools
import random
from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from sidara.indices import core
from sidara.indices.core.sensitivity import SHARES, Shift, sensitivity, shifted
from tests.indices import official, samples


@pytest.fixture(scope="module")
def small():
    return samples.definition("langkah.yaml")


def records(index, count: int, seed: int, year: int) -> list[dict]:
    chance = random.Random(seed)
    items = index.version_in(year).items
    return [
        {
            "kode": f"620102{2000 + at}",
            "tahun": year,
            **{item.code: str(chance.choice(item.scores_in(year))) for item in items},
        }
        for at in range(count)
    ]


def statuses(index, rows: list[dict]) -> list[str]:
    made = core.compute(index, official.frame(rows))
    assert made.rejected == ()
    return made.frame["status"].to_list()


def flips(index, rows: list[dict], year: int) -> list[dict[str, str]]:
    """Change every item of every village alone, compute anew, and note which change the status."""
    order = [one.status for one in index.version_in(year).thresholds.classes]
    before = [order.index(one) for one in statuses(index, rows)]
    found = [{"up": [], "down": [], "far_up": [], "far_down": []} for _ in rows]
    for item in index.version_in(year).items:
        scores = item.scores_in(year)
        for score in scores:
            after = [
                order.index(one) for one in statuses(index, [row | {item.code: str(score)} for row in rows])
            ]
            for at, row in enumerate(rows):
                own = int(row[item.code])
                word = f"{item.code} {own} -> {score}"
                is_next = abs(scores.index(score) - scores.index(own)) == 1
                if after[at] > before[at]:
                    found[at]["up"] += [word] * is_next
                    found[at]["far_up"] += [item.code] * (score == scores[-1])
                if after[at] < before[at]:
                    found[at]["down"] += [word] * is_next
                    found[at]["far_down"] += [item.code] * (score == scores[0])
    return [{name: "; ".join(words) for name, words in one.items()} for one in found]


@pytest.mark.parametrize("year", [2021, 2022])
def test_items_equal_to_changing_the_file(small, year):
    rows = records(small, 60, year, year)
    made = sensitivity(small, official.frame(rows)).frame
    assert made.select("up", "down", "far_up", "far_down").to_dicts() == flips(small, rows, year)
    assert any(made["up"] != "")
    assert any(made["down"] != "")


def test_items_of_villages_with_published_scores(idm, shared):
    table = samples.published(shared).filter(pl.col("tahun") == "2023").head(8)
    rows = table.select("kode", "tahun", *idm.versions[0].by_code).to_dicts()
    made = sensitivity(idm, official.frame(rows)).frame
    assert made.select("up", "down", "far_up", "far_down").to_dicts() == flips(idm, rows, 2023)
    near = (made["far_up"] != "") | (made["far_down"] != "")
    assert made["is_near"].to_list() == near.to_list()


def test_margins_lead_exactly_to_the_thresholds(idm, shared):
    table = samples.published(shared)
    made = sensitivity(idm, table).frame
    limits = {one.status: one for one in idm.versions[0].thresholds.classes}
    for row in made.iter_rows(named=True):
        own = limits[row["status"]]
        rounded = round(row["idm"], 4)
        if own.status != "MANDIRI":
            assert row["to_next"] == pytest.approx(float(own.maximum) + 0.0001 - rounded, abs=1e-9)
        else:
            assert row["to_next"] is None
        assert row["to_previous"] == pytest.approx(rounded - float(own.minimum) + 0.0001, abs=1e-9)


def by_hand(idm, row: dict, shift: Shift) -> str:
    """The status when the three sub-indices have other weights, from the scores alone."""
    version = idm.versions[0]
    weights = dict.fromkeys(("IKS", "IKE", "IKL"), Fraction(1, 3))
    weights[shift.giver] -= shift.share
    weights[shift.taker] += shift.share
    index = sum(
        Fraction(int(row[item.code]), {"IKS": 175, "IKE": 60, "IKL": 15}[item.level]) * weights[item.level]
        for item in version.items
    )
    rounded = Fraction((index * 10**4 + Fraction(1, 2)) // 1, 10**4)
    return next(one.status for one in version.thresholds.classes if rounded <= one.maximum)


def test_weights_equal_to_weighing_by_hand(idm, shared):
    table = samples.published(shared)
    rows = table.select("kode", "tahun", *idm.versions[0].by_code).to_dicts()
    made = sensitivity(idm, official.frame(rows))
    order = [one.status for one in idm.versions[0].thresholds.classes]
    before = [order.index(one) for one in statuses(idm, rows)]
    grid = [
        Shift(giver, taker, share)
        for share in SHARES
        for giver, taker in itertools.permutations(("IKS", "IKE", "IKL"), 2)
    ]
    assert made.shifts.height == len(grid) == 12
    seen = [{one} for one in before]
    differing = [0] * len(rows)
    for shift, counted in zip(grid, made.shifts.iter_rows(named=True), strict=True):
        after = [order.index(by_hand(idm, row, shift)) for row in rows]
        pairs = list(zip(before, after, strict=True))
        assert (counted["giver"], counted["taker"], counted["share"]) == (
            shift.giver,
            shift.taker,
            float(shift.share),
        )
        assert counted["rise"] == sum(two > one for one, two in pairs)
        assert counted["fall"] == sum(two < one for one, two in pairs)
        assert counted["stay"] == sum(two == one for one, two in pairs)
        for at, (one, two) in enumerate(pairs):
            seen[at].add(two)
            differing[at] += one != two
    assert made.frame["shifts"].to_list() == differing
    assert made.frame["status_shifts"].to_list() == ["|".join(order[min(one) : max(one) + 1]) for one in seen]
    assert made.shifts["rise"].sum() > 0
    assert made.shifts["fall"].sum() > 0


def test_shares_move_in_sums_means_and_geometric_means(small):
    version = small.versions[0]
    moved = shifted(version, Shift("A", "B", Fraction(1, 4)))
    assert {level.code: level.weight for level in moved.sub_indices} == {"A": 2, "B": 2}
    assert shifted(version, Shift("B", "A", Fraction(1, 4))) is None
    top = replace(version.top, aggregation=core.definition.Aggregation.SUM)
    summed = replace(version, levels=(top, *(replace(one, max=Fraction(50)) for one in version.sub_indices)))
    moved = shifted(summed, Shift("A", "B", Fraction(1, 4)))
    assert {level.code: level.weight for level in moved.sub_indices} == {"A": 2, "B": 2}
    uji = samples.definition("uji.yaml").versions[0]
    moved = shifted(uji, Shift("USIA", "DIDIK", Fraction(1, 3)))
    assert {level.code: level.weight for level in moved.sub_indices} == {"USIA": 1, "DIDIK": 2}


def test_a_geometric_index_has_answers_too():
    uji = samples.definition("uji.yaml")
    record = {"kode": "6201022016", "tahun": 2021, "U01": "60", "D01": "2", "D02": "1"}
    made = sensitivity(uji, official.frame([record]))
    row = made.frame.row(0, named=True)
    assert row["far_up"] == "; ".join(
        code for code in ("D01", "D02") if statuses(uji, [record | {code: "4"}]) != statuses(uji, [record])
    )
    assert made.shifts.height == 4


def test_what_is_missing_is_not_judged(small):
    rows = [*records(small, 2, 3, 2021), records(small, 3, 3, 2021)[2] | {"A2": None}]
    made = sensitivity(small, official.frame(rows))
    assert made.frame["is_near"].is_null().to_list() == [False, False, True]
    assert made.frame["shifts"].is_null().to_list()[:2] == [False, False]
    assert [one.code for one in made.findings if one.severity == "not_evaluated"] == [
        "SENSITIVITY_WITHOUT_ITEMS"
    ]


def test_sub_indices_alone_tell_of_weights_only(idm):
    rows = [{"kode": "6201022016", "tahun": 2024, "iks": "0.9", "ike": "0.4", "ikl": "0.4667"}]
    made = sensitivity(idm, official.frame(rows), [Fraction(1, 5)])
    row = made.frame.row(0, named=True)
    assert (row["is_near"], row["up"], row["of_shifts"]) == (None, None, 6)
    assert row["status_shifts"] == "SANGAT TERTINGGAL|TERTINGGAL|BERKEMBANG"
