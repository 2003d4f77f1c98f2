"""The one verdict of a submission: what every door shows of the same stored cells."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from sidara.checks.core import Stage
from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.judged import Judged
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.core.village import Home
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.finding import Finding, Severity
from tests.collection.conftest import NOW

VILLAGE, URBAN = "62.01.02.2016", "62.03.01.1006"
TODAY = date(2026, 11, 24)
BIRTHS = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2026-Q1")
PEOPLE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
pytestmark = pytest.mark.usefixtures("register")


def save(key, *cells, base=None):
    given = [one if isinstance(one, Given) else Given(*one) for one in cells]
    held = queries.filled(OPERATOR, key)
    at = base if base is not None else held.state.revision if held else 0
    one = services.Save(key, at, uuid4(), Source.WEB, given)
    saved = services.save_cells(OPERATOR, save=one, now=NOW + timedelta(minutes=at))
    assert not saved.account.findings, saved.account.findings
    return saved


def judged(key, *given, **more):
    made = queries.judged(OPERATOR, key, today=TODAY, given=[Given(*one) for one in given], **more)
    assert isinstance(made, Judged)
    return made


def codes(made, at=None):
    told = made.told if at is None else made.at(at)
    return {one.finding.rule for one in told}


def cell(code, row="", breakdown="_T"):
    return Key(row, code, breakdown)


def test_a_submission_that_nobody_began_says_what_is_required() -> None:
    made = judged(PEOPLE)
    assert (made.revision, made.is_ready) == (0, False)
    assert (made.counts.required, made.counts.filled, made.counts.open) == (4, 0, 4)
    assert {one.finding.code for one in made.told} == {"REQUIRED_EMPTY"}
    assert {one.key for one in made.told} == {cell(f"KEP_00{n}") for n in (1, 2, 3, 4)}
    assert all(one.is_blocking for one in made.told)


def test_rules_are_judged_with_place_figures_and_what_is_computed() -> None:
    save(PEOPLE, ("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "41"), ("KEP_004", "30"))
    made = judged(PEOPLE)
    assert codes(made) == {"KEP_001_a"}
    (told,) = made.at(cell("KEP_001"))
    assert told.finding.value == "100"
    assert {one.variable for one in told.finding.cells} == {"KEP_001", "KEP_002", "KEP_003"}
    assert (told.is_blocking, told.is_explained) == (True, False)
    save(PEOPLE, ("KEP_003", "40"))
    made = judged(PEOPLE)
    assert not made.told
    assert made.is_ready
    assert (made.counts.filled, made.counts.open) == (4, 0)


def test_cells_that_are_not_stored_are_judged_over_the_stored_ones() -> None:
    save(PEOPLE, ("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "40"), ("KEP_004", "30"))
    made = judged(PEOPLE, ("KEP_004", "300"), ("KEP_003", "empat puluh"))
    assert "KEP_004_a" in codes(made, cell("KEP_004"))
    assert [one.code for one in made.unread] == ["VALUE_TYPE"]
    assert not judged(PEOPLE).told


def test_an_error_between_two_forms_stands_on_both_and_weighs_less_when_one_is_sent() -> None:
    work = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q3")
    save(PEOPLE, ("KEP_008", "20"))
    save(work, ("KEU_026", "21"))
    here, there = judged(work), judged(PEOPLE)
    (told,) = (one for one in here.told if one.finding.rule == "KEU_026_a")
    (mirrored,) = (one for one in there.told if one.finding.rule == "KEU_026_a")
    assert (told.key, mirrored.key) == (cell("KEU_026"), cell("KEP_008"))
    assert told.finding.severity is mirrored.finding.severity is Severity.ERROR
    stages = {Home("KEP_SEMESTER", "2026-S1"): Stage.SENT}
    for made in (judged(work, stages=stages), judged(PEOPLE, stages=stages)):
        (told,) = (one for one in made.told if one.finding.rule == "KEU_026_a")
        assert told.finding.severity is Severity.WARNING
    save(PEOPLE, ("KEP_008", "21"))
    assert "KEU_026_a" not in codes(judged(work)) | codes(judged(PEOPLE))


def test_a_fall_against_the_period_before_asks_for_an_explanation_until_there_is_one() -> None:
    now = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q3")
    save(SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q2"), ("KEU_026", "9"))
    save(now, ("KEU_026", "8"))
    (told,) = judged(now).at(cell("KEU_026"))
    assert (told.finding.rule, told.is_explained, told.is_blocking) == ("KEU_026_b", False, True)
    assert told in judged(now).unexplained
    save(now, Given("KEU_026", "8", explanation="Bulan lalu terhitung dua kali."))
    (told,) = judged(now).at(cell("KEU_026"))
    assert (told.is_explained, told.is_blocking) == (True, False)


def test_what_a_rule_reads_is_computed_from_a_list_of_another_form() -> None:
    posts = SubmissionKey("PEM_SEMESTER", VILLAGE, "2026-S1")
    trained = SubmissionKey("PEM_TRIWULAN", VILLAGE, "2026-Q3")
    rows = [str(UUID(int=n)) for n in (1, 2)]
    cells = [
        Given(*one, row=row)
        for row in rows
        for one in (("aparatur", "ada"), ("APR_001", "KAUR_KEU"), ("APR_002", "TERISI"))
    ]
    save(posts, *cells)
    save(trained, ("PEM_019", "4"))
    assert judged(posts).derived[cell("PEM_012")] == "2"
    (told,) = judged(trained).at(cell("PEM_019"))
    assert told.finding.rule == "PEM_019_a"
    save(posts, Given("aparatur", "dihapus", row=rows[1]))
    assert judged(posts).derived[cell("PEM_012")] == "1"
    save(trained, ("PEM_019", "2"))
    assert not judged(trained).at(cell("PEM_019"))


def test_rows_of_a_list_are_judged_each_and_required_lists_must_be_filled_or_declared_empty() -> None:
    key = SubmissionKey("PEM_TRIWULAN", VILLAGE, "2026-Q1")
    assert judged(key).at(cell("musyawarah"))[0].finding.code == "LIST_EMPTY"
    row = str(UUID(int=7))
    save(key, Given("MSY_004", "0", row=row), Given("MSY_005", "0", row=row))
    made = judged(key)
    assert not made.at(cell("musyawarah"))
    assert codes(made, cell("MSY_004", row)) == {"MSY_004_a"}
    assert "MSY_001.REQUIRED_EMPTY" in codes(made, cell("MSY_001", row))
    assert cell("MSY_012", row) not in made.not_applicable
    before = made.counts
    save(key, Given("musyawarah", "dihapus", row=row))
    assert judged(key).at(cell("musyawarah"))[0].finding.code == "LIST_EMPTY"
    save(key, ("musyawarah", "tidak ada"), ("pelatihan", "tidak ada"))
    made = judged(key)
    assert not made.blocking
    assert made.counts.filled == made.counts.required < before.required


def test_an_answer_that_does_not_apply_is_no_open_one() -> None:
    key = SubmissionKey("PEM_TRIWULAN", VILLAGE, "2026-Q1")
    row = str(UUID(int=9))
    save(key, Given("MSY_011", "tidak", row=row))
    assert cell("MSY_012", row) in judged(key).not_applicable
    save(PEOPLE, Given("KEP_004", state="tidak_berlaku"))
    counts = judged(PEOPLE).counts
    assert (counts.required, counts.not_applicable, counts.filled, counts.open) == (4, 1, 0, 3)


def test_not_known_needs_a_reason_where_it_is_required() -> None:
    save(PEOPLE, ("KEP_004", "tidak tahu"))
    (told,) = judged(PEOPLE).at(cell("KEP_004"))
    assert (told.finding.code, told.is_blocking) == ("REASON_MISSING", True)
    save(PEOPLE, Given("KEP_004", state="tidak tahu", explanation="Kartu keluarga belum didata."))
    made = judged(PEOPLE)
    assert not made.at(cell("KEP_004"))
    assert (made.counts.filled, made.counts.unknown) == (1, 1)


def test_a_conflict_holds_back_sending() -> None:
    whole = (("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "40"), ("KEP_004", "30"))
    save(PEOPLE, *whole)
    assert judged(PEOPLE).is_ready
    one = services.Save(PEOPLE, 0, uuid4(), Source.OFFLINE, [Given("KEP_004", "31")])
    services.save_cells(OPERATOR, save=one, now=NOW)
    made = judged(PEOPLE)
    assert (made.conflicts, made.is_ready, made.blocking) == ((cell("KEP_004"),), False, ())


def test_the_same_numbers_as_a_year_ago_are_told_of_the_form_as_a_whole() -> None:
    cells = [Given(f"KEU_0{n:02}", str(n * 7), breakdown="ANGGARAN:A") for n in range(1, 11)]
    save(SubmissionKey("KEU_TRIWULAN", VILLAGE, "2025-Q1"), *cells)
    made_key = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q1")
    save(made_key, *cells)
    (told,) = (one for one in judged(made_key).told if one.finding.code == "COPIED_LAST_YEAR")
    assert (told.key, told.is_blocking) == (None, True)
    save(made_key, Given("KEU_001", "7", breakdown="ANGGARAN:A", explanation="APBDes tidak berubah."))
    (told,) = (one for one in judged(made_key).told if one.finding.code == "COPIED_LAST_YEAR")
    assert told.is_explained


def test_questions_for_desa_do_not_concern_a_kelurahan() -> None:
    rural = judged(SubmissionKey("PEM_TAHUNAN", VILLAGE, "2026"))
    urban = judged(SubmissionKey("PEM_TAHUNAN", URBAN, "2026"))
    assert urban.counts.required < rural.counts.required
    assert len(urban.told) < len(rural.told)


def test_the_total_of_a_breakdown_is_asked_beside_its_parts() -> None:
    key = SubmissionKey("DIK_TAHUNAN", VILLAGE, "2026")
    found = queries.asking_of(OPERATOR, key)
    assert not isinstance(found, Finding)
    code, parts = next((code, parts) for code, parts in found[0].breakdowns.items() if len(parts) > 1)
    assert parts[-1] == "_T"
    save(key, *(Given(code, "2", breakdown=part) for part in parts))
    assert f"{code}.PARTS_UNEQUAL" in "".join(codes(judged(key)))


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (SubmissionKey("XXX", VILLAGE, "2026"), "FORM_UNKNOWN"),
        (SubmissionKey("KEP_SEMESTER", "62.01.02.9999", "2026-S1"), "REGION_UNKNOWN"),
        (SubmissionKey("KEP_SEMESTER", VILLAGE, "2026"), "PERIOD_FORM"),
    ],
)
def test_what_does_not_exist_is_a_finding(key, code) -> None:
    found = queries.judged(OPERATOR, key, today=TODAY)
    assert isinstance(found, Finding)
    assert found.code == code


def test_who_may_not_read_there_is_refused() -> None:
    with pytest.raises(NotAllowed):
        queries.judged(PUBLIC, PEOPLE, today=TODAY)
