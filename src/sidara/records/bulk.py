"""Many rows into one table at once: COPY on PostgreSQL, one prepared statement on SQLite and for few rows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import DateTimeField, Model, UUIDField

from sidara.records.cursors import is_pipelined, planned

type Row = Sequence[int | str | None]
FEW = 20
"""For so many rows COPY asks PostgreSQL more often than rows by themselves, which go in one message."""


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values in the order of `columns`; only inside a transaction."""
    names = ", ".join(f'"{name}"' for name in columns)
    given = iter(rows)
    first = list(islice(given, FEW + 1))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(first) > FEW and not is_pipelined():
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in chain(first, given):
                    copy.write_row(row)
        elif first:
            marks = ", ".join(["%s"] * len(columns))
            _each(cursor, f"INSERT INTO {table} ({names}) VALUES ({marks})", [*first, *given])  # noqa: S608 - our own names


def insert_records(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows whose ids and moments are those of Python, in the order of `names` (of columns)."""
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's
    kinds = [(at, fields[name]) for at, name in enumerate(names)]
    is_plain = connection.features.has_native_uuid_field
    ids = [at for at, field in kinds if isinstance(field, UUIDField) and not is_plain]
    moments = [(at, field) for at, field in kinds if isinstance(field, DateTimeField)]
    known: dict[object, object] = {}

    def made() -> Iterator[Row]:
        for row in rows:
            own: list[Any] = list(row)
            for at in ids:
                own[at] = own[at].hex
            for at, field in moments:
                if own[at] not in known:
                    known[own[at]] = field.get_db_prep_save(own[at], connection)
                own[at] = known[own[at]]
            yield own

    insert_rows(model._meta.db_table, names, made())  # noqa: SLF001 - Django's


def update_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Set `columns` of rows by their id, which each row gives last; only inside a transaction."""
    pairs = ", ".join(f'"{name}" = %s' for name in columns)
    given = list(rows)
    if given:
        with connection.cursor() as cursor:
            _each(cursor, f"UPDATE {table} SET {pairs} WHERE id = %s", given)  # noqa: S608 - our own names


def _each(cursor: CursorWrapper, statement: str, rows: Sequence[Row]) -> None:
    """Carry out a statement for each row: for one row, as in most saves, in one message to the database."""
    if len(rows) == 1:
        with planned() as own:
            own.execute(statement, rows[0])
    else:
        cursor.executemany(statement, rows)
