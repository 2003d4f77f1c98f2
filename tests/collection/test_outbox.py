"""What waits on a device stays there, or on the page, whatever the server answers."""

import pytest

from tests.collection.device import Device

NAME = "/KEP_010/_T"
CELL = {"state": "nilai", "value": "4", "explanation": ""}
SENDING = {
    "revision": 3,
    "waiting": [],
    "sending": {"id": "m", "base": 3, "claimed": "2026-07-01T00:00:00Z", "cells": [[NAME, CELL]]},
    "refused": [],
}


def held(*own: list[str], revision: int = 3) -> dict:
    return {"revision": revision, "own": list(own), "conflicts": [], "locked": []}


@pytest.mark.parametrize(
    ("code", "waits", "refused"),
    [("BASE_UNKNOWN", 1, 0), ("MESSAGE_REUSED", 1, 0), ("FORM_UNKNOWN", 0, 1), ("PERIOD_FORM", 0, 1)],
)
def test_a_message_that_is_refused_as_a_whole_keeps_its_cells(
    device: Device, code: str, waits: int, refused: int
) -> None:
    fault = {"index": -1, "code": code, "message": "x", "remedy": "y"}
    left = device(
        "answered", kept=SENDING, answer={"refused": [fault], "faults": [], "held": held()}, seen=held()
    )
    assert left["sending"] is None
    assert (len(left["waiting"]), len(left["refused"])) == (waits, refused)
    assert left["shown"] == [[NAME, CELL]], "what was typed stays on the page"


def test_a_revision_that_the_server_lost_makes_a_conflict_where_it_holds_something_else(
    device: Device,
) -> None:
    """After a restored backup: sent again on no revision at all, so that the server sees both sides."""
    fault = {"index": -1, "code": "BASE_UNKNOWN", "message": "x", "remedy": "y"}
    other = held(["", "KEP_010", "_T", "nilai", "9", ""], revision=1)
    left = device(
        "answered", kept=SENDING, answer={"refused": [fault], "faults": [], "held": other}, seen=held()
    )
    same = held(["", "KEP_010", "_T", "nilai", "4", ""], revision=1)
    done = device(
        "answered", kept=SENDING, answer={"refused": [fault], "faults": [], "held": same}, seen=held()
    )
    assert [(name, one["base"]) for name, one in left["waiting"]] == [(NAME, 0)]
    assert done["waiting"] == []


def test_a_fault_of_one_cell_keeps_that_cell_on_the_page(device: Device) -> None:
    fault = {"index": 0, "code": "VALUE_TYPE", "message": "x", "remedy": "y"}
    left = device(
        "answered", kept=SENDING, answer={"refused": [], "faults": [fault], "held": held()}, seen=held()
    )
    assert [name for name, _ in left["refused"]] == [NAME]
