"""Roles and bounds of log-in from `content/`."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache

from sidara.accounts.core import Level, Role, Roles, Rules, Sectors
from sidara.accounts.core.rules import TokenRules
from sidara.accounts.core.throttle import Limits
from sidara.kernel import content

PACKAGE = "sidara.accounts"


@cache
def roles() -> Roles:
    """Read the roles by code, in their order; a role that gives an unknown one is a fault of the content."""
    found = {
        entry["code"]: Role(
            code=entry["code"],
            name=entry["name"],
            english=entry["english"],
            meaning=entry["meaning"],
            levels=tuple(Level(level) for level in entry["levels"]),
            operations=frozenset(entry["operations"]),
            operations_at={
                Level(level): frozenset(some) for level, some in entry.get("operations_at", {}).items()
            },
            is_several=entry.get("is_several", False),
            names_company=entry.get("names_company", False),
            sectors=Sectors(entry.get("sectors", Sectors.NONE)),
            logs_in=entry.get("logs_in", True),
            gives=frozenset(entry.get("gives", ())),
            datasets=frozenset(entry.get("datasets", ())),
            stages=frozenset(entry.get("stages", ())),
        )
        for entry in content.load(PACKAGE, "roles")["roles"]
    }
    unknown = {code for role in found.values() for code in role.gives} - set(found)
    if unknown:
        raise ValueError(f"roles.yaml gives roles that do not exist: {sorted(unknown)}")
    return found


@cache
def operations() -> Mapping[str, str]:
    """Read the words for operations by code, in their order."""
    return dict(content.load(PACKAGE, "roles")["operations"])


@cache
def programs() -> frozenset[str]:
    """Read the operations that the API asks for: what a token can be narrowed to with any use."""
    return frozenset(content.load(PACKAGE, "roles")["programs"])


@cache
def rules() -> Rules:
    """Read the bounds of log-in."""
    read = content.load(PACKAGE, "rules")
    return Rules(
        totp_levels=frozenset(Level(level) for level in read["totp_levels"]),
        recover=timedelta(days=read["code"]["recover_days"]),
        first=timedelta(days=read["code"]["first_days"]),
        idle=timedelta(minutes=read["session"]["idle_minutes"]),
        limits=Limits(**read["throttle"]),
        token=TokenRules(**read["token"]),
    )
