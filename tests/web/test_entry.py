"""Entry by its addresses: the bundle, saving by script and without, rights, words of the script."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sidara.collection import models, queries
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import State
from sidara.kernel.clock import now as moment
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.ui.entry_words import device, takeaway, words
from sidara.ui.pin_words import emptied, gate, pin
from tests.accounts.conftest import world
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
FORM = "/isi/KEP_TRIWULAN/62.01.02.2016/2026-Q1"
KEY = SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q1")
SCRIPTS = Path(queries.__file__).parents[1] / "static" / "collection"
pytestmark = pytest.mark.django_db


def cell(variable: str, value: str = "", state: str = "nilai", **more: str) -> dict[str, str]:
    return {"row": "", "variable": variable, "breakdown": "_T", "state": state, "value": value} | more


def save(asker: Client, cells: list[dict[str, str]], *, base: int = 0, message: str = "") -> dict:
    body = {"message_id": message or str(uuid4()), "base": base, "cells": cells}
    answer = asker.post(f"{FORM}/simpan", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def contents() -> dict[str, Content]:
    found = queries.filled(OPERATOR, KEY)
    return {} if found is None else {key.variable: one.content for key, one in found.state.cells.items()}


def test_the_bundle_holds_the_form_and_what_is_filled(world: World) -> None:
    asker = client(world, "operator-desa-a")
    save(asker, [cell("KEP_010", "4", explanation="Empat bayi.")])
    bundle = asker.get(f"{FORM}/paket.json").json()
    assert bundle["asked"]["form"] == "KEP_TRIWULAN"
    assert bundle["held"]["own"] == [["", "KEP_010", "_T", "nilai", "4", "Empat bayi."]]
    assert bundle["held"]["revision"] == 1
    assert bundle["held"]["region"]["name"] == "Desa Natai Raya"
    assert not bundle["held"]["readonly"]
    assert client(world, "kepala-desa-a").get(f"{FORM}/paket.json").json()["held"]["readonly"]


def recoded(world: World) -> str:
    """Give the village another code; gives it."""
    place, new = regions.resolve(OPERATOR, KEY.region), "62.01.02.2990"
    day = date(2026, 1, 1)
    registering.assign_codes(
        OPERATOR, scheme="kemendagri", codes={place.id: new}, valid_from=day, clock=moment
    )
    return new


def test_what_waited_while_the_village_got_another_code_is_stored(world: World) -> None:
    """A device knows the old address; rights are those for the village of today."""
    asker = client(world, "operator-desa-a")
    save(asker, [cell("KEP_010", "4")])
    new = recoded(world)
    answer = save(asker, [cell("KEP_011", "5")], base=1)
    assert (answer["faults"], answer["refused"]) == ([], [])
    assert answer["held"]["region"]["code"] == new
    assert answer["held"]["revision"] == 2
    bundle = asker.get(f"{FORM}/paket.json").json()
    assert [one[1] for one in bundle["held"]["own"]] == ["KEP_010", "KEP_011"]
    today = FORM.replace(KEY.region, new)
    assert asker.get(f"{FORM}?bagian=1").headers["location"] == f"{today}?bagian=1"
    sending = FORM.replace("/isi/", "/kirim/")
    assert asker.get(sending).headers["location"] == today.replace("/isi/", "/kirim/")
    act = {"message_id": str(uuid4()), "revision": 2, "claimed_at": "2026-03-01T00:00:00Z"}
    sent = asker.post(f"{sending}/antrean", json.dumps(act), content_type="application/json")
    assert (sent.status_code, sent.json()["done"]) == (200, False)
    other = client(world, "operator-desa-b")
    body = {"message_id": str(uuid4()), "base": 2, "cells": [cell("KEP_010", "9")]}
    for refused in (
        other.post(f"{FORM}/simpan", json.dumps(body), content_type="application/json"),
        other.get(f"{FORM}/paket.json"),
        other.get(FORM),
        other.get(sending),
    ):
        assert refused.status_code == 403
    assert asker.get(FORM.replace(KEY.region, "62.01.02.2999")).status_code == 404


@pytest.mark.parametrize("door", ["bukti", "salin", "hapus-data"])
def test_pages_beside_a_form_are_found_under_the_code_before(world: World, door: str) -> None:
    asker, address = client(world, "operator-desa-a"), FORM.replace("/isi/", f"/{door}/")
    sent = cell("KEP_010", "4", explanation="Bpk. Contoh, NIK 6201021203850001")
    save(asker, [sent])
    new = recoded(world)
    page = asker.get(address)
    assert (page.status_code, f"/KEP_TRIWULAN/{new}/" in page.content.decode()) == (200, True)
    assert client(world, "operator-desa-b").get(address).status_code == 403
    asked = {"sel": "|KEP_010|_T", "cakupan": "angka", "alasan": "ada NIK warga", "pesan": str(uuid4())}
    if door == "hapus-data":
        assert asker.post(address, asked).status_code == 302
        today = SubmissionKey(KEY.form, new, KEY.period)
        assert [str(one.id) for one in queries.redactions(OPERATOR, today)] == [asked["pesan"]]


def test_a_message_is_stored_once_and_its_faults_name_their_cell(world: World) -> None:
    asker, message = client(world, "operator-desa-a"), str(uuid4())
    sent = [cell("KEP_010", "4"), cell("KEP_011", "empat"), cell("KEP_999", "1")]
    first, again = (save(asker, sent, message=message) for _ in range(2))
    assert [(one["index"], one["code"]) for one in first["faults"]] == [
        (1, "VALUE_TYPE"),
        (2, "CELL_UNKNOWN"),
    ]
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert again["faults"] == first["faults"]
    assert again["held"]["revision"] == 1
    assert contents() == {"KEP_010": Content(State.VALUE, "4")}


def test_a_save_asks_the_records_no_more_than_it_needs(world: World) -> None:
    """The account is read once, and a save asks as often whether much or little was filled in before."""
    asker = client(world, "operator-desa-a")
    counts = []
    for base, code in enumerate(("KEP_010", "KEP_011", "KEP_012")):
        with CaptureQueriesContext(connection) as asked:
            save(asker, [cell(code, "4")], base=base)
        accounts = [one["sql"] for one in asked if 'FROM "accounts_account"' in one["sql"]]
        assert len(accounts) == 1, accounts
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 35


def test_a_cell_that_both_sides_changed_keeps_both(world: World) -> None:
    one, other = client(world, "operator-desa-a"), client(world, "pendamping-a")
    save(one, [cell("KEP_010", "4")])
    answer = save(other, [cell("KEP_010", "5")])
    assert [fault["code"] for fault in answer["faults"]] == ["CELL_CONFLICT"]
    assert answer["held"]["conflicts"] == [["", "KEP_010", "_T", [["nilai", "5", ""]]]]
    decided = save(other, [cell("KEP_010", "5")], base=answer["held"]["revision"])
    assert decided["held"]["conflicts"] == []
    assert contents()["KEP_010"].value == "5"


def test_nobody_fills_in_what_is_not_his(world: World) -> None:
    body = json.dumps({"message_id": str(uuid4()), "base": 0, "cells": [cell("KEP_010", "4")]})
    for login, expected in (
        ("kepala-desa-a", 403),
        ("operator-desa-c", 403),
        ("verifikator-kecamatan-a", 403),
    ):
        asker = client(world, login)
        answer = asker.post(f"{FORM}/simpan", body, content_type="application/json")
        assert answer.status_code == expected, login
        posted = asker.post(
            FORM, {"pesan": str(uuid4()), "revisi": "0", "asal:/KEP_010/_T": "", "nilai:/KEP_010/_T": "4"}
        )
        assert posted.status_code == 403, login
    assert client(world, "operator-desa-c").get(FORM).status_code == 403
    assert contents() == {}


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"cells":[]}', '{"message_id":"x","base":0,"cells":[]}',
     '{"message_id":"018f0000-0000-7000-8000-000000000000","base":true,"cells":[]}',
     '{"message_id":"018f0000-0000-7000-8000-000000000000","base":0,"cells":[{"variable":1}]}',
     '{"message_id":"018f0000-0000-7000-8000-000000000000","base":9007199254740992,"cells":[]}',
     '{"message_id":"018f0000-0000-7000-8000-000000000000","base":-1,"cells":[]}',
     '{"message_id":"018f0000-0000-7000-8000-000000000000","base":0,"claimed_at":"kemarin","cells":[]}',
     '{"message_id":"018f0000-0000-7000-8000-000000000000","base":0,"filler":"\\u0000","cells":[]}',
     '{"message_id":"018f0000-0000-7000-8000-000000000000","base":0,"filler":"\\ud83d","cells":[]}',
     "[" * 10_000],
    ids=range(13),
)  # fmt: skip
def test_what_is_no_message_is_refused(world: World, body: str) -> None:
    answer = client(world, "operator-desa-a").post(f"{FORM}/simpan", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("sign", ["\ud83d", "\x00"], ids=["half", "zero"])
@pytest.mark.parametrize("part", ["row", "variable", "breakdown", "state", "value", "explanation"])
def test_a_sign_that_no_record_holds_is_a_fault_of_its_cell(world: World, part: str, sign: str) -> None:
    """The rest is stored, and what the fault says can be stored, too: no half sign, no zero sign."""
    asker, message = client(world, "operator-desa-a"), str(uuid4())
    odd = cell("KEP_011", "4", explanation="")
    odd[part] += f"x{sign}y"
    first, again = (save(asker, [cell("KEP_010", "4"), odd], message=message) for _ in range(2))
    assert [one["index"] for one in first["faults"]] == [1]
    assert again["faults"] == first["faults"]
    said = repr((first["faults"], models.Message.objects.get().answer))
    assert "\\ud83d" not in said
    assert "\\x00" not in said
    assert contents() == {"KEP_010": Content(State.VALUE, "4")}


@pytest.mark.parametrize(
    ("clock", "kept"),
    [
        ("2026-07-01T00:00:00.000Z", "2026-07-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59.999-12:00", None),
        ("+012026-07-01T00:00:00.000Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("1969-12-31T00:00:00Z", None),
    ],
)
def test_a_wrong_clock_keeps_nobody_from_saving(world: World, clock: str, kept: str | None) -> None:
    body = {"message_id": str(uuid4()), "base": 0, "claimed_at": clock, "cells": [cell("KEP_010", "4")]}
    asker = client(world, "operator-desa-a")
    answer = asker.post(f"{FORM}/simpan", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    claimed = models.Revision.objects.get().claimed_at
    assert (claimed and claimed.isoformat()) == kept


@pytest.mark.parametrize("seen", ["9007199254740992", "-1", "1e3"])
def test_without_script_a_revision_that_cannot_be_saves_nothing(world: World, seen: str) -> None:
    fields = {"pesan": str(uuid4()), "revisi": seen, "asal:/KEP_010/_T": "", "nilai:/KEP_010/_T": "4"}
    assert client(world, "operator-desa-a").post(FORM, fields).status_code == 302
    assert contents() == {}


@pytest.mark.parametrize(
    "address",
    [
        "/isi/TIDAK_ADA/62.01.02.2016/2026",
        "/isi/KEP_TRIWULAN/62.01.02.2016/2026",
        "/isi/KEP_TRIWULAN/62.99.99.9999/2026-Q1",
    ],
)
def test_what_does_not_exist_is_not_found(world: World, address: str) -> None:
    assert client(world, "operator-desa-a").get(address).status_code == 404


def test_without_script_only_what_was_changed_is_sent(world: World) -> None:
    asker = client(world, "operator-desa-a")
    save(asker, [cell("KEP_010", "4"), cell("KEP_011", "2")])
    shown = asker.get(FORM).content.decode()
    assert 'name="asal:/KEP_010/_T" value="4"' in shown
    fields = {
        "pesan": str(uuid4()), "revisi": "1", "bagian": "1",
        "asal:/KEP_010/_T": "4", "nilai:/KEP_010/_T": "1.250",
        "asal:/KEP_011/_T": "2", "nilai:/KEP_011/_T": "2",
        "asal:/KEP_012/_T": "", "nilai:/KEP_012/_T": "tidak tahu",
    }  # fmt: skip
    save(asker, [cell("KEP_011", "3")], base=1)
    posted = asker.post(FORM, fields)
    assert posted.status_code == 302
    assert contents() == {
        "KEP_010": Content(State.VALUE, "1250"),
        "KEP_011": Content(State.VALUE, "3"),
        "KEP_012": Content(State.UNKNOWN),
    }
    again = asker.post(FORM, fields)
    assert again.status_code == 302
    wrong = asker.post(
        FORM,
        fields | {"pesan": str(uuid4()), "revisi": "3", "asal:/KEP_013/_T": "", "nilai:/KEP_013/_T": "empat"},
    )
    assert wrong.status_code == 200
    assert "seharusnya bilangan bulat" in wrong.content.decode()


def test_without_script_a_fault_keeps_what_was_typed_beside_what_was_stored(world: World) -> None:
    asker = client(world, "operator-desa-a")
    fields = {
        "pesan": str(uuid4()), "revisi": "0", "bagian": "1",
        "asal:/KEP_010/_T": "", "nilai:/KEP_010/_T": "11",
        "asal:/KEP_011/_T": "", "nilai:/KEP_011/_T": "dua",
        "asal:/KEP_012/_T": "", "nilai:/KEP_012/_T": "13",
    }  # fmt: skip
    text = asker.post(FORM, fields).content.decode()
    assert {code: one.value for code, one in contents().items()} == {"KEP_010": "11", "KEP_012": "13"}
    for code, was, typed in (("KEP_010", "11", "11"), ("KEP_011", "", "dua"), ("KEP_012", "13", "13")):
        assert f'name="asal:/{code}/_T" value="{was}"' in text
        box = re.search(rf'<input class="form-control[^>]*name="nilai:/{code}/_T"[^>]*>', text)[0]
        assert f'value="{typed}"' in box
        assert ('aria-invalid="true" aria-describedby="sel--KEP_011-_T-kata"' in box) == (typed == "dua")
    name = queries.entry(OPERATOR, KEY, today=world.clock().date()).asking.variables["KEP_011"].name
    assert f'<a href="#sel--KEP_011-_T">{name} (KEP_011) berisi dua, seharusnya bilangan bulat.</a>' in text
    assert "Belum tersimpan:" in text
    again = dict(re.findall(r'name="(asal:[^"]*|pesan|revisi)" value="([^"]*)"', text))
    typed = {f"nilai:{one.removeprefix('asal:')}": was for one, was in again.items() if ":" in one}
    mended = asker.post(FORM, {**again, **typed, "nilai:/KEP_011/_T": "12", "bagian": "1"})
    assert mended.status_code == 302
    assert contents()["KEP_011"].value == "12"


def test_without_script_a_row_of_which_nothing_was_taken_stays_to_be_mended(world: World) -> None:
    asker, row = client(world, "operator-desa-a"), "018f0000-0000-7000-8000-000000000009"
    form = "/isi/PEM_TAHUNAN/62.01.02.2016/2026"
    key = SubmissionKey("PEM_TAHUNAN", "62.01.02.2016", "2026")
    asking = queries.entry(OPERATOR, key, today=world.clock().date()).asking
    number = next(code for code, one in asking.columns.items() if code.startswith("USL") and one.is_number)
    at = len(asking.questionnaire.sections) + 1 + list(asking.lists).index("usulan")
    fields = {
        "pesan": str(uuid4()), "revisi": "0", "bagian": str(at),
        f"asal:{row}/{number}/_T": "", f"nilai:{row}/{number}/_T": "banyak",
    }  # fmt: skip
    text = asker.post(form, fields).content.decode()
    box = re.search(rf'<input class="form-control[^>]*name="nilai:{row}/{number}/_T"[^>]*>', text)[0]
    assert 'value="banyak"' in box
    assert 'aria-invalid="true"' in box
    assert text.count("Baris baru") == 1


def test_without_script_a_text_that_looks_personal_is_stored_and_told(world: World) -> None:
    asker = client(world, "operator-desa-a")
    fields = {
        "pesan": str(uuid4()), "revisi": "0", "bagian": "1",
        "asal:/KEP_010/_T": "", "nilai:/KEP_010/_T": "4",
        "jelas-asal:/KEP_010/_T": "", "jelas:/KEP_010/_T": "NIK 6201021203850001",
    }  # fmt: skip
    text = asker.post(FORM, fields).content.decode()
    assert contents()["KEP_010"].explanation == "NIK 6201021203850001"
    assert "Tersimpan, tetapi perlu Anda periksa" in text
    assert "tampak seperti NIK" in text
    assert "Sebagian isian belum tersimpan" not in text
    assert "Belum tersimpan:" not in text


def as_a_browser_posts(text: str, **typed: str) -> dict[str, str]:
    """What a browser sends of a page: fields as they stand, lines joined in boxes of one line, else CRLF."""
    fields = {}
    for attributes, inside in re.findall(r"<(?:input|textarea)\b([^>]*)>(?:([^<]*)</textarea>)?", text):
        named = re.search(r'name="([^"]*)"', attributes)
        kind, value = re.search(r'type="([^"]*)"', attributes), re.search(r'value="([^"]*)"', attributes)
        if named is None or "disabled" in attributes or (kind and kind[1] in {"checkbox", "file", "radio"}):
            continue
        held = inside or (value[1] if value else "")
        is_line = not inside and not (kind and kind[1] == "hidden")
        fields[named[1]] = unescape(held).replace("\n", "" if is_line else "\r\n")
    return fields | typed


def test_without_script_a_text_of_several_lines_that_nobody_touched_stays(world: World) -> None:
    asker, row = client(world, "operator-desa-a"), "018f0000-0000-7000-8000-000000000001"
    form, key = "/isi/PEM_TAHUNAN/62.01.02.2016/2026", SubmissionKey("PEM_TAHUNAN", "62.01.02.2016", "2026")
    cells = [cell("USL_001", "Rabat beton\nRT 03 & 04", row=row)]
    body = {"message_id": str(uuid4()), "base": 0, "cells": cells}
    asker.post(f"{form}/simpan", json.dumps(body), content_type="application/json")
    entry = queries.entry(OPERATOR, key, today=world.clock().date())
    at = len(entry.asking.questionnaire.sections) + 1 + list(entry.asking.lists).index("usulan")
    page = asker.get(f"{form}?bagian={at}").content.decode()
    other = next(code for code, one in entry.asking.columns.items() if one.is_number and code[:3] == "USL")
    sent = as_a_browser_posts(page, **{f"nilai:{row}/{other}/_T": "3"})
    assert sent[f"asal:{row}/USL_001/_T"] == "Rabat beton\r\nRT 03 & 04"
    assert asker.post(form, sent).status_code == 302
    held = queries.filled(OPERATOR, key).state.cells
    assert held[Key(row, "USL_001", "_T")].content.value == "Rabat beton\nRT 03 & 04"
    assert held[Key(row, other, "_T")].content.value == "3"


def test_without_script_a_long_list_can_be_saved(world: World) -> None:
    asker = client(world, "operator-desa-a")
    form, key = "/isi/PEM_TAHUNAN/62.01.02.2016/2026", SubmissionKey("PEM_TAHUNAN", "62.01.02.2016", "2026")
    cells = [
        cell("USL_001", "Rabat beton", row=f"018f0000-0000-7000-8000-0000000001{at:02}") for at in range(60)
    ]
    body = {"message_id": str(uuid4()), "base": 0, "cells": cells}
    asker.post(f"{form}/simpan", json.dumps(body), content_type="application/json")
    entry = queries.entry(OPERATOR, key, today=world.clock().date())
    at = len(entry.asking.questionnaire.sections) + 1 + list(entry.asking.lists).index("usulan")
    page = asker.get(f"{form}?bagian={at}").content.decode()
    fresh = re.findall(r'name="nilai:([0-9a-f-]{36})/USL_001/_T"', page)[-1]
    sent = as_a_browser_posts(page, **{f"nilai:{fresh}/USL_001/_T": "Usulan ke-61"})
    assert len(sent) > 1_000
    assert asker.post(form, sent).status_code == 302
    assert (
        queries.filled(OPERATOR, key).state.cells[Key(fresh, "USL_001", "_T")].content.value == "Usulan ke-61"
    )


def test_without_script_rows_of_a_list_are_added_and_removed(world: World) -> None:
    asker, row = client(world, "operator-desa-a"), "018f0000-0000-7000-8000-000000000001"
    form = "/isi/PEM_TAHUNAN/62.01.02.2016/2026"
    key = SubmissionKey("PEM_TAHUNAN", "62.01.02.2016", "2026")
    sections = len(queries.entry(OPERATOR, key, today=world.clock().date()).asking.questionnaire.sections)
    asker.post(
        form,
        {
            "pesan": str(uuid4()),
            "revisi": "0",
            f"asal:{row}/USL_001/_T": "",
            f"nilai:{row}/USL_001/_T": "Rabat beton",
        },
    )
    shown = asker.get(f"{form}?bagian={sections + 1}").content.decode()
    assert "Rabat beton" in shown
    assert f"hapus:{row}/usulan" in shown
    asker.post(form, {"pesan": str(uuid4()), "revisi": "1", f"hapus:{row}/usulan": "ya"})
    assert "Rabat beton" not in asker.get(f"{form}?bagian={sections + 1}").content.decode()
    found = queries.filled(OPERATOR, key)
    assert found is not None
    assert found.state.content(Key(row, "usulan", "_T")) == Content(State.VALUE, "dihapus")


def test_tasks_lead_on_where_something_was_begun(world: World) -> None:
    asker = client(world, "operator-desa-a")
    page = asker.get("/tugas")
    assert page.status_code == 200
    tasks = page.context["page"].tasks
    assert tasks
    assert not any(one.is_begun for one in tasks)
    begun = tasks[-1]
    form, _, period = begun.href.rpartition("/")
    key = SubmissionKey(form.split("/")[2], "62.01.02.2016", period)
    entry = queries.entry(OPERATOR, key, today=world.clock().date())
    first = next(one for one in entry.asking.questionnaire.variables if one.is_asked)
    body = {
        "message_id": str(uuid4()),
        "base": 0,
        "cells": [cell(first.code, state="tidak_tahu", breakdown=entry.asking.breakdowns[first.code][0])],
    }
    asker.post(f"{begun.href}/simpan", json.dumps(body), content_type="application/json")
    after = asker.get("/tugas").context["page"]
    assert [one.href for one in after.tasks if one.is_begun] == [begun.href]
    several = client(world, "pendamping-a").get("/tugas?desa=62.01.02.2017")
    assert several.context["page"].region.code == "62.01.02.2017"
    assert len(several.context["page"].villages) == 2
    assert asker.get("/tugas?desa=62.01.03.2001").status_code == 404


def test_every_word_of_the_script_is_given_and_none_in_vain(world: World) -> None:
    used = set()
    for script in set(SCRIPTS.glob("*.js")) - {SCRIPTS / "evidence.js"}:
        used |= set(re.findall(r"words\.(\w+)", script.read_text("utf-8")))
    file = (SCRIPTS.parents[1] / "formats" / "takeaway.py").read_text("utf-8")
    used |= set(re.findall(r"words\[\"(\w+)\"\]", file)) - {"language"}
    given = words() | device() | takeaway() | gate() | pin() | emptied()
    plain = {key for key in given if "-" not in key and key != "language"}
    assert used == plain
    faults = set(
        re.findall(
            r'"(angka|desimal|panjang|tanggal|pilihan|luar|tertutup)"',
            (SCRIPTS / "block.js").read_text("utf-8"),
        )
    )
    assert {f"block-{one}" for one in faults} == {key for key in given if key.startswith("block-")}


def test_every_word_of_the_script_of_evidence_stands_on_its_page_and_none_in_vain() -> None:
    script = (SCRIPTS / "evidence.js").read_text("utf-8")
    page = (SCRIPTS.parents[2] / "web" / "templates" / "web" / "entry" / "evidence.html").read_text("utf-8")
    given = set(re.findall(r"data-(\w+)=", page.partition("data-kemajuan hidden")[2].partition(">")[0]))
    said = " ".join(line.partition("say(")[2] for line in script.splitlines())
    used = set(re.findall(r"words\.(\w+)", script)) | set(re.findall(r'"(\w+)"', said)) - {"sending"}
    assert used == given


def test_what_is_stored_is_not_called_sent() -> None:
    """Sending is an act of its own; the bar above a form speaks of saving."""
    for said in (words(), takeaway()):
        for name in ("stored", "storedAt", "storedNone", "unsaved", "cellStored"):
            assert "kirim" not in said[name].casefold(), name
