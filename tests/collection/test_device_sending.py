"""A device sends on, whatever one message meets; it posts nothing that does not lie on its disk."""

import unicodedata
from typing import Any

import pytest

from sidara.collection.core.answering import LONGEST_TEXT
from sidara.ui.entry_words import words
from sidara.web.entry_views import LONGEST_BODY
from tests.collection.device import Device

MANY, ODD = 200, "odd"


def cell(value: str, explanation: str = "") -> dict[str, str]:
    return {"state": "nilai", "value": value, "explanation": explanation}


def name(code: str) -> str:
    return f"/{code}/_T"


def outbox(waiting: dict[str, dict], sending: dict[str, dict] | None = None, base: int = 3) -> dict[str, Any]:
    at = "2026-07-01T00:00:00.000Z"
    message = {"id": "m", "base": base, "claimed": at}
    return {
        "revision": base,
        "waiting": [[name(code), {"cell": one, "base": base, "at": at}] for code, one in waiting.items()],
        "sending": None
        if sending is None
        else message | {"cells": [[name(code), one] for code, one in sending.items()]},
        "refused": [],
    }


def sent(
    device: Device, kept: dict[str, Any], *, status: int, runs: int = 1, **more: object
) -> dict[str, Any]:
    given = {"odd": ODD, "most": LONGEST_BODY, "isIn": False} | more
    return dict(device("unfit", kept=kept, status=status, runs=runs, **given))


def mixed(odd: tuple[int, ...]) -> dict[str, dict]:
    return {f"C{number}": cell(ODD if number in odd else str(number)) for number in range(MANY)}


@pytest.mark.parametrize("status", [400, 413, 422])
@pytest.mark.parametrize("is_sending", [True, False])
@pytest.mark.parametrize("odd", [(0,), (MANY - 1,), (7, 8, 100), tuple(range(MANY))], ids=len)
def test_a_cell_that_the_server_cannot_take_stops_no_other(
    device: Device, status: int, is_sending: bool, odd: tuple[int, ...]
) -> None:
    cells = mixed(odd)
    left = sent(device, outbox({}, cells) if is_sending else outbox(cells), status=status)
    assert (left["waiting"], left["sending"], left["said"]) == ([], None, ["idle"])
    assert left["stored"] == {code: one["value"] for code, one in cells.items() if one["value"] != ODD}
    assert sorted(at for at, _ in left["refused"]) == sorted(name(f"C{number}") for number in odd)
    assert all(one["message"] and one["cell"] == cell(ODD) for _, one in left["refused"])


def test_a_cell_that_was_mended_is_sent_as_it_is_now(device: Device) -> None:
    cells = mixed((5,))
    left = sent(device, outbox({"C5": cell("five")}, cells), status=400)
    assert left["stored"] == {code: one["value"] for code, one in cells.items()} | {"C5": "five"}
    assert (left["refused"], left["said"]) == ([], ["idle"])


def test_a_server_that_fails_over_one_cell_gets_all_others(device: Device) -> None:
    """It may take it later: the cell waits on, behind all others."""
    cells = mixed((3, 150))
    left = sent(device, outbox({}, cells), status=500, runs=60)
    assert left["stored"] == {code: one["value"] for code, one in cells.items() if one["value"] != ODD}
    assert left["refused"] == []
    here = [at for at, _ in left["waiting"]] + [at for at, _ in (left["sending"] or {"cells": []})["cells"]]
    assert sorted(here) == [name("C150"), name("C3")]
    assert set(left["said"]) == {"offline"}


@pytest.mark.parametrize("status", [404, 405, 410, 429, 502, 503])
def test_an_answer_that_lies_not_in_the_cells_leaves_the_message_whole(device: Device, status: int) -> None:
    cells = mixed((5,))
    left = sent(device, outbox({}, cells), status=status)
    assert left["said"] == ["refused" if status < 429 else "offline"]
    assert left["sending"]["id"] == "m"
    assert len(left["sending"]["cells"]) == MANY
    assert (left["refused"], left["stored"]) == ([], {})


