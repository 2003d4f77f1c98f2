"""Final figures are corrected on screen: chosen, what is tied shown, opened, mended, verified again."""

import re
from uuid import uuid4

import pytest

from sidara.collection.core.submission import Key
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.verification import queries, services
from sidara.verification.core import VERIFYING, Level, Step
from tests.accounts.conftest import world
from tests.language import untranslated
from tests.web.people import client
from tests.web.test_language import KNOWN
from tests.web.test_sending import key, save
from tests.web.test_verifying import HEAD_A, OPERATOR_A, VERIFIER, press, sent, text_of, up
from tests.web.test_verifying import address as reviewed

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
HOUSES, WOMEN = Key("", "KEP_004", "_T"), Key("", "KEP_003", "_T")
WHY = "Dusun seberang terhitung dua kali."


def address(key) -> str:
    return f"/koreksi/{key.form}/{key.region}/{key.period}"


def sending(key) -> str:
    return f"/kirim/{key.form}/{key.region}/{key.period}"


def accepted(key, steps=VERIFYING) -> None:
    for step in steps:
        seen = queries.judged(OPERATOR, key, today=now().date()).revision
        done = services.accept_cells(
            OPERATOR, key=key, step=step, revision=seen, message_id=uuid4(), now=now()
        )
        assert done.is_done, done.findings


def final(world, key) -> None:
    sent(world, key)
    accepted(key)
    assert queries.standing(OPERATOR, key).level is Level.PROVINCE


def hidden(page: str) -> dict[str, list[str] | str]:
    names = dict(re.findall(r'name="(pesan)" value="([^"]*)"', page))
    return {**names, **{one: re.findall(rf'name="{one}" value="([^"]*)"', page) for one in ("sel", "ikut")}}


def opened(asker, key, cell: str, reason: str = WHY):
    """Choose a cell, look at what opens with it, open."""
    shown = text_of(asker.post(address(key), {"aksi": "lihat", "sel": cell, "alasan": reason}))
    return shown, asker.post(address(key), {**hidden(shown), "aksi": "buka", "alasan": reason})


def test_a_final_figure_is_opened_mended_and_seen_by_everybody(world, key):
    final(world, key)
    operator, verifier = client(world, OPERATOR_A), client(world, VERIFIER)
    assert f'href="{address(key)}"' in text_of(operator.get(sending(key)))
    page = text_of(operator.get(address(key)))
    assert 'value="|KEP_004|_T"' in page
    assert " style=" not in page
    english = text_of(operator.get(f"/en{address(key)}"))
    assert untranslated(english, KNOWN) == [f"Contoh {OPERATOR_A}"]
    shown, done = opened(operator, key, "|KEP_004|_T")
    assert "isian akan dibuka untuk koreksi." in shown
    assert done["location"] == sending(key)
    held = queries.standing(OPERATOR, key)
    assert held.at(HOUSES).level is Level.DRAFT
    tied = set(re.findall(r'name="ikut" value="([^"]*)"', shown))
    drafts = {f"{one.row}|{one.variable}|{one.breakdown}" for one in held.cells if not held.at(one).level + 1}
    assert drafts == tied | {"|KEP_004|_T"}, "just what was shown"
    assert "Sedang dikoreksi" in text_of(operator.get("/tugas"))
    page = text_of(operator.get(sending(key)))
    assert "Isian final dibuka untuk koreksi." in page
    assert f'href="/isi/{key.form}/{key.region}/{key.period}?bagian=' in page
    assert "final: 30 keluarga, sekarang: 30 keluarga" in page
    save(key, KEP_004="28")
    up(world, key)
    assert "Sedang dikoreksi" not in text_of(operator.get("/tugas"))
    for reader in (operator, client(world, HEAD_A)):
        told = text_of(reader.get(sending(key)))
        assert "final: 30 keluarga, sekarang: 28 keluarga" in told
        assert WHY in told
    review = text_of(verifier.get(reviewed(key)))
    assert f"Dikoreksi, final sebelumnya 30 keluarga: {WHY}" in review
    assert press(verifier, key, "tenang").status_code in {200, 302}
    assert queries.standing(OPERATOR, key).at(HOUSES).level is Level.ENDORSED, "a correction is looked at"
    accepted(key)
    assert queries.standing(OPERATOR, key).level is Level.PROVINCE
    assert "final: 30" not in text_of(operator.get(sending(key)))


def test_the_history_names_what_was_opened_and_why(world, key):
    sent(world, key)
    verifier = client(world, VERIFIER)
    day = now().date().isoformat()
    press(verifier, key, "kembalikan", "|KEP_004|_T", alasan="Satuan keliru", tanggal="2999-01-01")
    page = text_of(client(world, OPERATOR_A).get(sending(key)))
    past = page[page.index('id="riwayat"') :]
    assert re.search(r"<li>[^<]*keluarga[^<]*: Satuan keliru</li>", past, re.IGNORECASE), day


def test_what_is_not_final_or_says_no_reason_is_not_opened(world, key):
    final(world, key)
    operator = client(world, OPERATOR_A)
    _, refused = opened(operator, key, "|KEP_004|_T", reason="")
    assert "Koreksi memerlukan alasan." in text_of(refused)
    assert "Tidak" not in re.findall(r"<h1>.*", text_of(refused))[0]
    shown = text_of(operator.post(address(key), {"aksi": "lihat", "sel": "|KEP_004|_T", "alasan": WHY}))
    told = hidden(shown) | {"aksi": "buka", "alasan": WHY}
    moved = text_of(operator.post(address(key), told | {"ikut": ["|KEP_001|_T", "|KEP_002|_T", "|X|_T"]}))
    assert "berubah sejak Anda melihatnya" in moved
    assert queries.standing(OPERATOR, key).level is Level.PROVINCE
    assert operator.post(address(key), told).status_code == 302
    number = len(queries.standing(OPERATOR, key).events)
    assert operator.post(address(key), told).status_code == 302, "the same message again"
    assert len(queries.standing(OPERATOR, key).events) == number


def test_only_who_corrects_there_is_shown_the_page(world, key):
    sent(world, key)
    operator = client(world, OPERATOR_A)
    assert "Belum ada isian formulir ini yang final." in text_of(operator.get(address(key)))
    assert f'href="{address(key)}"' not in text_of(operator.get(sending(key)))
    accepted(key)
    assert client(world, HEAD_A).get(address(key)).status_code == 403
    assert client(world, VERIFIER).get(address(key)).status_code == 403
    assert client(world, "operator-desa-b").get(address(key)).status_code == 403
    assert f'href="{address(key)}"' not in text_of(client(world, HEAD_A).get(sending(key)))


def test_a_correction_of_all_cells_is_known_once_it_is_sent(world, key):
    final(world, key)
    held = queries.standing(OPERATOR, key)
    state = {"KEP_001", "KEP_002", "KEP_003", "KEP_004", "KEP_006"}
    every = [Key("", code, "_T") for code in state]
    done = services.correct_cells(OPERATOR, key=key, cells=every, message_id=uuid4(), now=now(), reason=WHY)
    assert done.is_done, (done.findings, held)
    save(key, KEP_004="28")
    up(world, key)
    found = queries.corrections(OPERATOR, key)
    assert found[HOUSES].before.value == "30"
    assert found[HOUSES].event.link.reason == WHY
    accepted(key, [Step.DISTRICT])
    assert queries.corrections(OPERATOR, key)[HOUSES].level is Level.DISTRICT
