"""Another index is a file, not code: a geometric mean over min-max and a weighted mean, closed below."""

from pathlib import Path

import pytest

from sidara.indices import core
from sidara.indices.formats import definition_file
from tests.indices import official

SAMPLE = Path(__file__).parent / "cases" / "uji.yaml"


@pytest.fixture(scope="module")
def uji():
    definition, findings = definition_file.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert findings == ()
    return definition


def row(**values):
    return {"kode": "6201022016", "tahun": 2021} | values


def one(uji, **values) -> dict:
    made = core.compute(uji, official.frame([row(**values)]))
    assert made.rejected == ()
    return made.frame.row(0, named=True)


def by_hand(age: float, school: int, state: int) -> float:
    span = (age - 20) / 65
    learning = (3 * school / 4 + state / 4) / 4
    return 100 * (span**2 * learning) ** (1 / 3)


@pytest.mark.parametrize(
    ("age", "school", "state"), [(72.5, 4, 4), (60.25, 2, 1), (85, 4, 1), (20, 4, 4), (40, 0, 1)]
)
def test_from_items(uji, age, school, state):
    made = one(uji, U01=age, D01=school, D02=state)
    expected = by_hand(age, school, state)
    assert made["uji"] == pytest.approx(expected, abs=1e-9)
    assert made["usia"] == pytest.approx((age - 20) / 65, abs=1e-12)
    assert made["didik"] == pytest.approx((3 * school + state) / 16, abs=1e-12)
    assert made["status"] == ("TINGGI" if expected >= 69.95 else "SEDANG" if expected >= 59.95 else "RENDAH")


def test_a_figure_outside_the_goalposts_is_cut_off(uji):
    assert (
        one(uji, U01=95, D01=4, D02=4)["uji"] == one(uji, U01=85, D01=4, D02=4)["uji"] == pytest.approx(100)
    )
    assert one(uji, U01=10, D01=4, D02=4)["uji"] == 0


def test_from_answers_with_an_absent_parent(uji):
    answers = {
        "umur_harapan_hidup": "72.5",
        "anak_bersekolah": 0,
        "jumlah_anak": 0,
        "keadaan_sekolah": "buka",
    }
    made = one(uji, **answers)
    assert (made["U01"], made["D01"], made["D02"]) == (72.5, 4, 4)
    assert made["uji"] == pytest.approx(by_hand(72.5, 4, 4), abs=1e-9)


def test_a_missing_answer_is_a_span(uji):
    answers = {"umur_harapan_hidup": None, "anak_bersekolah": 9, "jumlah_anak": 10, "keadaan_sekolah": "buka"}
    made = one(uji, **answers)
    assert (made["uji"], made["uji_min"], made["uji_max"]) == (None, 0, pytest.approx(100))
    assert made["status"] == "antara"
    assert made["status_set"] == "RENDAH|SEDANG|TINGGI"


def test_from_sub_indices(uji):
    made = one(uji, usia="0.8", didik="0.9375")
    assert made["uji"] == pytest.approx(100 * (0.8**2 * 0.9375) ** (1 / 3), abs=1e-9)


def test_the_lower_end_belongs_to_its_class(uji):
    thresholds = uji.versions[0].thresholds
    names = [thresholds.classes[thresholds.position(value)].status for value in (59, 60, 70)]
    assert names == ["RENDAH", "SEDANG", "TINGGI"]


def test_gain_of_a_step_that_is_not_linear(uji):
    explained = core.explain(uji, official.frame([row(U01=60.25, D01=2, D02=1)]))
    gains = {item.code: item.gain for item in explained.items}
    assert gains["D01"] == pytest.approx(by_hand(60.25, 4, 1) - by_hand(60.25, 2, 1), abs=1e-4)
    assert gains["U01"] == pytest.approx(by_hand(85, 2, 1) - by_hand(60.25, 2, 1), abs=1e-4)


@pytest.mark.parametrize(
    ("policy", "expected"), [("withhold", (None, None, None)), ("zero", ("RENDAH", 0.0, None))]
)
def test_other_policies_for_what_is_missing(policy, expected):
    text = SAMPLE.read_text(encoding="utf-8").replace("missing: interval", f"missing: {policy}")
    definition, _ = definition_file.read(text.encode(), "uji.yaml")
    made = one(definition, U01=None, D01=4, D02=4)
    assert (made["status"], made["uji"], made["uji_min"]) == expected


def test_a_version_of_later_years_is_chosen_by_the_year(uji):
    made = core.compute(
        uji, official.frame([row(U01=50, D01=4, D02=4), row(U01=50, D01=4, D02=4, tahun=2019)])
    )
    assert made.lines == (2,)
    assert [one.code for one in made.findings] == ["YEAR_OUTSIDE"]
