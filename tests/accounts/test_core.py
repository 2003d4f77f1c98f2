"""Pure decisions: who governs what, names, codes, throttle."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.accounts.core import (
    Bounds,
    Held,
    Level,
    Role,
    code,
    givable,
    governs,
    governs_all,
    naming,
    throttle,
)
from sidara.accounts.core.roles import as_grant, levels_of, needs_totp, reachable
from sidara.accounts.formats import content
from sidara.kernel.actor import OPERATOR, Actor, Area

ROLES = content.roles()
KES = frozenset({"KES"})
BOTH = frozenset({"KES", "DIK"})


ALL = ("62", "62.01", "62.01.02", "62.01.02.2016", "62.01.03", "62.01.03.2001", "62.03", "11", "11.01")


def holder(role: str, *under: str, sectors: frozenset[str] = frozenset(), roles=ROLES) -> Actor:
    codes = frozenset(code for code in ALL for top in under if f"{code}.".startswith(f"{top}."))
    bounds = Bounds(role, Area(under, codes, is_everywhere=not under), sectors)
    return Actor(UUID(int=9), "Contoh", "", grants=(as_grant(roles[role], "g", bounds, (None, None)),))


def asked(role: str, *under: str, sectors: frozenset[str] = frozenset()) -> Bounds:
    return Bounds(role, Area(under, is_everywhere=not under), sectors)


GRANT = "accounts.grant"


@pytest.mark.parametrize(
    ("giver", "bounds", "allowed"),
    [
        (holder("verifikator-kecamatan", "62.01.02"), asked("operator-desa", "62.01.02.2016"), True),
        (holder("verifikator-kecamatan", "62.01.02"), asked("operator-desa", "62.01.03.2001"), False),
        (holder("verifikator-kecamatan", "62.01.02"), asked("verifikator-kecamatan", "62.01.02"), False),
        (holder("verifikator-kecamatan", "62.01.02"), asked("pmd-provinsi", "62"), False),
        (holder("verifikator-kecamatan", "62.01.02"), asked("admin"), False),
        (
            holder("verifikator-kecamatan", "62.01.02"),
            asked("pendamping", "62.01.02.2016", "62.01.03.2001"),
            False,
        ),
        (holder("pmd-kabupaten", "62.01"), asked("opd", "62.01", sectors=KES), True),
        (holder("pmd-kabupaten", "62.01"), asked("opd", "62", sectors=KES), False),
        (holder("pmd-kabupaten", "62.01"), asked("pmd-kabupaten", "62.01"), False),
        (holder("pmd-provinsi", "62"), asked("pmd-kabupaten", "62.03"), True),
        (holder("pmd-provinsi", "62"), asked("pmd-kabupaten", "11.01"), False),
        (holder("pmd-provinsi", "62"), asked("admin", "62"), False),
        (holder("admin", "62"), asked("admin", "62"), True),
        (holder("admin", "62"), asked("admin"), False),
        (holder("admin"), asked("pusat"), True),
        (holder("operator-desa", "62.01.02.2016"), asked("operator-desa", "62.01.02.2016"), False),
        (holder("walidata", "62"), asked("operator-desa", "62.01.02.2016"), False),
        (OPERATOR, asked("admin"), True),
    ],
)
def test_nobody_gives_more_than_is_his(giver: Actor, bounds: Bounds, allowed: bool) -> None:
    assert governs(giver, GRANT, bounds, ROLES) is allowed


def test_sectors_bound_what_is_given() -> None:
    roles = dict(ROLES)
    roles["kepala-opd"] = replace(
        roles["opd"], code="kepala-opd", operations=frozenset({GRANT}), gives=frozenset({"opd"})
    )
    giver = holder("kepala-opd", "62.01", sectors=KES, roles=roles)
    assert governs(giver, GRANT, asked("opd", "62.01", sectors=KES), roles)
    assert not governs(giver, GRANT, asked("opd", "62.01", sectors=BOTH), roles)
    assert not governs(giver, GRANT, asked("opd", "62.01"), roles)


def test_two_grants_do_not_add_up_and_one_out_of_reach_keeps_an_account_out_of_reach() -> None:
    first = holder("verifikator-kecamatan", "62.01.02").grants
    second = holder("verifikator-kecamatan", "62.01.03").grants
    actor = Actor(UUID(int=9), "Contoh", "", grants=(*first, *second))
    here, there = asked("operator-desa", "62.01.02.2016"), asked("operator-desa", "62.01.03.2001")
    assert not governs(actor, GRANT, asked("pendamping", "62.01.02.2016", "62.01.03.2001"), ROLES)
    assert governs_all(actor, GRANT, [here, there], ROLES)
    assert not governs_all(actor, GRANT, [here, asked("pmd-provinsi", "62")], ROLES)
    assert not governs_all(actor, GRANT, [], ROLES)


def test_which_roles_may_be_given() -> None:
    assert [role.code for role in givable(holder("verifikator-kecamatan", "62.01.02"), ROLES)] == [
        "operator-desa",
        "kepala-desa",
        "pendamping",
    ]
    assert givable(holder("operator-desa", "62.01.02.2016"), ROLES) == ()
    assert "publik" not in {role.code for role in givable(OPERATOR, ROLES)}


def test_an_account_without_open_grants_belongs_to_who_governed_the_last() -> None:
    first, last = asked("pmd-kabupaten", "62.01"), asked("operator-desa", "62.01.02.2016")
    held = [(first, date(2025, 1, 1)), (last, date(2026, 1, 1))]
    assert reachable(held, date(2026, 6, 1)) == (last,)
    assert reachable(held, date(2026, 1, 1)) == reachable(held, date(2026, 1, 2)) == (last,)
    assert reachable(held, date(2025, 1, 1)) == (first, last), "a grant holds on its last day"
    assert reachable(held, date(2025, 1, 2)) == (last,)
    assert reachable(held, date(2024, 6, 1)) == (first, last)
    assert reachable([], date(2024, 6, 1)) == ()


@pytest.mark.parametrize(
    ("day", "is_valid", "is_past"),
    [
        (date(2025, 12, 31), False, False),
        (date(2026, 1, 1), True, False),
        (date(2026, 6, 30), True, False),
        (date(2026, 7, 1), False, True),
    ],
)
def test_a_grant_holds_from_its_first_to_its_last_day(day: date, is_valid: bool, is_past: bool) -> None:
    held = Held(
        UUID(int=1),
        "operator-desa",
        "Operator desa",
        (),
        asked("operator-desa", "62.01.02.2016"),
        date(2026, 1, 1),
        date(2026, 6, 30),
        "Contoh",
    )
    assert (held.is_valid(day), held.is_past(day)) == (is_valid, is_past)
    endless = replace(held, valid_to=None)
    assert endless.is_valid(day) is (day >= held.valid_from)
    assert not endless.is_past(day)


def test_what_an_actor_carries_of_a_grant_keeps_every_bound() -> None:
    role = replace(ROLES["opd"], datasets=frozenset({"a"}), stages=frozenset({"opd"}))
    span = (date(2026, 1, 1), date(2026, 6, 30))
    made = as_grant(role, "g", asked("opd", "62.01", sectors=KES), span)
    own = role.operations | {"verification.read_queue", "verification.verify_sector"}
    assert (made.id, made.role, made.operations) == ("g", "opd", own)
    above = as_grant(role, "g", asked("opd", "62", sectors=KES), span)
    assert above.operations == role.operations, "an agency of the province is none of a kabupaten"
    assert (made.area, made.sectors) == (Area(("62.01",)), KES)
    assert (made.datasets, made.stages) == (role.datasets, role.stages)
    assert (made.valid_from, made.valid_to) == span


def test_levels_and_where_a_code_from_an_app_is_obligatory() -> None:
    rules = content.rules()
    assert levels_of(Area(("62", "62.01.02"))) == {Level.PROVINCE, Level.DISTRICT}
    assert needs_totp(Area(("62",)), rules.totp_levels)
    assert needs_totp(Area(is_everywhere=True), rules.totp_levels)
    assert not needs_totp(Area(("62.01",)), rules.totp_levels)


REGIONS = st.sampled_from(["62", "62.01", "62.01.02", "62.01.02.2016", "62.03", "11"])
ROLE_CODES = st.sampled_from([role for role in ROLES if ROLES[role].levels])


@given(ROLE_CODES, REGIONS, ROLE_CODES, REGIONS, ROLE_CODES, REGIONS)
def test_giving_on_never_reaches_beyond_the_first_giver(
    first: str, top: str, second: str, middle: str, third: str, bottom: str
) -> None:
    """Who is given a grant by somebody cannot use it to give outside that somebody's area."""
    chain = governs(holder(first, top), GRANT, asked(second, middle), ROLES) and governs(
        holder(second, middle), GRANT, asked(third, bottom), ROLES
    )
    if chain:
        assert holder(first, top).grants[0].area.holds(bottom)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Ani ", "ani"), ("ＡＮＩ", "ani"), ("6201022016", "6201022016"), ("İ", "i̇"), ("", "")],
)
def test_a_name_is_the_same_however_typed(typed: str, kept: str) -> None:
    assert naming.normal(typed) == kept


