"""Where the records lie: the settings of the database from `DATABASE_URL`."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

KINDS = ("postgresql", "postgres", "sqlite")
KEPT_SECONDS = 60
"""How long a connection is kept for the next request: to open a file of SQLite takes milliseconds."""
PLANNED_AT = 1
"""From which time on PostgreSQL keeps words that are asked by `records.cursors` read and planned."""

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def database(url: str | None, home: Path) -> dict[str, Any]:
    """Give Django's settings of the database: the file `records.sqlite3` in `home` when there is no `url`.

    Refuses (`ImproperlyConfigured`) an address of another kind and one that cannot be read.
    """
    if not url:
        own = {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "records.sqlite3"}
        return own | {"OPTIONS": _SQLITE, "CONN_MAX_AGE": KEPT_SECONDS}
    try:
        kind = urlsplit(url).scheme
        found: dict[str, Any] = dict(dj_database_url.parse(url)) if kind in KINDS else {}
    except ValueError as fault:
        raise ImproperlyConfigured(
            "DATABASE_URL tidak dapat dibaca. Tulis seperti postgresql://nama:sandi@host:5432/sidara; "
            "tanda khusus pada sandi ditulis dengan %, misalnya %40 untuk @."
        ) from fault
    if kind not in KINDS:
        raise ImproperlyConfigured(
            f"DATABASE_URL memakai {kind or 'alamat tanpa jenis'}, yang tidak dikenal. Tulis seperti "
            "postgresql://nama:sandi@host:5432/sidara, atau kosongkan untuk SQLite."
        )
    if kind == "sqlite":
        return found | {"OPTIONS": _SQLITE, "CONN_MAX_AGE": KEPT_SECONDS}
    own = {"prepare_threshold": PLANNED_AT, **found.get("OPTIONS", {})}
    return found | {"OPTIONS": own, "CONN_MAX_AGE": KEPT_SECONDS, "CONN_HEALTH_CHECKS": True}
