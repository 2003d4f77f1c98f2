"""Minutes (berita acara): what a step accepted and returned in a batch, closed under one hash."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sidara.collection.core.chain import digest
from sidara.kernel.clock import stamp
from sidara.verification.core.levels import Step

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: no letter that looks like a digit."""
_LENGTH, _GROUP = 12, 4
_ALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a step did with one submission in the batch.

    `content_hash` and `revision` are those of its last event in it, `chain_hash` names that event. `accepted`
    and `returned` count cells; a cell that was accepted after a return counts in both.
    """

    form: str
    form_name: str
    region: str
    region_name: str
    period: str
    dataset: str
    revision: int
    content_hash: str
    chain_hash: str
    accepted: int
    returned: int


@dataclass(frozen=True)
class Minutes:
    """Minutes as they are kept: of which step and area, by whom (name and function of that day), when (UTC).

    `root_day` and `root_hash` are the newest nightly root by then; `None` and empty where there was none.
    """

    step: Step
    area: str
    area_name: str
    actor_name: str
    actor_function: str
    made_at: datetime
    root_day: date | None
    root_hash: str
    entries: Sequence[Entry]

    @property
    def content_hash(self) -> str:
        """The hash over everything that the minutes say."""
        return digest(
            {
                "actor": [self.actor_name, self.actor_function],
                "area": [self.area, self.area_name],
                "at": stamp(self.made_at),
                "entries": [
                    {
                        "accepted": one.accepted,
                        "chain": one.chain_hash,
                        "content": one.content_hash,
                        "dataset": one.dataset,
                        "form": [one.form, one.form_name],
                        "period": one.period,
                        "region": [one.region, one.region_name],
                        "returned": one.returned,
                        "revision": one.revision,
                    }
                    for one in self.entries
                ],
                "root": [self.root_day.isoformat() if self.root_day else "", self.root_hash],
                "step": self.step.value,
            }
        )

    @property
    def code(self) -> str:
        """The code by which anybody checks them: twelve signs of the hash, in groups of four."""
        return code_of(self.content_hash)


def code_of(content_hash: str) -> str:
    """Give the code of a hash (hexadecimal): its first 60 bits."""
    bits = int(content_hash[:15], 16)
    signs = [_SIGNS[bits >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5)]
    return "-".join("".join(signs[at : at + _GROUP]) for at in range(0, _LENGTH, _GROUP))


def read_code(text: str) -> str:
    """Read a code as people type it: without its strokes, small, O for 0; empty where it is none."""
    signs = re.sub(r"[\s-]", "", text).upper().translate(_ALIKE)
    if len(signs) != _LENGTH or any(one not in _SIGNS for one in signs):
        return ""
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def file_hash(content: bytes) -> str:
    """Give the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
