"""Made-up conditions of example villages: drawn from their codes, so the same village is always the same."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sidara.regions.core import Condition, Connection, Difficulty, regency_of


@dataclass(frozen=True, slots=True)
class Shares:
    """Of a hundred example villages, how many are without a link (by kabupaten), hard, extreme."""

    source: str
    since: date
    without_link: int
    without_link_in: Mapping[str, int]
    office: int
    hard: tuple[int, int]
    extreme: tuple[int, int]


def condition_of(code: str, shares: Shares) -> Condition:
    """Draw the conditions of an example village by its dotted code."""
    alone = shares.without_link_in.get(regency_of(code), shares.without_link)
    is_alone = _luck(code, "link") < alone
    if is_alone:
        connection = Connection.NONE
    else:
        connection = Connection.OFFICE if _luck(code, "office") < shares.office else Connection.MOBILE
    hard, extreme, luck = shares.hard[is_alone], shares.extreme[is_alone], _luck(code, "difficulty")
    if luck < extreme:
        difficulty = Difficulty.EXTREME
    else:
        difficulty = Difficulty.HARD if luck < extreme + hard else Difficulty.NORMAL
    return Condition(difficulty, connection, shares.since, shares.source)


def _luck(code: str, word: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{word}|{code}".encode()).digest()[:4]) % 100
