"""The form as a file: its size, what it may load; results of the device's modules: stored, forged, cut."""

import base64
import hashlib
import io
import json
import random
import re
from dataclasses import asdict, replace
from uuid import UUID, uuid4

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sidara.collection import models, queries, services
from sidara.collection.cli import APPS
from sidara.collection.cli.forms import export
from sidara.collection.core import Source, takeaway
from sidara.collection.core.answering import Given
from sidara.collection.core.handed import Handing
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.takeaway import Claims, Result
from sidara.collection.formats.takeaway import LARGEST
from sidara.collection.queries.takeaway import _seed
from sidara.dictionary import queries as dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import OPERATOR, Actor, Area, Grant
from sidara.kernel.exits import Exit
from sidara.kernel.finding import Finding
from tests.collection.conftest import NOW
from tests.collection.device import Device

VILLAGE, OTHER, DISTRICT = "62.01.02.2016", "62.01.02.2017", "62.01.02"
KEY = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q2")
FILLER = "Contoh Ibu, kaur keuangan – désa"
ROW = "018f0000-0000-7000-8000-0000000000aa"
EMPTY = {"state": "belum_diisi", "value": None}
pytestmark = pytest.mark.usefixtures("register")


def given_out(key: SubmissionKey = KEY) -> tuple[str, dict]:
    """The file, and what stands in it for its script."""
    content, findings = queries.form_takeaway(
        OPERATOR, form=key.form, region=key.region, period=key.period, uid=uuid4(), now=NOW
    )
    assert findings == ()
    text = content.decode()
    return text, json.loads(re.search(r'id="paket">(.*?)</script>', text)[1])


def value(text: str, explanation: str = "") -> dict:
    return {"state": "nilai", "value": text, "explanation": explanation}


def carried(device: Device, cells: dict, key: SubmissionKey = KEY, **claims: object) -> dict:
    """A result as the device writes it: `text`, `parts`, `again`."""
    _, held = given_out(key)
    result = {
        "claims": held["claims"] | claims,
        "filler": FILLER,
        "at": "2026-11-24T05:00:00.000Z",
        "cells": [[f"{name}" if "/" in name else f"/{name}/_T", cell] for name, cell in cells.items()],
    }
    return device("result", result=result, seed=held["seed"])


def imported(content: str | bytes, actor: Actor = OPERATOR, **options):
    raw = content.encode() if isinstance(content, str) else content
    incoming = queries.read_cells_file(actor, io.BytesIO(raw))
    return services.import_cells(actor, incoming=incoming, now=NOW, **options).account


def counts(account) -> tuple[int, ...]:
    return tuple(
        getattr(account, one) for one in ("created", "updated", "unchanged", "conflicting", "rejected")
    )


def codes(account) -> list[str]:
    return sorted({one.code for one in account.findings if one.severity == "error"})


def contents(key: SubmissionKey = KEY) -> dict:
    found = queries.filled(OPERATOR, key)
    return {} if found is None else {cell: held.content for cell, held in found.state.cells.items()}


def save(cells, key: SubmissionKey = KEY, base: int = 0) -> None:
    made = services.Save(key, base, uuid4(), Source.WEB, [Given(*one) for one in cells])
    assert not services.save_cells(OPERATOR, save=made, now=NOW).account.rejected


def test_every_form_is_a_file_that_holds_all_it_needs() -> None:
    forms = dictionary.dictionary(OPERATOR).forms
    for code, form in forms.items():
        at = str(periods.year(2025).parts(form.frequency.span)[-1])
        text, bundle = given_out(SubmissionKey(code, VILLAGE, at))
        assert len(text.encode()) <= LARGEST, code
        assert bundle["asked"]["form"] == code
        page = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
        assert not re.search(r'(?:src|href)="(?!#|data:)', page), code
        assert set(re.findall(r"url\((?!#)([^,)]{5})", text)) == {"data:"}, code


