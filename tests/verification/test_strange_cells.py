"""Cells that a form does not have: nobody brings them anywhere, whatever a door is told."""

import pytest

from sidara.collection.core.submission import Key
from sidara.verification import queries
from sidara.verification.core import WHOLE, Level, Step
from tests.verification.conftest import (
    GOOD,
    PEOPLE,
    SENDER,
    accept,
    codes,
    correct,
    endorse,
    give_back,
    save,
    send,
)

pytestmark = pytest.mark.usefixtures("register")
HOUSES = Key("", "KEP_004", "_T")
WHY = "Lebih besar daripada jumlah penduduk."
ABOVE = (Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE)


def sent():
    save(*GOOD)
    send()
    endorse()


STRANGE = (
    WHOLE,
    Key("", "*", "_"),  # what the records write where each cell is named from here on
    Key("", "*", "_T"),
    Key("", "TIDAK_ADA", "_T"),
    Key("", "PEM_007", "_T"),
    Key("", "KEP_001", "UMUR:0"),
    Key("0197a2b0-0000-7000-8000-000000000001", "KEP_001", "_T"),
    Key("", "\x00" + "X" * 90_000, "_T"),
)


def test_a_cell_that_the_form_has_not_is_neither_accepted_nor_returned_nor_corrected():
    sent()
    for step in ABOVE:
        accept(step)
    for cell in STRANGE:
        assert codes(correct(cell, HOUSES)) == ["CORRECT_NOT_FINAL"], cell
    correct(HOUSES)
    send()
    endorse()
    for cell in STRANGE:
        done = accept(Step.DISTRICT, cells=[cell])
        assert codes(done) == ["ACCEPT_NOT_WAITING"], cell
        assert len(done.findings[0].value) <= 400
    assert queries.standing(SENDER, PEOPLE).level is Level.ENDORSED


@pytest.mark.parametrize("cell", [one for one in STRANGE if one != WHOLE])
def test_a_cell_that_the_form_has_not_is_not_waiting_either(cell):
    sent()
    assert codes(accept(Step.DISTRICT, cells=[cell])) == ["ACCEPT_NOT_WAITING"]
    assert codes(give_back(Step.DISTRICT, {cell: WHY})) == ["RETURN_NOT_WAITING"]
    assert codes(give_back(Step.DISTRICT, {HOUSES: WHY + "\x00"})) == ["RETURN_REASON"]
    assert queries.standing(SENDER, PEOPLE).level is Level.ENDORSED
