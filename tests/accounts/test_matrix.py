"""Nobody in where he does not belong: every address, every role, every area, by real requests.

Addresses are found by walking the resolver, so that a new one without a right, or with a right that is too
wide, fails here by itself. What is expected is read from the declared content (`roles.yaml`) and the cast
alone, not by means of the product; a few rows are written by hand, so that a rule taken out of
the content is missed, too.
"""

import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from sidara.accounts.formats import content as room_content
from sidara.kernel import content
from sidara.kernel.actor import OPERATOR, PUBLIC_OPERATIONS
from sidara.ui.rights import needs
from sidara.verification.core import Step
from sidara.web import urls as web_urls
from tests.world import CAST, Part, World

ROLES = {entry["code"]: entry for entry in content.load("sidara.accounts", "roles")["roles"]}
KEEP_OWN = "accounts.keep_own"
READ = "accounts.read"
PARTS = {part.login: part for part in CAST}
PLACES = {
    "a": {"village": "62.01.02.2016", "area": "62.01", "district": "62.01.02", "person": "operator-desa-a"},
    "b": {"village": "62.03.01.1006", "area": "62.03", "district": "62.03.01", "person": "operator-desa-b"},
    "both": {"village": "62.01.03.2001", "area": "62", "district": "62.01.03", "person": "pendamping-ac"},
    "above": {"village": "62.01.02.2017", "area": "62", "district": "62.01.02", "person": "pmd-provinsi"},
}
VALUES = {
    "rest": "tidak-ada",
    "table": "status",
    "suffix": "csv",
    "key": "abc",
    "pk": 1,
    "draft": UUID(int=1),
    "kind": "elemen",
    "entry_code": "KEP_001",
    "form": "KEP_TRIWULAN",
    "period": "2026-Q1",
    "file": UUID(int=2),
    "uid": UUID(int=3),
    "number": 1,
    "paper": "0000-0000-0000",
    "roll": "tim",
    "step": "district",
    "government": "desa",
    "index": "idm",
    "item": "S34",
    "subject": "62.01.02.2016",
    "finding": UUID(int=3),
}
"""Of kinds of arguments that are no place and no person: something that may be there or not."""
VILLAGES = ("isi/", "kirim/", "kertas/", "bukti/", "hapus-data/", "salin/", "periksa/")
"""What the addresses of a form of one village begin with."""
FORM_SECTOR = "KEP"
"""That of the form in `VALUES`."""
WORD = {True: "in", False: "out"}
IN_FORCE = [part for part in CAST if part.login not in {"habis", "nanti"} and part.role != "klien-api"]


@dataclass(frozen=True)
class Door:
    """An address: its name, pattern, right, and the converters it takes."""

    name: str
    pattern: str
    operation: str
    takes: frozenset[str]

    @property
    def is_public(self) -> bool:
        return self.operation in PUBLIC_OPERATIONS

    @property
    def has_target(self) -> bool:
        return bool({"account", "grant", "code"} & self.takes)


def doors(resolver: URLResolver, before: str = "") -> Iterator[Door]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from doors(entry, before + str(entry.pattern))
            continue
        assert isinstance(entry, URLPattern)
        if getattr(entry.callback, "operations", None):
            continue  # operations of the API: `test_api_matrix`
        takes = frozenset(entry.pattern.converters)
        operation = getattr(entry.callback, "operation", "")
        yield Door(entry.name or "", before + str(entry.pattern), operation, takes)


def address(door: Door, place: dict[str, str], world: World) -> str:
    """Fill an address with a place or a person of an area."""
    values: dict[str, object] = {}
    for name in door.takes:
        if name == "account":
            values[name] = world.ids[place["person"]]
        elif name == "grant":
            values[name] = world.grant(place["person"])
        elif name == "code":
            is_district = door.name == "people-issue-sheet"
            is_village = any(one in door.pattern for one in ("desa/", *VILLAGES))
            values[name] = place["district" if is_district else "village" if is_village else "area"]
        else:
            values[name] = VALUES[name]
    return reverse(door.name, kwargs=values)


def lies_in(code: str, areas: tuple[str, ...]) -> bool:
    return not areas or any(f"{code}.".startswith(f"{area}.") for area in areas)


def gives(viewer: Part, target: Part, *, whole: bool) -> bool:
    """Whether the content lets the viewer govern the target: its role, and all (or one) of its places."""
    if target.role not in ROLES[viewer.role].get("gives", ()):
        return False
    if not target.under:
        return not viewer.under
    inside = [lies_in(code, viewer.under) for code in target.under]
    return all(inside) if whole else any(inside)


