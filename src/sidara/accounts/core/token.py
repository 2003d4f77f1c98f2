"""Tokens of programs: how they are written, and that one only ever narrows what its account may do.

A token is `sdr_PREFIX_SECRET`: eight signs that may be read by anybody, so that its holder knows which one
it is, and 160 random bits that are told once. Only a keyed digest of the secret is kept.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sidara.kernel.actor import EVERY_OPERATION, PUBLIC_OPERATIONS, Actor, Area, Grant
from sidara.kernel.finding import Finding

MARK = "sdr"
PREFIX_BITS = 40
SECRET_BITS = 160
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
_SHAPE = re.compile(
    rf"{MARK}_([{_SIGNS}]{{{PREFIX_BITS // 5}}})_([{_SIGNS}]{{{SECRET_BITS // 5}}})", re.ASCII
)


class Refusal(StrEnum):
    """Why a token was not taken, for the audit; who sent it is told less."""

    NONE = ""
    UNKNOWN = "unknown"
    WRONG = "wrong"
    EXPIRED = "expired"
    REVOKED = "revoked"
    INACTIVE = "inactive"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {
            "": "",
            "unknown": "token tidak dikenal",
            "wrong": "token tidak cocok",
            "expired": "token sudah lewat waktunya",
            "revoked": "token sudah dicabut",
            "inactive": "akun tidak aktif",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Scope:
    """To what a token is narrowed. Empty `operations` or `sectors`, no `area` = not narrowed by them."""

    operations: frozenset[str] = frozenset()
    area: Area | None = None
    sectors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its holder sees it; the secret is not here."""

    id: UUID
    prefix: str
    name: str
    operations: tuple[str, ...]
    places: tuple[str, ...]
    sectors: tuple[str, ...]
    created_at: datetime
    created_by: str
    last_day: date
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    has_grant: bool = True

    def is_open(self, day: date) -> bool:
        """Whether the token still opens anything."""
        return self.has_grant and self.revoked_at is None and day <= self.last_day


@dataclass(frozen=True, slots=True)
class TokenUse:
    """One use of a token, or an attempt."""

    at: datetime
    prefix: str
    address: str
    device: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token: `text` is told here and nowhere else. With findings nothing was made."""

    token_id: UUID | None = None
    text: str = ""
    last_day: date | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether nothing was made."""
        return bool(self.findings)


def write(prefix: int, secret: int) -> str:
    """Write random numbers of `PREFIX_BITS` and `SECRET_BITS` as a token."""
    return f"{MARK}_{_signs(prefix, PREFIX_BITS)}_{_signs(secret, SECRET_BITS)}"


def read(text: str) -> tuple[str, str] | None:
    """Part a token into prefix and secret; `None` for what is none."""
    found = _SHAPE.fullmatch(text.strip())
    return (found[1], found[2]) if found else None


def digest(prefix: str, secret: str, key: bytes) -> str:
    """Give what is kept of a token: HMAC-SHA256 over prefix and secret, in hex."""
    return hmac.new(key, f"{prefix}:{secret}".encode(), hashlib.sha256).hexdigest()


def is_same(first: str, second: str) -> bool:
    """Compare digests without telling by time where they differ."""
    return hmac.compare_digest(first, second)


def narrow(actor: Actor, scope: Scope, grants: frozenset[str]) -> Actor:
    """Give the actor of a token: of the account's grants those it was made for, each within the scope.

    What everybody may do without log-in stays. What an account may do to itself does not go along: a token
    makes no tokens. Nothing is added; a bound that would leave nothing takes the grant away.
    """
    kept = tuple(
        narrowed
        for grant in actor.grants
        if grant.id in grants and (narrowed := _within(grant, scope)) is not None
    )
    return Actor(actor.id, actor.name, actor.function, actor.operations & PUBLIC_OPERATIONS, kept)


def _within(grant: Grant, scope: Scope) -> Grant | None:
    """Give the part of a grant that lies in a scope; `None` where nothing is left."""
    operations = grant.operations & scope.operations if scope.operations else grant.operations
    if EVERY_OPERATION in grant.operations and scope.operations:
        operations = scope.operations
    area = grant.area if scope.area is None else grant.area.part_in(scope.area)
    sectors = _meet(grant.sectors, scope.sectors)
    if not operations or area is None or sectors is None:
        return None
    return Grant(
        id=grant.id,
        role=grant.role,
        operations=operations,
        area=area,
        sectors=sectors,
        datasets=grant.datasets,
        stages=grant.stages,
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
        company=grant.company,
    )


def _meet(first: frozenset[str], second: frozenset[str]) -> frozenset[str] | None:
    """Give what two bounds have in common. Empty is no bound; `None` where bounds leave nothing."""
    if not first or not second:
        return first or second
    return (first & second) or None


def _signs(number: int, bits: int) -> str:
    return "".join(_SIGNS[number >> place & 31] for place in range(bits - 5, -1, -5))
