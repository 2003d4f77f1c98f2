"""Kills processes that verify and looks at what is stored; run by `test_killed.py`.

    python -m tests.verification.killed KILLS POINTS SEED

The records lie where SIDARA_HOME and DATABASE_URL say. Each of accepting, returning, correcting and closing
is killed before each of its first POINTS writes, all acts KILLS times at a random moment. Prints one JSON
object.
"""

import json
import random
import sys
import time
from typing import Any
from uuid import UUID

from tests.collection.killed import FORKS, round_
from tests.collection.killing import OPERATOR, connection, queries

# isort: split
from django.core.management import call_command

from sidara.records.writing import writing
from sidara.regions import services as regions
from sidara.verification import models
from sidara.verification import queries as verification
from tests.collection.killing import NOW
from tests.verification.killing import KEY, UP, act_of, verify

KINDS = {"accept": UP, "return": ("return",), "correct": ("correct",), "close": ("close",)}


def faults(last: int) -> tuple[list[str], int]:
    """Say what does not hold after a kill, and which number is stored now."""
    with writing():  # whatever a server still does for the killed process is over then
        pass
    audits = (*queries.audit(OPERATOR), *verification.audit(OPERATOR))
    found = [f"{one.code}: {one.message}" for one in audits]
    told = [models.Event.objects, models.Minutes.objects]
    messages = sorted(one for rows in told for one in rows.values_list("message_id", flat=True))
    newest = len(messages) - 1
    if newest not in {last, last + 1}:
        found.append(f"answered {last}, stored {newest}")
    if messages != [UUID(int=at + 1) for at in range(newest + 1)]:
        found.append("an act is stored twice, or one is missing between")
    closed = max((at for at in range(newest + 1) if act_of(at) == "close"), default=0)
    batches = sum(act_of(at) in {"district", "return"} for at in range(closed))
    if models.MinutesEvent.objects.count() != batches:
        found.append(f"half a closing: {models.MinutesEvent.objects.count()} of {batches} acts")
    held, filled = verification.standing(OPERATOR, KEY), queries.filled(OPERATOR, KEY)
    if filled is not None and held.events:
        stand = models.Stand.objects.get()
        drafts = held.drafted(held.every(filled.state.cells))
        if (stand.number, stand.level) != (len(held.events), held.level):
            found.append(f"half an act: {stand.number} events at {stand.level} as it stands")
        if not filled.state.is_locked or filled.state.opened != drafts:
            found.append(f"half an act: {sorted(filled.state.opened)} open, {sorted(drafts)} drafts")
    return found, newest


def main() -> None:
    """Kill every kind of act at its writes, then all of them at random."""
    kills, points, random_ = int(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    FORKS.set_forkserver_preload(["tests.verification.killing"])
    call_command("migrate", verbosity=0, interactive=False)
    regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)
    told: dict[str, Any] = {"vendor": connection.vendor}
    verify(0, is_dry=True)
    newest = -1
    for kind, names in (*KINDS.items(), ("random", ())):
        answered, cut, wrong = 0, 0, []
        plan = [(at + 1, 0.0) for at in range(points if names else 0)]
        plan += [(0, random_.random()) for _ in range(0 if names else kills)]
        for crash_at, wait in plan:
            while names and act_of(newest + 1) not in names:
                newest += 1
                verify(newest)
                wrong += [f"{act_of(newest)}: {one}" for one in faults(newest)[0]]
            last, count = round_("verify", newest + 1, crash_at, wait)
            answered += count
            found, newest = faults(last)
            cut += newest == last
            print(kind, crash_at, last, count, newest, time.monotonic(), file=sys.stderr, flush=True)
            wrong += [f"{kind} {crash_at}: {one}" for one in found]
        told[kind] = {"kills": len(plan), "answered": answered, "cut": cut, "wrong": wrong}
    verify(newest + 1, is_dry=True)
    told["acts"] = newest + 1
    print(json.dumps(told))


if __name__ == "__main__":
    main()
