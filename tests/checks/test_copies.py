"""Copies of last year and of a neighbour: at least ten numbers, all of them, and the same in a table."""

import polars as pl
import pytest

from sidara.checks.core import Context, copies_in, copies_in_table
from sidara.checks.formats import kinds_file
from sidara.kernel import period as periods
from tests.checks import world

AT = periods.parse("2025-S2")
KINDS = kinds_file.load()
CONTEXT = Context(AT, "KEP_SEMESTER", region_kind="desa")
ONE, NEIGHBOUR, STRANGER = world.REGIONS[2], world.REGIONS[4], world.REGIONS[30]
GROUPS = {region: region[:8] for region in world.REGIONS}


def copied(*, of: str, period: str, drop: int = 0):
    """A table in which ONE repeats the figures of a village at a period, but for some that it lacks."""
    table = world.table()
    theirs = table.cells.filter((pl.col("region") == of) & (pl.col("period") == period))
    own = theirs.with_columns(region=pl.lit(ONE), period=pl.lit(str(AT)))
    form = [item.code for item in table.book.items.values() if item.form == CONTEXT.form]
    own = own.filter(pl.col("variable").is_in(form))
    rest = table.cells.filter(
        ~((pl.col("region") == ONE) & (pl.col("period") == str(AT)) & pl.col("variable").is_in(form))
    )
    return type(table)(pl.concat([rest, own.head(own.height - drop)]), table.book)


def found(table):
    return copies_in_table(table, CONTEXT, KINDS, GROUPS)


def test_a_copy_of_last_year_is_told_with_its_figures():
    (one,) = found(copied(of=ONE, period="2024-S2"))
    assert one.code == "COPIED_LAST_YEAR"
    assert one.message == "Semua 12 angka sama persis dengan periode 2024-S2."
    assert (one.place.region, one.place.period, one.needs_explanation) == (ONE, "2025-S2", True)
    assert len(one.cells) == len(one.figures) == 12


def test_a_copy_of_a_neighbour_is_told_on_both():
    made = found(copied(of=NEIGHBOUR, period=str(AT)))
    assert [(one.code, one.place.region) for one in made] == [
        ("COPIED_NEIGHBOUR", ONE),
        ("COPIED_NEIGHBOUR", NEIGHBOUR),
    ]
    assert made[0].message == f"Semua 12 angka sama persis dengan isian desa {NEIGHBOUR}."


def test_a_village_of_another_district_is_no_neighbour():
    assert found(copied(of=STRANGER, period=str(AT))) == ()


@pytest.mark.parametrize("drop", [1, 3])
def test_one_number_less_is_no_copy_and_nine_are_too_few(drop):
    assert found(copied(of=ONE, period="2024-S2", drop=drop)) == ()


def test_villages_that_filled_in_themselves_are_not_told():
    assert found(world.table()) == ()


def test_a_table_and_a_village_decide_alike():
    table = copied(of=NEIGHBOUR, period=str(AT))
    one_by_one = [
        finding
        for region in table.regions
        for finding in copies_in(
            table.cells_of(region),
            table.book,
            table.context_of(region, CONTEXT),
            KINDS,
            {
                other: table.cells_of(other)
                for other in table.regions
                if other != region and other[:8] == region[:8]
            },
        )
    ]
    assert list(found(table)) == one_by_one