def test_its_policy_names_its_own_script_and_style_and_nothing_else() -> None:
    text, _ = given_out()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    for kind, pattern in (
        ("script", r'<script type="module">(.*?)</script>'),
        ("style", r"<style>(.*?)</style>"),
    ):
        content = re.search(pattern, text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy


def test_a_text_that_looks_like_markup_stays_a_text() -> None:
    save([("KEU_026", "12", "", "_T", "", "</script><script>alert(1)</script><!--")])
    text, bundle = given_out()
    assert "<script>alert" not in text
    assert [one[5] for one in bundle["held"]["own"]] == ["</script><script>alert(1)</script><!--"]


def test_a_result_is_stored_with_both_persons_and_the_same_one_changes_nothing(device: Device) -> None:
    made = carried(
        device, {"KEU_026": value("35", "Pergantian pengurus."), "/KEU_001/ANGGARAN:A": value("1450000000")}
    )
    assert made["text"].isascii()
    dry = imported(made["text"], is_dry=True)
    assert models.Submission.objects.count() == 0
    assert counts(dry) == counts(imported(made["text"])) == (2, 0, 0, 0, 0)
    one = queries.cell_history(OPERATOR, KEY)[0]
    assert (one.source, one.filler_name, one.author_name) == (Source.TAKE_AWAY, FILLER, OPERATOR.name)
    assert counts(imported(made["text"])) == (0, 0, 2, 0, 0)
    assert models.Revision.objects.count() == 1


def test_a_file_carries_what_is_stored_and_takes_it_away(device: Device) -> None:
    save([("KEU_026", "12")])
    assert counts(imported(carried(device, {"KEU_026": EMPTY})["text"])) == (0, 1, 0, 0, 0)
    assert [one.state for one in contents().values()] == ["belum_diisi"]


def test_rows_of_a_list_come_with_their_ids(device: Device) -> None:
    key = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2026")
    made = carried(device, {f"{ROW}/USL_001/_T": value("Jembatan")}, key)
    assert counts(imported(made["text"])) == (1, 0, 0, 0, 0)
    assert {one.row for one in contents(key)} == {ROW}


def test_codes_are_read_in_any_order_and_more_than_once(device: Device) -> None:
    cells = {
        f"/KEU_{number:03}/ANGGARAN:{side}": value(str(10**9 + number))
        for number in range(1, 20)
        for side in "AR"
    }
    made = carried(device, cells)
    assert 2 < len(made["parts"]) <= 8
    lines = [*made["parts"], made["parts"][1]]
    random.Random(1).shuffle(lines)
    account = imported("\ufeff" + "\r\n".join(lines) + "\n")
    assert account.created > 20
    assert counts(imported(made["text"])) == (0, 0, account.created, 0, account.rejected)


def test_too_much_for_codes_is_a_file_only(device: Device) -> None:
    cells = {f"/KEU_{number:03}/ANGGARAN:A": value("1" * 12, "a" * 200) for number in range(1, 30)}
    made = carried(device, cells)
    assert made["parts"] is None
    assert takeaway.read(made["text"].encode()).cells


def test_a_part_that_is_missing_or_of_another_result_is_named(device: Device) -> None:
    cells = {f"/KEU_{number:03}/ANGGARAN:A": value(str(number)) for number in range(1, 20)}
    one, other = carried(device, cells)["parts"], carried(device, cells)["parts"]
    found = takeaway.read("\n".join([one[0], *one[2:]]).encode())
    assert (found.code, "nomor 2 dari" in found.message) == ("RESULT_PARTS", True)
    for lines in (
        [*one[:-1], other[-1]],
        [*one, "lain"],
        [one[0][:-9], *one[1:]],
        [*one, one[0][:-3] + "zz|"],
    ):
        assert takeaway.read("\n".join(lines).encode()).code == "RESULT_PARTS"


CLAIMS = {"uid": str(uuid4()), "region": OTHER, "period": "2026-Q1", "base": 1, "number": 2}


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_that_is_not_the_file_s_is_forged(device: Device, claim: str) -> None:
    account = imported(carried(device, {"KEU_026": value("35")}, **{claim: CLAIMS[claim]})["text"])
    assert (account.is_refused, codes(account)) == (True, ["RESULT_FORGED"])
    assert models.Submission.objects.count() == 0


def test_a_cell_or_a_name_that_was_changed_is_forged(device: Device) -> None:
    text = carried(device, {"KEU_026": value("35")})["text"]
    for was, now in (('"35"', '"36"'), ("Contoh Ibu", "Contoh Adi"), ("T05:00", "T06:00")):
        assert was in text
        assert codes(imported(text.replace(was, now))) == ["RESULT_FORGED"]
    mark, signature, body = text.split(" ", 2)
    assert codes(imported(f"{mark} {signature[:40]} {body}")) == ["RESULT_FORGED"]
    assert codes(imported(f"{mark} {'A' * 86} {body}")) == ["RESULT_FORGED"]
    assert models.Submission.objects.count() == 0


def test_a_file_of_another_sidara_is_forged(device: Device, settings) -> None:
    text = carried(device, {"KEU_026": value("35")})["text"]
    settings.SECRET_KEY, old = "another", settings.SECRET_KEY
    assert codes(imported(text)) == ["RESULT_FORGED"]
    settings.SECRET_KEY_FALLBACKS = [old]
    assert counts(imported(text)) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("sign", ["\ud83d", "\x00"], ids=["half", "zero"])
def test_a_sign_that_no_record_holds_is_a_fault_of_its_cell(device: Device, sign: str) -> None:
    made = carried(device, {"KEU_026": value("35"), "/KEU_020/ANGGARAN:A": value("1", f"x{sign}y")})
    account = imported(made["text"])
    assert (codes(account), counts(account)) == (["TEXT_CONTROL"], (1, 0, 0, 0, 1))
    assert {key.variable for key in contents()} == {"KEU_026"}


CUT = (
    b"SIDARA-HASIL-1",
    b"SIDARA-HASIL-1 x {}",
    b'SIDARA-HASIL-1 x {"claims":{},"filler":"","cells":[]}',
    b"SIDARA-HASIL-1 x " + b"[" * 100_000,
    b"SIDARA-HASIL-1 x null",
    b"SIDARA-HASIL-1 \xff",
    b"SIDARA-HASIL-9 x {}",
)


@pytest.mark.parametrize("content", CUT)
def test_what_is_no_whole_result_is_refused(content: bytes) -> None:
    assert takeaway.read(content).code == "RESULT_UNREADABLE"


@given(st.binary(max_size=200), st.sampled_from(takeaway.SIGNS))
def test_no_bytes_break_the_reader(content: bytes, sign: bytes) -> None:
    assert isinstance(takeaway.read(sign + content), Finding)


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 9999), st.text(max_size=60))
def test_what_the_device_writes_is_what_is_read(
    device: Device, said: str, filler: str, base: int, origin: str
) -> None:
    claims = Claims(str(uuid4()), KEY.form, 1, "ab" * 8, VILLAGE, KEY.period, base)
    cells = [["/KEU_026/_T", {"state": "nilai", "value": said, "explanation": filler, "origin": origin}]]
    result = {"claims": asdict(claims), "filler": filler, "at": "", "cells": cells}
    made = device("result", result=result, seed="07" * 32)
    found = takeaway.read(made["text"].encode())
    assert isinstance(found, Result)
    assert found.claims == claims
    assert found.cells == (("", "KEU_026", "_T", "nilai", said, filler, origin),)
    assert takeaway.read("\n".join(made["parts"]).encode()) == found
    assert made["again"]["claims"] == asdict(claims)


