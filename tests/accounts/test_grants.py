"""Accounts and grants through services: what is refused, what is kept, who sees whom."""

import io
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from sidara.accounts import queries, services
from sidara.accounts.core import EventKind
from sidara.accounts.models import Account, Event, Grant, LogIn
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.clock import local_date, now
from sidara.regions import services as registering
from tests.world import World

TODAY = local_date(now())
VILLAGE = "62.01.02.2016"


def make(actor, login="baru", **more):
    asked = {"name": "Contoh Baru", "function": "Contoh", "role": "operator-desa", "under": [VILLAGE]}
    return services.create(actor, login_name=login, **(asked | more))


def codes(done) -> list[str]:
    return [finding.code for finding in done.findings]


def test_the_next_higher_level_makes_an_account(world: World) -> None:
    done = make(world.actor("verifikator-kecamatan-a"), login=" Baru ")
    person = queries.person(world.actor("verifikator-kecamatan-a"), done.account_id)
    assert (person.login_name, person.has_password, len(done.code)) == ("baru", False, 14)
    assert [one.role for one in person.in_force(TODAY)] == ["operator-desa"]
    assert person.grants[0].granted_by == "Contoh verifikator-kecamatan-a"
    kinds = [one.kind for one in queries.events(OPERATOR, account_id=done.account_id)]
    assert kinds == [EventKind.CODE_ISSUED, EventKind.GRANTED, EventKind.CREATED]


@pytest.mark.parametrize(
    ("giver", "more"),
    [
        ("verifikator-kecamatan-a", {"role": "pmd-provinsi", "under": ["62"]}),
        ("verifikator-kecamatan-a", {"role": "admin", "under": [], "is_everywhere": True}),
        ("verifikator-kecamatan-a", {"role": "verifikator-kecamatan", "under": ["62.01.02"]}),
        ("verifikator-kecamatan-a", {"under": ["62.03.01.1006"]}),
        ("verifikator-kecamatan-a", {"role": "pendamping", "under": [VILLAGE, "62.01.03.2001"]}),
        ("pmd-kabupaten-a", {"role": "opd", "under": ["62"], "sectors": ["KES"]}),
        ("operator-desa-a", {}),
        ("walidata", {}),
        ("pusat", {}),
        ("habis", {}),
        ("nanti", {}),
    ],
)
def test_nobody_gives_more_or_elsewhere(world: World, giver: str, more: dict) -> None:
    before = Account.objects.count()
    with pytest.raises(NotAllowed):
        make(world.actor(giver), **more)
    assert Account.objects.count() == before


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"login_name": "operator-desa-a"}, "LOGIN_NAME_TAKEN"),
        ({"login_name": "OPERATOR-DESA-A"}, "LOGIN_NAME_TAKEN"),
        ({"login_name": "x"}, "LOGIN_NAME_WRONG"),
        ({"function": " "}, "FUNCTION_MISSING"),
        ({"role": "raja"}, "ROLE_UNKNOWN"),
        ({"role": "publik"}, "ROLE_UNKNOWN"),
        ({"under": []}, "REGION_MISSING"),
        ({"under": [], "is_everywhere": True}, "REGION_MISSING"),
        ({"under": ["62.99"]}, "REGION_UNKNOWN"),
        ({"under": ["62.01"]}, "REGION_LEVEL_WRONG"),
        ({"under": [VILLAGE, "62.01.02.2017"]}, "REGION_ONE_ONLY"),
        ({"sectors": ["KES"]}, "SECTOR_UNKNOWN"),
        ({"role": "opd", "under": ["62.01"]}, "SECTOR_MISSING"),
        ({"role": "opd", "under": ["62.01"], "sectors": ["XXX"]}, "SECTOR_UNKNOWN"),
        ({"role": "perusahaan", "under": ["62.01"], "company": " "}, "COMPANY_MISSING"),
        ({"role": "perusahaan", "under": ["62.01"], "company": "x" * 201}, "COMPANY_MISSING"),
        ({"company": "PT Contoh Jaya"}, "COMPANY_UNASKED"),
        ({"valid_from": date(2027, 1, 2), "valid_to": date(2027, 1, 1)}, "SPAN_BACKWARDS"),
    ],
)
def test_what_can_be_mended_is_said(world: World, more: dict, code: str) -> None:
    login = more.pop("login_name", "baru")
    done = make(OPERATOR, login=login, **more)
    assert codes(done) == [code]
    assert all(finding.remedy for finding in done.findings)
    assert not Account.objects.filter(login_name="baru").exists()


