"""Codes of the village budget (Permendagri 20/2018) as people and Siskeudes write them.

Standard form B.S.KK (2.3.10). Siskeudes writes 02.03.10, at times with a dot at the end and the village's
code in front (04.2002.02.03.10.). Codes 90 to 99 of a sub-field are named by each kabupaten itself.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sidara.programmes.core.codes.entry import Entry

_CODE = re.compile(r"0?([1-5])\.0?([1-9])\.(\d{2})", re.ASCII)
_FRONT = re.compile(r"(?:\d{2}\.){0,3}\d{4}|\d{10}", re.ASCII)
_PARTS = 3
EMERGENCY, WHOLE, FIRST = "5", "00", "01"
"""Field 5 has one activity in each sub-field, 00; some write it 01."""
OWN_CODES = "9"
"""How the codes begin that a kabupaten names itself."""


class TopAccount(StrEnum):
    """The first part of an account (akun) of the village budget; Permendagri 20/2018."""

    INCOME = "4"
    SPENDING = "5"
    FINANCING = "6"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the village budget; `level` is akun, kelompok or jenis."""

    code: str
    name: str
    level: str


def top_of(account: str) -> TopAccount | None:
    """Give the akun of an account (5.2.7); `None` for an empty one and for what is none."""
    first = account.strip().partition(".")[0]
    return TopAccount(first) if first in set(TopAccount) else None


def bears_code(account: str) -> bool:
    """Whether a line of an account bears a code of an activity: income and financing do not."""
    return top_of(account) not in {TopAccount.INCOME, TopAccount.FINANCING}


def normalise(written: object) -> str | None:
    """Give a village activity's code in its standard form, `None` for what is none.

    A number out of a cell (1.3) is none, nor is a code with two parts, an account or one of province and
    regency. Text in front is taken off where it is a village's code.
    """
    if not isinstance(written, str):
        return None
    parts = written.strip().rstrip(".").replace(" ", "").split(".")
    front, own = parts[:-_PARTS], ".".join(parts[-_PARTS:])
    if front and _FRONT.fullmatch(".".join(front)) is None:
        return None
    found = _CODE.fullmatch(own)
    if found is None:
        return None
    field, sub_field, activity = found.groups()
    if field == EMERGENCY and activity == FIRST:
        activity = WHOLE
    return f"{field}.{sub_field}.{activity}"


class VillageCodes:
    """All activities and accounts of the village budget."""

    def __init__(
        self,
        entries: Iterable[Entry],
        ranges: Iterable[Entry] = (),
        accounts: Sequence[Account] = (),
        sectors: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        """Take activities, the entry for the own codes of each sub-field, accounts, sectors of sub-fields."""
        self.entries = tuple(entries)
        self.ranges = {one.code: one for one in ranges}
        self.accounts = {one.code: one for one in accounts}
        self._by_code = {one.code: one for one in self.entries}
        self._sectors = dict(sectors or {})

    def find(self, code: str) -> Entry | None:
        """Give an activity by its code as written; one of 90 to 99 under the code that was asked."""
        read = normalise(code)
        if read is None:
            return None
        if (found := self._by_code.get(read)) is not None:
            return found
        sub_field, _, activity = read.rpartition(".")
        held = self.ranges.get(sub_field)
        return replace(held, code=read) if held is not None and activity.startswith(OWN_CODES) else None

    def sectors(self, code: str) -> frozenset[str]:
        """Give the sectors of the dictionary that a code as written lies in; empty for what is none."""
        read = normalise(code)
        return frozenset() if read is None else self._sectors.get(read.rpartition(".")[0], frozenset())

    def account(self, code: str) -> Account | None:
        """Give an account by its code (4.2.1), or the nearest one above it (5.2.7.01 is in 5.2.7)."""
        parts = code.strip().rstrip(".").split(".")
        for length in range(len(parts), 0, -1):
            if (found := self.accounts.get(".".join(parts[:length]))) is not None:
                return found
        return None