def test_every_cut_of_a_result_is_refused(device: Device) -> None:
    text = carried(device, {"KEU_026": value("35")})["text"]
    for length in range(len(takeaway.MARK), len(text), 7):
        assert imported(text[:length]).is_refused
    assert models.Submission.objects.count() == 0


def test_an_older_base_keeps_both_sides(device: Device) -> None:
    made = carried(device, {"KEU_026": value("35")})
    save([("KEU_026", "12")])
    assert counts(imported(made["text"])) == (0, 0, 0, 1, 0)
    assert [one.value for one in contents().values()] == ["12"]


NEIGHBOUR = Actor(
    UUID(int=5),
    "Contoh tetangga",
    "operator desa",
    frozenset({"regions.read", "dictionary.read"}),
    (Grant("g", "operator-desa", frozenset({"collection.fill", "collection.read"}), Area((OTHER,))),),
)


def test_another_village_s_result_is_rejected_as_a_whole(device: Device) -> None:
    account = imported(carried(device, {"KEU_026": value("35")})["text"], NEIGHBOUR)
    assert (counts(account), codes(account)) == ((0, 0, 0, 0, 1), ["REGION_NOT_ALLOWED"])
    assert models.Submission.objects.count() == 0


def test_who_brings_it_in_needs_no_name_of_his_own_for_it(device: Device) -> None:
    operations = frozenset({"collection.bring", "collection.read"})
    bringer = replace(
        NEIGHBOUR, grants=(Grant("g", "kecamatan", operations, Area((DISTRICT,), frozenset((VILLAGE,)))),)
    )
    made = carried(device, {"KEU_026": value("35")})["text"].encode()
    handing = Handing(made, "hasil.txt")
    assert handing.format == "hasil"
    answer, _ = services.import_file(bringer, handing=handing, message_id=uuid4(), now=NOW)
    assert (answer["created"], answer["stored"]) == (1, True)
    assert queries.cell_history(OPERATOR, KEY)[0].filler_name == FILLER