def test_all_faults_at_once(world: World) -> None:
    done = make(OPERATOR, login="x", function="", role="opd", under=["62.99", VILLAGE])
    assert codes(done) == [
        "LOGIN_NAME_WRONG",
        "FUNCTION_MISSING",
        "REGION_UNKNOWN",
        "REGION_LEVEL_WRONG",
        "SECTOR_MISSING",
    ]


def test_another_grant_and_the_same_twice(world: World) -> None:
    giver = world.actor("verifikator-kecamatan-a")
    asked = {"account_id": world.ids["operator-desa-a"], "role": "kepala-desa", "under": [VILLAGE]}
    assert not services.grant(giver, **asked).is_refused
    assert codes(services.grant(giver, **asked)) == ["GRANT_HELD"]
    assert {one.role for one in world.actor("operator-desa-a").grants} == {"operator-desa", "kepala-desa"}


def test_a_strangers_account_and_the_own_one_get_nothing(world: World) -> None:
    giver = world.actor("verifikator-kecamatan-a")
    for login in ("operator-desa-b", "pmd-provinsi", "pendamping-ac", "verifikator-kecamatan-a"):
        with pytest.raises(NotAllowed):
            services.grant(giver, account_id=world.ids[login], role="operator-desa", under=[VILLAGE])
    admin = world.actor("admin")
    with pytest.raises(NotAllowed):
        services.grant(admin, account_id=admin.id, role="walidata", under=["62"])


def test_ending_takes_the_right_at_once_and_keeps_the_history(world: World) -> None:
    giver = world.actor("verifikator-kecamatan-a")
    grant = world.grant("operator-desa-a")
    assert not services.end_grant(giver, grant_id=grant).is_refused
    assert world.actor("operator-desa-a").grants == ()
    assert codes(services.end_grant(giver, grant_id=grant)) == ["GRANT_ENDED"]
    (held,) = queries.person(giver, world.ids["operator-desa-a"]).grants
    assert held.ended_by == "Contoh verifikator-kecamatan-a"
    assert held.valid_to == TODAY - timedelta(days=1)
    for login in ("verifikator-kecamatan-b", "operator-desa-a", "kepala-desa-a"):
        with pytest.raises(NotAllowed):
            services.end_grant(world.actor(login), grant_id=world.grant("operator-desa-c"))


def test_a_grant_that_begins_today_can_be_ended_today(world: World) -> None:
    done = make(OPERATOR)
    assert not services.end_grant(OPERATOR, grant_id=done.grant_id).is_refused
    acting = queries.actor_of(PUBLIC, account_id=done.account_id, day=TODAY)
    assert acting.actor.grants == ()


def test_an_end_comes_earlier_and_never_later(world: World) -> None:
    last = TODAY + timedelta(days=30)
    done = make(OPERATOR, valid_to=last)
    later = services.end_grant(OPERATOR, grant_id=done.grant_id, last_day=last + timedelta(days=1))
    assert codes(later) == ["END_LATE"]
    assert Grant.objects.get(pk=done.grant_id).valid_to == last
    assert not services.end_grant(OPERATOR, grant_id=done.grant_id, last_day=last).is_refused
    earlier = services.end_grant(OPERATOR, grant_id=done.grant_id, last_day=TODAY)
    assert not earlier.is_refused
    assert Grant.objects.get(pk=done.grant_id).valid_to == TODAY


def test_a_grant_names_its_sectors(world: World) -> None:
    (held,) = queries.person(OPERATOR, world.ids["opd-a"]).grants
    assert held.bounds.sectors == {"KES"}
    assert held.sectors == dict(queries.sectors(OPERATOR))["KES"] != "KES"
    (unbounded,) = queries.person(OPERATOR, world.ids["operator-desa-a"]).grants
    assert unbounded.sectors == ""


def test_hand_over_to_a_new_person_keeps_both(world: World) -> None:
    giver = world.actor("verifikator-kecamatan-a")
    day = TODAY + timedelta(days=7)
    done = services.hand_over(giver, grant_id=world.grant("operator-desa-a"), login_name="pengganti", day=day)
    assert len(done.code) == 14
    new = queries.person(giver, done.account_id)
    (held,) = new.grants
    assert (held.valid_from, held.before) == (day, world.grant("operator-desa-a"))
    assert new.function == "Petugas contoh operator-desa"
    before, after = (
        [bool(world.actor("operator-desa-a", on=when).grants) for when in (TODAY, day - timedelta(1), day)],
        [
            bool(queries.actor_of(PUBLIC, account_id=new.id, day=when).actor.grants)
            for when in (TODAY, day - timedelta(days=1), day)
        ],
    )
    assert before == [True, True, False]
    assert after == [False, False, True]
    told = [
        one.detail
        for login in (world.ids["operator-desa-a"], new.id)
        for one in queries.events(giver, account_id=login)
        if one.kind is EventKind.HANDED_OVER
    ]
    assert "kepada" in told[0]
    assert "dari Contoh operator-desa-a" in told[1]


