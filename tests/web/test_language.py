"""English pages: the same pages by a switch, words and figures in their language, nothing left over."""

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from sidara.indices import queries as indices
from sidara.kernel.actor import PUBLIC, PUBLIC_OPERATIONS
from sidara.kernel.number import Language
from sidara.ui.language import format_number, say, speaking
from sidara.web.pages import fields, index
from sidara.web.pages.retold import retold
from tests.language import INDONESIAN, catalogues, heard, untranslated
from tests.serving import Site

VILLAGE, KELURAHAN, OPEN, LOWER = "62.01.02.2016", "62.01.02.1005", "62.07.02.2008", "62.07.01.2009"
ADDRESSES = {
    "minutes-search": ("berita-acara", "berita-acara?kode=0000-0000-0000"),
    "home": ["", "?indeks=indeks-desa", "?peta=heksagon", "?urut=-idm"],
    "search": ["cari", "cari?q=tumbang", "cari?q=qqqqqqqqqq", "cari?q=6201022016"],
    "search-suggestions": ["cari/calon?q=tumbang", "cari/calon?q=qqqqqqqqqq"],
    "area": ["wilayah/62.01", "wilayah/62.07?indeks=indeks-desa", "wilayah/62.07.02", "wilayah/62.71"],
    "area-history": ["wilayah/62.01/riwayat"],
    "village": [f"desa/{VILLAGE}", f"desa/{KELURAHAN}", f"desa/{OPEN}", "desa/62.13.06.2003"],
    "village-history": [f"desa/{VILLAGE}/riwayat"],
    "whatif": [
        f"desa/{VILLAGE}/andai?indeks=idm&S02=0",
        f"desa/{VILLAGE}/andai?indeks=idm&S02=tinggi&aneh=1",
        f"desa/{OPEN}/andai?indeks=indeks-desa",
        f"desa/{KELURAHAN}/andai",
    ],
    "our-village": [f"desa/{VILLAGE}/untuk-desa-kami", f"desa/{KELURAHAN}/untuk-desa-kami"],
    "whatif-result": [f"desa/{VILLAGE}/andai/hasil?indeks=idm&S02=0"],
    "path": [
        f"desa/{VILLAGE}/jalur?indeks=idm",
        f"desa/{LOWER}/jalur?indeks=idm",
        f"desa/{LOWER}/jalur?indeks=idm&ke=MANDIRI&tetap=S02",
        f"desa/{VILLAGE}/jalur?indeks=idm&ke=skor&skor=9",
        f"desa/{VILLAGE}/jalur?indeks=idm&biaya=X99,5%0AS02,1000000000000000000&satuan=juta",
        f"desa/{VILLAGE}/jalur?indeks=idm&biaya=S02,5",
        f"desa/{OPEN}/jalur?indeks=indeks-desa",
        f"desa/{KELURAHAN}/jalur",
    ],
    "area-whatif": ["wilayah/62.07.02/andai?indeks=indeks-desa", "wilayah/62.01.02/andai?indeks=idm&S13=5"],
    "area-path": [
        "wilayah/62.07.02/jalur?indeks=indeks-desa&anggaran=20&ambang=1",
        "wilayah/62.01.02/jalur?indeks=idm&anggaran=lima",
    ],
    "atlas": ["peta", "peta?di=62.01.02"],
    "atlas-marks": ["peta/status.json"],
    "register-apparatus": [
        "register/aparatur",
        "register/aparatur?wilayah=62.01&keadaan=final&pada=2026-01-01",
    ],
    "register-participation": ["register/partisipasi"],
    "register-institutions": ["register/lembaga", "register/lembaga?wilayah=99"],
    "proposals": ["usulan"],
    "dictionary": ["kamus", "kamus?q=stuntng", "kamus?q=xyzzy", "kamus?bidang=KES"],
    "dictionary-element": ["kamus/KES_028", "kamus/KEU_001", "kamus/PEM_057", "kamus/KEP_002"],
    "dictionary-map": ["kamus/peta", "kamus/peta?dari=indikator", "kamus/peta?dari=laporan&q=podes"],
    "satu-data": ["kamus/satu-data"],
    "dictionary-history": ["kamus/riwayat"],
    "dictionary-revision": ["kamus/riwayat/1"],
    "dictionary-entry-history": ["kamus/riwayat/elemen/KEP_001", "kamus/riwayat/formulir/KEP_SEMESTER"],
    "forms": ["formulir"],
    "form": ["formulir/PEM_TAHUNAN", "formulir/KEP_SEMESTER"],
    "terms": ["istilah"],
    "about": ["tentang"],
    "api": ["api"],
    "kokpit": ["kokpit", "kokpit?ukuran=ketepatan", "kokpit?himpunan=contoh&wilayah=62.01"],
    "board": ["papan", "papan?indeks=indeks-desa", "papan?wilayah=62.07.02"],
    "efforts": ["papan/rencana"],
    "gap": ["sasaran/celah/62.07.01.2009", "sasaran/celah/62.07?indeks=indeks-desa&buka=I12.1"],
    "equity": [
        "pemerataan",
        "pemerataan?indeks=indeks-desa&ukuran=DE&wilayah=62.07",
        "pemerataan?ukuran=S01",
    ],
    "nomenclature": [
        "nomenklatur",
        "nomenklatur?q=air+bersih&tahun=2027",
        "nomenklatur?q=2.13.04.1.01.0010&pemerintah=kabupaten_kota&tahun=2027",
        "nomenklatur?q=2.13.04.1.01.0010&pemerintah=provinsi&tahun=2026",
        "nomenklatur?q=qqqqqqqqqq",
    ],
    "nomenclature-code": [
        "nomenklatur/kabupaten_kota/2.13.04.2.01.0005",
        "nomenklatur/kabupaten_kota/1.01.02.2.01.0054",
        "nomenklatur/desa/2.4.11",
        "nomenklatur/pusat/PP-IBM",
    ],
    "index-item": ["butir/idm/S34", "butir/indeks-desa/I12.1"],
    "activity-kind": ["jenis-kegiatan/JK-AIR-01", "jenis-kegiatan/JK-SOS-07"],
    "programmes": ["program", "program?wilayah=62.01&tahun=2027", "program?data=simulasi&tingkat=desa"],
    "plans": ["rencana", "rencana?data=simulasi"],
    "calendar": ["kalender", "kalender?tahun=2025", "kalender?tahun=2026&wilayah=62.01"],
}
FILES = {"area-file", "village-file", "whatif-file", "path-file", "area-whatif-file", "area-path-file"}
FILES |= {"dictionary-file", "form-xlsform", "our-village-file", "our-village-sheet"}
FILES |= {"plan-table-empty", "plan-sheet"}
FILES |= {"home-file", "atlas-tiles", "area-history-file", "village-history-file"}
FILES |= {
    "kokpit-file",
    "equity-file",
    "board-file",
    "efforts-file",
    "programmes-file",
    "programme-file",
    "plan-file",
    "register-apparatus-file",
    "register-participation-file",
    "register-institutions-file",
    "proposals-file",
    "calendar-ics",
    "calendar-file",
    "openapi",
    "api-unknown",
    "offline-worker",
    "offline-manifest",
}
"""Files and answers for programs keep their machine names; their words are looked at apart."""
KNOWN = {
    message.id: message.string
    for room in catalogues().ROOMS
    for message in catalogues().read(room)
    if message.id and "{" not in message.id
}


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def follow(site: Site, path: str) -> str:
    answer = site.get(path)
    while answer.status in {301, 302}:
        answer = site.get(answer.headers["location"])
    assert answer.status == 200, path
    assert answer.headers["content-language"] == "en"
    return answer.text


