"""An address of a page of planning leads to its short form before anything is computed."""

from http import HTTPStatus
from urllib.parse import urlencode

import polars as pl
import pytest
from django.test import RequestFactory

from sidara.demo.core import simulate
from sidara.indices import core, queries
from sidara.indices.queries import held
from sidara.kernel.actor import PUBLIC
from sidara.tables import LINE
from sidara.web import planning_views
from tests.collection.conftest import register
from tests.indices.test_held import CODES, YEAR, stored

__all__ = ["register"]

IDM = queries.definition(PUBLIC, "idm")
FORM = {"indeks": "idm", "ke": "next", "skor": "", "biaya": "", "satuan": "", "anggaran": ""}


@pytest.fixture
def villages(register, settings, tmp_path):
    """Simulated answers of three villages in the warehouse, with what the index makes of them."""
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"
    frame = simulate(IDM, sorted(CODES), (int(YEAR),), seed=7).with_row_index(LINE, 2).cast({LINE: pl.Int64})
    version = IDM.versions[-1]
    codes = {one.status: one.code for one in version.thresholds.classes}
    made = core.compute(IDM, frame).frame.with_columns(pl.col("status").replace_strict(codes))
    made = made.cast(pl.String).rename({level.column: level.code for level in version.levels})
    names = [*(one.name for one in version.inputs), *version.by_code, *(one.code for one in version.levels)]
    stored(IDM, made.rename({"status": "STATUS"}), [*names, "STATUS"], "simulated:idm")


def ask(view: str, page: str, code: str, pairs: dict[str, str]):
    request = RequestFactory().get(page, pairs)
    request.actor = PUBLIC
    return getattr(planning_views, view)(request, code)


def searches() -> int:
    """How many searches for paths were made."""
    return held._paths_of_few.cache_info().misses + held._paths_of_many.cache_info().misses


@pytest.mark.parametrize(
    ("view", "page", "code"),
    [("path", f"/desa/{CODES[0]}/jalur", CODES[0]), ("area_path", "/wilayah/62/jalur", "62")],
)
def test_a_whole_form_is_led_away_before_paths_are_searched(villages, view, page, code):
    before = searches()
    answer = ask(view, page, code, FORM)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["location"] == f"{page}?{urlencode({'indeks': 'idm'})}"
    assert searches() == before
    assert ask(view, page, code, {"indeks": "idm"}).status_code == HTTPStatus.OK
    assert searches() == before + 1
