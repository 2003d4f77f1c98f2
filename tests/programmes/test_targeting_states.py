"""What an area may gain and how areas are joined: nothing that may still be needed is dropped."""

from fractions import Fraction
from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sidara.programmes.core.targeting.frontiers import Apart, frontier
from sidara.programmes.core.targeting.moves import Base, Bound, Limits, Move, Problem
from sidara.programmes.core.targeting.programme import Programme
from sidara.programmes.core.targeting.relaxation import Relaxation
from sidara.programmes.core.targeting.states import States, Work, leading, merged

small = st.integers(0, 3)


@given(st.lists(st.tuples(small, small, small, small), max_size=30), st.integers(0, 3))
def test_of_each_gain_and_number_of_villages_the_least_cost_and_the_least_loss_stay(rows, edge):
    figures = np.array(rows, np.int64).reshape(-1, 4).T
    zeros = np.zeros(len(rows), np.int64)
    kept = merged(States(*figures, zeros, zeros), edge)
    wanted = {}
    for gain, cost, served, loss in rows:
        key = (gain, served, min(cost, edge))
        other = wanted.get(key, (cost, loss))
        wanted[key] = (min(cost, other[0]), min(loss, other[1]))
    found = zip(kept.gain, kept.served, kept.cost, kept.loss, strict=True)
    told = {(gain, served, min(cost, edge)): (cost, loss) for gain, served, cost, loss in found}
    assert told == wanted
    assert len(kept) == len(told)


@given(st.lists(st.tuples(small, small, small, small), max_size=30), st.integers(0, 3))
def test_what_leads_beats_everything_that_is_left_out(rows, edge):
    figures = np.array(rows, np.int64).reshape(-1, 4).T
    zeros = np.zeros(len(rows), np.int64)
    kept = leading(States(*figures, zeros, zeros), edge)
    found = list(zip(kept.gain, kept.cost, kept.served, kept.loss, strict=True))

    def beats(one, other):
        gain, cost, served, loss = one
        is_cheaper = cost <= other[1] if min(cost, other[1]) >= edge else cost == other[1]
        return served == other[2] and gain >= other[0] and is_cheaper and loss <= other[3]

    assert all(any(beats(one, row) for one in found) for row in rows)
    assert not any(beats(one, other) for one, other in permutations(found, 2))
    assert {one[:3] for one in found} <= {(gain, cost, served) for gain, cost, served, _ in rows}


def test_what_leads_but_breaks_a_minimum_hides_no_plan():
    """One village gains 5 for 3 or 4 for 10, and 10 are to be spent."""
    moves = (Move("62.01.01.2001", "", 5, 3), Move("62.01.01.2001", "", 4, 10))
    limits = Limits(Base.CEILING, {"62.01": Bound(least=Fraction(1, 2))})
    programme = Programme(Problem(moves, {"62.01.01.2001": "62.01"}, 20, limits))
    relaxation = Relaxation(programme, programme.gains(), tuple(programme.rows()))
    relaxed = relaxation.bound(relaxation.span)
    for apart in Apart:
        found = frontier(relaxation, relaxed, 4, most=4, apart=apart)
        assert found is None or found.gain == 4
    assert frontier(relaxation, relaxed, 4, most=4, apart=Apart.BELOW_MINIMUM).cost == 10


def test_no_work_left_is_no_answer():
    offers = {"62.01": [(9, 7)], "62.02": [(1, 7), (7, 4)]}
    assert highest(offers, 10, Limits(), work=Work(100_000)) == 9
    assert highest(offers, 10, Limits(), work=Work(1)) is None


def test_a_plan_of_shares_of_what_is_spent_is_not_called_dearer_than_it_is():
    """22 buys the gain of 18: between 13, where 62.01 has too much, and 25, what is spent stays open."""
    village, first, second = "62.01.01.2001", "62.02.01.2001", "62.02.01.2002"
    moves = (
        *(Move(village, "", 6, 2), Move(village, "", 11, 11)),
        *(Move(first, "", 0, 7), Move(first, "", 7, 2)),
        *(Move(second, "", 0, 9), Move(second, "", 0, 12)),
    )
    limits = Limits(Base.SPENT, {"62.01": Bound(most=Fraction(39, 50)), "62.02": Bound(Fraction(3, 50))})
    problem = Problem(moves, {one.village: one.village[:5] for one in moves}, 34, limits)
    programme = Programme(problem)
    relaxation = Relaxation(programme, programme.gains(), tuple(programme.rows()))
    relaxed = relaxation.bound(relaxation.span)
    costs = [frontier(relaxation, relaxed, 18, apart=apart).cost for apart in Apart]
    assert max(costs) <= 22


def highest(offers, budget, limits, apart=Apart.NONE, work=None):
    """Give the highest gain that is left of villages that offer a gain at a cost, by kabupaten."""
    moves = [
        Move(f"{area}.01.{2001 + at}", "", gain, cost)
        for area, own in offers.items()
        for at, (gain, cost) in enumerate(own)
    ]
    area_of = {one.village: one.village[:5] for one in moves}
    programme = Programme(Problem(tuple(moves), area_of, budget, limits))
    relaxation = Relaxation(programme, programme.gains(), tuple(programme.rows()))
    found = frontier(relaxation, relaxation.bound(relaxation.span), 1, apart=apart, work=work)
    return found and found.gain


def of_ceiling(**bounds):
    return Limits(Base.CEILING, {"62.02": Bound(**bounds)})


def test_villages_wanted_and_shares_bind_where_areas_are_joined():
    alike = {"62.01": [(1, 10)] * 9, "62.02": [(1, 30)] * 9}
    assert highest(alike, 90, Limits()) == 9
    assert highest(alike, 90, of_ceiling(least=Fraction(1, 2))) == 5
    assert highest(alike, 270, of_ceiling(most=Fraction(1, 9))) == 10
    differing = {"62.01": [(9, 7)], "62.02": [(1, 7), (7, 4)]}
    assert highest(differing, 10, Limits()) == 9
    assert highest(differing, 10, of_ceiling(villages=1)) == 7


def test_shares_of_what_is_spent_that_nothing_fulfils_are_found_where_all_costs_are_kept_apart():
    """6 and 7, or 6 and 5: one of the two is above 52 % of both."""
    offers = {"62.01": [(1, 6)], "62.02": [(1, 7), (1, 5)]}
    bound = Bound(Fraction(2, 5), Fraction(13, 25))
    limits = Limits(Base.SPENT, dict.fromkeys(offers, bound))
    assert highest(offers, 26, limits) == 2, "a bound only"
    assert highest(offers, 26, limits, Apart.BELOW_MINIMUM) == 2
    assert highest(offers, 26, limits, Apart.ALL) is None
    wider = Limits(Base.SPENT, dict.fromkeys(offers, Bound(Fraction(2, 5), Fraction(11, 20))))
    assert highest(offers, 26, wider, Apart.ALL) == 2
