"""Editing the dictionary by pages: what is typed comes back, faults stand at fields, a draft is saved."""

import io
import re
from datetime import date
from uuid import UUID

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from pyxform.xls2xform import convert

from sidara.accounts import services as accounts
from sidara.dictionary import queries, services
from sidara.dictionary.core import Dictionary, Thing, plain, thing_of
from sidara.dictionary.queries.revisions import _packaged
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.web.pages.editing import filled, posted, words
from sidara.web.pages.editing.shapes import Look, shapes
from tests.dictionary.conftest import clock, edited, save
from tests.dictionary.test_drafts import SMALL
from tests.language import catalogues, untranslated
from tests.world import PASSWORD, add_totp

KNOWN = {
    message.id: message.string
    for room in catalogues().ROOMS
    for message in catalogues().read(room)
    if message.id and "{" not in message.id
}


def typed(fields: tuple[filled.Filled, ...], into: QueryDict) -> None:
    """Send a form back as a browser does that changed nothing."""
    for one in fields:
        if one.look is Look.GROUP:
            typed(one.fields, into)
        elif one.look is Look.ROWS:
            for row in one.rows:
                into.appendlist(one.path, row.number)
                typed(row.fields, into)
        elif one.look is Look.TICK:
            if one.text:
                into[one.path] = one.text
        elif one.choices:
            into.setlist(one.path, [choice.value for choice in one.choices if choice.is_chosen])
        else:
            into[one.path] = one.text.replace("\n", "\r\n")


def returned(kind: Thing, body: dict, known: Dictionary) -> dict:
    into = QueryDict(mutable=True)
    for group in filled.groups(kind, body, known, {}):
        typed(group.fields, into)
    return posted.body_of(into, shapes(kind))


@pytest.mark.parametrize("kind", list(Thing))
def test_a_form_that_is_sent_back_unchanged_changes_nothing(kind):
    known = _packaged()
    for code, thing in known.of(kind).items():
        again, findings = thing_of(kind, returned(kind, plain(thing), known))
        assert (findings, again) == ((), thing), code


def test_every_kind_and_every_field_has_its_words():
    assert set(words.KINDS) == set(Thing)
    missing = set()

    def walk(made, inside):
        for one in inside:
            if words.name_of(made, one.key) == one.key:
                missing.add((made, one.key))
            walk(one.of, one.inside)

    for kind in Thing:
        walk(str(kind), shapes(kind))
    assert missing == set()


@pytest.fixture
def small(db):
    """A small dictionary as revision 1."""
    services.load(OPERATOR, clock=clock, files=[(SMALL.name, SMALL.read_bytes())])


def walidata(login: str) -> Client:
    """A browser in which a data steward has logged in."""
    done = accounts.create(
        OPERATOR,
        login_name=login,
        name=f"Contoh {login}",
        function="Petugas contoh",
        role="walidata",
        under=(),
        is_everywhere=True,
        sectors=(),
        valid_from=date(2026, 1, 1),
        valid_to=None,
    )
    accounts.use_code(PUBLIC, login_name=login, text=done.code, password=PASSWORD)
    add_totp(done.account_id)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=done.account_id))
    return client


@pytest.fixture
def siti(small) -> Client:
    return walidata("siti")


def opened(client: Client, title: str = "Rancangan uji") -> str:
    answer = client.post("/kamus/rancangan", {"judul": title})
    assert answer.status_code == 302
    return answer["location"]


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    text = answer.content.decode()
    assert " style=" not in text
    assert text.count("<h1") == 1
    return text


def form_of(client: Client, path: str) -> QueryDict:
    """Give the fields of the form of an entry as a browser would send them."""
    shown = client.get(path).context["page"]
    into = QueryDict(mutable=True)
    for group in shown.groups:
        typed(group.fields, into)
    return into


