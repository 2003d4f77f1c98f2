"""People: oneself, one, many by page; who may do what to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from sidara.accounts.core import Held, Person, Place, Role, governs, governs_all
from sidara.accounts.core.naming import normal
from sidara.accounts.core.roles import KEEP_OWN
from sidara.accounts.formats import content
from sidara.accounts.models import Account, Grant, GrantRegion
from sidara.accounts.queries.content import sectors
from sidara.kernel.actor import Actor, NotAllowed, require_somewhere
from sidara.regions import queries as regions
from sidara.regions.core import Level

READ = "accounts.read"
ISSUE_SHEETS = "accounts.issue_sheets"
ON_PAGE = 50
LONGEST_SEARCH = 100
MOST_OFFERED = 400


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: the tasks of the day; `is_mine`: the actor governs the whole account."""

    person: Person
    is_mine: bool
    tasks: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: its lines, its number from 1, how many accounts and pages there are."""

    lines: tuple[Listed, ...]
    number: int
    count: int
    pages: int

    @property
    def before(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the page after."""
        return self.number + 1


def own(actor: Actor) -> Person:
    """Give the actor's own account."""
    if not actor.may(KEEP_OWN):
        raise NotAllowed(actor, KEEP_OWN)
    return _persons(actor, Account.objects.filter(pk=actor.id))[0]


def person(actor: Actor, account_id: UUID) -> Person | None:
    """Give an account that the actor governs at least in part, or its own; `None` where there is none such.

    Refuses (`NotAllowed`) who reads no accounts at all. One out of reach looks as if it did not exist.
    """
    if account_id == actor.id:
        return own(actor)
    require_somewhere(actor, READ)
    found = _persons(actor, _reach(actor).filter(pk=account_id))
    return found[0] if found else None


def person_named(actor: Actor, login_name: str) -> Person | None:
    """Give an account by its log-in name, as `person` does."""
    require_somewhere(actor, READ)
    found = _persons(actor, _reach(actor).filter(login_name=normal(login_name)))
    return found[0] if found else None


def person_of_grant(actor: Actor, grant_id: UUID) -> Person | None:
    """Give the account of a grant, as `person` does."""
    account_id = Grant.objects.filter(pk=grant_id).values_list("account_id", flat=True).first()
    return person(actor, account_id) if account_id else None


