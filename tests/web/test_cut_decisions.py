"""The link breaks at every step of sending a verifier's decision: it is carried out once, or refused."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.browser.people import open_windows
from tests.collection.device import Device
from tests.cutting import STEPS, Cut, Link
from tests.serving import DICTIONARY, REGIONS, made, served
from tests.waiting import FORM, GOOD, PERIOD

VILLAGES = tuple(f"62.01.02.20{number}" for number in range(12, 19))
CELLS = [(village, f"|{code}|_T") for village in VILLAGES for code, _ in GOOD]
"""One cell for each place where the link is cut."""
COUNT = """
    SELECT count(DISTINCT e.sequence), count(l.sequence) FROM verification_event e
    JOIN collection_submission s ON s.uid = e.submission_id JOIN regions_region r ON r.id = s.region_id
    LEFT JOIN verification_celllevel l ON l.event_id = e.sequence AND l.variable = ?
    WHERE e.step = 'district' AND r.code = ?
"""


@dataclass
class Desk:
    """A device of the verifier of the kecamatan, before a link that can be cut."""

    site: str
    link: Link
    home: str
    headers: dict[str, str]
    owner: str
    device: Device
    done: dict[str, int] = field(default_factory=dict)

    def send(self, village: str, decision: dict[str, Any]) -> dict[str, Any]:
        path = f"/periksa/{FORM}/{village}/{PERIOD}/district/antrean"
        given = {"decision": decision, "headers": self.headers, "session": f"{self.site}/luring/masuk.json"}
        return dict(self.device("decision", address=f"{self.link.address}{path}", owner=self.owner, **given))

    def counted(self, village: str, cell: str) -> tuple[int, int]:
        """How many acts of the kecamatan on a village, and how often a cell was moved."""
        with closing(sqlite3.connect(f"{self.home}/records.sqlite3")) as records:
            acts, moved = records.execute(COUNT, (cell.split("|")[1], village)).fetchone()
        return acts, moved


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = made(
        tmp_path_factory.mktemp("decisions"),
        REGIONS,
        DICTIONARY,
        open_windows("SEMESTERAN"),
        ("-m", "tests.waiting", *VILLAGES),
        ("-m", "tests.office", "adi=verifikator-kecamatan@62.01.02"),
    )
    cookies = json.loads((home / "office.json").read_text("utf-8"))["adi"]["cookies"]
    held = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
    with served(home) as site, Link(site.address) as link, Device() as device:
        told = httpx.get(f"{site.address}/luring/masuk.json", headers={"cookie": held}).json()
        headers = {"cookie": held, "x-csrftoken": told["token"], "content-type": "application/json"}
        yield Desk(site.address, link, str(home), headers, told["owner"], device)


def decision(number: int, *cells: str, **other: object) -> dict[str, Any]:
    made_up = {"act": "accept", "cells": list(cells), "reason": "", "note": "", "due": "", "revision": 1}
    id_ = str(UUID(int=(7 << 76) + number))
    rest = {
        "id": id_,
        "at": "2026-07-03T02:00:00.000Z",
        "isOnline": False,
        "isSent": False,
        "isDone": False,
        "faults": [],
    }
    return made_up | rest | other


@pytest.mark.parametrize("cut", STEPS, ids=str)
def test_a_decision_is_carried_out_once_wherever_the_link_is_cut(desk: Desk, cut: Cut) -> None:
    number = STEPS.index(cut)
    village, cell = CELLS[number]
    before, _ = desk.counted(village, cell)
    desk.link.cut(cut)
    told = desk.send(village, decision(number, cell))
    assert told["ending"] in {"offline", "done"}
    assert told["kept"][0]["isSent"], "that it may have arrived lies on the disk before it is sent"
    again = desk.send(village, told["kept"][-1])
    assert (again["ending"], again["kept"][-1]["isDone"]) == ("done", True)
    assert desk.counted(village, cell) == (before + 1, 1)


def test_what_cannot_be_done_is_told_and_what_is_no_decision_is_refused(desk: Desk) -> None:
    village, cell = VILLAGES[0], "|KEP_008|_T"
    late = decision(900, cell, act="return", reason="Satuan keliru", due="2020-01-01")
    told = desk.send(village, late)
    assert (told["ending"], [one["code"] for one in told["kept"][-1]["faults"]]) == (
        "refused",
        ["RETURN_DUE"],
    )
    for wrong in ({"act": "change"}, {"cells": ["x"]}, {"revision": -1}, {"note": None}, {"id": "x"}):
        told = desk.send(village, decision(901) | wrong)
        assert [one["code"] for one in told["kept"][-1]["faults"]] == ["VERIFY_REFUSED"], wrong
    other = desk.device(
        "decision",
        decision=decision(902, cell),
        address=desk.site,
        owner="somebody else",
        headers=desk.headers,
        session=f"{desk.site}/luring/masuk.json",
    )
    assert (other["ending"], other["kept"]) == ("login", [])
