"""The cheapest path: equal to trying everything, never dearer than greedy, proven, and honest about gaps."""

import itertools
import random
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.indices import core
from sidara.indices.core import asked, budget, knapsack
from sidara.indices.core.costs import Costs
from sidara.indices.core.knapsack import Option
from sidara.indices.core.path import Goal, Outcome, Path, paths
from sidara.indices.formats import costs_file
from sidara.tables import LINE
from tests.indices import official, samples

NEXT = Goal()


@pytest.fixture(scope="module")
def small():
    return samples.definition("langkah.yaml")


groups_of_options = st.lists(
    st.lists(st.builds(Option, gain=st.integers(0, 9), cost=st.integers(0, 7)), max_size=3), max_size=5
)


@settings(deadline=None)
@given(groups_of_options, st.integers(-2, 30))
def test_the_choice_is_the_best_of_all_and_proven(groups, need):
    def worth(choice):
        taken = [one for one in choice if one]
        gains = tuple(-(one.gain if one else 0) for one in choice)
        return sum(one.cost for one in taken), len(taken), gains

    every = itertools.product(*([None, *group] for group in groups))
    good = [choice for choice in every if sum(one.gain for one in choice if one) >= need]
    chosen = knapsack.cheapest(groups, need)
    if not good:
        assert chosen is None
        return
    assert worth(chosen) == min(map(worth, good))
    assert sum(one.gain for one in chosen if one) >= need
    cost = worth(chosen)[0]
    assert knapsack.is_least(groups, need, cost)
    assert not knapsack.is_least(groups, need, cost + 1)
    solved = knapsack.cheapest(groups, need, most_states=1)
    assert worth(solved)[:2] == worth(chosen)[:2]
    assert sum(one.gain for one in solved if one) >= need
    fine = [[Option(one.gain, one.cost * 10**11 + at) for at, one in enumerate(group)] for group in groups]
    finest = sum(one.cost for one in knapsack.cheapest(fine, need) if one)
    assert knapsack.is_least(fine, need, finest)
    assert not knapsack.is_least(fine, need, finest + 1)


def every_village(small, year: int) -> pl.DataFrame:
    """All that a village of the small index can be, a row each, computed by the core."""
    version = small.version_in(year)
    scores = itertools.product(*(item.scores_in(year) for item in version.items))
    names = list(version.by_code)
    records = [
        {"kode": f"62{at:04d}2001", "tahun": year, **dict(zip(names, map(str, one), strict=True))}
        for at, one in enumerate(scores, start=1000)
    ]
    made = core.compute(small, official.frame(records))
    assert made.rejected == ()
    return made.frame


@st.composite
def questions(draw, small):
    """A village of the small index, costs, a goal."""
    year = draw(st.sampled_from([2021, 2022]))
    items = small.version_in(year).items
    scores = {item.code: draw(st.sampled_from(item.scores_in(year))) for item in items}
    step = {item.code: Fraction(draw(st.integers(0, 12)), draw(st.sampled_from([1, 2, 4]))) for item in items}
    fixed = frozenset(draw(st.sets(st.sampled_from([item.code for item in items]), max_size=2)))
    goal = draw(
        st.sampled_from([NEXT, Goal(status="SEDANG"), Goal(status="TINGGI")])
        | st.builds(Goal, score=st.integers(30, 100).map(lambda number: Fraction(number, 100)))
    )
    return year, scores, Costs(step=step, fixed=fixed), goal


