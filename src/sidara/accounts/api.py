"""The JSON door of people: `/api/v1/me` (who asks) and `/api/v1/people`, as far as rights permit."""

from dataclasses import fields
from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

from ninja import Router, Schema

from sidara.accounts import queries, services
from sidara.accounts.core import Person, operations_of
from sidara.accounts.core.device import Changed, Device
from sidara.accounts.queries import LOG_IN, READ
from sidara.accounts.services import KEEP_DEVICES
from sidara.kernel.actor import Actor, Area
from sidara.kernel.clock import local_date, now
from sidara.ui.api import (
    Cursor,
    Limit,
    Page,
    Paged,
    Problem,
    Text,
    missing,
    read_cursor,
    reads,
    write_cursor,
    writes,
)
from sidara.ui.rights import Asking

router = Router(tags=["people"])
MOST_PAGES = 100_000


class BoundsOut(Schema):
    """What one grant lets: operations x areas (empty with `everywhere`) x sectors (empty = all).

    `company`: whose commitments it is for, empty where the role names none.
    """

    role: str
    operations: list[str]
    under: list[str]
    everywhere: bool
    sectors: list[str]
    company: str
    valid_from: date | None
    valid_to: date | None


class MeOut(Schema):
    """Who asks, and what that account or token may do."""

    id: UUID
    name: str
    function: str
    operations: list[str]
    grants: list[BoundsOut]


class HeldOut(Schema):
    """A grant of a person."""

    id: UUID
    role: str
    under: list[str]
    everywhere: bool
    sectors: list[str]
    company: str
    valid_from: date
    valid_to: date | None
    in_force: bool


class PersonOut(Schema):
    """An account that one governs at least in part."""

    id: UUID
    login_name: str
    name: str
    function: str
    is_active: bool
    last_login_at: datetime | None
    grants: list[HeldOut]


class DeviceOut(Schema):
    """A browser in which an account works; `left` answers wait unsent on a revoked one that told so."""

    id: UUID
    name: str
    what: str
    enrolled_at: datetime
    seen_at: datetime
    revoked_at: datetime | None
    revoked_by: str
    reason: str
    cleared_at: datetime | None
    left: int


class NameIn(Schema):
    """Another name of a device."""

    name: Text


class WhyIn(Schema):
    """Why a device is revoked."""

    reason: Text


@reads(router, "/me", right=LOG_IN, response=MeOut)
def who_am_i(request: Asking) -> dict[str, object]:
    """Siapa yang bertanya, dan apa yang boleh dilakukannya di mana."""
    return _me(request.actor)


@reads(router, "/people", right=READ, response=Paged[PersonOut])
def list_people(
    request: Asking,
    q: Text = "",
    role: Text = "",
    under: Text = "",
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[dict[str, object]]:
    """Orang yang diurus akun ini, menurut nama masuk."""
    after = read_cursor(cursor)
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else 1
    day = local_date(now())
    found = queries.people(
        request.actor, day=day, text=q, role=role, under=under, number=number, on_page=limit
    )
    items = [_person(line.person, day) for line in found.lines]
    return Page(items, write_cursor(str(found.after)) if found.number < found.pages else "")


@reads(router, "/people/{account}/devices", right=READ, response=list[DeviceOut])
def list_devices(request: Asking, account: UUID) -> list[dict[str, object]]:
    """Perangkat satu orang, yang terakhir terhubung lebih dahulu."""
    found = _person_of(request, account)
    return [_device(one) for one in queries.devices(request.actor, account_id=found.id)]


@writes(router, "/people/{account}/devices/{device}", right=KEEP_DEVICES, response=DeviceOut)
def rename_device(request: Asking, account: UUID, device: UUID, body: NameIn) -> dict[str, object]:
    """Ganti nama sebuah perangkat."""
    _device_of(request, account, device)
    done = services.rename_device(request.actor, device_id=device, name=body.name)
    return _changed(request, done, device)


@writes(
    router,
    "/people/{account}/devices/{device}/revoke",
    right=KEEP_DEVICES,
    response=DeviceOut,
    method="POST",
)
def revoke_device(request: Asking, account: UUID, device: UUID, body: WhyIn) -> dict[str, object]:
    """Cabut sebuah perangkat dengan alasan: sesinya berakhir; yang belum terkirim tetap di sana."""
    _device_of(request, account, device)
    done = services.revoke_device(request.actor, device_id=device, reason=body.reason)
    return _changed(request, done, device)


@reads(router, "/people/{account}", right=READ, response=PersonOut)
def show_person(request: Asking, account: UUID) -> dict[str, object]:
    """Satu orang dengan tugas dan haknya."""
    return _person(_person_of(request, account), local_date(now()))


def _person_of(request: Asking, account: UUID) -> Person:
    """Find a person that one governs, at least in part; the own account is no program's."""
    found = queries.person(request.actor, account) if account != request.actor.id else None
    if found is None:
        raise missing("Akun", str(account))
    return found


def _device_of(request: Asking, account: UUID, device: UUID) -> None:
    """Refuse a device that is none of that person."""
    found = _person_of(request, account)
    if device not in {one.id for one in queries.devices(request.actor, account_id=found.id)}:
        raise missing("Perangkat", str(device))


def _changed(request: Asking, done: Changed, device: UUID) -> dict[str, object]:
    """Give the device as it is now; what was refused is a problem."""
    if done.is_refused:
        is_revoked = done.findings[0].code == "DEVICE_REVOKED"
        raise Problem(HTTPStatus.CONFLICT if is_revoked else HTTPStatus.BAD_REQUEST, *done.findings)
    found = queries.device(request.actor, device)
    if found is None:
        raise missing("Perangkat", str(device))
    return _device(found)


def _device(one: Device) -> dict[str, object]:
    return {field.name: getattr(one, field.name) for field in fields(one) if field.name != "account_id"}


def _me(actor: Actor) -> dict[str, object]:
    return {
        "id": actor.id,
        "name": actor.name,
        "function": actor.function,
        "operations": sorted(operations_of(actor)),
        "grants": [
            {
                "role": one.role,
                "operations": sorted(one.operations),
                **_area(one.area),
                "sectors": sorted(one.sectors),
                "company": one.company,
                "valid_from": one.valid_from,
                "valid_to": one.valid_to,
            }
            for one in actor.grants
        ],
    }


def _person(one: Person, day: date) -> dict[str, object]:
    return {
        "id": one.id,
        "login_name": one.login_name,
        "name": one.name,
        "function": one.function,
        "is_active": one.is_active,
        "last_login_at": one.last_login_at,
        "grants": [
            {
                "id": held.id,
                "role": held.role,
                **_area(held.bounds.area),
                "sectors": sorted(held.bounds.sectors),
                "company": held.bounds.company,
                "valid_from": held.valid_from,
                "valid_to": held.valid_to,
                "in_force": held.is_valid(day),
            }
            for held in one.grants
        ],
    }


def _area(area: Area) -> dict[str, object]:
    return {"under": list(area.under), "everywhere": area.is_everywhere}
