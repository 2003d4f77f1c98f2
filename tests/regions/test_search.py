"""Search by name: recall on real differing spellings, ranking, bounds."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel.actor import PUBLIC
from sidara.regions import queries
from sidara.regions.core import naming, search
from sidara.regions.formats import content

CASES = [
    tuple(part.strip() for part in line.split(" | "))
    for line in Path(__file__).with_name("cases").joinpath("search.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture
def spellings(shared):
    """The 69 villages whose name the BPS list spells otherwise than the register."""
    frame = pl.read_csv(shared / "data/regions/bps_kemendagri_desa_62.csv", infer_schema=False)
    return frame.filter(pl.col("cara_cocok").str.ends_with("+similar"))


@pytest.mark.parametrize("before", ["", "desa "])
def test_recall_at_five_on_differing_spellings(register_62, spellings, before):
    missed = [
        (name, code)
        for name, code in spellings.select("desa_bps", "kode_kemendagri").iter_rows()
        if code not in [found.region.code for found in queries.find(PUBLIC, before + name, limit=5)]
    ]
    recall = 1 - len(missed) / spellings.height
    assert spellings.height == 69
    assert recall >= 0.95, missed


@pytest.mark.django_db
def test_cases(register_62):
    first = {text: [c.region.code for c in queries.find(PUBLIC, text, limit=1)] for text, _, _ in CASES}
    assert first == {text: [code] for text, code, _ in CASES}


def test_typing_a_name_finds_what_begins_so(register_62):
    names = [found.region.name for found in queries.find(PUBLIC, "tumbang ma", limit=10)]
    assert names
    assert all(name.startswith("Tumbang Ma") for name in names)


def test_candidates_come_with_parents_and_falling_scores(register_62):
    found = queries.find(PUBLIC, "desa natai raya", limit=20)
    assert [(parent.code, parent.level) for parent in found[0].parents] == [
        ("62", 1),
        ("62.01", 2),
        ("62.01.02", 3),
    ]
    assert found[0].score == 100
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)


def test_only_under_a_region(register_62):
    everywhere = queries.find(PUBLIC, "sumber mulia", limit=50)
    under = queries.find(PUBLIC, "sumber mulia", limit=50, under="62.03")
    assert under
    assert {found.region.code[:5] for found in under} == {"62.03"}
    assert {found.region.code for found in under} < {found.region.code for found in everywhere}
    assert queries.find(PUBLIC, "kapuas", under="62.03")[0].region.code == "62.03"
    assert queries.find(PUBLIC, "kapuas", under="99") == []


@pytest.mark.parametrize("text", ["", "  ", "..", "qqqqqqqq", "'", "62.99.99", "\x00", "村"])
def test_nothing_alike_finds_nothing(register_62, text):
    assert queries.find(PUBLIC, text) == []


@pytest.mark.django_db
def test_an_empty_register_finds_nothing():
    assert queries.find(PUBLIC, "natai raya") == []


@given(st.text(max_size=30))
def test_any_text_can_be_searched(text):
    reading = content.reading()
    names = pl.DataFrame(
        {"search_key": ["natai raya", "sungai hanyo"], "kind": ["desa"] * 2, "path": ["a", ""]}
    )
    ranked = search.rank(text, search.index(names, reading), reading, limit=5)
    assert all(0 < score <= 100 for _, score in ranked)


@given(st.text(max_size=30))
def test_a_search_key_is_its_own_search_key(text):
    reading = content.reading()
    key = naming.search_key_of(text, reading)
    assert naming.search_key_of(key, reading) == key
    assert key.isascii()
