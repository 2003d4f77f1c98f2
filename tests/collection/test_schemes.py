"""Files whose codes may be of another scheme: asked back, or refused when their names speak against it."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sidara.collection import queries
from sidara.kernel.actor import OPERATOR
from sidara.regions import queries as regions
from sidara.regions import services as registering
from tests.collection.conftest import NOW, imported

FILE = "data/regions/bps_kemendagri_desa_62.csv"
HEADER = "kode,desa,idm,iks,ike,ikl,status\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(register, shared: Path) -> pl.DataFrame:
    """The 73 codes that are those of two villages, the aliases being loaded."""
    registering.import_codes(OPERATOR, source=shared / FILE, scheme="bps:2023", clock=lambda: NOW)
    table = pl.read_csv(shared / FILE, infer_schema_length=0)
    found = table.filter(pl.col("kode_bps_adalah_kode_kemendagri_desa_lain") == "ya")
    assert found.height == 73
    return found


def rows(pairs: list[tuple[str, str]]) -> str:
    return HEADER + "".join(f"{code},{name},0.7421,0.7429,0.55,0.9333,MAJU\n" for code, name in pairs)


def test_all_73_codes_alone_are_asked_back(twins):
    account = imported(rows([(code, "") for code in twins["kode_bps"]]))
    assert (account.sent, account.rejected, account.is_stored) == (73 * 5, 73 * 5, False)
    asked = [one for one in account.findings if one.code == "CODE_AMBIGUOUS"]
    assert {one.value for one in asked} == set(twins["kode_bps"])
    assert [one.place.line for one in asked] == list(range(2, 75))
    for one, name in zip(asked, twins["nama_kemendagri"], strict=True):
        assert name in one.message


def test_dots_or_a_fitting_name_answer_the_question(twins):
    code = twins["kode_bps"][0]
    here = regions.resolve(OPERATOR, code, scheme="kemendagri")
    assert imported(rows([(here.code, "")])).created == 5
    assert imported(rows([(code, here.name.upper())]), dataset="external:lain").created == 5


def test_one_name_that_speaks_against_its_code_is_asked_back(twins):
    """The other rows are Kemendagri codes without doubt; this one names the other village."""
    every = regions.dimension(OPERATOR).filter(pl.col("kind") == "desa").head(40)
    pairs = [(code.replace(".", ""), name) for code, name in every.select("code", "name").iter_rows()]
    account = imported(rows([*pairs, (twins["kode_bps"][-1], twins["desa_bps"][-1])]))
    assert [one.code for one in account.findings if one.place.line == 42] == ["CODE_AMBIGUOUS", "NAME_UNLIKE"]
    assert (account.created, account.rejected) == (200, 5)


def test_a_whole_file_of_the_other_scheme_is_refused_and_the_likely_one_named(twins, shared):
    table = pl.read_csv(shared / FILE, infer_schema_length=0)
    account = imported(rows(table.select("kode_bps", "desa_bps").rows()))
    assert account.is_refused
    (finding,) = account.findings
    assert (finding.code, finding.value) == ("SCHEME_NAMES", "bps:2023")
    assert queries.datasets(OPERATOR) == ()


def test_without_aliases_names_alone_refuse_it(register, shared):
    table = pl.read_csv(shared / FILE, infer_schema_length=0)
    account = imported(rows(table.select("kode_bps", "desa_bps").rows()))
    assert [one.code for one in account.findings] == ["SCHEME_NAMES"]


def test_the_published_table_raises_no_question(twins, shared):
    account = imported(shared / "data/idm/idm_2024_kalimantan_tengah.csv")
    assert account.is_clean
    assert {one.code for one in account.findings} <= {"ROWS_SKIPPED"}


SPLIT = """tanggal,jenis,kode_lama,kode_baru,nama_baru,porsi
2024-07-01,pecah,62.01.02.2016,62.01.02.2016,,3/5
2024-07-01,pecah,62.01.02.2016,62.01.02.2990,Contoh Baru,2/5
"""


def test_cells_go_to_the_area_of_their_period(register, tmp_path):
    file = tmp_path / "pemekaran.csv"
    file.write_text(SPLIT, encoding="utf-8")
    assert registering.import_succession(
        OPERATOR, source=file, scheme="kemendagri", clock=lambda: NOW
    ).is_stored
    account = imported(
        "kode,tahun,iks,ike,ikl,idm,status\n6201022990,2023,0.7,0.7,0.7,0.7,MAJU\n",
        table="idm-indices",
        dataset="external:idm-indeks",
    )
    assert [one.code for one in account.findings] == ["CODE_OTHER_TIME"]
    young = regions.resolve(OPERATOR, "62.01.02.2990")
    assert young.valid_from == date(2024, 7, 1)
    assert set(queries.cells(OPERATOR, "external:idm-indeks")["region_id"]) == {young.id}


def test_an_old_and_a_new_code_of_one_village_are_not_stored_twice(register):
    region = regions.resolve(OPERATOR, "62.01.02.2016")
    registering.assign_codes(
        OPERATOR, scheme="kemendagri", codes={region.id: "62.01.02.2999"}, valid_from=date(2025, 1, 1),
        clock=lambda: NOW,
    )  # fmt: skip
    account = imported(rows([("6201022016", ""), ("6201022999", ""), ("6201022017", "")]))
    assert (account.created, account.rejected) == (5, 10)
    assert account.findings[0].code == "KEY_DUPLICATE"
