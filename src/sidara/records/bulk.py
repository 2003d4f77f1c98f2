"""Many rows into one table at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Iterable, Sequence

from django.db import connection

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


def update_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Set `columns` of rows by their id, which each row gives last; only inside a transaction."""
    pairs = ", ".join(f'"{name}" = %s' for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {pairs} WHERE id = %s", list(rows))  # noqa: S608 - our own names