def people(  # noqa: PLR0913 - one parameter a filter
    actor: Actor,
    *,
    day: date,
    text: str = "",
    role: str = "",
    under: str = "",
    number: int = 1,
    on_page: int = ON_PAGE,
) -> Page:
    """List the accounts that the actor governs at least in part, by log-in name.

    `text` begins a log-in name or stands in a name or function; `role` and `under` (a dotted code) hold
    of a grant that has not ended by `day`. A page out of bounds is the nearest one.
    """
    require_somewhere(actor, READ)
    rows = _reach(actor)
    if text := text.strip()[:LONGEST_SEARCH]:
        rows = rows.filter(
            Q(login_name__startswith=normal(text)) | Q(name__icontains=text) | Q(function__icontains=text)
        )
    if role or under:
        held = Grant.objects.filter(account=OuterRef("pk")).filter(Q(valid_to=None) | Q(valid_to__gte=day))
        if role:
            held = held.filter(role=role)
        if under:
            held = held.filter(places__region__code__in=_codes_under(actor, under))
        rows = rows.filter(Exists(held))
    count = rows.count()
    pages = max(1, -(-count // on_page))
    number = min(max(1, number), pages)
    shown = _persons(actor, rows[(number - 1) * on_page : number * on_page])
    lines = tuple(Listed(one, may_do(actor, READ, one, day), one.in_force(day)) for one in shown)
    return Page(lines, number, count, pages)


def may_do(actor: Actor, operation: str, person: Person, day: date) -> bool:
    """Whether the actor may do an operation of `accounts` to an account.

    Never to its own, else if it governs it.
    """
    return person.id != actor.id and governs_all(actor, operation, person.reachable(day), content.roles())


def may_end(actor: Actor, person: Person, held: Held, day: date) -> bool:
    """Whether the actor may end or hand over one grant: one it governs, that lasts, not its own."""
    return (
        person.id != actor.id
        and not held.is_past(day)
        and governs(actor, "accounts.end_grant", held.bounds, content.roles())
    )


def offered_places(actor: Actor) -> tuple[Place, ...]:
    """Give the places that the actor may give roles for, by code, to choose from while typing.

    The lowest levels are left out until the list is short enough for a page; any code can be typed.
    """
    frame = regions.register(actor).select("code", "level")
    areas = actor.areas("accounts.grant")
    found = [(code, level) for code, level in frame.iter_rows() if any(area.holds(code) for area in areas)]
    for lowest in (4, 3, 2):
        codes = [code for code, level in found if level <= lowest]
        if len(codes) <= MOST_OFFERED:
            known = regions.named(actor, codes)
            return tuple(Place(code, known[code].full_name) for code in codes if code in known)
    return ()


def require_reach(actor: Actor, operation: str, account_id: UUID) -> None:
    """Refuse (`NotAllowed`) unless the account is the actor's own or within reach of the operation."""
    if account_id == actor.id and actor.may(KEEP_OWN):
        return
    if not actor.may_somewhere(operation) or not _reach(actor).filter(pk=account_id).exists():
        raise NotAllowed(actor, operation)


def sheet_districts(actor: Actor, *, under: str = "") -> tuple[Place, ...]:
    """List the kecamatan for which the actor may make sheets, by code; `under`: those at or below an area."""
    require_somewhere(actor, ISSUE_SHEETS)
    codes = [
        code
        for code in regions.register(actor).filter(level=Level.DISTRICT)["code"]
        if actor.may(ISSUE_SHEETS, region=code)
    ]
    if under:
        inside = _codes_under(actor, under)
        codes = [code for code in codes if code in inside]
    known = regions.named(actor, codes)
    return tuple(Place(code, known[code].full_name) for code in codes if code in known)


def _codes_under(actor: Actor, code: str) -> frozenset[str]:
    top = regions.resolve(actor, code)
    return regions.within(actor, top.id) if top else frozenset()


def _reach(actor: Actor) -> QuerySet[Account]:
    """Choose the accounts with a grant that the actor governs, by one of its own grants."""
    if actor.may(READ) and not actor.holding(READ):
        return Account.objects.all()
    roles = content.roles()
    reached = Q(pk__in=())
    for grant in actor.holding(READ):
        given = roles[grant.role].gives if grant.role in roles else frozenset[str]()
        if grant.area.is_everywhere:
            reached |= Q(pk__in=Grant.objects.filter(role__in=given).values("account"))
        else:
            inside = GrantRegion.objects.filter(region__code__in=grant.area.codes, grant__role__in=given)
            reached |= Q(pk__in=inside.values("grant__account"))
    return Account.objects.filter(reached)


def _persons(actor: Actor, rows: QuerySet[Account]) -> Sequence[Person]:
    """Read accounts with their grants."""
    found = list(rows.prefetch_related("grants__places__region"))
    totp = set(
        Authenticator.objects.filter(
            user_id__in=[row.pk for row in found], type=Authenticator.Type.TOTP
        ).values_list("user_id", flat=True)
    )
    roles = content.roles()
    names = _sector_names(actor, found)
    return [
        Person(
            id=row.pk,
            login_name=row.login_name,
            name=row.name,
            function=row.function,
            is_active=row.is_active,
            has_password=row.has_usable_password(),
            has_totp=row.pk in totp,
            last_login_at=row.last_login,
            created_at=row.created_at,
            grants=tuple(_held(grant, roles.get(grant.role), names) for grant in row.grants.all()),
        )
        for row in found
    ]


def _sector_names(actor: Actor, rows: Iterable[Account]) -> Mapping[str, str]:
    """Give the names of sectors by code; the dictionary is asked only where a grant is bounded by any."""
    is_bounded = any(grant.sectors for row in rows for grant in row.grants.all())
    return dict(sectors(actor)) if is_bounded else {}


def _held(row: Grant, role: Role | None, names: Mapping[str, str]) -> Held:
    places = _places(place.region for place in row.places.all())
    bounds = row.as_bounds()
    return Held(
        id=row.pk,
        role=row.role,
        role_name=role.name if role else row.role,
        places=places,
        bounds=bounds,
        sector_names=tuple(names.get(code, code) for code in sorted(bounds.sectors)),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        granted_by=row.granted_by_name,
        ended_by=row.ended_by_name,
        before=row.before_id,
    )


def _places(found: Iterable[object]) -> tuple[Place, ...]:
    return tuple(Place(one.code, one.as_word().full_name) for one in found)  # type: ignore[attr-defined]  # rows of regions
