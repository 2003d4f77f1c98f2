"""One writer at a time, tables that only grow: the same on both databases."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from sidara.collection import models
from sidara.kernel.actor import OPERATOR
from sidara.records.queue import turn
from sidara.records.writing import writing

GIVE_NUMBERS = """
import sys, django
django.setup()
from django.db import connection
from sidara.records.writing import reading, writing
if sys.argv[1] == "prepare":
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS records_numbers")
        cursor.execute("CREATE TABLE records_numbers (number integer PRIMARY KEY)")
elif sys.argv[1] == "count":
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(number), max(number) FROM records_numbers")
        print(*cursor.fetchone())
elif sys.argv[1] == "read":
    import subprocess
    with reading(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_numbers")
        (before,) = cursor.fetchone()
        writer = subprocess.run([sys.executable, "-c", sys.argv[2], "3"], timeout=60, check=False)
        cursor.execute("SELECT count(*) FROM records_numbers")
        (inside,) = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_numbers")
        print(writer.returncode, before, inside, *cursor.fetchone())
else:
    for _ in range(int(sys.argv[1])):
        with writing(), connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(number), 0) FROM records_numbers")
            (newest,) = cursor.fetchone()
            cursor.execute("INSERT INTO records_numbers VALUES (%s)", [newest + 1])
"""


def test_numbers_of_writers_at_the_same_time_have_no_gap_and_no_double(tmp_path) -> None:
    """Four processes give numbers by reading the highest one."""
    env = os.environ | {"SIDARA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "sidara.web.settings"}

    def start(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", GIVE_NUMBERS, *words],
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def end(process: subprocess.Popen[str]) -> str:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out

    end(start("prepare"))
    for writer in [start("25") for _ in range(4)]:
        end(writer)
    assert end(start("count")).split() == ["100", "1", "100"]
    # Who only reads keeps no writer away, and sees what stood there when it began.
    assert end(start("read", GIVE_NUMBERS)).split() == ["0", "100", "100", "103"]


QUEUE = """
import django, fcntl, os, threading
django.setup()
from django.conf import settings
from django.db import transaction
from sidara.records import queue
from sidara.records.queue import SUFFIX
from sidara.records.writing import writing

name = str(settings.DATABASES["default"]["NAME"]) + SUFFIX

def is_free():
    file = os.open(name, os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(file)

assert is_free()
with writing():
    assert not is_free()
    with writing():
        assert not is_free()
assert is_free()
try:
    with writing():
        raise KeyError
except KeyError:
    assert is_free()
with transaction.atomic(), writing():
    assert is_free()
after = []

def write_after():
    after.append(is_free() and not queue._threads.locked())
    with writing():
        after.append(not is_free() and queue._threads.locked())
        transaction.on_commit(lambda: after.append(is_free() and not queue._threads.locked()))

with writing():
    transaction.on_commit(write_after)
    assert not is_free() and queue._threads.locked()
assert after == [True] * 3 and is_free() and not queue._threads.locked()
held = os.open(name, os.O_RDWR)
fcntl.flock(held, fcntl.LOCK_EX)
began, wrote = threading.Event(), threading.Event()

def write():
    began.set()
    with writing():
        wrote.set()

waits = threading.Thread(target=write)
waits.start()
began.wait()
with transaction.atomic():  # whoever is not in the queue is not kept by it
    assert not wrote.is_set()
os.close(held)
waits.join(timeout=60)
assert wrote.is_set() and is_free()
print("baik")
"""


def test_writers_on_sqlite_queue_and_leave_the_queue_whatever_comes(tmp_path) -> None:
    env = os.environ | {"SIDARA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "sidara.web.settings"}
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", QUEUE], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout == "baik\n", done.stderr


def test_who_cannot_keep_the_queue_writes_without_it(tmp_path) -> None:
    for _ in range(2):
        with turn(str(tmp_path / "tidak" / "ada")):
            assert not (tmp_path / "tidak").exists()


@pytest.fixture
def counter(transactional_db):
    """A table of its own."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE records_counter (number integer PRIMARY KEY)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE records_counter")


def test_what_fails_half_way_is_not_stored(counter) -> None:
    def fail_half_way() -> None:
        with writing(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO records_counter VALUES (7)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_counter")
        assert tuple(cursor.fetchone()) == (0,)


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_what_only_grows() -> None:
    dataset = models.DataSet.objects.create(
        code="external:x",
        title="x",
        source="x",
        licence="x",
        retrieved_date=date(2026, 1, 1),
        code_scheme="kemendagri",
        measure="published",
        is_simulated=False,
    )
    counts = dict.fromkeys(("created", "updated", "unchanged", "conflicting", "rejected"), 0)
    models.ImportRun.objects.create(
        dataset=dataset,
        retrieved_date=date(2026, 1, 1),
        actor_id=OPERATOR.id,
        actor_name=OPERATOR.name,
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        **counts,
    )
    for statement in (
        "UPDATE collection_importrun SET file_name = 'y'",
        "DELETE FROM collection_importrun",
    ):
        with (
            pytest.raises(IntegrityError, match="stays as it was"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