def trial(small, every, question) -> Fraction | None:
    """The least cost of all villages that are nowhere lower and meet the goal; `None` = none does."""
    year, scores, costs, goal = question
    ranks = {"RENDAH": 0, "SEDANG": 1, "TINGGI": 2}
    codes = {one.code: at for at, one in enumerate(small.versions[0].thresholds.classes)}
    today = every.filter(*(pl.col(code) == score for code, score in scores.items())).row(0, named=True)
    wanted = codes[goal.status] if goal.status else min(ranks[today["status"]] + 1, 2)
    best = None
    for row in every.iter_rows(named=True):
        if goal.score is not None:
            index = Fraction(3, 4) * Fraction(row["A1"] + row["A2"] + 2 * row["A3"], 20)
            index += Fraction(row["B1"] + row["B2"], 40)
            reached = (index * 100 + Fraction(1, 2)) // 1 >= goal.score * 100
        else:
            reached = ranks[row["status"]] >= wanted
        cost = Fraction(0)
        for item in small.version_in(year).items:
            start, to = scores[item.code], row[item.code]
            if to < start or (to != start and item.code in costs.fixed):
                reached = False
                break
            cost += costs.step[item.code] * sum(start < one <= to for one in item.scores_in(year))
        if reached and (best is None or cost < best):
            best = cost
    return best


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_equal_to_trying_every_village(small, data):
    question = data.draw(questions(small))
    year, scores, costs, goal = question
    every = EVERY.setdefault(year, every_village(small, year))
    record = {"kode": "6201022016", "tahun": year, **{code: str(score) for code, score in scores.items()}}
    (found,) = paths(small, official.frame([record]), goal, costs).paths
    best = trial(small, every, question)
    is_top = goal == NEXT and found.status == "TINGGI"
    assert (found.outcome is Outcome.UNREACHABLE) == (best is None)
    assert found.cost == (Fraction(0) if is_top else best)
    assert found.is_optimal == (best is not None)
    assert found.bound == found.cost
    if best is not None:
        assert sum((step.cost for step in found.steps), Fraction(0)) == found.cost


EVERY: dict[int, pl.DataFrame] = {}


FACTORS = {"IKS": Fraction(1, 525), "IKE": Fraction(1, 180), "IKL": Fraction(1, 45)}


def greedy(version, year: int, scores: dict[str, int], costs: Costs, is_met) -> Fraction:
    """Raise again and again the item whose next step gains most for its cost, until the goal is met."""
    scores, cost = dict(scores), Fraction(0)
    while not is_met(scores):
        moves = []
        for item in version.items:
            above = [one for one in item.scores_in(year) if one > scores[item.code]]
            if above:
                price = costs.step.get(item.code, Fraction(1))
                gain = FACTORS[item.level] * (above[0] - scores[item.code])
                moves.append((gain / price, item.code, above[0], price))
        _, code, to, price = max(moves, key=lambda move: move[0])
        scores[code] = to
        cost += price
    return cost


def index_of(version, scores) -> Fraction:
    return sum((FACTORS[item.level] * scores[item.code] for item in version.items), Fraction(0))


def assert_good(idm, found: tuple[Path, ...], table: pl.DataFrame, costs: Costs) -> tuple[Fraction, Fraction]:
    """Each path is proven, never dearer than greedy, and gives its goal when the table is computed anew."""
    version = idm.versions[0]
    statuses = [one.status for one in version.thresholds.classes]
    raised, ours, theirs = [], Fraction(0), Fraction(0)
    start = {row[LINE]: row for row in table.iter_rows(named=True)}
    for path in found:
        assert path.is_optimal
        row = start[path.line]
        scores = {code: int(row[code]) for code in version.by_code}
        if path.outcome is Outcome.REACHED:
            assert path.status == "MANDIRI"
            continue
        place = statuses.index(path.status) + 1
        assert path.goal == statuses[place]

        def met(one, place=place):
            rounded = (index_of(version, one) * 10**4 + Fraction(1, 2)) // 1
            return rounded > version.thresholds.classes[place - 1].maximum * 10**4

        assert not met(scores)
        cost = greedy(version, path.year, scores, costs, met)
        assert path.cost <= cost
        ours, theirs = ours + path.cost, theirs + cost
        for step in path.steps:
            assert (scores[step.item], step.start < step.to) == (step.start, True)
            assert step.to in version.by_code[step.item].scores_in(path.year)
            assert version.by_code[step.item].actors == tuple(step.actors.items())
        raised.append(row | {step.item: str(step.to) for step in path.steps} | {"goal": path.goal})
    frame = pl.DataFrame(raised, schema=[*table.columns, "goal"], infer_schema_length=None)
    again = core.compute(idm, frame)
    assert again.rejected == ()
    assert again.frame["status"].to_list() == frame["goal"].to_list()
    return ours, theirs


