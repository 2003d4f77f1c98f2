"""Boundaries: what is read, what is refused, and that nothing is half kept."""

import io
import json
import os
import signal
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely
from django.conf import settings
from typer.testing import CliRunner

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.finding import Severity
from sidara.regions import queries, services
from sidara.regions.cli import APPS
from sidara.regions.core.boundaries import coverage
from sidara.regions.core.region import Level
from sidara.regions.formats import boundary_layer, boundary_rules
from tests.regions import borders

SIDARA = Path(sys.executable).with_name("sidara")


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.SIDARA_HOME = tmp_path / "home"
    settings.SIDARA_HOME.mkdir()
    return settings.SIDARA_HOME


def survey(file, **options):
    return queries.boundary_survey(OPERATOR, file=file, **options)


def errors(found):
    return {one.code for one in found.findings if one.severity is Severity.ERROR}


def keep(found, clock, **given):
    words = {"source": "Uji", "licence": "", "data_date": None} | given
    return services.keep_boundaries(OPERATOR, survey=found, clock=clock, **words)


def run(*words):
    return CliRunner().invoke(APPS["regions"], ["boundaries", *map(str, words)])


@pytest.mark.parametrize("kind", borders.BROKEN)
def test_a_broken_file_is_refused_with_its_own_fault(register_62, tmp_path, kind):
    code, make = borders.BROKEN[kind]
    found = survey(make(tmp_path))
    assert errors(found) == {code}
    fault = next(one for one in found.findings if one.code == code)
    assert fault.message.endswith((".", "…"))
    assert fault.remedy, "says how to mend it"
    assert str(fault.place) or fault.value, "says where"
    with pytest.raises(ValueError, match="not kept"):
        services.keep_boundaries(
            OPERATOR, survey=found, source="Uji", licence="", data_date=None, clock=lambda: None
        )
    assert queries.boundary_layers(OPERATOR) == []


def test_the_public_may_not_load(register_62, tmp_path):
    with pytest.raises(NotAllowed):
        queries.boundary_survey(PUBLIC, file=tmp_path / "a.geojson")


COLUMNS = {
    "dotted": lambda code: {"kode": code},
    "bare": lambda code: {"id": code.replace(".", "")},
    "a number": lambda code: {"kode": float(code.replace(".", ""))},
    "BIG": lambda code: {
        "KDPPUM": code[:2],
        "KDPKAB": code[:5],
        "KDCPUM": code[:8],
        "KDEPUM": code,
        "WADMKC": "x",
        "WADMKK": "x",
        "WADMPR": "x",
        "TIPADM": 1,
    },
    "KODE_KD": lambda code: {
        "KODE_PROV": code[:2],
        "KODE_KK": code[3:5],
        "KODE_KEC": code[6:8],
        "KODE_KD": code[9:],
    },
    "Dukcapil": lambda code: {
        "no_prop": int(code[:2]),
        "kode_kab_s": code[:5],
        "kode_kec_s": code[:8],
        "kode_desa_": code,
    },
}


@pytest.mark.parametrize("columns", COLUMNS)
def test_each_set_of_columns_is_read(register_62, tmp_path, columns):
    rows = [(COLUMNS[columns](row["kode"]), shape) for row, shape in borders.whole()]
    found = survey(borders.geojson(tmp_path / "a.geojson", rows))
    assert errors(found) == set()
    assert found.codes == tuple(sorted(row["kode"] for row, _ in borders.whole()))


def test_formats_with_height_and_other_systems_give_the_same(register_62, tmp_path):
    plain = survey(borders.geojson(tmp_path / "a.geojson", borders.whole()))
    high = [(row, shapely.force_3d(shape, 12.0)) for row, shape in borders.whole()]
    change = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32749", always_xy=True)
    metres = [
        (row, shapely.transform(shape, lambda p: np.column_stack(change.transform(p[:, 0], p[:, 1]))))
        for row, shape in borders.whole()
    ]
    for file in (
        borders.written(tmp_path / "a.gpkg", high, driver="GPKG", geometry="Polygon Z"),
        borders.zipped(tmp_path, metres, crs="EPSG:32749"),
    ):
        other = survey(file)
        assert errors(other) == set()
        assert other.codes == plain.codes
        assert not shapely.has_z(other.shapes).any()
        assert shapely.equals_exact(
            shapely.normalize(other.shapes), shapely.normalize(plain.shapes), tolerance=1e-7
        ).all()


def test_the_account_names_missing_and_extra(register_62, tmp_path):
    rows = borders.replaced(0, kode="62.01.02.2999", nama="Baru")
    found = survey(borders.geojson(tmp_path / "a.geojson", rows))
    assert errors(found) == set()
    assert found.account.extra == ("62.01.02.2999",)
    assert len(found.account.missing) == 1571 - len(found.account.matched)
    assert borders.whole()[0][0]["kode"] in found.account.missing


