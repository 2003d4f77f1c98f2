"""The shelter: files of strangers are looked into by a process of its own, which may die without harm."""

import json
import subprocess
import sys
from pathlib import Path

from sidara.evidence.core import (
    LONGEST_SIDE,
    MOST_PAGES,
    MOST_PIXELS,
    SMALL_SIDE,
    Kind,
    Looked,
)

PROGRAM = Path(__file__).with_name("looking.py")
WAIT = 60
"""Seconds on the wall; of the processor it has fewer."""


def look(content: bytes, *, keeps_place: bool) -> Looked | str:
    """Look into a file and write it anew; gives the code of what forbids it otherwise."""
    options = {
        "keeps_place": keeps_place,
        "pixels": MOST_PIXELS,
        "side": LONGEST_SIDE,
        "small": SMALL_SIDE,
        "pages": MOST_PAGES,
    }
    try:
        ran = subprocess.run(  # noqa: S603 - our own program, the file comes by its input
            [sys.executable, "-I", str(PROGRAM)],
            input=json.dumps(options).encode() + b"\n" + content,
            capture_output=True,
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "EVIDENCE_HEAVY"
    if ran.returncode:
        return "EVIDENCE_HEAVY"
    line, _, rest = ran.stdout.partition(b"\n")
    head = json.loads(line)
    if "fault" in head:
        return str(head["fault"])
    size = head["sizes"][0]
    return Looked(
        rest[:size],
        rest[size:],
        Kind(head["kind"]),
        head.get("width", 0),
        head.get("height", 0),
        head.get("pages", 0),
        head.get("taken_at", ""),
        head.get("latitude", ""),
        head.get("longitude", ""),
        tuple(head["left_out"]),
    )
