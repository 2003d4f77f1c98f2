"""The page of the API: every operation of the document, examples that work, links to token and document."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from sidara.client import Sidara
from sidara.kernel.actor import PUBLIC, PUBLIC_OPERATIONS
from sidara.ui.language import say
from sidara.web.api.app import document
from sidara.web.pages import api
from sidara.web.pages.api_words import EXAMPLES, FAULTS
from tests.serving import SIDARA, Site, made, served

OPERATIONS = {
    told["operationId"]: (address, method.upper(), told)
    for address, methods in document()["paths"].items()
    for method, told in methods.items()
}
OPEN = {
    key
    for key, (_, _, told) in OPERATIONS.items()
    if told["x-right"] in PUBLIC_OPERATIONS and key != "who_am_i"
}


LOAD = ("demo", "load", "--data")
FILLED = ("--years", "2025", "--form", "DIK_TAHUNAN", "--example", "62.01.02")
"""What a kecamatan of the demo fills in, so that there are indicators."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Site]:
    """The province of `site`, where a kecamatan has filled in a form (SIMULASI)."""
    loads = (*LOAD, str(shared)), (*LOAD, str(shared), *FILLED)
    with served(made(tmp_path_factory.mktemp("filled"), *loads)) as running:
        yield running


def test_each_operation_has_one_example_that_is_its_own() -> None:
    assert EXAMPLES.keys() == OPERATIONS.keys()
    for key, (address, _, _) in OPERATIONS.items():
        pattern = re.sub(r"\{\w+\}", "[^/?]+", address.removeprefix("/api/v1"))
        assert re.fullmatch(pattern, EXAMPLES[key].address.partition("?")[0]), key


def test_the_page_says_all_of_the_document(site: Site) -> None:
    page = site.get("/api")
    assert page.status == 200
    for key, (_, _, told) in OPERATIONS.items():
        part = unescape(page.text.partition(f'id="{key}"')[2].partition("</details>")[0])
        assert say(told["summary"]) in part
        assert (told["x-right"] in part) is (told["x-right"] not in PUBLIC_OPERATIONS)
        for one in told.get("parameters", ()):
            assert one["name"], key
            assert f'<code translate="no">{one["name"]}</code>' in part
    assert all(code in page.text for code in FAULTS)
    assert 'href="/akun/token"' in page.text
    assert 'href="/api/v1/openapi.json"' in page.text
    assert 'href="/api"' in site.get("/").text


def test_figures_of_the_api_are_those_of_the_command(site: Site) -> None:
    told = json.loads(
        site.get("/api/v1/figures?dataset=external:idm-2024&variable=IDM.IDM&under=62.01.02").text
    )
    words = ("--dataset", "external:idm-2024", "--variable", "IDM.IDM", "--under", "62.01.02", "--json")
    done = subprocess.run(
        [SIDARA, "query", "ask", *words],
        env={**os.environ, "SIDARA_HOME": str(site.home), "SIDARA_WAREHOUSE": str(site.home / "warehouse")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told["figures"] == json.loads(done.stdout)["figures"] != []


@pytest.mark.parametrize("key", sorted(OPEN - {"check_minutes", "show_plan"}))
def test_an_example_for_the_public_is_answered(filled: Site, key: str) -> None:
    """Minutes are there only once a verifier closed some, plans once somebody wrote them.

    These are asked in tests/verification/test_api.py and tests/programmes/test_plan_api.py.
    """
    shown = next(
        one
        for group in api.build(PUBLIC, document(), filled.address).groups
        for one in group.operations
        if one.key == key
    )
    assert "Bearer" not in shown.curl
    words = shlex.split(shown.curl.replace("\\\n", " "))
    address = next(word for word in words if word.startswith("http"))
    if shown.method == "GET":
        assert filled.get(address.removeprefix(filled.address)).status == 200
    else:
        assert isinstance(json.loads(words[words.index("-d") + 1]), dict)
    with Sidara(filled.address) as sidara:
        assert eval(f"sidara.{EXAMPLES[key].call}", {"sidara": sidara}) is not None


def test_the_example_of_indicators_shows_figures(filled: Site) -> None:
    told = json.loads(filled.get(f"/api/v1{EXAMPLES['ask_indicators'].address}").text)
    assert told["dataset"]["simulated"]
    assert any(one["value"] is not None for one in told["figures"])
    assert not told["findings"]


@pytest.mark.parametrize("key", sorted(OPERATIONS.keys() - OPEN))
def test_an_example_with_rights_names_the_token(site: Site, key: str) -> None:
    operations = (
        one for group in api.build(PUBLIC, document(), site.address).groups for one in group.operations
    )
    shown = next(one for one in operations if one.key == key)
    assert "Bearer $SIDARA_TOKEN" in shown.curl
    assert callable(getattr(Sidara, EXAMPLES[key].call.partition("(")[0]))
