"""Pages after a change of parent: a village under its old code is counted, listed and drawn where it lies."""

import io
import re
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from pytest_django import Settings

from sidara.collection import services as collection
from sidara.collection.core import Choice, DataSet, ValueType, Variable
from sidara.kernel.actor import OPERATOR
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.warehouse import services as facts
from tests.copied import registered
from tests.split_world import clock

pytestmark = pytest.mark.django_db
MOVED = "62.01.02.2018"
SCORES = ("IDM.IKS", "IDM.IKE", "IDM.IKL", "IDM.IDM")
CLASSES = ("SANGAT_TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI")


@pytest.fixture(autouse=True)
def moved(settings: Settings, tmp_path: Path) -> None:
    """A village of Kotawaringin Barat that goes into a kecamatan of Kotawaringin Timur; SIMULASI figures."""
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"
    registered(clock)
    done = registering.import_succession(
        OPERATOR,
        source=io.BytesIO(
            f"tanggal,jenis,kode_lama,kode_baru,induk_baru\n2024-01-01,pindah_induk,{MOVED},,62.02.01\n".encode()
        ),
        format="csv",
        scheme="kemendagri",
        clock=clock,
    )
    assert done.is_stored, done.findings
    variables = (
        *(Variable(code, code, "", 4, ValueType.NUMBER) for code in SCORES),
        Variable("IDM.STATUS", "Status", "", 0, ValueType.CHOICE, tuple(Choice(one, one) for one in CLASSES)),
    )
    cells = []
    for village in (*regions.villages(OPERATOR, "62.02.01"), *regions.villages(OPERATOR, "62.01.02")):
        if village.kind != "desa":
            continue
        score, status = ("0.8500", "MANDIRI") if village.code == MOVED else ("0.6500", "BERKEMBANG")
        told = (*(score,) * 4, status)
        cells += [(village.id, "2024", one.code, value) for one, value in zip(variables, told, strict=True)]
    note = DataSet(
        "simulated:idm", "SIMULASI indeks", "Uji", "", "bebas", clock().date(), "kemendagri", True, "actual",
        "Permendesa PDTT 2/2016",
    )  # fmt: skip
    frame = pl.DataFrame(cells, schema=["region_id", "period", "variable", "value"], orient="row")
    collection.put_cells(OPERATOR, dataset=note, variables=variables, cells=frame, now=clock())
    facts.refresh(OPERATOR)


def hexagons(page: str) -> int:
    """Count the cells of a map with one link a kecamatan."""
    drawing = page[page.index('<svg class="peta"') :]
    drawing = drawing[: drawing.index("</svg>")]
    links = "".join(re.findall(r"<a .*?</a>", drawing))
    return sum(path.count("M") for path in re.findall(r' d="([^"]+)"', links))


def test_a_kabupaten_draws_and_lists_all_of_its_villages(client: Client) -> None:
    for code in ("62.01", "62.02"):
        page = client.get(f"/wilayah/{code}").content.decode()
        assert hexagons(page) == len(regions.villages(OPERATOR, code))
    here = next(row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if f"/desa/{MOVED}" in row)
    assert regions.resolve(OPERATOR, "62.02.01").name in here


def test_a_village_stands_among_those_of_its_kecamatan(client: Client) -> None:
    page = client.get(f"/desa/{MOVED}").content.decode()
    district = regions.resolve(OPERATOR, "62.02.01")
    count = sum(one.kind == "desa" for one in regions.villages(OPERATOR, district.code))
    assert re.search(rf"Urutan di {district.name}</dt>\s*<dd[^>]*>1 dari {count}\b", page)
