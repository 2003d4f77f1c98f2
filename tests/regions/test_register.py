"""Loading, diff, codes with dates, trees, counts."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from django.db import IntegrityError, transaction

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.regions import queries, services
from sidara.regions.core import Kind, Level
from sidara.regions.core.difference import difference
from sidara.regions.models import Region, RegionCode, RegisterVersion

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


def later():
    return datetime(2027, 1, 1, tzinfo=UTC)


def test_counts_equal_the_check_numbers(register_62):
    counted = queries.counts(PUBLIC)
    here = counted["provinces"]["62"]
    assert list(counted["provinces"]) == ["62"]
    figures = {key: here[key] for key in ("kabupaten", "kota", "kecamatan", "desa", "kelurahan")}
    assert figures == {"kabupaten": 13, "kota": 1, "kecamatan": 136, "desa": 1432, "kelurahan": 139}
    assert {code: parts["desa"] for code, parts in here["per_kabupaten"].items()} == DESA
    assert {key: here["decree"][key] for key in figures} == figures
    assert here["decree"].keys() == here.keys() - {"decree"}
    assert here["decree"]["per_kabupaten"] == {
        code: {"desa": desa, "kelurahan": None, "kecamatan": None} for code, desa in DESA.items()
    }
    for key in ("desa", "kelurahan", "kecamatan"):
        assert sum(parts[key] for parts in here["per_kabupaten"].values()) == here[key]


def test_a_province_without_named_figures_has_no_decree(db, clock):
    services.load_register(OPERATOR, provinces=("31",), clock=clock)
    counted = queries.counts(PUBLIC)
    assert counted["provinces"]["31"]["decree"] is None
    assert counted["nation"]["desa_kelurahan"] == 267
    assert counted["nation"]["decree"]["desa_kelurahan"] == 83762


def test_desa_adat_are_counted_as_desa(db, clock):
    services.load_register(OPERATOR, provinces=("91",), clock=clock)
    here = queries.counts(PUBLIC)["provinces"]["91"]
    assert here["desa"] + here["kelurahan"] == Region.objects.filter(level=Level.VILLAGE).count()
    assert Region.objects.filter(kind=Kind.CUSTOMARY_VILLAGE).count() == 14


def all_rows():
    return [*Region.objects.values(), *RegionCode.objects.values(), *RegisterVersion.objects.values()]


def test_loading_again_changes_nothing(register_62):
    before = all_rows()
    again = services.load_register(OPERATOR, provinces=("62",), clock=later)
    assert again.is_empty
    assert set(again.counts().values()) == {0}
    assert all_rows() == before


def test_a_second_province_leaves_the_first_as_it_is(register_62):
    before = list(Region.objects.filter(code__startswith="62").values())
    added = services.load_register(OPERATOR, provinces=("31", "62"), clock=later)
    assert added.added.height == 1 + 6 + 44 + 267
    assert list(Region.objects.filter(code__startswith="62").values()) == before


def test_preview_changes_nothing_and_equals_the_load(db, clock):
    preview = queries.register_diff(OPERATOR, provinces=("62",))
    assert preview.added.height == 1722
    assert Region.objects.count() == 0
    assert queries.register_version(PUBLIC) == queries.EMPTY_VERSION
    assert services.load_register(OPERATOR, provinces=("62",), clock=clock).added.equals(preview.added)


def test_progress_is_told_up_to_the_end(db, clock):
    told = []
    services.load_register(OPERATOR, provinces=("62",), clock=clock, progress=lambda *step: told.append(step))
    assert told[-1] == (1722, 1722)
    assert [written for written, _ in told] == sorted(written for written, _ in told)


def test_diff_tells_renamed_reparented_relocated_and_missing(register_62):
    before = queries.register_version(PUBLIC)
    Region.objects.filter(code="62.01.02.2016").update(name="Nama Dahulu")
    other = Region.objects.get(code="62.03")
    Region.objects.filter(code="62.01.02").update(parent=other)
    Region.objects.filter(code="62.01.01.1011").update(latitude=0.5)
    province = Region.objects.get(code="62.01.02")
    gone = Region.objects.create(
        uid="x" * 11,
        code="62.01.02.2999",
        name="Hilang",
        level=Level.VILLAGE,
        kind=Kind.VILLAGE,
        parent=province,
        sort_key="hilang",
        search_key="hilang",
    )
    ids = dict(Region.objects.values_list("code", "pk"))
    change = services.load_register(OPERATOR, provinces=("62",), clock=later)
    assert change.renamed.select("code", "name_before", "name").rows() == [
        ("62.01.02.2016", "Nama Dahulu", "Natai Raya")
    ]
    assert change.reparented.select("code", "parent_before", "parent_code").rows() == [
        ("62.01.02", "62.03", "62.01")
    ]
    assert change.relocated["code"].to_list() == ["62.01.01.1011"]
    assert change.missing["code"].to_list() == ["62.01.02.2999"]
    assert change.added.is_empty()
    assert Region.objects.filter(pk=gone.pk).exists()
    assert dict(Region.objects.values_list("code", "pk")) == ids
    assert Region.objects.get(code="62.01.02").parent.code == "62.01"
    assert Region.objects.get(code="62.01.02.2016").name == "Natai Raya"
    assert queries.register_version(PUBLIC) != before


def test_a_point_that_the_package_lost_is_kept():
    columns = {"code": ["62"], "name": ["A"], "level": [1], "kind": ["provinsi"], "parent_code": [None]}
    keys = {"sort_key": ["a"], "search_key": ["a"]}
    held = pl.DataFrame({"id": [1], **columns, "latitude": [1.0], "longitude": [2.0], **keys})
    package = pl.DataFrame({**columns, "latitude": [None], "longitude": [None], **keys})
    assert difference(held, package.cast({"latitude": pl.Float64, "longitude": pl.Float64})).is_empty


def test_resolve_reads_dotted_and_bare(register_62):
    dotted, bare = queries.resolve(PUBLIC, "62.01.02.2016"), queries.resolve(PUBLIC, "6201022016")
    assert dotted == bare
    assert (dotted.name, dotted.kind, dotted.level) == ("Natai Raya", Kind.VILLAGE, Level.VILLAGE)
    assert queries.resolve(PUBLIC, "62.99") is None
    assert queries.resolve(PUBLIC, "desa") is None


def test_resolve_takes_the_code_of_the_day(register_62, clock):
    village = queries.resolve(PUBLIC, "62.01.02.2016")
    written = services.assign_codes(
        OPERATOR,
        scheme="kemendagri",
        codes={village.id: "62.01.06.2099"},
        valid_from=date(2026, 1, 1),
        clock=clock,
    )
    assert written == 1
    old, new = "62.01.02.2016", "62.01.06.2099"
    assert queries.resolve(PUBLIC, old) is None
    assert queries.resolve(PUBLIC, old, on=date(2025, 12, 31)).id == village.id
    assert queries.resolve(PUBLIC, old, on=date(2026, 1, 1)) is None
    assert queries.resolve(PUBLIC, new, on=date(2025, 12, 31)) is None
    assert queries.resolve(PUBLIC, new, on=date(2026, 1, 1)).id == village.id
    assert queries.resolve(PUBLIC, new).code == new
    assert queries.resolve(PUBLIC, new).uid == village.uid


def test_a_code_that_follows_another_needs_a_day(register_62, clock):
    village = queries.resolve(PUBLIC, "62.01.02.2016")
    with pytest.raises(ValueError, match="day"):
        services.assign_codes(
            OPERATOR, scheme="kemendagri", codes={village.id: "62.01.06.2099"}, valid_from=None, clock=clock
        )


@pytest.mark.parametrize(("scheme", "code"), [("kemendagri", "62.01.02.9016"), ("contoh", "62.01.02.2990")])
def test_no_village_gets_a_code_of_the_other_kind(register_62, clock, scheme, code):
    """A real village under the code of an example: found by nobody, its answers called made up."""
    village = queries.resolve(PUBLIC, "62.01.02.2016")
    given = {"scheme": scheme, "codes": {village.id: code}, "valid_from": date(2026, 1, 1)}
    with pytest.raises(ValueError, match=code):
        services.assign_codes(OPERATOR, clock=clock, **given)
    row = Region.objects.get(pk=village.id)
    for change in (
        lambda: RegionCode.objects.create(region=row, scheme=scheme, code=code, valid_to=date(2020, 1, 1)),
        lambda: Region.objects.filter(pk=village.id).update(scheme=scheme, code=code),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    services.assign_codes(
        OPERATOR, scheme="bps:2023", codes={village.id: "6201029016"}, valid_from=None, clock=clock
    )


def test_a_bps_code_is_never_read_as_a_kemendagri_code(register_62, shared, clock):
    frame = pl.read_csv(shared / "data/regions/bps_kemendagri_desa_62.csv", infer_schema=False)
    rows = frame.filter(pl.col("kode_kemendagri").is_not_null())
    ids = dict(Region.objects.values_list("code", "pk"))
    codes = {
        ids[kemendagri]: bps for bps, kemendagri in rows.select("kode_bps", "kode_kemendagri").iter_rows()
    }
    services.assign_codes(OPERATOR, scheme="bps:2010", codes=codes, valid_from=None, clock=clock)
    twins = rows.filter(pl.col("kode_bps_adalah_kode_kemendagri_desa_lain") == "ya")
    assert twins.height > 70
    for bps, kemendagri in twins.select("kode_bps", "kode_kemendagri").iter_rows():
        by_bps = queries.resolve(PUBLIC, bps, scheme="bps:2010")
        assert by_bps.code == kemendagri
        assert queries.resolve(PUBLIC, bps, scheme="kemendagri").id != by_bps.id
        assert queries.resolve(PUBLIC, bps) is None
    assert queries.resolve(PUBLIC, "6201040002") is None
    assert queries.resolve(PUBLIC, "6201040002", scheme="bps:2023") is None


def test_trees(register_62):
    village = queries.resolve(PUBLIC, "62.01.02.2016")
    assert [region.code for region in queries.ancestors(PUBLIC, village.id)] == ["62", "62.01", "62.01.02"]
    province = queries.resolve(PUBLIC, "62")
    assert queries.ancestors(PUBLIC, province.id) == ()
    assert queries.with_above(PUBLIC, village.id) == (*queries.ancestors(PUBLIC, village.id), village)
    assert queries.with_above(PUBLIC, 0) == ()
    assert [region.code for region in queries.children(PUBLIC, province.id)] == list(DESA)
    assert len(queries.villages(PUBLIC, "62")) == 1571
    assert len(queries.villages(PUBLIC, "62.71")) == 30
    assert queries.villages(PUBLIC, "62.01.02.2016") == [village]
    assert queries.villages(PUBLIC, "99") == []
    assert queries.regions(PUBLIC, [village.id, -1]) == {village.id: village}
    assert queries.named(PUBLIC, ["62", "99"]) == {"62": province}


def test_dimension_has_a_row_a_region_with_its_place_in_the_tree(register_62):
    frame = queries.dimension(PUBLIC)
    assert frame.height == 1722
    assert frame.schema["region_id"] == pl.Int64
    assert frame.schema["level"] == pl.Int8
    village = frame.row(by_predicate=pl.col("code") == "62.01.02.2016", named=True)
    assert [village[f"{level}_code"] for level in ("province", "regency", "district")] == [
        "62",
        "62.01",
        "62.01.02",
    ]
    regency = frame.row(by_predicate=pl.col("code") == "62.01", named=True)
    assert regency["regency_id"] == regency["region_id"]
    assert regency["district_id"] is None
    by_id = dict(frame.select("region_id", "code").iter_rows())
    assert by_id[village["district_id"]] == "62.01.02"


@pytest.mark.django_db
def test_known_codes_without_a_register_come_from_the_package():
    asked = ["6201022016", "1101012001", "6201022999", "62", "x"]
    assert queries.known_codes(PUBLIC, asked) == {"6201022016", "1101012001"}


def test_known_codes_of_a_loaded_province_come_from_the_register(register_62, clock):
    village = queries.resolve(PUBLIC, "62.01.02.2016")
    services.assign_codes(
        OPERATOR,
        scheme="kemendagri",
        codes={village.id: "62.01.06.2099"},
        valid_from=date(2026, 1, 1),
        clock=clock,
    )
    asked = ["6201022016", "6201062099", "1101012001", "6201022999", "6201", "6201040002"]
    assert queries.known_codes(PUBLIC, asked) == {"6201022016", "6201062099", "1101012001"}


def test_the_public_reads_and_does_not_load(db, clock):
    with pytest.raises(NotAllowed):
        services.load_register(PUBLIC, provinces=("62",), clock=clock)
    with pytest.raises(NotAllowed):
        services.assign_codes(PUBLIC, scheme="x", codes={}, valid_from=None, clock=clock)
    assert Region.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"parent": None},
        {"kind": "kecamatan"},
        {"latitude": 1.0},
        {"latitude": 91.0, "longitude": 1.0},
        {"code": "62.01"},
    ],
)
def test_the_tables_refuse_what_cannot_be(register_62, values):
    parent = Region.objects.get(code="62.01.02")
    whole = {
        "uid": "x" * 11,
        "code": "62.01.02.2999",
        "name": "Baru",
        "level": Level.VILLAGE,
        "kind": Kind.VILLAGE,
        "parent": parent,
        "sort_key": "baru",
        "search_key": "baru",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(**(whole | values))
    Region.objects.create(**whole)


def test_the_code_table_refuses_two_open_codes(register_62):
    village = Region.objects.get(code="62.01.02.2016")
    other = Region.objects.get(code="62.01.01.1011")
    for region, code, dates in (
        (village, "62.01.06.2099", {}),
        (other, "62.01.02.2016", {}),
        (other, "62.01.06.2099", {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegionCode.objects.create(region=region, scheme="kemendagri", code=code, **dates)


def test_names_sort_the_same_everywhere(register_62):
    keys = dict(Region.objects.filter(name__startswith="Papuyu").values_list("name", "sort_key"))
    assert keys["Papuyu I Sei Pasaman"] == "papuyu 0001 sei pasaman"
    assert sorted(keys, key=keys.get) == [
        "Papuyu I Sei Pasaman",
        "Papuyu II Sei. Barunai",
        "Papuyu III Sei. Pudak",
    ]