def operations(viewer: Part) -> set[str]:
    """The operations of a role, with those that it has only on the level on which the viewer holds it."""
    role, level = ROLES[viewer.role], ("pusat", "provinsi", "kabupaten", "kecamatan", "desa")
    levels = {level[code.count(".") + 1] for code in viewer.under} or {"pusat"}
    at = role.get("operations_at", {})
    return set(role["operations"]).union(*(at.get(one, ()) for one in levels))


def may(viewer: Part | None, door: Door, place: dict[str, str]) -> bool:
    """Say what the declared content lets happen at a door."""
    if door.operation in PUBLIC_OPERATIONS:
        return True
    if viewer is None:
        return False
    if door.operation == KEEP_OWN:
        return True
    if door.operation not in operations(viewer):
        return False
    if "form" in door.takes and viewer.sectors and FORM_SECTOR not in viewer.sectors:
        return False
    if "step" in door.takes and Step(VALUES["step"]).operation not in operations(viewer):
        return False
    if {"account", "grant"} & door.takes:
        target = PARTS[place["person"]]
        is_reading = door.operation == READ
        return (viewer.login == target.login and is_reading) or (
            viewer.login != target.login and gives(viewer, target, whole=not is_reading)
        )
    if "code" in door.takes:
        return lies_in(
            place["village" if door.pattern.startswith(VILLAGES) else "district"],
            viewer.under,
        )
    return True


def is_in(response: HttpResponse, door: Door) -> bool:
    """Whether a response let the asker in. What is out of reach looks as if it were not; no file is there."""
    led_away = response.status_code == 302 and response["location"].startswith("/masuk?next=")
    if response.status_code in {403, 405} or led_away:
        return False
    is_hidden = response.status_code == 404 and door.has_target and "file" not in door.takes
    return door.is_public or not is_hidden


def tried(door: Door, viewer: Part | None, client: Client, place: str, world: World) -> Iterator[str]:
    """Try one address as one person in one area, by GET, and by POST where nothing may come of it."""
    expected = may(viewer, door, PLACES[place])
    url = address(door, PLACES[place], world)
    for method in ("get",) if expected else ("get", "post"):
        with transaction.atomic():
            response = getattr(client, method)(url)
            transaction.set_rollback(True)
        let_in = is_in(response, door)
        if response.status_code >= 500 or let_in != expected:
            yield (
                f"{method} {url} as {viewer.login if viewer else 'publik'}: "
                f"{WORD[let_in]} ({response.status_code}), expected {WORD[expected]}"
            )


def faults(world: World, *, only: str = "") -> Iterator[str]:
    """Try every address as every person, in every area; tell what is wrong as it is found."""
    for door in [one for one in doors(get_resolver()) if only in one.pattern]:
        if not door.operation:
            yield f"{door.pattern}: names no right"
            continue
        for viewer in [None, *IN_FORCE]:
            client = Client(raise_request_exception=False)
            if viewer is not None:
                client.force_login(_account(world.ids[viewer.login]))
            for place in PLACES if door.has_target and not door.is_public else ("a",):
                yield from tried(door, viewer, client, place, world)


def _account(account_id: UUID) -> object:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=account_id)


@pytest.mark.django_db
def test_every_address_lets_in_whom_the_content_says_and_nobody_else(world: World) -> None:
    assert list(faults(world)) == []


def test_the_public_role_of_the_content_is_what_the_kernel_lets_everybody() -> None:
    assert set(ROLES["publik"]["operations"]) == PUBLIC_OPERATIONS