def send(client: Client, path: str, values: QueryDict, **changed: str):
    made = values.copy()
    for name, value in changed.items():
        made[name.replace("__", ".")] = value
    return client.post(path, made.urlencode(), content_type="application/x-www-form-urlencoded")


def taken(client: Client, kind: str, code: str) -> str:
    """Take an entry into a new draft; give the address of its form."""
    return client.post(f"/kamus/ubah/{kind}/{code}", {"judul": "Rancangan uji"})["location"]


def test_the_pages_are_there_for_who_may_edit_only(siti):
    draft = opened(siti)
    for path in (
        "/kamus/rancangan", draft, f"{draft}/elemen", f"{draft}/formulir", f"{draft}/daftar",
        f"{draft}/klasifikasi", f"{draft}/bidang-baru", f"{draft}/impor", f"{draft}/elemen/KEP_001",
        f"{draft}/uji/KEP_TAHUNAN", "/kamus/ubah/elemen/KEP_001", "/en/kamus/rancangan",
        f"/en{draft}/elemen/KEP_001",
    ):  # fmt: skip
        page(siti, path)
        assert Client().get(path).status_code == 302, path
    for path in ("/kamus/riwayat", "/kamus/riwayat/1", "/kamus/riwayat/elemen/KEP_001"):
        page(Client(), path)
    for path in (f"{draft}/apa", f"{draft}/elemen/KEP_999", "/kamus/ubah/elemen/KEP_999", "/kamus/riwayat/9",
                 f"/kamus/rancangan/{UUID(int=1)}", f"{draft}/uji/TIDAK",
        f"{draft}/xlsform/TIDAK.xlsx"):  # fmt: skip
        assert siti.get(path).status_code == 404, path
    assert 'href="/kamus/ubah/elemen/KEP_001"' in page(siti, "/kamus/KEP_001")
    assert "/kamus/ubah/" not in page(Client(), "/kamus/KEP_001")
    assert 'href="/kamus/ubah/formulir/KEP_TAHUNAN"' in page(siti, "/formulir/KEP_TAHUNAN")


def test_english_pages_hold_no_indonesian(siti):
    address = taken(siti, "elemen", "KEP_001")
    draft = address.partition("/elemen")[0]
    send(siti, address, form_of(siti, address), question="", rules__0__holds="KEP-001 > 1")
    save(edited("KEP_001", name="Warga"))
    paths = ("/kamus/rancangan", draft, address, f"{draft}/elemen", f"{draft}/bidang-baru", f"{draft}/impor",
             f"{draft}/jendela", "/kamus/ubah/elemen/KEP_002", f"{draft}/uji/KEP_TAHUNAN", "/kamus/riwayat",
             "/kamus/riwayat/2", "/kamus/riwayat/elemen/KEP_001")  # fmt: skip
    found = {path: untranslated(page(siti, f"/en{path}"), KNOWN) for path in paths}
    assert {path: words for path, words in found.items() if words} == {}


def test_a_changed_question_goes_from_its_form_to_the_history(siti):
    address = taken(siti, "elemen", "KEP_001")
    draft = address.partition("/elemen")[0]
    done = send(siti, address, form_of(siti, address), question="Berapa jiwa penduduk?")
    assert done["location"] == draft
    shown = page(siti, draft)
    assert '<del lang="id">Berapa penduduk desa?</del>' in shown
    assert '<ins lang="id">Berapa jiwa penduduk?</ins>' in shown
    assert "dari v1 ke v2" in shown
    top = shown[: shown.index("Yang dikerjakan")]
    assert f'href="{draft}/elemen?formulir=KEP_TAHUNAN">Tambah elemen ke KEP_TAHUNAN' in top
    assert 'href="#simpan-j"' in top
    assert "Tambah elemen ke" not in page(siti, f"{opened(siti)}"), "an empty draft has nothing to jump to"
    refused = siti.post(draft, {"aksi": "simpan", "alasan": ""})
    assert refused.status_code == 200
    assert "Alasan perubahan belum ditulis" in refused.content.decode()
    siti.post(draft, {"aksi": "simpan", "alasan": "lebih jelas"})
    assert queries.dictionary(OPERATOR).variables["KEP_001"].question == "Berapa jiwa penduduk?"
    assert "lebih jelas" in page(Client(), "/kamus/riwayat")
    assert "Berapa jiwa penduduk?" in page(Client(), "/kamus/riwayat/2")
    assert "Berapa jiwa penduduk?" in page(Client(), "/kamus/riwayat/elemen/KEP_001")
    assert "disimpan sebagai revisi 2" in page(siti, "/kamus/rancangan")


