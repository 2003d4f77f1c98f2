"""What is kept is made once for each thing and key, and so much of it only."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

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


def test_threads_that_make_the_same_at_once_get_one() -> None:
    kept, thing, both = Kept[object](8), object(), Barrier(2, timeout=30)

    def make() -> object:
        both.wait()
        return object()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: kept.of(thing, None, make), range(2))
    assert first is second


def test_what_cannot_be_made_is_not_kept() -> None:
    kept, thing = Kept[int](2), object()
    try:
        kept.of(thing, None, lambda: 1 // 0)
    except ZeroDivisionError:
        assert kept.of(thing, None, lambda: 1) == 1
    else:
        raise AssertionError