def test_every_page_is_looked_at() -> None:
    own = {
        one.name
        for one in patterns(get_resolver())
        if one.callback.__module__.startswith("sidara.web.") and one.callback.operation in PUBLIC_OPERATIONS
    }
    assert own == ADDRESSES.keys() | FILES | {"minutes", "receipt", "programme", "plan", "proposal"}, (
        "by a code of their own: test_minutes.py, test_receipts.py, test_programmes.py, test_registers.py"
    )


@pytest.mark.parametrize("path", [path for paths in ADDRESSES.values() for path in paths])
def test_an_english_page_holds_no_indonesian(site: Site, path: str) -> None:
    page = follow(site, f"/en/{path}")
    assert untranslated(page, KNOWN) == []
    if page.startswith("<!DOCTYPE"):
        assert '<html lang="en">' in page


@pytest.mark.parametrize(
    "path", ["", "cari?q=tumbang", f"desa/{VILLAGE}", "peta", "wilayah/62.01?indeks=indeks-desa"]
)
def test_an_english_page_of_simulated_figures_holds_no_indonesian(simulated: Site, path: str) -> None:
    assert untranslated(follow(simulated, f"/en/{path}"), KNOWN) == []


def test_an_empty_sidara_speaks_english_too(empty: Site) -> None:
    for path in ("", "cari", "peta", "tentang"):
        assert untranslated(follow(empty, f"/en/{path}"), KNOWN) == []


