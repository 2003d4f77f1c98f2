"""Every official IDM case, on the core: scores and sub-indices in, published figures out."""

from fractions import Fraction

import polars as pl
import pytest
import yaml

from sidara.indices import core
from tests.indices import official

TOLERANCE = 1e-9


def assert_figures(made: pl.DataFrame, records: list[dict], names, tolerance: float) -> None:
    for name in names:
        expected = pl.Series(name, [float(one[name]) for one in records])
        worst = (made[name] - expected).abs().max()
        assert worst is not None
        assert worst <= tolerance, f"{name} differs by {worst}"


def assert_words(made: pl.DataFrame, records: list[dict], names) -> None:
    for name in names:
        wrong = [
            (one["kode"], one["tahun"], got, one[name])
            for got, one in zip(made[name], records, strict=True)
            if got != one[name]
        ]
        assert not wrong


def assert_case(made: pl.DataFrame, records: list[dict]) -> None:
    """The tolerances of the case files: 1e-9, and half a unit where fewer decimals were written."""
    assert_figures(made, records, (*official.FIGURES, "skor_minimal"), TOLERANCE)
    assert_words(made, records, ("status", "target_status"))
    for got, one in zip(made["penambahan"], records, strict=True):
        written = str(one["penambahan"]).partition(".")[2]
        assert abs(got - one["penambahan"]) <= max(TOLERANCE, 0.5 * 10 ** -len(written))


def test_4997_cases_of_31_provinces(idm, cases, record_property):
    done = 0
    provinces = {name: rows for name, rows in cases.items() if name not in {official.EDGE, official.SINGLE}}
    assert len(provinces) == 31
    for records in provinces.values():
        made = core.compute(idm, official.frame(records))
        assert made.depth is core.Depth.ITEMS
        assert made.rejected == ()
        assert made.findings == ()
        assert_case(made.frame, records)
        done += len(records)
    assert done == 4997
    record_property("official cases (core)", done)


@pytest.mark.parametrize(("name", "count"), [(official.EDGE, 57), (official.SINGLE, 1)])
def test_edge_and_single_cases(idm, cases, name, count, record_property):
    records = cases[name]
    assert len(records) == count
    for record in records:
        made = core.compute(idm, official.frame([record]))
        assert_case(made.frame, [record])
        assert made.frame["status_set"].to_list() == [None]
    record_property("official cases (core)", count)


def test_652_cases_of_serang_from_sub_indices(idm, shared, record_property):
    records = official.serang_cases(shared)
    assert len(records) == 652
    made = core.compute(idm, official.frame(records))
    assert made.depth is core.Depth.SUB_INDICES
    assert made.findings == ()
    assert_figures(made.frame, records, official.FIGURES, 0.0001)
    assert_words(made.frame, records, ("status",))
    record_property("official cases (core)", len(records))


def test_shown_s31_of_2024_is_named_where_the_published_iks_used_another(idm, all_cases):
    """Without the column `s31_terhitung` the 300 rows disagree with their own items, and only those."""
    records = [{name: value for name, value in one.items() if name != "s31_terhitung"} for one in all_cases]
    made = core.compute(idm, official.frame(records))
    lines = {one.place.line for one in made.findings if one.place.column == "iks"}
    expected = {at + 2 for at, one in enumerate(all_cases) if one["s31_terhitung"] is not None}
    assert lines == expected
    assert len(lines) == 300
    first = next(one for one in made.findings if one.place.column == "iks")
    assert first.code == "PUBLISHED_DISAGREES"
    assert str(first.value) in first.message


