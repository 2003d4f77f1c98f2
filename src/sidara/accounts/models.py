"""Tables of `accounts`: people, grants, codes, tokens, devices; log-ins, events, uses of tokens only grow.

Triggers in the migrations guard what only grows, on SQLite and on PostgreSQL.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from sidara.accounts.core import Bounds, EventKind, Failure, Method
from sidara.accounts.core import device as word
from sidara.accounts.core.naming import LONGEST, device, normal
from sidara.accounts.core.roles import reachable
from sidara.accounts.core.token import Refusal
from sidara.kernel.actor import Area
from sidara.records.prepared import Prepared, slot


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their log-in name, however it was typed, and by their id in words that are kept."""

    def get(self, *args: Any, **wanted: Any) -> "Account":
        """Find one; every request of who has logged in asks for one by its id."""
        if not args and wanted.keys() == {"pk"}:
            found = _BY_ID.model(id=wanted["pk"])
            if found is not None:
                return found
        return super().get(*args, **wanted)

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find by log-in name."""
        return self.get(login_name=normal(username or ""))


class Account(AbstractBaseUser):
    """A person with a log-in name, or a program. Its id is the actor's id and is never given again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    login_name = models.CharField(max_length=LONGEST, unique=True)
    name = models.CharField(max_length=200, blank=True)
    function = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField()
    created_by_name = models.CharField(max_length=200)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["function"]

    class Meta:
        """By log-in name; names are normal and never empty."""

        ordering = ("login_name",)
        constraints = (models.CheckConstraint(condition=~Q(login_name=""), name="account_login_name"),)

    def __str__(self) -> str:
        """Show the name, else the function."""
        return self.name or self.function

    def reachable(self, today: date) -> tuple[Bounds, ...]:
        """Give the bounds that decide who governs the account."""
        rows = self.grants.prefetch_related("places__region")
        return reachable(((row.as_bounds(), row.valid_to) for row in rows), today)


_BY_ID = Prepared(lambda: Account.objects.filter(pk=slot(Account, "id")))


class Grant(models.Model):
    """A role of an account, for regions (each with all below it) or everywhere, from a day to a day.

    `sectors` are codes, sorted, joined by commas; empty = not bounded. Days are inclusive. `company` is whose
    commitments it is for, as written.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32)
    is_everywhere = models.BooleanField(default=False)
    sectors = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=200, blank=True, db_default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="after")
    granted_at = models.DateTimeField()
    granted_by_id = models.UUIDField()
    granted_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        """Oldest first; a span is whole, or empty by one day: ended before it began."""

        ordering = ("valid_from", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")) | Q(ended_at__isnull=False),
                name="grant_span",
            ),
        )
        indexes = (models.Index(fields=("role", "valid_to"), name="grant_role"),)

    def as_bounds(self) -> Bounds:
        """Give the bounds; regions by their code of today, what lies below them left out."""
        return self.bounded(place.region.code for place in self.places.all())

    def bounded(self, codes: Iterable[str]) -> Bounds:
        """Give the same where the codes of its regions were read before."""
        places = () if self.is_everywhere else tuple(codes)
        area = Area(places, is_everywhere=self.is_everywhere)
        sectors = frozenset(filter(None, self.sectors.split(",")))
        return Bounds(self.role, area, sectors, self.company)


class GrantRegion(models.Model):
    """A region of a grant, with all that lies below it."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="places")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")

    class Meta:
        """Once in a grant."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("grant", "region"), name="grant_region_once"),)


class OneTimeCode(models.Model):
    """A one-time code: its keyed digest only. At most one of an account is open."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    issued_by_id = models.UUIDField()
    issued_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)
    is_used = models.BooleanField(default=False)

    class Meta:
        """Newest last; one open code an account."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("account",), condition=Q(closed_at=None), name="code_one_open"),
        )


class LogIn(models.Model):
    """A log-in or an attempt. Only grows.

    `name_key` is a keyed digest of the typed name, so that a password typed into the wrong field is not kept;
    `address_key` is the address, of IPv6 its network; `device_key` is set when the device was known.
    """

    at = models.DateTimeField()
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="log_ins", db_index=False)
    name_key = models.CharField(max_length=64)
    address = models.GenericIPAddressField()
    address_key = models.CharField(max_length=64)
    device_key = models.CharField(max_length=64, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    method = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Method])
    is_success = models.BooleanField()
    failure = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in Failure])

    class Meta:
        """In the order of time; found by account, by name, by address."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("account", "id"), name="log_in_account"),
            models.Index(fields=("name_key", "at"), name="log_in_name"),
            models.Index(fields=("address_key", "at"), name="log_in_address"),
        )


class Event(models.Model):
    """Something that happened to an account; who did it as named that day. Only grows."""

    at = models.DateTimeField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=20, choices=[(one.value, one.name) for one in EventKind])
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        """In the order of time; found by account."""

        ordering = ("id",)
        indexes = (models.Index(fields=("account", "id"), name="event_account"),)


class Token(models.Model):
    """A token of a program: its scope, its keyed digest, its days. Only its end is written later.

    `operations` and `sectors` are codes, sorted, joined by commas; empty = not narrowed by them. It opens the
    grants for which it was made (`TokenGrant`) and no later one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    operations = models.CharField(max_length=2000, blank=True)
    sectors = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField()
    created_by_name = models.CharField(max_length=200)
    last_day = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by_id = models.UUIDField(null=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        """Oldest first."""

        ordering = ("created_at", "id")


class TokenGrant(models.Model):
    """A grant that a token opens."""

    token = models.ForeignKey(Token, models.PROTECT, related_name="opens")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")

    class Meta:
        """Once in a token."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("token", "grant"), name="token_grant_once"),)


class TokenRegion(models.Model):
    """A region to which a token is narrowed, with all that lies below it."""

    token = models.ForeignKey(Token, models.PROTECT, related_name="places")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")

    class Meta:
        """Once in a token."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("token", "region"), name="token_region_once"),)


class TokenUse(models.Model):
    """A use of a token (of an address the first in an hour), or an attempt with one. Only grows."""

    at = models.DateTimeField()
    token = models.ForeignKey(Token, models.PROTECT, null=True, related_name="uses", db_index=False)
    address = models.GenericIPAddressField()
    address_key = models.CharField(max_length=64)
    agent = models.CharField(max_length=300, blank=True)
    refusal = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in Refusal])

    class Meta:
        """In the order of time; found by token and by address."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("token", "id"), name="token_use_token"),
            models.Index(fields=("address_key", "at"), name="token_use_address"),
        )


class Device(models.Model):
    """A browser in which an account works: its mark, its name, its end.

    `mark` is the digest of what its cookie holds for this account, `left` how many answers wait there unsent,
    as it told when it was revoked.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="devices")
    mark = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=word.LONGEST)
    agent = models.CharField(max_length=300, blank=True)
    enrolled_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by_id = models.UUIDField(null=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    cleared_at = models.DateTimeField(null=True)
    left = models.IntegerField(default=0)

    class Meta:
        """Oldest first."""

        ordering = ("enrolled_at", "id")

    def as_word(self) -> word.Device:
        """Give the device as a plain value."""
        return word.Device(
            id=self.pk,
            account_id=self.account_id,
            name=self.name,
            what=device(self.agent),
            enrolled_at=self.enrolled_at,
            seen_at=self.seen_at,
            revoked_at=self.revoked_at,
            revoked_by=self.revoked_by_name,
            reason=self.reason,
            cleared_at=self.cleared_at,
            left=self.left,
        )
