"""Every official case of Indeks Desa 2025, on the core and through the command line."""

import json
import random
from fractions import Fraction

import polars as pl
import pytest

from sidara.indices import core
from tests.indices import official

TOLERANCE = 0.005
"""Published scores carry two decimals."""


def assert_cases(made: pl.DataFrame, cases: list[dict]) -> None:
    assert made.height == len(cases) == 132
    for name in ("skor", "skor_min", "skor_max"):
        worst = (made[name] - pl.Series([one["skor"] for one in cases])).abs().max()
        assert worst <= TOLERANCE, f"{name} differs by {worst}"
    for name in ("status", "status_set"):
        assert made[name].to_list() == [one["status"] for one in cases]
    for name in official.DIMENSIONS:
        assert made[name].to_list() == [one[name] for one in cases]


def test_132_cases_from_dimensions(desa, desa_cases, record_property):
    made = core.compute(desa, official.frame(desa_cases))
    assert made.depth is core.Depth.SUB_INDICES
    assert made.findings == ()
    assert_cases(made.frame, desa_cases)
    exact = [Fraction(sum(one[name] for name in official.DIMENSIONS) * 100, 635) for one in desa_cases]
    assert made.frame["skor"].to_list() == [float(one) for one in exact]
    record_property("official cases (core)", len(desa_cases))


def test_132_cases_by_command(home, tmp_path, desa_cases, record_property):
    plain = [{name: one[name] for name in ("kode", "tahun", *official.DIMENSIONS)} for one in desa_cases]
    source = official.write_csv(tmp_path / "masuk.csv", plain)
    target, report = tmp_path / "hasil.csv", tmp_path / "laporan.json"
    done = official.compute(home, source, target, "--report", report, index="indeks-desa")
    assert done.returncode == 0, official.said(done)
    account = json.loads(report.read_text(encoding="utf-8"))
    assert (account["read"], account["computed"], account["rejected"]) == (132, 132, 0)
    assert account["level"] == "sub_indices"
    made = pl.read_csv(target, schema_overrides={"kode": pl.String})
    assert made.columns[-5:] == ["skor", "skor_min", "skor_max", "status", "status_set"]
    assert_cases(made, desa_cases)
    record_property("official cases (command)", len(desa_cases))


def test_explain_gives_the_dimensions(home, tmp_path, desa_cases):
    source = official.write_csv(tmp_path / "masuk.csv", desa_cases)
    one = desa_cases[0]
    for name in ("indeks-desa", "ID"):
        done = official.run(
            home,
            "index",
            "explain",
            name,
            "--input",
            source,
            "--kode",
            one["kode"],
            "--tahun",
            "2025",
            "--json",
        )
        assert done.returncode == 0, official.said(done)
        found = json.loads(done.stdout)
        assert list(found)[:7] == ["kode", "tahun", "skor", "skor_min", "skor_max", "status", "status_set"]
        assert found["skor"] == pytest.approx(one["skor"], abs=TOLERANCE)
        assert found["status"] == one["status"]
        assert found["dimensions"] == {name: one[name] for name in official.DIMENSIONS}
        assert found["items"] == []


def scores(desa, chance: random.Random, **changes) -> dict:
    """A village with a score for each item."""
    items = desa.versions[0].items
    drawn = {item.code: chance.choice(item.scores_in(2025)) for item in items}
    return {"kode": "6201022016", "tahun": 2025} | drawn | changes