def test_a_company_stays_with_its_task_when_it_is_handed_over(world: World) -> None:
    giver, grant = world.actor("pmd-provinsi"), world.grant("perusahaan")
    done = services.hand_over(giver, grant_id=grant, login_name="csr-baru")
    assert not done.is_refused
    (held,) = queries.person(OPERATOR, done.account_id).grants
    assert (held.company, held.before) == ("PT Contoh Jaya", grant)
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.filter(pk=done.grant_id).update(company="PT Lain")


def test_hand_over_between_accounts_and_what_stops_it(world: World) -> None:
    giver = world.actor("pmd-kabupaten-a")
    grant = world.grant("operator-desa-a")
    assert codes(services.hand_over(giver, grant_id=grant, login_name="operator-desa-a")) == [
        "HAND_OVER_TO_SAME",
        "GRANT_HELD",
    ]
    assert codes(services.hand_over(giver, grant_id=grant, login_name="x")) == ["LOGIN_NAME_WRONG"]
    for login, to in (
        ("verifikator-kecamatan-a", "operator-desa-c"),
        ("verifikator-kecamatan-b", "siapa"),
        ("verifikator-kecamatan-a", "verifikator-kecamatan-a"),
        ("operator-desa-a", "siapa"),
        ("pmd-kabupaten-a", "pmd-provinsi"),
    ):
        with pytest.raises(NotAllowed):
            services.hand_over(world.actor(login), grant_id=grant, login_name=to)
    done = services.hand_over(giver, grant_id=grant, login_name="operator-desa-c")
    assert done.code == ""
    assert world.actor("operator-desa-a").grants == ()
    assert len(world.actor("operator-desa-c").grants) == 2
    assert codes(services.hand_over(giver, grant_id=grant, login_name="lagi")) == ["GRANT_ENDED"]


def test_who_sees_whom(world: World) -> None:
    def seen(login: str, **more: object) -> set[str]:
        page = queries.people(world.actor(login), day=TODAY, **more)
        return {line.person.login_name for line in page.lines}

    assert seen("verifikator-kecamatan-a") == {
        "operator-desa-a",
        "kepala-desa-a",
        "pendamping-a",
        "pendamping-ac",
    }
    assert seen("verifikator-kecamatan-b") == {"operator-desa-b"}
    assert "pmd-provinsi" not in seen("pmd-kabupaten-a")
    assert seen("pmd-kabupaten-a", role="opd") == {"opd-a", "opd-dik-a"}
    assert seen("pmd-kabupaten-a", under="62.01.03") == {"operator-desa-c", "pendamping-ac"}
    assert seen("pmd-kabupaten-a", text="KEPALA") == {"kepala-desa-a"}
    assert seen("pmd-kabupaten-a", text="%") == set()
    assert len(seen("admin-negeri")) == 24
    for login in ("operator-desa-a", "opd-a", "pusat", "habis"):
        with pytest.raises(NotAllowed):
            seen(login)
    mine = {
        line.person.login_name: line.is_mine
        for line in queries.people(world.actor("verifikator-kecamatan-a"), day=TODAY).lines
    }
    assert mine["pendamping-a"]
    assert not mine["pendamping-ac"]
    page = queries.people(OPERATOR, day=TODAY, number=99, on_page=10)
    assert (page.number, page.pages, page.count, len(page.lines)) == (3, 3, 24, 4)


def test_places_to_choose_from_are_the_own_ones(world: World) -> None:
    def offered(login: str) -> list[str]:
        return [place.code for place in queries.offered_places(world.actor(login))]

    assert len(offered("verifikator-kecamatan-a")) == 21
    assert len(offered("pmd-kabupaten-a")) == 1 + 6 + 94
    assert len(offered("pmd-provinsi")) == 1 + 14 + 136
    assert offered("operator-desa-a") == []


def test_log_ins_and_events_are_for_oneself_and_the_next_higher_level(world: World) -> None:
    account = world.ids["operator-desa-a"]
    for login in ("operator-desa-a", "verifikator-kecamatan-a", "pmd-kabupaten-a", "admin"):
        queries.log_ins(world.actor(login), account_id=account)
        queries.events(world.actor(login), account_id=account)
    for login in ("operator-desa-c", "kepala-desa-a", "verifikator-kecamatan-b", "opd-a", "pusat"):
        with pytest.raises(NotAllowed):
            queries.log_ins(world.actor(login), account_id=account)
        with pytest.raises(NotAllowed):
            queries.events(world.actor(login), account_id=account)
    assert queries.person(world.actor("verifikator-kecamatan-b"), account) is None


