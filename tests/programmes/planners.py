"""Who plans: people with what the content gives their role, in two kabupaten of the real register."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from sidara.accounts import queries as accounts
from sidara.accounts.core.roles import Bounds, as_grant
from sidara.kernel.actor import PUBLIC, PUBLIC_OPERATIONS, Actor, Area
from sidara.regions import queries as regions

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
PROVINCE, REGENCY, OTHER, VILLAGE = "62", "62.01", "62.03", "62.01.02.2016"


COMPANY = "PT Contoh"


def planner(role, under, *, number=7, sectors=(), company=COMPANY):
    """Somebody with a role in one area, with all that lies in it; who is of a company is so of `company`."""
    place = regions.resolve(PUBLIC, under)
    bounds = Bounds(role, Area((under,), regions.within(PUBLIC, place.id)), frozenset(sectors))
    if accounts.roles(PUBLIC)[role].names_company:
        bounds = replace(bounds, company=company)
    grant = as_grant(accounts.roles(PUBLIC)[role], f"g{number}", bounds, (None, None))
    return Actor(UUID(int=number), f"Contoh {role}", f"Petugas {role}", PUBLIC_OPERATIONS, (grant,))
