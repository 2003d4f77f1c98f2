"""What processes take of the processor while they live, by `/proc` of Linux; elsewhere nothing is told."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def taken(root: int) -> dict[str, float]:
    """Give the seconds of a process (`induk`) and of all that it started and that ended or lives (`anak`)."""
    found = {pid: one for pid in _pids() if (one := _read(pid)) is not None}
    if root not in found:
        return {}
    family, grown = {root}, True
    while grown:
        more = {pid for pid, one in found.items() if one[0] in family} - family
        grown, family = bool(more), family | more
    own = found[root]
    below = sum(sum(found[pid][1:]) for pid in family - {root})
    return {"induk": own[1] / TICK, "anak": (own[2] + below) / TICK}


def busy() -> float:
    """Give the seconds that all processors of the machine were busy."""
    if not PROC.is_dir():
        return 0.0
    user, nice, system, _, _, irq, soft = map(int, (PROC / "stat").read_text().split()[1:8])
    return (user + nice + system + irq + soft) / TICK


def _pids() -> list[int]:
    return [int(one.name) for one in PROC.iterdir() if one.name.isdigit()] if PROC.is_dir() else []


def _read(pid: int) -> tuple[int, int, int] | None:
    """Give the parent of a process, its own ticks and those of its children that ended."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    own, ended = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
    return int(fields[1]), own, ended
