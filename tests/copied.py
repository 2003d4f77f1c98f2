"""Rows that services made once, copied into the transaction of each test that begins with them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from sidara.dictionary import services as dictionary
from sidara.kernel.actor import OPERATOR

type Rows = dict[str, list[tuple[Any, ...]]]

_REVISION = ("dictionary_revision", "dictionary_entry", "dictionary_formversion", "dictionary_outsideid")
_SHIPPED: dict[object, Rows] = {}


def copied(tables: Sequence[str], held: Rows, make: Callable[[], object]) -> None:
    """Have rows made and remember those of `tables`; where they are remembered, put them there again."""
    with connection.cursor() as cursor:
        if not held:
            make()
            for table in tables:
                cursor.execute(f"SELECT * FROM {table}")
                held[table] = cursor.fetchall()
            return
        for table, rows in held.items():
            if rows:
                marks = ",".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        models = [one for one in apps.get_models() if one._meta.db_table in held]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def shipped(clock: Callable[[], datetime]) -> None:
    """The shipped dictionary as revision 1, of the day of that clock."""
    copied(_REVISION, _SHIPPED.setdefault(clock().date(), {}), lambda: dictionary.load(OPERATOR, clock=clock))
