"""How words go to PostgreSQL: planned once for each connection, and several in one message.

Between two messages a thread waits for its answer, and then for the other threads of its process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper


@cache
def _kind() -> type[Any]:
    """Give the cursor that sends values apart from the words, which the server keeps read and planned."""
    from psycopg import Cursor  # slow to import, and SQLite does without

    class Planned(Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **more: Any) -> "Planned":
            return super().execute(query, params, **(more | {"prepare": True}))

    return Planned


def planned() -> CursorWrapper:
    """Open a cursor for words that stay the same; on SQLite, whose driver keeps them by itself, the usual."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    own: Any = connection.connection
    usual = own.cursor_factory
    own.cursor_factory = _kind()
    try:
        return connection.cursor()
    finally:
        own.cursor_factory = usual


@contextmanager
def pipelined() -> Iterator[None]:
    """Send what is asked in the block without waiting for answers, until one is read or the block ends.

    A fault of the database comes then. On SQLite, which sends no messages, nothing changes. COPY is not
    possible in the block.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def is_pipelined() -> bool:
    """Say whether messages are collected (`pipelined`)."""
    return connection.vendor == "postgresql" and connection.connection._pipeline is not None  # noqa: SLF001 - the driver says it nowhere else
