"""Tokens through services, pages and commands: who makes them, what they open, when they end."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from django.test import Client
from typer.testing import CliRunner

from sidara.accounts import queries, services
from sidara.accounts.cli import app
from sidara.accounts.core import EventKind
from sidara.accounts.core.token import Refusal
from sidara.accounts.formats import content
from sidara.accounts.models import Account, Grant, Token, TokenUse
from sidara.kernel.actor import OPERATOR, PUBLIC, PUBLIC_OPERATIONS, Actor, NotAllowed
from sidara.kernel.clock import local_date, now
from sidara.ui.api import OR
from sidara.web.api.app import document
from tests.world import World

TODAY = local_date(now())
VILLAGE, NEIGHBOUR = "62.01.02.2016", "62.01.02.2017"


def issue(world: World, login: str, by: Actor | None = None, **scope: object) -> services.tokens.Issued:
    return services.issue_token(
        by or world.actor(login), account_id=world.ids[login], **({"name": "Contoh"} | scope)
    )


def use(text: str, address: str = "203.0.113.9", **more: object) -> services.Used:
    return services.use_token(PUBLIC, text=text, address=address, agent="httpx", **more)


def codes(made: services.tokens.Issued) -> list[str]:
    return [finding.code for finding in made.findings]


def test_a_token_opens_what_it_was_made_for(world: World) -> None:
    made = issue(world, "pendamping-a", operations=["collection.read"], under=[VILLAGE])
    assert re.fullmatch(r"sdr_[0-9a-z]{8}_[0-9a-z]{32}", made.text)
    actor = use(made.text).actor
    assert (actor.id, actor.name) == (world.ids["pendamping-a"], "Contoh pendamping-a")
    assert actor.may("collection.read", region=VILLAGE)
    assert not actor.may("collection.read", region=NEIGHBOUR)
    assert not actor.may("collection.fill", region=VILLAGE)
    assert actor.may("regions.read")
    row = Token.objects.get(pk=made.token_id)
    assert made.text.rpartition("_")[2] not in str(vars(row))
    assert row.last_day == TODAY + timedelta(days=content.rules().token.days)


def test_a_token_without_a_scope_is_its_account_but_keeps_no_account(world: World) -> None:
    actor = use(issue(world, "verifikator-kecamatan-a").text).actor
    assert actor.grants == world.actor("verifikator-kecamatan-a").grants
    assert not actor.may("accounts.keep_own")
    with pytest.raises(NotAllowed):
        issue(world, "verifikator-kecamatan-a", by=actor)
    with pytest.raises(NotAllowed):
        queries.tokens(actor, account_id=actor.id)
    with pytest.raises(NotAllowed):
        services.revoke_token(actor, token_id=Token.objects.get().pk)


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ({"name": " "}, ["TOKEN_NAME_MISSING"]),
        ({"operations": ["warehouse.refresh"]}, ["TOKEN_OPERATION_BEYOND"]),
        ({"operations": ["accounts.keep_own"]}, ["TOKEN_OPERATION_BEYOND"]),
        ({"under": ["62.03"]}, ["TOKEN_REGION_BEYOND"]),
        ({"under": [VILLAGE, "62.01.03"]}, ["TOKEN_REGION_BEYOND"]),
        ({"under": ["x"]}, ["REGION_UNKNOWN"]),
        ({"sectors": ["XYZ"]}, ["SECTOR_UNKNOWN"]),
        ({"last_day": TODAY - timedelta(days=1)}, ["TOKEN_DAY_WRONG"]),
        ({"last_day": TODAY + timedelta(days=367)}, ["TOKEN_DAY_WRONG"]),
        ({"name": "", "under": ["x"]}, ["REGION_UNKNOWN", "TOKEN_NAME_MISSING"]),
    ],
)
def test_what_goes_beyond_the_account_is_said(world: World, scope: dict, found: list[str]) -> None:
    assert codes(issue(world, "operator-desa-a", **scope)) == found
    assert not Token.objects.exists()


def test_a_wider_region_is_cut_to_the_own_one(world: World) -> None:
    actor = use(issue(world, "operator-desa-a", under=["62.01"]).text).actor
    assert actor.may("collection.fill", region=VILLAGE)
    assert not actor.may("collection.fill", region=NEIGHBOUR)


def test_nobody_makes_a_token_for_another_person_and_only_some_for_programs(world: World) -> None:
    for login, by in (
        ("operator-desa-a", "verifikator-kecamatan-a"),
        ("operator-desa-a", "admin"),
        ("klien-api", "pmd-kabupaten-a"),
        ("klien-api", "operator-desa-a"),
    ):
        with pytest.raises(NotAllowed):
            issue(world, login, by=world.actor(by))
    made = issue(world, "klien-api", by=world.actor("admin"), operations=["collection.read"])
    assert use(made.text).actor.may("collection.read", region=VILLAGE)
    assert issue(world, "operator-desa-a", by=OPERATOR).text


def test_a_token_ends_with_its_grant_and_opens_no_later_one(world: World) -> None:
    made = issue(world, "operator-desa-a")
    assert use(made.text).actor.may("collection.fill", region=VILLAGE)
    services.end_grant(world.actor("verifikator-kecamatan-a"), grant_id=world.grant("operator-desa-a"))
    assert use(made.text).actor.grants == ()
    assert not queries.tokens(OPERATOR, account_id=world.ids["operator-desa-a"])[0].is_open(TODAY)
    services.grant(OPERATOR, account_id=world.ids["operator-desa-a"], role="operator-desa", under=[VILLAGE])
    assert world.actor("operator-desa-a").may("collection.fill", region=VILLAGE)
    assert use(made.text).actor.grants == ()


def test_a_token_ends_with_recovery_revocation_its_day_and_its_account(world: World) -> None:
    account = world.ids["operator-desa-a"]
    mine = world.actor("operator-desa-a")
    first, second, third = (issue(world, "operator-desa-a").text for _ in range(3))
    assert services.revoke_token(mine, token_id=Token.objects.get(prefix=first.split("_")[1]).pk)
    assert not services.revoke_token(mine, token_id=Token.objects.get(prefix=first.split("_")[1]).pk)
    assert use(first).refusal is Refusal.REVOKED
    later = now() + timedelta(days=91)
    assert use(second, clock=lambda: later).refusal is Refusal.EXPIRED
    Account.objects.filter(pk=account).update(is_active=False)
    assert use(third).refusal is Refusal.INACTIVE
    Account.objects.filter(pk=account).update(is_active=True)
    assert use(third).actor is not None
    services.recover(world.actor("verifikator-kecamatan-a"), account_id=account)
    assert use(third).refusal is Refusal.REVOKED
    kinds = [one.kind for one in queries.events(OPERATOR, account_id=account)]
    assert kinds.count(EventKind.TOKEN_MADE) == kinds.count(EventKind.TOKEN_REVOKED) == 3


def test_withheld_rights_are_withheld_from_tokens(world: World) -> None:
    made = issue(world, "walidata")
    assert use(made.text).actor.grants
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user_id=world.ids["walidata"]).delete()
    assert use(made.text).actor.grants == ()
    assert codes(issue(world, "walidata")) == ["TOKEN_EMPTY"]


def test_what_is_wrong_is_refused_and_written_down(world: World) -> None:
    made = issue(world, "operator-desa-a")
    forged = made.text[:-1] + ("0" if made.text[-1] != "0" else "1")
    assert use(forged).refusal is Refusal.WRONG
    assert use(f"sdr_{'0' * 8}_{'0' * 32}").refusal is Refusal.UNKNOWN
    assert use("kata sandi yang salah tempel").refusal is Refusal.UNKNOWN
    assert [(one.refusal, one.address) for one in TokenUse.objects.all()] == [
        ("wrong", "203.0.113.9"),
        ("unknown", "203.0.113.9"),
        ("unknown", "203.0.113.9"),
    ]
    seen = queries.token_uses(world.actor("operator-desa-a"), account_id=world.ids["operator-desa-a"])
    assert [one.refusal for one in seen] == [Refusal.WRONG]


def test_the_audit_keeps_the_first_use_of_an_hour_and_is_not_there_to_be_filled(world: World) -> None:
    text = issue(world, "operator-desa-a").text
    start = now()
    for minutes in (0, 1, 59, 61):
        use(text, clock=lambda minutes=minutes: start + timedelta(minutes=minutes))
    use(text, address="198.51.100.7", clock=lambda: start)
    assert TokenUse.objects.count() == 3
    for _ in range(content.rules().token.failures + 5):
        use("salah", clock=lambda: start)
    assert TokenUse.objects.exclude(refusal="").count() == content.rules().token.failures
    assert use(text, clock=lambda: start).actor is not None


def test_only_so_many_are_open(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(content.rules().token.most):
        assert issue(world, "operator-desa-a").text
    assert codes(issue(world, "operator-desa-a")) == ["TOKEN_TOO_MANY"]


def test_tokens_keep_what_they_were_made_for(world: World) -> None:
    use(issue(world, "operator-desa-a", under=[VILLAGE]).text)
    row = Token.objects.get()
    for attempt in (
        lambda: Token.objects.update(operations="collection.import"),
        lambda: Token.objects.update(last_day=TODAY + timedelta(days=999)),
        lambda: Token.objects.all()._raw_delete("default"),
        lambda: row.places.all()._raw_delete("default"),
        lambda: row.opens.update(grant=Grant.objects.exclude(account=row.account).first()),
        lambda: TokenUse.objects.update(refusal="wrong"),
        lambda: TokenUse.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_who_sees_and_revokes_whose(world: World) -> None:
    made = issue(world, "klien-api", by=OPERATOR)
    account = world.ids["klien-api"]
    assert queries.tokens(world.actor("admin"), account_id=account)[0].prefix == made.text.split("_")[1]
    for login in ("operator-desa-a", "pmd-kabupaten-a", "walidata"):
        with pytest.raises(NotAllowed):
            queries.tokens(world.actor(login), account_id=account)
        with pytest.raises(NotAllowed):
            queries.token_uses(world.actor(login), account_id=account)
        with pytest.raises(NotAllowed):
            services.revoke_token(world.actor(login), token_id=made.token_id)
    assert services.revoke_token(world.actor("admin"), token_id=made.token_id)


def test_operations_that_ended_are_neither_offered_nor_taken(world: World) -> None:
    account = world.ids["operator-desa-a"]
    held = content.roles()["operator-desa"].operations

    def offered() -> set[str]:
        return {code for code, _ in queries.token_choices(OPERATOR, account_id=account)[0]}

    assert offered() == (held - PUBLIC_OPERATIONS) & content.programs()
    assert "collection.fill" in offered()
    assert "progress.read_award" in held - offered(), "the API does not have it"
    services.end_grant(world.actor("verifikator-kecamatan-a"), grant_id=world.grant("operator-desa-a"))
    assert offered() == set()
    found = codes(issue(world, "operator-desa-a", by=OPERATOR, operations=["collection.fill"]))
    assert found == ["TOKEN_OPERATION_BEYOND"]


def test_every_operation_of_a_role_has_its_words() -> None:
    held = {one for role in content.roles().values() for one in role.operations} - PUBLIC_OPERATIONS
    assert held - set(content.operations()) == set()


def test_what_is_offered_to_programs_is_what_the_api_asks_for() -> None:
    rights = {
        right
        for path in document()["paths"].values()
        for operation in path.values()
        for right in operation["x-right"].split(OR)
    }
    assert content.programs() == (rights - PUBLIC_OPERATIONS) | {"warehouse.ask_all"}


def entered(world: World, login: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=world.ids[login]))
    return client


def test_the_page_makes_shows_once_and_revokes(world: World) -> None:
    client = entered(world, "operator-desa-a")
    assert "Belum ada token yang berlaku" in client.get("/akun/token").content.decode()
    done = client.post("/akun/token", {"name": "Buku kas", "operations": ["collection.fill"]})
    text = re.search(r"data-token-baru>(sdr_\w+)<", done.content.decode())[1]
    assert use(text).actor.may("collection.fill", region=VILLAGE)
    listed = client.get("/akun/token").content.decode()
    assert "Buku kas" in listed
    assert "Mengisi formulir" in listed
    assert text not in listed
    wrong = client.post("/akun/token", {"name": "Lain", "under": "62.03"}).content.decode()
    assert "di luar wilayah akun ini" in wrong
    other = entered(world, "operator-desa-b")
    token_id = str(Token.objects.get().pk)
    assert other.post("/akun/token", {"cabut": token_id}).status_code == 404
    assert use(text).actor is not None
    assert client.post("/akun/token", {"cabut": token_id}).status_code == 302
    assert use(text).refusal is Refusal.REVOKED
    assert "Dicabut" in client.get("/akun/token").content.decode()


def test_the_page_of_a_program_is_its_governors(world: World) -> None:
    url = f"/orang/{world.ids['klien-api']}/token"
    admin = entered(world, "admin")
    done = admin.post(url, {"name": "Aplikasi"})
    assert "data-token-baru" in done.content.decode()
    person = f"/orang/{world.ids['operator-desa-a']}/token"
    assert "Buat token" not in admin.get(person).content.decode()
    assert "data-token-baru" not in admin.post(person, {"name": "Menyamar"}).content.decode()
    assert Token.objects.count() == 1


def run(*words: str) -> object:
    return CliRunner().invoke(app, ["token", *words])


def test_the_commands_make_list_and_revoke(world: World) -> None:
    made = run("create", "klien-api", "--name", "Contoh", "--under", "62.01.02", "--json")
    text = json.loads(made.stdout)["token"]
    (listed,) = json.loads(run("list", "klien-api", "--json").stdout)
    assert (listed["under"], listed["open"], listed["used"]) == (["62.01.02"], True, None)
    assert text not in json.dumps(listed)
    assert "semua" in run("list", "klien-api").stdout
    assert json.loads(run("revoke", listed["prefix"], "--json").stdout) == {
        "prefix": listed["prefix"],
        "revoked": True,
    }
    assert run("revoke", listed["prefix"]).exit_code == 0
    assert use(text).refusal is Refusal.REVOKED
    plain = run("create", "klien-api", "--name", "Contoh")
    assert use(plain.stdout.strip()).actor is not None
    assert run("revoke", "00000000").exit_code == 1
    assert "TOKEN_REGION_BEYOND" in run("create", "klien-api", "--name", "x", "--under", "62.03").stderr
