"""Whatever the OpenAPI document allows, and what it does not: no request makes a fault of ours.

Every answer has a status, a type and a shape that the document names. Bounded and always the same: requests
are drawn from a fixed seed, so many an operation. Half of them name things that exist, so that they come far.
"""

import json
import os
from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sidara.accounts import services
from sidara.kernel.actor import OPERATOR
from sidara.web.api import app, rate
from sidara.web.wsgi import application
from tests.accounts.conftest import world
from tests.world import World

__all__ = ["world"]

EXAMPLES = int(os.environ.get("SIDARA_FUZZ", "10"))
"""Requests an operation and mode; more by hand: `SIDARA_FUZZ=300 pytest tests/accounts/test_api_fuzz.py`."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(app.document())))
SCHEMA.app = application
OPERATIONS = [one.ok() for one in SCHEMA.get_all_operations()]
"""Every operation of the document: one that does not load fails here."""
PLAIN = {"Accept-Encoding": "identity"}
VILLAGE = "62.01.02.2016"
KNOWN = {
    "form": ["KEP_TRIWULAN", "PEM_TAHUNAN"],
    "region": [VILLAGE, "6201022016", "62.01"],
    "under": ["62", "62.01.02", VILLAGE],
    "level": ["desa", "kabupaten"],
    "period": ["2026-Q1", "2025"],
    "kind": ["variable", "form", "list", "indicator", "classification"],
    "code": [VILLAGE, "KEP_010", "KEP_TRIWULAN", "62"],
    "name": ["idm", "indeks-desa"],
    "role": ["operator-desa"],
    "revision": [0, 1],
    "cursor": [""],
}
"""Names of parameters, and what exists under them; others stay as they were drawn."""
CELLS = st.lists(
    st.fixed_dictionaries(
        {
            "variable": st.sampled_from(["KEP_010", "KEP_011", "PEM_001", "X"]),
            "value": st.text(max_size=5) | st.integers(-9, 10**20).map(str) | st.sampled_from(["1.5", "1e9"]),
        },
        optional={
            "state": st.sampled_from(["", "nilai", "tidak_tahu", "x"]),
            "row": st.text(max_size=3),
            "breakdown": st.sampled_from(["_T", "", "JK:L"]),
            "explanation": st.text(max_size=9),
        },
    ),
    max_size=4,
)
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(["kode", "tahun", "iks", "ike", "ikl", "X"]),
        st.sampled_from(["6201022016", VILLAGE, 2024, 0.7, "0,7", -1, None, True, "x", [], {}]),
    ),
    max_size=3,
)


@pytest.fixture
def askers(world: World) -> list[dict[str, str]]:
    """Headers of who fills in, who governs people, and of nobody: requests come as far as they can."""
    tokens = [
        services.issue_token(OPERATOR, account_id=world.ids[login], name="Contoh").text
        for login in ("operator-desa-a", "verifikator-kecamatan-a")
    ]
    return [PLAIN | {"Authorization": f"Bearer {text}"} for text in tokens] + [PLAIN]


@st.composite
def requests(draw: Any, operation: Any, mode: GenerationMode) -> schemathesis.Case:
    """Draw a request; half of the time with things that exist in place of those that were drawn."""
    case = draw(operation.as_strategy(generation_mode=mode))
    if draw(st.booleans()):
        for given_ in (case.path_parameters, case.query):
            for name in given_ if isinstance(given_, Mapping) else ():
                if name in KNOWN:
                    given_[name] = draw(st.sampled_from(KNOWN[name]))
        if isinstance(case.body, dict):
            case.body |= {"cells": draw(CELLS)} if "cells" in case.body else {}
            case.body |= {"rows": draw(ROWS)} if "rows" in case.body else {}
    return case


MODES = [
    pytest.param(one, mode, id=f"{one.method} {one.path} {mode.value}")
    for one in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or one.body or one.query or one.headers
]
"""A part of an address is any text, so nothing there is against the document."""


@pytest.mark.django_db
@pytest.mark.parametrize(("operation", "mode"), MODES)
def test_every_answer_is_one_that_the_document_names(
    operation: Any, mode: GenerationMode, askers: list[dict[str, str]]
) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=requests(operation, mode), asker=st.sampled_from(askers))
    def every(case: schemathesis.Case, asker: dict[str, str]) -> None:
        rate.COUNTER.forget()
        case.call_and_validate(headers=asker, checks=CHECKS)

    every()
