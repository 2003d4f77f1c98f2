"""What was returned and mended: how the operator is led to it, and how the verifier sees it again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.verification import queries, services
from sidara.verification.core import Step
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_sending import GOOD, VILLAGE, key, save
from tests.web.test_verifying import OPERATOR_A, VERIFIER, address, press, sent, text_of, up

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
WHY = {"alasan": "Satuan keliru", "catatan": "Hitung keluarga, bukan orang."}


def give_back(world, key: SubmissionKey) -> None:
    until = local_date(now()) + timedelta(days=5)
    done = press(client(world, VERIFIER), key, "kembalikan", "|KEP_004|_T", tanggal=until.isoformat(), **WHY)
    assert done.status_code == 302


def test_a_returned_form_is_not_told_as_only_to_be_sent(world, key):
    sent(world, key)
    give_back(world, key)
    tasks = text_of(client(world, OPERATOR_A).get("/tugas"))
    assert "tinggal dikirim" not in tasks
    assert "Lengkap, belum dikirim" not in tasks
    assert "Betulkan: Kependudukan" in tasks
    assert tasks.count("1 isian perlu dibetulkan") == 2
    assert f'tombol-penuh" href="/kirim/{key.form}/{VILLAGE}/{key.period}"' in tasks


def test_a_mended_cell_is_looked_at_again_with_why_it_was_returned(world, key):
    sent(world, key)
    give_back(world, key)
    save(key, KEP_004="25")
    up(world, key)
    verifier = client(world, VERIFIER)
    page = text_of(verifier.get(address(key)))
    assert "1 isian perlu Anda lihat." in page
    assert "Pernah dikembalikan: Satuan keliru. Hitung keluarga, bukan orang" in page
    assert press(verifier, key, "tenang").status_code == 302
    assert "1 isian perlu Anda lihat." in text_of(verifier.get(address(key))), "it is not taken unseen"


def test_what_the_village_explained_is_looked_at(world, key):
    save(key, **GOOD)
    base = queries.judged(OPERATOR, key, today=now().date()).revision
    given = [Given("KEP_004", "30", explanation="Dihitung ulang per RT.")]
    saving.save_cells(OPERATOR, save=saving.Save(key, base, uuid4(), Source.WEB, given), now=now())
    up(world, key)
    page = text_of(client(world, VERIFIER).get(address(key)))
    assert "1 isian perlu Anda lihat." in page
    assert "Dihitung ulang per RT." in page


def test_a_final_form_says_so(world, key):
    sent(world, key)
    for step in (Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE):
        seen = queries.judged(OPERATOR, key, today=now().date()).revision
        done = services.accept_cells(
            OPERATOR, key=key, step=step, revision=seen, message_id=uuid4(), now=now()
        )
        assert done.is_done, done.findings
    page = text_of(client(world, OPERATOR_A).get(f"/kirim/{key.form}/{VILLAGE}/{key.period}"))
    assert "Angkanya final." in page


def test_what_opens_together_with_a_returned_cell_is_named_to_the_village(world, key):
    sent(world, key)
    until = (local_date(now()) + timedelta(days=5)).isoformat()
    press(client(world, VERIFIER), key, "kembalikan", "|KEP_001|_T", tanggal=until, **WHY)
    held = queries.standing(OPERATOR, key)
    opened = held.drafted(held.cells) - held.reasons.keys()
    assert opened, "a check names others together with it"
    page = text_of(client(world, OPERATOR_A).get(f"/kirim/{key.form}/{VILLAGE}/{key.period}"))
    assert "Ikut terbuka karena diperiksa bersama yang dikembalikan" in page
    told = page.split("Ikut terbuka", 1)[1].split("</ul>", 1)[0]
    assert told.count("<li>") == len(opened)
    assert all(f"-{one.variable}-" in told for one in opened)
