"""The generator of simulated answers: the same for the same seed, whole, shaped like what was observed."""

import polars as pl
import pytest

from sidara.demo.core import Unknown, simulate
from sidara.demo.core.variables import variables
from sidara.indices import queries
from sidara.indices.core import compute
from sidara.kernel.actor import OPERATOR
from sidara.tables import LINE

VILLAGES = [f"62.{regency:02d}.01.{2001 + number}" for regency in range(1, 8) for number in range(60)]
YEARS = (2022, 2024)


@pytest.fixture(scope="module")
def definition():
    found = queries.definition(OPERATOR, "idm")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def made(definition):
    answers = simulate(definition, VILLAGES, YEARS, seed=7)
    frame = answers.with_row_index(LINE, 2).with_columns(pl.col(LINE).cast(pl.Int64))
    return answers, compute(definition, frame)


def test_the_same_seed_gives_the_same_answers_and_another_one_others(definition, made) -> None:
    answers, _ = made
    assert answers.equals(simulate(definition, VILLAGES, YEARS, seed=7))
    assert not answers.equals(simulate(definition, VILLAGES, YEARS, seed=8))


def test_a_village_answers_the_same_whoever_stands_beside_it(definition, made) -> None:
    answers, _ = made
    regency = [code for code in VILLAGES if code.startswith("62.01")]
    strengths = simulate(definition, regency, YEARS, seed=7)
    assert strengths.height == len(regency) * len(YEARS)
    assert set(strengths["kode"]) == set(regency)
    assert answers.columns == strengths.columns


def test_every_answer_is_one_that_can_be_given(definition, made) -> None:
    answers, computed = made
    version = definition.versions[-1]
    assert set(answers.columns) == {
        "kode",
        "tahun",
        *(one.name for item in version.items for one in item.inputs),
    }
    assert computed.rejected == ()
    assert computed.findings == ()
    assert str(computed.depth) == "answers"
    assert computed.frame["idm"].null_count() == 0


def test_scores_follow_the_observed_frequencies(definition, made) -> None:
    _, computed = made
    for item in definition.versions[-1].items:
        if item.code == "S27" or len(item.inputs) > 1 or not item.observed:
            continue
        total = sum(count for _, count in item.observed)
        expected = sum(score * count for score, count in item.observed) / total
        found = computed.frame[item.code].mean()
        assert abs(found - expected) < 1.0, item.code


@pytest.fixture(scope="module")
def newer():
    found = queries.definition(OPERATOR, "indeks-desa")
    assert found is not None
    return found


def test_an_index_without_observed_scores_is_simulated_too(newer) -> None:
    answers = simulate(newer, VILLAGES, (2025, 2026), seed=7)
    made = compute(newer, answers.with_row_index(LINE, 2).with_columns(pl.col(LINE).cast(pl.Int64)))
    assert (made.rejected, str(made.depth)) == ((), "answers")
    assert made.frame["skor"].null_count() == 0
    assert made.frame["status"].n_unique() >= 4
    read = {one.name for one in newer.versions[-1].read_inputs}
    assert set(answers.columns) == {"kode", "tahun", *read}


def test_official_classes_are_left_out_where_they_are_unknown_and_nowhere_else(newer) -> None:
    answers = simulate(newer, VILLAGES, (2025,), seed=7, unknown=Unknown(50, 50))
    optional = [one.name for one in newer.versions[-1].inputs if one.is_optional]
    empty = answers.select(pl.sum_horizontal(pl.col(name).is_null() for name in optional)).to_series()
    assert set(empty) == {0, len(optional)}
    assert answers.drop(optional).equals(simulate(newer, VILLAGES, (2025,), seed=7).drop(optional))
    made = compute(newer, answers.with_row_index(LINE, 2).with_columns(pl.col(LINE).cast(pl.Int64)))
    assert (made.frame["skor"].is_null() == (empty > 0)).all()


def test_a_part_is_never_larger_than_its_whole(newer) -> None:
    answers = simulate(newer, VILLAGES, (2025,), seed=7)
    for part, whole in (("peserta_bpjs", "jumlah_penduduk"), ("rumah_tidak_layak_huni", "jumlah_rumah")):
        assert (answers[part].cast(pl.Int64) <= answers[whole].cast(pl.Int64)).all()


def test_a_village_is_as_strong_in_each_index(definition, newer) -> None:
    levels = []
    for index, year, column in ((definition, 2024, "idm"), (newer, 2025, "skor")):
        answers = simulate(index, VILLAGES, (year,), seed=7)
        made = compute(index, answers.with_row_index(LINE, 2).with_columns(pl.col(LINE).cast(pl.Int64)))
        levels.append(made.frame[column].alias(column))
    assert pl.DataFrame(levels).select(pl.corr("idm", "skor")).item() > 0.5


def test_villages_differ_and_every_class_occurs(made) -> None:
    _, computed = made
    assert computed.frame["status"].n_unique() >= 4
    assert computed.frame["idm"].std() > 0.05


def test_only_an_index_whose_scores_can_be_open_has_ends_of_a_span(definition, newer) -> None:
    ends = {"IDM": set(), "ID": {"ID.SKOR_MIN", "ID.SKOR_MAX"}}
    for index in (definition, newer):
        codes = {one.code for one in variables(index.versions[-1], index.code)}
        assert {code for code in codes if code.endswith(("_MIN", "_MAX"))} == ends[index.code]
