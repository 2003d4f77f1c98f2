"""Where the records lie: a file without an address, a server with one, a clear refusal for the rest."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sidara.records import address

HOME = Path("/srv/sidara")


def test_without_an_address_the_records_are_a_file() -> None:
    for nothing in (None, ""):
        found = address.database(nothing, HOME)
        assert found["NAME"] == HOME / "records.sqlite3"
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert found["CONN_MAX_AGE"] == address.KEPT_SECONDS


def test_a_file_with_an_address_keeps_the_same_promises() -> None:
    found = address.database("sqlite:////var/sidara/r.sqlite3", HOME)
    assert found["NAME"] == "/var/sidara/r.sqlite3"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_a_server_with_user_password_and_port() -> None:
    found = address.database("postgresql://sidara:a%40b@db.desa:6432/prov62", HOME)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    parts = [found[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")]
    assert parts == ["db.desa", 6432, "sidara", "a@b", "prov62"]
    assert found["OPTIONS"]["prepare_threshold"] == address.PLANNED_AT


def test_what_an_address_says_of_the_link_stays() -> None:
    found = address.database("postgresql://sidara@/prov62?host=/run/pg&sslmode=require", HOME)
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["prepare_threshold"] == address.PLANNED_AT


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("mysql://x/y", "mysql"),
        ("sidara", "tanpa jenis"),
        ("postgresql://x:notaport/y", "tidak dapat dibaca"),
        ("postgresql://x:y@[::1/z", "tidak dapat dibaca"),
    ],
)
def test_an_address_that_cannot_be_used_says_how_to_write_it(url: str, word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=word) as told:
        address.database(url, HOME)
    assert "postgresql://nama:sandi@host:5432/sidara" in str(told.value)