@pytest.mark.parametrize(("is_in", "said"), [(True, "denied"), (False, "login")])
def test_a_lost_right_is_no_lost_log_in(device: Device, is_in: bool, said: str) -> None:
    left = sent(device, outbox({}, mixed((5,))), status=403, isIn=is_in)
    assert left["said"] == [said]
    assert (len(left["sending"]["cells"]), left["refused"]) == (MANY, [])


@pytest.mark.parametrize("letter", ["a", "é", '"', "\U0001f33e"])
def test_long_texts_come_in_messages_that_the_server_takes(device: Device, letter: str) -> None:
    """The longest texts that a cell may hold, as many as a message may have; and one beyond all limits."""
    text = letter * LONGEST_TEXT
    cells = {f"C{number}": cell(text, text) for number in range(MANY)} | {"LONG": cell("x" * LONGEST_BODY)}
    left = sent(device, outbox(cells), status=400)
    assert len(left["stored"]) == MANY
    assert [at for at, _ in left["refused"]] == [name("LONG")]
    assert max(left["lengths"]) < LONGEST_BODY / 2


CELLS = [[name("C1"), cell("4")]]


def decided(device: Device, *disk: bool, runs: int = 1, revokes: int = 0) -> dict[str, Any]:
    return dict(device("decide", words=words(), cells=CELLS, disk=disk, runs=runs, revokes=revokes))


def test_a_full_device_says_that_it_keeps_no_decision(device: Device) -> None:
    said = words()
    done = decided(device, False)
    assert [said["full"], said["actFullText"]] in done["told"]
    assert (done["posts"], done["act"], done["isReadonly"]) == (0, None, False)
    assert done["written"][-1] is None


def test_nothing_is_posted_that_does_not_lie_on_the_disk(device: Device) -> None:
    done = decided(device, True, False, runs=3)
    assert (done["posts"], done["act"]["revision"]) == (0, 0)
    assert decided(device, True, False, True, runs=3)["posts"] == 1
    kept = decided(device, True, True, False, runs=3)
    assert (kept["posts"], kept["act"]["isDone"]) == (1, True), "what the server said is so, kept or not"
    assert [one and one["revision"] for one in kept["written"]] == [0, 3, 3]


def test_what_is_taken_back_while_it_is_written_is_not_posted(device: Device) -> None:
    done = decided(device, True, runs=2, revokes=2)
    assert (done["posts"], done["act"]) == (0, None)


@pytest.mark.parametrize("part", ["value", "explanation"])
def test_a_sign_that_was_typed_in_two_is_what_the_server_stores_as_one(device: Device, part: str) -> None:
    typed = cell("4") | {part: unicodedata.normalize("NFD", "é")}
    stored = cell("4") | {part: unicodedata.normalize("NFC", "é")}
    held = {"own": [["", "C1", "_T", *stored.values()]], "conflicts": []}
    assert device("asSeen", act={"cells": [[name("C1"), typed]]}, held=held)
    other = {"own": [["", "C1", "_T", *(cell("4") | {part: "e"}).values()]], "conflicts": []}
    assert not device("asSeen", act={"cells": [[name("C1"), typed]]}, held=other)


def test_a_device_waits_as_long_as_a_server_in_a_crowd_asks_and_sends_what_was_typed_meanwhile_at_once(
    device: Device,
) -> None:
    told = device("paced", wait=20, changes=["C0", "C1", "C2"], isUrgent=False)
    assert (told["messages"], told["pause"], told["left"]) == ([["C0"], ["C1", "C2"]], 20_000, 0)
    assert told["said"] == ["idle", "busy", "busy", "idle"]


def test_who_looks_the_form_over_waits_for_nobody(device: Device) -> None:
    told = device("paced", wait=20, changes=["C0", "C1"], isUrgent=True)
    assert (told["messages"], told["said"]) == ([["C0"], ["C1"]], ["idle", "idle"])


def test_where_no_wait_is_asked_for_each_cell_goes_at_once(device: Device) -> None:
    told = device("paced", wait=0, changes=["C0", "C1"], isUrgent=False)
    assert (told["messages"], told["said"]) == ([["C0"], ["C1"]], ["idle", "idle"])
