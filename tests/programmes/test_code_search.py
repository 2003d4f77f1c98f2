"""Words find codes and kinds of all governments: case, order and a slip do not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.programmes.core.words import Government
from sidara.programmes.formats import catalogue_file

SEARCH = catalogue_file.search()


def codes(text: str, **asked) -> list[str]:
    return [one.found.code for one in SEARCH.find(text, **asked)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kapasitas aparatur desa", "2.13.04.2.01.0005"),
        ("DESA APARATUR kapasitas", "2.13.04.2.01.0005"),
        ("kapsitas aparatr", "2.13.04.2.01.0005"),
        ("posiandu", "JK-KES-02"),
        ("bumdes", "JK-EKO-15"),
        ("air bersih", "2.4.11"),
        ("posyandu", "JK-KES-02"),
        ("02.04.11.", "2.4.11"),
        ("2.13.04.2.01.0005", "2.13.04.2.01.0005"),
        ("jk-air-01", "JK-AIR-01"),
        ("pp-ibm", "PP-IBM"),
    ],
)
def test_words_and_codes_find_what_they_mean(text: str, code: str) -> None:
    assert code in codes(text)[:6]


@given(st.permutations(["kapasitas", "aparatur", "pemerintah", "desa"]))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert codes(" ".join(words)) == codes("kapasitas aparatur pemerintah desa")


def test_a_programme_finds_all_below_it() -> None:
    found = codes("2.13.04", governments=[Government.REGENCY])
    assert "2.13.04.2.01.0005" in found
    assert all(code.startswith("2.13.04.2.") for code in found)


def test_government_and_year_choose() -> None:
    for hit in SEARCH.find("jalan", governments=[Government.VILLAGE]):
        assert hit.found.government is Government.VILLAGE
    assert "2.17.08.2.01.0019" in codes("digitalisasi umkm", year=2027)
    assert "2.17.08.2.01.0019" not in codes("digitalisasi umkm", year=2026)


def test_hits_are_ranked_and_papua_is_left_out() -> None:
    hits = SEARCH.find("pemberdayaan masyarakat desa")
    scores = [one.score for one in hits]
    assert scores == sorted(scores, reverse=True)
    assert not any(getattr(one.found, "is_special", False) for one in hits)
    assert SEARCH.find("") == ()
    assert SEARCH.find("dan di yang") == ()
    assert SEARCH.find("zzzzqqq") == ()


def test_codes_of_which_a_year_is_not_known_are_shown_for_it() -> None:
    province = [Government.PROVINCE]
    assert codes("aparatur pemerintah desa", governments=province, year=2026)[0] == "2.13.04.1.01.0010"
    assert codes("aparatur pemerintah desa", governments=province, year=2019) == []
