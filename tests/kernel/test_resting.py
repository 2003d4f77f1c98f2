"""The collector of garbage rests while bulk work goes on, and works again whatever becomes of it."""

import gc
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from sidara.kernel.resting import collector_resting


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


@collector_resting()
def failing() -> float:
    return 1 / int(gc.isenabled())


def test_it_works_again_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError):
        failing()
    assert gc.isenabled()


def test_it_rests_until_the_last_one_is_done() -> None:
    begun, ended = Event(), Event()

    def work() -> None:
        with collector_resting():
            begun.set()
            ended.wait()

    other = Thread(target=work)
    with collector_resting():
        other.start()
        begun.wait()
    assert not gc.isenabled()
    ended.set()
    other.join()
    assert gc.isenabled()


def test_who_had_switched_it_off_keeps_it_off() -> None:
    gc.disable()
    with collector_resting():
        assert not gc.isenabled()
    assert not gc.isenabled()
