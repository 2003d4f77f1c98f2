"""A returned list takes rows again: only that list opens, what is added passes the whole chain."""

from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from sidara.collection import queries as collection
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.verification import queries
from sidara.verification.core import Level, Step
from sidara.web.pages.verifying import review
from tests.copied import shipped
from tests.verification.conftest import (
    NOW,
    VILLAGE,
    accept,
    codes,
    correct,
    endorse,
    give_back,
    register,
    save,
    send,
)

__all__ = ["register"]
KEY = SubmissionKey("PEM_TRIWULAN", VILLAGE, "2026-Q2")
ROW, OTHER, NEW = (str(UUID(int=0x018F_0000_0000_7000_8000_0000_0000_0000 + number)) for number in (1, 2, 3))

LIST, WOMEN = "musyawarah", "MSY_005"
WHY = "Satu musyawarah belum dicatat."
MEETING = (
    ("MSY_001", "MUSDES"),
    ("MSY_002", "2026-05-06"),
    ("MSY_003", "APBDES"),
    ("MSY_004", "20"),
    ("MSY_005", "15"),
    ("MSY_006", "5"),
    ("MSY_007", "6"),
    ("MSY_008", "1"),
    ("MSY_009", "4"),
    ("MSY_010", "9"),
    ("MSY_011", "ya"),
    ("MSY_013", "ya"),
)


def meeting(row):
    return [Given(LIST, "ada", row=row), *(Given(code, text, row=row) for code, text in MEETING)]


@pytest.fixture(autouse=True)
def verified(register):
    """Two meetings and no training, with the kecamatan."""
    shipped(lambda: NOW)
    save(*meeting(ROW), *meeting(OTHER), Given("pelatihan", state="tidak_ada"), key=KEY)
    up()


def up():
    for done in (send(key=KEY), endorse(key=KEY)):
        assert done.is_done, (done.findings, done.blocking)


def level(*key):
    return queries.standing(OPERATOR, KEY).at(Key(*key, "_T")).level


def refused(*given):
    return {one.code for one in save(*given, key=KEY).account.findings}


def test_a_list_that_is_returned_takes_rows_and_nothing_else_opens():
    before = queries.standing(OPERATOR, KEY)
    assert give_back(Step.DISTRICT, {Key("", LIST, "_T"): WHY}, key=KEY).is_done
    held = queries.standing(OPERATOR, KEY)
    state = collection.filled(OPERATOR, KEY).state
    own = {Key(row, LIST, "_T") for row in ("", ROW, OTHER)}
    assert held.drafted(held.every(state.cells)) == own
    assert {key: held.at(key) for key in state.cells if key not in own} == {
        key: before.at(key) for key in state.cells if key not in own
    }
    assert refused(Given(WOMEN, "16", row=ROW)) == {"CELL_LOCKED"}
    assert refused(Given("pelatihan", "hapus")) == {"CELL_LOCKED"}
    assert refused(Given("PLT_001", "Siskeudes", row=NEW)) == {"CELL_LOCKED"}, "another list stays shut"
    assert refused(Given(LIST, "ada", row=NEW)) == set()
    assert refused(*meeting(NEW)[1:]) == set(), "the new row stays open while it is filled in"
    assert refused(Given(LIST, "dihapus", row=OTHER)) == set()
    assert level(NEW, WOMEN) is Level.DRAFT
    accept(Step.DISTRICT, key=KEY)
    assert level(NEW, WOMEN) is Level.DRAFT, "what others accept meanwhile leaves new rows alone"
    up()
    assert refused(Given(WOMEN, "17", row=NEW)) == {"CELL_LOCKED"}
    assert level(NEW, WOMEN) is Level.ENDORSED
    assert level(ROW, WOMEN) is Level.DISTRICT
    for step in (Step.DISTRICT, Step.COMMUNITY, Step.PROVINCE):
        assert level(NEW, WOMEN) < Level.PROVINCE
        assert accept(step, key=KEY).is_done
    assert queries.standing(OPERATOR, KEY).level is Level.PROVINCE
    assert not list(queries.audit(OPERATOR))


