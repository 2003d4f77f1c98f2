"""One-time codes: once, in time, only from who governs all of an account; and what recovery ends."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from sidara.accounts import queries, services
from sidara.accounts.core import EventKind
from sidara.accounts.models import OneTimeCode
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.clock import now
from tests.world import PASSWORD, World, add_totp

NEW = "sandi baru yang panjang"


def use(login: str, text: str, **more: object):
    return services.use_code(PUBLIC, login_name=login, text=text, password=NEW, **more)


def test_a_code_opens_once(world: World) -> None:
    done = services.recover(world.actor("verifikator-kecamatan-a"), account_id=world.ids["operator-desa-a"])
    assert done.code not in str(OneTimeCode.objects.values())
    assert not services.check_code(PUBLIC, login_name="operator-desa-a", text=done.code).is_refused
    typed = done.code.lower().replace("-", "")
    assert not use("Operator-Desa-A", typed).is_refused
    assert [one.code for one in use("operator-desa-a", done.code).findings] == ["CODE_REFUSED"]
    assert Client().login(username="operator-desa-a", password=NEW)
    assert not Client().login(username="operator-desa-a", password=PASSWORD)


def test_a_code_ends_with_its_time_and_with_the_next(world: World) -> None:
    giver, account = world.actor("verifikator-kecamatan-a"), world.ids["operator-desa-a"]
    first = services.recover(giver, account_id=account)
    life = queries.rules(PUBLIC).recover
    late = lambda: now() + life + timedelta(seconds=1)  # noqa: E731 - a clock
    assert use("operator-desa-a", first.code, clock=late).is_refused
    second = services.recover(giver, account_id=account)
    assert use("operator-desa-a", first.code).is_refused
    assert not use("operator-desa-a", second.code).is_refused


@pytest.mark.parametrize("login", ["operator-desa-b", "tidak-ada", ""])
def test_a_code_fits_one_account_only_and_the_words_tell_nothing(world: World, login: str) -> None:
    done = services.recover(OPERATOR, account_id=world.ids["operator-desa-a"])
    wrong = use("operator-desa-a", "0000-0000-0000").findings
    assert use(login, done.code).findings == wrong
    assert not use("operator-desa-a", done.code).is_refused


@pytest.mark.parametrize(
    ("helper", "lost"),
    [
        ("verifikator-kecamatan-a", "operator-desa-b"),
        ("verifikator-kecamatan-a", "operator-desa-c"),
        ("verifikator-kecamatan-a", "pmd-kabupaten-a"),
        ("verifikator-kecamatan-a", "pendamping-ac"),
        ("verifikator-kecamatan-a", "verifikator-kecamatan-b"),
        ("verifikator-kecamatan-a", "verifikator-kecamatan-a"),
        ("pmd-kabupaten-a", "admin"),
        ("pmd-provinsi", "admin"),
        ("admin", "admin"),
        ("admin", "admin-negeri"),
        ("admin", "pusat"),
        ("operator-desa-a", "kepala-desa-a"),
        ("opd-a", "operator-desa-a"),
    ],
)
def test_who_does_not_govern_all_of_an_account_cannot_open_it(world: World, helper: str, lost: str) -> None:
    with pytest.raises(NotAllowed):
        services.recover(world.actor(helper), account_id=world.ids[lost])
    assert not OneTimeCode.objects.filter(account=world.ids[lost], closed_at=None).exists()


def test_recovery_ends_everything_that_opened_the_account(world: World) -> None:
    account = world.ids["operator-desa-a"]
    add_totp(account)
    client = Client()
    answer = client.post("/masuk", {"login": "operator-desa-c", "password": PASSWORD})
    assert answer["location"] == "/tugas"
    thief = Client()
    thief.force_login(_row(account))
    assert thief.get("/akun").status_code == 200
    services.recover(world.actor("verifikator-kecamatan-a"), account_id=account)
    assert not Authenticator.objects.filter(user_id=account).exists()
    assert thief.get("/akun").status_code == 302
    assert client.get("/akun").status_code == 200
    assert not Client().login(username="operator-desa-a", password=PASSWORD)


def test_a_code_that_a_lower_level_has_seen_opens_nothing_that_is_given_later(world: World) -> None:
    lower, upper = world.actor("verifikator-kecamatan-a"), world.actor("pmd-kabupaten-a")
    account = world.ids["operator-desa-a"]
    seen = services.recover(lower, account_id=account)
    services.grant(upper, account_id=account, role="verifikator-kecamatan", under=["62.01.03"])
    assert use("operator-desa-a", seen.code).is_refused
    with pytest.raises(NotAllowed):
        services.recover(lower, account_id=account)
    assert not use("operator-desa-a", services.recover(upper, account_id=account).code).is_refused


def test_the_first_log_in_gives_a_name(world: World) -> None:
    done = services.create(
        OPERATOR,
        login_name="baru",
        name="",
        function="Operator desa Contoh",
        role="operator-desa",
        under=["62.01.02.2016"],
    )
    assert queries.person(OPERATOR, done.account_id).shown == "Operator desa Contoh"
    use("baru", done.code, name=" Contoh Nama ")
    assert queries.person(OPERATOR, done.account_id).shown == "Contoh Nama"
    kinds = [(one.kind, one.by) for one in queries.events(OPERATOR, account_id=done.account_id)]
    assert kinds[0] == (EventKind.CODE_USED, "Contoh Nama")


def test_the_audit_keeps_the_name_of_that_day(world: World) -> None:
    account, giver = world.ids["operator-desa-a"], world.ids["verifikator-kecamatan-a"]
    services.recover(world.actor("verifikator-kecamatan-a"), account_id=account)
    _rows().filter(pk=giver).update(name="Contoh Lain", function="Jabatan lain")
    newest = queries.events(OPERATOR, account_id=account)[0]
    assert (newest.by, newest.by_function) == (
        "Contoh verifikator-kecamatan-a",
        "Petugas contoh verifikator-kecamatan",
    )


def test_a_sheet_makes_what_is_missing_and_leaves_who_works(world: World) -> None:
    giver = world.actor("verifikator-kecamatan-a")
    first = services.issue_sheet(giver, district="62.01.02")
    villages = len(first.rows)
    assert villages == 20
    by_code = {row.place.code: row for row in first.rows}
    assert by_code["62.01.02.2016"].code == ""
    assert by_code["62.01.02.2016"].login_name == "operator-desa-a"
    fresh = by_code["62.01.02.2017"]
    assert (fresh.login_name, fresh.is_new, len(fresh.code)) == ("6201022017", True, 14)
    again = services.issue_sheet(giver, district="62.01.02")
    assert [row.login_name for row in again.rows] == [row.login_name for row in first.rows]
    assert not any(row.is_new for row in again.rows)
    assert use("6201022017", fresh.code).is_refused
    newest = next(row for row in again.rows if row.login_name == "6201022017")
    assert not use("6201022017", newest.code, name="Contoh").is_refused
    third = services.issue_sheet(giver, district="62.01.02")
    assert next(row for row in third.rows if row.login_name == "6201022017").code == ""
    assert len({row.code for row in first.rows}) == villages
    assert first.district.name == "Kecamatan Arut Selatan"
    assert first.regency.code == "62.01"


def test_sheets_are_for_who_governs_the_kecamatan(world: World) -> None:
    for login in ("verifikator-kecamatan-b", "operator-desa-a", "opd-a", "pusat", "walidata"):
        with pytest.raises(NotAllowed):
            services.issue_sheet(world.actor(login), district="62.01.02")
    assert services.issue_sheet(world.actor("pmd-kabupaten-a"), district="62.01") is None
    assert services.issue_sheet(OPERATOR, district="62.99.99") is None
    verifier, regency = world.actor("verifikator-kecamatan-a"), world.actor("pmd-kabupaten-a")
    assert [one.code for one in queries.sheet_districts(verifier)] == ["62.01.02"]
    assert queries.sheet_districts(verifier, under="62") == queries.sheet_districts(verifier)
    assert len(queries.sheet_districts(regency)) == len(queries.sheet_districts(regency, under="62")) == 6
    assert [one.code for one in queries.sheet_districts(regency, under="62.01.02")] == ["62.01.02"]
    assert (
        queries.sheet_districts(regency, under="62.03") == queries.sheet_districts(regency, under="x") == ()
    )


def test_a_sheet_opens_no_account_that_holds_more(world: World) -> None:
    done = services.create(
        OPERATOR,
        login_name="rangkap",
        name="Contoh Rangkap",
        function="Contoh",
        role="operator-desa",
        under=["62.01.02.2017"],
    )
    services.grant(OPERATOR, account_id=done.account_id, role="pmd-kabupaten", under=["62.01"])
    rows = services.issue_sheet(world.actor("verifikator-kecamatan-a"), district="62.01.02").rows
    row = next(one for one in rows if one.login_name == "rangkap")
    assert row.code == ""
    assert not use("rangkap", done.code).is_refused


def test_a_village_whose_operator_left_gets_a_new_account(world: World) -> None:
    giver = world.actor("verifikator-kecamatan-a")
    services.end_grant(giver, grant_id=world.grant("operator-desa-a"))
    rows = services.issue_sheet(giver, district="62.01.02").rows
    row = next(one for one in rows if one.place.code == "62.01.02.2016")
    assert (row.login_name, row.is_new) == ("6201022016", True)
    services.end_grant(giver, grant_id=queries.person_named(giver, "6201022016").grants[0].id)
    rows = services.issue_sheet(giver, district="62.01.02").rows
    row = next(one for one in rows if one.place.code == "62.01.02.2016")
    assert row.login_name == "6201022016-2"


def _rows():
    from django.contrib.auth import get_user_model

    return get_user_model().objects


def _row(account_id):
    return _rows().get(pk=account_id)
