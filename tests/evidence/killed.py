"""Keeps photographs in processes that kill themselves at each of its writes; run by `test_killed.py`.

    python -m tests.evidence.killed

A point is a statement that writes, a file flushed, renamed or taken away, or the commit. Records lie where
SIDARA_HOME and DATABASE_URL say. Prints one line of JSON for each point: what holds after the kill.
"""

import json
import os
import signal
from datetime import UTC, datetime
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.core.management import call_command  # noqa: E402 - the same
from django.db import connection, connections  # noqa: E402 - the same

from sidara.evidence import models, queries, services  # noqa: E402 - the same
from sidara.evidence.core import Owner  # noqa: E402 - the same
from sidara.kernel.actor import OPERATOR  # noqa: E402 - the same
from tests.evidence import files  # noqa: E402 - the same

OWNER = Owner("contoh:1", "62.01.02.2016", "KES", "collection")
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


def keep(message, blue=2):
    """Keep a picture of a colour; one that lay there already would take fewer writes."""
    handed = services.Handed(message, files.photo(colour=(message.int % 250, 1, blue)), "foto.jpg")
    done = services.keep(OPERATOR, owner=OWNER, right="x.y", handed=handed, now=NOW, guard=lambda: None)
    assert done.piece is not None, done.findings


def crash(point, act=None):
    """Do (keep a picture) and kill this process before its n-th write; gives how many there were."""
    count = 0

    def at():
        nonlocal count
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(real):
        def acting(*args, **named):
            at()
            return real(*args, **named)

        return acting

    def watch(execute, sql, params, many, context):
        if str(sql).lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            at()
        return execute(sql, params, many, context)

    os.fsync, os.rename, os.replace = before(os.fsync), before(os.rename), before(os.replace)
    os.unlink = before(os.unlink)
    connection.ensure_connection()
    connection._commit = before(connection._commit)
    with connection.execute_wrapper(watch):
        (act or keep)(UUID(int=point + 1))
    return count


def look():
    findings = [one.code for one in queries.audit(OPERATOR)]
    pieces = models.Piece.objects.count()
    opened = 0
    for one in queries.pieces(OPERATOR, OWNER, right="x.y"):
        found = queries.piece_file(OPERATOR, OWNER, one.id, right="x.y")
        if found is not None:
            with found[1] as content:
                opened += len(content.read()) == one.size
    acts = models.Entry.objects.count()
    keep(uuid4(), blue=250)  # sweeps, and is itself one more
    files_now = [one for one in (settings.SIDARA_HOME / "evidence").rglob("*") if one.is_file()]
    named = {name for row in models.Piece.objects.all() for name in (row.digest, row.small)}
    strays = sorted(one.name for one in files_now if one.name not in named)
    return {"findings": findings, "pieces": pieces, "opened": opened, "acts": acts, "strays": strays}


def points(act=None):
    """Give how many writes one piece takes, counted in a process of its own."""
    reading, writing = os.pipe()
    if not os.fork():
        os.write(writing, str(crash(0, act)).encode())
        os._exit(0)
    os.wait()
    return int(os.read(reading, 20))


def killed(point, act=None, looked=None):
    """Let a process kill itself, then look."""
    child = os.fork()
    if not child:
        crash(point, act)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    found = looked(UUID(int=point + 1)) if looked else look()
    connections.close_all()
    return {"killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, **found}


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    connections.close_all()
    for number in range(1, points() + 1):
        print(json.dumps(killed(number)), flush=True)
