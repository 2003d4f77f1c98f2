"""Pages of the registers equal a count by hand on the simulated province of Kalimantan Tengah.

A sample in each kecamatan of all 14 kabupaten and kota; `bench/registers.py` does the same with all villages.
"""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.test import Client

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.programmes import services
from sidara.programmes.core.registers import Status
from sidara.web.pages.registers import apparatus, institutions, participation
from sidara.web.pages.registers.asked import Asked
from tests.programmes.simulated_province import (
    PROVINCE,
    YEAR,
    ByHand,
    day_of_share,
    days_after,
    fill_in,
    lay_out,
)

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 1, 12, 3, tzinfo=UTC)
NOW = datetime(2026, 4, 20, 3, tzinfo=UTC)
TODAY = date(2026, 4, 20)
LEVELS = {
    "DESA": "Desa",
    "KABUPATEN": "Kabupaten/kota",
    "PROVINSI": "Provinsi",
    "PUSAT": "Pusat",
    "CSR": "Perusahaan",
}
GROUPS = {
    "women": "Perempuan",
    "men": "Laki-laki",
    "poor": "Keluarga miskin",
    "youth": "Pemuda",
    "elderly": "Lansia",
    "disabled": "Penyandang disabilitas",
    "elements": "Unsur masyarakat",
}
TOOK_PART = {
    "officials": "Perangkat desa",
    "heads": "Kepala desa",
    "board": "Anggota BPD",
    "institutions": "Pengurus lembaga",
    "people": "Warga",
    "women": "Perempuan di antara semuanya",
}
STEPS = {
    "DICATAT": "Dicatat",
    "MASUK_RKP": "Masuk rencana",
    "DIANGGARKAN": "Dianggarkan",
    "TERLAKSANA": "Terlaksana",
}
PAGES = {"aparatur": apparatus, "partisipasi": participation, "lembaga": institutions}


@pytest.fixture
def by_hand(db, settings):
    """One village of each kecamatan, two of the first of each kabupaten; these save some days apart.

    Drafts count (status *all*); the other statuses are counted in `test_registers_by_hand.py`.
    """
    settings.SIDARA_PROVINCE = PROVINCE
    chosen: dict[str, list[str]] = {}
    for code in lay_out(BEGAN):
        own = chosen.setdefault(code[:8], [])
        if len(own) < 1 + code[6:8].endswith("1"):
            own.append(code)
    villages = [code for own in chosen.values() for code in own]
    regencies = sorted({code[:5] for code in villages})
    assert (len(regencies), len(chosen)) == (14, 136)
    saved = {}
    for number, regency in enumerate(regencies):
        moment, day = days_after(BEGAN, 5 * number)
        own = [code for code in villages if code.startswith(regency)]
        fill_in(own, moment)
        saved |= dict.fromkeys(own, day)
    services.refresh_registers(OPERATOR, clock=lambda: NOW)
    return ByHand(villages, saved)


def page(name, area):
    """Give a page as who may see everything sees it, and its tables: each row's figures by column."""
    asked = Asked(himpunan="contoh", wilayah=area, tahun=str(YEAR), keadaan="semua")
    made = PAGES[name].build(OPERATOR, asked, PROVINCE, today=TODAY)
    return made, {key: rows_of(one.table) for key, one in made.files.items()}


def rows_of(table):
    keys = [one.key for one in table.columns]
    return {
        row[0].value: {key: cell.value for key, cell in zip(keys, row, strict=True)} for row in table.rows
    }


def words_of(column):
    made = dictionary.dictionary(OPERATOR)
    every = {one.code: one for own in made.lists.values() for one in own.columns}
    return {one.code: one.label for one in made.options_of(every[column])}


def figures(row, names):
    """Give the figures of a row that is there, by the names by which the count by hand calls them."""
    return {key: row[column] or 0 for key, column in names.items()}


def same(shown, counted, names):
    """Hold each figure of a row against the count by hand."""
    assert figures(shown, names) == {key: counted[key] for key in names}


def areas_below(by_hand, area):
    """Give the areas of the next level below in which a village of the sample lies."""
    length = {2: 5, 5: 8, 8: 13}[len(area)]
    return sorted({code[:length] for code in by_hand.under(area)})


def test_every_page_equals_the_count_by_hand(by_hand):
    regencies = areas_below(by_hand, PROVINCE)
    district = areas_below(by_hand, regencies[7])[0]
    for area in (PROVINCE, *regencies, district, by_hand.villages[-1]):
        apparatus_shown(by_hand, area)
        participation_shown(by_hand, area)
        institutions_shown(by_hand, area)
    told, _ = by_hand.total("62.07", Status.ALL, "lembaga")
    asked = {"wilayah": "62.07", "himpunan": "contoh", "tahun": str(YEAR), "keadaan": "semua"}
    text = Client().get("/register/lembaga", asked).content.decode()
    assert f"{told['active']} dari {told['institutions']} lembaga desa aktif" in text