def test_a_name_that_disagrees_is_a_warning(register_62, tmp_path):
    found = survey(borders.geojson(tmp_path / "a.geojson", borders.replaced(0, nama="Zzz Qqq")))
    assert [(one.code, one.severity) for one in found.findings] == [("BOUNDARY_NAME", Severity.WARNING)]


def test_a_chosen_layer_is_read(register_62, tmp_path):
    found = survey(borders.two_layers(tmp_path), layer="desa")
    assert len(found.codes) == len(borders.whole())
    assert errors(survey(tmp_path / "a.gpkg", layer="lain")) == {"BOUNDARY_LAYERS"}


def test_narrow_gaps_and_overlaps_are_closed_and_told(register_62, tmp_path):
    for shift in (0.0001, -0.0001):
        rows = borders.replaced(1, shape=borders.moved(borders.squares(2)[1], x=shift))
        found = survey(borders.geojson(tmp_path / "a.geojson", rows))
        assert errors(found) == set()
        assert [one.code for one in found.findings] == ["BOUNDARY_CLOSED"]
        assert shapely.coverage_is_valid(found.shapes)


def test_a_hole_is_taken_when_it_is_said_to_be_one(register_62, tmp_path):
    found = survey(borders.hole(tmp_path), with_gaps=True)
    assert [(one.code, one.severity) for one in found.findings] == [("BOUNDARY_GAP", Severity.WARNING)]
    assert len(found.codes) == 8


def test_degrees_without_a_named_system_are_read_and_told(register_62, tmp_path):
    found = survey(borders.zipped(tmp_path, borders.whole(), crs=None))
    assert [one.code for one in found.findings] == ["BOUNDARY_PROJECTION_ASSUMED"]


def test_one_layer_is_current_and_the_older_stay(register_62, tmp_path, clock):
    first = keep(survey(borders.geojson(tmp_path / "a.geojson", borders.whole())), clock)
    assert first.licence == "tidak dinyatakan"
    assert keep(survey(tmp_path / "a.geojson"), clock) is None
    second = keep(survey(borders.geojson(tmp_path / "b.geojson", borders.whole()[:5])), clock)
    assert [(one.key, one.is_current) for one in queries.boundary_layers(OPERATOR)] == [
        (first.key, False),
        (second.key, True),
    ]
    assert queries.boundary_layer_now(PUBLIC) == second
    for key in (first.key, second.key):
        assert queries.boundary_tiles(PUBLIC, key=key).is_file()
    assert queries.boundary_tiles(PUBLIC, key="..") is None


def test_without_its_files_a_layer_is_not_drawn(register_62, tmp_path, clock, home):
    layer = keep(survey(borders.geojson(tmp_path / "a.geojson", borders.whole())), clock)
    assert queries.boundary_sheet(PUBLIC, under="62.01.02", width=600, height=600) is not None
    (home / "boundaries" / layer.key / "tiles.pmtiles").unlink()
    assert queries.boundary_layer_now(PUBLIC) is None
    assert queries.boundary_sheet(PUBLIC, under="62.01.02", width=600, height=600) is None


def test_a_sheet_has_villages_parts_and_each_line_once(register_62, tmp_path, clock):
    keep(survey(borders.geojson(tmp_path / "a.geojson", borders.whole())), clock)
    district = queries.boundary_sheet(PUBLIC, under="62.01.02", width=600, height=600)
    assert [one.code for one in district.villages] == [row["kode"] for row, _ in borders.whole()]
    assert district.parts == district.villages
    segments = {frozenset((one, other)) for line in district.lines for one, other in pairwise(line)}
    drawn = sum(len(line) - 1 for line in district.lines)
    assert len(segments) == drawn
    province = queries.boundary_sheet(PUBLIC, under="62", width=600, height=600)
    assert [one.code for one in province.parts] == ["62.01"]
    assert queries.boundary_sheet(PUBLIC, under="62.02", width=600, height=600) is None


def test_villages_without_a_boundary_are_named(register_62, tmp_path, clock):
    rows = borders.whole()
    layer = keep(survey(borders.geojson(tmp_path / "a.geojson", rows[:-1])), clock)
    assert queries.boundary_missing(PUBLIC, layer=layer, under="62.01.02") == (rows[-1][0]["kode"],)
    assert len(queries.boundary_missing(PUBLIC, layer=layer, under="62")) == 1571 - len(rows) + 1


