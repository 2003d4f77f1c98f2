"""Spread over villages: figures by hand, and rules that hold for all figures."""

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.programmes.core.spread import (
    TOLERANCE,
    Spread,
    Unit,
    concentration,
    measure,
    quantile,
    shares,
)

# Two kabupaten of two villages each: the sums can be followed on paper.
FOUR = (Unit(1, "A"), Unit(3, "A"), Unit(2, "B"), Unit(6, "B"))

figures = st.one_of(st.just(0), st.integers(1, 10**6), st.decimals("0.0001", "1", places=4))
units = st.lists(
    st.builds(
        Unit,
        st.one_of(st.none(), figures),
        st.sampled_from("ABCDE"),
        st.one_of(st.integers(1, 5000), st.none()),
    ),
    min_size=1,
    max_size=40,
).filter(lambda rows: any(row.value and row.weight for row in rows))


def spread(rows) -> Spread:
    found = measure(rows).spread
    assert found is not None
    return found


def near(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=TOLERANCE)


def test_theil_and_its_parts_by_hand() -> None:
    made = spread(FOUR)
    # Mean 3; T = 1/12 ln(1/3) + 3/12 ln 1 + 2/12 ln(2/3) + 6/12 ln 2.
    whole = (math.log(1 / 3) + 2 * math.log(2 / 3) + 6 * math.log(2)) / 12
    # Both groups 1 : 3, so T inside = 1/4 ln(1/2) + 3/4 ln(3/2); shares 4/12 and 8/12, means 2 and 4.
    inside = math.log(1 / 2) / 4 + 3 * math.log(3 / 2) / 4
    across = math.log(2 / 3) / 3 + 2 * math.log(4 / 3) / 3
    assert made.mean == 3
    assert near(made.theil, whole)
    assert near(made.within, inside)
    assert near(made.between, across)
    assert [(part.group, part.share, part.mean) for part in made.parts] == [
        ("A", Fraction(1, 3), 2),
        ("B", Fraction(2, 3), 4),
    ]
    assert all(near(part.theil, inside) for part in made.parts)
    assert near(made.log_deviation or 0, (math.log(3) + math.log(3 / 2) + math.log(1 / 2)) / 4)


def test_gini_and_percentiles_by_hand() -> None:
    made = spread(FOUR)
    # 1, 2, 3, 6: mean distance of all pairs (1+2+5+1+4+3) x 2 / 16 = 2, over 2 x the mean 3.
    assert made.gini == Fraction(1, 3)
    assert (made.p10, made.median, made.p90) == (1, Fraction(5, 2), 6)
    assert made.ratio == 6
    ten = [(Fraction(number), Fraction(1)) for number in range(1, 11)]
    assert quantile(ten, Fraction(1, 10)) == Fraction(3, 2)
    assert quantile(ten, Fraction(9, 10)) == Fraction(19, 2)


def test_concentration_by_rank_of_need_by_hand() -> None:
    one = Fraction(1)

    def told(*rows: tuple[int, int]) -> Fraction:
        return concentration([(key, Fraction(got), one) for key, got in rows])

    assert told((1, 10), (2, 10), (3, 10)) == 0
    assert told((1, 0), (2, 0), (3, 0), (4, 8)) == Fraction(3, 4)
    assert told((1, 8), (2, 0), (3, 0), (4, 0)) == Fraction(-3, 4)
    assert told((1, 8), (1, 0)) == told((1, 0), (1, 8)) == 0
    assert told() == told((1, 0)) == 0


def test_shares_of_fifths_by_hand() -> None:
    five = [(number, Fraction(number), Fraction(1)) for number in range(1, 6)]
    assert shares(five) == (1, 2, 3, 4, 5)
    # Two villages on five fifths: each gives two whole fifths and half of the middle one.
    two = [(1, Fraction(10), Fraction(1)), (2, Fraction(20), Fraction(1))]
    assert shares(two) == (4, 4, 6, 8, 8)
    assert shares([]) == (0, 0, 0, 0, 0)


