"""Kills processes that keep plans before each of their writes; run by `test_killed.py`.

    python -m tests.programmes.killed [KIND …]

The records lie where SIDARA_HOME and DATABASE_URL say. What is made is killed before its first, second …
write until it gets through, then what is changed in the same way. Prints one JSON object.
"""

import json
import sys
import time
from typing import Any

from tests.collection.killed import FORKS, round_
from tests.collection.killing import OPERATOR, connection

# isort: split
from django.core.management import call_command

from sidara.collection import queries as collection
from sidara.records.writing import writing
from sidara.regions import services as regions
from tests.collection.killing import NOW
from tests.programmes.killing import STORED

ACTS = ("make", "change")


def faults(kind: str, last: int) -> tuple[list[str], int]:
    """Say what does not hold after a kill, and which number is stored now."""
    with writing():  # whatever a server still does for the killed process is over then
        pass
    found, newest = STORED[kind]()
    if newest != last:
        found.append(f"answered {last}, stored {newest}")
    return found + [f"{one.code}: {one.message}" for one in collection.audit(OPERATOR)], newest


def main() -> None:
    """Kill what keeps each kind before each of its writes."""
    FORKS.set_forkserver_preload(["tests.programmes.killing"])
    call_command("migrate", verbosity=0, interactive=False)
    regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)
    told: dict[str, Any] = {"vendor": connection.vendor}
    for kind in sys.argv[1:] or STORED:
        newest, points, wrong = -1, [], []
        for act in ACTS:
            point, answered = 0, 0
            while not answered:
                point += 1
                last, answered = round_(kind, newest + 1, point, 0.0)
                found, newest = faults(kind, last)
                print(kind, act, point, last, newest, time.monotonic(), file=sys.stderr, flush=True)
                wrong += [f"{act} {point}: {one}" for one in found]
            points.append(point - 1)
        told[kind] = {"points": points, "wrong": wrong}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
