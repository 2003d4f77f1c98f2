"""What a verifier decides on his device: what is missing first, what is decided, in which order it goes."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collection.device import Device

WORDS = {"noneTicked": "centang", "noReason": "alasan", "noDay": "hari", "otherReason": "Lainnya"}
TODAY = "2026-07-03"


@pytest.fixture(scope="module")
def device() -> Iterator[Device]:
    with Device() as one:
        yield one


def what(act: str, **other: object) -> dict[str, Any]:
    told = {"act": act, "cells": ["|KEP_001|_T"], "reason": "Satuan keliru", "note": "", "due": TODAY}
    return told | {"revision": 1} | other


def test_what_is_missing_is_said_before_it_is_kept(device: Device) -> None:
    told = [
        (what("accept", reason="", due=""), ""),
        (what("accept", cells=[]), "centang"),
        (what("return", cells=[]), "centang"),
        (what("return-whole", cells=[]), ""),
        (what("return"), ""),
        (what("return", reason="Lainnya"), "alasan"),
        (what("return", reason="Lainnya", note=" ab  "), "alasan"),
        (what("return", reason="Lainnya", note="Hitung ulang"), ""),
        (what("return", due="2026-07-02"), "hari"),
        (what("return-whole", due=""), "hari"),
    ]
    found = device("missing", given=[one for one, _ in told], today=TODAY, words=WORDS)
    assert found == [said for _, said in told]


def decided(number: int, **other: object) -> dict[str, Any]:
    return what("accept", id=f"{number:04}", isOnline=False, isSent=False, isDone=False, faults=[]) | other


FAULT = {"code": "ACCEPT_NOT_WAITING", "message": "", "remedy": ""}


def test_cells_of_what_was_refused_are_open_again(device: Device) -> None:
    decisions = [
        decided(1, cells=["a", "b"]),
        decided(2, cells=["c"], isDone=True),
        decided(3, cells=["d"], faults=[FAULT]),
    ]
    assert device("standing", decisions=decisions) == {
        "cells": [["a", "0001"], ["b", "0001"], ["c", "0002"]],
        "whole": None,
    }
    whole = device("standing", decisions=[decided(4, act="return-whole", cells=[])])
    assert whole == {"cells": [], "whole": "0004"}


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), max_size=20))
@settings(deadline=None, max_examples=50)
def test_what_waits_of_all_submissions_goes_in_the_order_in_which_it_was_decided(
    device: Device,
    made: list[tuple[int, bool, bool]],
) -> None:
    records: dict[int, list[dict[str, Any]]] = {}
    for number, (place, is_done, is_refused) in enumerate(made):
        one = decided(number, isDone=is_done, faults=[FAULT] if is_refused else [])
        records.setdefault(place, []).append(one)
    told = [{"submission": str(place), "decisions": every} for place, every in records.items()]
    found = device("ordered", records=told)
    waiting = [
        [str(place), f"{number:04}"]
        for number, (place, is_done, is_refused) in enumerate(made)
        if not is_done and not is_refused
    ]
    assert found == waiting


def test_two_records_of_one_submission_keep_every_decision_once(device: Device) -> None:
    outbox = {"revision": 0, "waiting": [], "sending": None, "refused": []}
    base = {"outbox": outbox, "state": {"own": [], "conflicts": [], "locked": []}, "labels": {}}
    older = base | {"savedAt": "1", "decisions": [decided(1), decided(2, isDone=True), decided(3)]}
    newer = base | {"savedAt": "2", "decisions": [decided(2), decided(3, isSent=True), decided(4)]}
    for put in device("together", drafts=[older, newer]):
        found = put["decisions"]
        assert [(each["id"], each["isSent"], each["isDone"]) for each in found] == [
            ("0001", False, False),
            ("0002", False, True),
            ("0003", True, False),
            ("0004", False, False),
        ]