SPOT = [
    (None, "/", True),
    (None, "/desa/62.01.02.2016", True),
    (None, "/masuk", True),
    (None, "/orang", False),
    (None, "/akun", False),
    ("operator-desa-a", "/akun", True),
    ("operator-desa-a", "/orang", False),
    ("opd-a", "/orang", False),
    ("pusat", "/orang", False),
    ("walidata", "/orang/baru", False),
    ("verifikator-kecamatan-a", "/orang", True),
    ("verifikator-kecamatan-a", "/orang/baru", True),
    ("verifikator-kecamatan-a", "/orang/lembar/62.01.02", True),
    ("verifikator-kecamatan-a", "/orang/lembar/62.01.03", False),
    ("verifikator-kecamatan-a", "/orang/lembar/62.03.01", False),
    ("verifikator-kecamatan-b", "/orang/lembar/62.01.02", False),
    ("pmd-kabupaten-a", "/orang/lembar/62.01.03", True),
    ("pmd-kabupaten-a", "/orang/lembar/62.03.01", False),
    ("pmd-provinsi", "/orang/lembar/62.03.01", True),
    ("admin", "/orang/lembar/62.03.01", True),
    ("admin-negeri", "/orang/lembar/62.03.01", True),
    ("operator-desa-a", "/tugas", True),
    ("operator-desa-a", "/isi/KEP_TRIWULAN/62.01.02.2016/2026-Q1", True),
    ("operator-desa-c", "/isi/KEP_TRIWULAN/62.01.02.2016/2026-Q1", False),
    ("kepala-desa-a", "/isi/KEP_TRIWULAN/62.01.02.2016/2026-Q1", True),
    ("opd-a", "/isi/KEP_TRIWULAN/62.01.02.2016/2026-Q1", False),
    ("verifikator-kecamatan-a", "/kertas/KEP_TRIWULAN/62.01.02.2016/2026-Q1", True),
    ("verifikator-kecamatan-b", "/kertas/KEP_TRIWULAN/62.01.02.2016/2026-Q1", False),
    ("kepala-desa-a", "/kertas/KEP_TRIWULAN/62.01.02.2016/2026-Q1", False),
    ("kepala-desa-a", "/kirim/KEP_TRIWULAN/62.01.02.2016/2026-Q1", True),
    ("kepala-desa-a", "/berkas", False),
    (None, "/tugas", False),
    ("habis", "/orang", False),
    ("nanti", "/orang", False),
    ("habis", "/akun", True),
]
"""Written by hand: who, address, in or out."""


def spot_faults(world: World) -> list[str]:
    found = []
    for login, url, expected in SPOT:
        client = Client()
        if login:
            client.force_login(_account(world.ids[login]))
        response = client.get(url)
        let_in = response.status_code == 200
        if let_in != expected:
            found.append(f"{url} as {login}: {response.status_code}")
    return found


@pytest.mark.django_db
def test_rows_written_by_hand(world: World) -> None:
    assert spot_faults(world) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "operation"),
    [("verifikator-kecamatan", "accounts.read"), ("pmd-kabupaten", "accounts.issue_sheets")],
)
def test_a_rule_that_is_taken_away_is_missed(
    world: World, monkeypatch: pytest.MonkeyPatch, role: str, operation: str
) -> None:
    roles = dict(room_content.roles())
    roles[role] = replace(roles[role], operations=roles[role].operations - {operation})
    monkeypatch.setattr(room_content, "roles", lambda: roles)
    assert spot_faults(world) != []
    assert any("expected in" in fault for fault in faults(world, only="orang"))


@pytest.mark.django_db
def test_a_rule_that_is_too_wide_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    roles = dict(room_content.roles())
    roles["opd"] = replace(roles["opd"], operations=frozenset({READ}), gives=frozenset({"operator-desa"}))
    monkeypatch.setattr(room_content, "roles", lambda: roles)
    assert any("opd-a: in" in fault for fault in faults(world, only="orang"))


def planted() -> object:
    """The real addresses, and two that a careless engineer added."""

    def without_right(request: object) -> HttpResponse:
        return HttpResponse("terbuka")

    def too_wide(request: object, account: UUID) -> HttpResponse:
        from sidara.accounts import queries

        return HttpResponse(queries.person(OPERATOR, account).name)

    module = types.ModuleType("planted_urls")
    module.urlpatterns = [
        path("tanam/tanpa-hak", without_right, name="planted-without-right"),
        path("tanam/<uuid:account>/bocor", needs(READ)(too_wide), name="planted-too-wide"),
        *web_urls.urlpatterns,
    ]
    return module


@pytest.mark.django_db
def test_a_view_without_a_right_and_one_that_shows_too_much_are_found(
    world: World, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from django.urls import clear_url_caches

    module = planted()
    monkeypatch.setitem(sys.modules, "planted_urls", module)
    settings.ROOT_URLCONF = "planted_urls"
    clear_url_caches()
    try:
        found = list(faults(world, only="tanam"))
    finally:
        settings.ROOT_URLCONF = "sidara.web.urls"
        clear_url_caches()
    assert "tanam/tanpa-hak: names no right" in found
    leaks = [fault for fault in found if "bocor" in fault]
    assert leaks
    assert all("in (200), expected out" in fault for fault in leaks)
