"""Rights of an actor: bounds of grants, default deny, and a place that is not named."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel.actor import (
    EVERYWHERE,
    OPERATOR,
    Actor,
    Area,
    Grant,
    NotAllowed,
    require,
    require_each,
    require_somewhere,
)

ALL = ("62", "62.01", "62.01.02", "62.01.02.2016", "62.02", "62.03", "62.03.01", "62.03.01.2001",
       "62.03.02", "62.03.02.2004", "62.04", "11")  # fmt: skip


def area(*under: str) -> Area:
    """An area as the register would fill it."""
    codes = {code for code in ALL for top in under if f"{code}.".startswith(f"{top}.")}
    return Area(under, frozenset(codes))


KAPUAS = area("62.03")
TWO = area("62.03.01.2001", "62.03.02.2004")


def holder(*grants: Grant) -> Actor:
    return Actor(UUID(int=7), "Contoh", "petugas contoh", grants=grants)


def grant(area: Area = KAPUAS, **bounds: object) -> Grant:
    return Grant("g", "contoh", frozenset({"collection.save"}), area, **bounds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("62.03", True),
        ("62.03.01", True),
        ("62.03.01.2001", True),
        ("62.031", False),
        ("62.0", False),
        ("62", False),
        ("62.04.01.2001", False),
        ("", False),
    ],
)
def test_an_area_holds_a_region_and_what_lies_below_it(code: str, inside: bool) -> None:
    assert KAPUAS.holds(code) is inside
    assert EVERYWHERE.holds(code)


def test_areas_within_areas() -> None:
    assert KAPUAS.holds_all(TWO)
    assert not TWO.holds_all(KAPUAS)
    assert not KAPUAS.holds_all(EVERYWHERE)
    assert not KAPUAS.holds_all(Area())
    assert EVERYWHERE.holds_all(EVERYWHERE)
    assert not Area().holds_all(Area())
    assert Area(("62.03",)).holds("62.03")


def test_a_right_without_a_place_is_asked_for_every_place() -> None:
    actor = holder(grant())
    assert actor.may("collection.save", region="62.03.01.2001")
    assert not actor.may("collection.save")
    assert actor.may_somewhere("collection.save")
    assert not actor.may_somewhere("collection.clear")
    assert holder(grant(EVERYWHERE)).may("collection.save")
    with pytest.raises(NotAllowed):
        require(actor, "collection.save")
    require_somewhere(actor, "collection.save")
    require_each(actor, "collection.save", TWO.under)
    with pytest.raises(NotAllowed):
        require_each(actor, "collection.save", ("62.03", "62.04"))
    with pytest.raises(NotAllowed):
        require_somewhere(actor, "collection.clear")


@pytest.mark.parametrize("bound", ["sector", "dataset", "stage"])
def test_a_bound_is_a_bound_and_no_bound_is_none(bound: str) -> None:
    narrow = holder(grant(**{f"{bound}s": frozenset({"KES"})}))
    wide = holder(grant())
    place = {"region": "62.03.01"}
    assert narrow.may("collection.save", **place, **{bound: "KES"})
    assert not narrow.may("collection.save", **place, **{bound: "DIK"})
    assert not narrow.may("collection.save", **place)
    assert wide.may("collection.save", **place, **{bound: "DIK"})
    assert wide.may("collection.save", **place)


def test_two_grants_do_not_add_up_to_a_third() -> None:
    actor = holder(grant(sectors=frozenset({"KES"})), grant(area("62.04"), sectors=frozenset({"DIK"})))
    assert actor.may("collection.save", region="62.03", sector="KES")
    assert actor.may("collection.save", region="62.04", sector="DIK")
    assert not actor.may("collection.save", region="62.03", sector="DIK")
    assert actor.areas("collection.save") == (KAPUAS, area("62.04"))
    assert actor.areas("collection.clear") == ()
    assert OPERATOR.areas("collection.clear") == (EVERYWHERE,)


def test_days_are_inclusive() -> None:
    one = grant(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [one.is_valid(day) for day in days] == [False, True, True, False]
    assert grant().is_valid(date.min)


CODES = st.lists(st.sampled_from(["62", "62.01", "62.01.02", "62.01.02.2016", "62.02", "11"]), max_size=3)
AREAS = st.builds(lambda under, whole: replace(area(*under), is_everywhere=whole), CODES, st.booleans())


@given(AREAS, AREAS, st.sampled_from(["62", "62.01.02", "62.01.02.2016", "62.02", "11.01", "9"]))
def test_what_lies_in_a_part_lies_in_the_whole(whole: Area, part: Area, code: str) -> None:
    if whole.holds_all(part) and part.holds(code) and not part.is_everywhere:
        assert whole.holds(code)


def test_who_works_in_one_area_has_it_for_its_own_and_of_several_none() -> None:
    assert holder(grant(KAPUAS)).own_area("collection.save") == "62.03"
    assert holder(grant(KAPUAS), grant(KAPUAS)).own_area("collection.save") == "62.03"
    assert holder(grant(KAPUAS)).own_area("collection.read") == ""
    assert holder(grant(TWO)).own_area("collection.save") == ""
    assert holder(grant(KAPUAS), grant(area("62.04"))).own_area("collection.save") == ""
    assert OPERATOR.own_area("collection.save") == ""
