"""A cursor for words that are asked again and again: PostgreSQL plans them once for each connection."""

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor


class _Planned(Cursor[Any]):
    """Sends values apart from the words, which the server keeps read and planned."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> "_Planned":
        """Ask in words that the server keeps."""
        return super().execute(query, params, **(more | {"prepare": True}))


def planned() -> CursorWrapper:
    """Open a cursor for words that stay the same; on SQLite, whose driver keeps them by itself, the usual."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    own: Any = connection.connection
    usual = own.cursor_factory
    own.cursor_factory = _Planned
    try:
        return connection.cursor()
    finally:
        own.cursor_factory = usual
