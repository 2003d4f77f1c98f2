"""`sidara submission show`: how far a submission has come, what is filled, and its past with both."""

import json

import pytest
from typer.testing import CliRunner

from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.exits import Exit
from sidara.verification import cli
from tests.verification.conftest import GOOD, SENDER, VILLAGE, endorse, save, send, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
WHERE = ("KEP_SEMESTER", "--region", VILLAGE, "--period", "2026-S1")


def show(*options, where=WHERE):
    done = CliRunner().invoke(cli.submission, ["show", *where, *options])
    assert done.exit_code == Exit.GOOD, done.stderr
    return json.loads(done.stdout) if "--json" in options else done.stdout


def test_how_far_it_has_come_is_said_and_only_a_draft_is_ready_to_be_sent():
    save(*GOOD)
    assert "keadaan: draf\nterisi 4 dari 4 sel wajib; siap dikirim\n" in show()
    assert (show("--json")["level"], show("--json")["ready"]) == ("draft", True)
    send()
    said = show()
    assert "keadaan: terkirim, menunggu pengesahan kepala desa\nterisi 4 dari 4 sel wajib\n" in said
    assert "siap dikirim" not in said
    assert f"{SENDER.name}: dikirim\n" in said
    endorse()
    assert "keadaan: disahkan kepala desa\n" in show()
    told = show("--json")
    assert (told["level"], told["ready"], told["late"]) == ("endorsed", False, False)
    assert [(one["act"], one["revision"], one["due_date"]) for one in told["events"]] == [
        ("send", 1, "2026-07-31"),
        ("endorse", 1, None),
    ]


def test_what_was_taken_back_is_a_draft_with_its_past():
    save(*GOOD)
    send()
    withdraw()
    said = show()
    assert "keadaan: draf\n" in said
    assert "ditarik kembali  (salah)" in said


def test_a_form_without_what_must_be_filled_in_says_so():
    key = SubmissionKey("LIN_BULANAN", VILLAGE, "2026-06")
    assert save(("LIN_004", "4", "", "JENIS_BENCANA:BANJIR"), key=key).account.is_clean
    said = show(where=("LIN_BULANAN", "--region", VILLAGE, "--period", "2026-06"))
    assert "tidak ada sel wajib, 1 sel terisi;" in said
    assert "0 dari 0" not in said


def test_the_history_names_the_breakdown_and_the_explanation():
    key = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q2")
    save(("KEU_001", "1000", "", "ANGGARAN:R", "", "belum tutup buku"), key=key)
    where = ("KEU_TRIWULAN", "--region", VILLAGE, "--period", "2026-Q2")
    past = [line for line in show("--history", where=where).splitlines() if "->" in line]
    assert len(past) == 1
    assert past[0].endswith(": KEU_001 ANGGARAN:R belum diisi -> 1000  (belum tutup buku)")
