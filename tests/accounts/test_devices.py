"""Devices through services, pages and commands: registered, named, revoked; what a thief is left with."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sidara.accounts import queries, services
from sidara.accounts.cli import app
from sidara.accounts.core import EventKind
from sidara.accounts.core.device import LONGEST, LONGEST_REASON, Device, free, told
from sidara.accounts.models import Device as Row
from sidara.accounts.models import Event
from sidara.collection.models import Message
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding
from tests.accounts.test_log_in import is_in, log_in, words
from tests.world import World

MINE, ABOVE, NEIGHBOUR = "operator-desa-a", "verifikator-kecamatan-a", "operator-desa-c"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0) Firefox/128.0"
BUNDLE = "/isi/KEP_TRIWULAN/62.01.02.2016/2026-Q1/paket.json"


def enrolled(world: World, login: str = MINE, mark: str = "", agent: str = PHONE) -> Device:
    made = services.enrol_device(world.actor(login), mark=mark or uuid4().hex, agent=agent)
    assert isinstance(made, Device)
    return made


def revoked(world: World, one: Device, by: str = MINE, reason: str = "hilang") -> services.devices.Changed:
    return services.revoke_device(world.actor(by), device_id=one.id, reason=reason)


def codes(done: services.devices.Changed) -> list[str]:
    return [finding.code for finding in done.findings]


def browser(login: str = MINE, agent: str = PHONE, **more: str) -> Client:
    """A browser that has logged in and opened the tasks."""
    client = Client(headers={"user-agent": agent})
    assert log_in(client, login, **more).status_code == 302
    assert client.get("/tugas").status_code == 200
    return client


def kinds(world: World, login: str = MINE) -> list[EventKind]:
    return [one.kind for one in queries.events(OPERATOR, account_id=world.ids[login])]


def test_an_account_has_so_many_devices_and_is_told_what_to_do(world: World, monkeypatch) -> None:
    monkeypatch.setattr("sidara.accounts.services.devices.MOST", 2)
    first, second = enrolled(world), enrolled(world)
    told = services.enrol_device(world.actor(MINE), mark="c")
    assert isinstance(told, Finding)
    assert (told.code, told.value) == ("DEVICES_TOO_MANY", "2")
    known = services.enrol_device(world.actor(MINE), mark=Row.objects.get(pk=first.id).mark)
    assert known.id == first.id, "one that is known goes on working"
    client = Client(headers={"user-agent": PHONE})
    assert log_in(client, MINE).status_code == 302
    page = client.get("/tugas")
    assert page.status_code == 403
    assert "paling banyak yang dapat dicatat" in page.content.decode()
    assert 'href="/akun/perangkat"' in page.content.decode()
    assert client.get("/akun/perangkat").status_code == 200, "where others are revoked stays open"
    revoked(world, second)
    assert client.get("/tugas").status_code == 200


SIGNS = st.text(st.characters(codec="utf-8"), max_size=300)


@given(SIGNS, st.sampled_from([LONGEST, LONGEST_REASON]))
@settings(max_examples=200, derandomize=True, database=None, deadline=None)
def test_words_are_kept_on_one_line_and_stay_as_they_are_when_kept_again(text: str, longest: int) -> None:
    kept = told(text, longest)
    assert len(kept) <= longest
    assert told(kept, longest) == kept == kept.strip()
    assert all(sign == " " or not sign.isspace() for sign in kept)
    assert kept.isprintable() or not kept


@given(st.lists(st.sampled_from(["Chrome di Android", "x" * LONGEST, "Laptop"]), max_size=8))
@settings(max_examples=100, derandomize=True, database=None, deadline=None)
def test_names_that_are_made_differ_and_fit(bases: list[str]) -> None:
    names: list[str] = []
    for base in bases:
        names.append(free(base, names))
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= LONGEST for name in names)


def test_a_device_is_registered_when_forms_come_onto_it_and_known_again(world: World) -> None:
    client = browser()
    (one,) = queries.devices(world.actor(MINE), account_id=world.ids[MINE])
    assert (one.name, one.what, one.is_open) == ("Chrome di Android", "Chrome di Android", True)
    assert client.get(BUNDLE).status_code == 200
    client.post("/keluar")
    assert log_in(client, MINE).status_code == 302
    client.get("/tugas")
    browser(agent=PHONE)
    browser(agent=LAPTOP)
    found = queries.devices(world.actor(MINE), account_id=world.ids[MINE])
    assert sorted(one.name for one in found) == [
        "Chrome di Android",
        "Chrome di Android 2",
        "Firefox di Windows",
    ]
    assert kinds(world).count(EventKind.DEVICE_ENROLLED) == 3


def test_nothing_comes_onto_a_device_that_is_not_registered(world: World) -> None:
    client = Client(headers={"user-agent": PHONE})
    log_in(client, MINE)
    assert not Row.objects.exists()
    assert client.get(BUNDLE).status_code == 200
    assert Row.objects.get().account_id == world.ids[MINE]


def test_being_seen_is_written_down_seldom(world: World) -> None:
    first = enrolled(world, mark="a")
    later = first.seen_at + timedelta(minutes=9)
    again = services.enrol_device(world.actor(MINE), mark="a", agent=LAPTOP, clock=lambda: later)
    assert (again.seen_at, again.what) == (first.seen_at, "Chrome di Android")
    later = first.seen_at + timedelta(minutes=10)
    again = services.enrol_device(world.actor(MINE), mark="a", agent=LAPTOP, clock=lambda: later)
    assert (Row.objects.get().seen_at, again.what, again.name) == (later, "Firefox di Windows", first.name)


def test_a_name_is_changed_by_its_holder_and_by_who_governs_the_account(world: World) -> None:
    one, other = enrolled(world), enrolled(world, agent=LAPTOP)
    for login, name in ((MINE, " HP  Bu\nSiti "), (ABOVE, "Laptop kantor")):
        assert not services.rename_device(world.actor(login), device_id=one.id, name=name).is_refused
    assert Row.objects.get(pk=one.id).name == "Laptop kantor"
    events = [event.detail for event in queries.events(OPERATOR, account_id=world.ids[MINE])]
    assert events[:2] == ["HP Bu Siti menjadi Laptop kantor", "Chrome di Android menjadi HP Bu Siti"]
    for name, code in ((" \u200b ", "DEVICE_NAME_MISSING"), ("firefox di windows", "DEVICE_NAME_TAKEN")):
        assert codes(services.rename_device(world.actor(MINE), device_id=one.id, name=name)) == [code]
    revoked(world, other)
    assert not services.rename_device(world.actor(MINE), device_id=one.id, name=other.name).is_refused
    done = services.rename_device(world.actor(MINE), device_id=other.id, name="lain")
    assert codes(done) == ["DEVICE_REVOKED"]


@pytest.mark.parametrize(
    "login", [NEIGHBOUR, "kepala-desa-a", "pendamping-a", "verifikator-kecamatan-b", "opd-a"]
)
def test_a_neighbour_neither_sees_nor_renames_nor_revokes(world: World, login: str) -> None:
    one, actor = enrolled(world), world.actor(login)
    for act in (
        lambda: queries.devices(actor, account_id=world.ids[MINE]),
        lambda: queries.device(actor, one.id),
        lambda: services.rename_device(actor, device_id=one.id, name="x"),
        lambda: services.revoke_device(actor, device_id=one.id, reason="x"),
        lambda: services.revoke_device(actor, device_id=uuid4(), reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act()
    client = Client()
    log_in(client, login)
    assert client.post("/akun/perangkat", {"cabut": one.id}).status_code == 404
    assert client.get(f"/orang/{world.ids[MINE]}/perangkat").status_code in {403, 404}
    assert Row.objects.get().revoked_at is None


def test_who_governs_only_a_part_sees_devices_and_revokes_none(world: World) -> None:
    one = enrolled(world, "pendamping-ac")
    actor = world.actor(ABOVE)
    assert len(queries.devices(actor, account_id=world.ids["pendamping-ac"])) == 1
    with pytest.raises(NotAllowed):
        services.revoke_device(actor, device_id=one.id, reason="x")
    assert not revoked(world, one, "pmd-kabupaten-a").is_refused


def test_a_token_keeps_no_own_devices(world: World) -> None:
    made = services.issue_token(OPERATOR, account_id=world.ids[MINE], name="Contoh")
    actor = services.use_token(PUBLIC, text=made.text, address="203.0.113.9").actor
    one = enrolled(world)
    with pytest.raises(NotAllowed):
        services.enrol_device(actor, mark="x")
    with pytest.raises(NotAllowed):
        services.revoke_device(actor, device_id=one.id, reason="x")


def test_a_revoked_device_with_an_open_session_gets_nothing_and_is_told_so(world: World) -> None:
    thief, office = browser(shared=""), browser(agent=LAPTOP)
    stolen = next(
        one for one in queries.devices(OPERATOR, account_id=world.ids[MINE]) if "Android" in one.name
    )
    assert thief.get("/masuk/perangkat").json() == {"revoked": []}
    assert codes(services.revoke_device(world.actor(MINE), device_id=stolen.id, reason=" ")) == [
        "DEVICE_REASON_MISSING"
    ]
    prefix = f"p{stolen.id.hex[:8]}"
    answer = office.post("/akun/perangkat", {"cabut": stolen.id, f"{prefix}-reason": "HP hilang di pasar"})
    assert (answer.status_code, answer["location"]) == (302, "/akun/perangkat")
    assert is_in(office)
    for address in ("/tugas", BUNDLE, "/luring/masuk.json", "/akun", BUNDLE.removesuffix("/paket.json")):
        answer = thief.get(address)
        assert (answer.status_code, answer["location"].split("?")[0]) == (302, "/masuk"), address
    message = {"message_id": str(uuid4()), "base": 0, "cells": []}
    assert (
        thief.post(f"{BUNDLE.removesuffix('paket.json')}simpan", message, "application/json").status_code
        == 403
    )
    assert thief.get("/masuk/perangkat").json() == {"revoked": [str(world.ids[MINE])]}
    shown = words(thief.get("/masuk"))
    assert "Perangkat ini sudah dicabut" in shown
    assert "HP hilang di pasar" in shown
    assert "revoked" in thief.get("/masuk").text
    assert "Perangkat ini sudah dicabut" not in words(Client().get("/masuk"))
    assert codes(revoked(world, stolen)) == ["DEVICE_REVOKED"]
    assert kinds(world).count(EventKind.DEVICE_REVOKED) == 1
    assert "HP hilang di pasar" in words(office.get("/akun/perangkat"))


def test_after_a_new_log_in_it_is_another_device(world: World) -> None:
    client = browser()
    (first,) = queries.devices(OPERATOR, account_id=world.ids[MINE])
    revoked(world, first)
    assert log_in(client, MINE).status_code == 302
    assert client.get("/tugas").status_code == 200
    second, _ = sorted(queries.devices(OPERATOR, account_id=world.ids[MINE]), key=lambda one: not one.is_open)
    assert second.is_open
    assert second.id != first.id
    assert client.get("/masuk/perangkat").json() == {"revoked": []}


def test_a_revoked_device_has_no_bucket_of_its_own_any_more(world: World) -> None:
    client = browser()
    (one,) = queries.devices(OPERATOR, account_id=world.ids[MINE])
    client.post("/keluar")
    for _ in range(5):
        assert not is_in(client)
        log_in(Client(), MINE, "salah", at="198.51.100.1")
    assert log_in(client, MINE, "salah", at="198.51.100.1").status_code == 200
    assert log_in(client, MINE, at="198.51.100.1").status_code == 302, "a known device does not wait"
    client.post("/keluar")
    revoked(world, one)
    assert log_in(client, MINE, at="198.51.100.1").status_code == 200, "a revoked one is a stranger"


def test_a_session_that_tells_no_device_ends_too_but_not_the_one_at_hand(world: World) -> None:
    old, mine = Client(), Client()
    for client in (old, mine):
        log_in(client, MINE)
        session = client.session
        del session["sidara.device"]
        session.save()
    one = enrolled(world)
    services.revoke_device(
        world.actor(MINE), device_id=one.id, reason="hilang", keep=mine.session.session_key
    )
    assert (is_in(old), is_in(mine)) == (False, True)


def test_whoever_revokes_the_device_at_hand_is_logged_out(world: World) -> None:
    client = browser()
    (one,) = queries.devices(OPERATOR, account_id=world.ids[MINE])
    assert "Ini perangkat yang sedang Anda pakai" in words(client.get("/akun/perangkat"))
    answer = client.post("/akun/perangkat", {"cabut": one.id, f"p{one.id.hex[:8]}-reason": "dijual"})
    assert answer.status_code == 302
    assert not is_in(client)
    assert "sudah dicabut. Sesinya berakhir." in words(client.get("/masuk"))


def test_a_device_tells_that_it_is_empty_once_and_only_with_its_own_mark(world: World) -> None:
    client, account = browser(), world.ids[MINE]
    (one,) = queries.devices(OPERATOR, account_id=account)
    body = json.dumps({"left": {str(account): 3}})

    def told_by(who: Client, text: str = body):  # type: ignore[no-untyped-def]  # a response
        return who.post("/masuk/perangkat", text, "application/json")

    assert told_by(client).json() == {"noted": 0}, "it was not revoked"
    revoked(world, one)
    assert told_by(Client()).json() == {"noted": 0}
    for wrong in (
        "",
        "[]",
        "{",
        '{"left": {"x": 1}}',
        '{"left": [1]}',
        json.dumps({"left": {str(account): "x"}}),
    ):
        assert told_by(client, wrong).status_code == 400, wrong
    assert told_by(client).json() == {"noted": 1}
    assert told_by(client, json.dumps({"left": {str(account): 0}})).json() == {"noted": 0}
    (after,) = queries.devices(OPERATOR, account_id=account)
    assert (after.left, after.cleared_at is not None) == (3, True)
    assert kinds(world)[0] == EventKind.DEVICE_CLEARED
    office = browser(agent=LAPTOP)
    assert "3 isian belum terkirim masih di sana" in words(office.get("/akun/perangkat"))


def test_the_last_duty_takes_the_devices_along_and_a_recovery_leaves_them(world: World) -> None:
    one, other = enrolled(world), enrolled(world, "pendamping-a")
    services.recover(world.actor(ABOVE), account_id=world.ids[MINE])
    assert Row.objects.get(pk=one.id).revoked_at is None
    services.grant(
        OPERATOR, account_id=world.ids["pendamping-a"], role="operator-desa", under=["62.01.02.2017"]
    )
    for login in (MINE, "pendamping-a"):
        held = queries.person(OPERATOR, world.ids[login]).grants[0]
        services.hand_over(
            world.actor(ABOVE), grant_id=held.id, login_name=f"pengganti-{login}", function="Contoh"
        )
    ended, kept = Row.objects.get(pk=one.id), Row.objects.get(pk=other.id)
    assert (ended.reason, kept.revoked_at) == ("Tugas pemegang akun berakhir", None)
    assert ended.revoked_by_name == "Contoh verifikator-kecamatan-a"


def test_a_grant_that_ends_later_leaves_the_device(world: World) -> None:
    one = enrolled(world)
    last = now().date() + timedelta(days=30)
    services.end_grant(world.actor(ABOVE), grant_id=world.grant(MINE), last_day=last)
    assert Row.objects.get(pk=one.id).revoked_at is None


@pytest.mark.parametrize(
    "change",
    [{"mark": "x"}, {"account_id": UUID(int=7)}, {"name": "x"}, {"revoked_at": None}, {"reason": "x"}],
)
def test_the_records_refuse_to_change_what_stays(world: World, change: dict[str, object]) -> None:
    one = enrolled(world)
    revoked(world, one)
    with pytest.raises(DatabaseError), transaction.atomic():
        Row.objects.filter(pk=one.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Row.objects.filter(pk=one.id).delete()
    assert Event.objects.filter(kind=EventKind.DEVICE_REVOKED).count() == 1


def run(*given: str):  # type: ignore[no-untyped-def]  # a result
    return CliRunner().invoke(app, ["device", *given])


def test_the_commands_list_rename_and_revoke(world: World) -> None:
    one = str(enrolled(world).id)
    assert "Chrome di Android" in run("list", MINE).stdout
    assert run("rename", one, "--name", "HP Bu Siti").exit_code == 0
    assert json.loads(run("list", MINE, "--json").stdout)[0]["name"] == "HP Bu Siti"
    refused = run("revoke", one, "--reason", " ")
    assert (refused.exit_code, "DEVICE_REASON_MISSING" in refused.stderr) == (1, True)
    done = json.loads(run("revoke", one, "--reason", "HP hilang", "--json").stdout)
    assert done == {"id": one, "ended": 0, "findings": []}
    assert run("revoke", one, "--reason", "lagi").exit_code == 1
    assert run("revoke", str(uuid4()), "--reason", "x").exit_code == 1
    assert json.loads(run("list", MINE, "--json").stdout)[0]["reason"] == "HP hilang"


def test_a_message_keeps_the_device_that_sent_it(world: World) -> None:
    client = browser()
    (one,) = queries.devices(OPERATOR, account_id=world.ids[MINE])
    cell = {"variable": "KEP_010", "breakdown": "_T", "row": "", "state": "nilai", "value": "4"}
    message = {"message_id": str(uuid4()), "base": 0, "cells": [cell]}
    answer = client.post(f"{BUNDLE.removesuffix('paket.json')}simpan", message, "application/json")
    assert answer.json()["stored"], answer.json()
    assert Message.objects.get(pk=message["message_id"]).device_id == one.id


def test_a_form_without_script_is_on_a_device_too(world: World) -> None:
    client = Client(headers={"user-agent": PHONE})
    log_in(client, MINE)
    form = BUNDLE.removesuffix("/paket.json")
    assert client.get(form).status_code == 200
    (one,) = queries.devices(OPERATOR, account_id=world.ids[MINE])
    message = str(uuid4())
    given = {"pesan": message, "revisi": "0", "asal:/KEP_010/_T": "", "nilai:/KEP_010/_T": "4"}
    assert client.post(form, given).status_code == 302
    assert Message.objects.get(pk=message).device_id == one.id


def test_a_form_that_is_typed_in_from_paper_is_on_a_device_too(world: World) -> None:
    client = Client(headers={"user-agent": LAPTOP})
    log_in(client, ABOVE)
    form = BUNDLE.replace("/isi/", "/kertas/").removesuffix("/paket.json")
    assert client.get(form).status_code == 200
    (one,) = queries.devices(OPERATOR, account_id=world.ids[ABOVE])
    message = str(uuid4())
    given = {"pesan": message, "revisi": "0", "asal:/KEP_010/_T": "", "nilai:/KEP_010/_T": "4"}
    assert client.post(form, given | {"pengisi": "Ibu Contoh"}).status_code == 302
    assert Message.objects.get(pk=message).device_id == one.id
