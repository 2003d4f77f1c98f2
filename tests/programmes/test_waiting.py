"""Answer times on cases reckoned by hand; what is withheld cannot be told from what is shown."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sidara.programmes.core.registers import Answer, Quartiles, ages, quartiles, waiting, withheld


def answered(*days):
    return [Answer(one, is_answered=True) for one in days]


def waits(*ages):
    return [Answer(one, is_answered=False) for one in ages]


def test_all_answered_gives_the_quartiles_of_the_days():
    made = waiting(answered(10, 20, 30, 40))
    assert (made.proposals, made.answered, made.waiting) == (4, 4, 0)
    assert made.rate == 1
    assert made.until_answer == made.of_answered == Quartiles(10, 20, 30)
    assert made.ages == Quartiles()
    assert made.oldest is None


def test_who_waits_is_counted_with_its_age_and_never_dropped():
    """Of 4, one was answered after 10 days, one after 30; two wait, for 20 and 50 days.

    After 10 days 1/4 is answered; at 30 days two are still there of whom one is answered: 3/4 * 1/2 = 3/8 are
    left, so 5/8 are answered by day 30; three quarters are not reached.
    """
    made = waiting(answered(10, 30) + waits(20, 50))
    assert made.rate == Fraction(1, 2)
    assert made.until_answer == Quartiles(10, 30, None)
    assert made.of_answered == Quartiles(10, 10, 30)
    assert (made.ages, made.oldest) == (Quartiles(20, 20, 50), 50)


def test_half_is_not_reached_while_fewer_are_answered():
    made = waiting(answered(5) + waits(100, 100, 100))
    assert made.until_answer == Quartiles(5, None, None)


def test_a_proposal_without_a_day_counts_in_the_rate_and_in_no_days():
    made = waiting([*answered(7), Answer(None, is_answered=True), Answer(None, is_answered=False)])
    assert (made.proposals, made.answered, made.undated) == (3, 2, 2)
    assert made.until_answer == Quartiles(7, 7, 7)


def test_nothing_is_no_rate():
    assert waiting([]).rate is None
    assert quartiles([]) == Quartiles()


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=40))
def test_the_parts_add_up_and_more_waiting_never_shortens_the_wait(told):
    made = waiting(Answer(*one) for one in told)
    assert made.answered + made.waiting == made.proposals == len(told)
    longer = waiting([*(Answer(*one) for one in told), Answer(500, is_answered=False)])
    for before, after in zip(
        (made.until_answer.first, made.until_answer.median, made.until_answer.third),
        (longer.until_answer.first, longer.until_answer.median, longer.until_answer.third),
        strict=True,
    ):
        assert after is None or (before is not None and after >= before)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=2), st.integers(1, 10))
def test_no_hidden_count_can_be_told_from_the_others_and_the_sum(counts, smallest):
    hidden = withheld(counts, smallest)
    assert {key for key, count in counts.items() if 0 < count < smallest} <= hidden
    assert len(hidden) != 1
    assert Counter(counts).total() == sum(counts.values())


def test_those_that_wait_stand_in_the_class_of_their_days():
    told = answered(500) + waits(0, 90, 91, 365, 366) + [Answer(None, is_answered=False)]
    assert ages(told, (90, 180, 365)) == [2, 1, 1, 1, 1]
    assert ages(answered(10), (90,)) == [0, 0, 0]


@given(
    st.lists(st.builds(Answer, st.one_of(st.none(), st.integers(0, 900)), st.booleans())),
    st.lists(st.integers(1, 800), min_size=1, unique=True).map(sorted),
)
def test_classes_of_those_that_wait_add_up(told, bounds):
    assert sum(ages(told, bounds)) == waiting(told).waiting
