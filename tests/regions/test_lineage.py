"""Areas through time: nothing lost, nothing counted twice, every code ever valid resolves."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.regions.core import Change, Lineage, Succession, apportion
from sidara.regions.core.succession import Told
from tests.regions.histories import START, TODAY, History, World, days, histories

SPLIT = date(2012, 7, 1)
MERGE = date(2020, 1, 1)
HALF = Fraction(1, 2)
CHAIN = Lineage(
    (
        Succession(1, 1, SPLIT, Change.SPLIT, Fraction(3, 5)),
        Succession(1, 2, SPLIT, Change.SPLIT, Fraction(2, 5)),
        Succession(2, 4, MERGE, Change.MERGE, share_back=Fraction(1, 4)),
        Succession(3, 4, MERGE, Change.MERGE, share_back=Fraction(3, 4)),
    )
)
"""1 is split into 1 and 2; 2 and 3 become 4."""


@pytest.mark.parametrize(
    ("region", "on", "at", "shares"),
    [
        (1, date(2010, 1, 1), date(2010, 1, 1), {1: 1}),
        (1, date(2010, 1, 1), date(2015, 1, 1), {1: Fraction(3, 5), 2: Fraction(2, 5)}),
        (1, date(2010, 1, 1), TODAY, {1: Fraction(3, 5), 4: Fraction(2, 5)}),
        (1, SPLIT, TODAY, {1: 1}),
        (3, date(2010, 1, 1), TODAY, {4: 1}),
        (4, TODAY, date(2015, 1, 1), {2: Fraction(1, 4), 3: Fraction(3, 4)}),
        (4, TODAY, date(2010, 1, 1), {1: Fraction(1, 4), 3: Fraction(3, 4)}),
        (1, TODAY, date(2010, 1, 1), {1: 1}),
        (2, date(2015, 1, 1), SPLIT, {2: 1}),
        (4, TODAY, MERGE, {4: 1}),
        (4, TODAY, date(2019, 12, 31), {2: Fraction(1, 4), 3: Fraction(3, 4)}),
        (2, date(2010, 1, 1), date(2010, 1, 1), {1: 1}),
        (2, date(2024, 1, 1), TODAY, {4: 1}),
        (9, date(2010, 1, 1), TODAY, {9: 1}),
    ],
)
def test_shares_over_several_steps(region, on, at, shares):
    assert CHAIN.shares(region, on=on, at=at) == shares


def test_births_and_ends():
    assert CHAIN.births == {2: SPLIT, 4: MERGE}
    assert CHAIN.ends == {2: date(2019, 12, 31), 3: date(2019, 12, 31)}
    assert CHAIN.touched == {1, 2, 3, 4}


def test_an_area_from_nowhere_stays_itself_before_its_day():
    lines = Lineage((Succession(None, 5, SPLIT, Change.NEW),))
    assert lines.shares(5, on=TODAY, at=START) == {5: 1}
    assert lines.touched == frozenset()


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        (10, {1: Fraction(1, 3), 2: Fraction(1, 3), 3: Fraction(1, 3)}, {1: 4, 2: 3, 3: 3}),
        (-10, {1: Fraction(1, 3), 2: Fraction(2, 3)}, {1: -3, 2: -7}),
        (1, {1: Fraction(2, 5), 2: Fraction(3, 5)}, {1: 0, 2: 1}),
        (0, {1: HALF, 2: HALF}, {1: 0, 2: 0}),
        (10**30 + 1, {1: HALF, 2: HALF}, {1: 5 * 10**29 + 1, 2: 5 * 10**29}),
    ],
)
def test_the_rest_goes_by_largest_remainder(amount, shares, parts):
    assert apportion(amount, shares) == parts


@given(st.integers(-(10**18), 10**18), st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any))
def test_apportioned_parts_add_up_and_lie_within_one_unit(amount, weights):
    shares = {at: Fraction(weight, sum(weights)) for at, weight in enumerate(weights)}
    parts = apportion(amount, shares)
    assert sum(parts.values()) == amount
    assert all(abs(parts[at] - amount * share) < 1 for at, share in shares.items())


@settings(max_examples=150, deadline=None)
@given(histories(), st.data())
def test_over_thirty_years_nothing_is_lost_and_nothing_counted_twice(history: History, data: st.DataObject):
    lines = history.world.lineage
    on, at = (data.draw(st.sampled_from(days(history))) for _ in range(2))
    there = {one.id for one in history.world.villages(at).values()}
    founded = {one.new for one in lines.successions if one.kind is Change.NEW}
    received: dict[int, Fraction] = {}
    for village in history.world.villages(on).values():
        shares = lines.shares(village.id, on=on, at=at)
        assert sum(shares.values()) == 1
        assert set(shares) <= there | founded
        back: dict[int, Fraction] = {}
        for part, share in shares.items():
            received[part] = received.get(part, Fraction(0)) + share
            for origin, own in lines.shares(part, on=at, at=on).items():
                back[origin] = back.get(origin, Fraction(0)) + share * own
        assert sum(back.values()) == 1
    assert sum(received.values()) == len(history.world.villages(on))


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_code_ever_valid_resolves_on_its_days_to_one_village(history: History):
    for day in days(history):
        holders: dict[str, int] = {}
        for one in history.world.regions.values():
            for span in one.spans:
                if span.holds(day):
                    assert span.code not in holders
                    holders[span.code] = one.id
                    assert one.is_valid(day)
        valid = {one.id for one in history.world.regions.values() if one.is_valid(day)}
        assert set(holders.values()) == valid
    told = {code for one in history.told for code in (one.old_code, one.new_code) if code}
    assert told <= {span.code for one in history.world.regions.values() for span in one.spans}


@settings(max_examples=150, deadline=None)
@given(histories())
def test_told_afterwards_on_todays_register_gives_the_same_past(history: History):
    """The package tells today's areas only; the same file gives them the same days."""
    later = history.world.present_only()
    done = later.apply(history.told)
    assert done.findings == ()
    assert len(done.successions) == len(history.world.successions)
    for day in days(history):
        assert later.seen(day) == history.world.seen(day), day


