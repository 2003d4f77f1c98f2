"""Sinkronisasi: what plans of all levels say together, who may see it, what people do about it."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from sidara.kernel.actor import OPERATOR
from sidara.programmes import models, queries, services
from sidara.programmes.core.words import Level, State
from sidara.programmes.queries.alignment import FindingQuery
from sidara.web.pages.alignment.spread import title as spread_title
from tests.accounts.conftest import world as world_62
from tests.programmes.planners import NOW
from tests.programmes.test_alignment_runs import YEAR, acted, planned
from tests.web.people import client

world = world_62
VILLAGE, NEAR, REGENCY, OTHER = "62.01.02.2016", "62.01.03.2001", "62.01", "62.03"
PAGE = f"/sinkronisasi?himpunan=nyata&wilayah={REGENCY}&tahun={YEAR}"


@pytest.fixture
def plans(world):
    """A village and its kabupaten build the same road; a code of a Renja does not exist."""
    planned(area=REGENCY)
    acted("DD", Level.VILLAGE, VILLAGE, VILLAGE, budget_idr=40_000_000)
    acted("APBDK", Level.REGENCY, REGENCY, VILLAGE, NEAR, budget_idr=60_000_000)
    return world


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def post(who: Client, address: str, **posted: str):
    return who.post(address, posted)


def test_the_page_begins_without_a_run_and_a_planner_runs_it(plans):
    who = client(plans, "perencana")
    first = text(who.get(PAGE))
    assert f"Rencana {YEAR} belum diperiksa" in first
    assert "Jalankan pemeriksaan" in first
    reader = text(client(plans, "pimpinan").get(PAGE))
    assert "Perencana dan Dinas PMD menjalankan pemeriksaan" in reader, "who may not run it is told who does"
    assert "Jalankan pemeriksaan" not in reader
    done = post(who, PAGE, tindakan="periksa", nama="sebelum Rakernis")
    assert done.status_code == 302
    page = text(who.get(done["location"]))
    assert "Rp100 juta perlu dibicarakan lagi" in page
    assert "sebelum Rakernis" in page
    assert "Desa Natai Raya" in page
    assert "Kegiatan ganda" in page


def test_a_level_without_data_is_told_and_never_called_none(plans):
    page = client(plans, "perencana").get(PAGE).content.decode()
    cells = re.findall(r'<td class="n( arsir| kosong-sel)?" data-l="(\w+)">([^<]*)</td>', page)
    hatched = {(label, words) for style, label, words in cells if style == " arsir"}
    assert hatched == {("Pusat", "belum ada data pusat"), ("Provinsi", "belum ada data provinsi")}
    assert {words for style, label, words in cells if label == "Desa" and not style} == {"1, Rp40 juta"}
    assert "kosong di sini bukan berarti tidak ada" in page


def test_a_level_that_is_known_in_another_kabupaten_only_is_not_known_here(plans):
    who = client(plans, "perencana")
    here = text(who.get(PAGE))
    assert "data desa baru ada untuk 1 dari" in here
    elsewhere = who.get(f"{PAGE}&wilayah=62.03").content.decode()
    cells = re.findall(r'<td class="n( arsir| kosong-sel)?" data-l="(\w+)">([^<]*)</td>', elsewhere)
    assert {style for style, label, _ in cells if label == "Kabupaten"} <= {" arsir"}
    assert "Belum ada data pusat, belum ada data provinsi, belum ada data kabupaten" in text(
        who.get(f"{PAGE}&wilayah=62.03")
    )


def test_what_could_not_be_judged_is_a_line_of_the_table_and_is_told_below(plans):
    who = client(plans, "perencana")
    post(who, PAGE, tindakan="periksa")
    page = text(who.get(PAGE))
    assert re.search(r"S14\s+Batas penggunaan Dana Desa\s+–\s+–\s+–\s+Belum dinilai", page)
    assert "hal belum dapat dinilai" in page


def test_money_of_an_activity_that_meets_two_others_counts_once(plans):
    acted("APBDP", Level.PROVINCE, "62", VILLAGE, NEAR, budget_idr=10_000_000)
    who = client(plans, "perencana")
    done = post(who, PAGE, tindakan="periksa")
    assert "Rp110 juta perlu dibicarakan lagi" in text(who.get(done["location"]))


def test_each_row_behind_a_finding_leads_to_where_it_can_be_mended(plans):
    services.run_alignment(OPERATOR, under="62", year=YEAR, now=NOW)
    who = client(plans, "perencana")
    (doubled,), (wrong, *_) = found("SIN_S10"), found("SIN_S04")
    for one, start in ((doubled, "/program/"), (wrong, "/rencana/")):
        page = who.get(f"/sinkronisasi/temuan/{one.uid}").content.decode()
        links = re.findall(r'<th scope="row" lang="id"><a href="([^"]*)">', page)
        assert len(links) == len(one.rows)
        for address in links:
            assert address.startswith(start)
            assert who.get(address).status_code == 200


def test_a_notice_is_no_open_finding_in_the_table_either(plans):
    services.run_alignment(OPERATOR, under="62", year=YEAR, now=NOW)
    who = client(plans, "perencana")
    rows = models.AlignmentFinding.objects.exclude(severity="not_evaluated")
    rows.filter(pk=rows.filter(check_code="SIN_S10").first().pk).update(severity="info")
    page = text(who.get(PAGE))
    (told,) = re.findall(r"([\d.]+) temuan terbuka di", page)
    (total,) = re.findall(r"Semua temuan ([\d.]+)", page)
    assert total == told
    assert "1 catatan" in page


def found(code: str):
    query = FindingQuery(YEAR, "62", codes=(code,), states=tuple(State))
    return [one for one in queries.alignment.findings(OPERATOR, query) if one.rows]


def test_a_finding_is_explained_and_opened_again_by_who_owns_a_row(plans):
    services.run_alignment(OPERATOR, under="62", year=YEAR, now=NOW)
    (one,) = found("SIN_S10")
    address = f"/sinkronisasi/temuan/{one.uid}"
    who = client(plans, "pmd-kabupaten-a")
    page = text(who.get(address))
    assert "Jalan DD" in page
    assert "Jalan APBDK" in page
    assert "Sepakati siapa yang mengerjakan" in page
    assert "Alasannya kosong" in text(post(who, address, tindakan="jelaskan", alasan=" "))
    told = {"tindakan": "jelaskan", "alasan": "Dibagi per RT.", "kiriman": str(uuid4())}
    assert post(who, address, **told).status_code == 302
    assert post(who, address, **told).status_code == 302
    assert "Dibagi per RT." in text(who.get(address))
    assert models.ProgrammeEvent.objects.filter(subject_uid=one.uid).count() == 1
    assert post(who, address, tindakan="buka", alasan="Ternyata sama.").status_code == 302
    assert found("SIN_S10")[0].state is State.OPEN


def test_who_has_no_part_in_it_sees_and_says_nothing(plans):
    services.run_alignment(OPERATOR, under="62", year=YEAR, now=NOW)
    (one,) = found("SIN_S10")
    address = f"/sinkronisasi/temuan/{one.uid}"
    far = client(plans, "pmd-kabupaten-b")
    assert far.get(PAGE).status_code == far.get(address).status_code == 403
    assert post(far, address, tindakan="jelaskan", alasan="x").status_code == 403
    assert post(far, PAGE, tindakan="periksa").status_code == 403
    agency = client(plans, "opd-a")
    assert "Rp100 juta perlu dibicarakan lagi" in text(agency.get(PAGE)), "findings have no sector"
    assert post(agency, address, tindakan="jelaskan", alasan="Beda ruas.").status_code == 302
    leader = client(plans, "kepala-desa-a")
    assert "Jalan DD" in text(leader.get(address))
    assert (
        post(leader, f"/sinkronisasi?wilayah={VILLAGE}&tahun={YEAR}", tindakan="periksa").status_code == 403
    )
    assert Client().get(PAGE).status_code == 302
    assert client(plans, "perencana").get(f"/sinkronisasi/temuan/{uuid4()}").status_code == 404


def test_villages_that_nobody_serves_become_a_target_list_once(plans):
    who = client(plans, "perencana")
    page = text(who.get(PAGE))
    count = int(re.search(r"(\d+) desa belum dilayani siapa pun", page)[1])
    told = {"tindakan": "simpan", "nama": "Belum dilayani", "kiriman": str(uuid4())}
    assert f"{count} desa tersimpan sebagai daftar sasaran" in text(post(who, PAGE, **told))
    assert "tersimpan" in text(post(who, PAGE, **told))
    (kept,) = models.TargetList.objects.all()
    codes = set(kept.villages.values_list("region__code", flat=True))
    assert len(codes) == count
    assert not {VILLAGE, NEAR} & codes


def test_villages_of_a_kabupaten_without_plans_are_not_called_unserved(plans):
    def unserved(asker: Client, area: str) -> int:
        page = text(asker.get(f"/sinkronisasi?himpunan=nyata&wilayah={area}&tahun={YEAR}"))
        assert ("belum ada data rencana kabupaten" in page) is (area == "62")
        return int(re.search(r"([\d.]+) desa belum dilayani siapa pun", page)[1].replace(".", ""))

    who = client(plans, "perencana")
    assert unserved(who, "62") == unserved(who, REGENCY) > 0


def test_two_runs_are_compared_and_files_hold_every_row(plans):
    who = client(plans, "perencana")
    post(who, PAGE, tindakan="periksa", nama="sebelum")
    models.Activity.objects.update(co_financing="KB")
    post(who, PAGE, tindakan="periksa", nama="sesudah")
    page = text(who.get(PAGE))
    assert "1 temuan selesai, 0 temuan baru, Rp100 juta tidak perlu dibicarakan lagi" in page
    for key in ("matriks", "uji", "temuan", "pembiaya", "tanpa-layanan", "banding"):
        answer = who.get(PAGE.replace("?", f"/{key}.csv?"))
        assert answer.status_code == 200, key
    rows = who.get(PAGE.replace("?", "/temuan.csv?")).content.decode()
    assert "SIN_S10" in rows
    assert "Selesai" in rows
    assert who.get(PAGE.replace("?", "/temuan.xlsx?")).content[:2] == b"PK"
    assert who.get(PAGE.replace("?", "/tidak-ada.csv?")).status_code == 404


def test_a_kabupaten_that_never_ran_by_itself_compares_its_part_of_the_runs_around_it(plans):
    services.run_alignment(OPERATOR, under="62", year=YEAR, now=NOW, label="sebelum")
    models.Activity.objects.update(co_financing="KB")
    services.run_alignment(OPERATOR, under="62", year=YEAR, now=NOW, label="sesudah")
    who = client(plans, "perencana")
    told = "1 temuan selesai, 0 temuan baru, Rp100 juta tidak perlu dibicarakan lagi"
    assert told in text(who.get(f"{PAGE}&wilayah={VILLAGE[:5]}"))
    assert told not in text(who.get(f"{PAGE}&wilayah=62.03"))


@pytest.mark.parametrize(
    "address",
    [
        "/sinkronisasi?tahun=abcd&uji=SIN_S99&jenis=X",
        "/sinkronisasi?wilayah=99",
        "/sinkronisasi?dari=1&ke=99",
    ],
)
def test_an_address_that_is_none_still_gives_the_page(plans, address):
    assert client(plans, "perencana").get(address).status_code == 200


def test_made_up_plans_carry_the_mark_and_no_real_row(plans):
    acted("CONTOH", Level.REGENCY, REGENCY, simulated=True, is_whole_area=True)
    page = client(plans, "perencana").get(f"/sinkronisasi?himpunan=contoh&wilayah={REGENCY}&tahun={YEAR}")
    assert page.content.decode().count("SIMULASI") > 3
    assert "Jalan APBDK" not in text(page)


def test_an_english_page_speaks_english(plans):
    services.run_alignment(OPERATOR, under="62", year=YEAR, now=NOW)
    page = text(client(plans, "perencana").get("/en" + PAGE))
    assert "Rp100 million to be talked over again" in page
    assert "no data of the centre yet" in page


def test_even_money_is_not_called_more_for_those_in_need():
    even, poor, rich = Decimal("20.0"), Decimal("30.0"), Decimal("20.1")
    assert "lebih banyak" not in spread_title(even, Decimal("0.00"))
    assert "lebih banyak" in spread_title(poor, Decimal("-0.10"))
    assert "lebih banyak" not in spread_title(rich, Decimal("0.05"))