def test_what_is_missing_is_counted_and_zeros_add_nothing() -> None:
    made = spread((*FOUR, Unit(None, "A"), Unit(None, "C"), Unit(5, "B", None)))
    assert (made.count, made.missing, made.unweighted, made.zeros) == (4, 2, 1, 0)
    assert near(made.theil, spread(FOUR).theil)
    assert made.parts[-1].mean is None
    zero = spread((Unit(0, "A"), Unit(2, "A")))
    assert near(zero.theil, math.log(2))
    assert zero.log_deviation is None
    assert zero.ratio is None


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((Unit(-1, "A"), Unit(2, "A")), "SPREAD_NEGATIVE"),
        ((Unit(1, "A", -3), Unit(2, "A")), "SPREAD_NEGATIVE"),
        ((Unit(None, "A"),), "SPREAD_EMPTY"),
        ((), "SPREAD_EMPTY"),
        ((Unit(0, "A"), Unit(0, "B")), "SPREAD_ALL_ZERO"),
    ],
)
def test_what_cannot_be_measured_says_why(rows, code) -> None:
    found = measure(rows)
    assert found.spread is None
    assert [one.code for one in found.findings] == [code]
    assert found.findings[0].remedy


@given(units)
def test_parts_add_up_to_the_whole(rows) -> None:
    made = spread(rows)
    assert near(made.within + made.between, made.theil)
    assert near(math.fsum(part.within + part.between for part in made.parts), made.theil)
    assert sum(part.share for part in made.parts) == 1
    assert made.within >= 0
    assert made.between >= -TOLERANCE
    assert sum(part.count for part in made.parts) == made.count
    assert sum(part.count + part.missing for part in made.parts) == len(rows)


@given(units, st.sampled_from((Fraction(1, 1000), 3, 10**6)))
def test_the_unit_changes_nothing(rows, times) -> None:
    made = spread(rows)
    other = spread(
        [replace(row, value=None if row.value is None else Fraction(row.value) * times) for row in rows]
    )
    assert near(other.theil, made.theil)
    assert near(other.between, made.between)
    assert (other.gini, other.ratio) == (made.gini, made.ratio)


@given(units, st.integers(2, 4))
def test_standing_there_several_times_changes_nothing(rows, times) -> None:
    made, other = spread(rows), spread(list(rows) * times)
    assert near(other.theil, made.theil)
    assert near(other.within, made.within)
    assert (other.gini, other.p10, other.median, other.p90) == (made.gini, made.p10, made.median, made.p90)


@given(units, st.randoms())
def test_the_order_changes_nothing(rows, random) -> None:
    made = spread(rows)
    mixed = list(rows)
    random.shuffle(mixed)
    other = spread(mixed)
    assert (other.gini, other.p10, other.p90, other.mean) == (made.gini, made.p10, made.p90, made.mean)
    assert near(other.theil, made.theil)


@given(units)
def test_weights_are_villages_that_stand_there_as_often(rows) -> None:
    small = [replace(row, weight=None if row.weight is None else 1 + row.weight % 4) for row in rows]
    repeated = [replace(row, weight=1) for row in small if row.weight for _ in range(int(row.weight))]
    if any(row.value for row in repeated):
        assert near(spread(small).theil, spread(repeated).theil)
        assert spread(small).gini == spread(repeated).gini
        assert spread(small).p90 == spread(repeated).p90


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 900), st.integers(1, 40)), min_size=1))
def test_fifths_add_up_and_a_turned_rank_turns_the_sign(rows) -> None:
    told = [(key, Fraction(got), Fraction(weight)) for key, got, weight in rows]
    turned = [(-key, got, weight) for key, got, weight in told]
    assert sum(shares(told)) == sum(got * weight for _, got, weight in told)
    assert tuple(reversed(shares(turned))) == shares(told)
    assert concentration(turned) == -concentration(told) or not any(got for _, got, _ in told)
    assert -1 <= concentration(told) <= 1


def test_alike_villages_have_no_spread() -> None:
    made = spread([Unit(Decimal("0.7210"), group) for group in "AABBC"])
    assert (made.theil, made.gini, made.ratio, made.between_share) == (0, 0, 1, None)
