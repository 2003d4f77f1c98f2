"""Many rows into one table at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.models import DateTimeField, Model, UUIDField

type Row = Sequence[int | str | None]


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values in the order of `columns`; only inside a transaction."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608 - our own names


def insert_records(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows whose ids and moments are those of Python, in the order of `names` (of columns)."""
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's
    odd = [at for at, name in enumerate(names) if isinstance(fields[name], (UUIDField, DateTimeField))]
    known: dict[tuple[int, object], object] = {}

    def stored(at: int, value: object) -> object:
        if (at, value) not in known:
            known[at, value] = fields[names[at]].get_db_prep_save(value, connection)
        return known[at, value]

    def made() -> Iterator[Row]:
        for row in rows:
            own: list[object] = list(row)
            for at in odd:
                own[at] = stored(at, own[at])
            yield own  # type: ignore[misc]  # what the database takes

    insert_rows(model._meta.db_table, names, made())  # noqa: SLF001 - Django's


def update_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Set `columns` of rows by their id, which each row gives last; only inside a transaction."""
    pairs = ", ".join(f'"{name}" = %s' for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {pairs} WHERE id = %s", list(rows))  # noqa: S608 - our own names
