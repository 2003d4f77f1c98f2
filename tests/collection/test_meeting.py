"""Two drafts of one form that met on a device, one of them sealed: nothing that waits in either is let go."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collection.device import Device

NAMES = st.sampled_from([f"/K{number}/_T" for number in range(5)])
CELLS = st.builds(
    lambda value: {"state": "nilai", "value": value, "explanation": ""}, st.sampled_from(["1", "2", "3"])
)


def draft(at: str, waiting: dict, sending: dict, refused: dict, revision: int) -> dict[str, Any]:
    """A draft: a cell waits, is under way, or was refused."""
    stamp = f"2026-07-01T00:00:0{at}.000Z"
    fault = {"index": 0, "code": "VALUE_TYPE", "message": "x", "remedy": "y"}
    message = {"id": f"m{at}", "base": revision, "claimed": stamp, "cells": list(sending.items())}
    outbox = {
        "revision": revision,
        "waiting": [[name, {"cell": one, "base": revision, "at": stamp}] for name, one in waiting.items()],
        "sending": message if sending else None,
        "refused": [[name, fault | {"cell": one}] for name, one in refused.items() if name not in waiting],
    }
    own = [["", f"K{number}", "_T", "nilai", f"seen {at}", ""] for number in range(5)]
    about = {"key": "a/b", "section": 0, "author": "", "version": 1, "labels": {at: at}}
    return {
        "outbox": outbox,
        "state": {"own": own, "conflicts": [], "locked": []},
        "savedAt": stamp,
        **about,
    }


def drafts(at: str) -> st.SearchStrategy[dict[str, Any]]:
    some = st.dictionaries(NAMES, CELLS, max_size=3)
    return st.builds(draft, st.just(at), some, some, some, st.integers(1, 4))


def shown(one: dict[str, Any]) -> dict[str, str]:
    """What the page shows of each cell that is here only."""
    outbox = one["outbox"]
    told = {name: cell["cell"]["value"] for name, cell in outbox["refused"]}
    told |= {name: cell["value"] for name, cell in (outbox["sending"] or {"cells": []})["cells"]}
    return told | {name: cell["cell"]["value"] for name, cell in outbox["waiting"]}


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(older=drafts("1"), newer=drafts("2"))
def test_the_newer_one_counts_and_nothing_of_the_older_is_lost(
    device: Device, older: dict[str, Any], newer: dict[str, Any]
) -> None:
    met, turned = device("together", drafts=[older, newer])
    assert met == turned
    assert shown(met) == shown(older) | shown(newer)
    assert (met["savedAt"], met["labels"]) == (newer["savedAt"], {"1": "1", "2": "2"})
    assert device("together", drafts=[met, older])[0] == met, "met again it says the same"
    for name, one in met["outbox"]["waiting"]:
        kept = shown(newer).get(name) is not None
        assert one["base"] == (newer if kept else older)["outbox"]["revision"], name
    seen = {f"/{row[1]}/_T": row[4] for row in met["state"]["own"]}
    for name in shown(met):
        assert seen[name] == ("seen 2" if name in shown(newer) else "seen 1"), "what was seen as it was typed"


def test_a_move_that_was_cut_off_leaves_one_draft_twice_and_the_sealed_one_counts(device: Device) -> None:
    cell = {"state": "nilai", "value": "4", "explanation": ""}
    one = draft("1", {"/K1/_T": cell}, {}, {}, 3)
    assert device("together", drafts=[one, one]) == [one, one]


def test_a_decision_to_send_is_not_lost(device: Device) -> None:
    act = {"id": "m", "at": "", "cells": [], "revision": 0, "faults": [], "isDone": False}
    older, newer = draft("1", {}, {}, {}, 3) | {"act": act}, draft("2", {}, {}, {}, 3) | {"act": None}
    assert [one["act"] for one in device("together", drafts=[older, newer])] == [act, act]


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(one=drafts("1"))
def test_what_a_revoked_device_keeps_is_what_waits_and_nothing_else_of_the_form(
    device: Device, one: dict[str, Any]
) -> None:
    one = json.loads(json.dumps(one))
    kept = device("lean", draft=one)
    assert kept["outbox"] == one["outbox"], "nothing that waits is let go"
    assert {f"/{row[1]}/_T" for row in kept["state"]["own"]} == set(shown(one))
    assert all(row in one["state"]["own"] for row in kept["state"]["own"])
    act = {"id": "m", "at": "", "cells": [], "revision": 0, "faults": [], "isDone": False}
    assert device("lean", draft=one | {"act": act}) == one | {"act": act}, (
        "a decision keeps what was looked over"
    )
    assert device("lean", draft=one | {"act": act | {"isDone": True}})["state"] == kept["state"]