def test_villages_with_published_scores(idm, shared):
    table = samples.published(shared)
    scores = pl.coalesce("s31_terhitung", "S31").alias("S31")
    plain = table.with_columns(scores).select(LINE, "kode", "tahun", *idm.versions[0].by_code)
    found = paths(idm, plain, NEXT).paths
    assert len(found) == 88
    assert len({path.code for path in found}) == 22
    assert_good(idm, found, plain, Costs())


@pytest.fixture(scope="module")
def province(idm):
    """1,432 simulated villages: their answers, and the item scores that these give."""
    answers = samples.simulated(idm)
    made = core.compute(idm, answers)
    names = ["kode", "tahun", *idm.versions[0].by_code]
    return answers, made.frame.select(pl.col(names).cast(pl.String)).with_columns(pl.Series(LINE, made.lines))


def test_a_province_of_simulated_villages(idm, province):
    answers, table = province
    found = paths(idm, table, NEXT).paths
    assert len(found) == samples.VILLAGES
    assert_good(idm, found, table, Costs())
    from_answers = paths(idm, answers, NEXT).paths
    assert [(one.cost, one.steps) for one in from_answers] == [(one.cost, one.steps) for one in found]
    shared_out = budget.share(found, Fraction(500))
    assert shared_out.is_optimal
    assert shared_out.most == len(shared_out.chosen)
    assert shared_out.least == shared_out.cost == sum(one.cost for one in shared_out.chosen) <= 500


def test_a_province_where_every_item_has_its_price(idm, province):
    chance = random.Random(samples.SEED)
    prices = {item.code: Fraction(chance.randint(20, 900) * 1_000_000) for item in idm.versions[0].items}
    costs = Costs(step=prices, others=None, unit="rupiah")
    found = paths(idm, province[1], NEXT, costs).paths
    ours, theirs = assert_good(idm, found, province[1], costs)
    assert ours < theirs


def village(small, **scores):
    full = {"A1": 1, "A2": 0, "A3": 0, "B1": 1, "B2": 2} | scores
    return {"kode": "6201022016", "tahun": 2022} | {
        code: None if one is None else str(one) for code, one in full.items()
    }


def steps_of(small, record, **asked_for) -> list[tuple[str, int, int]]:
    goal = Goal(score=asked_for.pop("score"))
    (found,) = paths(small, official.frame([record]), goal, Costs(**asked_for)).paths
    return [(step.item, step.start, step.to) for step in found.steps]


def test_ties_take_the_fewest_items_and_then_the_first(small):
    held = frozenset({"A3"})
    assert steps_of(small, village(small), score=Fraction(19, 100)) == [("A1", 1, 3)]
    assert steps_of(small, village(small, A1=5), score=Fraction(34, 100)) == [("A2", 0, 2)]
    assert steps_of(small, village(small), score=Fraction(26, 100), fixed=held) == [("A1", 1, 5)]
    assert steps_of(small, village(small), score=Fraction(31, 100), fixed=held) == [
        ("A1", 1, 5),
        ("A2", 0, 2),
    ]


def test_the_upper_limit_belongs_to_the_lower_class(small):
    """32/80 is 0.40, still RENDAH; 33/80 is 0.4125, rounded 0.41, SEDANG."""
    (found,) = paths(small, official.frame([village(small, A2=5, B1=5)]), NEXT).paths
    assert (found.index, found.status, found.goal) == (Fraction(32, 80), "RENDAH", "SEDANG")
    assert (found.outcome, found.cost) == (Outcome.REACHABLE, 1)


def test_a_step_says_what_to_do_and_who(small):
    (found,) = paths(small, official.frame([village(small)]), Goal(score=Fraction(19, 100))).paths
    assert (found.steps[0].activity, found.steps[0].actors) == (
        "Menambah dua",
        {"kab": "Dinas Satu", "desa": "Desa"},
    )