@pytest.mark.parametrize("dotted", [True, False], ids=["I01.2", "I01_2"])
def test_items_by_either_code(home, tmp_path, desa, dotted):
    record = scores(desa, random.Random(7), **{"I05.1": None})
    known = [value for name, value in record.items() if name.startswith("I") and value is not None]
    columns = {name if dotted else name.replace(".", "_"): value for name, value in record.items()}
    source = official.write_csv(tmp_path / "masuk.csv", [columns])
    target = tmp_path / "hasil.json"
    done = official.compute(home, source, target, index="id")
    assert done.returncode == 0, official.said(done)
    row = json.loads(target.read_text(encoding="utf-8"))[0]
    assert row["skor"] is None
    assert row["layanan_dasar"] is None
    assert (row["skor_min"], row["skor_max"]) == tuple(
        float(Fraction((sum(known) + end) * 100, 635)) for end in (1, 5)
    )
    assert row["ekonomi"] == sum(
        record[item.code] for item in desa.versions[0].items_of("DE") if record[item.code] is not None
    )
    assert "I05.1 (4 poin)" in official.said(done)


def test_explain_from_items(home, tmp_path, desa):
    record = scores(desa, random.Random(8), **{"I12.2": None, "I43.2": None})
    source = official.write_csv(tmp_path / "masuk.csv", [record])
    done = official.run(
        home,
        *("index", "explain", "indeks-desa", "--input", source, "--kode", "6201022016"),
        *("--tahun", "2025", "--json"),
    )
    found = json.loads(done.stdout)
    assert len(found["items"]) == 127
    names = ["code", "label", "score", "score_published", "answer", "rule", "meaning", "activity", "gain"]
    assert list(found["items"][0]) == [*names, "actors"]
    whole = sum(value for name, value in record.items() if name.startswith("I") and value is not None)
    assert found["skor"] is None
    assert found["skor_min"] == float(Fraction((whole + 2) * 100, 635))
    assert found["skor_max"] == float(Fraction((whole + 10) * 100, 635))
    assert [(one["name"], one["reason"], one["least"], one["most"]) for one in found["missing"]] == [
        ("I12.2", "kosong", 1, 5),
        ("I43.2", "kosong", 1, 5),
    ]
    assert [one["change"] for one in found["missing"]] == [float(Fraction(400, 635))] * 2
    assert found["empty_as_zero"]["skor"] == float(Fraction(whole * 100, 635))
    assert "diskor 0" in found["empty_as_zero"]["note"]
    by_code = {one["code"]: one for one in found["items"]}
    assert by_code["I12.2"]["score"] is None
    lacking = 5 - record["I01.1"]
    assert by_code["I01.1"]["gain"] == round(lacking * 20 / 127, 8)


def test_thresholds_by_points(desa):
    """The published points of each status, at every edge: 314, 315, 364, 365, 440, 441, 505, 506."""
    thresholds = desa.versions[0].thresholds
    names = ["SANGAT TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI"]
    edges = {127: 0, 314: 0, 315: 1, 364: 1, 365: 2, 440: 2, 441: 3, 505: 3, 506: 4, 635: 4}
    records = [
        {
            "kode": f"620102{2000 + at}",
            "tahun": 2025,
            **dict(zip(official.DIMENSIONS, spread(points), strict=True)),
        }
        for at, points in enumerate(edges)
    ]
    made = core.compute(desa, official.frame(records)).frame
    assert made["status"].to_list() == [names[place] for place in edges.values()]
    assert [one.status for one in thresholds.classes] == names


def spread(points: int) -> list[int]:
    """Points over six dimensions, each within its highest."""
    left, found = points, []
    for most in (170, 85, 160, 90, 50, 80):
        found.append(min(left, most))
        left -= found[-1]
    return found


def test_the_year_before_is_refused(desa, desa_cases):
    made = core.compute(desa, official.frame([desa_cases[0] | {"tahun": 2024}]))
    assert [one.code for one in made.findings] == ["YEAR_OUTSIDE"]


def test_a_score_of_zero_is_no_score(desa):
    """An empty item may have been counted as 0 by the publisher; here it is missing, and said so."""
    made = core.compute(desa, official.frame([scores(desa, random.Random(9), **{"I01.1": 0})]))
    assert [one.code for one in made.findings] == ["SCORE_IMPOSSIBLE"]
    assert "kosongkan" in made.findings[0].remedy
