"""All 73 codes that are those of two villages, at every door: asked back or refused, never silently one.

The search, the addresses of villages, `dataset import` and `index compute` have tests of their own
(`test_places.py`, `collection/test_schemes.py`, `indices/test_schemes.py`); here are the others.
"""

import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from pytest_django import Settings

from sidara.collection import services as collection
from sidara.collection.core import DataSet, ValueType, Variable
from sidara.indices import queries as indices
from sidara.indices.core.path import Goal
from sidara.indices.core.whatif import Change
from sidara.kernel.actor import OPERATOR
from sidara.regions import queries as regions
from sidara.regions import services as registering
from sidara.warehouse import queries as warehouse
from sidara.warehouse import services as facts
from sidara.warehouse.core import Query
from tests.copied import registered
from tests.regions import borders
from tests.split_world import clock

FILE = "data/regions/bps_kemendagri_desa_62.csv"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_warehouse(settings: Settings, tmp_path: Path) -> None:
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"


@pytest.fixture
def twins(shared: Path) -> list[tuple[str, str, str]]:
    """Code as the statistics office means it, its name there, the Kemendagri code of the same village."""
    registered(clock)
    registering.import_codes(OPERATOR, source=shared / FILE, scheme="bps:2023", clock=clock)
    table = pl.read_csv(shared / FILE, infer_schema_length=0)
    found = table.filter(pl.col("kode_bps_adalah_kode_kemendagri_desa_lain") == "ya")
    rows = found.select("kode_bps", "desa_bps", "kode_kemendagri").rows()
    assert len(rows) == 73
    return rows


@pytest.fixture
def every(twins, shared: Path) -> list[tuple[str, str]]:
    """All codes of the other scheme with their names there."""
    return pl.read_csv(shared / FILE, infer_schema_length=0).select("kode_bps", "desa_bps").rows()


