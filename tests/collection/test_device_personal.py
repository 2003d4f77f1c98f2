"""What looks personal on the device looks so on the server, and stands on the verdict of both."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date
from sidara.kernel.personal import looks_like, numbers_in
from tests.collection.conftest import NOW
from tests.collection.device import Device
from tests.collection.test_redaction import FIGURES, NIK, PHONE

VILLAGE = "62.01.02.2016"
PEOPLE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
PROPOSALS = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2026")
ROW = str(UUID(int=7))
TEXTS = (
    "",
    f"NIK {NIK}.",
    f"{PHONE}, {NIK}",
    "+62 812 3456 7890",
    "+62 0812 3456 7890",
    "+62.812.345.678",
    "(+62.812.3456.7890)",
    "Rp+1.085.000.000",
    "62.01.02.120385.0001",
    "NIK 6201 0201 0101 0001.",
    "6201-0241-1299-0001",
    "6 2 0 1 0 2 0 1 0 1 0 1 0 0 0 1",
    "62010201010100011",
    "\uff16\uff12\uff10\uff11\uff10\uff12\uff11\uff12\uff10\uff13\uff18\uff15\uff10\uff10\uff10\uff11",
    "\u0666\u0662\u0660\u0661\u0660\u0662\u0660\u0661\u0660\u0661\u0660\u0661\u0660\u0660\u0660\u0661",
    "\u00bd 6201\u00a00201\u00a00101\u00a00001 \u00bd",
    "\ufb01 0812\u20113456\u20137890",
    "0812\u22123456\u22127890",
    *FIGURES,
)
DIGITS = st.text("0123456789 .-+()a\u0660\u0661\u0668\u2013\u00a0", max_size=30)


def test_the_device_sees_what_the_server_sees(device: Device) -> None:
    assert device("looks", texts=TEXTS) == [looks_like(text) for text in TEXTS]
    assert {"NIK", "nomor telepon", ""} == set(map(looks_like, TEXTS))
    assert looks_like("+62.812.345.678") == "nomor telepon"
    assert numbers_in("hubungi +62.812.345.678 besok") == ["+62.812.345.678"]


@given(st.lists(DIGITS, min_size=50, max_size=50))
def test_any_row_of_digits_is_read_alike(device: Device, texts: list[str]) -> None:
    assert device("looks", texts=texts) == [looks_like(text) for text in texts]


def save(key: SubmissionKey, *cells: Given) -> list[str]:
    held = queries.filled(OPERATOR, key)
    base = held.state.revision if held else 0
    one = services.Save(key, base, uuid4(), Source.WEB, cells)
    saved = services.save_cells(OPERATOR, save=one, now=NOW)
    assert not saved.account.rejected
    return [finding.code for finding in saved.account.findings]


def told(device: Device, key: SubmissionKey) -> list[tuple[str, str, bool]]:
    """Both verdicts of what looks personal: message, cell, and whether it holds sending back."""
    today = local_date(NOW)
    verdict = queries.judged(OPERATOR, key, today=today)
    mine = sorted(
        (
            one.finding.message,
            one.finding.remedy,
            "/".join((one.key.row, one.key.variable, one.key.breakdown)),
            one.is_blocking,
        )
        for one in verdict.told
        if one.finding.code == "TEXT_PERSONAL"
    )
    theirs = sorted(
        (
            one["message"],
            one["remedy"],
            "/".join((one["rowId"], one["place"]["variable"], one["place"]["breakdown"])),
            one["isBlocking"],
        )
        for one in device("counted", **queries.entry(OPERATOR, key, today=today).bundle)["told"]
        if one["code"] == "TEXT_PERSONAL"
    )
    assert mine == theirs
    return [(message, cell, blocks) for message, _, cell, blocks in mine]


@pytest.mark.usefixtures("register")
def test_an_explanation_that_names_a_person_is_stored_and_holds_sending_back(device: Device) -> None:
    assert save(PEOPLE, Given("KEP_001", "100", explanation=f"Bpk. Contoh, NIK {NIK}")) == ["TEXT_PERSONAL"]
    ((message, cell, blocks),) = told(device, PEOPLE)
    assert message.startswith("Penjelasan ")
    assert message.endswith("memuat angka yang tampak seperti NIK.")
    assert (cell, blocks) == ("/KEP_001/_T", True)
    assert save(PEOPLE, Given("KEP_001", "100", explanation="Satu dusun baru masuk.")) == []
    assert told(device, PEOPLE) == []


@pytest.mark.usefixtures("register")
def test_a_text_is_cleared_up_by_what_is_written_beside_it(device: Device) -> None:
    save(PROPOSALS, Given("USL_001", f"Rehab rumah, {PHONE}", row=ROW))
    assert [(cell, blocks) for _, cell, blocks in told(device, PROPOSALS)] == [(f"{ROW}/USL_001/_T", True)]
    save(PROPOSALS, Given("USL_001", f"Rehab rumah, {PHONE}", row=ROW, explanation=f"atau {NIK}"))
    assert [blocks for _, _, blocks in told(device, PROPOSALS)] == [True, True]
    why = "Nomor kantor desa, bukan warga."
    save(PROPOSALS, Given("USL_001", f"Rehab rumah, {PHONE}", row=ROW, explanation=why))
    assert [blocks for _, _, blocks in told(device, PROPOSALS)] == [False]
    save(PROPOSALS, Given("usulan", "dihapus", row=ROW))
    assert told(device, PROPOSALS) == [], "nobody can mend a row that was taken away"


@pytest.mark.parametrize(("severity", "kept"), [("warning", []), ("error", ["/KEP_001/_T"])])
def test_a_warning_is_no_refusal(device: Device, severity: str, kept: list[str]) -> None:
    name, cell = "/KEP_001/_T", {"state": "nilai", "value": "4", "explanation": NIK}
    held = {"revision": 1, "own": [["", "KEP_001", "_T", *cell.values()]], "conflicts": [], "locked": []}
    fault = {"index": 0, "code": "X", "severity": severity, "message": "x", "remedy": "y"}
    sending = {"id": "m", "base": 0, "claimed": "", "cells": [[name, cell]]}
    left = device(
        "answered",
        kept={"revision": 0, "waiting": [], "sending": sending, "refused": []},
        answer={"refused": [], "faults": [fault], "held": held},
        seen=held | {"own": []},
    )
    assert [at for at, _ in left["refused"]] == kept


def test_what_an_older_version_kept_as_refused_is_let_go(device: Device) -> None:
    cell = {"state": "nilai", "value": "4", "explanation": NIK}
    fault = {"index": 0, "code": "TEXT_PERSONAL", "message": "x", "remedy": "y", "cell": cell}
    held = {"revision": 1, "own": [], "conflicts": [], "locked": []}
    kept = {"revision": 1, "waiting": [], "sending": None, "refused": [["/KEP_001/_T", fault]]}
    left = device("answered", kept=kept, answer={"refused": [], "faults": [], "held": held}, seen=held)
    assert left["refused"] == []
