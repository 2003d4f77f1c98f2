"""Made-up cells: consistent with the rules, the same for the same seed, and of one village as within many."""

from collections import Counter
from datetime import date

import polars as pl
import pytest

from sidara.checks.core import COLUMNS, CellTable, Context, judge_table
from sidara.demo.core.collected import SKIPPED, models_of, simulate_collected
from sidara.kernel import content
from sidara.kernel import period as periods
from sidara.kernel.finding import Severity
from sidara.kernel.period import Frequency
from tests.checks import reference

VILLAGES = [f"62.99.{1 + at // 10:02d}.2{1 + at % 10:03d}" for at in range(40)]


@pytest.fixture(scope="module")
def book():
    return reference.book()


@pytest.fixture(scope="module")
def models():
    return models_of(content.load("sidara.demo", "collected"))


@pytest.fixture(scope="module")
def cells(book, models):
    return simulate_collected(book, models, VILLAGES, [2024, 2025], seed=3)


def test_every_asked_variable_has_a_cell_in_each_village_and_period(book, cells):
    assert cells.columns == list(COLUMNS)
    assert cells.select("region", "period", "variable", "breakdown").is_duplicated().sum() == 0
    counts = Counter(cells["variable"])
    for item in book.items.values():
        if item.own_list or item.is_derived or item.type in SKIPPED:
            assert item.code not in counts
            continue
        times = 2 * len(periods.year(2025).parts(item.frequency))
        assert counts[item.code] == times * len(VILLAGES) * len(book.breakdowns(item)), item.code


def test_one_village_is_drawn_as_it_is_within_many(book, models, cells):
    alone = simulate_collected(book, models, VILLAGES[7:8], [2025], seed=3)
    within = cells.filter((pl.col("region") == VILLAGES[7]) & pl.col("period").str.starts_with("2025"))
    keys = ["variable", "breakdown", "period"]
    assert alone.sort(keys).equals(within.sort(keys))


def test_another_seed_draws_other_villages(book, models, cells):
    other = simulate_collected(book, models, VILLAGES, [2025], seed=4)
    now = cells.filter(pl.col("period").str.starts_with("2025"))
    keys = ["region", "variable", "breakdown", "period"]
    joined = now.join(other, on=keys)
    assert (joined["value"] != joined["value_right"]).mean() > 0.3


def test_no_rule_of_an_error_is_broken(book, cells):
    table = CellTable(cells, book)
    passed, found = 0, []
    for frequency in Frequency:
        at = periods.year(2025).parts(frequency)[-1]
        judged = judge_table(table, Context(at, region_kind="desa", today=date(2025, 11, 24)))
        passed += judged.tally.passed
        found += [one for one in judged.findings if one.severity is Severity.ERROR]
    assert [(one.rule, one.message) for one in found] == []
    assert passed > 10_000


def test_counts_are_skewed_and_some_things_do_not_exist(cells):
    persons = cells.filter((pl.col("variable") == "KEP_001") & (pl.col("period") == "2025-S2"))["value"].cast(
        int
    )
    assert persons.mean() > persons.median() > 0
    schools = cells.filter(
        (pl.col("variable") == "DIK_004") & (pl.col("breakdown") == "_T") & (pl.col("period") == "2025")
    )["value"].cast(int)
    assert (schools == 0).mean() > 0.5
