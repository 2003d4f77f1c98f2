"""The pages of verifiers: the queue, one submission with what to look at, accepting and returning."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.period import parse
from sidara.verification import queries, services
from sidara.verification.core import Level, Step
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_sending import GOOD, VILLAGE, key, save

__all__ = ["key", "world"]
pytestmark = pytest.mark.django_db
VERIFIER, OPERATOR_A, HEAD_A = "verifikator-kecamatan-a", "operator-desa-a", "kepala-desa-a"


def sent(world, key: SubmissionKey, **cells: str) -> None:
    """Fill the form in, send and endorse it."""
    save(key, **(GOOD | cells))
    up(world, key)


def up(world, key: SubmissionKey) -> None:
    seen = queries.judged(OPERATOR, key, today=now().date())
    done = services.send_submission(
        world.actor(OPERATOR_A), key=key, revision=seen.revision, message_id=uuid4(), now=now()
    )
    assert done.is_done, (done.findings, done.blocking)
    done = services.endorse_submission(
        world.actor(HEAD_A),
        key=key,
        content_hash=done.event.link.content_hash,
        message_id=uuid4(),
        now=now(),
    )
    assert done.is_done


def address(key: SubmissionKey, step: str = "district") -> str:
    return f"/periksa/{key.form}/{key.region}/{key.period}?langkah={step}"


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def press(asker: Client, key: SubmissionKey, act: str, *cells: str, step: str = "district", **other: str):
    """Press a button of the page as it was shown."""
    text = text_of(asker.get(address(key, step)))
    hidden = dict(re.findall(r'name="(pesan|revisi|langkah)" value="([^"]*)"', text))
    return asker.post(address(key, step), {**hidden, "aksi": act, "sel": cells, **other})


def test_what_the_head_endorsed_waits_for_the_kecamatan_and_nobody_else(world, key):
    verifier = client(world, VERIFIER)
    assert "Tidak ada kiriman yang menunggu Anda." in text_of(verifier.get("/periksa"))
    sent(world, key)
    queue = text_of(verifier.get("/periksa"))
    assert "1 kiriman menunggu Anda." in queue
    assert f'href="{address(key)}"' in queue
    assert "menunggu sejak hari ini" in queue
    assert ">Tanpa peringatan<" in queue
    assert "Tidak ada kiriman" in text_of(client(world, "verifikator-kecamatan-b").get("/periksa"))
    assert "Tidak ada kiriman" in text_of(client(world, "pmd-kabupaten-a").get("/periksa"))
    assert client(world, OPERATOR_A).get("/periksa").status_code == 403
    assert client(world, OPERATOR_A).get(address(key)).status_code == 403
    assert Client().get("/periksa").status_code == 302
    assert 'href="/periksa"' in queue
    assert 'href="/periksa"' not in text_of(client(world, OPERATOR_A).get("/tugas"))


def test_quiet_cells_are_accepted_at_once_and_loud_ones_only_where_they_are_ticked(world, key):
    given = [Given("KEP_008", state="tidak_tahu", explanation="Belum didata dusun seberang.")]
    save(key, **GOOD)
    base = queries.judged(OPERATOR, key, today=now().date()).revision
    saving.save_cells(OPERATOR, save=saving.Save(key, base, uuid4(), Source.WEB, given), now=now())
    up(world, key)
    verifier = client(world, VERIFIER)
    page = text_of(verifier.get(address(key)))
    assert "4 dari 5 isian tenang. 1 isian perlu Anda lihat." in page
    assert "Belum didata dusun seberang." in page
    assert "Terima 4 isian yang tenang" in page
    assert press(verifier, key, "tenang").status_code == 302
    held = queries.standing(OPERATOR, key)
    assert held.at(Key("", "KEP_001", "_T")).level is Level.DISTRICT
    assert held.level is Level.ENDORSED
    refused = press(verifier, key, "terpilih")
    assert "Tidak ada sel yang menunggu kecamatan." in text_of(refused)
    assert press(verifier, key, "terpilih", "|KEP_008|_T").status_code == 302
    assert queries.standing(OPERATOR, key).level is Level.DISTRICT
    assert "Tidak ada isian dalam kiriman ini yang menunggu Anda." in text_of(verifier.get(address(key)))


def test_a_cell_is_returned_mended_and_seen_by_everybody(world, key):
    sent(world, key)
    verifier, operator = client(world, VERIFIER), client(world, OPERATOR_A)
    until = local_date(now()) + timedelta(days=5)
    kept = press(
        verifier,
        key,
        "kembalikan",
        "|KEP_004|_T",
        alasan="Satuan keliru",
        catatan="Hitung keluarga, bukan orang.",
        tanggal=(until - timedelta(days=9)).isoformat(),
    )
    page = text_of(kept)
    assert "sudah lewat" in page
    assert "Hitung keluarga, bukan orang." in page, "what was typed stays"
    assert 'value="|KEP_004|_T" checked' in page
    assert '<option value="Satuan keliru" selected>' in page
    done = press(
        verifier,
        key,
        "kembalikan",
        "|KEP_004|_T",
        alasan="Satuan keliru",
        catatan="Hitung keluarga, bukan orang.",
        tanggal=until.isoformat(),
    )
    assert done.status_code == 302
    why = "Satuan keliru. Hitung keluarga, bukan orang"
    assert why in text_of(verifier.get(address(key)))
    tasks = text_of(operator.get("/tugas"))
    assert "Dikembalikan pemeriksa" in tasks
    assert "1 isian perlu dibetulkan" in tasks
    form = f"/kirim/{key.form}/{VILLAGE}/{key.period}"
    sending = text_of(operator.get(form))
    assert why in sending
    assert "1 isian dikembalikan pemeriksa." in sending
    assert f'href="/isi/{key.form}/{VILLAGE}/{key.period}?bagian=' in sending
    save(key, KEP_004="25")
    up(world, key)
    assert "Dikembalikan pemeriksa" not in text_of(operator.get("/tugas"))
    queue = text_of(verifier.get("/periksa"))
    assert "1 kiriman menunggu Anda." in queue


def test_figures_of_last_period_and_of_neighbours_stand_beside(world, key):
    other = SubmissionKey(key.form, "62.01.02.2017", key.period)
    save(other, **GOOD | {"KEP_001": "300", "KEP_002": "160", "KEP_003": "140"})
    third = SubmissionKey(key.form, "62.01.02.2018", key.period)
    save(third, **GOOD | {"KEP_001": "900", "KEP_002": "460", "KEP_003": "440"})
    before = SubmissionKey(key.form, key.region, str(parse(key.period).preceding))
    save(before, **GOOD | {"KEP_001": "97", "KEP_002": "57"})
    sent(world, key)
    page = text_of(client(world, VERIFIER).get(address(key)))
    assert "300 sampai 900, 2 draf" in page, "nobody sent them yet"
    assert re.search(r'data-l="[^"]*">97 orang<', page)
    assert " style=" not in page
    assert page.count("<h1") == 1


def test_a_reason_says_something_and_is_kept_as_the_village_reads_it(world, key):
    sent(world, key)
    verifier = client(world, VERIFIER)
    until = local_date(now()).isoformat()
    refused = press(verifier, key, "kembalikan", "|KEP_004|_T", alasan="Lainnya", tanggal=until)
    assert "Alasan pengembalian paling sedikit" in text_of(refused)
    english = text_of(verifier.get(f"/en{address(key)}"))
    (value,) = re.findall(r'<option value="([^"]*)">Wrong unit<', english)
    assert press(verifier, key, "kembalikan", "|KEP_004|_T", alasan=value, tanggal=until).status_code == 302
    assert queries.standing(OPERATOR, key).reasons == {Key("", "KEP_004", "_T"): "Satuan keliru"}


def test_enter_in_a_box_of_the_page_does_nothing(world, key):
    sent(world, key)
    page = text_of(client(world, VERIFIER).get(address(key)))
    own = page[page.index('<form method="post" action="/periksa') :]
    (first,) = re.findall(r'name="aksi" value="([^"]*)"', own)[:1]
    assert first not in {"tenang", "terpilih", "kembalikan", "kembalikan-semua"}, "it answers to Enter"
    kept = press(client(world, VERIFIER), key, first, "|KEP_004|_T", catatan="Hitung keluarga.")
    assert 'value="|KEP_004|_T" checked' in text_of(kept)
    assert queries.standing(OPERATOR, key).level is Level.ENDORSED


def test_steps_side_by_side_have_each_their_queue(world, key):
    sent(world, key)
    press(client(world, VERIFIER), key, "tenang")
    office = client(world, "pmd-kabupaten-a")
    assert f'href="{address(key, "community")}"' in text_of(office.get("/periksa"))
    assert client(world, "opd-a").get(address(key, "sector")).status_code == 403, "another sector"
    assert press(office, key, "tenang", step="community").status_code == 302
    held = queries.standing(OPERATOR, key)
    assert held.whole is not None
    assert held.whole.accepted == {Step.COMMUNITY}


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"aksi": "tenang", "pesan": "x", "revisi": "1", "langkah": "district"},
        {"aksi": "tenang", "pesan": str(uuid4()), "revisi": "²", "langkah": "district"},
        {"aksi": "tenang", "pesan": str(uuid4()), "revisi": "1", "langkah": "village"},
        {"aksi": "lain", "pesan": str(uuid4()), "revisi": "1", "langkah": "district"},
        {"aksi": "terpilih", "pesan": str(uuid4()), "revisi": "1", "langkah": "district", "sel": "x"},
    ],
)
def test_what_is_no_act_changes_nothing(world, key, posted):
    sent(world, key)
    assert client(world, VERIFIER).post(address(key), posted).status_code == 200
    assert queries.standing(OPERATOR, key).level is Level.ENDORSED


def test_evidence_leads_a_verifier_back_to_where_he_verifies(world, key):
    sent(world, key)
    proofs = f"/bukti/{key.form}/{key.region}/{key.period}"
    review = f"/periksa/{key.form}/{key.region}/{key.period}"
    page = text_of(client(world, VERIFIER).get(proofs))
    assert f'href="{review}"' in page
    assert f'href="/kirim/{key.form}' not in page
    assert f'href="{review}"' not in text_of(client(world, OPERATOR_A).get(proofs))


def test_a_form_that_nobody_began_says_so(world, key):
    page = text_of(client(world, VERIFIER).get(address(key)))
    assert "Desa belum mengisi formulir ini." in page
    assert 'name="aksi"' not in page
