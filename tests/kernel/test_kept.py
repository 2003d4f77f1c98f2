"""What is kept is made once for each thing and key, and so much of it only."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident
from typing import Self

from sidara.kernel.kept import Kept


def test_a_result_is_made_once_for_each_thing_and_key() -> None:
    kept, made, one, twin = Kept[int](8), [], [1], [1]
    for thing, key in ((one, "a"), (one, "a"), (one, "b"), (twin, "a"), (one, "a")):
        kept.of(thing, key, lambda: made.append(0) or len(made))
    assert kept.of(one, "a", lambda: 0) == 1
    assert kept.of(twin, "a", lambda: 0) == 3, "equal is not the same"
    assert len(made) == 3


def test_the_oldest_goes_when_there_are_too_many() -> None:
    kept = Kept[str](2)
    things = [object() for _ in range(3)]
    for number, thing in enumerate(things):
        kept.of(thing, None, lambda number=number: str(number))
    assert kept.of(things[2], None, lambda: "anew") == "2"
    assert kept.of(things[0], None, lambda: "anew") == "anew"


def test_a_thing_is_held_so_that_no_other_one_gets_its_id() -> None:
    kept = Kept[int](1000)
    assert [kept.of([number], None, lambda number=number: number) for number in range(500)] == list(
        range(500)
    )


class Watched(str):
    """A key that tells when it is looked up for the second time by another thread than the first one."""

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made.looks, made.seen = Counter(), Event()
        return made

    def __hash__(self) -> int:
        self.looks[get_ident()] += 1
        if len(self.looks) > 1 and self.looks[get_ident()] > 1:
            self.seen.set()
        return super().__hash__()


def test_of_threads_that_want_the_same_one_makes_it_and_the_others_wait() -> None:
    kept, thing, key, made, begun = Kept[object](8), object(), Watched("a"), [], Event()

    def make() -> object:
        made.append(get_ident())
        begun.set()
        assert key.seen.wait(30), "the other one did not look again while this was being made"
        return object()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.of, thing, key, make)
        assert begun.wait(30)
        second = pool.submit(kept.of, thing, key, make)
        assert first.result() is second.result()
    assert len(made) == 1


def test_what_cannot_be_made_is_not_kept() -> None:
    kept, thing = Kept[int](2), object()
    try:
        kept.of(thing, None, lambda: 1 // 0)
    except ZeroDivisionError:
        assert kept.of(thing, None, lambda: 1) == 1
    else:
        raise AssertionError
