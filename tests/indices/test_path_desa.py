"""Paths of Indeks Desa: equal to trying every plan, a promise where scores are open, one budget for all."""

import itertools
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction

import polars as pl
import pytest

from sidara.indices import core
from sidara.indices.core import asked, budget, standing, targets
from sidara.indices.core.costs import Costs
from sidara.indices.core.path import Goal, Outcome, Path, paths
from sidara.indices.core.targets import Reach
from sidara.tables import LINE
from tests.indices import official, samples

YEAR = 2025
POINT = Fraction(100, 635)
NEXT = Goal()
EDGES = {
    "SANGAT TERTINGGAL": 0,
    "TERTINGGAL": 315,
    "BERKEMBANG": 365,
    "MAJU": 441,
    "MANDIRI": 506,
}
"""The least points of each status, as published."""


@pytest.fixture(scope="module")
def province(desa):
    """1,432 simulated villages: answers without official classes, and scores that are all known."""
    answers = samples.simulated(desa, year=YEAR)
    chance = random.Random(samples.SEED)
    made = core.compute(desa, answers).frame
    items = desa.versions[0].items
    filled = [
        pl.Series(
            item.code,
            [str(chance.choice(item.scores_in(YEAR)) if one is None else one) for one in made[item.code]],
        )
        for item in items
    ]
    scores = made.select("kode", pl.col("tahun").cast(pl.String)).with_columns(*filled, answers[LINE])
    return samples.without_classes(desa, answers), scores


@pytest.fixture(scope="module")
def found_from_answers(desa, province):
    return paths(desa, province[0], NEXT).paths


def possible(item, low: int, high: int) -> list[int]:
    return [one for one in item.scores_in(YEAR) if low <= one <= high]


def dearest(costs: Costs, item, ends: tuple[int, int]) -> dict[int, Fraction | None]:
    """What it costs at the most to bring an item to a score or more, `None` where some way has no price."""
    raises = costs.raises(item, YEAR)
    found: dict[int, Fraction | None] = {}
    for to in item.scores_in(YEAR):
        prices = [Fraction(0) if start >= to else raises[start].get(to) for start in possible(item, *ends)]
        found[to] = None if None in prices else max(prices)
    return found


def plans(items, free, costs: Costs, ends: Mapping, within: Mapping) -> Iterator[tuple[Fraction, dict]]:
    """Every plan for the free items with what it costs at the most, over all that they can be today."""
    prices = {code: dearest(costs, items[code], ends[code]) for code in free}
    for plan in itertools.product(*([None, *sorted(within[code])] for code in free)):
        aims = {
            code: to for code, to in zip(free, plan, strict=True) if to is not None and to > ends[code][0]
        }
        paid = [prices[code][to] for code, to in aims.items()]
        if None not in paid:
            yield sum(paid, Fraction(0)), aims


def drawn_costs(chance: random.Random, items, free) -> Costs:
    """A price for a step or, for some, for each single move; the rest is fixed."""
    step, move = {}, {}
    for code in free:
        if chance.random() < 0.5:
            step[code] = Fraction(chance.randint(0, 2000), 100)
        else:
            pairs = itertools.combinations(items[code].scores_in(YEAR), 2)
            move[code] = {
                pair: Fraction(chance.randint(0, 2000), 100) for pair in pairs if chance.random() < 0.9
            }
    fixed = frozenset(items) - set(free)
    return Costs(step=step, move=move, others=None, fixed=fixed)


def tried(desa, row: Mapping, edge: int, free, costs: Costs, within: Mapping) -> Fraction | None:
    """The least cost of all plans that reach the goal whatever the open scores are."""
    items = desa.versions[0].by_code
    ends = {code: row[code] for code in items}
    least = None
    for cost, aims in plans(items, free, costs, ends, within):
        worst = sum(max(low, aims.get(code, low)) for code, (low, _) in ends.items())
        if worst >= edge and (least is None or cost < least):
            least = cost
    return least


def standings_of(desa, table: pl.DataFrame) -> tuple[list[dict], list[dict]]:
    """For each row the lowest and highest of each item, and the scores that can be promised."""
    (rows,) = standing.standings(desa, table, table[LINE].to_list())
    items = desa.versions[0].by_code
    ends = [
        dict(zip(items, zip(low, high, strict=True), strict=True))
        for low, high in zip(rows.low.iter_rows(), rows.high.iter_rows(), strict=True)
    ]
    within = [
        {code: targets.scores(items[code], YEAR, Reach(one)) for code, one in row.items()}
        for row in rows.reach.iter_rows(named=True)
    ]
    return ends, within


