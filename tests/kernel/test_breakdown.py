import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel.breakdown import TOTAL, breakdown_of, canonical, parts_of

NAMES = st.text("AB1_", min_size=1, max_size=3)
PARTS = st.dictionaries(NAMES, st.text("LP0_", min_size=1, max_size=2), max_size=4)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("ANGGARAN:R", "ANGGARAN:R"),
        ("UMUR:0_4|JK:L", "JK:L|UMUR:0_4"),
        ("A1:x|A:y", "A:y|A1:x"),
        ("_T", TOTAL),
        ("", TOTAL),
        (None, TOTAL),
        ("b|a", "a|b"),
    ],
)
def test_a_breakdown_has_one_text(given, text) -> None:
    assert canonical(given) == text


def test_a_total_has_no_parts_and_what_is_no_part_is_left_out() -> None:
    assert breakdown_of([]) == TOTAL
    assert parts_of(TOTAL) == parts_of("") == parts_of("JK") == ()
    assert parts_of("JK:L|x|UMUR:0:4") == (("JK", "L"), ("UMUR", "0:4"))


@given(PARTS, st.randoms())
def test_whatever_the_order_the_text_is_the_same_and_gives_the_parts_back(parts, chance) -> None:
    text = breakdown_of(parts.items())
    mixed = text.split("|")
    chance.shuffle(mixed)
    assert canonical("|".join(mixed)) == text
    assert parts_of(text) == tuple(sorted(parts.items()))
