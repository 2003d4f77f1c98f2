"""Codes that are those of two villages are asked back when an index is computed, too."""

import io
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from sidara.indices import queries
from sidara.kernel.actor import OPERATOR
from sidara.regions import services as registering
from tests.copied import registered

FILE = "data/regions/bps_kemendagri_desa_62.csv"
pytestmark = pytest.mark.django_db


def clock() -> datetime:
    return datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def twins(shared: Path) -> list[str]:
    """The 73 codes, register and aliases being loaded."""
    registered(clock)
    registering.import_codes(OPERATOR, source=shared / FILE, scheme="bps:2023", clock=clock)
    table = pl.read_csv(shared / FILE, infer_schema_length=0)
    return table.filter(pl.col("kode_bps_adalah_kode_kemendagri_desa_lain") == "ya")["kode_bps"].to_list()


def computed(idm, codes: list[str], **options):
    text = "kode,tahun,iks,ike,ikl\n" + "".join(f"{code},2024,0.7429,0.55,0.9333\n" for code in codes)
    return queries.compute_file(OPERATOR, idm, io.BytesIO(text.encode()), format="csv", **options)


def test_all_73_codes_alone_are_asked_back(idm, twins):
    made = computed(idm, twins)
    assert (made.read, made.computed, made.rejected) == (73, 0, 73)
    asked = [one for one in made.findings if one.code == "CODE_AMBIGUOUS"]
    assert {one.value for one in asked} == set(twins)
    assert [one.place.line for one in asked] == list(range(2, 75))


def test_dots_a_stated_scheme_or_other_codes_answer_the_question(idm, twins):
    code = twins[0]
    dotted = f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:]}"
    assert computed(idm, [dotted]).computed == 1
    assert computed(idm, [code], scheme="kemendagri").computed == 1
    assert [one.code for one in computed(idm, [code], scheme="bps:2023").findings] == ["SCHEME_WRONG"]
    sure = ["6201022016", "6201022017", "6201022018"]
    assert computed(idm, [code, *sure]).computed == 4


def test_other_commands_refuse_the_file(idm, twins):
    text = f"kode,tahun,iks,ike,ikl\n{twins[0]},2024,0.7429,0.55,0.9333\n"
    found = queries.explain_row(
        OPERATOR, idm, io.BytesIO(text.encode()), code=twins[0], year=2024, format="csv"
    )
    assert [one.code for one in found] == ["CODE_AMBIGUOUS"]