def test_a_cell_of_a_row_that_is_returned_opens_its_row_for_taking_out_and_the_list_for_new_ones():
    assert give_back(
        Step.DISTRICT, {Key(ROW, WOMEN, "_T"): "Lebih banyak daripada yang hadir."}, key=KEY
    ).is_done
    assert refused(Given(WOMEN, "14", row=ROW), *meeting(NEW)[:4]) == set()
    assert refused(Given(WOMEN, "14", row=OTHER)) == {"CELL_LOCKED"}
    assert refused(Given(LIST, "dihapus", row=OTHER)) == {"CELL_LOCKED"}
    assert refused(Given(LIST, "dihapus", row=ROW)) == set()
    assert give_back(Step.DISTRICT, {Key(OTHER, WOMEN, "_T"): "Ini juga tidak cocok."}, key=KEY).is_done
    reasons = queries.standing(OPERATOR, KEY).reasons
    assert set(reasons) == {Key(ROW, WOMEN, "_T"), Key(OTHER, WOMEN, "_T")}, "the first reason stays"
    assert refused(*meeting(NEW)[4:]) == set(), "a row that was begun before stays open"


def test_a_final_list_is_corrected_through_the_whole_chain():
    for step in (Step.DISTRICT, Step.COMMUNITY, Step.PROVINCE):
        accept(step, key=KEY, cells=[Key(ROW, WOMEN, "_T")])
        assert accept(step, key=KEY).is_done
    assert queries.standing(OPERATOR, KEY).level is Level.PROVINCE
    assert refused(*meeting(NEW)) == {"CELL_LOCKED"}
    assert codes(correct(Key("", LIST, "_T"), key=KEY)) == []
    assert refused(*meeting(NEW)) == set()
    assert refused(Given(WOMEN, "14", row=ROW)) == {"CELL_LOCKED"}
    up()
    assert level(NEW, WOMEN) is Level.ENDORSED
    assert level(ROW, WOMEN) is Level.PROVINCE


def test_levels_that_are_handed_up_say_of_no_cell_that_it_moved_where_it_did_not():
    give_back(Step.DISTRICT, {Key("", LIST, "_T"): WHY}, key=KEY)
    save(*meeting(NEW), key=KEY)
    rows = queries.levels_since(OPERATOR, 0, limit=10_000).rows
    last = {(one["row"], one["variable"]): one["level"] for one in rows.iter_rows(named=True)}
    assert last[ROW, WOMEN] == Level.ENDORSED
    assert last[ROW, LIST] == Level.DRAFT
    assert (NEW, WOMEN) not in last


def test_a_device_is_told_which_lists_take_rows():
    def held():
        return collection.entry(OPERATOR, KEY, today=NOW.date()).bundle["held"]

    assert held()["readonly"]
    give_back(Step.DISTRICT, {Key(ROW, WOMEN, "_T"): "Lebih banyak daripada yang hadir."}, key=KEY)
    assert held()["closed"] == ["pelatihan"]
    locked = {tuple(one) for one in held()["locked"]}
    assert (OTHER, LIST, "_T") in locked
    assert (ROW, LIST, "_T") not in locked
    assert ("", "pelatihan", "_T") in locked


def test_a_verifier_returns_a_list_with_one_tick_and_knows_rows_by_name():
    def page():
        return review.build(OPERATOR, KEY, now=NOW, step="district")

    assert [value for value, _ in page().lists] == ["|musyawarah|_T", "|pelatihan|_T"]
    names = [one.name for one in page().quiet]
    assert all(ROW[:8] not in one for one in names), "rows are named by what people know them by"
    assert len(names) == len(set(names))
    posted = QueryDict(mutable=True)
    posted.update(
        {
            "aksi": "kembalikan",
            "pesan": str(uuid4()),
            "revisi": str(page().revision),
            "langkah": "district",
            "daftar": "|musyawarah|_T",
            "tanggal": "2026-08-14",
            "alasan": "Lainnya",
            "catatan": WHY,
        }
    )
    assert review.act(OPERATOR, KEY, posted, now=NOW) == ()
    assert queries.standing(OPERATOR, KEY).reasons == {Key("", LIST, "_T"): WHY.rstrip(".")}
    assert refused(*meeting(NEW)) == set()
    up()
    (back,) = [one for one in page().loud if one.value == "|musyawarah|_T"]
    assert back.now == "3 baris"
