"""What supports a goal, counted by hand on a small web of three levels."""

from sidara.programmes.core import Level
from sidara.programmes.core.coverage import ActivityAt, Coverage, GoalAt, LineAt, web

CENTRE, PROVINCE, REGENCY, VILLAGE = Level.CENTRE, Level.PROVINCE, Level.REGENCY, Level.VILLAGE
GOALS = (
    GoalAt(1, 100, PROVINCE),
    GoalAt(2, 100, PROVINCE, parent=1),
    GoalAt(3, 200, REGENCY),
    GoalAt(4, 200, REGENCY, parent=3),
    GoalAt(5, 300, VILLAGE),
    GoalAt(6, 100, PROVINCE, parent=1),
)
TIES = ((3, 2), (5, 4), (5, 2))
"""The village's goal 5 reaches goal 2 by two ways: it is counted once."""
LINES = (LineAt(10, 2, PROVINCE, 500), LineAt(11, 4, REGENCY, None))
ACTIVITIES = (
    ActivityAt(20, frozenset({4}), REGENCY, 300, frozenset({1, 2})),
    ActivityAt(21, frozenset({5, 2}), VILLAGE, None, frozenset({2})),
)
WEB = web(GOALS, TIES, LINES, ACTIVITIES)


def test_what_lies_below_is_counted_once_with_its_levels_money_and_villages():
    assert WEB.coverage(2) == Coverage(
        goals=3,
        lines=2,
        activities=2,
        ceiling_idr=500,
        budget_idr=300,
        without_money=1,
        villages=2,
        levels=frozenset({PROVINCE, REGENCY, VILLAGE}),
    )
    assert WEB.coverage(1) == WEB.coverage(2)
    assert WEB.coverage(5) == Coverage(activities=1, without_money=1, villages=1, levels=frozenset({VILLAGE}))


def test_a_goal_that_nothing_supports_is_bare_and_its_own_tree_does_not_support_it():
    assert WEB.coverage(6).is_bare
    lonely = web(GOALS, (), (), ())
    assert all(lonely.coverage(one.id).is_bare for one in GOALS)


def test_a_web_that_goes_round_ends():
    assert web(GOALS, (*TIES, (2, 5)), (), ()).coverage(2).goals == 3
