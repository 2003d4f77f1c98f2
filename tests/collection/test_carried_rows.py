"""Rows of lists are offered the period after: under their ids, once, what still stands of them."""

from uuid import UUID, uuid4

import pytest

from sidara.collection import queries, services
from sidara.collection.core.answering import Given
from sidara.collection.core.prefill import agreed
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR
from tests.copied import shipped
from tests.verification.conftest import NOW, VILLAGE, person, register, save

__all__ = ["register"]
ACTOR = person("operator-desa")
BEFORE, NEXT = (SubmissionKey("SOS_TAHUNAN", VILLAGE, year) for year in ("2025", "2026"))
TRAINED, TRAINED_NEXT, TRAINED_LATER = (
    SubmissionKey("PEM_TRIWULAN", VILLAGE, period) for period in ("2025-Q3", "2025-Q4", "2026-Q1")
)
ROW, OTHER = (str(UUID(int=0x018F_0000_0000_7000_8000_0000_0000_0000 + number)) for number in (1, 2))
LAST = "period:SOS_TAHUNAN@2025"


@pytest.fixture(autouse=True)
def institutions(register):
    shipped(lambda: NOW)
    save(
        Given("LBG_002", "PKK desa contoh", row=ROW),
        Given("LBG_003", "SK_KADES", row=ROW),
        Given("LBG_012", "ya", row=ROW),
        Given("LBG_009", "12", row=ROW),
        Given("LBG_010", "2025-11-03", row=ROW),
        Given("LBG_004", "tulis ke 0812 3456 7890", row=ROW),
        Given("LBG_002", "Karang taruna", row=OTHER),
        key=BEFORE,
    )


def offered(key=NEXT):
    return {
        (one.key.row, one.key.variable): one.offers[0].content.value
        for one in queries.suggestions(ACTOR, key)
        if one.key.row
    }


def take(*chosen, base=0):
    return services.prefill_cells(
        ACTOR, key=NEXT, base=base, chosen=chosen or None, message_id=uuid4(), now=NOW
    )


def test_a_row_goes_on_under_its_id_with_what_still_stands_of_it():
    assert offered() == {
        (ROW, "LBG_002"): "PKK desa contoh",
        (ROW, "LBG_003"): "SK_KADES",
        (ROW, "LBG_012"): "true",
        (OTHER, "LBG_002"): "Karang taruna",
    }, "no meetings of last year, no day, nothing that looks personal"
    saved = take()
    assert (saved.account.created, saved.account.rejected) == (4, 0)
    assert offered() == {}
    origins = queries.provenance(ACTOR, NEXT)
    assert origins[Key(ROW, "LBG_002", "_T")] == "dari periode 2025"
    assert len(origins) == 4
    assert take(base=1).account.sent == 0, "twice taken is one row"
    assert list(queries.audit(OPERATOR)) == []


def test_one_row_is_taken_and_the_rest_of_a_row_that_is_there_stays_offered():
    take((Key(ROW, "LBG_002", "_T"), LAST))
    assert set(offered()) == {(ROW, "LBG_003"), (ROW, "LBG_012"), (OTHER, "LBG_002")}


def test_a_row_that_was_taken_out_does_not_come_back():
    save(Given("lembaga", "dihapus", row=OTHER), key=BEFORE)
    assert {row for row, _ in offered()} == {ROW}
    save(Given("LBG_002", "PKK", row=ROW), key=NEXT)
    save(Given("lembaga", "dihapus", row=ROW), key=NEXT)
    assert offered() == {}


def test_a_list_that_was_declared_empty_is_offered_nothing():
    save(Given("lembaga", state="tidak_ada"), key=NEXT)
    assert offered() == {}


def test_what_was_redacted_does_not_go_on():
    save(Given("LBG_002", "[dihapus] desa contoh", row=ROW), key=BEFORE)
    assert (ROW, "LBG_002") not in offered()


def test_rows_since_january_go_on_whole_until_the_year_ends():
    found = queries.readable(ACTOR, TRAINED)
    (one,) = [each for each in found[0].lists.values() if each.rows == "tahun_berjalan"][:1]
    column = next(each for each in one.columns if each.is_asked and each.is_number)
    save(Given(column.code, "3", row=ROW), key=TRAINED)
    assert offered(TRAINED_NEXT) == {(ROW, column.code): "3"}
    save(Given(column.code, "3", row=ROW), key=TRAINED_NEXT)
    assert offered(TRAINED_LATER) == {}


def test_all_that_agree_are_chosen_with_their_rows():
    chosen = agreed(queries.suggestions(ACTOR, NEXT))
    assert {key.row for key, _ in chosen} == {ROW, OTHER}
