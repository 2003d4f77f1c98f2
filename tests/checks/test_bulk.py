"""Many villages at once end exactly as village by village: the same findings, the same counts."""

import random
from collections import Counter
from fractions import Fraction

import polars as pl
import pytest

from sidara.checks.core import CellTable, Context, judge, judge_table
from sidara.kernel.finding import Severity
from sidara.kernel.period import Frequency, containing
from tests.checks import random_cells, reference
from tests.checks.rule_cases import TODAY

REGIONS = [f"62.99.01.20{number:02d}" for number in range(1, 9)]
KINDS = {REGIONS[0]: "kelurahan"}
TABLES = {"pagu_dana_desa": {REGIONS[1]: Fraction(12)}, "pagu_add": {REGIONS[2]: Fraction(100)}}


@pytest.fixture(scope="module")
def book():
    return reference.book()


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("seed", [1, 2])
def test_a_table_is_judged_as_its_villages_one_by_one(book, frequency, seed):
    cells = random_cells.long_frame(book, REGIONS, random.Random(seed))
    table = CellTable(cells, book, KINDS)
    context = Context(containing(frequency, random_cells.DAY), region_kind="desa", today=TODAY, tables=TABLES)
    one_by_one = [
        judge(table.cells_of(region), book, table.context_of(region, context)) for region in REGIONS
    ]
    at_once = judge_table(table, context, says_open=True)
    assert at_once.version == book.version
    assert at_once.findings == tuple(finding for one in one_by_one for finding in one.findings)
    tally = Counter()
    for one in one_by_one:
        tally += Counter(
            passed=one.passed,
            failed=one.failed,
            not_evaluated=one.not_evaluated,
            not_concerned=one.not_concerned,
        )
    assert {name: getattr(at_once.tally, name) for name in tally} == dict(tally)
    assert all(tally.values())


def test_what_could_not_be_evaluated_is_counted_where_it_is_not_told(book):
    table = CellTable(random_cells.long_frame(book, REGIONS[:3], random.Random(3)), book)
    context = Context(containing(Frequency.YEAR, random_cells.DAY), region_kind="desa", today=TODAY)
    told, counted = judge_table(table, context, says_open=True), judge_table(table, context)
    assert told.tally == counted.tally
    open_ = [one for one in told.findings if one.severity is Severity.NOT_EVALUATED]
    assert len(open_) == counted.tally.not_evaluated > 0
    assert counted.findings == tuple(one for one in told.findings if one not in open_)


def test_figures_that_no_table_is_wide_enough_for_are_judged_all_the_same(book):
    cells = random_cells.long_frame(book, REGIONS, random.Random(5))
    numbers = {item.code for item in book.items.values() if item.type.is_number}
    huge = (
        pl.col("variable").is_in(numbers) & (pl.col("state") == "nilai") & pl.col("region").is_in(REGIONS[:5])
    )
    cells = cells.with_columns(value=pl.when(huge).then(pl.lit("9" * 18)).otherwise("value"))
    table = CellTable(cells, book, KINDS)
    context = Context(
        containing(Frequency.YEAR, random_cells.DAY), region_kind="desa", today=TODAY, tables=TABLES
    )
    one_by_one = [
        judge(table.cells_of(region), book, table.context_of(region, context)) for region in REGIONS
    ]
    at_once = judge_table(table, context, says_open=True)
    assert at_once.findings == tuple(finding for one in one_by_one for finding in one.findings)


def test_an_empty_table_has_nothing_to_say(book):
    table = CellTable(random_cells.long_frame(book, [], random.Random(1)), book)
    made = judge_table(table, Context(containing(Frequency.YEAR, random_cells.DAY)))
    assert made.findings == ()
    assert made.tally.passed == made.tally.failed == 0