def test_a_fault_speaks_the_language_of_its_address(site: Site) -> None:
    english, indonesian = site.get("/en/desa/99.99.99.9999"), site.get("/desa/99.99.99.9999")
    assert (english.status, indonesian.status) == (404, 404)
    assert "This page was not found" in english.text
    assert untranslated(english.text, KNOWN) == []
    assert "Halaman ini tidak ditemukan" in indonesian.text
    assert site.get("/en/tidak-ada").status == site.get("/fr/").status == 404


def test_the_net_catches_indonesian_that_is_not_marked() -> None:
    assert untranslated("<p>Angka ini belum ada</p>", {}) == ["Angka ini belum ada"]
    assert untranslated('<a aria-label="Cari desa">x</a>', {"Cari desa": "Find a village"}) == ["Cari desa"]
    assert untranslated('<p>Source: <span lang="id">Skor menurut desa dan tahun</span></p>', {}) == []
    assert heard('<svg><title>Peta</title><path d="M0"/></svg><p>b</p>') == ["Peta", "b"]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/en/"),
        ("/wilayah/62.01?indeks=indeks-desa&urut=-skor", "/en/wilayah/62.01?indeks=indeks-desa&urut=-skor"),
        (f"/desa/{VILLAGE}/andai?indeks=idm&S02=0", f"/en/desa/{VILLAGE}/andai?indeks=idm&S02=0"),
        ("/cari?q=tumbang", "/en/cari?q=tumbang"),
    ],
)
def test_the_switch_leads_to_the_same_page_and_back(site: Site, path: str, other: str) -> None:
    for here, there, language, label in (
        (path, other, "en", "English"),
        (other, path, "id", "Bahasa Indonesia"),
    ):
        page = site.get(here).text
        href = there.replace("&", "&amp;")
        assert f'href="{href}" hreflang="{language}" lang="{language}" rel="alternate">{label}<' in page
        assert f'<link rel="alternate" hreflang="{language}" href="{href}">' in page


def test_no_cookie_and_no_wish_of_the_browser_chooses_the_language(site: Site) -> None:
    answer = site.get("/", **{"Accept-Language": "en", "Cookie": "django_language=en"})
    assert '<html lang="id">' in answer.text
    assert "accept-language" not in answer.headers.get("vary", "").lower()
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-language"] == "id"


def test_figures_and_pictures_are_written_the_way_of_each_language(site: Site) -> None:
    english, indonesian = site.get("/en/").text, site.get("/").text
    assert "1,432" in english
    assert "1.432" not in english
    assert "1.432" in indonesian
    for path, comma, point in ((f"desa/{VILLAGE}", "0,", "0."), ("wilayah/62.01.02", "0,", "0.")):
        for page, has, not_has in ((f"/{path}", comma, point), (f"/en/{path}", point, comma)):
            drawn = re.findall(r"<svg class=\"gambar__svg\".*?</svg>", site.get(page).text, re.DOTALL)
            texts = [text for one in drawn for text in re.findall(r">(\d[\d.,]*)<", one)]
            assert any(text.startswith(has) for text in texts)
            assert not any(text.startswith(not_has) for text in texts)