def test_faults_stand_at_their_field_and_nothing_is_lost(siti):
    address = taken(siti, "elemen", "KEP_001")
    values = form_of(siti, address)
    done = send(
        siti,
        address,
        values,
        question="",
        decimals="dua",
        rules__0__holds="KEP-001 > 1",
        range__minimum="0,5",
    )
    assert done["location"] == address
    shown = page(siti, address)
    assert 'value="dua"' in shown
    assert "KEP-001 &gt; 1" in shown
    listed = re.findall(r'<a href="#(f-[\w-]+)">', shown)
    assert {"f-question", "f-decimals"} <= set(listed)
    for anchor in listed:
        assert f'id="{anchor}"' in shown, anchor
    assert 'id="f-question-g"' in shown
    assert "kuncinya" not in shown  # no words of files
    send(siti, address, form_of(siti, address), question="Berapa?", decimals="0")
    shown = page(siti, address)
    assert re.findall(r'<a href="#(f-[\w-]+)">', shown) == ["f-rules-0-holds"]
    assert 'value="0.5"' in shown
    draft = address.partition("/elemen")[0]
    assert "Perbaiki dulu 1 temuan" in page(siti, draft)
    assert "Belum dapat dicoba" in page(siti, f"{draft}/uji/KEP_TAHUNAN")


def test_rows_are_added_moved_and_removed_by_buttons_that_keep_all_input(siti):
    address = taken(siti, "elemen", "KEP_001")
    done = send(siti, address, form_of(siti, address), name="Jiwa", tambah="rules")
    assert done["location"] == f"{address}#f-rules"
    values = form_of(siti, address)
    assert values["name"] == "Jiwa"
    assert values.getlist("rules") == ["0", "1"]
    send(siti, address, values, rules__1__holds="KEP_001 >= 0", rules__1__severity="info",
         rules__1__message="Kosong.", naik="rules.1")  # fmt: skip
    values = form_of(siti, address)
    assert (values["rules.0.holds"], values["rules.1.holds"]) == ("KEP_001 >= 0", "KEP_001 >= KEP_002")
    assert (values["rules.0.code"], values["rules.1.code"]) == ("KEP_001_a", "KEP_001_b")
    send(siti, address, values, hapus="rules.0")
    assert form_of(siti, address)["rules.0.holds"] == "KEP_001 >= KEP_002"
    send(siti, address, form_of(siti, address), tambah="rules")
    send(siti, address, form_of(siti, address))
    assert form_of(siti, address).getlist("rules") == ["0"], "a row that says nothing falls out"