@pytest.mark.parametrize(
    ("name", "good"),
    [("ani", True), ("a.b-c_d", True), ("6201022016", True), ("an", False), ("-ani", False), ("ani.", False),
     ("a b", False), ("ani\n", False), ("ánï", False), ("a" * 41, False), ("", False), ("<b>", False)],
)  # fmt: skip
def test_which_names_may_be_given(name: str, good: bool) -> None:
    assert naming.is_good(name) is good


def test_a_free_name() -> None:
    assert naming.free("x", {"y"}) == "x"
    assert naming.free("x", {"x"}) == "x-2"
    assert naming.free("x", {"x", "x-2"}) == "x-3"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537", "Chrome di Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Edg/120 Chrome/120", "Edge di Windows"),
        ("", "perangkat lain"),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert naming.device(agent) == words


@given(st.integers(0, 2**code.BITS - 1))
def test_a_code_is_read_as_written_whatever_the_hand(number: int) -> None:
    text = code.write(number)
    assert len(code.normal(text)) == code.SIGNS
    assert set(code.normal(text)) <= set(code.ALPHABET)
    hand = text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    key = hashlib.sha256(b"k").digest()
    assert code.digest(hand, key, "a") == code.digest(text, key, "a")
    assert code.digest(text, key, "a") != code.digest(text, key, "b")
    assert code.write(number ^ 1) != text