def test_an_area_that_the_file_founds_and_takes_away_lies_in_the_past_of_the_area_that_took_it():
    """Today there is one village only; it came out of another one that the same file founds, and ended it."""
    half, first, second, parent = Fraction(1, 2), "62.01.01.2101", "62.01.01.2102", "62.01.01"
    merge, split = Change.MERGE, Change.SPLIT
    told = [
        Told(2, date(2001, 1, 1), Change.NEW, None, first, None, "Satu"),
        Told(3, date(2002, 1, 1), merge, A, A, "Nama 7", "Dua", parent, share_back=half),
        Told(4, date(2002, 1, 1), merge, B, A, "Nama 8", "Dua", "62.01.02", share_back=half),
        Told(5, date(2003, 1, 1), merge, first, first, "Satu", "Tiga", parent, share_back=half),
        Told(6, date(2003, 1, 1), merge, A, first, "Nama 7", "Tiga", parent, share_back=half),
        Told(7, date(2004, 1, 1), split, first, first, "Satu", "Empat", share=half),
        Told(8, date(2004, 1, 1), split, first, second, None, "Lima", share=half),
        Told(9, date(2005, 1, 1), merge, second, second, "Lima", "Enam", parent, share_back=half),
        Told(10, date(2005, 1, 1), merge, first, second, "Satu", "Enam", parent, share_back=half),
    ]
    world = World.of(2)
    for day in sorted({one.day for one in told}):
        assert world.apply([one for one in told if one.day == day]).findings == ()
    history = History(world, told, villages=2)
    later = world.present_only()
    assert len(later.villages(TODAY)) == 1
    done = later.apply(told)
    assert (done.findings, len(done.successions)) == ((), len(world.successions))
    for day in days(history):
        assert later.seen(day) == world.seen(day), day


