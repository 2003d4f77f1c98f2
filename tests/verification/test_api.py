"""Verification by the API: a submission goes all the way by programs, each act once, faults as problems."""

import json
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.verification import queries
from sidara.verification.core import Level, file_hash
from tests.accounts.conftest import world
from tests.web.test_sending import GOOD, key, save
from tests.web.test_verifying import HEAD_A, OPERATOR_A, VERIFIER

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
BASE = "/api/v1/verification"


class Program:
    """Somebody of the cast, by the API."""

    def __init__(self, world, login, key) -> None:
        self.client = Client()
        self.client.force_login(get_user_model().objects.get(pk=world.ids[login]))
        self.at = f"{BASE}/submissions/{key.form}/{key.region}/{key.period}"

    def get(self, path: str = "", **asked):
        return self.client.get(self.at + path if not path.startswith(BASE) else path, asked)

    def post(self, path: str, body: dict, message: UUID | None = None):
        path = path if path.startswith(BASE) else f"{self.at}/{path}"
        headers = {"Idempotency-Key": str(message or uuid4())}
        return self.client.post(path, json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def people(world, key):
    return {
        "operator": Program(world, OPERATOR_A, key),
        "head": Program(world, HEAD_A, key),
        "verifier": Program(world, VERIFIER, key),
        "community": Program(world, "pmd-kabupaten-a", key),
    }


def told(answer, status=200):
    assert answer.status_code == status, answer.content
    return answer.json()


def seen(people) -> int:
    return told(people["operator"].get())["revision"]


def sent(people, key) -> None:
    save(key, **GOOD)
    told(people["operator"].post("send", {"revision": seen(people)}))
    content = told(people["head"].get())["content_hash"]
    told(people["head"].post("endorse", {"content_hash": content}))


def test_a_submission_goes_up_comes_back_and_is_closed_by_programs(people, key):
    blank = told(people["operator"].post("send", {"revision": 0}), 400)
    assert blank["code"] == "SEND_NOTHING"
    sent(people, key)
    (waiting,) = told(people["verifier"].get(f"{BASE}/queue"))["items"]
    assert (waiting["form"], waiting["level"], waiting["doubts"]) == (key.form, "endorsed", 0)
    back = {
        "revision": seen(people),
        "cells": [{"variable": "KEP_004", "reason": "Hitung keluarga, bukan orang."}],
        "due_date": "2999-01-01",
    }
    message = uuid4()
    done = told(people["verifier"].post("return", back, message))
    again = told(people["verifier"].post("return", back, message))
    assert (done["repeated"], again["repeated"]) == (False, True)
    assert {**done, "repeated": True} == again
    standing = told(people["operator"].get())
    (cell,) = [one for one in standing["cells"] if one["variable"] == "KEP_004"]
    assert (cell["level"], cell["reason"]) == ("draft", "Hitung keluarga, bukan orang.")
    assert standing["mend_by"] == "2999-01-01"
    assert [one["act"] for one in standing["events"]] == ["send", "endorse", "return"]
    assert standing["events"][-1]["cells"][0]["variable"] == "KEP_001", "tied cells are named, too"
    told(people["verifier"].post("accept", {"revision": seen(people), "quiet": True}))
    save(key, KEP_004="25")
    told(people["operator"].post("send", {"revision": seen(people)}))
    told(people["head"].post("endorse", {"content_hash": told(people["head"].get())["content_hash"]}))
    told(people["verifier"].post("accept", {"revision": seen(people)}))
    assert queries.standing(OPERATOR, key).level is Level.DISTRICT
    batch = told(people["verifier"].get(f"{BASE}/batch"))
    assert batch["entries"][0]["returned"] == 1
    other = told(people["verifier"].post(f"{BASE}/minutes", {"seal": "0" * 64}), 409)
    assert other["code"] == "MINUTES_MOVED"
    code = told(people["verifier"].post(f"{BASE}/minutes", {"seal": batch["seal"]}))["code"]
    assert [one["code"] for one in told(people["verifier"].get(f"{BASE}/minutes"))] == [code]
    paper = people["verifier"].get(f"{BASE}/minutes/{code}/file")
    checked = told(Client().get(f"{BASE}/minutes/{code}"))
    assert checked["whole"]
    assert checked["file_hash"] == file_hash(paper.content) == queries.minutes(PUBLIC, code).file_hash
    assert told(people["verifier"].post(f"{BASE}/minutes", {}), 409)["code"] == "MINUTES_NOTHING"


def test_what_holds_an_act_back_is_a_problem_with_its_findings(people, key):
    save(key, KEP_001="100")
    blocked = told(people["operator"].post("send", {"revision": seen(people)}), 409)
    assert blocked["code"] == "SEND_BLOCKED"
    assert "REQUIRED_EMPTY" in {one["code"] for one in blocked["findings"]}
    assert {"KEP_002", "KEP_003"} <= {one["column"] for one in blocked["findings"]}
    sent(people, key)
    moved = told(people["verifier"].post("accept", {"revision": 0}), 409)
    assert moved["code"] == "VERIFY_MOVED"
    wrong = told(people["verifier"].post("return", {"revision": seen(people), "whole": True}), 400)
    assert {one["code"] for one in wrong["findings"]} == {"RETURN_REASON", "RETURN_DUE"}
    early = {"cells": [{"variable": "KEP_004"}], "reason": "Salah hitung dusun."}
    assert told(people["operator"].post("correct", early), 409)["code"] == "CORRECT_NOT_FINAL"
    assert told(people["verifier"].post("accept", {"revision": 1, "step": "village"}), 400)
    told(people["operator"].post("withdraw", {"reason": "Salah hitung."}))
    assert told(people["operator"].get())["level"] == "draft"


def test_nobody_acts_for_another(people, key):
    sent(people, key)
    for who, path, body in (
        ("operator", "accept", {"revision": 1}),
        ("verifier", "accept", {"revision": 1, "step": "community"}),
        ("community", "accept", {"revision": 1, "step": "district"}),
        ("verifier", "send", {"revision": 1}),
        ("head", "correct", {"cells": [], "reason": "x"}),
        ("verifier", f"{BASE}/minutes", {"under": "62.01"}),
    ):
        told(people[who].post(path, body), 403)
    assert people["community"].get(f"{BASE}/queue", step="district").status_code == 403
