"""What a process does until it is killed: saves, imports or sends without end, telling each answer it got.

Imported before the processes are forked, by a server that never ran a thread (`killed.py`).
"""

import io
import os
import signal
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django is set up first

from sidara.collection import queries, services  # noqa: E402 - the same
from sidara.collection.core import Source  # noqa: E402 - the same
from sidara.collection.core.answering import Given  # noqa: E402 - the same
from sidara.collection.core.submission import SubmissionKey  # noqa: E402 - the same
from sidara.collection.formats import cells_table  # noqa: E402 - the same
from sidara.kernel.actor import OPERATOR  # noqa: E402 - the same
from sidara.verification import services as sending  # noqa: E402 - the same

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
VILLAGES = [f"62.01.02.20{n:02}" for n in range(16, 19)]
CODES = ("KEP_010", "KEP_011", "KEP_012", "KEP_013")
PERIODS = {"save": "2026-Q1", "import": "2026-Q2"}
PEOPLE = {"KEP_001": "100", "KEP_002": "60", "KEP_003": "40", "KEP_004": "30"}
IN_JULY = datetime(2026, 7, 3, 2, tzinfo=UTC)
"""Inside the window of KEP_SEMESTER 2026-S1."""
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")


def save(number: int, *, is_dry: bool = False) -> None:
    """Save one submission; each cell holds a value of this number."""
    key = SubmissionKey("KEP_TRIWULAN", VILLAGES[number % len(VILLAGES)], PERIODS["save"])
    held = queries.filled(OPERATOR, key)
    if is_dry:
        return
    cells = [Given(code, str(number * 10 + at)) for at, code in enumerate(CODES)]
    one = services.Save(key, held.state.revision if held else 0, UUID(int=number + 1), Source.WEB, cells)
    done = services.save_cells(OPERATOR, save=one, now=NOW + timedelta(seconds=number))
    assert not done.account.rejected, done.account.findings


def import_(number: int, *, is_dry: bool = False) -> None:
    """Import a file of all villages; each cell holds a value of this number."""
    rows = [
        f"KEP_TRIWULAN,{village},{PERIODS['import']},{code},{number * 10 + at}"
        for village in VILLAGES
        for at, code in enumerate(CODES)
    ]
    text = "form,region,period,variable,value\n" + "\n".join(rows)
    incoming = cells_table.read(io.BytesIO(text.encode()), format="csv")
    now = NOW + timedelta(seconds=number)
    done = services.import_cells(OPERATOR, incoming=incoming, now=now, is_dry=is_dry)
    assert not done.account.rejected, done.account.findings


def send(number: int, *, is_dry: bool = False) -> None:
    """Send a submission (even numbers), take it back (odd ones); each act under a message of its own."""
    key = SubmissionKey("KEP_SEMESTER", VILLAGES[number // 2 % len(VILLAGES)], "2026-S1")
    held = queries.filled(OPERATOR, key)
    if is_dry and held is None:
        for at, village in enumerate(VILLAGES):
            own = SubmissionKey(key.form, village, key.period)
            cells = [Given(code, value) for code, value in PEOPLE.items()]
            one = services.Save(own, 0, UUID(int=10**9 + at), Source.WEB, cells)
            assert not services.save_cells(OPERATOR, save=one, now=IN_JULY).account.rejected
    if is_dry:
        return
    message, now = UUID(int=number + 1), IN_JULY + timedelta(seconds=number)
    if number % 2:
        done = sending.withdraw_submission(OPERATOR, key=key, message_id=message, now=now, reason="salah")
    else:
        done = sending.send_submission(OPERATOR, key=key, revision=1, message_id=message, now=now)
    assert done.is_done, (number, done.findings, done.blocking)


WORK = {"save": save, "import": import_, "send": send}


def work(kind: str, first: int, told: Any, crash_at: int) -> None:
    """Work until killed; `crash_at` (0: never): kill itself before that statement that writes."""
    one = WORK[kind]
    one(first, is_dry=True)
    told.send("ready")
    go = told.recv()
    assert go == "go"
    count = 0

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        if str(sql).lstrip().upper().startswith(WRITES):
            count += 1
            if count == crash_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        for number in range(first, first + 100_000):
            one(number)
            told.send(number)
