"""A text that names a person is stored, and told on the page, on the device and before sending."""

import json
from uuid import uuid4

import pytest

from tests.accounts.conftest import world
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
VILLAGE = "62.01.02.2016"
FORM = f"/isi/KEP_TRIWULAN/{VILLAGE}/2026-Q1"
NIK = "6201021203850001"
pytestmark = pytest.mark.django_db


def test_a_text_that_names_a_person_is_stored_with_a_warning(world: World) -> None:
    asker = client(world, "operator-desa-a")
    cell = {"row": "", "variable": "KEP_010", "breakdown": "_T", "state": "nilai", "value": "4"}
    body = {"message_id": str(uuid4()), "base": 0, "cells": [cell | {"explanation": f"NIK {NIK}"}]}
    answer = asker.post(f"{FORM}/simpan", json.dumps(body), content_type="application/json").json()
    assert [(one["code"], one["severity"]) for one in answer["faults"]] == [("TEXT_PERSONAL", "warning")]
    assert answer["held"]["own"][0][5] == f"NIK {NIK}"
    page = asker.get(FORM.replace("/isi/", "/kirim/")).content.decode()
    assert "memuat angka yang tampak seperti NIK." in page
    assert "Hapus data pribadi warga; sebut jabatan atau tempatnya saja." in page
    bundle = asker.get(f"{FORM}/paket.json").json()
    assert bundle["told"] == [], "the device sees it by itself"