def test_a_link_fills_in_name_and_code_where_no_server_sees_them() -> None:
    made = code.link("https://x.example/masuk/kode", "a&b", "7K2M-9QXA-40TB")
    assert made == "https://x.example/masuk/kode#nama=a%26b&kode=7K2M-9QXA-40TB"


def test_a_code_closes() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    later = moment + timedelta(hours=1)
    assert code.is_open(later, None, moment)
    assert not code.is_open(moment, None, moment)
    assert not code.is_open(later, moment, moment)


LIMITS = throttle.Limits(window_minutes=15, name_at_address=5, name=30, names_at_address=20, device=10)


@pytest.mark.parametrize(
    ("failures", "known", "bucket"),
    [
        (throttle.Failures(), False, None),
        (throttle.Failures(name_at_address=4, name=29, names_at_address=19), False, None),
        (throttle.Failures(name_at_address=5), False, throttle.Bucket.NAME_AT_ADDRESS),
        (throttle.Failures(name=30), False, throttle.Bucket.NAME),
        (throttle.Failures(names_at_address=20), False, throttle.Bucket.NAMES_AT_ADDRESS),
        (throttle.Failures(device=9, name_at_address=99, name=99, names_at_address=99), True, None),
        (throttle.Failures(device=10), True, throttle.Bucket.DEVICE),
    ],
)
def test_who_waits(failures: throttle.Failures, known: bool, bucket: throttle.Bucket | None) -> None:
    assert throttle.full(failures, LIMITS, is_known_device=known) is bucket


def test_the_content_holds_together() -> None:
    assert isinstance(ROLES["opd"], Role)
    for role in ROLES.values():
        assert role.gives <= set(ROLES)
        if role.gives:
            assert GRANT in role.operations
        for given_role in role.gives:
            lowest = min(map(list(Level).index, ROLES[given_role].levels))
            assert lowest <= max(map(list(Level).index, role.levels))
