"""A process in a crowd asks devices to wait before their next message; alone nobody waits."""

from contextlib import ExitStack
from itertools import count

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sidara.web import pace
from sidara.web.pace import FREE, LONGEST, SPREAD, Pace
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_entry import cell, save
from tests.world import World

__all__ = ["world"]
pytestmark = pytest.mark.django_db


class Clock:
    """A clock that goes on by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def saved(own: Pace, clock: Clock, others: int, seconds: float) -> int:
    """Save once after so many seconds, while others ask; gives the wait."""
    clock.now += seconds
    with ExitStack() as asking:
        for _ in range(others + 1):
            asking.enter_context(own.among())
        return own.wait()


@given(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1000)), max_size=50))
def test_who_is_alone_or_meets_one_other_never_waits(saves: list[tuple[int, float]]) -> None:
    clock = Clock()
    own = Pace(clock)
    assert [saved(own, clock, *one) for one in saves] == [0] * len(saves)


def test_in_a_crowd_the_wait_grows_second_by_second_differs_from_device_to_device_and_ends() -> None:
    clock = Clock()
    own = Pace(clock)
    first = saved(own, clock, 7, 1)
    assert 0 < first < LONGEST / 2
    long = [saved(own, clock, 7, 1) for _ in range(200)][20:]
    assert LONGEST * (1 - SPREAD) <= min(long) < max(long) <= LONGEST * (1 + SPREAD)
    assert len(set(long)) > 10
    assert saved(own, clock, 0, 2) > 0
    assert saved(own, clock, 0, 60) == 0


def test_a_crowd_after_a_long_rest_is_not_told_to_wait_for_the_rest() -> None:
    clock = Clock()
    own = Pace(clock)
    assert saved(own, clock, 7, 10_000) < LONGEST / 2


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Pace:
    """A process in which every question for the time is a second later."""
    seconds = count()
    own = Pace(lambda: float(next(seconds)))
    monkeypatch.setattr(pace, "HERE", own)
    return own


def told(asker: Client) -> int:
    return int(save(asker, [cell("KEP_010", "4")])["wait"])


def test_a_save_is_told_the_wait_and_every_request_counts_until_it_is_answered(
    crowd: Pace, world: World
) -> None:
    asker = client(world, "operator-desa-a")
    assert told(asker) == 0
    with ExitStack() as others:
        for _ in range(FREE + 1):
            others.enter_context(crowd.among())
        assert max(told(asker) for _ in range(3)) > 0, "with the save itself there is one too many"
    asker.get("/tidak-ada")
    assert [told(asker) for _ in range(40)][-1] == 0