def test_a_goal_out_of_reach_is_explained(small):
    costs = Costs(fixed=frozenset({"A3", "B1"}))
    (found,) = paths(small, official.frame([village(small)]), Goal(status="TINGGI"), costs).paths
    assert (found.outcome, found.cost, found.bound, found.is_optimal) == (
        Outcome.UNREACHABLE,
        None,
        None,
        False,
    )
    assert found.status_after == "SEDANG"
    assert found.index_after == Fraction(3, 4) * Fraction(10, 20) + Fraction(6, 40)
    assert "Paling tinggi SEDANG (0,53)" in found.note
    assert "Terjangkau bila butir yang tertahan boleh dinaikkan: A3, B1" in found.note
    (found,) = paths(small, official.frame([village(small)]), Goal(score=Fraction(101, 100))).paths
    assert found.outcome is Outcome.UNREACHABLE
    assert "Semua butir sudah dihitung penuh" in found.note


def test_a_path_from_missing_scores_is_enough_for_every_completion(small):
    record = village(small, A2=None, B1=None)
    made = paths(small, official.frame([record]), Goal(status="SEDANG"))
    (found,) = made.paths
    assert not found.is_complete
    assert "PATH_FROM_LOWEST" in {one.code for one in made.findings}
    raised = {step.item: step.to for step in found.steps}
    assert {step.item for step in found.steps if not step.is_sure} <= {"A2", "B1"}
    version = small.versions[0]
    for two, four in itertools.product(
        version.by_code["A2"].scores_in(2022), version.by_code["B1"].scores_in(2022)
    ):
        scores = village(small, A2=two, B1=four)
        for code, to in raised.items():
            scores[code] = str(max(int(scores[code]), to))
        made = core.compute(small, official.frame([scores]))
        assert made.frame["status"].item() != "RENDAH"


def test_what_is_said_of_a_path_from_missing_scores(small):
    """Enough where it is reachable, nothing where it is reached, not a promise where it is out of reach."""
    held = Costs(fixed=frozenset({"A1", "A3", "B1", "B2"}))

    def said(record, goal, costs=None):
        made = paths(small, official.frame([record]), goal, costs)
        return [one.message for one in made.findings if one.code == "PATH_FROM_LOWEST"]

    (enough,) = said(village(small, A2=None), Goal(status="SEDANG"))
    assert "cukup untuk sampai" in enough
    (short,) = said(village(small, A2=None), Goal(status="TINGGI"), held)
    assert "dari sana tujuannya tidak terjangkau" in short
    assert said(village(small, A2=None), Goal(score=Fraction(5, 100))) == []


def test_villages_that_may_be_there_already_do_not_share_a_budget(small):
    """A2 open: from 0.11 to 0.30, RENDAH for sure. A3 and B1 open: up to 0.64, perhaps SEDANG."""
    sure = village(small, A2=None) | {"kode": "6201022017"}
    unsure = village(small, A3=None, B1=None) | {"kode": "6201022018"}
    found = paths(small, official.frame([village(small), sure, unsure]), NEXT).paths
    assert [one.is_forward for one in found] == [True, True, False]
    assert [(one.status, one.status_max) for one in found[1:]] == [("RENDAH", "RENDAH"), ("RENDAH", "SEDANG")]
    bought = budget.share(found, Fraction(100))
    assert (bought.candidates, bought.perhaps_reached, bought.perhaps_short) == (2, 1, 0)
    assert {one.code for one in bought.chosen} == {"6201022016", "6201022017"}


@given(
    st.lists(st.fractions(0, 9, max_denominator=4) | st.none(), max_size=7),
    st.fractions(0, 40, max_denominator=4),
)
def test_one_budget_equals_trying_every_choice(costs, limit):
    found = [
        Path(
            line=at,
            code=f"62010220{at:02d}",
            year=2024,
            index=Fraction(1, 2),
            status="RENDAH",
            is_complete=True,
            goal="SEDANG",
            outcome=Outcome.UNREACHABLE if cost is None else Outcome.REACHABLE,
            index_after=Fraction(1, 2),
            status_after="SEDANG",
            cost=cost,
            bound=cost,
            is_optimal=True,
            steps=(),
            note="",
            index_max=Fraction(1, 2),
            status_max="RENDAH",
            is_enough=True,
            is_forward=True,
        )
        for at, cost in enumerate(costs)
    ]
    known = [cost for cost in costs if cost is not None]
    best = max(
        (len(taken), -sum(taken, Fraction(0)))
        for size in range(len(known) + 1)
        for taken in itertools.combinations(known, size)
        if sum(taken, Fraction(0)) <= limit
    )
    made = budget.share(found, limit)
    assert (len(made.chosen), -made.cost) == best
    assert (made.most, made.least, made.is_optimal) == (best[0], -best[1], True)