def apparatus_shown(by_hand, area):
    made, shown = page("aparatur", area)
    officials, _ = by_hand.total(area, Status.ALL, "aparatur")
    trained, _ = by_hand.total(area, Status.ALL, "pelatihan")
    assert f"{officials['need']} dari" in made.title.replace(".", "")
    keys = ("posts", "filled", "acting", "vacant", "sex:P", "upper_secondary", "trained_this_year",
            "never_trained", "need")  # fmt: skip
    by_area(by_hand, area, shown["wilayah"], "aparatur", {key: key for key in keys})
    posts = {"post": "menurut_sotk", "filled": "terisi", "need_post": "belum_dilatih"}
    for code, words in words_of("APR_001").items():
        if officials[f"post:{code}"]:
            same(shown["jabatan"][words], officials, {f"{key}:{code}": one for key, one in posts.items()})
    for code, words in words_of("APR_004").items():
        same(shown["pendidikan"][words], officials, {f"education:{code}": "perangkat"})
    assert sum(row["perangkat"] for row in shown["pendidikan"].values()) == officials["filled"]
    for code, words in words_of("PLT_002").items():
        same(shown["topik"][words], officials, {f"wanted:{code}": "diminta"})
        same(shown["topik"][words], trained, {f"training:{code}": "pelatihan", f"seats:{code}": "kehadiran"})
    assert sum(row["kebutuhan"] for row in shown["topik"].values()) == officials["need"]
    if trained["trainings"]:
        months = [row["pelatihan"] for row in shown["kalender"].values()]
        assert months == [trained[f"month:{month}"] for month in range(1, 13)]
        for key, words in TOOK_PART.items():
            same(shown["peserta"][words], trained, {key: "kehadiran"})
    by_area(by_hand, area, shown["rencana-wilayah"], "aparatur", {"need": "belum_dilatih"})


def participation_shown(by_hand, area):
    made, shown = page("partisipasi", area)
    met, _ = by_hand.total(area, Status.ALL, "musyawarah")
    proposed, _ = by_hand.total(area, Status.ALL, "usulan")
    open_ = proposed["proposals"] - proposed["answered"]
    assert (f"{open_} dari {proposed['proposals']} usulan" if open_ else "sudah dijawab") in made.title
    for group, words in GROUPS.items():
        same(shown["kehadiran"][words], met, {group: "kehadiran", f"{group}:met": "musyawarah"})
    for code, words in words_of("MSY_001").items():
        same(shown["jenis"][words], met, {f"kind:{code}": "musyawarah"})
    keys = ("meetings", "minutes", "attendance", "women", "poor", "youth", "disabled")
    by_area(by_hand, area, shown["musyawarah"], "musyawarah", {key: key for key in keys})
    names = {
        "proposals": "proposals",
        "answered": "answered",
        "reached:DIANGGARKAN": "reached_dianggarkan",
        "reached:TERLAKSANA": "reached_terlaksana",
        "ended": "ended",
    }
    by_area(by_hand, area, shown["usulan"], "usulan", names)
    for step, words in STEPS.items():
        same(shown["perjalanan"][words], proposed, {f"reached:{step}": "usulan"})
    for code, words in words_of("USL_011").items():
        same(shown["asal"][words], proposed, {f"origin:{code}": "usulan", f"taken:{code}": "tertampung"})
    waited = by_hand.waited(area, TODAY)
    for code, words in LEVELS.items():
        own = [one for one in waited if one[0] == code]
        if not own:
            assert words not in shown["tingkat"]
            continue
        row = shown["tingkat"][words]
        answered = sum(is_answered for _, _, is_answered in own)
        counts = {"usulan": len(own), "dijawab": answered, "menunggu": len(own) - answered}
        assert figures(row, {key: key for key in counts}) == counts
        assert abs(Fraction(row["persen"]) - Fraction(100 * answered, len(own))) < Fraction(6, 100)
        days = [day_of_share(own, Fraction(quarter, 4)) for quarter in (1, 2, 3)]
        assert [row["seperempat"], row["separuh"], row["tiga_perempat"]] == days
        assert row["terlama"] == max((days for _, days, is_answered in own if not is_answered), default=None)


def institutions_shown(by_hand, area):
    made, shown = page("lembaga", area)
    told, _ = by_hand.total(area, Status.ALL, "lembaga")
    assert made.title.replace(".", "") == f"{told['active']} dari {told['institutions']} lembaga desa aktif"
    keys = ("institutions", "grounded", "active", "board", "women", "members", "served")
    by_area(by_hand, area, shown["wilayah"], "lembaga", {key: key for key in keys})
    columns = {
        "villages": "desa",
        "institutions": "lembaga",
        "grounded": "berdasar_hukum",
        "active": "aktif",
        "planned": "rencana_kerja",
        "board": "pengurus",
        "women": "pengurus_perempuan",
        "members": "anggota",
        "activities": "kegiatan",
        "served": "penerima_manfaat",
        "funds": "dana",
    }
    for code, words in words_of("LBG_001").items():
        same(shown["jenis"][words], told, {f"{key}:{code}": column for key, column in columns.items()})
    for code, words in words_of("LBG_003").items():
        same(shown["dasar-hukum"][words], told, {f"ground:{code}": "lembaga"})


def by_area(by_hand, area, shown, code, names):
    """Hold each area below against the villages in it; where nobody reported no figure stands."""
    if len(area) == len("62.01.01.9001"):
        assert list(shown) == [area]
        same(shown[area], by_hand.total(area, Status.ALL, code)[0], names)
        return
    below = areas_below(by_hand, area)
    for one in below:
        total, reported = by_hand.total(one, Status.ALL, code)
        assert shown[one]["desa_melapor"] == reported
        same(shown[one], total, names)
    whole = by_hand.total(area, Status.ALL, code)[0]
    for key, column in names.items():
        assert sum(row[column] or 0 for row in shown.values()) == whole[key], (area, key)
    assert not any(row["desa_melapor"] for one, row in shown.items() if one not in below)
