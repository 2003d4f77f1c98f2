"""What-if and sensitivity on Indeks Desa: answers, official classes and scores, villages with spans."""

import json
import random
from fractions import Fraction

import polars as pl
import pytest

from sidara.indices import core
from sidara.indices.core import asked
from sidara.indices.core.sensitivity import Shift, sensitivity, shifted
from sidara.indices.core.whatif import Change, whatif
from sidara.tables import LINE
from tests.indices import official, samples

YEAR = 2025
VILLAGES = 40
FIRST = "62.01.01.2001"


@pytest.fixture(scope="module")
def answers(desa):
    return samples.without_classes(desa, samples.simulated(desa, VILLAGES, YEAR))


@pytest.fixture(scope="module")
def scores(desa, answers):
    made = core.compute(desa, answers).frame
    chance = random.Random(samples.SEED)
    filled = [
        pl.Series(
            item.code,
            [str(chance.choice(item.scores_in(YEAR)) if one is None else one) for one in made[item.code]],
        )
        for item in desa.versions[0].items
    ]
    return made.select("kode", pl.col("tahun").cast(pl.String)).with_columns(*filled, answers[LINE])


def spans(desa, frame: pl.DataFrame) -> list[tuple]:
    made = core.compute(desa, frame).frame
    return made.select("skor", "skor_min", "skor_max", "status", "status_set").rows()


def by_hand(frame: pl.DataFrame, changes: list[Change]) -> pl.DataFrame:
    rows = frame.to_dicts()
    for change in changes:
        for row in rows:
            if change.code == "*" or row["kode"].startswith(change.code):
                row[change.name] = change.value
    return pl.DataFrame(rows, schema=frame.schema)


def assert_as_by_hand(desa, frame: pl.DataFrame, changes: list[Change]) -> None:
    made = whatif(desa, frame, changes)
    assert made.frame is not None, made.findings
    touched = [
        any(one.code == "*" or code.startswith(one.code) for one in changes)
        for code in frame["kode"].to_list()
    ]
    for side, table in (("before", frame), ("after", by_hand(frame, changes))):
        figures = spans(desa, table)
        names = ("index", "index_min", "index_max", "status", "status_set")
        expected = [one for one, is_touched in zip(figures, touched, strict=True) if is_touched]
        assert made.frame.select(f"{name}_{side}" for name in names).rows() == expected
        lows, highs = [one[1] for one in figures], [one[2] for one in figures]
        ranks = [
            (1 + sum(other > high for other in lows), 1 + sum(other > low for other in highs) - (high > low))
            for low, high in zip(lows, highs, strict=True)
        ]
        ranked = [one for one, is_touched in zip(ranks, touched, strict=True) if is_touched]
        assert made.frame.select(f"rank_min_{side}", f"rank_max_{side}").rows() == ranked


@pytest.mark.parametrize("seed", range(6))
def test_several_villages_and_answers_at_once(desa, answers, seed):
    chance = random.Random(seed)
    classes = [one for one in desa.versions[0].inputs if one.is_optional]
    changes = [
        Change(
            chance.choice(["*", "62.01.01", "62.01.02", FIRST]), one.name, chance.choice([*one.choices, None])
        )
        for one in chance.sample(classes, 4)
    ]
    changes += [Change("62.01", "ada_pasar", "ya"), Change(FIRST, "jumlah_paud", "5")]
    assert_as_by_hand(desa, answers, changes)


@pytest.mark.parametrize("seed", range(6))
def test_several_villages_and_scores_at_once(desa, scores, seed):
    chance = random.Random(seed)
    changes = [
        Change(
            chance.choice(["*", "62.01.01", FIRST]),
            item.code,
            chance.choice([*map(str, item.scores_in(YEAR)), None]),
        )
        for item in chance.sample(desa.versions[0].items, 5)
    ]
    assert_as_by_hand(desa, scores, changes)


def test_an_official_class_narrows_the_span_and_the_rank(desa, answers):
    row = whatif(desa, answers, [asked.change(f"{FIRST}:akses_pasar=mudah")]).frame.row(0, named=True)
    assert row["changes"] == "akses_pasar kosong -> mudah"
    assert row["index_min_after"] - row["index_min_before"] == pytest.approx(300 / 635)
    assert row["index_max_before"] - row["index_max_after"] == pytest.approx(100 / 635)
    assert row["rank_min_before"] <= row["rank_min_after"] <= row["rank_max_after"] <= row["rank_max_before"]


def test_a_class_can_be_entered_where_the_file_has_no_column_for_it(desa, answers):
    optional = [one.name for one in desa.versions[0].inputs if one.is_optional]
    made = whatif(desa, answers.drop(optional), [Change(FIRST, "akses_pasar", "mudah")])
    assert made.frame.equals(whatif(desa, answers, [Change(FIRST, "akses_pasar", "mudah")]).frame)


@pytest.mark.parametrize("name", ["I27.2", "I27_2"])
def test_items_by_either_code(desa, scores, name):
    plain = whatif(desa, scores, [Change(FIRST, "I27.2", "5")]).frame
    renamed = scores.rename({item.code: item.variable for item in desa.versions[0].items})
    for frame in (scores, renamed):
        assert whatif(desa, frame, [asked.change(f"{FIRST}:{name}=5")]).frame.equals(plain)


