"""Codes, uids, kinds: the words of the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.regions.core import Kind, Level, Region, bare, dotted, level_of, uid


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("62", "62"),
        ("6201", "62.01"),
        ("62.01.02.2016", "62.01.02.2016"),
        ("6201022016", "62.01.02.2016"),
        (" 6201022016 ", "62.01.02.2016"),
        ("6201.02.2016", None),
        ("62010", None),
        ("620102201", None),
        ("６２０１", None),
        ("62-01", None),
        ("", None),
        ("desa", None),
    ],
)
def test_dotted_reads_dotted_and_bare_codes_only(text, code):
    assert dotted(text) == code


@given(st.sampled_from([2, 4, 6, 10]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_bare_and_dotted_are_inverse(digits):
    code = dotted(digits)
    assert code is not None
    assert bare(code) == digits
    assert dotted(code) == code


def test_level_follows_from_the_length():
    assert [level_of(code) for code in ("62", "62.01", "62.01.02", "62.01.02.2016")] == list(Level)


@given(st.text(min_size=1, max_size=20))
def test_uid_has_eleven_characters_and_a_letter_first(code):
    made = uid("region", code)
    assert len(made) == 11
    assert made.isascii()
    assert made.isalnum()
    assert made[0].isalpha()
    assert made == uid("region", code)


def test_uid_is_fixed_for_ever():
    assert uid("region", "62.01.02.2016") == "ttXmBDcVfJs"


def test_full_name_says_the_kind():
    region = Region(1, "a", "62.71", "Palangka Raya", Level.REGENCY, Kind.CITY, None, None, None)
    assert region.full_name == "Kota Palangka Raya"
    assert Kind.CUSTOMARY_VILLAGE.label == "Desa adat"
