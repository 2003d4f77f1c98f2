"""Nobody in by the API where he does not belong: every operation, every role, area and sector, and tokens.

Operations are found by walking the resolver, so that a new one without a right, or with one that is too wide,
fails here by itself. What is expected is read from `roles.yaml`, the cast and the scope of the token alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sidara.accounts import services
from sidara.accounts.formats import content as room_content
from sidara.accounts.models import Device
from sidara.collection.services import saving
from sidara.kernel.actor import OPERATOR, PUBLIC_OPERATIONS
from sidara.ui.api import OR
from sidara.web.api import app, rate
from tests.accounts.test_matrix import IN_FORCE, PARTS, READ, gives, lies_in
from tests.accounts.test_matrix import operations as held_by
from tests.world import Part, World

FORMS = {"KEP_TRIWULAN": "KEP", "KES_TRIWULAN": "KES"}
PLACES = {
    "62.01.02.2016": "operator-desa-a",
    "62.01.03.2001": "operator-desa-c",
    "62.03.01.1006": "operator-desa-b",
}
ROWS = {"rows": [{"kode": "6201022016", "tahun": 2024, "iks": 0.7, "ike": 0.6, "ikl": 0.8}]}
BODIES = {
    "compute": ROWS,
    "explain": ROWS | {"code": "6201022016", "year": 2024},
    "prefill": {"base": 0, "chosen": [{"variable": "KEP_010", "origin": "period:KEP_TRIWULAN@2025-Q4"}]},
    "redactions": {"variable": "KEP_010", "reason": "ada NIK warga"},
    "{redaction}": {"confirm": True},
    "{upload}": {"name": "a.jpg", "size": 9, "sha256": "0" * 64},
    "keep": None,
    "{device}": {"name": "HP Bu Siti"},
    "send": {"revision": 1},
    "withdraw": {},
    "endorse": {"content_hash": "0" * 64},
    "accept": {"revision": 1},
    "return": {"revision": 1, "whole": True, "reason": "tidak cocok", "due_date": "2026-08-14"},
    "correct": {"cells": [{"variable": "KEP_010"}], "reason": "salah hitung"},
    "minutes": {},
    "revoke": {"reason": "hilang"},
    "{period}": {"base": 0, "cells": [{"variable": "KEP_010", "value": "4"}], "filler": "Contoh"},
}
"""What is sent where a body is wanted, by the last part of the address."""
BYTES, DIGEST = "{low}", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
"""An operation that takes bytes, and the hash of none."""
FILES, FILE = (
    {"imports", "evidence"},
    b"form,region,period,variable,value\nKEP_TRIWULAN,62.01.02.2016,2026-Q1,KEP_010,4\n",
)
ASKED = {
    "search": "?q=natai",
    "figures": "?dataset=x&variable=x",
    "indicators": "?indicator=x&period=2025",
    "explain/{code}": "?dataset=x",
    "findings": "?under=0&year=2026",
}
FEW = 20
"""How many leaks are looked at where each one shows the same."""
MESSAGE = "0b0f4a5e-6c1d-4f0e-9a53-6f1a3c9d2e11"
VALUES = {"kind": "variable", "name": "idm", "period": "2026-Q1", "piece": MESSAGE, "redaction": MESSAGE}
VALUES |= {"upload": MESSAGE, "low": 0, "government": "kabupaten_kota", "index": "idm", "item": "S34"}
VALUES |= {"uid": MESSAGE}


@dataclass(frozen=True)
class Viewer:
    """Who asks: somebody of the cast by session or by token, narrowed to areas, sectors, operations."""

    name: str
    part: Part | None = None
    token: str = ""
    under: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()

    def holds(self, right: str) -> bool:
        """Whether role and scope both name a right, or one of several that are enough."""
        if OR in right:
            return any(self.holds(one) for one in right.split(OR))
        if right in PUBLIC_OPERATIONS:
            return True
        if self.part is None:
            return False
        return right in held_by(self.part) and (not self.operations or right in self.operations)

    def reaches(self, region: str, sector: str) -> bool:
        """Whether role and scope both hold a region and a sector."""
        assert self.part is not None
        bounds = (self.part.sectors, self.sectors)
        return (
            lies_in(region, self.part.under)
            and lies_in(region, self.under)
            and all(not one or sector in one for one in bounds)
        )


@dataclass(frozen=True)
class Operation:
    """An operation of the API: its method, its address with places, its right."""

    method: str
    pattern: str
    right: str

    @property
    def takes(self) -> set[str]:
        return set(re.findall(r"{(\w+)}", self.pattern))

    @property
    def suffix(self) -> str:
        return self.pattern.rpartition("/")[2]


def operations(resolver: URLResolver | None = None, before: str = "/") -> Iterator[Operation]:
    """Every operation that the resolver knows."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from operations(entry, before + str(entry.pattern))
            continue
        assert isinstance(entry, URLPattern)
        pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", before + str(entry.pattern))
        for method, right in getattr(entry.callback, "operations", {}).items():
            yield Operation(method, pattern, right)


def addresses(one: Operation, world: World) -> Iterator[tuple[str, str, str, str]]:
    """Fill an address with every place and sector that matter: address, region, sector, person."""
    is_placed = "region" in one.takes
    for region, person in (
        PLACES.items() if is_placed or "account" in one.takes else [next(iter(PLACES.items()))]
    ):
        for form, sector in FORMS.items() if is_placed else [next(iter(FORMS.items()))]:
            code = "KEP_001" if "dictionary" in one.pattern else form if "forms" in one.pattern else region
            values = VALUES | {"code": code, "region": region, "form": form, "account": world.ids[person]}
            if "device" in one.takes:
                values["device"] = str(Device.objects.get(account=world.ids[person]).pk)
            query = next((text for end, text in ASKED.items() if one.pattern.endswith(end)), "")
            yield one.pattern.format(**values) + query, region, sector, person


