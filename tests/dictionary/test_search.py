"""Finding entries: every word must be met, a name weighs more than a definition, misspelt words count."""

from pathlib import Path

import pytest

from sidara.dictionary.core import built
from sidara.dictionary.core.search import Wanted, find
from sidara.dictionary.formats import content_file

SMALL = Path(__file__).parent / "cases" / "small.yaml"
EVERYTHING = ["PEM_001", "KEP_001", "KEP_002"]


@pytest.fixture(scope="module")
def small():
    return built(content_file.read([(SMALL.name, SMALL.read_bytes())]).things, {})


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("KEP_002", ["KEP_002"]),
        ("kep 002", ["KEP_002"]),
        ("anak", ["KEP_002"]),
        ("Berapa anak", ["KEP_002"]),
        ("anak jembatan", []),
        ("jembatan", []),
        ("pemerintahn", ["PEM_001"]),
        ("ank", []),
        ("bentar", []),
        ("pemerintahankah", []),
    ],
)
def test_every_word_must_be_met(small, text, codes):
    assert [one.code for one in find(small, Wanted(text))] == codes


def test_what_is_named_so_stands_before_what_is_only_about_it(small):
    assert find(small, Wanted("penduduk"))[0].code == "KEP_001"
    assert [one.code for one in find(small, Wanted("bentuk penduduk"))] == ["PEM_001"], "its concept says so"


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (Wanted(sector="PEM"), ["PEM_001"]),
        (Wanted(form="KEP_TAHUNAN"), ["KEP_001", "KEP_002"]),
        (Wanted(sector="PEM", form="KEP_TAHUNAN"), []),
        (Wanted("anak", sector="PEM"), []),
        (Wanted(agency="LAIN"), []),
    ],
)
def test_filters_hold_together_with_the_words(small, wanted, codes):
    assert [one.code for one in find(small, wanted)] == codes
