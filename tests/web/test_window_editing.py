"""Windows and milestones are edited as every entry; what a draft makes of the calendar stands on its page."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from sidara.dictionary import queries
from sidara.dictionary.core import Thing
from sidara.dictionary.core.openings import shifts
from sidara.dictionary.queries.revisions import _packaged
from sidara.kernel.actor import OPERATOR
from sidara.web import drafting_views
from tests.collection.conftest import register as register_62
from tests.copied import shipped
from tests.dictionary.conftest import clock
from tests.language import untranslated
from tests.web.test_dictionary_editing import KNOWN, form_of, page, send, taken, walidata

register = register_62
TODAY = date(2026, 11, 24)
WINDOW = "SEMESTERAN"


@pytest.fixture
def rita(register, monkeypatch) -> Client:
    shipped(clock)
    monkeypatch.setattr(drafting_views, "now", clock)
    return walidata("rita")


def semester() -> str:
    return next(code for code, one in _packaged().windows.items() if "KEP_SEMESTER" in one.forms)


def test_days_of_a_window_move_beside_the_old_ones_and_go_to_the_dictionary(rita):
    code = semester()
    address = taken(rita, "jendela", code)
    draft = address.partition("/jendela")[0]
    assert send(rita, address, form_of(rita, address), due__day="20")["location"] == draft
    shown = page(rita, draft)
    assert "Kalender menurut rancangan ini" in shown
    assert "1 Januari 2027 sampai 31 Januari 2027" in shown
    assert "1 Januari 2027 sampai 20 Januari 2027" in shown
    assert "1 Juli 2027 sampai 20 Juli 2027" in shown
    assert "2026 sampai 20 Juli 2026" not in shown, "a period whose sending is over is nobody's concern"
    assert "Formulir yang berubah versi" not in shown, "a window is no part of the version of a form"
    rita.post(draft, {"aksi": "simpan", "alasan": "musdes dimajukan"})
    assert queries.dictionary(OPERATOR).windows[code].due.day == 20
    assert "20 Januari 2027" in page(Client(), "/kalender?tahun=2027")


def test_a_group_takes_its_turn_and_an_unknown_code_is_told(rita):
    code = semester()
    begun = rita.post(f"/kamus/baru/jendela?seperti={code}", {"judul": "Bergiliran"})["location"]
    values = form_of(rita, begun)
    assert values["code"] == ""
    assert values.getlist("forms") == list(_packaged().windows[code].forms)
    address = begun.partition("?")[0]
    draft = address.partition("/jendela")[0]
    send(rita, address, values, code="BARAT", name="Kelompok barat", regions="62.01\n62.99", due__day="15",
         due__months="2")  # fmt: skip
    shown = page(rita, draft)
    assert "Kotawaringin Barat" in shown
    assert "1 Januari 2027 sampai 15 Februari 2027" in shown
    assert "tidak ada dalam daftar wilayah hari ini: 62.99" in shown
    assert "semua wilayah lainnya" not in shown, "elsewhere nothing changes"
    assert untranslated(page(rita, f"/en{draft}"), KNOWN) == []


def test_faults_of_days_stand_beside_their_fields_in_the_words_of_the_page(rita):
    address = taken(rita, "jendela", semester())
    send(rita, address, form_of(rita, address), due__day="32", opens__months="40", regions="Kobar", forms="")
    shown = page(rita, address)
    listed = re.findall(r'<a href="#(f-[\w-]+)">', shown)
    assert {"f-due", "f-opens", "f-regions", "f-forms"} <= set(listed)
    for anchor in listed:
        assert f'id="{anchor}"' in shown
    assert "jatuh tempo menunjuk bulan ke" in shown.lower()
    assert not re.search(r"\b(opens|due|late_until|months)\b", re.sub(r"<[^>]+>", " ", shown))


def test_a_moved_milestone_shows_the_windows_that_serve_it(rita):
    address = taken(rita, "tonggak", "MUSDES_RKP_DESA")
    values = form_of(rita, address)
    send(rita, address, values, days__0__starts__month="5", days__0__starts__day="4")
    shown = page(rita, address.partition("/tonggak")[0])
    assert "4 Mei 2027" in shown
    assert "1 Juni 2027" in shown


def test_links_are_there_for_who_may_change_all_sectors_only(rita):
    code = semester()
    for path in ("/kalender?tahun=2026", "/formulir/KEP_SEMESTER"):
        assert f'href="/kamus/ubah/jendela/{code}"' in page(rita, path)
        assert "/kamus/baru/jendela" in page(rita, path)
        assert "/kamus/ubah/jendela" not in page(Client(), path)
        assert "/kamus/baru/jendela" not in page(Client(), path)
    assert 'href="/kamus/ubah/tonggak/RKPD"' in page(rita, "/kalender?tahun=2026")
    assert page(rita, "/kamus/baru/jendela").count("Jendela baru") > 0
    for path in (f"/kamus/ubah/jendela/{code}", "/kamus/baru/jendela"):
        assert Client().get(path).status_code == 302
    assert rita.get("/kamus/baru/apa").status_code == 404


def test_a_removed_window_leaves_its_forms_without_one():
    made = _packaged()
    code = semester()
    without = made.with_things({(Thing.WINDOW, code): None})
    found = shifts(made, without, TODAY, {})
    assert {one.form for one in found} == set(made.windows[code].forms)
    assert all(one.before is not None and one.after is None and not one.is_same for one in found)
    assert shifts(made, made, TODAY, {}) == ()


def test_the_nearest_group_decides_what_a_region_had_before():
    """A kecamatan that gets its own window had that of its kabupaten, not that of all."""
    made = _packaged()
    base = made.windows[semester()]
    kabupaten = replace(base, code="KAB", regions=("62.01",), due=replace(base.due, day=10))
    kecamatan = replace(base, code="KEC", regions=("62.01.02",), due=replace(base.due, day=25))
    before = made.with_things({(Thing.WINDOW, "KAB"): kabupaten})
    after = before.with_things({(Thing.WINDOW, "KEC"): kecamatan})
    found = shifts(before, after, TODAY, {"62.01.02": ("62.01.02", "62.01", "62")})
    assert {(one.region, one.before.due_date.day, one.after.due_date.day) for one in found} == {
        ("62.01.02", 10, 25)
    }
