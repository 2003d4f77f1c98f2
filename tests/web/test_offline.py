"""The addresses of work without a link: worker, manifest, shell, session; who typed and who sent."""

import json
import re
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from sidara.collection import models
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_entry import FORM, cell
from tests.world import World

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_the_worker_names_every_file_that_its_pages_ask_for(world: World) -> None:
    asker = client(world, "operator-desa-a")
    answer = asker.get("/pekerja.js")
    own = json.loads(re.match(r"self\.sidara=(.*);\n", answer.text)[1])
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert own["leave"] == "/keluar"
    for page in ("/luring", "/tugas", FORM):
        asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', asker.get(page).text))
        assert asked
        assert asked <= set(own["assets"]), page
    assert all(finders.find(name.removeprefix("/static/")) for name in own["assets"])


def test_the_policy_of_the_site_lets_worker_and_manifest_run_and_nothing_more(world: World) -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_manifest_names_the_app(world: World) -> None:
    made = Client().get("/sidara.webmanifest").json()
    assert (made["start_url"], made["scope"], made["display"]) == ("/tugas", "/", "standalone")
    assert finders.find(made["icons"][0]["src"].removeprefix("/static/"))


def test_the_session_says_whose_it_is_and_nothing_to_others(world: World) -> None:
    asker = client(world, "operator-desa-a")
    said = asker.get("/luring/masuk.json").json()
    assert said["owner"] == str(world.ids["operator-desa-a"])
    assert said["token"]
    for address in ("/luring/masuk.json", "/luring"):
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/masuk")


def test_a_token_of_the_session_posts(world: World) -> None:
    """With the check on that browsers meet: an old token is refused, the new one is taken."""
    asker = Client(enforce_csrf_checks=True)
    asker.force_login(client(world, "operator-desa-a").get("/luring").wsgi_request.user)
    body = json.dumps({"message_id": str(uuid4()), "base": 0, "cells": [cell("KEP_010", "4")]})
    send = {"path": f"{FORM}/simpan", "data": body, "content_type": "application/json"}
    assert asker.post(**send, headers={"x-csrftoken": "a" * 64}).status_code == 403
    token = asker.get("/luring/masuk.json").json()["token"]
    assert asker.post(**send, headers={"x-csrftoken": token}).status_code == 200


def test_who_typed_and_who_sent_are_both_recorded(world: World) -> None:
    asker = client(world, "pendamping-a")
    body = {"message_id": str(uuid4()), "base": 0, "cells": [cell("KEP_010", "4")], "filler": "Contoh Siti"}
    answer = asker.post(f"{FORM}/simpan", json.dumps(body), content_type="application/json")
    assert answer.json()["stored"]
    revision = models.Revision.objects.get()
    assert revision.filler_name == "Contoh Siti"
    assert revision.author_id == world.ids["pendamping-a"]
    for wrong in (5, "x" * 300):
        refused = asker.post(
            f"{FORM}/simpan", json.dumps(body | {"filler": wrong}), content_type="application/json"
        )
        assert refused.status_code == 400