@pytest.mark.parametrize(
    ("name", "kind", "message", "remedy"),
    [
        ("I27.2", "answers", "hitungan berkas ini dari jawaban", "akses_pasar"),
        (
            "jarak_pasar_km",
            "answers",
            "belum ada aturan yang membaca jarak_pasar_km",
            "kelas resminya (akses_pasar)",
        ),
        ("akses_psar", "answers", "bukan nama jawaban", "Mungkin akses_pasar"),
        ("akses_pasar", "scores", "hitungan berkas ini dari skor butir", "(I27.2)"),
    ],
)
def test_what_does_not_decide_is_told_with_what_does(desa, answers, scores, name, kind, message, remedy):
    frame = {"answers": answers, "scores": scores}[kind]
    made = whatif(desa, frame, [Change(FIRST, name, "5")])
    assert made.frame is None
    (fault,) = made.findings
    assert message in fault.message
    assert remedy in fault.remedy


def classes_of(index, frame: pl.DataFrame) -> list[tuple[int, int]]:
    order = [one.status for one in index.versions[0].thresholds.classes]
    sets = [one.split("|") for one in core.compute(index, frame).frame["status_set"]]
    return [(order.index(one[0]), order.index(one[-1])) for one in sets]


@pytest.mark.parametrize("kind", ["answers", "scores"])
def test_weights_equal_to_computing_with_every_shift(desa, answers, scores, kind):
    frame = {"answers": answers, "scores": scores}[kind]
    made = sensitivity(desa, frame, [Fraction(1, 20)])
    version = desa.versions[0]
    before = classes_of(desa, frame)
    rows = made.shifts.to_dicts()
    assert len(rows) == 30
    seen = [set(range(low, high + 1)) for low, high in before]
    for row in rows:
        moved = shifted(version, Shift(row["giver"], row["taker"], Fraction(1, 20)))
        other = core.Definition(desa.code, desa.name, desa.source, (moved,))
        after = classes_of(other, frame)
        sure = [
            (one[0], two[0])
            for one, two in zip(before, after, strict=True)
            if one[0] == one[1] and two[0] == two[1]
        ]
        assert (row["rise"], row["fall"], row["stay"], row["not_sure"]) == (
            sum(two > one for one, two in sure),
            sum(two < one for one, two in sure),
            sum(two == one for one, two in sure),
            len(frame) - len(sure),
        )
        seen = [one | set(range(low, high + 1)) for one, (low, high) in zip(seen, after, strict=True)]
    order = [one.status for one in version.thresholds.classes]
    assert made.frame["status_shifts"].to_list() == ["|".join(order[min(one) : max(one) + 1]) for one in seen]
    silent = {one.code for one in made.findings if one.code == "SENSITIVITY_WITHOUT_ITEMS"}
    assert silent == ({"SENSITIVITY_WITHOUT_ITEMS"} if kind == "answers" else set())


def test_items_equal_to_changing_the_file(desa, scores):
    """Every step of every item of the six villages nearest to a class, computed anew."""
    made = sensitivity(desa, scores).frame
    order = [one.status for one in desa.versions[0].thresholds.classes]
    near = [at for at, one in enumerate(made["is_near_step"]) if one][:3]
    assert near
    for at in near:
        row, found = scores.row(at, named=True), made.row(at, named=True)
        start = order.index(found["status"])
        records, words = [], []
        for item in desa.versions[0].items:
            every, own = item.scores_in(YEAR), int(row[item.code])
            for score in every:
                if abs(every.index(score) - every.index(own)) == 1:
                    records.append(row | {item.code: str(score), "kode": f"620102{2000 + len(records)}"})
                    words.append(f"{item.code} {own} -> {score}")
        frame = pl.DataFrame(records).with_columns(pl.int_range(len(records), dtype=pl.Int64).alias(LINE))
        after = [order.index(one) for one in core.compute(desa, frame).frame["status"]]
        both = list(zip(words, after, strict=True))
        assert found["up"] == "; ".join(word for word, place in both if place > start)
        assert found["down"] == "; ".join(word for word, place in both if place < start)


@pytest.fixture(scope="module")
def file(answers, tmp_path_factory):
    target = tmp_path_factory.mktemp("desa") / "jawaban.csv"
    answers.drop(LINE).write_csv(target)
    return target


def test_a_budget_from_answers_by_command(home, file, tmp_path):
    summary = tmp_path / "ringkasan.csv"
    done = official.run(
        home,
        *("index", "path", "indeks-desa", "--input", file, "--budget", "60"),
        *("--summary", summary, "--json"),
    )
    assert done.returncode == 0, official.said(done)
    made = json.loads(done.stdout)
    bought = made["budget"]
    assert bought["is_optimal"]
    assert bought["candidates"] + bought["perhaps_reached"] + bought["perhaps_short"] <= len(made["paths"])
    assert bought["villages"] > 0
    assert "PATH_FROM_LOWEST" in official.said(done)
    rows = pl.read_csv(summary, infer_schema_length=None)
    assert rows.filter("is_chosen")["is_enough"].all()
    assert rows.filter("is_chosen")["is_forward"].all()
    assert (rows["index"] <= rows["index_max"]).all()


def test_pages_for_people_say_spans(home, file):
    for arguments, word in (
        (("path", "--budget", "60"), "desa tidak ikut: tujuannya mungkin sudah tercapai"),
        (("whatif", "--set", f"{FIRST}:akses_pasar=mudah"), "akses_pasar kosong -> mudah"),
        (("sensitivity",), "Dari 40 baris"),
    ):
        command, *rest = arguments
        done = official.run(home, "index", command, "indeks-desa", "--input", file, *rest)
        assert done.returncode == 0, official.said(done)
        assert word in " ".join(done.stdout.decode("utf-8").split())
