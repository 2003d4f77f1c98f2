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
from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
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


LISTED, LISTED_BEFORE = (SubmissionKey("SOS_TAHUNAN", KEY.region, year) for year in ("2026", "2025"))
LISTED_PLACE = f"{LISTED.form}/{LISTED.region}/{LISTED.period}"
ROW = "018f0000-0000-7000-8000-0000000000aa"
STANDING = (
    ("", "SOS_012", "4"),
    ("", "SOS_013", "true"),
    (ROW, "LBG_002", "PKK désa"),
    (ROW, "LBG_003", "SK_KADES"),
)
"""A figure, a choice, and a row with a text."""


def taken_by_script(asker: Client, _: dict[str, str]) -> None:
    offered = asker.get(f"/isi/{LISTED_PLACE}/paket.json").json()["offers"]
    references = [reference for reference, _ in offered["origins"]]
    cells = [
        {"row": row, "variable": variable, "breakdown": breakdown}
        | {"state": offers[0][1], "value": offers[0][2], "origin": references[offers[0][0]]}
        for row, variable, breakdown, offers in offered["cells"]
    ]
    body = json.dumps({"message_id": str(uuid4()), "base": 0, "cells": cells})
    sent = asker.post(f"/isi/{LISTED_PLACE}/simpan", body, content_type="application/json")
    assert sent.json()["faults"] == []


def taken_on_page(asker: Client, _: dict[str, str]) -> None:
    page = asker.get(f"/salin/{LISTED_PLACE}").content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(pesan|revisi)" value="([^"]*)"', page))
    chosen = dict(
        re.findall(r'type="(?:radio|checkbox)" name="((?:ambil|baris):[^"]*)" value="([^"]+)"', page)
    )
    assert asker.post(f"/salin/{LISTED_PLACE}", hidden | chosen | {"aksi": "pilihan"}).status_code == 302


def taken_in_excel(asker: Client, _: dict[str, str]) -> None:
    given = asker.get(f"/isi/{LISTED_PLACE}/formulir.xlsx").content
    typed = {"SOS_012@_T": "salin", "SOS_013@_T": "Salin", (ROW, "lembaga@_T"): "salin"}
    handed(asker, "buku.xlsx", fill(given, typed))


def taken_away(asker: Client, _: dict[str, str]) -> None:
    text = asker.get(f"/isi/{LISTED_PLACE}/formulir.html").content.decode()
    given = json.loads(re.search(r'id="paket">(.*?)</script>', text)[1])
    references = [reference for reference, _ in given["offers"]["origins"]]
    cells = [
        [f"{row}/{variable}/{part}", {"state": state, "value": value, "origin": references[at]}]
        for row, variable, part, ((at, state, value), *_) in given["offers"]["cells"]
    ]
    result = {"claims": given["claims"], "filler": "Ibu Contoh", "at": "", "cells": cells}
    with Device() as device:
        made = device("result", result=result, seed=given["seed"])
    assert made["again"]["cells"] == [[name, one | {"explanation": ""}] for name, one in cells]
    handed(asker, "hasil.txt", made["text"].encode())


def taken_by_api(_: Client, token: dict[str, str]) -> None:
    at = f"/api/v1/submissions/{LISTED_PLACE}/prefill"
    chosen = [
        {"row": one["row"], "variable": one["variable"], "breakdown": one["breakdown"]}
        | {"origin": one["offers"][0]["origin"]}
        for one in Client().get(at, headers=token).json()
    ]
    headers = token | {"idempotency-key": str(uuid4())}
    body = {"base": 0, "chosen": chosen}
    assert Client().post(at, body, content_type="application/json", headers=headers).status_code == 200


def test_what_is_taken_over_is_the_same_through_every_door(world: World) -> None:
    dictionary.load(OPERATOR, clock=now)
    rate.COUNTER.forget()
    made = services.issue_token(OPERATOR, account_id=world.ids["operator-desa-a"], name="Contoh")
    asker, token = client(world, "operator-desa-a"), {"authorization": f"Bearer {made.text}"}
    cells = [Given(variable, value, row=row) for row, variable, value in STANDING]
    before = saving.Save(LISTED_BEFORE, 0, uuid4(), Source.WEB, cells)
    assert not saving.save_cells(OPERATOR, save=before, now=now()).account.rejected
    found = {}
    for door in (taken_by_script, taken_on_page, taken_in_excel, taken_away, taken_by_api):
        with transaction.atomic():
            door(asker, token)
            filled = queries.filled(OPERATOR, LISTED)
            assert filled is not None, door.__name__
            judged = queries.judged(OPERATOR, LISTED, today=now().date())
            contents = {key: one.content for key, one in filled.state.cells.items()}
            verdict = [one.flat() for one in judged.told], judged.counts, judged.derived
            origins = queries.provenance(OPERATOR, LISTED)
            found[door.__name__] = contents, filled.content_hash, verdict, origins
            transaction.set_rollback(True)
    first = found["taken_by_script"]
    assert {(key.row, key.variable): one.value for key, one in first[0].items()} == {
        (row, variable): value for row, variable, value in STANDING
    }
    assert set(first[3].values()) == {"dari periode 2025"}
    assert first[3].keys() == first[0].keys()
    assert {name: one for name, one in found.items() if one != first} == {}
