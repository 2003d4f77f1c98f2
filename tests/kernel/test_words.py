from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from sidara.kernel import clock, reference
from sidara.kernel.actor import OPERATOR, PUBLIC, Actor, NotAllowed, require
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import Finding, Place, Severity


def test_default_is_deny() -> None:
    nobody = Actor(UUID(int=9), "Siapa", "tanpa hak")
    with pytest.raises(NotAllowed, match=r"Siapa tidak berhak melakukan warehouse\.ask"):
        require(nobody, "warehouse.ask")
    require(OPERATOR, "anything")
    require(PUBLIC, "warehouse.ask")
    with pytest.raises(NotAllowed):
        require(PUBLIC, "regions.load")


def test_a_finding_says_where_and_flattens() -> None:
    finding = Finding("SCORE_IMPOSSIBLE", "Skor 9.", "Isi 0 sampai 5.", Severity.ERROR, Place(7, "S01"), "9")
    assert str(finding.place) == "baris 7, kolom S01"
    assert finding.flat() == {
        "line": 7,
        "column": "S01",
        "sheet": None,
        "value": "9",
        "code": "SCORE_IMPOSSIBLE",
        "severity": "error",
        "message": "Skor 9.",
        "remedy": "Isi 0 sampai 5.",
    }


def test_a_day_ends_at_midnight_in_jakarta() -> None:
    assert clock.local_date(datetime(2026, 11, 24, 16, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert clock.local_date(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) == date(2026, 11, 25)


def test_references_are_read_or_refused() -> None:
    found = reference.parse("region:62.01")
    assert (found.kind, found.key, str(found)) == ("region", "62.01", "region:62.01")
    for text in ("62.01", "Region:1", "region:", "region:a b"):
        with pytest.raises(ValueError, match="not a reference"):
            reference.parse(text)


def test_every_state_has_its_sdmx_status() -> None:
    assert [state.obs_status for state in State] == ["A", "M", "L", "M", "O"]


@pytest.mark.parametrize(
    ("state", "counts", "others"),
    [
        (State.VALUE, 4, 4),
        (State.NONE, 0, None),
        (State.UNKNOWN, None, None),
        (State.NOT_APPLICABLE, None, None),
        (State.EMPTY, None, None),
    ],
)
def test_what_does_not_exist_reads_0_only_where_it_adds_up(state, counts, others) -> None:
    cell = Cell(state, Decimal(4) if state is State.VALUE else None)
    assert cell.reading(adds_up=True) == counts
    assert cell.reading(adds_up=False) == others
