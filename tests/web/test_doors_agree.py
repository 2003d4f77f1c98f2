"""The same answers through every door: the same stored values, the same verdict, the same content hash."""

import io
import json
import re
from collections.abc import Callable
from uuid import uuid4

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from sidara.accounts import services
from sidara.collection import queries
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import services as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.web.api import rate
from tests.accounts.conftest import world
from tests.collection.device import Device
from tests.collection.workbooks import fill
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
KEY = SubmissionKey("KEP_SEMESTER", "62.01.02.2016", "2026-S1")
PLACE = f"{KEY.form}/{KEY.region}/{KEY.period}"
CELLS = {"KEP_001": "1250", "KEP_002": "640", "KEP_003": "610", "KEP_004": "30", "KEP_006": "tidak ada"}
"""With a warning or two, a state in the place of a value, and figures that people write with a dot."""
pytestmark = pytest.mark.django_db
type Door = Callable[[Client, dict[str, str]], None]


def rows() -> list[dict[str, str]]:
    place = {"form": KEY.form, "region": KEY.region, "period": KEY.period}
    return [place | {"variable": code, "value": text} for code, text in CELLS.items()]


def script(asker: Client, _: dict[str, str]) -> None:
    cells = [
        {"row": "", "variable": code, "breakdown": "_T"}
        | ({"state": "tidak_ada", "value": ""} if text == "tidak ada" else {"state": "nilai", "value": text})
        for code, text in CELLS.items()
    ]
    body = json.dumps({"message_id": str(uuid4()), "base": 0, "cells": cells})
    assert asker.post(f"/isi/{PLACE}/simpan", body, content_type="application/json").status_code == 200


def fields(**more: str) -> dict[str, str]:
    posted = {"pesan": str(uuid4()), "revisi": "0", "bagian": "1"} | more
    for code, text in CELLS.items():
        dotted = f"{int(text):,}".replace(",", ".") if text.isdigit() else text
        posted |= {f"asal:/{code}/_T": "", f"nilai:/{code}/_T": dotted}
    return posted


def plain(asker: Client, _: dict[str, str]) -> None:
    answer = asker.post(f"/isi/{PLACE}", fields())
    assert answer.status_code == 302, answer.context["page"].faults


def paper(asker: Client, _: dict[str, str]) -> None:
    answer = asker.post(f"/kertas/{PLACE}", fields(pengisi="Ibu Contoh"))
    assert answer.status_code == 302, answer.context["page"].faults


def handed(asker: Client, name: str, content: bytes) -> None:
    tried = asker.post("/berkas", {"berkas": SimpleUploadedFile(name, content)})
    assert asker.post(tried["location"], {"aksi": "simpan"}).status_code == 302


def csv(asker: Client, _: dict[str, str]) -> None:
    handed(asker, "isian.csv", pl.DataFrame(rows()).write_csv().encode())


def parquet(asker: Client, _: dict[str, str]) -> None:
    out = io.BytesIO()
    pl.DataFrame(rows()).write_parquet(out)
    handed(asker, "isian.parquet", out.getvalue())


def excel(asker: Client, _: dict[str, str]) -> None:
    given = asker.get(f"/isi/{PLACE}/formulir.xlsx").content
    typed = {f"{code}@_T": int(text) if text.isdigit() else text for code, text in CELLS.items()}
    handed(asker, "buku.xlsx", fill(given, typed))


def takeaway(asker: Client, _: dict[str, str]) -> None:
    text = asker.get(f"/isi/{PLACE}/formulir.html").content.decode()
    given = json.loads(re.search(r'id="paket">(.*?)</script>', text)[1])
    cells = [
        [f"/{code}/_T", {"state": "nilai", "value": text} if text.isdigit() else {"state": "tidak_ada"}]
        for code, text in CELLS.items()
    ]
    result = {"claims": given["claims"], "filler": "Ibu Contoh", "at": "", "cells": cells}
    with Device() as device:
        made = device("result", result=result, seed=given["seed"])
    handed(asker, "hasil.txt", made["text"].encode())


def api(_: Client, token: dict[str, str]) -> None:
    cells = [
        {"variable": code} | ({"state": "tidak_ada"} if text == "tidak ada" else {"value": text})
        for code, text in CELLS.items()
    ]
    headers = token | {"idempotency-key": str(uuid4())}
    body = {"base": 0, "cells": cells}
    sent = Client().patch(
        f"/api/v1/submissions/{PLACE}", body, content_type="application/json", headers=headers
    )
    assert sent.status_code == 200


def api_file(_: Client, token: dict[str, str]) -> None:
    file = SimpleUploadedFile("isian.csv", pl.DataFrame(rows()).write_csv().encode())
    headers = token | {"idempotency-key": str(uuid4())}
    assert Client().post("/api/v1/imports", {"file": file}, headers=headers).json()["stored"]


DOORS: tuple[Door, ...] = (script, plain, paper, csv, parquet, excel, takeaway, api, api_file)


def test_every_door_stores_and_judges_the_same(world: World) -> None:
    dictionary.load(OPERATOR, clock=now)
    rate.COUNTER.forget()
    made = services.issue_token(OPERATOR, account_id=world.ids["operator-desa-a"], name="Contoh")
    asker, token = client(world, "operator-desa-a"), {"authorization": f"Bearer {made.text}"}
    found = {}
    for door in DOORS:
        with transaction.atomic():
            door(asker, token)
            filled = queries.filled(OPERATOR, KEY)
            assert filled is not None, door.__name__
            judged = queries.judged(OPERATOR, KEY, today=now().date())
            contents = {key: one.content for key, one in filled.state.cells.items()}
            verdict = [one.flat() for one in judged.told], judged.counts, judged.derived
            found[door.__name__] = contents, filled.content_hash, verdict
            transaction.set_rollback(True)
    first = found["script"]
    assert len(first[0]) == len(CELLS)
    assert first[2][0]
    assert {name: one for name, one in found.items() if one != first} == {}
