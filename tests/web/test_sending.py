"""The page before and after sending: what is missing, what is doubtful, and the acts of the village."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from sidara.collection import queries as collection
from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary import services as dictionary_services
from sidara.dictionary.core import plain
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.period import Frequency, last_ended, parse
from sidara.verification import queries
from sidara.verification.core import Level
from tests.accounts.conftest import world
from tests.copied import shipped
from tests.web.people import client
from tests.world import World

__all__ = ["world"]
VILLAGE = "62.01.02.2016"
GOOD = {"KEP_001": "100", "KEP_002": "60", "KEP_003": "40", "KEP_004": "30"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def key(world: World) -> SubmissionKey:
    """The last half year, whose window is made to be open today whenever the test runs."""
    shipped(now)
    made = dictionary.dictionary(OPERATOR)
    wide = plain(made.windows["SEMESTERAN"]) | {"late_until": {"months": 12, "day": 31}}
    done = dictionary_services.save(
        OPERATOR,
        changes={("window", "SEMESTERAN"): wide},
        reason="uji",
        base_revision=made.revision,
        clock=now,
    )
    assert done.is_stored, done.findings
    period = last_ended(Frequency.SEMESTER, now().date() - timedelta(days=2))
    return SubmissionKey("KEP_SEMESTER", VILLAGE, str(period))


def address(key: SubmissionKey) -> str:
    return f"/kirim/{key.form}/{key.region}/{key.period}"


def save(key: SubmissionKey, **cells: str) -> None:
    given = [Given(code, text) for code, text in cells.items()]
    base = queries.judged(OPERATOR, key, today=now().date()).revision
    one = saving.Save(key, base, uuid4(), Source.WEB, given)
    assert not saving.save_cells(OPERATOR, save=one, now=now()).account.rejected


def shown(asker: Client, key: SubmissionKey) -> str:
    answer = asker.get(address(key))
    assert answer.status_code == 200
    return answer.content.decode()


def press(asker: Client, key: SubmissionKey, act: str, text: str = "", **other: str):
    """Press a button of the page as it was shown."""
    hidden = dict(re.findall(r'name="(pesan|revisi|isi)" value="([^"]*)"', text or shown(asker, key)))
    return asker.post(address(key), {**hidden, "aksi": act, **other})


def level(key: SubmissionKey) -> Level:
    return queries.standing(OPERATOR, key).level


def test_what_is_missing_and_wrong_is_listed_with_links_into_the_form(world, key):
    operator = client(world, "operator-desa-a")
    text = shown(operator, key)
    assert "Formulir ini belum diisi." in text
    assert "Yang kurang (4)" in text
    assert 'value="kirim"' not in text
    save(key, **GOOD | {"KEP_004": "300"})
    text = shown(operator, key)
    assert "Yang kurang" not in text
    assert "Yang perlu dibetulkan (" in text
    assert f'href="/isi/{key.form}/{VILLAGE}/{key.period}?bagian=' in text
    assert 'value="kirim"' not in text
    assert text.count("<h1") == 1
    assert " style=" not in text


def test_each_missing_part_of_a_breakdown_is_named(world, key):
    money = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2025-Q1")
    missing = re.findall(r'class="hal".*?</ul>', shown(client(world, "operator-desa-a"), money), re.DOTALL)[0]
    told = re.findall(r'#sel-[^"]+">([^<]+)</a>', missing)
    assert len(told) == len(set(told)) > 1


def test_a_missing_answer_of_a_list_names_its_row_and_leads_to_its_field(world, key):
    form, row = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2025"), "018f0000-0000-7000-8000-000000000001"
    given = [Given("USL_001", "Rabat beton", row=row)]
    saving.save_cells(OPERATOR, save=saving.Save(form, 0, uuid4(), Source.WEB, given), now=now())
    asker = client(world, "operator-desa-a")
    text = shown(asker, form)
    href, said = re.search(rf'<a href="([^"]*#sel-{row}-USL_[^"]*)">([^<]*)</a>', text).groups()
    assert said.startswith("Baris 1 ")
    page, _, field = href.replace("&amp;", "&").partition("#")
    assert f'id="{field}"' in asker.get(page).content.decode()


def test_who_endorses_sees_what_stands_in_the_form_above_the_button(world, key):
    save(key, **GOOD | {"KEP_001": "1100", "KEP_002": "1060", "KEP_004": "300"})
    operator, head = client(world, "operator-desa-a"), client(world, "kepala-desa-a")
    draft = shown(operator, key)
    assert draft.index('id="isinya"') > draft.index('value="kirim"')
    assert '<details class="lipat" open>' not in draft
    press(operator, key, "kirim", draft)
    text = shown(head, key)
    assert text.index('id="isinya"') < text.index('value="sahkan"')
    part = text[text.index('id="isinya"') : text.index('value="sahkan"')]
    told = dict(re.findall(r'<th scope="row">([^<]*)</th>\s*<td class="t"[^>]*>([^<]*)</td>', part))
    made = dictionary.dictionary(OPERATOR).variables
    assert told[made["KEP_001"].question] == "1.100 orang"
    assert told[made["KEP_008"].question] == "belum diisi"
    assert '<details class="lipat" open>' in part
    assert " style=" not in text


def test_rows_of_lists_are_shown_and_a_list_that_is_empty_says_so(world, key):
    plans, row = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2025"), "018f0000-0000-7000-8000-000000000001"
    given = [Given("USL_001", "Rabat beton", row=row), Given("USL_013", "MASUK_RKP", row=row)]
    saving.save_cells(OPERATOR, save=saving.Save(plans, 0, uuid4(), Source.WEB, given), now=now())
    asker = client(world, "operator-desa-a")
    text = shown(asker, plans)
    assert "Baris 1" in text
    assert ">Rabat beton</td>" in text
    gone = [Given("usulan", "dihapus", row=row), Given("usulan", state="tidak_ada")]
    saving.save_cells(OPERATOR, save=saving.Save(plans, 1, uuid4(), Source.WEB, gone), now=now())
    text = shown(asker, plans)
    assert "Dinyatakan tidak ada isinya." in text
    assert "Rabat beton</td>" not in text


@pytest.mark.parametrize(
    ("period", "words"),
    [("2024-S1", "Penerimaan formulir ini berakhir "), ("2060-S1", "Formulir ini baru dapat dikirim mulai ")],
)
def test_a_form_whose_window_is_closed_is_not_called_ready(world, key, period, words):
    closed = SubmissionKey(key.form, VILLAGE, period)
    save(closed, **GOOD)
    operator = client(world, "operator-desa-a")
    text = shown(operator, closed)
    assert "siap dikirim" not in text
    assert "Formulir ini lengkap, tetapi tidak dapat dikirim sekarang." in text
    assert words in text
    assert 'value="kirim"' not in text
    form = f"/isi/{key.form}/{VILLAGE}/{period}"
    assert words in operator.get(form).content.decode()
    days = operator.get(f"{form}/paket.json").json()["days"]
    assert days["opens"] < days["until"]
    assert words in days["early"] + days["over"]
    open_ = operator.get(f"/isi/{key.form}/{VILLAGE}/{key.period}").content.decode()
    assert "tetap dapat disimpan sebagai draf" not in open_


def test_the_village_sends_endorses_and_withdraws(world, key):
    operator, head = client(world, "operator-desa-a"), client(world, "kepala-desa-a")
    save(key, **GOOD)
    assert "Formulir ini siap dikirim." in shown(operator, key)
    assert 'value="sahkan"' not in shown(head, key)
    assert press(operator, key, "kirim").status_code == 302
    assert level(key) is Level.SENT
    text = shown(operator, key)
    assert 'value="tarik"' in text
    assert 'value="kirim"' not in text
    assert press(head, key, "sahkan").status_code == 302
    assert level(key) is Level.ENDORSED
    assert "Keadaan hari ini" not in text
    text = shown(head, key)
    assert "Formulir ini sudah disahkan kepala desa. Isinya terkunci." in text
    assert "Contoh kepala-desa-a, Petugas contoh kepala-desa" in text
    assert "4 isian diisi di web" in text
    assert press(operator, key, "tarik").status_code == 302
    assert level(key) is Level.DRAFT


def test_what_was_sent_is_locked_on_the_form_until_it_is_withdrawn(world, key):
    operator, head = client(world, "operator-desa-a"), client(world, "kepala-desa-a")
    save(key, **GOOD)
    form = f"/isi/{key.form}/{VILLAGE}/{key.period}"
    assert "Simpan bagian ini" in operator.get(form).content.decode()
    assert press(operator, key, "kirim").status_code == 302
    text = operator.get(form).content.decode()
    assert "Formulir ini sudah dikirim. Isinya terkunci." in text
    assert "Simpan bagian ini" not in text
    assert operator.get(f"{form}/paket.json").json()["held"]["readonly"]
    changed = {"pesan": str(uuid4()), "revisi": "1", "asal:/KEP_004/_T": "30", "nilai:/KEP_004/_T": "31"}
    operator.post(form, changed)
    assert held(key, "KEP_004") == "30"
    assert press(head, key, "sahkan").status_code == 302
    assert press(operator, key, "tarik").status_code == 302
    assert operator.post(form, changed | {"pesan": str(uuid4())}).status_code == 302
    assert held(key, "KEP_004") == "31"


def held(key: SubmissionKey, variable: str) -> str | None:
    cells = collection.filled(OPERATOR, key).state.cells
    return next(one.content.value for cell, one in cells.items() if cell.variable == variable)


def test_a_doubt_stands_with_what_was_said_about_it(world, key):
    operator = client(world, "operator-desa-a")
    before = SubmissionKey(key.form, key.region, str(parse(key.period).preceding))
    save(before, **GOOD)
    save(key, **GOOD | {"KEP_001": "1000", "KEP_002": "960"})
    text = shown(operator, key)
    assert "Yang meragukan (" in text
    assert 'value="kirim"' not in text
    told = "Satu dusun baru masuk."
    cells = [
        Given(code, value, explanation=told) for code, value in (("KEP_001", "1000"), ("KEP_002", "960"))
    ]
    base = queries.judged(OPERATOR, key, today=now().date()).revision
    saving.save_cells(OPERATOR, save=saving.Save(key, base, uuid4(), Source.WEB, cells), now=now())
    text = shown(operator, key)
    assert told in text
    assert 'value="kirim"' in text


def test_tasks_lead_the_operator_to_send_and_the_head_to_endorse(world, key):
    operator, head = client(world, "operator-desa-a"), client(world, "kepala-desa-a")
    save(key, **GOOD)
    assert f'class="small" href="{address(key)}"' in operator.get("/tugas").content.decode()
    text = head.get("/tugas").content.decode()
    assert "Tidak ada formulir yang menunggu pengesahan Anda." in text
    assert press(operator, key, "kirim").status_code == 302
    text = head.get("/tugas").content.decode()
    assert "1 formulir menunggu pengesahan Anda." in text
    assert "Contoh operator-desa-a" in text
    assert f'href="{address(key)}"' in text
    assert "btn-lg" not in text
    text = operator.get("/tugas").content.decode()
    assert "terkirim, menunggu pengesahan kepala desa" in text
    assert "Menunggu pengesahan Anda" not in text
    press(head, key, "sahkan")
    assert "Tidak ada formulir yang menunggu" in head.get("/tugas").content.decode()


def test_a_page_pressed_twice_or_too_late_does_nothing_again(world, key):
    operator, head = client(world, "operator-desa-a"), client(world, "kepala-desa-a")
    save(key, **GOOD)
    before = shown(operator, key)
    save(key, KEP_004="29")
    stale = press(operator, key, "kirim", before)
    assert stale.status_code == 200
    assert "Isian berubah sejak Anda membukanya" in stale.content.decode()
    fresh = shown(operator, key)
    assert press(operator, key, "kirim", fresh).status_code == 302
    assert press(operator, key, "kirim", fresh).status_code == 302
    assert len(queries.standing(OPERATOR, key).events) == 1
    other = press(head, key, "sahkan", isi="f" * 64)
    assert "Isi yang terkirim bukan isi yang Anda lihat." in other.content.decode()
    assert level(key) is Level.SENT


def test_a_form_that_says_nothing_useful_changes_nothing(world, key):
    operator = client(world, "operator-desa-a")
    save(key, **GOOD)
    for posted in (
        {},
        {"aksi": "kirim"},
        {"aksi": "kirim", "pesan": str(uuid4()), "revisi": "²"},
        {"aksi": "hapus"},
    ):
        assert operator.post(address(key), posted).status_code == 200
    assert level(key) is Level.DRAFT


def test_others_do_not_act_for_the_village(world, key):
    save(key, **GOOD)
    head, neighbour = client(world, "kepala-desa-a"), client(world, "operator-desa-c")
    message = {"pesan": str(uuid4()), "revisi": "1"}
    assert head.post(address(key), message | {"aksi": "kirim"}).status_code == 403
    assert neighbour.get(address(key)).status_code == 403
    assert neighbour.post(address(key), message | {"aksi": "kirim"}).status_code == 403
    assert Client().get(address(key)).status_code == 302
    assert level(key) is Level.DRAFT
    operator = client(world, "operator-desa-a")
    assert operator.get(f"/kirim/KEP_TIADA/{VILLAGE}/2026-S1").status_code == 404
    assert operator.get(f"/kirim/KEP_SEMESTER/{VILLAGE}/2026-Q1").status_code == 404


def test_the_page_is_english_on_request(world, key):
    save(key, **GOOD)
    text = client(world, "operator-desa-a").get(f"/en{address(key)}").content.decode()
    assert "This form is ready to be sent." in text
    assert "Send for endorsement" in text


def queue(asker: Client, key: SubmissionKey, **parts: object):
    """Carry the act out as a device does that waited for a link."""
    seen = queries.judged(OPERATOR, key, today=now().date()).revision
    body = {"message_id": str(uuid4()), "revision": seen, "claimed_at": "2026-11-20T02:15:00Z"} | parts
    return asker.post(f"{address(key)}/antrean", json.dumps(body), content_type="application/json")


def test_what_waited_on_a_device_is_sent_once_with_its_own_day(world, key):
    operator, message = client(world, "operator-desa-a"), str(uuid4())
    save(key, **GOOD)
    assert queue(operator, key, message_id=message).json() == {"done": True, "repeated": False, "faults": []}
    assert level(key) is Level.SENT
    assert "diputuskan di perangkat 20 November 2026, 09.15" in shown(operator, key)
    assert press(operator, key, "tarik").status_code == 302
    again = queue(operator, key, message_id=message)
    assert again.json() == {"done": True, "repeated": True, "faults": []}
    assert level(key) is Level.DRAFT, "the same message after withdrawing sends nothing again"


@pytest.mark.parametrize(
    "clock", ["9999-12-31T23:59:59Z", "+012026-07-01T00:00:00.000Z", "0001-01-01T00:00:00Z"]
)
def test_a_clock_that_is_wrong_by_generations_sends_too(world, key, clock):
    save(key, **GOOD)
    operator = client(world, "operator-desa-a")
    assert queue(operator, key, claimed_at=clock).json()["done"]
    assert "diputuskan di perangkat, yang jamnya salah" in shown(operator, key)


def test_what_waited_on_a_device_is_refused_with_its_reasons(world, key):
    operator = client(world, "operator-desa-a")
    save(key, **GOOD | {"KEP_004": "300"})
    told = queue(operator, key).json()
    assert not told["done"]
    assert [one["code"] for one in told["faults"]][:1] == ["SEND_BLOCKED"]
    assert len(told["faults"]) > 1
    assert all(one["message"] and one["remedy"] for one in told["faults"])
    assert queue(operator, key, revision=0).json()["faults"][0]["code"] == "SEND_MOVED"
    assert level(key) is Level.DRAFT


def test_a_device_without_the_right_or_without_sense_sends_nothing(world, key):
    save(key, **GOOD)
    assert queue(client(world, "operator-desa-b"), key).status_code == 403
    assert queue(client(world, "kepala-desa-a"), key).status_code == 403
    operator = client(world, "operator-desa-a")
    for wrong in (
        {"message_id": "x"},
        {"revision": True},
        {"claimed_at": "2026-11-20T02:15:00"},
        {"revision": -1},
        {"revision": 2**53},
        {"claimed_at": "kemarin"},
    ):
        assert queue(operator, key, **wrong).status_code == 400, wrong
    assert operator.get(f"{address(key)}/antrean").status_code == 400
    nowhere = SubmissionKey("KEP_TIDAK", VILLAGE, key.period)
    body = {"message_id": str(uuid4()), "revision": 1, "claimed_at": "2026-11-20T02:15:00Z"}
    assert (
        operator.post(
            f"{address(nowhere)}/antrean", json.dumps(body), content_type="application/json"
        ).status_code
        == 404
    )
    assert level(key) is Level.DRAFT


def test_the_bundle_says_who_may_send(world, key):
    bundle = f"/isi/{key.form}/{VILLAGE}/{key.period}/paket.json"
    assert client(world, "operator-desa-a").get(bundle).json()["sends"] is True
    assert client(world, "kepala-desa-a").get(bundle).json()["sends"] is False


def test_a_form_in_which_nothing_is_required_says_so(world):
    page = client(world, "operator-desa-a").get(f"/kirim/KES_BULANAN/{VILLAGE}/2026-01").content.decode()
    assert "tidak ada yang wajib" in page
    assert "0 dari 0" not in page
