"""The transaction of a service: what is read in it stays true until it is written.

SQLite takes the write lock when a transaction begins (BEGIN IMMEDIATE, by the settings). On PostgreSQL an
advisory lock of the transaction does the same, so that numbers are given in the order of commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

WRITER = 6_201_432
"""The advisory lock that every writer of records takes. Any number, always the same one."""


@contextmanager
def writing() -> Iterator[None]:
    """Open a transaction as the only writer of the records; all of it is stored or nothing."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER])
        yield
