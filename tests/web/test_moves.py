"""Ranks move within one index, among the same areas, both years complete; else it is said why not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.web.pages import moves

FIGURES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5).map(Fraction), min_size=1)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"a": 1, "b": 2}, {"a": 3, "b": 2}, {"a": "naik 1 sejak 2025", "b": "turun 1 sejak 2025"}),
        ({"a": 1, "b": 2}, {"a": 1, "b": 9}, {"a": "tetap sejak 2025", "b": "tetap sejak 2025"}),
        (
            {"a": 2, "b": 2, "c": 1},
            {"a": 2, "b": 3, "c": 1},
            {"a": "turun 1 sejak 2025", "c": "tetap sejak 2025"},
        ),
    ],
)
def test_a_movement_is_the_places_won_or_lost(before: dict, now: dict, said: dict) -> None:
    moved = moves.since("2025", before, now)
    assert moved.why_not == ""
    for code, words in said.items():
        assert moved.says(code) == words


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"a": 1, "b": None}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"a": 1, "b": None}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"a": 1}),
    ],
)
def test_one_missing_figure_stops_every_movement_and_is_counted(before: dict, now: dict) -> None:
    moved = moves.since("2025", before, now)
    assert dict(moved.places) == {}
    assert moved.says("a") == ""
    assert "sejak 2025 tidak ditunjukkan: 1 dari 2 desa belum lengkap" in moved.why_not


def test_without_a_year_before_nothing_moves() -> None:
    moved = moves.since(None, {"a": 1}, {"a": 2})
    assert dict(moved.places) == {}
    assert "tahun sebelumnya tidak ada" in moved.why_not


@given(FIGURES)
def test_a_rank_is_one_more_than_those_above(figures: dict[str, Fraction]) -> None:
    ranks = moves.ranks(figures)
    for code, value in figures.items():
        assert ranks[code] == 1 + sum(1 for other in figures.values() if other > value)


@given(FIGURES, st.integers(1, 9))
def test_who_grows_alike_keeps_its_place(figures: dict[str, Fraction], step: int) -> None:
    moved = moves.since("2025", figures, {code: value + step for code, value in figures.items()})
    assert set(moved.places.values()) == {0}
