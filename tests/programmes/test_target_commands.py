"""`sidara target rank | optimise` over stored scores of three villages: documented JSON, prices, refusals."""

import json
from fractions import Fraction

import polars as pl
import pytest

from sidara.demo.core import simulate
from sidara.indices import queries as indices
from sidara.indices.core import compute
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.programmes.core.targeting.need import Source, Span
from sidara.programmes.core.targeting.question import AskedPart, NeedQuery
from sidara.programmes.queries.targeting import ranked
from sidara.tables import LINE
from tests.collection.conftest import register as register_62
from tests.commands import called
from tests.indices.test_held import CODES, SET, YEAR, stored

register = register_62
FIRST, SECOND, THIRD = sorted(CODES)


@pytest.fixture
def scores(register, settings, tmp_path):
    """Item scores of three villages, with one open score, in the warehouse."""
    settings.SIDARA_WAREHOUSE = tmp_path / "warehouse"
    idm = indices.definition(PUBLIC, "idm")
    frame = simulate(idm, sorted(CODES), (int(YEAR),), seed=5).with_row_index(LINE, 2).cast({LINE: pl.Int64})
    made = compute(idm, frame).frame.cast(pl.String)
    names = [item.code for item in idm.versions[-1].items]
    values = {"S33": ["0", "0", None], "S34": ["1", "5", None], "S35": ["5", "3", "4"]}
    stored(idm, made.sort("kode").with_columns(pl.Series(name, own) for name, own in values.items()), names)
    return idm


def part_of(*keys):
    return tuple(AskedPart(Source.ITEM, key) for key in keys)


def spans(made):
    return {one.village.code: one.village.figures for one in made.ranking.rows}


def test_points_lost_are_counted_from_the_highest_score_and_an_open_one_is_a_span(scores):
    made = ranked(OPERATOR, NeedQuery(part_of("S34", "S35"), "idm", under="62.01"))
    assert spans(made)[FIRST] == (Span.of(4), Span.of(0))
    assert made.is_simulated
    whole = spans(ranked(OPERATOR, NeedQuery(part_of("S34"), "idm", under="62.02")))
    assert whole[THIRD] == (Span(Fraction(0), Fraction(4)),)


def test_a_formula_over_items_is_tried_with_every_score_that_is_open(scores):
    formula = AskedPart(Source.FORMULA, "(5 - S34) * 2 + S35")
    found = spans(ranked(OPERATOR, NeedQuery((formula,), "idm", under="62")))
    assert found[FIRST] == (Span.of(13),)
    assert found[THIRD] == (Span(Fraction(4), Fraction(12)),)


def test_index_and_status_are_read_from_the_scores(scores):
    parts = (AskedPart(Source.INDEX), AskedPart(Source.STATUS))
    found = spans(ranked(OPERATOR, NeedQuery(parts, "idm", under="62.01.02")))
    index, status = found[FIRST]
    assert index.is_sure
    assert 0 < index.least < 1
    assert status.least in range(5)
    assert found["62.01.02.2001"] == (None, None)


def test_rank_gives_the_documented_json(scores, tmp_path):
    words = ("--index", "idm", "--item", "S34", "--item", "S35", "--weight", "S34=3", "--under", "62.01.02")
    done = called("target", "rank", *words, "--json", "--top", "1", "--output", str(tmp_path / "urut.csv"))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["is_simulated"] is True
    assert (told["datasets"], told["years"]) == ([SET], [2024])
    assert [(one["key"], one["weight"], one["ends"]) for one in told["parts"]] == [
        ("S34", 0.75, [0.0, 4.0]),
        ("S35", 0.25, [0.0, 4.0]),
    ]
    first = told["villages"][0]
    assert (first["place"], first["kode"], first["need"]) == (1, FIRST, 75.0)
    assert told["possibly_in_top"] == len(told["villages"]) - 1  # all but the one that is surely second
    file = pl.read_csv(tmp_path / "urut.csv", schema_overrides={"kode": pl.String})
    assert file.height == len(told["villages"])
    assert file["is_simulated"].all()


def test_without_a_measure_the_whole_of_the_first_index_is_meant(scores):
    told = [
        json.loads(called("target", "rank", *words, "--under", "62.01.02", "--json").stdout)
        for words in ((), ("--index", "idm"))
    ]
    assert told[0] == told[1]
    assert [one["source"] for one in told[0]["parts"]] == ["indeks"]
    done = called("target", "optimise", "--budget", "3", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["plans"]["best"]["cost"] == 3


def optimised(*words):
    done = called("target", "optimise", "--index", "idm", *words, "--json")
    return done.returncode, json.loads(done.stdout or b"null"), done.stderr.decode()


def test_optimise_counts_points_in_steps_and_proves_it(scores):
    code, told, _ = optimised("--budget", "3", "--min-villages", "62.01=2", "--min-share", "62.02=20%")
    assert code == 0
    assert (told["is_optimal"], told["unit"], told["is_simulated"]) == (True, "langkah", True)
    best = told["plans"]["best"]
    assert best["gain"] == told["bound"]
    assert best["cost"] == 3
    served = {one["kode"]: (one["villages"], one["share"]) for one in best["areas"]}
    assert (served["62.01"][0], served["62.02"]) == (2, (1, 1 / 3))


def test_a_budget_that_cannot_be_names_area_and_ceiling(scores):
    code, told, err = optimised("--budget", "1", "--min-villages", "62.01=1", "--min-villages", "62.02=1")
    assert code == 1
    assert told["plans"]["best"] is None
    assert told["ceiling_above"] == 2
    assert "MINIMA_TOO_DEAR" in err
    assert "Kotawaringin Barat" in err


def test_a_need_is_bought_by_ones_own_prices_and_rupiah_are_never_made_up(scores, tmp_path):
    file = tmp_path / "harga.csv"
    file.write_text(
        f"kode,cost,gain,name\n{FIRST},250000000,100,sumur\n{FIRST},40000000,50,tandon\n62.02,1,,\n"
    )
    words = ("--item", "S34", "--objective", "kebutuhan", "--costs", str(file), "--unit", "rupiah")
    code, told, err = optimised(*words, "--budget", "Rp100.000.000")
    assert code == 0
    (move,) = told["plans"]["best"]["moves"]
    assert move == {"kode": FIRST, "move": "tandon", "gain": 50.0, "cost": 40000000.0}
    code, told, _ = optimised(*words, "--budget", "250000000")
    assert told["plans"]["best"]["moves"][0]["move"] == "sumur"
    file.write_text("kode,cost\n62.99,5\n*,lima\n")
    code, _, err = optimised(*words, "--budget", "5")
    assert code == 1
    assert "PRICE_CODE" in err
    assert "PRICE_VALUE" in err


def test_paths_to_a_higher_status_are_moves_of_their_own(scores):
    code, told, _ = optimised("--objective", "status", "--budget", "1000")
    assert code == 0
    moves = told["plans"]["best"]["moves"]
    assert all(one["gain"] >= 1 for one in moves)
    assert told["gain_unit"] == "kelas status"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--budget", "-5"), 64),
        (("--budget", "5", "--min-share", "62.99=5%"), 1),
        (("--budget", "5", "--min-share", "62.01=banyak"), 1),
        (("--budget", "5", "--min-share-each", "60%"), 1),
        (("--budget", "5", "--item", "S99"), 1),
        (("--budget", "5", "--min-share", "62.01=5%", "--max-share", "62.01=2%"), 1),
    ],
)
def test_what_cannot_be_asked_is_refused(scores, words, code):
    assert optimised(*words)[0] == code
