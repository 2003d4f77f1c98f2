"""What other rooms and doors see of accounts: people, their grants, log-ins, events, sheets. Plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sidara.accounts.core.roles import Bounds, reachable
from sidara.kernel.finding import Finding


class Method(StrEnum):
    """How somebody logged in, or tried to."""

    PASSWORD = "password"  # noqa: S105 - a word, no secret
    TOTP = "totp"
    PASSKEY = "passkey"
    PASSWORD_PASSKEY = "password_passkey"  # noqa: S105 - a word, no secret
    CODE = "code"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {
            "password": "kata sandi",
            "totp": "kata sandi dan kode aplikasi",
            "passkey": "passkey",
            "password_passkey": "kata sandi dan passkey",
            "code": "kode sekali pakai",
        }[self.value]


class Failure(StrEnum):
    """Why a log-in failed, for the audit; the screen says less."""

    NONE = ""
    WRONG = "wrong"
    SECOND_STEP = "second_step"
    THROTTLED = "throttled"
    INACTIVE = "inactive"
    CODE = "code"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {
            "": "",
            "wrong": "kata sandi tidak cocok",
            "second_step": "langkah kedua tidak cocok",
            "throttled": "terlalu sering mencoba",
            "inactive": "akun tidak aktif",
            "code": "kode sekali pakai tidak berlaku",
        }[self.value]


class EventKind(StrEnum):
    """What happened to an account."""

    CREATED = "created"
    GRANTED = "granted"
    GRANT_ENDED = "grant_ended"
    HANDED_OVER = "handed_over"
    RECOVERED = "recovered"
    CODE_ISSUED = "code_issued"
    CODE_USED = "code_used"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a word, no secret
    TOTP_ADDED = "totp_added"
    TOTP_REMOVED = "totp_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    SESSIONS_ENDED = "sessions_ended"
    TOKEN_MADE = "token_made"  # noqa: S105 - a word, no secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a word, no secret
    DEVICE_ENROLLED = "device_enrolled"
    DEVICE_RENAMED = "device_renamed"
    DEVICE_REVOKED = "device_revoked"
    DEVICE_CLEARED = "device_cleared"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {
            "created": "Akun dibuat",
            "granted": "Hak diberikan",
            "grant_ended": "Hak diakhiri",
            "handed_over": "Hak diserahterimakan",
            "recovered": "Akun dipulihkan",
            "code_issued": "Kode sekali pakai dibuat",
            "code_used": "Kode sekali pakai dipakai",
            "password_changed": "Kata sandi diganti",
            "totp_added": "Kode aplikasi dipasang",
            "totp_removed": "Kode aplikasi dilepas",
            "passkey_added": "Passkey ditambahkan",
            "passkey_removed": "Passkey dihapus",
            "sessions_ended": "Semua sesi lain diakhiri",
            "token_made": "Token dibuat",
            "token_revoked": "Token dicabut",
            "device_enrolled": "Perangkat tercatat",
            "device_renamed": "Nama perangkat diganti",
            "device_revoked": "Perangkat dicabut",
            "device_cleared": "Perangkat melapor sudah kosong",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """A region of a grant: public code and name with its kind."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Held:
    """One grant of an account, in force or not."""

    id: UUID
    role: str
    role_name: str
    places: tuple[Place, ...]
    bounds: Bounds
    valid_from: date
    valid_to: date | None
    granted_by: str
    ended_by: str = ""
    before: UUID | None = None
    sector_names: tuple[str, ...] = ()

    def is_valid(self, day: date) -> bool:
        """Whether the grant is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_past(self, day: date) -> bool:
        """Whether the grant ended before a day."""
        return self.valid_to is not None and self.valid_to < day

    @property
    def sectors(self) -> str:
        """The names of its sectors in words; empty where it is not bounded."""
        return ", ".join(self.sector_names)

    @property
    def company(self) -> str:
        """The company that it is for; empty where the role names none."""
        return self.bounds.company

    @property
    def where(self) -> str:
        """The places in words."""
        return "seluruh negeri" if self.bounds.area.is_everywhere else ", ".join(p.name for p in self.places)


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `name` is empty until its holder has told it; `shown` never is."""

    id: UUID
    login_name: str
    name: str
    function: str
    is_active: bool
    has_password: bool
    has_totp: bool
    last_login_at: datetime | None
    created_at: datetime
    grants: tuple[Held, ...] = ()

    @property
    def shown(self) -> str:
        """The name, else the function."""
        return self.name or self.function

    def in_force(self, day: date) -> tuple[Held, ...]:
        """Give the grants of a day."""
        return tuple(one for one in self.grants if one.is_valid(day))

    def reachable(self, day: date) -> tuple[Bounds, ...]:
        """Give the bounds that decide who governs the account (see `core.roles.reachable`)."""
        return reachable(((one.bounds, one.valid_to) for one in self.grants), day)


@dataclass(frozen=True, slots=True)
class LogIn:
    """One log-in, or an attempt."""

    at: datetime
    method: Method
    address: str
    device: str
    is_success: bool
    failure: Failure


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an account: who did it, as named that day, and to what."""

    at: datetime
    kind: EventKind
    by: str
    by_function: str
    detail: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a service of `accounts` did. `code` is a one-time code: told here and nowhere else.

    With findings of severity error nothing was changed.
    """

    account_id: UUID | None = None
    grant_id: UUID | None = None
    code: str = ""
    expires_at: datetime | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether nothing was changed."""
        return bool(self.findings)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One strip of a sheet. `code` is empty where the account is in use already."""

    place: Place
    login_name: str
    shown: str
    code: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The strips of one kecamatan, by village code; all codes expire together."""

    district: Place
    regency: Place
    expires_at: datetime
    last_day: date
    rows: tuple[SheetRow, ...] = field(default_factory=tuple)