def may(viewer: Viewer, one: Operation, region: str, sector: str, person: str) -> bool:
    """Say what the declared content and the scope let happen."""
    if not viewer.holds(one.right):
        return False
    if "account" in one.takes:
        target = PARTS[person]
        assert viewer.part is not None
        own = viewer.part.login == person
        return not own and gives(viewer.part, target, whole=one.right != READ)
    return "region" not in one.takes or viewer.reaches(region, sector)


def is_in(response: HttpResponse, one: Operation) -> bool:
    """Whether the asker was let in; a person out of reach looks as if there were none."""
    hidden = response.status_code == 404 and "account" in one.takes
    return response.status_code not in {401, 403} and not hidden


def faults(viewers: list[Viewer], world: World, *, only: str = "") -> Iterator[str]:
    """Try every operation as everybody, everywhere, in every sector; tell what is wrong as it is found."""
    for one in dict.fromkeys(operations()):
        if not one.right:
            yield f"{one.method} {one.pattern}: names no right"
            continue
        if only not in one.pattern:
            continue
        for viewer in viewers:
            client, headers = entered(viewer, world)
            for address, region, sector, person in addresses(one, world):
                expected = may(viewer, one, region, sector, person)
                with transaction.atomic():
                    response = tried(client, one, address, headers)
                    transaction.set_rollback(True)
                if response.status_code >= 500 or is_in(response, one) != expected:
                    yield (
                        f"{one.method} {address} as {viewer.name}: {response.status_code}, "
                        f"expected {'in' if expected else 'out'}"
                    )


def tried(client: Client, one: Operation, address: str, headers: dict[str, str]) -> HttpResponse:
    rate.COUNTER.forget()
    send = getattr(client, one.method.lower())
    if one.method == "GET":
        return send(address, headers=headers)
    if one.method == "DELETE":
        return send(address, headers=headers)
    if one.suffix in FILES:
        sent = {"file": SimpleUploadedFile("isian.csv", FILE)}
        return send(address, sent, headers=headers | {"idempotency-key": MESSAGE})
    if one.suffix == BYTES:
        named = headers | {"content-digest": DIGEST}
        return send(address, b"", content_type="application/octet-stream", headers=named)
    body = BODIES[one.suffix]
    return send(
        address, body, content_type="application/json", headers=headers | {"idempotency-key": MESSAGE}
    )


def entered(viewer: Viewer, world: World) -> tuple[Client, dict[str, str]]:
    client = Client(raise_request_exception=False)
    if viewer.token:
        return client, {"authorization": f"Bearer {viewer.token}"}
    if viewer.part is not None:
        client.force_login(get_user_model().objects.get(pk=world.ids[viewer.part.login]))
    return client, {}


def token(world: World, login: str, **scope: tuple[str, ...]) -> Viewer:
    made = services.issue_token(OPERATOR, account_id=world.ids[login], name="Contoh", **scope)
    assert made.text, made.findings
    return Viewer(f"token of {login} {scope}", PARTS[login], made.text, **scope)


@pytest.fixture
def viewers(world: World) -> list[Viewer]:
    """The public, everybody of the cast by session, and programs by tokens of every kind of scope."""
    for person in PLACES.values():
        services.enrol_device(world.actor(person), mark=person)
    return [
        Viewer("publik"),
        *(Viewer(part.login, part) for part in IN_FORCE),
        token(world, "klien-api"),
        token(world, "klien-api", under=("62.01.02",), sectors=("KES",)),
        token(world, "klien-api", operations=("collection.read",)),
        token(world, "pendamping-ac", under=("62.01.03",), operations=("collection.fill", "collection.read")),
        token(world, "verifikator-kecamatan-a"),
    ]


@pytest.mark.django_db
def test_every_operation_lets_in_whom_content_and_scope_say_and_nobody_else(
    world: World, viewers: list[Viewer]
) -> None:
    assert list(faults(viewers, world)) == []


def test_every_operation_of_the_library_is_found() -> None:
    known = {
        (method, view.view_func.__name__)
        for bound in app.api._get_bound_routers()
        for held in bound.path_operations.values()
        for view in held.operations
        for method in view.methods
    }
    assert len(known) == len(set(operations())) > 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "operation"),
    [
        ("operator-desa", "collection.fill"),
        ("klien-api", "collection.read"),
        ("pmd-kabupaten", "accounts.read"),
    ],
)
def test_a_rule_that_is_taken_away_is_missed(
    world: World, viewers: list[Viewer], monkeypatch: pytest.MonkeyPatch, role: str, operation: str
) -> None:
    roles = dict(room_content.roles())
    roles[role] = replace(roles[role], operations=roles[role].operations - {operation})
    monkeypatch.setattr(room_content, "roles", lambda: roles)
    only = "people" if operation == READ else "submissions"
    assert any("expected in" in fault for fault in faults(viewers, world, only=only))


@pytest.mark.django_db
def test_a_service_that_does_not_ask_is_seen(
    world: World, viewers: list[Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "may_bring", lambda *_args, **_named: True)
    leaks = list(islice(faults(viewers, world, only="{period}"), FEW))
    assert leaks
    assert all(leak.startswith("PATCH") and leak.endswith("expected out") for leak in leaks)


def test_an_operation_without_a_right_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = next(one for one in app.urlpatterns if getattr(one.callback, "operations", None))
    monkeypatch.setattr(entry.callback, "operations", {"GET": ""})
    assert [one.right for one in operations() if not one.right] == [""]