MOVED = """tanggal,jenis,kode_lama,kode_baru,nama_baru,induk_baru,porsi,porsi_balik
2020-01-01,ganti_kode,62.01.02.2016,62.01.02.2991,,,,
2021-01-01,pindah_induk,62.01.02.2018,,,62.02.01,,
2022-01-01,gabung,62.01.02.2017,62.01.02.2019,,,,1/4
2022-01-01,gabung,62.01.02.2019,62.01.02.2019,,,,3/4
"""


def test_a_file_is_read_with_the_codes_of_its_day_and_drawn_with_those_of_today(register_62, tmp_path, clock):
    file = borders.geojson(tmp_path / "a.geojson", borders.whole())
    drawn = {row["kode"] for row, _ in borders.whole()}
    done = services.import_succession(
        OPERATOR, source=io.BytesIO(MOVED.encode()), format="csv", scheme="kemendagri", clock=clock
    )
    assert done.is_stored, done.findings
    assert set(survey(file).account.extra) == {"62.01.02.2016", "62.01.02.2017"}
    found = survey(file, on=date(2019, 12, 31))
    assert found.account.extra == ()
    layer = keep(found, clock, data_date=date(2019, 12, 31))

    def villages(under):
        sheet = queries.boundary_sheet(PUBLIC, under=under, width=600, height=600)
        return sheet and {one.code for one in sheet.villages}

    new, gone = "62.01.02.2991", {"62.01.02.2016", "62.01.02.2018", "62.01.02.2017"}
    assert villages("62.01.02") == drawn - gone | {new}
    assert villages("62") == drawn - gone | {new, "62.01.02.2018"}
    assert villages("62.02.01") is None, "its kecamatan of today is not in the layer"
    assert villages(new) == {new}
    assert queries.boundary_codes(PUBLIC, layer=layer) == {"62.01.02.2016": new}


def test_villages_are_grouped_by_their_parents_not_by_their_codes(register_62, tmp_path, clock):
    """A change of parent keeps the code: the village is drawn and counted where it lies."""
    rows = [row for row in borders.whole() if row[0]["kode"] not in {"62.01.02.2016", "62.01.02.2017"}]
    services.import_succession(
        OPERATOR, source=io.BytesIO(MOVED.encode()), format="csv", scheme="kemendagri", clock=clock
    )
    keep(survey(borders.geojson(tmp_path / "a.geojson", rows), with_gaps=True), clock)
    there = queries.boundary_sheet(PUBLIC, under="62.02", width=600, height=600)
    assert [one.code for one in there.villages] == ["62.01.02.2018"]
    assert [one.code for one in there.parts] == ["62.02.01"]
    here = queries.boundary_sheet(PUBLIC, under="62.01.02", width=600, height=600)
    assert "62.01.02.2018" not in {one.code for one in here.villages}
    assert len(here.villages) == len(rows) - 1


def test_an_island_is_part_of_its_village_and_has_its_line(register_62, tmp_path, clock):
    island = shapely.box(borders.WEST - 0.03, borders.SOUTH, borders.WEST - 0.01, borders.SOUTH + 0.02)
    rows = borders.replaced(0, shape=shapely.multipolygons([borders.squares(1)[0], island]))
    keep(survey(borders.geojson(tmp_path / "a.geojson", rows)), clock)
    sheet = queries.boundary_sheet(PUBLIC, under="62.01.02", width=600, height=600)
    assert [len(one.rings) for one in sheet.villages] == [2] + [1] * 19
    assert any(x < borders.WEST - 0.02 for line in sheet.lines for x, _ in line)


def test_the_corner_that_lies_outside_is_told(register_62, tmp_path):
    rows = borders.replaced(0, shape=shapely.box(111.6, -2.8, 170.25, -2.7))
    found = survey(borders.geojson(tmp_path / "a.geojson", rows))
    assert "170,2500; −2,8000" in found.findings[0].message
    crossing = next(one for one in survey(borders.bowtie(tmp_path)).findings)
    assert crossing.message.startswith("Bidangnya tidak utuh: garisnya berpotongan sendiri di ")


def test_villages_drawn_over_each_other_are_told_up_to_a_number(register_62, tmp_path):
    shape = borders.squares(1)[0]
    rows = [(row, shape) for row, _ in borders.whole()]
    found = survey(borders.geojson(tmp_path / "a.geojson", rows))
    assert len(found.findings) == coverage.MOST_OVERLAPS + 1
    assert errors(found) == {"BOUNDARY_OVERLAP"}