ADDRESSES = (
    "/desa/{}",
    "/desa/{}/riwayat",
    "/desa/{}/andai",
    "/desa/{}/andai/hasil",
    "/desa/{}/jalur",
    "/desa/{}/indeks.csv",
    "/desa/{}/riwayat/kode.csv",
    "/desa/{}/jalur/langkah.csv",
    "/wilayah/{}",
    "/wilayah/{}/riwayat",
    "/wilayah/{}/desa.csv",
    "/wilayah/{}/andai",
    "/wilayah/{}/jalur",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_takes_one_of_both(twins, client: Client, address: str) -> None:
    answers = {code: client.get(address.format(code)).status_code for code, _, _ in twins}
    assert set(answers.values()) <= {300, 404}, answers


def test_suggestions_and_search_name_both(twins, client: Client) -> None:
    for code, _, own in twins:
        here = regions.resolve(OPERATOR, code, scheme="kemendagri")
        assert here is not None
        text = client.get(f"/cari/calon?q={code}").content.decode()
        assert f'href="/desa/{here.code}"' in text
        assert f'href="/desa/{own}"' in text
        assert {one.region.code for one in regions.find(OPERATOR, code)} == {here.code, own}
        assert regions.find(OPERATOR, "natai", under=code) == []
        assert regions.villages(OPERATOR, code) == []
        assert regions.hexmap(OPERATOR, code).cells == {}
        assert client.get(f"/peta?di={code}").status_code == 200


def test_the_one_question_asks_back(twins) -> None:
    note = DataSet(
        "external:uji", "Uji", "Uji", "", "MIT", date(2026, 1, 1), "kemendagri", False, "actual", "v1"
    )
    variable = Variable("UJI.A", "A", "", 0, ValueType.NUMBER)
    here = regions.resolve(OPERATOR, "62.01.02.2016")
    assert here is not None
    cells = pl.DataFrame(
        [(here.id, "2024", "UJI.A", "1")], schema=["region_id", "period", "variable", "value"], orient="row"
    )
    collection.put_cells(OPERATOR, dataset=note, variables=(variable,), cells=cells, now=clock())
    facts.refresh(OPERATOR)
    for code, _, own in twins:
        for asked in ({"codes": (code,)}, {"under": code}):
            answer = warehouse.ask(OPERATOR, Query(note.code, ("UJI.A",), **asked))
            assert [one.code for one in answer.findings] == ["CODE_AMBIGUOUS"]
            assert answer.is_refused
        assert not warehouse.ask(OPERATOR, Query(note.code, ("UJI.A",), codes=(own,))).is_refused


def boundaries(folder: Path, rows: list[tuple[str, str | None]]) -> list[str]:
    shapes = borders.squares(len(rows), 20)
    features = [
        ({"kode": code} | ({} if name is None else {"nama": name}), shape)
        for (code, name), shape in zip(rows, shapes, strict=True)
    ]
    file = borders.geojson(folder / "batas.geojson", features)
    survey = regions.boundary_survey(OPERATOR, file=file)
    return [one.code for one in survey.findings if str(one.severity) == "error"]


def test_boundaries_with_bare_codes_alone_are_asked_back(twins, tmp_path: Path) -> None:
    assert boundaries(tmp_path, [(code, None) for code, _, _ in twins]) == ["CODE_AMBIGUOUS"] * 73
    assert boundaries(tmp_path, [(code, name) for code, name, _ in twins]) == ["BOUNDARY_CODE_SCHEME"]
    own = [(regions.resolve(OPERATOR, code, scheme="kemendagri"), code) for code, _, _ in twins]
    named = [(code, here.name) for here, code in own if here is not None]
    assert boundaries(tmp_path, named) == []
    assert boundaries(tmp_path, [(here.code, None) for here, _ in own if here is not None]) == []


def test_one_clashing_code_among_sure_ones_is_believed_unless_its_name_speaks_against_it(
    twins, tmp_path: Path
) -> None:
    taken = set(regions.spans(OPERATOR, scheme="bps:2023")["code"])
    sure = [
        (one.code.replace(".", ""), one.name)
        for one in regions.villages(OPERATOR, "62")
        if one.code.replace(".", "") not in taken
    ][:20]
    code, name, _ = twins[0]
    assert boundaries(tmp_path, [*((one, None) for one, _ in sure), (code, None)]) == []
    assert boundaries(tmp_path, [*sure, (code, name)]) == ["CODE_AMBIGUOUS"]


def test_a_file_of_codes_whose_own_column_holds_the_other_scheme_is_refused(twins, every) -> None:
    for rows in ([(code, name) for code, name, _ in twins], every):
        text = "kode,kode_kemendagri,nama\n" + "".join(
            f"9{at:09},{code},{name}\n" for at, (code, name) in enumerate(rows)
        )
        account = registering.import_codes(
            OPERATOR, source=io.BytesIO(text.encode()), format="csv", scheme="lain:2026", clock=clock
        )
        assert ([one.code for one in account.findings], account.is_stored) == (["SCHEME_NAMES"], False)
    assert regions.schemes(OPERATOR).keys() == {"kemendagri", "bps:2023"}


def test_a_succession_states_its_scheme_and_its_names_are_held_against_it(twins) -> None:
    text = "tanggal,jenis,kode_lama,kode_baru,nama_lama,nama_baru\n" + "".join(
        f"2020-01-01,ganti_nama,{code},,{name},Nama Baru {at}\n" for at, (code, name, _) in enumerate(twins)
    )

    def imported(scheme: str) -> list[str]:
        account = registering.import_succession(
            OPERATOR, source=io.BytesIO(text.encode()), format="csv", scheme=scheme, clock=clock
        )
        assert not account.is_stored
        return [one.code for one in account.findings]

    assert imported("bps:2023") == ["SCHEME_WRONG"]
    assert imported("kemendagri") == ["SCHEME_NAMES"]


def test_what_is_told_beside_a_file_is_asked_back_unless_the_file_writes_it_so(twins) -> None:
    idm = indices.definition(OPERATOR, "idm")
    assert idm is not None
    header, score = "kode,tahun,iks,ike,ikl\n", "2024,0.7429,0.55,0.9333\n"
    goal = Goal("MAJU")
    for code, _, _ in twins:
        here = regions.resolve(OPERATOR, code, scheme="kemendagri")
        assert here is not None

        def file(text: str) -> io.BytesIO:
            return io.BytesIO(f"{header}{text},{score}".encode())

        change = [Change(code, "iks", "0.8")]
        for found in (
            indices.whatif_file(OPERATOR, idm, file(code), change, format="csv"),
            indices.whatif_file(OPERATOR, idm, file(here.code), change, format="csv"),
            indices.whatif_file(OPERATOR, idm, file(here.code), [], under=code, format="csv"),
            indices.paths_file(OPERATOR, idm, file(code), goal, format="csv"),
            indices.paths_file(OPERATOR, idm, file(here.code), goal, codes=[code], format="csv"),
        ):
            assert isinstance(found, tuple)
            assert [one.code for one in found] == ["CODE_AMBIGUOUS"]
    sure = ["62.01.02.2016", "62.01.02.2017", "62.01.02.2018"]
    rows = "".join(f"{one},{score}" for one in (code, *(one.replace(".", "") for one in sure)))
    made = indices.whatif_file(OPERATOR, idm, io.BytesIO(f"{header}{rows}".encode()), change, format="csv")
    assert not isinstance(made, tuple)
