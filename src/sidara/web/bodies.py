"""The bodies that scripts post."""

import json
import re
from datetime import datetime
from typing import Any

from sidara.kernel.clock import claimed
from sidara.ui.rights import Asking

MOST_REVISIONS = 10**9
LONGEST_NAME = 200
_BEYOND = re.compile(r"[+-]\d{6}-\d\d-\d\dT")
"""How JavaScript writes a year of more than four digits."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def json_of(request: Asking, *, longest: int) -> Any:
    """Read the body of a POST as JSON; `None` where it is none, or longer than so many bytes."""
    if request.method != "POST" or len(request.body) > longest:
        return None
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def is_revision(number: object) -> bool:
    """Whether a device may have seen a revision of that number."""
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < MOST_REVISIONS


def is_name(text: object) -> bool:
    """Whether a text can be the name of a person: without signs that no record can hold."""
    return isinstance(text, str) and len(text) <= LONGEST_NAME and not _UNSEEN.search(text)


def name_of(text: str) -> str:
    """Give what was typed as the name of a person, without the signs that no record can hold."""
    return _UNSEEN.sub("", text).strip()[:LONGEST_NAME]


def moment_of(text: str) -> datetime | None:
    """Read a moment by the clock of a device.

    `None` for a clock that is wrong by generations, which a device without a battery may have: it says
    nothing, and keeps nobody from anything. Raises `ValueError` for what is no moment with its zone.
    """
    if _BEYOND.match(text):
        return None
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return claimed(at)
