"""The figures of the pages are the check numbers of Kalimantan Tengah, on screen and in files."""

import csv
import io
import re
from html.parser import HTMLParser

import openpyxl
import pytest

from tests.serving import Site

NATAI_RAYA = "62.01.02.2016"
"""A village with published items."""
KUPANG_BERSIH = "62.13.06.2003"
"""The village whose published status is not that of its figure."""
DESA = {
    "62.01": 81,
    "62.02": 168,
    "62.03": 214,
    "62.04": 86,
    "62.05": 93,
    "62.06": 154,
    "62.07": 97,
    "62.08": 29,
    "62.09": 85,
    "62.10": 114,
    "62.11": 95,
    "62.12": 116,
    "62.13": 100,
    "62.71": 0,
}


class _Text(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def words(html: str) -> str:
    """The text of a page with single blanks."""
    parser = _Text()
    parser.feed(html)
    return " ".join(parser.words)


def table(site: Site, path: str) -> list[dict[str, str]]:
    """A CSV file as rows."""
    answer = site.get(path)
    assert answer.status == 200, path
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_home_page_counts_from_rows_beside_recount_and_recap(site: Site) -> None:
    rows = {row["status"]: row for row in table(site, "/unduh/jumlah.csv")}
    counts = {
        status: tuple(
            int(rows[status][key]) for key in ("dari_baris", "hitung_ulang", "rekap_terbit", "selisih")
        )
        for status in rows
    }
    assert counts == {
        "Mandiri": (239, 239, 248, 9),
        "Maju": (433, 434, 439, 6),
        "Berkembang": (652, 651, 659, 7),
        "Tertinggal": (86, 86, 86, 0),
        "Sangat Tertinggal": (0, 0, 0, 0),
    }


def test_the_home_page_says_the_same_and_names_the_difference(site: Site) -> None:
    text = words(site.get("/").text)
    assert "672 dari 1.410 desa di Kalimantan Tengah sudah maju atau mandiri" in text
    assert "Rekap yang terbit menyebut 1.432 desa; selisih 22 desa tidak punya baris" in text
    assert "22 desa tanpa baris pada 2024" in text
    assert "Kupang Bersih: terbit Berkembang, hitung ulang Maju" in text
    for label, count in (
        ("Kabupaten dan kota", "13 + 1"),
        ("Kecamatan", "136"),
        ("Desa", "1.432"),
        ("Kelurahan", "139"),
    ):
        assert f"{label} {count}" in text
    assert len(table(site, "/unduh/tanpa-baris.csv")) == 22
    assert "22 desa dapat dibuka sampai skor tiap butir" in text
    assert NATAI_RAYA in {row["kode"] for row in table(site, "/unduh/sampai-butir.csv")}


def test_desa_per_kabupaten_equal_the_decree_and_add_up(site: Site) -> None:
    rows = table(site, "/unduh/status.csv")
    assert {row["kode"]: int(row["dinilai"]) + int(row["tanpa_data"]) for row in rows} == DESA
    for key, total in (
        ("mandiri", 239),
        ("maju", 433),
        ("berkembang", 652),
        ("tertinggal", 86),
        ("tanpa_data", 22),
    ):
        assert sum(int(row[key]) for row in rows) == total


@pytest.mark.parametrize("code", ["62.01", "62.03", "62.12"])
def test_a_kabupaten_page_holds_all_its_villages_and_the_counts_of_the_home_page(
    site: Site, code: str
) -> None:
    home = next(row for row in table(site, "/unduh/status.csv") if row["kode"] == code)
    villages = table(site, f"/wilayah/{code}/desa.csv")
    assert sum(1 for row in villages if row["status"] != "Kelurahan, tidak dinilai") == DESA[code]
    assert sum(1 for row in villages if row["status"] == "Mandiri") == int(home["mandiri"])
    below = table(site, f"/wilayah/{code}/status.csv")
    assert sum(int(row["mandiri"]) for row in below) == int(home["mandiri"])


def test_a_city_without_desa_says_so(site: Site) -> None:
    text = words(site.get("/wilayah/62.71").text)
    assert "Palangka Raya tidak punya desa, 30 kelurahannya tidak dinilai" in text


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "/unduh/status"),
        ("/wilayah/62.01", "/wilayah/62.01/desa"),
        ("/wilayah/62.01.02", "/wilayah/62.01.02/desa"),
        (f"/desa/{NATAI_RAYA}", f"/desa/{NATAI_RAYA}/indeks"),
        (f"/desa/{NATAI_RAYA}", f"/desa/{NATAI_RAYA}/kegiatan"),
    ],
)
def test_files_hold_the_figures_of_the_page(site: Site, path: str, name: str) -> None:
    shown = words(site.get(path).text)
    rows = table(site, f"{name}.csv")
    assert rows
    for row in rows:
        for key, value in row.items():
            if key in {"persen_maju_mandiri", "rata_idm", "idm", "iks", "ike", "ikl", "tambahan"} and value:
                decimals = 1 if key.startswith("persen") else 4
                assert f"{float(value):.{decimals}f}".replace(".", ",") in shown, (key, value)
    sheet = openpyxl.load_workbook(io.BytesIO(site.get(f"{name}.xlsx").body))["Data"]
    cells = [[("" if cell is None else cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [str(cell) for cell in cells[0]] == list(rows[0])
    assert len(cells) == len(rows) + 1
    for line, row in zip(cells[1:], rows, strict=True):
        assert [str(cell) for cell in line][:3] == list(row.values())[:3]


def test_every_file_names_its_source_licence_dates_and_definition(site: Site) -> None:
    for path in ("/unduh/jumlah.csv", "/wilayah/62.01/desa.csv", f"/desa/{NATAI_RAYA}/butir.csv"):
        row = table(site, path)[0]
        for key in (
            "himpunan_data",
            "judul",
            "sumber",
            "lisensi",
            "tanggal_diambil",
            "per_tanggal",
            "definisi",
        ):
            assert row[key], (path, key)
        assert not row["simulasi"]


def test_every_picture_names_its_source_and_dates(site: Site) -> None:
    for path in ("/", "/wilayah/62.01", "/wilayah/62.01.02", f"/desa/{NATAI_RAYA}"):
        html = site.get(path).text
        for figure in re.findall(r"<figure.*?</figure>", html, re.DOTALL):
            text = words(figure)
            dated = "Dibuat" if "SIMULASI" in text else "Diambil"
            for word in ("Sumber:", "lisensi", dated, "Per ", "Definisi"):
                assert word in text, (path, word)


def test_a_village_opens_down_to_its_items_with_activity_gain_and_actors(site: Site) -> None:
    text = words(site.get(f"/desa/{NATAI_RAYA}").text)
    assert "Natai Raya sudah mandiri" in text
    assert "Tingkat terdalam yang terbit untuk desa ini: butir (50 skor, 2024)." in text
    assert "IKS 0,8971, 157 dari 175 poin" in text
    rows = {row["kode_butir"]: row for row in table(site, f"/desa/{NATAI_RAYA}/butir.csv")}
    assert len(rows) == 50
    item = rows["S13"]
    assert item["butir"] == "Ketersediaan pusat keterampilan/kursus"
    assert (item["skor"], item["kegiatan"], item["tambahan"]) == (
        "1",
        "Pengadaan Tempat Kursus/Pelatihan",
        "0.0076",
    )
    assert (item["csr"], item["lainnya"]) == ("CSR", "Swasta, Perorangan")
    for shown in (item["butir"], item["kegiatan"], "+0,0076", "Swasta, Perorangan"):
        assert shown in text


def test_a_village_without_published_items_says_how_deep_it_goes(site: Site) -> None:
    text = words(site.get(f"/desa/{KUPANG_BERSIH}").text)
    assert "Tingkat terdalam yang terbit untuk desa ini: subindeks (2024)" in text
    assert "Status terbit tidak cocok dengan angkanya" in text
    assert "IDM 0,7410 termasuk Maju" in text


def test_simulated_items_stand_apart_from_real_figures(site: Site) -> None:
    html = site.get(f"/desa/{KUPANG_BERSIH}").text
    _, _, apart = html.partition('id="simulasi-j"')
    assert apart, "no simulated example on the page"
    assert "SIMULASI" in words(apart)
    row = table(site, f"/desa/{KUPANG_BERSIH}/simulasi-butir.csv")[0]
    assert (row["simulasi"], row["himpunan_data"]) == ("SIMULASI", "simulated:idm")
    disposition = site.get(f"/desa/{KUPANG_BERSIH}/simulasi-butir.csv").headers["content-disposition"]
    assert "SIMULASI" in disposition
    for path in ("indeks", "subindeks"):
        assert all(not row["simulasi"] for row in table(site, f"/desa/{KUPANG_BERSIH}/{path}.csv"))


def test_a_kelurahan_is_not_assessed(site: Site) -> None:
    code = next(
        r["kode"] for r in table(site, "/wilayah/62.01.02/desa.csv") if r["status"].startswith("Kelurahan")
    )
    text = words(site.get(f"/desa/{code}").text)
    assert "adalah kelurahan, tidak dinilai dengan IDM" in text
    assert site.get(f"/desa/{code}/indeks.csv").status == 404


def test_without_published_tables_every_page_and_file_says_simulasi(simulated: Site) -> None:
    for path in ("/", "/wilayah/62.01", "/wilayah/62.01.02", f"/desa/{NATAI_RAYA}", "/cari?q=natai+raya"):
        assert '<aside class="simulasi"' in simulated.get(path).text, path
    for path in ("/unduh/jumlah.csv", "/wilayah/62.01/desa.csv", f"/desa/{NATAI_RAYA}/butir.csv"):
        answer = simulated.get(path)
        assert "SIMULASI" in answer.headers["content-disposition"]
        assert all(row["simulasi"] == "SIMULASI" for row in csv.DictReader(io.StringIO(answer.text)))
