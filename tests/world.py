"""The cast: one person for each role, in two kabupaten that must not touch each other; only by services.

    62 Kalimantan Tengah               pmd-provinsi, walidata, perencana, pimpinan, perusahaan, admin
     +- 62.01 Kotawaringin Barat               pmd-kabupaten-a, opd-a (KES), opd-dik-a (DIK)
     |   +- 62.01.02 Arut Selatan              verifikator-kecamatan-a
     |   |   +- 62.01.02.2016 Natai Raya       operator-desa-a, kepala-desa-a, pendamping-a (and 2017)
     |   +- 62.01.03 Kotawaringin Lama         operator-desa-c: the neighbour inside the same kabupaten
     +- 62.03 Kapuas                           pmd-kabupaten-b, opd-b
         +- 62.03.01 Selat                     verifikator-kecamatan-b
             +- 62.03.01.1006 (kelurahan)                operator-desa-b
    the whole country                          pusat, admin-negeri

Besides: `habis` was verifier of 62.01.02 until last year, `nanti` will be from next year. All log in with
`PASSWORD`; those whose rights stand on the province or above have codes from an app (`totp`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model

from sidara.accounts import queries, services
from sidara.kernel.actor import OPERATOR, PUBLIC, Actor
from sidara.kernel.clock import local_date

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
PASSWORD = "empat kata mudah diingat"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Part:
    """A person of the cast: log-in name, role, where, which sectors, from when to when."""

    login: str
    role: str
    under: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    company: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def is_everywhere(self) -> bool:
        return not self.under


CAST = (
    Part("operator-desa-a", "operator-desa", ("62.01.02.2016",)),
    Part("operator-desa-b", "operator-desa", ("62.03.01.1006",)),
    Part("operator-desa-c", "operator-desa", ("62.01.03.2001",)),
    Part("kepala-desa-a", "kepala-desa", ("62.01.02.2016",)),
    Part("pendamping-a", "pendamping", ("62.01.02.2016", "62.01.02.2017")),
    Part("pendamping-ac", "pendamping", ("62.01.02.2016", "62.01.03.2001")),
    Part("verifikator-kecamatan-a", "verifikator-kecamatan", ("62.01.02",)),
    Part("verifikator-kecamatan-b", "verifikator-kecamatan", ("62.03.01",)),
    Part("pmd-kabupaten-a", "pmd-kabupaten", ("62.01",)),
    Part("pmd-kabupaten-b", "pmd-kabupaten", ("62.03",)),
    Part("opd-a", "opd", ("62.01",), ("KES",)),
    Part("opd-dik-a", "opd", ("62.01",), ("DIK",)),
    Part("opd-b", "opd", ("62.03",), ("KES",)),
    Part("pmd-provinsi", "pmd-provinsi", ("62",)),
    Part("walidata", "walidata", ("62",)),
    Part("perencana", "perencana", ("62",)),
    Part("pimpinan", "pimpinan", ("62",)),
    Part("perusahaan", "perusahaan", ("62",), company="PT Contoh Jaya"),
    Part("admin", "admin", ("62",)),
    Part("pusat", "pusat"),
    Part("admin-negeri", "admin"),
    Part("klien-api", "klien-api", ("62.01",)),
    Part(
        "habis",
        "verifikator-kecamatan",
        ("62.01.02",),
        valid_from=date(2025, 1, 1),
        valid_to=date(2025, 12, 31),
    ),
    Part("nanti", "verifikator-kecamatan", ("62.01.02",), valid_from=date(2028, 1, 1)),
)


@dataclass(frozen=True)
class World:
    """The cast as stored: ids by log-in name, and actors of a day."""

    ids: dict[str, UUID]
    clock: Callable[[], datetime]

    def actor(self, login: str, *, on: date | None = None) -> Actor:
        acting = queries.actor_of(PUBLIC, account_id=self.ids[login], day=on or local_date(self.clock()))
        assert acting is not None
        return acting.actor

    def grant(self, login: str) -> UUID:
        (held,) = queries.person(OPERATOR, self.ids[login]).grants
        return held.id


def cast(clock: Callable[[], datetime] = lambda: NOW) -> World:
    """Make the cast. The register of province 62 must be loaded."""
    ids: dict[str, UUID] = {}
    for part in CAST:
        done = services.create(
            OPERATOR,
            login_name=part.login,
            name=f"Contoh {part.login}",
            function=f"Petugas contoh {part.role}",
            role=part.role,
            under=part.under,
            is_everywhere=part.is_everywhere,
            sectors=part.sectors,
            company=part.company,
            valid_from=part.valid_from or local_date(clock()) - timedelta(days=30),
            valid_to=part.valid_to,
            clock=clock,
        )
        assert not done.is_refused, (part, done.findings)
        ids[part.login] = done.account_id
        if done.code:
            used = services.use_code(
                PUBLIC, login_name=part.login, text=done.code, password=PASSWORD, clock=clock
            )
            assert not used.is_refused
        if not part.under or part.under == ("62",):
            add_totp(done.account_id)
    return World(ids, clock)


def add_totp(account_id: UUID) -> None:
    """Set up codes from an app as the page does, with a known key."""
    totp.TOTP.activate(get_user_model().objects.get(pk=account_id), TOTP_SECRET)


def totp_code(at: float) -> str:
    """Give the code that an app would show at a moment."""
    return totp.format_hotp_value(totp.hotp_value(TOTP_SECRET, int(at) // 30))