def test_the_command_shows_asks_and_keeps(register_62, tmp_path):
    file = borders.geojson(tmp_path / "a.geojson", borders.whole())
    unasked = run(file, "--source", "Uji")
    assert unasked.exit_code == 1
    assert "20 desa cocok" in unasked.stderr
    assert "--yes" in unasked.stderr
    assert queries.boundary_layers(OPERATOR) == []
    done = run(file, "--source", "Uji", "--date", "2026-08-20", "--yes", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["applied"], told["account"]["matched"]) == (True, 20)
    assert (told["layer"]["date"], told["layer"]["licence"]) == ("2026-08-20", "tidak dinyatakan")
    assert "bukan batas hukum" in done.stderr
    again = run(file, "--source", "Uji", "--date", "2026-08-20", "--yes")
    assert again.exit_code == 0
    assert "Tidak ada yang berubah" in again.stderr
    assert [one["is_current"] for one in json.loads(run("--json").stdout)] == [True]
    assert "2026-08-20" in run().stdout
    assert run(file).exit_code == 2


def test_the_command_refuses_a_broken_file(register_62, tmp_path):
    done = run(borders.bomb(tmp_path), "--source", "Uji", "--yes")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "BOUNDARY_ZIP_BOMB" in done.stderr
    assert "Tidak ada yang disimpan" in done.stderr


@pytest.mark.parametrize("name", ["full", "web", "mini"])
def test_the_whole_province_is_a_coverage_at_every_level_and_zoom(register_62, clock, shared, name):
    """Done-when 2 of the boundaries: no gap, no overlap, areas of kabupaten within 0.1 % of the input."""
    file = shared / "data" / "regions" / f"kalteng_desa_{name}.geojson"
    found = survey(file)
    assert found.account.counts() == {"matched": 1571, "missing": 0, "extra": 0, "duplicate": 0}
    assert found.findings == ()
    layer = keep(found, clock)
    geod = pyproj.Geod(ellps="WGS84")
    given = json.loads(file.read_text("utf-8"))["features"]
    whole: dict[str, float] = {}
    for one in given:
        area = abs(geod.geometry_area_perimeter(shapely.from_geojson(json.dumps(one["geometry"])))[0])
        code = one["properties"]["kode"][:5]
        whole[code] = whole.get(code, 0.0) + area
    folder = settings.SIDARA_HOME / "boundaries" / layer.key
    codes = dict(queries.register(PUBLIC).select("id", "code").iter_rows())
    for zoom in range(len(boundary_rules.rules().zooms)):
        for level, count in ((Level.REGENCY, 14), (Level.DISTRICT, 136), (Level.VILLAGE, 1571)):
            areas = boundary_layer.areas(folder, zoom=zoom, level=level, codes=codes)
            assert len(areas) == count
            shapes = boundary_layer.shapes(folder, zoom=zoom, level=level)
            assert shapely.is_valid(shapes).all()
            every = shapely.get_parts(shapes)
            drawn = sum(len(one.rings) for one in areas)
            assert drawn == len(every) + shapely.get_num_interior_rings(every).sum()
            assert shapely.coverage_is_valid(shapes)
            assert (
                shapely.get_num_interior_rings(shapely.get_parts(shapely.coverage_union_all(shapes))).sum()
                == 0
            )
            if level is Level.REGENCY:
                for one, shape in zip(areas, shapes, strict=True):
                    area = abs(geod.geometry_area_perimeter(shape)[0])
                    assert abs(area / whole[one.code] - 1) <= 0.001


def test_pages_draw_without_the_libraries_that_read_and_make_layers():
    script = (
        "import sys, django; django.setup(); import sidara.web.urls, sidara.regions.services;"
        "print(sorted({'pyproj', 'pyogrio', 'mapbox_vector_tile'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "sidara.web.settings"},
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_kill_in_the_middle_leaves_the_layer_before(tmp_path, shared):
    """SIGKILL while the second layer's files are written: the first is still drawn, then the second loads."""

    def command(*words):
        return [SIDARA, "regions", *words]

    environment = {**os.environ, "SIDARA_HOME": str(tmp_path)}

    def process(*words):
        return subprocess.run(
            command(*words),
            capture_output=True,
            text=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=True,
        )

    folder = shared / "data" / "regions"
    words = ("--source", "Uji", "--yes")
    process("load", "--province", "62", "--yes")
    process("boundaries", str(folder / "kalteng_desa_mini.geojson"), *words)
    before = json.loads(process("boundaries", "--json").stdout)
    kept = tmp_path / "boundaries"
    with subprocess.Popen(
        command("boundaries", str(folder / "kalteng_desa_web.geojson"), *words),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        while running.poll() is None and not list(kept.glob("*.part")):
            pass
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    assert list(kept.glob("*.part"))
    assert json.loads(process("boundaries", "--json").stdout) == before
    process("boundaries", str(folder / "kalteng_desa_web.geojson"), *words)
    after = json.loads(process("boundaries", "--json").stdout)
    assert [one["is_current"] for one in after] == [False, True]
    assert not list(kept.glob("*.part"))
