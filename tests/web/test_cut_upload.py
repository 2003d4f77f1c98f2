"""The link breaks at every step of a file that comes in parts, over real connections: it is kept whole, once.

The device's own module and `sidara.client` send through a proxy that ends connections to a served SIDARA.
"""

import base64
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from sidara.client import Sidara
from sidara.evidence.core import PART, hash_of
from tests.cutting import STEPS, Cut
from tests.evidence import files
from tests.web.test_cut_link import FORM, VILLAGE, Place, placed

PERIOD = "2026-Q1"
WIDTHS = count(600)
"""Every file is another one."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with placed(tmp_path_factory.mktemp("cut-upload")) as one:
        yield one


def file() -> bytes:
    return files.photo((next(WIDTHS), 800), kind="PNG", noisy=True)


def pieces(place: Place, content: bytes) -> list[dict[str, Any]]:
    """The pieces that this file became, asked past the link; taken away, so that there is room for others."""
    with Sidara(place.site.address, token=place.token) as sidara:
        held = [one for one in sidara.evidence(FORM, VILLAGE, PERIOD) if one["original"] == hash_of(content)]
        assert sidara.uploads(FORM, VILLAGE, PERIOD) == []
        for one in held:
            sidara.remove_evidence(FORM, VILLAGE, PERIOD, one["id"], reason="contoh")
    return held


@pytest.mark.parametrize("before", [0, 2])
@pytest.mark.parametrize("cut", STEPS[::2], ids=str)
def test_a_device_sends_a_file_once(place: Place, cut: Cut, before: int) -> None:
    """The link breaks after so many requests, the page is opened again: it goes on with what is missing."""
    content, upload = file(), str(uuid4())
    address = f"{place.link.address}/api/v1/submissions/{FORM}/{VILLAGE}/{PERIOD}/uploads"
    given = {
        "base64": base64.b64encode(content).decode(),
        "id": upload,
        "address": address,
        "headers": place.headers,
        "said": {"name": "foto.png", "variable": "KEP_010"},
    }
    place.link.cut(*[None] * before, cut)
    broken = place.device("upload", **given)
    assert broken["end"] == "offline"
    if before:
        assert broken["length"] < PART, "the next part is smaller"
    done = place.device("upload", **given)
    assert (done["end"], done["state"]["received"], done["state"]["kept"]) == ("whole", len(content), False)
    place.link.cut(cut)
    with suppress(httpx.TransportError):
        httpx.post(f"{address}/{upload}/keep", headers=place.headers, timeout=60)
    kept = httpx.post(f"{address}/{upload}/keep", headers=place.headers, timeout=60).json()
    assert (kept["id"], kept["original"]) == (upload, hash_of(content))
    assert len(pieces(place, content)) == 1


@pytest.mark.parametrize("before", [0, 2, 4])
@pytest.mark.parametrize("cut", [STEPS[4], STEPS[12], STEPS[14], STEPS[27]], ids=str)
def test_the_client_sends_a_file_once(place: Place, tmp_path: Path, cut: Cut, before: int) -> None:
    content = file()
    photo = files.written(tmp_path, content, "foto.png")
    with Sidara(place.link.address, token=place.token, wait=lambda _seconds: None) as sidara:
        place.link.cut(*[None] * before, *[cut] * 2)
        kept = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010")
        assert kept["original"] == hash_of(content)
        place.link.plan.clear()
    assert [one["id"] for one in pieces(place, content)] == [kept["id"]]
