"""The award's arithmetic: parts by hand, and that copying and inventing gain nothing."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.progress.core.award import Entry, Formula, Read, Roll, Score, class_of_many, placed
from sidara.regions.core import Difficulty

FORMULA = Formula("1", Fraction(4, 10), Fraction(3, 10), Fraction(3, 10), Fraction(1, 2), 30)
ENTRY = Entry("KES", "2026", "62.01.02.9001", 20, 4, 12, 2, 30, 0, 0, 0)
EMPTY = replace(ENTRY, filled=0, unknown=0, cells=0, delay=None)


def score(*entries: Entry) -> Score:
    return Score(FORMULA, entries)


def test_a_score_opens_to_three_parts_that_anybody_can_reckon() -> None:
    late = replace(ENTRY, form="DIK", filled=16, unknown=0, cells=20, poor=5, delay=6)
    made = score(ENTRY, late)
    assert made.completeness == Fraction(11 + 16, 16 + 16)
    assert made.timeliness == (1 + Fraction(24, 30)) / 2
    assert made.quality == Fraction(45, 50)
    assert made.total == FORMULA.completeness * made.completeness + Fraction(3, 10) * (
        made.timeliness + made.quality
    )


@pytest.mark.parametrize(
    ("delay", "share"),
    [(0, 1), (1, Fraction(29, 30)), (15, Fraction(1, 2)), (30, 0), (31, 0), (400, 0), (None, 0)],
)
def test_timeliness_is_whole_until_the_due_day_and_nought_after_thirty(delay, share) -> None:
    assert score(replace(ENTRY, delay=delay)).timeliness == share


def test_who_brought_nothing_has_nothing() -> None:
    assert score(EMPTY).total == 0
    assert score().total == 0
    assert score(replace(ENTRY, required=0, not_applicable=0, filled=0, unknown=0)).completeness == 0


def test_what_is_held_against_a_cell_takes_it_away_until_it_is_mended() -> None:
    held = replace(ENTRY, unsound=3, poor=3)
    assert score(held).completeness == Fraction(11 - 3, 16)
    assert score(held).timeliness == Fraction(27, 30)
    mended = replace(held, unsound=0)
    assert score(mended).completeness == score(ENTRY).completeness
    assert score(mended).timeliness == 1
    assert score(mended).quality == Fraction(27, 30)


@st.composite
def entries(draw) -> Entry:
    required = draw(st.integers(0, 40))
    apply = draw(st.integers(0, required))
    filled = draw(st.integers(0, apply))
    unknown = draw(st.integers(0, filled))
    cells = filled + draw(st.integers(0, 40))
    poor = draw(st.integers(0, cells))
    unsound = draw(st.integers(0, poor))
    delay = draw(st.none() | st.integers(0, 60)) if cells else None
    return Entry(
        draw(st.sampled_from("ABC")), draw(st.sampled_from(["2026-Q1", "2026-Q2"])), "62.01.02.9001",
        required, required - apply, filled, unknown, cells, unsound, poor, delay,
    )  # fmt: skip


@given(st.lists(entries(), max_size=6))
def test_every_part_lies_between_nought_and_one(made) -> None:
    one = score(*made)
    for part in (one.completeness, one.timeliness, one.quality, one.total):
        assert 0 <= part <= 1


@given(st.lists(entries(), max_size=5), entries(), st.integers(0, 5))
def test_a_copied_form_gains_no_more_than_an_empty_one(others, form, delay) -> None:
    empty = replace(form, filled=0, unknown=0, cells=0, unsound=0, poor=0, delay=None)
    copied = replace(form, unsound=form.cells, poor=form.cells, delay=delay if form.cells else None)
    assert score(*others, copied).total <= score(*others, empty).total


@given(st.lists(entries(), max_size=5), entries(), st.data())
def test_inventing_gains_no_more_than_saying_that_one_does_not_know(others, form, data) -> None:
    invented = data.draw(st.integers(0, min(form.unknown, form.cells - form.poor)))
    told = replace(
        form, unknown=form.unknown - invented, unsound=form.unsound + invented, poor=form.poor + invented
    )
    assert score(*others, told).total <= score(*others, form).total


def read(village: str, *, sector: str = "KES", difficulty=Difficulty.HARD, **counts: object) -> Read:
    return Read(sector, "62.01", difficulty, replace(ENTRY, region=village, **counts))


@given(st.lists(entries(), max_size=6), st.randoms())
def test_the_order_of_the_entries_does_not_matter(made, random) -> None:
    rows = [Read("KES", "62.01", None, one) for one in made]
    mixed = random.sample(rows, len(rows))
    totals = [(one.subject, one.rank, one.score.total) for one in placed(FORMULA, rows)]
    assert [(one.subject, one.rank, one.score.total) for one in placed(FORMULA, mixed)] == totals
    assert [total for _, _, total in totals] == [score(*made).total] * (2 if made else 0)


def test_equal_scores_share_a_rank_within_their_class() -> None:
    rows = [
        read("a", filled=8),
        read("b", filled=12),
        read("c", filled=8),
        read("d", filled=4),
        read("e", difficulty=None),
    ]
    made = [one for one in placed(FORMULA, rows) if one.roll is Roll.TEAM]
    hard = Difficulty.HARD
    told = [(one.subject, one.difficulty, one.rank) for one in made]
    assert told == [("b", hard, 1), ("a", hard, 2), ("c", hard, 2), ("d", hard, 4), ("e", None, 1)]


def test_a_producer_is_a_sector_in_a_kabupaten_with_all_its_villages() -> None:
    rows = [read("a"), read("b", filled=4), read("b", sector="DIK", difficulty=Difficulty.HARD)]
    made = {one.subject: one for one in placed(FORMULA, rows) if one.roll is Roll.PRODUCER}
    assert sorted(made) == ["62.01-DIK", "62.01-KES"]
    assert made["62.01-KES"].score.completeness == Fraction(11 + 3, 32)
    assert made["62.01-KES"].difficulty is Difficulty.HARD


@pytest.mark.parametrize(
    ("classes", "made"),
    [
        ([], None),
        ([None, None, Difficulty.HARD], None),
        ([Difficulty.EXTREME, Difficulty.NORMAL], Difficulty.NORMAL),
        ([Difficulty.EXTREME, Difficulty.HARD, Difficulty.NORMAL, None], Difficulty.HARD),
        ([Difficulty.EXTREME, None], Difficulty.EXTREME),
    ],
)
def test_who_works_in_several_villages_has_the_class_of_the_one_in_the_middle(classes, made) -> None:
    assert class_of_many(classes) is made


@pytest.mark.parametrize("weights", [("0.4", "0.3", "0.2"), ("1.2", "-0.1", "-0.1")])
def test_weights_that_do_not_add_up_are_refused(weights) -> None:
    with pytest.raises(ValueError, match="1"):
        Formula("1", *map(Fraction, weights), Fraction(1, 2), 30)
