"""Rows that services made once, copied into the transaction of each test that begins with them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from sidara.dictionary import services as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.records.bulk import insert_rows
from sidara.regions import services as regions
from sidara.regions.core.difference import Difference

type Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]

_REVISION = ("dictionary_revision", "dictionary_entry", "dictionary_formversion", "dictionary_outsideid")
REGISTER = ("regions_region", "regions_regioncode", "regions_registerversion")
REGISTERED_AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
_REGISTERED: dict[datetime, Rows] = {}
_CHANGES: dict[datetime, Difference] = {}
_SHIPPED: dict[object, Rows] = {}


def copied(tables: Sequence[str], held: Rows, make: Callable[[], object]) -> None:
    """Have rows made and remember those of `tables`; where they are remembered, put them there again."""
    with connection.cursor() as cursor:
        if not held:
            make()
            for table in tables:
                cursor.execute(f"SELECT * FROM {table}")
                held[table] = [one[0] for one in cursor.description], cursor.fetchall()
            return
        for table, (columns, rows) in held.items():
            insert_rows(table, columns, rows)
        models = [one for one in apps.get_models() if one._meta.db_table in held]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def registered(clock: Callable[[], datetime] = lambda: REGISTERED_AT) -> Difference:
    """The real register of Kalimantan Tengah as of that moment; gives the difference that loading it made."""
    moment = clock()

    def load() -> None:
        _CHANGES[moment] = regions.load_register(OPERATOR, provinces=("62",), clock=lambda: moment)

    copied(REGISTER, _REGISTERED.setdefault(moment, {}), load)
    return _CHANGES[moment]


def shipped(clock: Callable[[], datetime]) -> None:
    """The shipped dictionary as revision 1, of the day of that clock."""
    copied(_REVISION, _SHIPPED.setdefault(clock().date(), {}), lambda: dictionary.load(OPERATOR, clock=clock))
