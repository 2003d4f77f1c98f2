"""The transaction of a service: what is read in it stays true until it is written.

SQLite takes the write lock when a transaction begins (BEGIN IMMEDIATE, by the settings). On PostgreSQL an
advisory lock of the transaction does the same, so that numbers are given in the order of commit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from sidara.records.cursors import planned
from sidara.records.prepared import Prepared
from sidara.records.queue import turn

WRITER = 6_201_432
"""The advisory lock that every writer of records takes. Any number, always the same one."""
_newest: dict[type[Model], Prepared[Model]] = {}


@contextmanager
def writing() -> Iterator[None]:
    """Open a transaction as the only writer of the records; all of it is stored or nothing.

    What is to be done after the commit (`on_commit`) keeps nobody waiting, and may write in its turn.
    """
    with _turn() as leave, transaction.atomic():
        if leave is not None:
            transaction.on_commit(leave)
        if connection.vendor == "postgresql":
            with planned() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER])
        yield


def _turn() -> AbstractContextManager[Callable[[], None] | None]:
    """Queue for SQLite, unless the transaction began before or the server has a queue of its own."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return nullcontext()
    is_file = not connection.is_in_memory_db()  # type: ignore[attr-defined]  # of SQLite
    return turn(str(connection.settings_dict["NAME"]) if is_file else "")


def next_number(model: type[Model]) -> int:
    """Give the next free number of a table; only inside `writing`."""
    return last_number(model) + 1


def last_number(model: type[Model]) -> int:
    """Give the newest number of a table; 0 while it holds nothing."""
    newest = newest_number(model).first()
    return int(newest[0]) if newest else 0


def newest_number(model: type[Model]) -> Prepared[Model]:
    """Give the question for the newest number of a table."""
    if model not in _newest:
        _newest[model] = Prepared(lambda: model._default_manager.order_by("-pk").values_list("pk")[:1])  # noqa: SLF001 - Django's
    return _newest[model]


def numbered_after(
    model: type[Model], cursor: int, fields: Sequence[str], *, limit: int
) -> list[tuple[Any, ...]]:
    """Give at most `limit` rows of a table after a number, in the order of commit: it, then `fields`."""
    rows = model._default_manager.filter(pk__gt=cursor).order_by("pk")  # noqa: SLF001 - Django's
    return list(rows.values_list("pk", *fields)[:limit])


@contextmanager
def reading() -> Iterator[None]:
    """Read as of one moment and keep no writer away; inside a transaction, as it stands there."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _deferred():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Open a transaction that takes no lock until something is written."""
    connection.ensure_connection()  # only then it knows its mode
    mode = connection.transaction_mode  # type: ignore[attr-defined]  # of SQLite
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # the same
    try:
        atomic = transaction.atomic()
        atomic.__enter__()
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]  # the same
    with ExitStack() as stack:
        stack.push(atomic.__exit__)
        yield
