"""What a verifier decides by the script of his page: with a link it is an act like any other."""

from uuid import uuid4

import pytest

from sidara.verification import models
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_sending import key
from tests.web.test_verifying import VERIFIER, sent

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
WORDS = "diputuskan di perangkat 20 November 2026, 09.15 menurut jam perangkat"


def test_only_what_was_decided_without_a_link_says_that_a_device_decided_it(world, key):
    sent(world, key)
    verifier = client(world, VERIFIER)
    url = f"/periksa/{key.form}/{key.region}/{key.period}/district/antrean"
    body = {"act": "accept", "reason": "", "note": "", "due": "", "revision": 1}
    body |= {"claimed_at": "2026-11-20T02:15:00Z"}
    for variable, parts in (("KEP_001", {"online": True}), ("KEP_002", {"online": False}), ("KEP_003", {})):
        told = body | parts | {"cells": [f"|{variable}|_T"], "message_id": str(uuid4())}
        for is_again in (False, True):
            done = verifier.post(url, told, content_type="application/json").json()
            assert (done["done"], done["repeated"]) == (True, is_again), done
    said = list(
        models.Event.objects.filter(step="district").order_by("sequence").values_list("reason", flat=True)
    )
    assert said == ["", WORDS, WORDS]
