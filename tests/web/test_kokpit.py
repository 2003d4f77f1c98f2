"""The kokpit: what it finds, its tiles and ways down, who is named to whom, texts to copy, files."""

import pytest
from django.test import Client

from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.number import Language
from sidara.progress import queries
from sidara.regions import queries as regions
from sidara.ui.language import speaking
from sidara.web.pages.kokpit import page
from sidara.web.pages.kokpit.asked import Asked, read
from tests.progress.conftest import TODAY, refreshed, submitted
from tests.progress.conftest import province as small_province
from tests.verification.conftest import person

province = small_province
pytestmark = pytest.mark.django_db
FORMS = ("KEP_SEMESTER", "PEM_TAHUNAN", "KES_TRIWULAN")


def built(actor=OPERATOR, *, whole=False, **told):
    return page.build(actor, Asked(**told), "19", today=TODAY, whole=whole)


def test_the_page_before_anybody_began(db):
    answer = Client().get("/kokpit")
    assert answer.status_code == 200
    assert "Wilayah ini tidak ada" in answer.content.decode()


def test_a_finding_figures_tiles_and_ways_down(province, settings):
    settings.SIDARA_PROVINCE = "19"
    village = province[0]
    submitted(village, forms=FORMS)
    refreshed()
    made = built()
    assert made.is_simulated
    assert made.title == "393 dari 393 desa dan kelurahan belum mengirim semua formulir"
    assert [one.label for one in made.heat.columns][:2] == ["Pemerintahan", "Kependudukan"]
    assert len(made.heat.rows) == 7
    assert made.heat.rows[-1].name.label == regions.resolve(OPERATOR, village[:5]).name
    district = built(wilayah=village[:8], bidang="KEP")
    own = next(
        row
        for row in district.heat.rows
        if row.name.href.endswith(f"wilayah={village}&tahun=2025&bidang=KEP")
    )
    assert len({one.label for one in district.heat.columns}) == len(district.heat.columns) > 1
    at = next(n for n, one in enumerate(district.heat.columns) if "formulir=KEP_SEMESTER" in one.href)
    sums = queries.rolled(
        OPERATOR,
        queries.Scope(under=village, year=2025, form="KEP_SEMESTER"),
        by=("form",),
        today=TODAY,
    )[("KEP_SEMESTER",)]
    assert own.tiles[at].text == f"{100 * sums.filled // (sums.required - sums.not_applicable)}"
    answer = Client().get("/kokpit", {"himpunan": "contoh", "ukuran": "umur"})
    text = answer.content.decode()
    assert "SIMULASI" in text
    assert village not in text
    assert "style=" not in text
    assert built(himpunan="nyata").heat is None


def test_villages_are_named_to_who_answers_for_them_only(province):
    village = province[0]
    submitted(village, forms=FORMS)
    refreshed()
    codes = {one.code for one in regions.villages(OPERATOR, village[:8], examples=True)}
    verifier = person("verifikator-kecamatan", under=village[:8], holds=codes)
    for public in (PUBLIC, person("operator-desa", under=village)):
        made = built(public)
        assert (made.held.named, made.villages, list(made.held.reminders)) == (None, None, [])
        assert made.held.reasons is not None
        assert set(built(public, whole=True).files) == {"ringkasan", "alasan"}
    seen = built(verifier, whole=True)
    assert {row[0].value for row in seen.files["tertahan"].table.rows} <= codes
    assert {row[0].value for row in seen.files["desa"].table.rows} == codes
    assert seen.files["desa"].is_simulated
    office = person("opd", under=village[:5], sectors={"KES"}, holds=codes)
    assert {one.form for one in queries.rows(office, queries.Scope(under=village))} == {
        one.form for one in queries.rows(OPERATOR, queries.Scope(under=village, sector="KES"))
    }


def test_a_village_is_opened_by_who_answers_for_it_only(province):
    village, other = province[0], next(one for one in province if one[:8] != province[0][:8])
    submitted(village, forms=FORMS)
    refreshed()
    verifier = person("verifikator-kecamatan", under=village[:8], holds={village})
    assert built(verifier, wilayah=village).heat is None
    assert built(verifier, wilayah=village).villages is not None
    for actor, code in ((verifier, other), (PUBLIC, village)):
        made = built(actor, wilayah=code)
        assert (made.title, made.items) == ("Wilayah ini tidak ada", ())


@pytest.mark.parametrize("name", ["himpunan", "wilayah", "tahun", "bidang", "formulir", "periode", "ukuran"])
def test_signs_that_no_record_holds_are_left_out_of_what_is_asked(name):
    assert read({name: "2026\0"}) == Asked()


def test_an_office_begins_with_its_own_area_and_may_go_up(province, settings):
    settings.SIDARA_PROVINCE = "19"
    village = province[0]
    submitted(village, forms=FORMS)
    refreshed()
    for code, role in ((village[:5], "pmd-kabupaten"), (village[:8], "verifikator-kecamatan")):
        made = built(person(role, under=code))
        area = regions.resolve(OPERATOR, code)
        assert made.above.startswith(area.full_name)
        assert f"wilayah={code}" in made.query
        assert made.area == code, "its files are of the same area"
        assert "wilayah=19&" in made.trail[0].href
        assert built(person(role, under=code), wilayah="19").title.startswith("393 dari 393")
    for wide in (
        PUBLIC,
        OPERATOR,
        person("pmd-provinsi", under="19"),
        person("operator-desa", under=village),
    ):
        assert built(wide).title.startswith("393 dari 393")


def test_reminders_say_which_form_is_missing_until_when(province, settings):
    settings.SIDARA_PROVINCE = "19"
    village = province[0]
    submitted(village, forms=FORMS)
    refreshed()
    made = built(wilayah=village[:8])
    (first, *_) = made.held.reminders
    assert "Yth. Bapak/Ibu" in first.text
    assert "batas" in first.text
    assert "{" not in first.text
    with speaking(Language.ENGLISH):
        english = built(wilayah=village[:8])
    told = [one.text for one in made.held.reminders]
    assert any("triwulan" in one or "semester" in one for one in told)
    assert [one.text for one in english.held.reminders] == told, "they go to people who speak Indonesian"
    answer = Client().get("/kokpit/ringkasan.csv", {"himpunan": "contoh"})
    assert "SIMULASI" in answer.headers["Content-Disposition"]
    assert answer.content.decode().count("\n") > 7 * 9