def test_partial_case_is_an_interval(idm, shared, record_property):
    """18 of 50 scores: the ends follow from the reference's own rules of 2021, computed here by hand."""
    record = official.partial_case(shared)
    reference = yaml.safe_load((shared / "reference" / "idm.yaml").read_text(encoding="utf-8"))
    sums = {"IKS": [0, 0], "IKE": [0, 0], "IKL": [0, 0]}
    for item in reference["indikator"]:
        rules = [rule for rule in item["aturan"] if "tahun >= 2023" not in rule["bila"]]
        known = record[item["kode"]]
        possible = [rule["skor"] for rule in rules] if known is None else [known]
        sums[item["indeks"]][0] += min(possible)
        sums[item["indeks"]][1] += max(possible)
    ends = [
        sum(Fraction(sums[code][side], whole) for code, whole in (("IKS", 175), ("IKE", 60), ("IKL", 15))) / 3
        for side in (0, 1)
    ]
    made = core.compute(idm, official.frame([record]))
    row = made.frame.row(0, named=True)
    assert [row["iks"], row["ike"], row["ikl"], row["idm"]] == [None] * 4
    assert (row["idm_min"], row["idm_max"]) == (float(ends[0]), float(ends[1]))
    assert row["status"] == "antara"
    assert row["status_set"] == "SANGAT TERTINGGAL|TERTINGGAL|BERKEMBANG|MAJU|MANDIRI"
    assert [row[name] for name in ("target_status", "skor_minimal", "penambahan")] == [None] * 3
    assert [one.code for one in made.findings] == ["VALUE_MISSING"]
    explained = core.explain(idm, official.frame([record]))
    known = [item for item in explained.items if item.score is not None]
    assert [item.code for item in known] == [f"S{number:02d}" for number in range(1, 19)]
    assert all(item.meaning for item in known)
    assert [item.gain for item in known] == [round((5 - item.score) / 525, 8) for item in known]
    record_property("official cases (core)", 1)


def test_eight_replies_line_by_line(idm, version, replies, all_cases, record_property):
    """Score, meaning, activity, gain and actors of each of the 50 rows of each reply."""
    cells = published_cells()
    true_s31 = {(one["kode"], one["tahun"]): one["s31_terhitung"] for one in all_cases}
    assert len(replies) == 8
    for (code, year), rows in replies.items():
        record = official.reply_row(code, year, rows, cells) | {"s31_terhitung": true_s31[code, year]}
        explained = core.explain(idm, official.frame([record]))
        for item in explained.items:
            assert_line(item, rows[cells[item.code]], record["s31_terhitung"])
        for name, cell in official.ROW_OF.items():
            expected = rows[cell]["SKOR"]
            got = explained.results[name]
            assert got == (expected.upper() if name == "status" else pytest.approx(expected, abs=TOLERANCE))
    record_property("official cases (core)", len(replies))


def published_cells() -> dict[str, int]:
    items = [f"S{number:02d}" for number in range(1, 36)]
    cells = {code: 10 + at for at, code in enumerate(items)}
    cells |= {f"E{number:02d}": 45 + number for number in range(1, 13)}
    return cells | {f"L{number:02d}": 58 + number for number in range(1, 4)}


def assert_line(item, published: dict, true_s31) -> None:
    """One row. Where the reply shows a false S31 the true one is explained, and the shown one kept."""
    assert item.score_published == published["SKOR"]
    names = {
        "pusat": "PUSAT",
        "prov": "PROV",
        "kab": "KAB",
        "desa": "DESA",
        "csr": "CSR",
        "lainnya": "LAINNYA",
    }
    assert item.actors == {name: published[column] for name, column in names.items()}
    if item.code == "S31" and true_s31 is not None:
        assert item.score == true_s31 != published["SKOR"]
        assert item.meaning == "Tidak Terdapat Akses internet warga di Desa"
        assert item.gain == round(4 / 525, 8)
        return
    assert item.score == published["SKOR"]
    assert item.meaning == (published["KETERANGAN"] or None)
    assert item.activity == (None if published["KEGIATAN"] in {"-", False} else published["KEGIATAN"])
    assert item.gain == float(published["NILAI"])


def test_shown_scores_alone_give_every_line_of_the_replies(idm, replies):
    """Without the true S31 all 400 lines are the published ones, the false S31 included."""
    cells = published_cells()
    for (code, year), rows in replies.items():
        record = official.reply_row(code, year, rows, cells)
        for item in core.explain(idm, official.frame([record])).items:
            assert_line(item, rows[cells[item.code]], None)


def test_one_village_gives_what_all_give(idm, all_cases):
    every = core.compute(idm, official.frame(all_cases)).frame
    for at in range(0, len(all_cases), 97):
        one = core.compute(idm, official.frame([all_cases[at]])).frame
        assert one.row(0) == every.row(at)
