"""The optimiser against counting everything: the best plan, its rivals, limits, reasons, ceilings."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.programmes.core.targeting import told
from sidara.programmes.core.targeting.frontiers import Apart, frontier
from sidara.programmes.core.targeting.moves import Base, Bound, Limit, LimitKind, Limits, Move, Problem
from sidara.programmes.core.targeting.optimise import optimise
from sidara.programmes.core.targeting.programme import Programme
from sidara.programmes.core.targeting.reasons import reasons
from sidara.programmes.core.targeting.relaxation import Relaxation
from sidara.programmes.core.targeting.search import search

AREAS = ("62.01", "62.02", "62.03")
shares = st.none() | st.integers(0, 60).map(lambda one: Fraction(one, 100))


@st.composite
def problems(draw, bases=tuple(Base), limited=True):
    """Up to nine villages in three areas, each with up to two groups of up to two moves."""
    area_of = {f"{area}.01.{2001 + at}": area for area in AREAS for at in range(draw(st.integers(0, 3)))}
    figures = st.tuples(st.integers(0, 9), st.integers(0, 9))
    offers = st.lists(st.lists(figures, min_size=1, max_size=2), max_size=2)
    moves = [
        Move(village, str(group), gain, cost, str(at))
        for village in area_of
        for group, options in enumerate(draw(offers))
        for at, (gain, cost) in enumerate(options)
    ][:14]
    bound = st.builds(Bound, shares, st.none() | shares, st.sampled_from([None, None, 1, 2]))
    areas = draw(st.dictionaries(st.sampled_from(AREAS), bound, max_size=3)) if limited else {}
    return Problem(
        tuple(moves), area_of, draw(st.integers(0, 40)), Limits(draw(st.sampled_from(bases)), areas)
    )


def counted(problem):
    """The best plan by trying every choice: the most gain, then the least cost."""
    choices = product(*[(None, *group) for group in problem.groups.values()])
    plans = (problem.plan([one for one in choice if one]) for choice in choices)
    return max((one for one in plans if one.is_kept), key=lambda one: (one.gain, -one.cost), default=None)


@settings(max_examples=60)
@given(problems())
def test_the_best_plan_is_that_of_counting_everything(problem):
    made, best = optimise(problem), counted(problem)
    if best is None:
        assert made.best is None
        assert made.reasons is not None
        return
    assert (made.best.gain, made.best.cost) == (best.gain, best.cost)
    assert made.best.is_kept
    assert made.is_optimal
    assert made.is_cheapest
    assert made.gap == 0
    for rival in (made.greedy, made.equal):
        assert not rival.is_kept or rival.gain <= made.best.gain


def drawn(chance):
    """Up to three villages in each of one or two areas, most limits at once: what `problems` seldom draws."""
    moves, area_of = [], {}
    for area in AREAS[: chance.randint(1, 2)]:
        for at in range(chance.randint(1, 3)):
            village = f"{area}.01.{2001 + at}"
            area_of[village] = area
            moves += [
                Move(village, str(group), chance.randint(0, 12), chance.randint(0, 12), str(option))
                for group in range(chance.randint(1, 2))
                for option in range(chance.randint(1, 2))
            ]
    areas = {
        area: Bound(
            chance.choice((None, Fraction(chance.randint(0, 60), 100))),
            chance.choice((None, Fraction(chance.randint(60, 100), 100))),
            chance.choice((None, None, 1, 2)),
        )
        for area in set(area_of.values())
    }
    limits = Limits(chance.choice(tuple(Base)), areas)
    return Problem(tuple(moves[:9]), area_of, chance.randint(0, 40), limits)


FINE = 10**11 + 3
"""So many hundredths of a rupiah is a unit of money worth: one more or less is lost on doubles."""


@st.composite
def fine_problems(draw):
    """A province whose prices differ by hundredths of a rupiah in thousands of millions."""
    problem = draw(problems())
    pence = [draw(st.integers(0, 2)) for _ in problem.moves]
    moves = [
        replace(one, cost=one.cost * FINE + more) for one, more in zip(problem.moves, pence, strict=True)
    ]
    return replace(problem, moves=tuple(moves), budget=problem.budget * FINE + draw(st.integers(0, 4)))


@settings(max_examples=60)
@given(fine_problems())
def test_a_proof_is_exact_where_doubles_are_not(problem):
    made, best = optimise(problem), counted(problem)
    if best is None:
        assert made.best is None
        return
    assert made.best is not None
    assert made.best.is_kept
    assert made.is_optimal
    assert made.best.gain == best.gain == made.bound
    if made.is_cheapest:
        assert made.best.cost == best.cost


@settings(max_examples=200)
@given(problems() | st.randoms(use_true_random=False).map(drawn), st.integers(-3, 3))
def test_no_bound_is_below_what_can_be_gained_and_none_of_it_is_left_out(problem, off):
    best = counted(problem)
    programme = Programme(problem)
    relaxation = Relaxation(programme, programme.gains(), tuple(programme.rows()))
    relaxed = relaxation.bound(relaxation.span)
    if best is None or relaxed is None or not programme.columns:
        return
    gain = best.gain // programme.gain_unit
    assert relaxed.bound >= gain
    target = max(0, gain + off)
    for apart, most in product(Apart, (None, max(target, gain))):
        found = frontier(relaxation, relaxed, target, most=most, apart=apart)
        if found is None:
            assert apart is Apart.NONE, "it is for a closer look to tell"
            continue
        if target <= gain:
            assert found.gain is not None
            assert found.gain >= gain
            assert found.gain > gain or found.cost * programme.unit <= best.cost
        elif found.gain is not None:
            assert not problem.plan(programme.moves(found.counts)).is_kept
    searched = search(programme, programme.gains(), -1)
    assert searched is None or searched.bound == gain


@settings(max_examples=25)
@given(problems(limited=False), st.integers(0, 10))
def test_without_limits_more_money_never_gains_less_and_rivals_never_more(problem, more):
    first, second = optimise(problem), optimise(replace(problem, budget=problem.budget + more))
    assert first.best.gain <= second.best.gain
    assert max(first.greedy.gain, first.equal.gain) <= first.best.gain
    assert first.greedy.is_kept
    assert first.equal.is_kept


@settings(max_examples=25)
@given(problems(bases=(Base.SPENT, Base.GAIN)), st.integers(0, 10))
def test_shares_of_what_is_spent_or_gained_leave_it_so(problem, more):
    first, second = optimise(problem), optimise(replace(problem, budget=problem.budget + more))
    assert first.best is None or first.best.gain <= second.best.gain


@settings(max_examples=25)
@given(problems())
def test_the_same_question_has_the_same_answer_however_the_moves_stand(problem):
    turned = replace(problem, moves=problem.moves[::-1])
    assert optimise(problem) == optimise(turned)


def alike(count, gain=1, cost=10, area="62.01"):
    villages = [f"{area}.01.{2001 + at}" for at in range(count)]
    return [Move(one, "", gain, cost) for one in villages], dict.fromkeys(villages, area)


def two_areas(first, second, budget, **bounds):
    """`first` villages in 62.01 at 10, `second` in 62.02 at 30, all gain 1."""
    one, here = alike(first)
    other, there = alike(second, cost=30, area="62.02")
    areas = {f"62.{area}": bound for area, bound in bounds.items()}
    named = {code.replace("_", "0"): bound for code, bound in areas.items()}
    return Problem((*one, *other), here | there, budget, Limits(Base.CEILING, named))


def test_alike_villages_are_counted_and_the_lower_codes_are_served():
    moves, area_of = alike(9)
    problem = Problem(tuple(moves[::-1]), area_of, 35)
    assert len(Programme(problem).columns) == 1
    assert optimise(problem).best.villages == tuple(sorted(area_of))[:3]


def test_a_minimum_is_paid_for_in_gain_and_the_rivals_show_what_it_costs():
    problem = two_areas(9, 9, 90, _2=Bound(least=Fraction(1, 3)))
    made = optimise(problem)
    assert [(one.area, one.cost) for one in made.best.shares] == [("62.01", 60), ("62.02", 30)]
    assert made.best.gain == 7
    assert optimise(replace(problem, limits=Limits())).best.gain == 9
    assert made.equal.gain == 5


def test_a_plan_over_a_limit_is_no_plan():
    problem = two_areas(9, 9, 90, _1=Bound(most=Fraction(1, 3)), _2=Bound(villages=2))
    moves = [one for one in problem.moves if one.village.startswith("62.01")]
    assert problem.plan(moves[:4]).broken == (
        Limit(LimitKind.MOST, "62.01"),
        Limit(LimitKind.VILLAGES, "62.02"),
    )
    assert problem.plan(problem.moves).broken[0] == Limit(LimitKind.CEILING)
    assert [one.villages for one in optimise(problem).best.shares] == [3, 2]


def test_two_moves_of_one_group_are_no_plan():
    first, second = Move("a", "S1", 1, 1), Move("a", "S1", 2, 2)
    problem = Problem((first, second), {"a": "62.01"}, 9)
    with pytest.raises(ValueError, match="one group"):
        problem.plan([first, second])
    assert optimise(problem).best.moves == (second,)


def words(problem):
    return told.Words(lambda cost: f"{cost} juta", str, {"62.01": "Barat", "62.02": "Timur"})


def said(problem):
    made = optimise(problem)
    return {one.code: one for one in told.findings(problem, made, words(problem))}


def test_an_area_that_takes_less_than_its_minimum_is_named_with_the_ceiling_that_would_do():
    problem = two_areas(9, 2, 300, _2=Bound(least=Fraction(1, 2)))
    why = reasons(problem, seconds=10)
    assert (why.above, why.below) == (None, 120)
    assert [(one.area, one.least, one.most) for one in why.impossible] == [("62.02", None, 60)]
    found = said(problem)
    assert "120 juta" in found["PLAN_IMPOSSIBLE"].remedy
    assert "Timur" in found["AREA_TAKES_LESS"].message
    assert "60 juta" in found["AREA_TAKES_LESS"].message
    assert optimise(replace(problem, budget=120)).best is not None
    assert optimise(replace(problem, budget=121)).best is None


@settings(max_examples=40)
@given(problems(bases=(Base.CEILING,)))
def test_the_nearest_ceilings_are_those_that_trying_every_one_finds(problem):
    made = optimise(problem)
    if made.best is not None:
        return
    good = [
        budget
        for budget in range(160)
        if (best := counted(replace(problem, budget=budget))) is not None and best.gain
    ]
    above = min((one for one in good if one >= problem.budget), default=None)
    below = max((one for one in good if one <= problem.budget), default=None)
    assert made.reasons.below == below
    assert made.reasons.above == above


def test_minima_that_are_too_dear_together_are_summed_up():
    problem = two_areas(9, 9, 40, _1=Bound(villages=2), _2=Bound(villages=1))
    why = reasons(problem, seconds=10)
    assert (why.least, why.above, why.below) == (50, 50, None)
    found = said(problem)
    assert "50 juta" in found["MINIMA_TOO_DEAR"].message
    assert "Timur 30 juta, Barat 20 juta" in found["MINIMA_TOO_DEAR"].message


def test_an_area_with_too_few_villages_is_named():
    found = said(two_areas(9, 2, 400, _2=Bound(villages=3)))
    assert "hanya 2 desa" in found["AREA_FEW_VILLAGES"].message
    assert "Tidak ditemukan pagu" in found["PLAN_IMPOSSIBLE"].remedy


def test_limits_of_one_area_with_nothing_between_them_are_named():
    found = said(two_areas(0, 9, 100, _2=Bound(Fraction(35, 100), Fraction(55, 100))))
    assert "minimal 35\N{NO-BREAK SPACE}%, maksimal 55\N{NO-BREAK SPACE}%" in found["AREA_BETWEEN"].message


def test_shares_of_what_is_spent_that_leave_nothing_to_do_are_named():
    problem = two_areas(9, 0, 90, _1=Bound(most=Fraction(1, 2)), _2=Bound(least=Fraction(1, 2)))
    tied = replace(problem, limits=Limits(Base.SPENT, problem.limits.areas))
    made = optimise(tied)
    assert (made.best.gain, made.is_optimal) == (0, True)
    assert {one.area for one in made.reasons.conflict} <= {"62.01", "62.02"}
    assert made.reasons.conflict
    assert "selain tidak berbuat apa-apa" in said(tied)["PLAN_IMPOSSIBLE"].message


def test_a_plan_that_is_not_proven_says_so_with_its_bound():
    problem = two_areas(9, 9, 90)
    made = replace(optimise(problem), bound=11, is_optimal=False)
    (found,) = told.findings(problem, made, words(problem))
    assert found.code == "PLAN_NOT_PROVEN"
    assert "terbukti 11" in found.message
    assert made.gap == 2
    (nothing,) = told.findings(problem, replace(made, best=None), words(problem))
    assert nothing.code == "PLAN_NOT_FOUND"


def test_what_has_no_meaning_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        Problem((), {}, -1)
    with pytest.raises(ValueError, match="no area"):
        Problem((Move("a", "", 1, 1),), {}, 1)
