"""The link breaks at every step of sending, over real connections: nothing is lost, nothing is doubled.

The device's own modules and `sidara.client` send through a proxy that ends connections to a served SIDARA.
"""

import json
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidara.client import Fault, Sidara
from tests.collection.device import Device
from tests.cutting import STEPS, Cut, Link
from tests.serving import DICTIONARY, REGIONS, ROOT, SIDARA, Site, environment, made, served

FORM, VILLAGE = "KEP_TRIWULAN", "62.01.02.2016"
CODES = ("KEP_010", "KEP_011", "KEP_012", "KEP_013")
LOGIN, PASSWORD = "operator", "empat kata mudah diingat"
OF_IMPORT = "form,region,period,variable,value\n"
COUNTS = """
    SELECT count(DISTINCT r.sequence), count(c.sequence),
        (SELECT count(*) FROM collection_message m WHERE m.submission_id = s.id)
    FROM collection_submission s JOIN collection_revision r ON r.submission_id = s.id
    LEFT JOIN collection_change c ON c.record_id = r.sequence WHERE s.form = ? AND s.period = ?
"""
NUMBERS = count(1)
"""Every value that is typed is another one: a change that is lost or stored twice is seen."""


@dataclass
class Place:
    """A served SIDARA, a link to it, who is logged in, and a token of the same account."""

    site: Site
    link: Link
    headers: dict[str, str]
    token: str
    device: Device

    def asked(self, period: str) -> dict[str, Any]:
        """What the server holds, asked past the link."""
        address = f"{self.site.address}/isi/{FORM}/{VILLAGE}/{period}/paket.json"
        told = httpx.get(address, headers=self.headers, timeout=60)
        return dict(told.json()["held"])

    def counts(self, period: str) -> tuple[int, int, int]:
        """How many revisions, changes of cells and answered messages are stored."""
        with closing(sqlite3.connect(self.site.home / "records.sqlite3")) as records:
            revisions, changes, messages = records.execute(COUNTS, (FORM, period)).fetchone()
        return revisions, changes, messages or 0


@dataclass
class Desk:
    """A device on which somebody types: what lies on its disk, and what was typed last."""

    place: Place
    period: str
    disk: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        held = self.place.asked(self.period)
        fresh = {"revision": held["revision"], "waiting": [], "sending": None, "refused": []}
        self.disk = {"outbox": fresh, "state": held}
        self.typed = {one[1]: one[4] for one in held["own"]}

    def send(self, *codes: str) -> dict[str, Any]:
        """Type another number in each of the cells, and try once to send; as a page that was just opened."""
        own = {code: str(next(NUMBERS)) for code in codes}
        self.typed |= own
        changes = [
            [
                {"row": "", "variable": code, "breakdown": "_T"},
                {"state": "nilai", "value": value, "explanation": ""},
            ]
            for code, value in own.items()
        ]
        address = f"{self.place.link.address}/isi/{FORM}/{VILLAGE}/{self.period}/simpan"
        told = self.place.device(
            "send", **self.disk, changes=changes, address=address, headers=self.place.headers
        )
        self.disk = {"outbox": told["outbox"], "state": told["state"]}
        return dict(told)

    def is_stored(self) -> bool:
        """Whether the server holds just what was typed, without a conflict."""
        held = self.place.asked(self.period)
        own = {one[1]: one[4] for one in held["own"]}
        return (own, held["conflicts"], held["revision"]) == (self.typed, [], self.disk["outbox"]["revision"])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with placed(tmp_path_factory.mktemp("cut")) as one:
        yield one


@contextmanager
def placed(folder: Path) -> Iterator[Place]:
    """Serve a village with one operator, behind a link that can be cut."""
    home = made(folder, REGIONS, DICTIONARY)
    words = ("--role", "operator-desa", "--under", VILLAGE, "--function", "Contoh")
    account = command(home, "users", "create", LOGIN, *words, "--name", "Contoh Operator")
    with served(home) as site, Link(site.address) as link, Device() as device:
        headers = logged_in(site.address, account["code"])
        token = command(home, "users", "token", "create", LOGIN, "--name", "Contoh")["token"]
        yield Place(site, link, headers, token, device)


def command(home: Path, *words: str) -> Any:
    done = subprocess.run(
        [SIDARA, *words, "--json"], cwd=ROOT, env=environment(home), capture_output=True, check=True
    )
    return json.loads(done.stdout)


