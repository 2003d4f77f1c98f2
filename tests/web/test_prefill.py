"""Taking over on screen: nothing by itself, one by one or all that agree; where it came from stays seen."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from tests.accounts.conftest import world
from tests.collection.test_prefill import published, put
from tests.copied import shipped
from tests.web.people import client
from tests.world import World

__all__ = ["published", "world"]
VILLAGE = "62.01.02.2016"
KEY = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
PAGE = f"/salin/KEP_SEMESTER/{VILLAGE}/2026-S1"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before(world: World) -> None:
    shipped(now)
    cells = [Given("KEP_001", "1250"), Given("KEP_002", "60")]
    one = services.Save(SubmissionKey("KEP_SEMESTER", VILLAGE, "2025-S2"), 0, uuid4(), Source.WEB, cells)
    assert not services.save_cells(OPERATOR, save=one, now=now()).account.rejected


def held() -> dict[str, str | None]:
    found = queries.filled(OPERATOR, KEY)
    return {key.variable: one.content.value for key, one in found.state.cells.items()} if found else {}


def post(asker: Client, page: str, **more: str):
    hidden = dict(re.findall(r'type="hidden" name="(pesan|revisi)" value="([^"]*)"', page))
    return asker.post(PAGE, hidden | more)


def test_all_that_agree_are_taken_and_the_page_says_from_where(world: World, published: None) -> None:
    put(PENDUDUK="1300", PEREMPUAN="40")
    operator = client(world, "operator-desa-a")
    page = operator.get(PAGE).content.decode()
    assert "3 isian dapat disalin; pada 1 isian sumbernya berbeda." in page
    assert "<strong>1.250 " in page
    assert "<strong>1.300 " in page
    assert "dari penduduk contoh" in page
    assert held() == {}
    for _ in range(2):  # a second click sends the same message
        assert post(operator, page, aksi="semua").status_code == 302
        assert held() == {"KEP_002": "60", "KEP_003": "40"}
    page = operator.get(PAGE).content.decode()
    assert "Yang disalin (2)" in re.sub(r"\s+", " ", page)
    assert "lisensi tidak dinyatakan" in page
    chosen = {"ambil:|KEP_001|_T": "dataset:external:penduduk-contoh@2025"}
    for _ in range(2):
        assert post(operator, page, aksi="pilihan", **chosen).status_code == 302
        assert held()["KEP_001"] == "1300"
    history = operator.get(PAGE.replace("salin", "kirim")).content.decode()
    assert "disalin dari data lain" in history


def test_nothing_chosen_takes_nothing(world: World) -> None:
    operator = client(world, "operator-desa-a")
    page = operator.get(PAGE).content.decode()
    for more in (
        {"aksi": "pilihan", "ambil:|KEP_001|_T": ""},
        {"aksi": "pilihan", "ambil:x": "y"},
        {"aksi": "lain"},
    ):
        assert post(operator, page, **more).status_code == 302
    assert operator.post(PAGE, {"aksi": "semua"}).status_code == 302
    assert held() == {}


def test_who_only_reads_sees_what_is_offered_and_takes_nothing(world: World) -> None:
    head = client(world, "kepala-desa-a")
    page = head.get(PAGE).content.decode()
    assert "dari periode 2025-S2" in page
    assert 'type="radio"' not in page
    given = {"pesan": str(uuid4()), "revisi": "0", "aksi": "semua"}
    assert head.post(PAGE, given).status_code == 403
    assert held() == {}


def test_the_form_leads_there(world: World) -> None:
    address = PAGE.replace("salin", "isi")
    assert f'href="{PAGE}"' in client(world, "operator-desa-a").get(address).content.decode()


def test_a_choice_that_is_gone_meanwhile_is_told_and_the_rest_is_taken(world: World) -> None:
    operator = client(world, "operator-desa-a")
    page = operator.get(PAGE).content.decode()
    chosen = {"ambil:|KEP_001|_T": "form:LAIN@2025", "ambil:|KEP_002|_T": "period:KEP_SEMESTER@2025-S2"}
    answer = post(operator, page, aksi="pilihan", **chosen)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "tidak disalin: sumber yang dipilih tidak menawarkannya lagi" in said
    assert 'name="revisi" value="1"' in said, "the page stands on what was just stored"
    assert held() == {"KEP_002": "60"}


def test_rows_of_a_list_are_offered_row_by_row(world: World) -> None:
    place = f"/salin/SOS_TAHUNAN/{VILLAGE}/2026"
    rows = [f"018f0000-0000-7000-8000-00000000000{number}" for number in (1, 2)]
    cells = [Given("LBG_002", f"Lembaga {number}", row=row) for number, row in enumerate(rows)]
    cells.append(Given("LBG_003", "SK_KADES", row=rows[0]))
    one = services.Save(SubmissionKey("SOS_TAHUNAN", VILLAGE, "2025"), 0, uuid4(), Source.WEB, cells)
    assert not services.save_cells(OPERATOR, save=one, now=now()).account.rejected
    operator = client(world, "operator-desa-a")
    page = operator.get(place).content.decode()
    assert "2 baris daftar dapat disalin." in page
    assert "Keputusan kepala desa" in page
    value = re.search(rf'name="baris:{rows[0]}" value="([^"]*)"', page)[1]
    hidden = dict(re.findall(r'type="hidden" name="(pesan|revisi)" value="([^"]*)"', page))
    chosen = {f"baris:{rows[0]}": value, "aksi": "pilihan"}
    assert operator.post(place, hidden | chosen).status_code == 302
    found = queries.filled(OPERATOR, SubmissionKey("SOS_TAHUNAN", VILLAGE, "2026"))
    assert {(key.row, key.variable) for key in found.state.cells} == {
        (rows[0], "LBG_002"),
        (rows[0], "LBG_003"),
    }
    page = operator.get(place).content.decode()
    assert "1 baris daftar dapat disalin." in page
    assert "dari periode 2025" in page
