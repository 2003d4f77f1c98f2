"""Need and places: normalised openly, spans instead of guesses, every place that could be."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.programmes.core.targeting.need import (
    UNKNOWN,
    Asked,
    Part,
    Sense,
    Source,
    Span,
    needs,
    normalised,
    weighed,
)
from sidara.programmes.core.targeting.ranking import MOST_PARTS, places, ranking

FIVE = Fraction(0), Fraction(5)


def part(key="S1", **more):
    return Part(key, key, Source.ITEM, **({"ends": FIVE} | more))


def village(code, *figures):
    spans = [one if one is None or isinstance(one, Span) else Span.of(one) for one in figures]
    return Asked(code, code, tuple(spans))


def test_a_figure_stands_between_its_ends_and_turns_where_less_needs_more():
    assert normalised(Span.of(2), Sense.MORE, FIVE) == Span.of(Fraction(2, 5))
    assert normalised(Span.of(2), Sense.LESS, FIVE) == Span.of(Fraction(3, 5))
    assert normalised(Span.of(9), Sense.MORE, FIVE) == Span.of(1)
    assert normalised(Span(Fraction(1), Fraction(3)), Sense.LESS, FIVE) == Span(
        Fraction(2, 5), Fraction(4, 5)
    )
    assert normalised(None, Sense.MORE, FIVE) == UNKNOWN


def test_ends_that_are_not_given_are_those_that_are_seen_for_sure():
    made = needs(
        [part(ends=None)], [village("a", 10), village("b", Span(Fraction(0), Fraction(90))), village("c", 30)]
    )
    assert made.ends == ((10, 30),)
    assert [one.need for one in made.villages] == [Span.of(0), UNKNOWN, Span.of(1)]


def test_a_part_that_is_alike_everywhere_sets_no_village_apart():
    made = needs([part(ends=None), part("S2")], [village("a", 7, 5), village("b", 7, 0)])
    assert made.ends == (None, FIVE)
    assert [one.need.least for one in made.villages] == [Fraction(1, 2), 0]


def test_parts_weigh_as_they_are_told():
    made = needs([part(weight=Fraction(2)), part("S2")], [village("a", 5, 0), village("b", None, 5)])
    assert made.weights == (Fraction(2, 3), Fraction(1, 3))
    assert [one.need for one in made.villages] == [Span.of(Fraction(2, 3)), Span(Fraction(1, 3), Fraction(1))]
    assert made.unsure == 1
    with pytest.raises(ValueError, match="above 0"):
        needs([part(weight=Fraction(0))], [])


def test_equal_needs_stand_by_code_and_a_sure_ranking_has_one_place_each():
    made = ranking(needs([part()], [village("c", 3), village("a", 3), village("b", 5)]), 2)
    assert [(one.village.code, one.place, one.best, one.worst) for one in made.rows] == [
        ("b", 1, 1, 1),
        ("a", 2, 2, 2),
        ("c", 3, 3, 3),
    ]
    assert [one.village.code for one in made.sure] == ["b", "a"]


def test_a_village_of_which_nothing_is_known_could_stand_anywhere():
    made = ranking(needs([part()], [village("a", 5), village("b", None), village("c", 0)]), 1)
    assert [(one.village.code, one.best, one.worst) for one in made.rows] == [
        ("a", 1, 1),
        ("b", 2, 2),
        ("c", 3, 3),
    ]
    made = ranking(needs([part()], [village("a", None), village("b", 5), village("c", 1)]), 1)
    assert [(one.village.code, one.best, one.worst) for one in made.rows] == [
        ("b", 1, 2),
        ("c", 2, 3),
        ("a", 1, 3),
    ]
    assert (len(made.sure), len(made.possible)) == (0, 2)


ends = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted)


@settings(max_examples=80)
@given(st.lists(ends, min_size=1, max_size=5))
def test_best_and_worst_places_are_those_of_every_way_it_could_be(spans):
    asked = [(Span(Fraction(low), Fraction(high)), f"{at}") for at, (low, high) in enumerate(spans)]
    seen = [set() for _ in spans]
    for way in product(*[range(low, high + 1) for low, high in spans]):
        order = sorted(range(len(way)), key=lambda at: (-way[at], at))
        for place, at in enumerate(order, 1):
            seen[at].add(place)
    assert places(asked) == [(min(one), max(one)) for one in seen]


@given(st.lists(ends, min_size=1, max_size=5))
def test_a_place_lies_between_the_best_and_the_worst(spans):
    villages = [village(f"{at}", Span(Fraction(low), Fraction(high))) for at, (low, high) in enumerate(spans)]
    for one in ranking(needs([part()], villages), 1).rows:
        assert one.best <= one.place <= one.worst


figures = st.lists(st.tuples(*[st.none() | st.integers(0, 5)] * 3), min_size=2, max_size=6)


@settings(max_examples=40)
@given(figures, st.tuples(*[st.integers(1, 4)] * 3))
def test_shifted_weights_give_what_a_ranking_with_those_weights_gives(rows, weights):
    parts = [part(f"S{at}", weight=Fraction(one)) for at, one in enumerate(weights)]
    villages = [village(f"{at}", *row) for at, row in enumerate(rows)]
    made = ranking(needs(parts, villages), 1)
    tried = []
    for shift in made.shifts:
        moved = dict(zip([one.key for one in parts], made.needs.weights, strict=True))
        moved[shift.giver] -= shift.share
        moved[shift.taker] += shift.share
        own = [part(one.key, weight=moved[one.key]) for one in parts]
        tried.append({one.village.code: one.place for one in ranking(needs(own, villages), 1).rows})
    for one in made.rows:
        found = [one.place, *(places_of[one.village.code] for places_of in tried)]
        assert (one.place_low, one.place_high) == (min(found), max(found))
        assert one.shifts_in_top == sum(place == 1 for place in found[1:])


def test_weights_are_not_moved_with_one_part_or_too_many():
    for count in (1, MOST_PARTS + 1):
        parts = [part(f"S{at}") for at in range(count)]
        made = ranking(needs(parts, [village("a", *[1] * count)]), 1)
        assert (made.shifts, made.rows[0].place_low) == ((), None)


def test_a_weighed_mean_is_that_of_both_ends():
    spans = [Span(Fraction(0), Fraction(1)), Span.of(Fraction(1, 2))]
    assert weighed(spans, [Fraction(1, 4), Fraction(3, 4)]) == Span(Fraction(3, 8), Fraction(5, 8))