def test_both_languages_at_once_do_not_mix(site: Site) -> None:
    paths = [f"/desa/{VILLAGE}", f"/en/desa/{VILLAGE}"] * 6
    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(lambda path: site.get(path).text, paths))
    assert len({pages[at] for at in range(0, 12, 2)}) == len({pages[at] for at in range(1, 12, 2)}) == 1
    assert untranslated(pages[1], KNOWN) == []


def test_a_file_keeps_its_columns_and_says_its_words_in_english(site: Site) -> None:
    def read(path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(site.get(path).body.decode("utf-8-sig"))))

    english, indonesian = read("/en/wilayah/62.01/desa.csv"), read("/wilayah/62.01/desa.csv")
    assert list(english[0]) == list(indonesian[0])
    assert [one["kode"] for one in english] == [one["kode"] for one in indonesian]
    assert [one["idm"] for one in english] == [one["idm"] for one in indonesian]
    assert {one["status"] for one in english} <= {"Self-reliant", "Advanced", "Developing", "Lagging"} | {
        "Urban village, not assessed",
        "No data yet",
    }


@pytest.mark.parametrize("path", ["/en/", "/en/wilayah/62.01", "/en/desa/62.01.02.2016"])
def test_files_of_an_english_page_are_english(site: Site, path: str) -> None:
    files = re.findall(r'href="([^"]+\.(?:csv|xlsx)[^"]*)"', site.get(path).text)
    assert files
    assert [one for one in files if not one.startswith("/en/")] == []


@pytest.mark.parametrize(
    ("written", "decimals", "read"),
    [
        ("1.5", 1, "1.5"),
        ("1,5", 1, "1.5"),
        ("1,250", 2, "1250"),
        ("1,250.5", 1, "1250.5"),
        ("1250", 0, "1250"),
        ("0,7181", 4, "0.7181"),
        ("0.7181", 4, "0.7181"),
        ("lima", 1, "lima"),
    ],
)
def test_a_number_is_read_as_english_readers_write_it(written: str, decimals: int, read: str) -> None:
    with speaking(Language.ENGLISH):
        assert fields.plain(written, decimals) == read
        addressed = fields.addressed(written, decimals)
        assert fields.plain(addressed, decimals) == read
    assert fields.plain(addressed, decimals) == read, "an address means the same in both languages"


def test_a_sentence_chooses_its_form_by_a_figure() -> None:
    with speaking(Language.ENGLISH):
        assert say("{rise} desa naik status", rise="1") == "1 village rises in status"
        assert say("{rise} desa naik status", rise="1,432") == "1,432 villages rise in status"
        assert format_number(1432) == "1,432"
    assert say("{rise} desa naik status", rise="2") == "2 desa naik status"
    assert format_number(1432) == "1.432"
    assert say("") == ""


def test_what_cores_say_is_told_again_in_english() -> None:
    definition = indices.definition(PUBLIC, "idm")
    assert definition is not None
    lines = "X99,5\nS02,1\nS02,2\nS03,-1\nS02,0,9,5\n*,0,1,5"
    findings = indices.costs(PUBLIC, definition, lines).findings
    findings += indices.costs(PUBLIC, definition, "S05,1,2,3,4").findings
    assert {one.code for one in findings} == {
        "COST_ITEM",
        "COST_DUPLICATE",
        "COST_VALUE",
        "COST_MOVE",
        "COST_FORM",
    }
    for one in findings:
        assert retold(one.message) == one.message
        with speaking(Language.ENGLISH):
            for text in (one.message, one.remedy):
                assert not INDONESIAN.search(retold(text)), text
                assert retold(text) != text


def test_a_definition_says_its_words_in_english_and_computes_the_same() -> None:
    plain = index.definition(PUBLIC, "indeks-desa")
    with speaking(Language.ENGLISH):
        said = index.definition(PUBLIC, "indeks-desa")
    assert said is index._worded(plain.code, Language.ENGLISH)
    assert [item.code for item in said.versions[0].items] == [item.code for item in plain.versions[0].items]
    assert [one.status for one in said.versions[0].thresholds.classes] == [
        one.status for one in plain.versions[0].thresholds.classes
    ]
    assert [
        item.name
        for item, own in zip(said.versions[0].items, plain.versions[0].items, strict=True)
        if item.name == own.name
    ] == []
