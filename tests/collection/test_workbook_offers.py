"""What is offered in a workbook and on paper: beside the box, never in it; taken over by one word."""

from uuid import UUID

import pytest

from sidara.collection import queries
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.formats import paper
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import State
from tests.collection.conftest import NOW
from tests.collection.test_prefill import published, put
from tests.collection.test_workbook_import import counts, imported, save
from tests.collection.workbooks import DISTRICT, VILLAGE, boxes, fill, given_out, opened

__all__ = ["published"]
pytestmark = pytest.mark.usefixtures("register", "published")
UID = UUID("018f0000-0000-7000-8000-000000000006")
BEFORE, NEXT = (SubmissionKey("KEP_SEMESTER", VILLAGE, one) for one in ("2025-S2", "2026-S1"))
LISTED, LISTED_NEXT = (SubmissionKey("SOS_TAHUNAN", VILLAGE, one) for one in ("2025", "2026"))
ROW = "018f0000-0000-7000-8000-0000000000ab"
FROM_LAST = "dari periode 2025-S2"


@pytest.fixture(autouse=True)
def before(register):
    save(BEFORE, [("KEP_001", "100"), ("KEP_002", "60")])
    put(PENDUDUK="105", LAKI_LAKI="60", PEREMPUAN="45")


def workbook(**more):
    return given_out(NEXT.form, NEXT.period, uid=UID, **more)


def held(key=NEXT):
    found = queries.filled(OPERATOR, key)
    return {(one.row, one.variable): cell.content for one, cell in found.state.cells.items()} if found else {}


def texts(content):
    return [
        str(cell.value)
        for sheet in opened(content)
        for line in sheet.iter_rows()
        for cell in line
        if cell.value
    ]


def test_what_is_offered_stands_beside_the_box_and_is_not_sent_by_itself():
    content = workbook()
    found, _ = boxes(opened(content))
    assert {box.value for box in found.values()} == {None}
    said = texts(content)
    assert any(f"salin 1: 100 ({FROM_LAST})\nsalin 2: 105 (dari penduduk contoh" in one for one in said)
    assert any(one.startswith(f"60 ({FROM_LAST}; dari penduduk contoh") for one in said)
    assert counts(imported(content)) == (0, 0, 0, 0, 0)
    assert held() == {}


def test_one_word_takes_over_with_where_it_came_from():
    account = imported(
        fill(workbook(), {"KEP_001@_T": "Salin 2", "KEP_002@_T": " SALIN ", "KEP_003@_T": "salin2"})
    )
    assert (counts(account), account.findings) == ((3, 0, 0, 0, 0), ())
    assert {code: one.value for (_, code), one in held().items()} == {
        "KEP_001": "105", "KEP_002": "60", "KEP_003": "45",
    }  # fmt: skip
    origins = {key.variable: words for key, words in queries.provenance(OPERATOR, NEXT).items()}
    assert origins["KEP_002"] == FROM_LAST
    assert origins["KEP_001"].startswith("dari penduduk contoh, 2025")
    assert origins["KEP_003"].startswith("dari penduduk contoh, 2025")


def test_a_word_that_says_too_little_or_too_much_is_told_at_its_box():
    typed = {"KEP_001@_T": "salin", "KEP_002@_T": "salin 3", "KEP_004@_T": "salin", "KEP_003@_T": 44}
    account = imported(fill(workbook(), typed))
    assert counts(account) == (1, 0, 0, 0, 3)
    told = {one.code: one for one in account.findings if one.severity == "error"}
    assert set(told) == {"COPY_WHICH", "COPY_NOTHING"}
    assert "salin 1 atau salin 2" in told["COPY_WHICH"].remedy
    assert told["COPY_WHICH"].place.line is not None
    assert held() == {("", "KEP_003"): Content(State.VALUE, "44")}


def test_what_was_confirmed_is_stored_though_its_source_says_otherwise_since():
    content = fill(workbook(), {"KEP_002@_T": "salin 1"})
    save(BEFORE, [("KEP_002", "70")], base=1)
    account = imported(content)
    assert counts(account) == (1, 0, 0, 0, 0)
    assert "ORIGIN_GONE" in {one.code for one in account.findings}
    assert held() == {("", "KEP_002"): Content(State.VALUE, "60")}, "what she saw and confirmed"
    assert queries.provenance(OPERATOR, NEXT) == {}


def test_the_workbook_of_a_kecamatan_offers_to_each_village_its_own():
    content = workbook(region=DISTRICT)
    account = imported(fill(content, {"KEP_001@_T": "salin 1"}))
    assert counts(account) == (1, 0, 0, 0, 0)
    assert held() == {("", "KEP_001"): Content(State.VALUE, "100")}
    other = next(region for region, _, _ in boxes(opened(content))[0] if region != VILLAGE)
    account = imported(fill(content, {"KEP_001@_T": "salin"}, region=other))
    assert [one.code for one in account.findings] == ["COPY_NOTHING"]


def test_a_row_of_a_list_is_taken_over_whole_and_what_is_typed_in_it_goes_before():
    save(LISTED, [Given("LBG_002", "Salin", row=ROW), Given("LBG_003", "SK_KADES", row=ROW)])
    content = given_out(LISTED.form, "2026", uid=UID)
    assert any("dapat disalin (dari periode 2025)" in one for one in texts(content))
    assert any(one == "nilai: Salin" for one in texts(content)), "a text that is the word is escaped"
    assert counts(imported(content)) == (0, 0, 0, 0, 0)
    typed = {(ROW, "lembaga@_T"): "salin", (ROW, "LBG_003@_T"): "Peraturan desa"}
    account = imported(fill(content, typed))
    assert counts(account)[:1] == (2,)
    assert held(LISTED_NEXT) == {
        (ROW, "LBG_002"): Content(State.VALUE, "Salin"),
        (ROW, "LBG_003"): Content(State.VALUE, "PERDES"),
    }
    assert list(queries.provenance(OPERATOR, LISTED_NEXT)) == [Key(ROW, "LBG_002", "_T")]
    assert list(queries.audit(OPERATOR)) == []


def test_paper_prints_what_is_offered_small_beside_the_box():
    save(LISTED, [Given("LBG_002", "PKK desa contoh", row=ROW)])
    made, _ = queries.issue(OPERATOR, form=NEXT.form, region=VILLAGE, period=NEXT.period, uid=UID, now=NOW)
    cells = [
        cell
        for sheet in paper.laid_out(made, made.blanks[0])["sheets"]
        for row in sheet["rows"]
        for cell in row["cells"]
    ]
    (one,) = [cell for cell in cells if cell["last"] == "100"]
    assert one["text"] == ""
    assert [text.partition(" (")[0] for text in one["offers"]] == ["105"]
    listed, _ = queries.issue(OPERATOR, form=LISTED.form, region=VILLAGE, period="2026", uid=UID, now=NOW)
    own = next(one for one in paper.laid_out(listed, listed.blanks[0])["lists"] if one["rows"])
    first = next(cell for cell in own["rows"][0] if cell["offers"])
    assert (first["text"], first["offers"]) == ("", ["PKK desa contoh (dari periode 2025)"])
    assert paper.write(listed).startswith(b"%PDF")
