"""Kills processes that save, import and send, and looks at what is stored; run by `test_killed.py`.

    python -m tests.collection.killed KILLS POINTS SEED

The records lie where SIDARA_HOME and DATABASE_URL say. Each process is fresh: forked from a server that has
only imported the program. KILLS of each kind come at a random moment, POINTS before the n-th statement that
writes. Prints one JSON object.
"""

import json
import multiprocessing
import random
import sys
import time
from typing import Any
from uuid import UUID

from tests.collection.killing import (
    CODES,
    NOW,
    OPERATOR,
    PERIODS,
    VILLAGES,
    WORK,
    SubmissionKey,
    connection,
    queries,
    work,
)

# isort: split
from django.core.management import call_command

from sidara.collection import models
from sidara.records.writing import writing
from sidara.regions import services as regions
from sidara.verification import models as acts
from sidara.verification import queries as verification

FORKS = multiprocessing.get_context("forkserver")


def round_(kind: str, first: int, crash_at: int, wait: float) -> tuple[int, int]:
    """Let a process work and kill it; gives the last number that was answered and how many were."""
    ours, theirs = FORKS.Pipe()
    process = FORKS.Process(target=work, args=(kind, first, theirs, crash_at))
    process.start()
    theirs.close()
    assert ours.recv() == "ready"
    ours.send("go")
    if not crash_at:
        time.sleep(wait)
        process.kill()
    answered = []
    try:
        while True:
            answered.append(ours.recv())
    except (EOFError, OSError):
        pass
    process.join()
    assert process.exitcode == -9, (kind, crash_at, process.exitcode, "it ended by itself")
    return (answered[-1] if answered else first - 1), len(answered)


def faults(kind: str, last: int) -> tuple[list[str], int]:
    """Say what does not hold after a kill, and which number is stored now."""
    with writing():  # whatever a server still does for the killed process is over then
        pass
    audits = (*queries.audit(OPERATOR), *verification.audit(OPERATOR))
    found = [f"{one.code}: {one.message}" for one in audits]
    if kind == "send":
        return found + half_sent(last), acts.Event.objects.count() - 1
    wrong, newest = half_stored(kind, last)
    return found + wrong, newest


def half_stored(kind: str, last: int) -> tuple[list[str], int]:
    """Say what is lost, doubled or half done of saves or imports, and which number is stored now."""
    found: list[str] = []
    numbers: dict[str, set[int]] = {}
    for village in VILLAGES:
        held = queries.filled(OPERATOR, SubmissionKey("KEP_TRIWULAN", village, PERIODS[kind]))
        if held is not None:
            own = {int(one.content.value or -1) // 10 for one in held.state.cells.values()}
            numbers[village] = own
            if len(own) != 1 or len(held.state.cells) != len(CODES):
                found.append(f"half a save in {village}: {sorted(own)}")
    stored = {one for own in numbers.values() for one in own}
    if kind == "import" and (len(stored) > 1 or len(numbers) not in {0, len(VILLAGES)}):
        found.append(f"half an import: {numbers}")
    newest = max(stored, default=-1)
    if newest < last:
        found.append(f"lost: answered {last}, stored {sorted(stored)}")
    if newest > last + 1:
        found.append(f"stored {newest} after {last}")
    made = models.Revision.objects.filter(submission__period=PERIODS[kind])
    if made.values("made_at", "submission").distinct().count() != made.count():
        found.append("a save is stored twice")
    if kind == "save" and made.count() != newest + 1:
        found.append(f"{made.count()} revisions of {newest + 1} saves")
    if kind == "import" and made.count() != (newest + 1) * len(VILLAGES):
        found.append(f"{made.count()} revisions of {newest + 1} imports")
    return found, newest


def half_sent(last: int) -> list[str]:
    """Say what is lost, doubled or half done of acts; each is one event, one lock, one level of all cells."""
    events, locks = acts.Event.objects.count(), models.Lock.objects.count()
    levels = acts.CellLevel.objects.count()
    found = [] if events - 1 in {last, last + 1} else [f"answered {last}, stored {events - 1}"]
    kept = sum(acts.Stand.objects.values_list("number", flat=True))
    if (locks, levels, kept) != (events, events, events):
        found.append(f"half an act: {events} events, {locks} locks, {levels} levels, {kept} as they stand")
    if sorted(acts.Event.objects.values_list("message_id", flat=True)) != [
        UUID(int=at + 1) for at in range(events)
    ]:
        found.append("an act is stored twice, or one is missing between")
    return found


def main() -> None:
    """Run all rounds of saving, importing and sending."""
    kills, points, random_ = int(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    FORKS.set_forkserver_preload(["tests.collection.killing"])
    call_command("migrate", verbosity=0, interactive=False)
    regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)
    told: dict[str, Any] = {"vendor": connection.vendor}
    for kind in WORK:
        newest, answered, cut, wrong = -1, 0, 0, []
        plan = [(0, random_.uniform(0, 0.7)) for _ in range(kills)] + [(at + 1, 0.0) for at in range(points)]
        for crash_at, wait in plan:
            last, count = round_(kind, newest + 1, crash_at, wait)
            answered += count
            found, newest = faults(kind, last)
            cut += newest == last
            print(kind, crash_at, last, count, newest, time.monotonic(), file=sys.stderr, flush=True)
            wrong += [f"{crash_at or 'random'}: {one}" for one in found]
        told[kind] = {"kills": len(plan), "answered": answered, "cut": cut, "wrong": wrong}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
