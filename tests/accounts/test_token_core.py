"""A token narrows and never widens: for random grants and scopes, at every question that can be asked."""

from dataclasses import replace
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.accounts.core import Bounds, governs, operations_of, token
from sidara.accounts.core.token import Scope, narrow
from sidara.accounts.formats import content
from sidara.kernel.actor import EVERYWHERE, OPERATOR, PUBLIC_OPERATIONS, Actor, Area, Grant

ROLES = content.roles()
CODES = ("62", "62.01", "62.01.02", "62.01.02.2016", "62.01.03", "62.03", "62.03.01", "11", "11.01")
OPERATIONS = ("collection.read", "collection.fill", "accounts.grant", "warehouse.ask_all")
SECTORS = ("KES", "DIK")


def area(*under: str) -> Area:
    """An area as the register fills it."""
    held = (code for code in CODES for top in under if f"{code}.".startswith(f"{top}."))
    return Area(under, frozenset(held))


def some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


AREAS = st.one_of(
    st.just(EVERYWHERE),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True).map(lambda under: area(*under)),
)
GRANTS = st.builds(
    Grant,
    id=st.sampled_from(["a", "b", "c"]),
    role=st.sampled_from([code for code in ROLES if ROLES[code].levels]),
    operations=st.one_of(some(OPERATIONS), st.just(frozenset({"*"}))),
    area=AREAS,
    sectors=some(SECTORS),
    datasets=some(("external:idm-2024",)),
    stages=some(("desa",)),
)
ACTORS = st.lists(GRANTS, max_size=3).map(
    lambda grants: Actor(UUID(int=7), "Contoh", "", PUBLIC_OPERATIONS | {"accounts.keep_own"}, tuple(grants))
)
SCOPES = st.builds(
    Scope, operations=some(OPERATIONS), area=st.one_of(st.none(), AREAS), sectors=some(SECTORS)
)
QUESTIONS = [
    (operation, {"region": region, "sector": sector, "dataset": dataset, "stage": stage})
    for operation, region, sector, dataset, stage in product(
        (*OPERATIONS, "accounts.keep_own", "accounts.log_in", "regions.read"),
        (None, *CODES),
        (None, *SECTORS),
        (None, "external:idm-2024"),
        (None, "desa"),
    )
]


def lets(scope: Scope, operation: str, place: dict) -> bool:
    """Whether a scope lets a question through, said in its own words."""
    if operation in PUBLIC_OPERATIONS:
        return True
    region, sector = place["region"], place["sector"]
    return (
        (not scope.operations or operation in scope.operations)
        and (
            scope.area is None
            or scope.area.is_everywhere
            or (region is not None and scope.area.holds(region))
        )
        and (not scope.sectors or sector in scope.sectors)
    )


@given(ACTORS, SCOPES, some(("a", "b")))
def test_a_token_may_what_its_account_and_its_scope_both_allow_and_nothing_else(
    actor: Actor, scope: Scope, grants: frozenset[str]
) -> None:
    narrowed = narrow(actor, scope, grants)
    bound = Actor(
        actor.id, "", "", actor.operations, tuple(grant for grant in actor.grants if grant.id in grants)
    )
    for operation, place in QUESTIONS:
        asked = narrowed.may(operation, **place)
        assert not asked or actor.may(operation, **place)
        if operation != "accounts.keep_own":
            assert asked is (bound.may(operation, **place) and lets(scope, operation, place))
        assert not asked or narrowed.may_somewhere(operation)
        assert not narrowed.may_somewhere(operation) or actor.may_somewhere(operation)
        held = actor.areas(operation)
        for part in narrowed.areas(operation):
            assert all(any(whole.holds(code) for whole in held) for code in CODES if part.holds(code))
            assert any(whole.holds_all(part) for whole in held)


@given(ACTORS, SCOPES, AREAS, some(SECTORS), st.sampled_from(list(ROLES)))
def test_a_token_governs_nobody_whom_its_account_does_not(
    actor: Actor, scope: Scope, where: Area, sectors: frozenset[str], role: str
) -> None:
    bounds = Bounds(role, where, sectors)
    narrowed = narrow(actor, scope, frozenset({"a", "b", "c"}))
    assert not governs(narrowed, "accounts.grant", bounds, ROLES) or governs(
        actor, "accounts.grant", bounds, ROLES
    )


def test_bounds_that_leave_nothing_take_the_grant_away() -> None:
    """An empty bound means no bound: what has nothing in common must not become it."""

    def held(**more) -> Actor:
        bounds = {"operations": frozenset({"collection.fill"}), "area": area("62.01"), **more}
        return Actor(UUID(int=7), "", "", grants=(Grant("a", "operator-desa", **bounds),))

    mine = frozenset({"a"})
    kes = frozenset({"KES"})
    assert narrow(held(sectors=kes), Scope(sectors=frozenset({"DIK"})), mine).grants == ()
    assert narrow(held(), Scope(area=area("62.03")), mine).grants == ()
    assert narrow(held(), Scope(frozenset({"collection.read"})), mine).grants == ()
    assert narrow(held(operations=frozenset()), Scope(frozenset({"collection.fill"})), mine).grants == ()
    assert narrow(held(), Scope(), frozenset({"b"})).grants == ()
    (kept,) = narrow(held(sectors=kes, company="PT"), Scope(area=area("62.01.02")), mine).grants
    assert (kept.area.under, kept.sectors, kept.company) == (("62.01.02",), kes, "PT")


def test_a_token_is_written_and_read_back() -> None:
    text = token.write(2**40 - 1, 5)
    assert text == f"sdr_{'z' * 8}_{'0' * 31}5"
    assert token.read(f" {text}\n") == ("z" * 8, f"{'0' * 31}5")


@pytest.mark.parametrize(
    "text", ["", "sdr_", "sdr_zzzzzzzz", f"sdr_{'i' * 8}_{'0' * 32}", f"sdr_{'z' * 8}_{'0' * 33}", "x" * 9999]
)
def test_what_is_no_token_is_none(text: str) -> None:
    assert token.read(text) is None


def test_the_digest_hangs_on_prefix_secret_and_key() -> None:
    made = {token.digest("a", "b", b"k"), token.digest("a", "c", b"k"), token.digest("c", "b", b"k")}
    assert len(made | {token.digest("a", "b", b"l")}) == 4


def test_what_a_token_may_hold_is_every_operation_held_somewhere_but_not_what_is_everybodys() -> None:
    area = Area(("62.01",), frozenset({"62.01"}))
    grants = tuple(
        Grant(str(number), "x", frozenset(ones), area)
        for number, ones in enumerate(({"collection.read"}, {"collection.fill", "collection.read"}))
    )
    actor = Actor(uuid4(), "Contoh", "", frozenset({"regions.read", "accounts.keep_own"}), grants)
    assert operations_of(actor) == {"regions.read", "accounts.keep_own", "collection.read", "collection.fill"}
    assert operations_of(replace(actor, grants=())) == {"regions.read", "accounts.keep_own"}
    assert operations_of(OPERATOR) == OPERATOR.operations