def test_a_version_that_is_not_here_is_stale(device: Device, settings) -> None:
    _, held = given_out()
    claims = Claims(**(held["claims"] | {"number": 9}))
    seed = _seed(claims, settings.SECRET_KEY).hex()
    result = {"claims": asdict(claims), "filler": FILLER, "at": "", "cells": [["/KEU_026/_T", value("1")]]}
    account = imported(device("result", result=result, seed=seed)["text"])
    assert (account.is_refused, codes(account)) == (True, ["VERSION_STALE"])


def test_a_form_that_was_sent_is_given_out_to_be_read() -> None:
    save([("KEU_026", "12")])
    services.lock_submission(
        OPERATOR, key=KEY, right="*", sector="", is_locked=True, reference="contoh", now=NOW
    )
    assert given_out()[1]["held"]["readonly"] is True


def test_a_kecamatan_gets_no_such_file() -> None:
    content, findings = queries.form_takeaway(
        OPERATOR, form=KEY.form, region=DISTRICT, period=KEY.period, uid=uuid4(), now=NOW
    )
    assert (content, [one.code for one in findings]) == (None, ["TAKE_AWAY_ONE_VILLAGE"])


def test_the_commands_write_it_and_take_the_result(device: Device, tmp_path) -> None:
    output, file = tmp_path / "keu.html", tmp_path / "hasil.txt"
    with pytest.raises(typer.Exit) as ended:
        export(KEY.form, output=output, region=VILLAGE, period=KEY.period, format="html")
    assert ended.value.exit_code == 0
    assert output.read_bytes().startswith(b"<!DOCTYPE html>")
    file.write_text(carried(device, {"KEU_026": value("35")})["text"])
    run = CliRunner().invoke
    done = run(APPS["submission"], ["import", str(file), "--json"])
    assert (done.exit_code, json.loads(done.stdout)["created"]) == (Exit.GOOD, 1)
    file.write_text(file.read_text().replace('"35"', '"36"'))
    done = run(APPS["submission"], ["import", str(file), "--json"])
    assert done.exit_code == Exit.REFUSED
    assert json.loads(done.stdout)["findings"][0]["code"] == "RESULT_FORGED"