@settings(max_examples=150, deadline=None)
@given(histories())
def test_told_at_once_it_is_the_same_as_told_step_by_step(history: History):
    """One file with everything, on the register as it was before the first line."""
    first = World.of(history.villages)
    done = first.apply(history.told)
    assert done.findings == ()
    for day in days(history):
        assert first.seen(day) == history.world.seen(day), day


@settings(max_examples=100, deadline=None)
@given(histories())
def test_the_same_file_again_changes_nothing(history: History):
    before = [history.world.seen(day) for day in days(history)]
    again = history.world.apply(history.told)
    assert (again.findings, again.made, again.successions) == ((), (), ())
    assert again.unchanged == len(history.told)
    assert [history.world.seen(day) for day in days(history)] == before


@pytest.fixture
def world() -> World:
    """Villages 62.01.01.2001, 62.01.02.2002, 62.02.01.2003, 62.01.01.2004."""
    return World.of(4)


A, B, NONE = "62.01.01.2001", "62.01.02.2002", "62.01.01.2777"


def split(stays: Fraction | None, goes: Fraction | None, name: str | None = "Baru") -> list[Told]:
    return [
        Told(2, SPLIT, Change.SPLIT, A, A, share=stays),
        Told(3, SPLIT, Change.SPLIT, A, "62.01.01.2009", None, name, share=goes),
    ]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (split(HALF, Fraction(1, 3)), "SHARES_SUM"),
        (split(None, None), "SHARE_MISSING"),
        ([Told(2, SPLIT, Change.MERGE, A, A), Told(3, SPLIT, Change.MERGE, B, A)], "SHARE_MISSING"),
        (split(HALF, HALF, name=None), "SUCCESSION_NAME"),
        ([Told(2, date(2026, 11, 25), Change.RENAME, A, A, None, "Lain")], "SUCCESSION_IN_FUTURE"),
        ([Told(2, SPLIT, Change.RENAME, NONE, NONE, None, "Lain")], "SUCCESSION_UNKNOWN"),
        ([Told(2, SPLIT, Change.RENAME, A, A, None, "Nama 7")], "SUCCESSION_NAME"),
        ([Told(2, SPLIT, Change.RECODE, A, B)], "SUCCESSION_BORN"),
        ([Told(2, SPLIT, Change.RECODE, A, "62.09")], "SUCCESSION_LEVEL"),
        ([Told(2, SPLIT, Change.NEW, None, "62.09.01.2001", None, "Baru")], "SUCCESSION_PARENT"),
    ],
)  # fmt: skip
def test_lines_that_cannot_be(world: World, lines: list[Told], code: str):
    done = world.apply(lines)
    assert [one.code for one in done.findings] == [code]
    assert (done.made, done.changed, done.successions) == ((), (), ())
    assert world.successions == []


def test_other_shares_for_the_same_split_are_refused(world: World):
    assert world.apply(split(HALF, HALF)).findings == ()
    other = world.apply(split(Fraction(1, 3), Fraction(2, 3)))
    assert {one.code for one in other.findings} == {"SUCCESSION_OTHER"}


def test_an_older_change_after_a_newer_one_is_refused_when_it_cannot_be_placed(world: World):
    assert world.apply([Told(2, MERGE, Change.RENAME, A, A, None, "Kedua")]).findings == ()
    done = world.apply([Told(2, SPLIT, Change.RENAME, A, A, None, "Pertama")])
    assert [one.code for one in done.findings] == ["SUCCESSION_ORDER"]


def test_a_code_that_moves_with_its_kecamatan_takes_its_village_along(world: World):
    """A re-code into another kecamatan is a change of parent as well."""
    done = world.apply([Told(2, SPLIT, Change.RECODE, A, "62.02.01.2099")])
    assert done.findings == ()
    assert world.seen(SPLIT - timedelta(days=1))[A] == ("Nama 7", "62.01.01")
    assert world.seen(SPLIT)["62.02.01.2099"] == ("Nama 7", "62.02.01")
