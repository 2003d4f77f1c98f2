"""Answers that cannot all be true are told, each with its place, and nothing is rejected."""

import itertools
import random

import pytest

from sidara.indices import core
from sidara.indices.core import contradictions, reading
from sidara.tables import LINE
from tests.indices import official, samples

YEAR = 2025
CODES = {"CLASS_CONTRADICTS", "ANSWER_WITHOUT_PARENT", "ANSWERS_CONTRADICT"}
CLASSES = {"sangat_sulit": 1, "sulit": 2, "sedang": 3, "mudah": 4, "sangat_mudah": 5}


@pytest.fixture(scope="module")
def row(desa):
    """A village without an official class, in which nothing contradicts."""
    made = samples.without_classes(desa, samples.simulated(desa, 1, YEAR)).row(0, named=True)
    absent = {name: None for one in desa.versions[0].contradictions for name in one.when.names}
    return {
        **{name: value for name, value in made.items() if name != LINE},
        **absent,
        **dict.fromkeys(("ada_layanan_dokter", "ada_layanan_bidan", "ada_layanan_nakes"), "ya"),
    }


def told(desa, *records) -> list[tuple[str, int, str]]:
    made = core.compute(desa, official.frame(list(records)))
    assert made.rejected == ()
    return [(one.code, one.place.line, one.place.column) for one in made.findings if one.code in CODES]


def test_nothing_is_told_of_a_village_without_contradictions(desa, row):
    assert told(desa, row) == []


def completions(far: bool | None, minutes: float | None, bare: bool | None):
    """All that the answers can be: near or far, the minutes on each side of the limits, with or without."""
    return itertools.product(
        [True, False] if far is None else [far],
        [0, 2, 4] if minutes is None else [minutes],
        [True, False] if bare is None else [bare],
    )


def scores_left(far: bool, minutes: float, bare: bool) -> set[int]:
    """The published part of the matrix: far and slow is 1; far, more than a minute and no transport is 1."""
    return {1} if far and (minutes > 3 or (minutes > 1 and bare)) else {2, 3, 4, 5}


def test_classes_are_held_against_the_rules_of_the_other_answers(desa, row):
    """Each class beside random answers: told when what is left without the class has not its score."""
    chance = random.Random(samples.SEED)
    records = []
    for at in range(400):
        given = {
            "jarak_paud_km": chance.choice(["0", "0.5", "0.51", "7.25", None]),
            "waktu_paud_menit": chance.choice(["0.5", "1", "1.01", "3", "3.01", None]),
            "transportasi_paud": chance.choice(["ya", "tidak", None]),
            "akses_paud": chance.choice([*CLASSES, None]),
        }
        records.append(row | given | {"kode": f"620102{2000 + at}"})
    expected = []
    for line, one in enumerate(records, start=2):
        far = None if one["jarak_paud_km"] is None else float(one["jarak_paud_km"]) > 0.5
        minutes = None if one["waktu_paud_menit"] is None else float(one["waktu_paud_menit"])
        bare = None if one["transportasi_paud"] is None else one["transportasi_paud"] == "tidak"
        left = set().union(*(scores_left(*way) for way in completions(far, minutes, bare)))
        if one["akses_paud"] is not None and CLASSES[one["akses_paud"]] not in left:
            expected.append(("CLASS_CONTRADICTS", line, "akses_paud"))
    assert told(desa, *records) == expected
    assert 20 < len(expected) < 300


def test_a_class_of_a_matrix_that_is_not_public_contradicts_nothing(desa, row):
    records = [row | {"akses_pasar": one, "kode": f"620102{2000 + at}"} for at, one in enumerate(CLASSES)]
    assert told(desa, *records) == []


def test_an_answer_to_what_cannot_be_asked(desa, row):
    absent = row | {"ada_layanan_dokter": "tidak", "operasional_dokter": "tidak_tetap"}
    assert told(desa, absent) == [("ANSWER_WITHOUT_PARENT", 2, "operasional_dokter")]
    assert told(desa, absent | {"operasional_dokter": None}) == []
    assert told(desa, absent | {"ada_layanan_dokter": None}) == []


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"kepemilikan_jamban": "tidak_ada", "jamban_berfungsi": "ya"}, "jamban_berfungsi"),
        ({"kepemilikan_jamban": "tidak_ada", "jamban_berfungsi": "tidak"}, None),
        ({"kepemilikan_jamban": "komunal", "jamban_berfungsi": "ya"}, None),
        ({"kepemilikan_jamban": None, "jamban_berfungsi": "ya"}, None),
        ({"tangki_septik": "tidak_ada", "septik_berfungsi": "ya"}, "septik_berfungsi"),
        ({"ada_posyandu": "tidak", "aktivitas_posyandu_per_tahun": "12"}, "aktivitas_posyandu_per_tahun"),
        ({"ada_posyandu": "tidak", "aktivitas_posyandu_per_tahun": "0"}, None),
        ({"ada_pju": "tidak", "jam_pju": "3"}, "jam_pju"),
        ({"ada_bumdes": "tidak", "bumdes_berbadan_hukum": "ya"}, "bumdes_berbadan_hukum"),
    ],
)
def test_pairs_that_the_definition_names(desa, row, given, column):
    assert told(desa, row | given) == ([] if column is None else [("ANSWERS_CONTRADICT", 2, column)])


def test_each_warning_says_where_and_what_to_do(desa, row):
    given = {"jarak_paud_km": "9", "waktu_paud_menit": "9", "akses_paud": "mudah"}
    made = core.compute(desa, official.frame([row | given]))
    (one,) = [one for one in made.findings if one.code in CODES]
    assert "I01.2" in one.message
    assert "jarak_paud_km 9" in one.message
    assert "yang dipakai kelas resminya" in one.message
    assert one.remedy
    assert made.frame["I01.2"].item() == 4


def test_more_than_can_be_named_are_counted(desa, row, monkeypatch):
    monkeypatch.setattr(contradictions, "MOST_FINDINGS", 3)
    odd = row | {
        "kepemilikan_jamban": "tidak_ada",
        "jamban_berfungsi": "ya",
        "ada_pju": "tidak",
        "jam_pju": "3",
    }
    records = [odd | {"kode": f"620102{2000 + at}"} for at in range(4)]
    rows = official.frame(records)
    found, rest = contradictions.findings(desa.versions[0], rows, reading.typed(desa.versions[0], rows), YEAR)
    assert [one.code for one in found] == ["ANSWERS_CONTRADICT"] * 3
    assert rest == {"ANSWERS_CONTRADICT": 5}


def test_scores_are_not_judged(desa):
    items = desa.versions[0].items
    record = {"kode": "6201022016", "tahun": YEAR} | {item.code: item.scores_in(YEAR)[0] for item in items}
    assert told(desa, record) == []
