"""Ways to every status at once: the same as the path to each, and the same choice for every need."""

from fractions import Fraction
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.indices.core import compute, knapsack, standing
from sidara.indices.core.budget import is_candidate
from sidara.indices.core.climbs import climbs
from sidara.indices.core.costs import Costs
from sidara.indices.core.knapsack import Option
from sidara.indices.core.path import Goal, paths
from tests.indices import samples

groups_of_options = st.lists(
    st.lists(st.builds(Option, gain=st.integers(0, 9), cost=st.integers(0, 7)), max_size=3), max_size=5
)


@settings(deadline=None)
@given(groups_of_options, st.lists(st.integers(-2, 30), max_size=4))
def test_one_programme_answers_every_need_as_one_of_its_own_does(groups, needs):
    alone = [knapsack.cheapest(groups, need) for need in needs]
    assert knapsack.cheapest_each(groups, needs) == alone


def fine(version, year):
    """Prices in hundredths of a rupiah, by move."""
    return Costs(
        move={
            item.code: {
                pair: Fraction(10**9 + 7 * at + 13 * sum(pair), 100)
                for pair in combinations(item.scores_in(year), 2)
            }
            for at, item in enumerate(version.items)
        },
        others=None,
        unit="rupiah",
    )


@pytest.mark.parametrize("costs", ["langkah", "fine"])
@pytest.mark.parametrize("holes", [0, 7])
def test_ways_to_every_status_are_the_paths_to_each(costs, holes):
    index = samples.definition("langkah.yaml")
    rows = samples.simulated(index, 40)
    names = [one for one in rows.columns if one in index.version_in(2024).by_code]
    if holes:
        rows = rows.with_columns(
            pl.when(pl.int_range(pl.len()) % holes != at % holes).then(pl.col(name)).alias(name)
            for at, name in enumerate(names)
        )
    (stood,) = standing.standings(index, rows, compute(index, rows).lines)
    priced = Costs() if costs == "langkah" else fine(stood.version, 2024)
    classes = stood.version.thresholds.classes
    statuses = [one.status for one in classes]
    singly = {
        (one.code, statuses.index(one.status_max), statuses.index(one.goal)): (
            one.cost,
            tuple((step.item, step.start, step.to) for step in one.steps),
        )
        for goal in classes[1:]
        for one in paths(index, rows, Goal(status=goal.code), priced).paths
        if is_candidate(one)
    }
    together = {
        (one.code, one.start, one.to): (Fraction(one.cost, priced.denominator), one.raises)
        for one in climbs(stood, priced)
    }
    assert together == singly
    assert together