def test_an_index_that_is_no_sum_is_refused():
    uji = samples.definition("uji.yaml")
    record = {"kode": "6201022016", "tahun": 2021, "U01": "60", "D01": "2", "D02": "1"}
    made = paths(uji, official.frame([record]), NEXT)
    assert made.paths == ()
    assert made.findings[0].code == "PATH_NOT_A_SUM"


def test_sub_indices_alone_give_no_path(small):
    made = paths(small, official.frame([{"kode": "6201022016", "tahun": 2021, "a": "0.5", "b": "0.5"}]), NEXT)
    assert made.paths == ()
    assert made.findings[0].code == "PATH_NEEDS_ITEMS"


COSTS = """item,from,to,cost
A1,,,2.5
A2,0,2,1
A2,2,5,4
A2,0,5,9
B2,,,tetap
*,,,10
"""


def test_a_file_of_costs(small, tmp_path):
    file = tmp_path / "biaya.csv"
    file.write_text(COSTS, encoding="utf-8")
    costs, findings = costs_file.read(file, small)
    assert findings == ()
    items = small.versions[0].by_code
    assert costs.raises(items["A1"], 2022) == {1: {3: Fraction(5, 2), 5: 5}, 3: {5: Fraction(5, 2)}, 5: {}}
    assert costs.raises(items["A2"], 2022) == {0: {2: 1, 5: 5}, 2: {5: 4}, 4: {}, 5: {}}
    assert costs.raises(items["B1"], 2022) == {1: {3: 10, 5: 20}, 3: {5: 10}, 5: {}}
    assert costs.raises(items["B2"], 2022) == {2: {}, 5: {}}
    assert costs.without_price(small.versions[0]) == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A9,,,1", "COST_ITEM"),
        ("A1,,,3\nA1,,,4", "COST_DUPLICATE"),
        ("A1,,,-1", "COST_VALUE"),
        ("A1,,,1.234", "COST_VALUE"),
        ("A1,,,1e3", "COST_VALUE"),
        ("A1,,,9999999999999", "COST_VALUE"),
        ("A1,,,", "COST_VALUE"),
        ("A1,1,3,tetap", "COST_VALUE"),
        ("*,,,tetap", "COST_VALUE"),
        ("A1,3,1,2", "COST_MOVE"),
        ("A1,1,4,2", "COST_MOVE"),
        ("A1,1,,2", "COST_MOVE"),
        ("*,1,3,2", "COST_MOVE"),
    ],
)
def test_a_bad_cost_refuses_the_file(small, tmp_path, row, code):
    file = tmp_path / "biaya.csv"
    file.write_text(f"item,from,to,cost\n{row}\n", encoding="utf-8")
    costs, findings = costs_file.read(file, small)
    assert costs is None
    assert [one.code for one in findings] == [code]
    assert findings[0].remedy
    assert findings[0].place.line is not None


def test_items_without_a_price_are_not_raised_and_named(small):
    made = paths(
        small, official.frame([village(small)]), Goal(status="TINGGI"), Costs(step={"A1": 1}, others=None)
    )
    assert made.paths[0].outcome is Outcome.UNREACHABLE
    assert [one.message for one in made.findings if one.code == "COST_ABSENT"] == [
        "4 butir tidak punya biaya, jadi tidak dinaikkan: A2, A3, B1, B2."
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next", Goal()),
        ("MAJU", Goal(status="MAJU")),
        ("sangat tertinggal", Goal(status="SANGAT_TERTINGGAL")),
        ("0.75", Goal(score=Fraction(3, 4))),
        ("0,75", Goal(score=Fraction(3, 4))),
    ],
)
def test_goals_in_words(idm, text, expected):
    assert asked.goal(idm, text) == expected


def test_an_unknown_goal_is_a_finding(idm):
    assert asked.goal(idm, "HEBAT").code == "GOAL_UNKNOWN"
