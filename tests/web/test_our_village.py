"""*Untuk desa kami*: for a village with nothing, with published figures, with answers of its own."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pikepdf
import pytest
import zxingcpp
from openpyxl import load_workbook
from PIL import Image
from pypdfium2 import PdfDocument

from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.finding import Severity
from sidara.programmes import models
from sidara.programmes.core import Fate, Level
from sidara.programmes.core.importing import Reading, read_plan
from sidara.programmes.core.village_plans import Known
from sidara.programmes.formats.plan_book import read_sheets
from sidara.programmes.queries import village_plans
from sidara.regions import queries as regions
from sidara.ui import paper
from sidara.warehouse import services
from sidara.web.formats import musdes
from sidara.web.pages.our_village import sheet, who
from tests.accounts.conftest import world as cast
from tests.collection.test_check_stored import save
from tests.demo.test_submissions import VILLAGE as EXAMPLE
from tests.demo.test_submissions import register as register_of_demo
from tests.demo.test_submissions import register_real as register_62
from tests.demo.test_submissions import submit
from tests.language import untranslated
from tests.programmes.test_plan_reading import TABLES
from tests.serving import Site
from tests.verification.conftest import send
from tests.warehouse.test_submissions import folder as facts_folder
from tests.web.people import client as logged_in
from tests.web.test_figures import KUPANG_BERSIH, table, words
from tests.web.test_language import KNOWN

register, register_real, folder, world = register_of_demo, register_62, facts_folder, cast
VILLAGE, KELURAHAN, OPEN = "62.01.02.2016", "62.01.02.1005", "62.07.02.2008"
FORMS = ("DIK_TAHUNAN", "INF_TAHUNAN", "LIN_TAHUNAN", "KEP_SEMESTER")
TODAY = date(2026, 12, 1)
MADE = datetime(2026, 12, 1, tzinfo=UTC)


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words(answer.content.decode())


def rows(client, code, name):
    answer = client.get(f"/desa/{code}/untuk-desa-kami/{name}.csv")
    assert answer.status_code == 200, name
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


@pytest.fixture
def answered(register, folder):
    """The example villages of a kecamatan whose answers became final in part."""
    submit(forms=FORMS)
    services.refresh(OPERATOR)


OWN_CODE = "2.3.90"
"""What a village writes where it may number an activity itself."""


def draft_invents_no_rupiah(client):
    drafted = rows(client, EXAMPLE, "rancangan-rkp-desa")
    codes = [one["Kode"] for one in drafted]
    assert codes
    assert len(set(codes)) == len(codes)
    for one in drafted:
        assert one["Bidang"]
        assert one["Jenis Kegiatan"]
        assert one["Sasaran/Manfaat"]
        for open_one in ("Jumlah (Rp)", "Sumber", "Lokasi", "Volume", "Waktu Pelaksanaan"):
            assert one[open_one] == "", open_one
        assert one["Keterangan"] == "SIMULASI"
    first = {each.split(" ")[0] for own in rows(client, EXAMPLE, "kerja-desa") for each in [own["kode_desa"]]}
    chosen = {"" if "-" in each else each for each in first}
    assert set(codes) == chosen, (
        "each gap of the village is in the draft by its first code, a range is its choice"
    )
    answer = client.get(f"/desa/{EXAMPLE}/untuk-desa-kami/rancangan-rkp-desa.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    heads = [one.value for one in book.worksheets[0][1]]
    for row in book.worksheets[0].iter_rows(min_row=2):
        for head, value in (
            ("Kode", row[heads.index("Kode")].value or OWN_CODE),
            ("Lokasi", "RT 1"),
            ("Volume", "1 unit"),
            ("Jumlah (Rp)", 5_000_000),
            ("Sumber", "DD"),
        ):
            row[heads.index(head)].value = value
    filled = io.BytesIO()
    book.save(filled)
    grids, problem = read_sheets(filled.getvalue(), "rkp.xlsx")
    assert problem is None
    back = read_plan(grids, TABLES, Reading(year=2028, first_year=2028))
    assert back.table.key == "rkpdes"
    assert [one.values["code"] for one in back.drafts] == [one or OWN_CODE for one in codes]
    assert {one.values["ceiling"] for one in back.drafts} == {5_000_000}
    assert not [each for one in back.drafts for each in one.findings if each.severity is Severity.ERROR]


def sheet_is_two_pages_tagged_and_the_same_each_time(client):
    answer = client.get(f"/desa/{EXAMPLE}/untuk-desa-kami/lembar-musdes.pdf")
    assert answer["Content-Disposition"].endswith('musdes-SIMULASI.pdf"')
    village, address = regions.resolve(OPERATOR, EXAMPLE), f"https://contoh.example/desa/{EXAMPLE}"
    made = sheet.of_village(PUBLIC, village, today=TODAY)
    content = musdes.write(made, address, sheet.made_at(TODAY))
    assert content == musdes.write(made, address, sheet.made_at(TODAY))
    assert content != musdes.write(made, address, sheet.made_at(date(2026, 12, 2)))
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "id"
    first, second = (" ".join(one.get_textpage().get_text_bounded().split()) for one in PdfDocument(content))
    for each in (
        "Desa Contoh 019",
        "SIMULASI",
        "1 Desember 2026",
        "Jumlah penduduk",
        "menurut jawabannya sendiri",
    ):
        assert each in first, each
    for each in (
        "Dapat kita kerjakan sendiri",
        "Perlu kita minta",
        "Apa kabar usulan kita?",
        "perempuan / miskin",
    ):
        assert each in second, each
    assert made.own[0].activity in second
    for picture in made.pictures:
        inked = paper.inked(picture.svg)
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", inked)) <= {"#000000", "#FFFFFF", "#E7E2D6"}, (
            "no colour says"
        )
        assert 'fill="#FFFFFF" stroke="#000000"' in inked
    (code,) = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(musdes.pictures(made, address, sheet.made_at(TODAY), ppi=144)[0]))
    )
    assert code.text == address


@pytest.mark.django_db
def test_a_village_with_its_own_answers_gets_them_back(client, answered):
    told = text_of(client, f"/desa/{EXAMPLE}/untuk-desa-kami")
    assert told.count("SIMULASI") > 3
    assert "menurut jawabannya sendiri" in told
    assert "jawaban desa sendiri, final" in told
    assert "kegiatan dapat dikerjakan desa sendiri" in told
    own = rows(client, EXAMPLE, "kerja-desa")
    assert own
    assert all(re.match(r"[1-5]\.\d\.\d\d(-\d\d)? ", one["kode_desa"]) for one in own), (
        "each by a code of the village"
    )
    gains = [float(one["tambahan"]) for one in own]
    assert gains == sorted(gains, reverse=True)
    assert all(gain > 0 for gain in gains)
    assert untranslated(client.get(f"/en/desa/{EXAMPLE}/untuk-desa-kami").content.decode(), KNOWN) == []
    draft_invents_no_rupiah(client)
    sheet_is_two_pages_tagged_and_the_same_each_time(client)


@pytest.mark.django_db
def test_a_village_with_nothing_is_told_so(client, register, folder):
    for code in (VILLAGE, EXAMPLE):
        told = text_of(client, f"/desa/{code}/untuk-desa-kami")
        assert "Belum ada angka tentang" in told
        assert "Kesenjangan belum dapat dibaca" in told
        assert "belum ada data rencana pusat, provinsi, kabupaten, desa dan perusahaan" in told
        assert "Belum ada usulan yang tercatat" in told
        assert client.get(f"/desa/{code}/untuk-desa-kami/rancangan-rkp-desa.xlsx").status_code == 404
        paper = client.get(f"/desa/{code}/untuk-desa-kami/lembar-musdes.pdf")
        assert len(PdfDocument(paper.content)) == 2
    told = text_of(client, f"/desa/{KELURAHAN}/untuk-desa-kami")
    assert "tidak menyusun RKP Desa" in told
    assert "Lembar musdes" not in told
    assert client.get("/desa/62.01.02/untuk-desa-kami").status_code == 404
    assert client.get("/desa/6201022016/untuk-desa-kami").status_code == 301


@pytest.mark.django_db
def test_all_data_go_to_the_people_of_the_village_only(client, world, folder):
    for number, year in (("2", 2024), ("3", 2025)):
        key, now = SubmissionKey("KES_TAHUNAN", VILLAGE, str(year)), datetime(year + 1, 2, 2, 2, tzinfo=UTC)
        save("KES_TAHUNAN", VILLAGE, key.period, ("KES_008", number, "", ""), ("KES_019", "1", "", ""))
        assert send(key=key, now=now).is_done
    save("DIK_TAHUNAN", VILLAGE, "2025", ("DIK_001", "5", "", ""))
    address = f"/desa/{VILLAGE}/untuk-desa-kami/data-desa.csv"
    assert client.get(address).status_code == 404
    assert "Data desa kami" not in text_of(client, f"/desa/{VILLAGE}/untuk-desa-kami")
    own = logged_in(world, "operator-desa-a")
    assert "Data desa kami" in text_of(own, f"/desa/{VILLAGE}/untuk-desa-kami")
    assert "untuk-desa-kami" in own.get("/tugas").content.decode()
    told = own.get(address)
    assert told.status_code == 200
    held = {one["kode_unsur"]: one for one in csv.DictReader(io.StringIO(told.content.decode()))}
    one = held["KES_008"]
    assert (one["nilai"].split(" ")[0], one["periode"], one["dikirim"]) == ("3", "2025", "2026-02-02")
    assert one["tanda"] == "terkirim, menunggu pengesahan kepala desa"
    assert "DIK_001" not in held, "a draft was not sent"
    assert logged_in(world, "operator-desa-c").get(address).status_code == 404


@pytest.mark.django_db
def test_what_others_plan_and_what_became_of_proposals(client, register, folder):
    village = regions.resolve(OPERATOR, EXAMPLE)
    real = regions.resolve(OPERATOR, VILLAGE)
    *_, regency, _ = regions.ancestors(OPERATOR, village.id)
    shared = {"activity_kind": "JK-AIR-01", "fund_source": "", "is_simulated": True, "made_at": MADE}
    named = models.Activity.objects.create(
        key="a", level="kabupaten", area_id=regency.id, agency="Dinas PUPR", name="Sumur bor", year=2026,
        budget_idr=450_000_000, **shared,
    )  # fmt: skip
    models.ActivityVillage.objects.create(activity=named, region_id=village.id, place="RT 02")
    models.Activity.objects.create(
        key="b",
        level="provinsi",
        agency="Dinas PMD",
        name="Pelatihan",
        year=2027,
        is_whole_area=True,
        **shared,
    )
    models.Activity.objects.create(
        key="c", level="provinsi", agency="Dinas PMD", name="Batal", year=2026, stage="dibatalkan", **shared
    )
    plan = models.Plan.objects.create(
        kind="APBDes", level="desa", area_id=village.id, title="APBDes", year_from=2026, year_to=2026,
        is_simulated=True, made_at=MADE,
    )  # fmt: skip
    models.Activity.objects.create(
        key="d", level="desa", area_id=village.id, agency="", name="Jalan desa", code="2.3.10", year=2026,
        is_whole_area=True, **shared,
    )  # fmt: skip
    for key, code, account, name in (("1", "", "4.2.1", "Dana Desa"), ("2", "2.3.10", "5.3", "Jalan desa"),
                                     ("3", "2.2.02", "5.2", "Posyandu")):  # fmt: skip
        models.PlanLine.objects.create(
            plan=plan, key=key, year=2026, government="desa", code=code, account=account, name=name
        )
    own = [one.name for one in village_plans(PUBLIC, village, (2026,)).planned if one.level is Level.VILLAGE]
    assert own == ["Jalan desa", "Posyandu"], "an activity once, and no income"
    models.PlanLine.objects.all().delete()
    models.Activity.objects.filter(key="d").delete()
    found = village_plans(PUBLIC, village, (2026, 2027))
    assert [(one.name, one.year) for one in found.planned] == [("Sumur bor", 2026), ("Pelatihan", 2027)]
    assert found.known[Level.REGENCY, 2026] is Known.HERE
    assert found.known[Level.REGENCY, 2027] is Known.NO_DATA
    assert found.known[Level.CENTRE, 2026] is Known.NO_DATA
    assert village_plans(PUBLIC, real, (2026, 2027)).planned == (), "made-up plans never meet a real village"
    elsewhere = regions.villages(OPERATOR, village.code[:8], examples=True)[-1]
    beside = village_plans(PUBLIC, elsewhere, (2026,))
    assert beside.known[Level.REGENCY, 2026] is Known.NOTHING_HERE
    proposal = models.Proposal.objects.create(
        key="u", document="DU-RKP Desa", year=2026, village_id=village.id, text="Jalan usaha tani", row="",
        level_asked="kabupaten", origin="PEREMPUAN", meeting_date=date(2026, 6, 1), is_simulated=True,
        made_at=MADE,
    )  # fmt: skip
    for day, fate in ((1, Fate.NOTED), (20, Fate.REJECTED)):
        models.ProposalFate.objects.create(
            proposal=proposal, fate=fate.value, recorded_date=date(2026, 7, day), reason="Lahan belum bebas",
            source="uji",
        )  # fmt: skip
    told = text_of(client, f"/desa/{EXAMPLE}/untuk-desa-kami")
    for each in ("Sumur bor", "Rp450.000.000", "RT 02", "1 dari 1 usulan 2026 sudah dijawab", "Ditolak",
                 "Lahan belum bebas", "Kelompok perempuan",
                 "2027: belum ada data rencana pusat, kabupaten, desa dan perusahaan"):  # fmt: skip
        assert each in told, each
    (one,) = rows(client, EXAMPLE, "usulan")
    assert (one["nasib"], one["sejak"], one["simulasi"]) == ("Ditolak", "2026-07-20", "SIMULASI")
    made = sheet.of_village(PUBLIC, village, today=TODAY)
    assert [each.text for each in made.fates] == ["Jalan usaha tani"]


@pytest.mark.parametrize("times", [1, 3, 9])
def test_long_names_and_many_rows_stay_two_pages(times):
    long = "Pembangunan dan peningkatan " * times
    line = musdes.Line(sheet.cut(long, 110), sheet.cut(long, 80), "Kabupaten, Provinsi, Pusat (mendanai)")
    made = musdes.Sheet(
        "62.01.02.2016", sheet.cut(f"Desa {long}", 90), f"Kecamatan {long}"[:160], "bahan RKP Desa 2028",
        (("Jumlah penduduk", "1.234 orang"),) * 4, "Indeks Desa 2026", "59,84 sampai 74,33",
        sheet.cut(long, 220), sheet.cut(long, 160),
        (musdes.Class("Sangat Tertinggal"), musdes.Class("Maju", is_now=True)), (sheet.cut(long, 90),) * 3,
        (sheet.cut(long, 90),) * 3, (), (line,) * 10, (line,) * 10, (30, 12), "", sheet.cut(long, 110),
        (musdes.Asked(sheet.cut(long, 80), sheet.cut(long, 60), sheet.cut(long, 80)),) * 10, "", False,
    )  # fmt: skip
    assert len(PdfDocument(musdes.write(made, "https://contoh.example", sheet.made_at(TODAY)))) == 2
    told = musdes.fitted(made, "https://contoh.example", sheet.made_at(TODAY))
    assert told["lines"] >= 3
    bare = replace(made, own=(), asked=(), fates=(), why_none="Belum dapat dibaca.", value="", ladder=())
    assert musdes.fitted(bare, "x", sheet.made_at(TODAY))["second-size"] >= told["second-size"]


def test_published_figures_stand_where_a_village_has_no_answers(site: Site):
    told = words(site.get(f"/desa/{VILLAGE}/untuk-desa-kami").text)
    assert "angka yang terbit, 2024" in told
    assert "Natai Raya sudah mandiri" in told
    assert "Urutan 4 dari 13 desa di Arut Selatan" in told
    near = table(site, f"/desa/{VILLAGE}/untuk-desa-kami/tetangga.csv")
    assert len(near) == 13
    assert {one["simulasi"] for one in near} == {""}
    parts = table(site, f"/desa/{VILLAGE}/untuk-desa-kami/kuat-lemah.csv")
    own = {one["bagian"]: float(one["desa_ini"]) for one in parts}
    assert own["Ketahanan ekonomi"] == pytest.approx(93.3)
    assert all(one["tengah_serupa"] for one in parts)
    assert "untuk-desa-kami" in site.get(f"/desa/{VILLAGE}").text
    told = words(site.get(f"/desa/{KUPANG_BERSIH}/untuk-desa-kami").text)
    assert "SIMULASI" not in told.split("Rencana pihak lain")[0], "real figures only, where there are any"


def test_a_province_that_is_all_made_up_says_so(simulated: Site):
    html = simulated.get(f"/desa/{VILLAGE}/untuk-desa-kami").text
    assert '<aside class="simulasi"' in html
    assert table(simulated, f"/desa/{VILLAGE}/untuk-desa-kami/kerja-desa.csv")[0]["simulasi"] == "SIMULASI"
    own, asked = (
        table(simulated, f"/desa/{OPEN}/untuk-desa-kami/{name}.csv") for name in ("kerja-desa", "minta")
    )
    assert all(one["pihak"] for one in asked)
    assert not {one["butir"] for one in own} & {one["butir"] for one in asked}


@pytest.mark.parametrize(
    ("item", "codes", "others"),
    [
        ("S02", [], [Level.REGENCY, Level.PROVINCE, Level.CENTRE]),
        ("S34", ["2.4.11"], [Level.REGENCY, Level.PROVINCE, Level.CENTRE]),
        ("S32", ["2.4.90-99"], [Level.REGENCY, Level.CENTRE]),
    ],
)
def test_who_may_act_on_an_item(item, codes, others):
    """A village employs no doctor, builds its water supply, helps with latrines by codes of its Perbup."""
    doing = who.of_item(PUBLIC, "idm", SimpleNamespace(code=item, actors={"kab": "DINKES"}))
    assert [one.code for one in doing.codes][: len(codes) or None] == codes
    assert [one.level for one in doing.others] == others
    assert doing.is_own == bool(codes)
    assert all(one.name and one.field for one in doing.codes)
    assert doing.others[0].name == "DINKES"