def test_days_decide(world: World) -> None:
    assert world.actor("habis").grants == ()
    assert world.actor("nanti").grants == ()
    assert world.actor("habis", on=date(2025, 12, 31)).may("accounts.read", region="62.01.02.2016")
    assert not world.actor("habis", on=date(2026, 1, 1)).may_somewhere("accounts.read")


def test_provincial_rights_wait_for_a_code_from_an_app(world: World) -> None:
    done = make(OPERATOR, role="pmd-provinsi", under=["62"])
    acting = queries.actor_of(PUBLIC, account_id=done.account_id, day=TODAY)
    assert acting.is_withheld
    assert acting.actor.grants == ()
    assert acting.actor.may("accounts.keep_own")
    assert not queries.actor_of(PUBLIC, account_id=world.ids["pmd-kabupaten-a"], day=TODAY).is_withheld
    assert world.actor("pmd-provinsi").may("accounts.read", region="62.03")


def test_an_inactive_or_unknown_account_is_nobody(world: World) -> None:
    Account.objects.filter(pk=world.ids["opd-a"]).update(is_active=False)
    assert queries.actor_of(PUBLIC, account_id=world.ids["opd-a"], day=TODAY) is None
    assert queries.actor_of(PUBLIC, account_id=OPERATOR.id, day=TODAY) is None


def test_history_cannot_be_changed(world: World) -> None:
    services.record_log_in(
        PUBLIC, login_name="x", address="", agent="", device_key="", method="password", failure="wrong"
    )
    attempts = [
        lambda: Event.objects.update(detail="lain"),
        lambda: Event.objects.all().delete(),
        lambda: LogIn.objects.update(is_success=True),
        lambda: LogIn.objects.all().delete(),
        lambda: Grant.objects.update(role="admin"),
        lambda: Grant.objects.update(valid_from=date(2000, 1, 1)),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_rights_follow_the_tree_not_how_a_code_begins(world: World) -> None:
    """A village that went to another kecamatan and kept its code is out of the old one's hands."""
    history = (
        "tanggal,jenis,kode_lama,kode_baru,nama_baru,induk_baru,porsi,dasar\n"
        "2026-02-01,pindah_induk,62.01.02.2016,,,62.01.03,,Perda contoh\n"
    )
    before = world.actor("verifikator-kecamatan-a")
    assert before.may("accounts.read", region=VILLAGE)
    done = registering.import_succession(
        OPERATOR, source=io.BytesIO(history.encode()), format="csv", scheme="kemendagri", clock=now
    )
    assert done.is_stored, done.findings
    after = world.actor("verifikator-kecamatan-a")
    assert not after.may("accounts.read", region=VILLAGE)
    assert queries.person(after, world.ids["operator-desa-a"]) is None
    assert world.actor("pmd-kabupaten-a").may("accounts.read", region=VILLAGE)
    with pytest.raises(NotAllowed):
        services.recover(after, account_id=world.ids["operator-desa-a"])


RECODED = "2026-02-01,ganti_kode,62.01.02.2016,62.01.02.2999,,,,,Perda contoh\n"
MERGED = (
    "2026-02-01,gabung,62.01.02.2016,62.01.02.2999,Contoh,62.01.02,,0.5,Perda contoh\n"
    "2026-02-01,gabung,62.01.02.2001,62.01.02.2999,Contoh,62.01.02,,0.5,Perda contoh\n"
)


@pytest.mark.parametrize("history", [RECODED, MERGED], ids=["recoded", "merged"])
def test_a_code_that_ended_is_told_with_what_is_valid_now(world: World, history: str) -> None:
    """An old code is not "unknown": who types it learns since when, and what is valid today."""
    head = "tanggal,jenis,kode_lama,kode_baru,nama_baru,induk_baru,porsi,porsi_balik,dasar\n"
    done = registering.import_succession(
        OPERATOR, source=io.BytesIO((head + history).encode()), format="csv", scheme="kemendagri", clock=now
    )
    assert done.is_stored, done.findings
    actor = world.actor("pmd-kabupaten-a")
    (finding,) = make(actor).findings
    assert (finding.code, finding.value) == ("REGION_ENDED", VILLAGE)
    assert "tidak berlaku lagi sejak 1 Februari 2026" in finding.message
    assert "62.01.02.2999" in finding.remedy
    made = make(actor, under=["62.01.02.2999"])
    assert not made.findings
    again = services.grant(actor, account_id=made.account_id, role="kepala-desa", under=[VILLAGE])
    assert codes(again) == ["REGION_ENDED"]
    assert codes(make(actor, "lain", under=["62.99.99.9999"])) == ["REGION_UNKNOWN"]
    assert queries.region_fault(actor, "62.01.02.2999") is None
