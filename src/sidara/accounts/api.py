"""The JSON door of people: `/api/v1/me` (who asks) and `/api/v1/people`, as far as rights permit."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from sidara.accounts import queries
from sidara.accounts.core import Person, operations_of
from sidara.accounts.queries import LOG_IN, READ
from sidara.kernel.actor import Actor, Area
from sidara.kernel.clock import local_date, now
from sidara.ui.api import Cursor, Limit, Page, Paged, Text, missing, read_cursor, reads, write_cursor
from sidara.ui.rights import Asking

router = Router(tags=["people"])
MOST_PAGES = 100_000


class BoundsOut(Schema):
    """What one grant lets: operations x areas (empty with `everywhere`) x sectors (empty = all)."""

    role: str
    operations: list[str]
    under: list[str]
    everywhere: bool
    sectors: list[str]
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


@reads(router, "/people/{account}", right=READ, response=PersonOut)
def show_person(request: Asking, account: UUID) -> dict[str, object]:
    """Satu orang dengan tugas dan haknya."""
    found = queries.person(request.actor, account) if account != request.actor.id else None
    if found is None:
        raise missing("Akun", str(account))
    return _person(found, local_date(now()))


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
                "valid_from": held.valid_from,
                "valid_to": held.valid_to,
                "in_force": held.is_valid(day),
            }
            for held in one.grants
        ],
    }


def _area(area: Area) -> dict[str, object]:
    return {"under": list(area.under), "everywhere": area.is_everywhere}