def test_a_new_sector_with_form_codelist_element_and_list_needs_no_code(siti):
    draft = opened(siti, "Perikanan")
    bad = siti.post(f"{draft}/bidang-baru", {"bidang": "ik", "nama": "", "opd": "", "frekuensi": "x"})
    assert bad.status_code == 200
    assert bad.content.decode().count('class="galat"') == 4
    done = siti.post(
        f"{draft}/bidang-baru",
        {"bidang": "IKN", "nama": "Perikanan", "opd_kode": "DISKAN", "opd_nama": "Dinas Perikanan",
        "frekuensi": "tahunan"},
    )  # fmt: skip
    assert done.status_code == 302
    address = f"{draft}/klasifikasi"
    values = form_of(siti, address)
    values.setlist("categories", ["0", "1"])
    for number, (code, label) in enumerate((("KRB", "Keramba"), ("KLM", "Kolam"))):
        values[f"categories.{number}.code"], values[f"categories.{number}.label"] = code, label
    send(siti, address, values, code="JENIS_IKAN", name="Tempat ikan", has_total="on")
    address = f"{draft}/elemen?formulir=IKN_TAHUNAN"
    values = form_of(siti, address)
    assert values["code"] == "IKN_001"
    values.setlist("classifications", ["JENIS_IKAN"])
    done = send(
        siti, f"{draft}/elemen", values, name="Tempat ikan", question="Berapa tempat ikan?",
        definition="Tempat memelihara ikan", reason="Pangan.", example="Ada 3: isi 3.",
        evidence="Catatan kelompok",
        unit="keramba", measure="jumlah", concept="Perikanan", agency="DISKAN", field="ekonomi",
        sources="uji",
        parts="sama_dengan_total", confidence="inferred", text_confidence="inferred",
    )  # fmt: skip
    address = done["location"]
    assert "Tambahkan satuan “keramba”" in page(siti, address)
    for key in ("unit:keramba", "concept:Perikanan"):
        send(siti, address, form_of(siti, address), tambah_entri=key)
    done = send(siti, address, form_of(siti, address))
    assert done["location"] == draft, re.findall(r'<a href="#.*', page(siti, address))
    address = f"{draft}/daftar?formulir=IKN_TAHUNAN"
    values = form_of(siti, address)
    values.setlist("columns", ["0"])
    column = {
        "code": "IKN_101", "name": "Kelompok", "definition": "Nama kelompok", "question": "Apa namanya?",
        "reason": "Mengenali.", "example": "Mina Jaya", "evidence": "SK", "unit": "orang", "type": "teks",
        "confidentiality": "terbuka", "filled_by": "isi", "confidence": "inferred",
        "text_confidence": "inferred",
    }  # fmt: skip
    for key, value in column.items():
        values[f"columns.0.{key}"] = value
    done = send(siti, f"{draft}/daftar", values, code="kelompok", name="Daftar kelompok", register="kelompok",
                applies_to="desa", rows="keadaan", hint="Satu baris tiap kelompok.",
        label="IKN_101")  # fmt: skip
    assert done["location"] == draft
    assert "formulir baru, v1" in page(siti, draft)
    content = siti.get(f"{draft}/xlsform/IKN_TAHUNAN.xlsx").content
    assert convert(io.BytesIO(content), file_type=".xlsx").xform
    siti.post(draft, {"aksi": "simpan", "alasan": "bidang baru"})
    assert "IKN_TAHUNAN" in page(Client(), "/formulir")
    shown = page(Client(), "/formulir/IKN_TAHUNAN")
    assert "Berapa tempat ikan?" in shown
    assert "Keramba; Kolam" in shown
    assert "Daftar kelompok" in shown


def test_a_trial_run_shows_what_the_checks_find(siti):
    address = taken(siti, "elemen", "KEP_001")
    draft = address.partition("/elemen")[0]
    send(
        siti, address, form_of(siti, address), rules__0__holds="KEP_001 >= 2 * KEP_002",
        rules__0__message="Penduduk {KEP_001} kurang dari dua kali anak {KEP_002}.",
    )  # fmt: skip
    uji = f"{draft}/uji/KEP_TAHUNAN"
    assert "c|KEP_001|JK:L" in page(siti, uji)
    answers = {"c|KEP_001|JK:L": "6", "c|KEP_001|JK:P": "4", "c|KEP_001|_T": "10", "c|KEP_002|_T": "7"}
    found = siti.post(uji, answers).content.decode()
    assert "Penduduk 10 kurang dari dua kali anak 7." in found
    assert "KEP_001_a" in found
    good = siti.post(uji, {**answers, "c|KEP_002|_T": "5"}).content.decode()
    assert "Tidak ada yang janggal" in good
    wrong = siti.post(uji, {**answers, "c|KEP_001|JK:L": "banyak"}).content.decode()
    assert "“banyak” bukan bilangan bulat." in wrong
    assert queries.dictionary(OPERATOR).revision == 1
    rows = siti.post(f"{draft}/uji/PEM_TAHUNAN", {"n|lembaga": "0", "tambah": "lembaga"}).content.decode()
    assert 'name="r|lembaga|0|LBG_001"' in rows