@pytest.mark.parametrize("seed", range(40))
def test_equal_to_trying_every_plan(desa, province, seed):
    chance = random.Random(seed)
    table = province[seed % 2].slice(chance.randrange(samples.VILLAGES), 1)
    (ends,), (within,) = standings_of(desa, table)
    items = desa.versions[0].by_code
    rising = [code for code, (low, _) in ends.items() if low < items[code].scores_in(YEAR)[-1]]
    still = [code for code in rising if ends[code][0] < ends[code][1]]
    free = sorted({*chance.sample(rising, 4), *chance.sample(still, min(2, len(still)))})
    costs = drawn_costs(chance, items, free)
    lowest = sum(low for low, _ in ends.values())
    goal = Goal(score=POINT * (lowest + chance.randint(1, 14)))
    (found,) = paths(desa, table, goal, costs).paths
    units = -((-goal.score * 100) // 1)
    edge = next(
        points for points in itertools.count() if (POINT * points * 100 + Fraction(1, 2)) // 1 >= units
    )
    edges = EDGES | {found.goal: edge}
    every = {code: items[code].scores_in(YEAR) for code in items}
    best = tried(desa, ends, edges[found.goal], free, costs, within)
    loose = tried(desa, ends, edges[found.goal], free, costs, every)
    assert found.cost == (loose if best is None else best)
    assert (found.outcome is Outcome.UNREACHABLE) == (loose is None)
    assert found.is_enough == (best is not None)
    assert found.bound == found.cost
    if best is None and loose is not None:
        assert not all(step.is_sure for step in found.steps)


def greedy(items, low: dict, within: Mapping, least: int) -> int | None:
    """Raise again and again the item whose next step gains most, one langkah each."""
    scores, spent = dict(low), 0
    while sum(scores.values()) < least:
        moves = []
        for code, score in scores.items():
            every = items[code].scores_in(YEAR)
            above = [one for one in every if one > score]
            if above and above[0] in within[code]:
                moves.append((above[0] - score, code, above[0]))
        if not moves:
            return None
        _, code, to = max(moves)
        scores[code], spent = to, spent + 1
    return spent


def assert_never_dearer_than_greedy(desa, table: pl.DataFrame, found: tuple[Path, ...]) -> int:
    items = desa.versions[0].by_code
    beaten = 0
    for path, ends, within in zip(found, *standings_of(desa, table), strict=True):
        assert path.is_optimal
        if path.outcome is Outcome.REACHED:
            continue
        rival = greedy(items, {code: low for code, (low, _) in ends.items()}, within, EDGES[path.goal])
        if path.is_enough and rival is not None:
            assert path.cost <= rival
            beaten += path.cost < rival
    return beaten


def test_a_province_with_all_scores(desa, province):
    _, scores = province
    found = paths(desa, scores, NEXT).paths
    assert len(found) == samples.VILLAGES
    assert all(one.is_complete and one.is_enough for one in found)
    assert_never_dearer_than_greedy(desa, scores, found)
    raised = [
        row | {step.item: str(step.to) for step in path.steps} | {"goal": path.goal}
        for path, row in zip(found, scores.iter_rows(named=True), strict=True)
    ]
    frame = pl.DataFrame(raised, infer_schema_length=None)
    assert core.compute(desa, frame).frame["status"].to_list() == frame["goal"].to_list()
    bought = budget.share(found, Fraction(2000))
    assert bought.is_optimal
    assert (bought.perhaps_reached, bought.perhaps_short) == (0, 0)
    assert bought.most == len(bought.chosen)


def test_a_province_from_answers_is_a_promise(desa, province, found_from_answers):
    """Whatever the open scores are: random, lowest and highest completions reach the goal with the steps."""
    answers, _ = province
    found = found_from_answers
    assert not any(one.is_complete for one in found)
    assert_never_dearer_than_greedy(desa, answers, found)
    ends, _ = standings_of(desa, answers)
    items = desa.versions[0].by_code
    chance = random.Random(samples.SEED)
    draws = [
        lambda _, low, __: low,
        lambda _, __, high: high,
        lambda item, *two: chance.choice(possible(item, *two)),
    ]
    for draw in draws:
        today = [{code: draw(items[code], *row[code]) for code in items} for row in ends]
        after = [
            scores | {step.item: max(scores[step.item], step.to) for step in path.steps}
            for scores, path in zip(today, found, strict=True)
        ]
        for path, before, now in zip(found, today, after, strict=True):
            assert path.is_enough
            assert sum(now.values()) >= EDGES[path.goal]
            assert not path.is_forward or sum(before.values()) < EDGES[path.goal]


def test_one_budget_from_answers(desa, found_from_answers, province):
    found = found_from_answers
    statuses = core.compute(desa, province[0]).frame["status_set"].to_list()
    sure = [one for one, status in zip(found, statuses, strict=True) if "|" not in status]
    candidates = [one for one in sure if one.outcome is Outcome.REACHABLE]
    bought = budget.share(found, Fraction(2000))
    assert bought.candidates == len(candidates) > 0
    assert bought.perhaps_reached == len(found) - len(sure)
    assert bought.is_optimal
    assert {one.line for one in bought.chosen} <= {one.line for one in candidates}
    cheapest = sorted(one.cost for one in candidates)
    assert (
        sum(cheapest[: len(bought.chosen)]) == bought.cost <= 2000 < sum(cheapest[: len(bought.chosen) + 1])
    )


def test_with_official_classes_everything_is_as_from_scores(desa, province):
    """Classes entered decide the access items: the same paths as from their scores."""
    answers = samples.simulated(desa, 60, YEAR)
    scores = core.compute(desa, answers).frame
    names = ["kode", *desa.versions[0].by_code]
    table = scores.select(pl.col("tahun").cast(pl.String), *(pl.col(name).cast(pl.String) for name in names))
    complete = [at for at, one in enumerate(scores["skor"]) if one is not None]
    assert complete
    from_answers = paths(desa, answers[complete], NEXT).paths
    from_scores = paths(desa, table.with_columns(answers[LINE])[complete], NEXT).paths
    assert from_answers == from_scores
    assert all(step.is_sure for one in from_answers for step in one.steps)


def village(province, **changes) -> dict:
    """The first village of the province, with other answers."""
    row = province[0].row(0, named=True)
    return {name: value for name, value in row.items() if name != LINE} | changes


def test_what_a_class_alone_can_show_is_no_sure_target(desa, province):
    """The way to the market: no matrix is public. Only it may rise: the path is said, but not promised."""
    every = frozenset(desa.versions[0].by_code)
    costs = Costs(fixed=every - {"I27.2"})
    goal = Goal(
        score=core.compute(desa, official.frame([village(province)])).frame["skor_min"].item()
        + Fraction(3, 10)
    )
    made = paths(desa, official.frame([village(province)]), Goal(score=Fraction(goal.score)), costs)
    (found,) = made.paths
    assert (found.outcome, found.is_enough) == (Outcome.REACHABLE, False)
    assert [(step.item, step.start, step.is_sure, step.activity) for step in found.steps] == [
        ("I27.2", 1, False, None)
    ]
    assert "PATH_NOT_SURE" in {one.code for one in made.findings}
    assert budget.share([found], Fraction(100)).candidates == 0
    entered = official.frame([village(province, akses_pasar="sangat_sulit")])
    (found,) = paths(desa, entered, Goal(score=Fraction(goal.score)), costs).paths
    assert found.is_enough
    assert [(step.item, step.is_sure) for step in found.steps] == [("I27.2", True)]


@pytest.mark.parametrize(
    ("changes", "item", "reach"),
    [
        ({}, "I27.2", {}),
        ({"akses_pasar": "mudah"}, "I27.2", {1, 2, 3, 4, 5}),
        ({}, "I01.2", {1}),
        ({"anak_3_6": "0", "anak_3_6_sekolah_paud": "0"}, "I01.3", set()),
        ({"anak_3_6": None}, "I01.3", {1, 2, 3, 4, 5}),
        ({"ada_layanan_dokter": "tidak", "operasional_dokter": None}, "I08.2", set()),
        ({"ada_layanan_dokter": "ya", "operasional_dokter": None}, "I08.2", {1, 3, 5}),
        ({"kepemilikan_jamban": "tidak_ada"}, "I37.1", {1, 3, 5}),
    ],
    ids=["matrix not public", "class", "matrix in part", "nobody", "empty", "no doctor", "doctor", "latrine"],
)
def test_what_can_be_promised(desa, province, changes, item, reach):
    _, (within,) = standings_of(desa, official.frame([village(province, **changes)]))
    assert within[item] == set(reach)


def test_the_dearest_start_is_paid(desa):
    """Open from 1 to 5: cheap to 5 from 1, but from 4 there is no price, so 5 cannot be promised."""
    item = desa.versions[0].by_code["I27.2"]
    move = {(1, 5): Fraction(1), (1, 4): Fraction(2), (2, 4): Fraction(9), (3, 4): Fraction(3)}
    costs = Costs(move={"I27.2": move}, others=None)
    assert costs.sure_raises(item, YEAR, 1, 5) == {4: 9}
    assert costs.sure_raises(item, YEAR, 1, 1) == {4: 2, 5: 1}


def test_fine_prices_up_to_a_milliard_are_proven(desa, province):
    """127 items, each move with a price of two decimals up to 10^9 rupiah."""
    chance = random.Random(5)
    move = {
        item.code: {
            pair: Fraction(chance.randint(1, 10**11), 100)
            for pair in itertools.combinations(item.scores_in(YEAR), 2)
        }
        for item in desa.versions[0].items
    }
    found = paths(desa, province[1].head(150), NEXT, Costs(move=move, others=None, unit="rupiah")).paths
    assert all(one.is_optimal for one in found)
    assert budget.share(found, Fraction(10**9)).is_optimal


def test_goals_of_the_other_scale(desa):
    assert asked.goal(desa, "69,35") == Goal(score=Fraction("69.35"))