def logged_in(address: str, code: str) -> dict[str, str]:
    """Log in as the page does; gives the headers of a device that is logged in."""
    with httpx.Client(base_url=address, timeout=60) as browser:
        page = browser.get("/masuk/kode").text
        hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert hidden is not None
        said = {"login": LOGIN, "code": code, "password1": PASSWORD, "password2": PASSWORD}
        done = browser.post("/masuk/kode", data=said | {"csrfmiddlewaretoken": hidden[1]})
        assert done.status_code == 302, done.text
        token = browser.get("/luring/masuk.json").json()["token"]
        cookies = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    return {"cookie": cookies, "x-csrftoken": token}


@pytest.mark.parametrize("cut", STEPS, ids=str)
def test_a_device_loses_and_doubles_nothing(place: Place, cut: Cut) -> None:
    """It types, the link breaks, it types on (the same cell too), is opened again, and the link is back."""
    desk = Desk(place, "2026-Q1")
    revisions, changes, messages = place.counts(desk.period)
    place.link.cut(cut)
    broken = desk.send(*CODES[:3])
    assert broken["said"][-1] == "offline"
    assert len(desk.disk["outbox"]["sending"]["cells"]) == 3, "the message waits on the disk"
    done = desk.send(CODES[2], CODES[3])
    assert done["said"][-1] == "idle"
    assert desk.disk["outbox"] | {"revision": 0} == {
        "revision": 0,
        "waiting": [],
        "sending": None,
        "refused": [],
    }
    assert desk.is_stored()
    assert place.counts(desk.period) == (revisions + 2, changes + 5, messages + 2)
    if cut.side == "answer":
        swallowed = place.link.answers[0]
        assert done["taken"][0] == swallowed | {"repeated": True}, "the answer is the one that got lost"


@settings(
    max_examples=12,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    story=st.lists(
        st.tuples(st.sets(st.sampled_from(CODES)), st.none() | st.sampled_from(STEPS)),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_typed_between_whatever_breaks(
    place: Place, story: list[tuple[set[str], Cut | None]]
) -> None:
    desk = Desk(place, "2026-Q2")
    for codes, cut in story:
        place.link.cut(*[cut] if cut else [])
        desk.send(*sorted(codes))
    place.link.plan.clear()
    assert desk.send()["said"][-1] == "idle"
    assert desk.is_stored() or not desk.typed
    revisions, _, messages = place.counts(desk.period)
    assert revisions == messages, "each message has made one revision"


@pytest.mark.parametrize("cut", STEPS, ids=str)
def test_the_client_saves_and_imports_once(place: Place, cut: Cut) -> None:
    period = "2026-Q3"
    with Sidara(place.link.address, token=place.token, wait=lambda seconds: None) as sidara:
        base = place.asked(period)["revision"]
        revisions, changes, _ = place.counts(period)
        cells = [{"variable": code, "value": str(next(NUMBERS))} for code in CODES]
        place.link.cut(cut)
        saved = sidara.save(FORM, VILLAGE, period, cells, base=base)
        same(place, cut, saved)
        rows = [f"{FORM},{VILLAGE},{period},{code},{next(NUMBERS)}\n" for code in CODES]
        place.link.cut(cut)
        imported = sidara.import_file((OF_IMPORT + "".join(rows)).encode())
        same(place, cut, imported)
    assert saved["created"] + saved["updated"] == imported["created"] + imported["updated"] == len(CODES)
    assert place.counts(period)[:2] == (revisions + 2, changes + 2 * len(CODES))
    own = {one[1]: one[4] for one in place.asked(period)["own"]}
    assert own == {row.split(",")[3]: row.strip().split(",")[4] for row in rows}


def same(place: Place, cut: Cut, answer: dict[str, Any]) -> None:
    """The answer after the break is the one that nobody got."""
    if cut.side == "answer":
        swallowed = place.link.answers[0]
        assert answer == swallowed | {"repeated": True}
    assert place.link.cuts
    assert not place.link.plan


def test_a_program_that_gave_up_repeats_its_message_later(place: Place) -> None:
    """Four tries break after the server has stored; the same message brings the answer."""
    period, message = "2026-Q4", uuid4()
    rows = "".join(f"{FORM},{VILLAGE},{period},{code},{next(NUMBERS)}\n" for code in CODES)
    with Sidara(place.link.address, token=place.token, wait=lambda seconds: None) as sidara:
        place.link.cut(*[Cut("answer", 0.5)] * 4)
        with pytest.raises(Fault, match="tidak dapat dihubungi"):
            sidara.import_file((OF_IMPORT + rows).encode(), message=message)
        told = sidara.import_file((OF_IMPORT + rows).encode(), message=message)
    assert (told["created"], told["repeated"], place.counts(period)[0]) == (len(CODES), True, 1)