def test_a_save_of_somebody_else_is_shown_beside_the_own_and_joined(siti):
    address = taken(siti, "elemen", "KEP_001")
    draft = address.partition("/elemen")[0]
    send(siti, address, form_of(siti, address), name="Jiwa")
    save(edited("KEP_001", name="Warga", example="Ada 3: isi 3."))
    refused = siti.post(draft, {"aksi": "simpan", "alasan": "uji"})
    assert refused.status_code == 200
    shown = refused.content.decode()
    assert "Orang lain lebih dulu menyimpan" in shown
    assert "Jiwa" in shown
    assert "Warga" in shown
    siti.post(draft, {"aksi": "gabung", "variable|KEP_001|name": "saya"})
    siti.post(draft, {"aksi": "simpan", "alasan": "uji"})
    now = queries.dictionary(OPERATOR).variables["KEP_001"]
    assert (now.name, now.example) == ("Jiwa", "Ada 3: isi 3.")


def test_somebody_elses_draft_is_read_and_copied(siti):
    address = taken(siti, "elemen", "KEP_001")
    draft = address.partition("/elemen")[0]
    budi = walidata("budi")
    assert "Simpan ke rancangan" not in page(budi, address)
    assert "Simpan ke kamus" not in page(budi, draft)
    assert send(budi, address, form_of(budi, address), name="Warga").status_code == 403
    copied = budi.post(draft, {"aksi": "salin"})["location"]
    assert copied != draft
    assert "KEP_001" in page(budi, copied)


def test_entries_leave_a_draft_or_the_dictionary(siti):
    address = taken(siti, "elemen", "PEM_001")
    draft = address.partition("/elemen")[0]
    siti.post(f"{draft}?entri=variable|PEM_001|", {"aksi": "hapus"})
    assert "akan dihapus" in page(siti, draft)
    assert "Akan dihapus" in page(siti, address)
    siti.post(f"{draft}?entri=variable|PEM_001|", {"aksi": "keluarkan"})
    assert "Belum ada yang diubah" in page(siti, draft)
    siti.post(draft, {"aksi": "buang"})
    assert "dibuang" in page(siti, "/kamus/rancangan")
    siti.post(draft, {"aksi": "buka-lagi"})
    assert "Simpan ke kamus" in page(siti, draft)
    assert siti.post(draft, {"aksi": "apa"}).status_code == 404


def test_an_xlsform_comes_into_a_draft(siti):
    draft = opened(siti)
    assert "Berkas belum dipilih" in siti.post(f"{draft}/impor").content.decode()
    broken = SimpleUploadedFile("rusak.xlsx", b"PK")
    shown = siti.post(f"{draft}/impor", {"berkas": broken}).content.decode()
    assert "rusak.xlsx" in shown
    content = siti.get("/formulir/KEP_TAHUNAN/xlsform.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell in (cell for row in book["survey"].iter_rows() for cell in row):
        if cell.value == "Berapa anak?":
            cell.value = "Berapa anak kecil?"
    out = io.BytesIO()
    book.save(out)
    siti.post(f"{draft}/impor", {"berkas": SimpleUploadedFile("KEP.xlsx", out.getvalue())})
    assert "Berapa anak kecil?" in page(siti, draft)
