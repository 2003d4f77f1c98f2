"""A command of SIDARA that kills itself before one of its writes; run by `records/test_killed_commands.py`.

    python -m tests.dying POINT[,POINT...] COMMAND...

A write is a statement that writes, a commit, a file flushed or renamed. Each point is a process of its own
on the SIDARA_HOME that it finds; point 0 kills nothing. After each, one line of JSON: the exit code or the
signal (negative), its writes in order (s: statement, c: commit, f: file), and a digest of
all rows of the records.
"""

import hashlib
import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.core.management import call_command  # noqa: E402 - the same
from django.db import connection, connections  # noqa: E402 - the same

from sidara import cli  # noqa: E402 - the same


def crash(words: list[str], point: int, told: int) -> None:
    """Run the command; tell its writes into the pipe and kill this process before the `point`-th."""
    count = 0

    def at(kind: bytes) -> None:
        nonlocal count
        count += 1
        os.write(told, kind)
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(real: Callable[..., Any], kind: bytes) -> Callable[..., Any]:
        def acting(*args: Any, **named: Any) -> Any:
            at(kind)
            return real(*args, **named)

        return acting

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if str(sql).lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            at(b"s")
        return execute(sql, params, many, context)

    connection.ensure_connection()
    os.fsync, os.rename, os.replace = (before(one, b"f") for one in (os.fsync, os.rename, os.replace))
    connection._commit = before(connection._commit, b"c")  # type: ignore[attr-defined]  # Django's
    sys.argv = ["sidara", *words]
    sys.stdout = sys.stderr
    with connection.execute_wrapper(watch):
        cli.main()


def killed(words: list[str], point: int) -> dict[str, Any]:
    """Run the command in a process of its own; tell how it ended and what lies in the records after it."""
    reading, told = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            crash(words, point, told)
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            os._exit(code)
    os.close(told)
    writes = b""
    while read := os.read(reading, 65_536):
        writes += read
    os.close(reading)
    _, status = os.waitpid(child, 0)
    return {"ended": os.waitstatus_to_exitcode(status), "writes": writes.decode(), "rows": rows()}


def rows() -> str:
    """Give a digest of all rows of all tables."""
    file = Path(settings.DATABASES["default"]["NAME"])
    with closing(sqlite3.connect(file)) as records:
        text = "\n".join(records.iterdump())
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    connections.close_all()
    for number in sys.argv[1].split(","):
        print(json.dumps(killed(sys.argv[2:], int(number))), flush=True)
