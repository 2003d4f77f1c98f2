"""The nomenclature of province and regency: codes as written, versions by year, standing of a code.

A code is U.BB.PP.J.KK.SSSS: affair, programme, digit of the government, activity, sub-activity (four digits;
two until 2021). Programme digits 01 support every agency and are listed once, as X.XX.01. Part of the affairs
is listed in part: a code that is not there is then *unlisted*, which is no fault.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from sidara.programmes.core.codes.entry import Basis, Entry, Parent, Wording, is_same_text
from sidara.programmes.core.words import Government

ANY_AFFAIR = "X.XX"
SUPPORTING = "01"
OLD_DIGITS = 2
_CODE = re.compile(r"(\d|X)\.(\d{2}|XX)\.(\d{2})(?:\.(\d)\.(\d{2})(?:\.(\d{4}|\d{2}))?)?", re.ASCII)
_BREAKS = re.compile(r"[.\s\-]+")
_PARTS = (3, 5, 6)
_AFFAIR, _PROGRAMME, _ACTIVITY = 2, 3, 5


class Standing(StrEnum):
    """How a code stands in a year for a government."""

    VALID = "valid"
    NO_CODE = "no_code"
    ABSENT = "absent"
    OTHER_GOVERNMENT = "other_government"
    OTHER_YEAR = "other_year"
    SPECIAL_REGION = "special_region"
    UNLISTED = "unlisted"
    NO_VERSION = "no_version"

    @property
    def is_unknown(self) -> bool:
        """Whether the list cannot tell: nothing may be concluded."""
        return self in {Standing.UNLISTED, Standing.NO_VERSION}

    @property
    def is_refused(self) -> bool:
        """Whether the code is surely wrong."""
        return self is not Standing.VALID and not self.is_unknown


@dataclass(frozen=True, slots=True)
class Version:
    """A text of the nomenclature with the first and last year of plan for which it holds."""

    code: str
    name: str
    valid_from: int
    valid_to: int | None
    confidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Complete:
    """A part of the nomenclature that is listed whole for a government, in these versions."""

    government: Government
    prefix: str
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A code of another version for the same thing."""

    code: str
    basis: Basis
    likeness: float | None = None


def _cut(code: str, parts: int) -> str:
    return ".".join(code.split(".", parts)[:parts])


def affair_of(code: str) -> str:
    """Give the affair of a code: `2.13`."""
    return _cut(code, _AFFAIR)


def programme_of(code: str) -> str:
    """Give the programme of a code: `2.13.04`."""
    return _cut(code, _PROGRAMME)


def activity_of(code: str) -> str:
    """Give the activity of a code: `2.13.04.2.01`; a programme alone stays what it is."""
    return _cut(code, _ACTIVITY)


def digit_of(code: str) -> str | None:
    """Give the digit that tells the government, `None` where the code has none."""
    parts = code.split(".")
    return parts[_PROGRAMME] if len(parts) > _PROGRAMME else None


def is_supporting(code: str) -> bool:
    """Whether a code belongs to the programme that supports every agency (x.xx.01); a village code never."""
    parts = code.split(".")
    return len(parts) >= _PROGRAMME and len(parts[1]) == _AFFAIR and parts[_PROGRAMME - 1] == SUPPORTING


def normalise(written: object) -> str | None:
    """Give a code as the list writes it, `None` for what is none.

    Takes blanks, dashes, a dot at the end, small x and dropped zeros in front of a part. A number out of a
    cell (2.13) is none: its zeros are lost.
    """
    if not isinstance(written, str):
        return None
    parts = [part for part in _BREAKS.split(written.strip().upper()) if part]
    if len(parts) not in _PARTS or not all(part.isascii() for part in parts):
        return None
    first = parts[0].lstrip("0") if parts[0].isdigit() else parts[0]
    widths = (2, 2, 1, 2, 2 if len(parts[-1]) <= OLD_DIGITS else 4)
    code = ".".join([first, *(part.zfill(width) for part, width in zip(parts[1:], widths, strict=False))])
    if _CODE.fullmatch(code) is None or (first == "X") != (parts[1] == "XX"):
        return None
    return code


class Nomenclature:
    """All codes of province and regency, of all versions."""

    def __init__(
        self,
        versions: Sequence[Version],
        entries: Iterable[Entry],
        *,
        digits: Mapping[str, Government],
        complete: Iterable[Complete] = (),
        names: Iterable[tuple[Government, Parent]] = (),
    ) -> None:
        """Take versions (oldest first) and entries; `names` are those of affairs, programmes, activities.

        Codes of an earlier version that are told only beside a later one become entries of that version;
        whether their number means something else later is not known.
        """
        self.versions = tuple(versions)
        self._digits = dict(digits)
        self._complete = tuple(complete)
        self._names = {(government, one.code): one.name for government, one in names}
        self._held: dict[tuple[Government, str], list[Entry]] = {}
        listed = [self._dated(one) for one in entries]
        for one in listed:
            self._held.setdefault((one.government, one.code), []).append(one)
        told = {old.key: old for entry in listed for old in self._told_beside(entry)}
        for one in told.values():
            self._held.setdefault((one.government, one.code), []).append(one)

    def _dated(self, one: Entry) -> Entry:
        first = min(self._version(code).valid_from for code in one.versions)
        ends = [self._version(code).valid_to for code in one.versions]
        last = None if None in ends else max(end for end in ends if end is not None)
        return replace(one, valid_from=first, valid_to=last, parents=self.parents(one.government, one.code))

    def _told_beside(self, one: Entry) -> list[Entry]:
        return [
            self._dated(
                Entry(
                    government=one.government,
                    code=old.code,
                    name=old.name or one.name,
                    versions=(old.version,),
                    not_compared=one.versions,
                    confidence=one.confidence,
                )
            )
            for old in one.earlier
            if self._in_version(one.government, old.code, old.version) is None
        ]

    def _version(self, code: str) -> Version:
        return next(one for one in self.versions if one.code == code)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order of government, code and version."""
        held = (one for rows in self._held.values() for one in rows)
        return tuple(sorted(held, key=lambda one: (one.government, one.code, one.valid_from or 0)))

    def version_of(self, year: int) -> Version | None:
        """Give the version that holds in a year of plan; `None` before the first."""
        for one in self.versions:
            if one.valid_from <= year and (one.valid_to is None or year <= one.valid_to):
                return one
        return None

    def government_of(self, code: str) -> Government | None:
        """Give the government that a code's digit names; `None` for special regions and programmes."""
        return self._digits.get(digit_of(code) or "")

    def listed(self, code: str) -> str:
        """Give the code under which the list has it: 2.13.01.2.01.0001 is X.XX.01.2.01.0001 there."""
        if not is_supporting(code):
            return code
        return ".".join([ANY_AFFAIR, *code.split(".")[_AFFAIR:]])

    def name_of(self, government: Government, code: str) -> str:
        """Give the name of an affair, a programme or an activity; empty when it is not listed."""
        return self._names.get((government, self.listed(code)), "")

    def parents(self, government: Government, code: str) -> tuple[Parent, ...]:
        """Give what a code lies in, from the affair down, as far as it is named."""
        steps = dict.fromkeys((affair_of(code), programme_of(code), activity_of(code)))
        return tuple(
            Parent(step, name) for step in steps if step != code and (name := self.name_of(government, step))
        )

    def _in_version(self, government: Government, code: str, version: str) -> Entry | None:
        rows = self._held.get((government, self.listed(code)), ())
        return next((one for one in rows if version in one.versions), None)

    def find(self, government: Government, code: str, year: int | None = None) -> Entry | None:
        """Give the entry of a code in a year; of the newest version when no year is asked."""
        if year is not None:
            version = self.version_of(year)
            return self._in_version(government, code, version.code) if version else None
        rows = self._held.get((government, self.listed(code)), ())
        return max(rows, key=lambda one: one.valid_from or 0, default=None)

    def editions(self, government: Government, code: str) -> tuple[Entry, ...]:
        """Give all that a code ever meant for a government, oldest first."""
        rows = self._held.get((government, self.listed(code)), ())
        return tuple(sorted(rows, key=lambda one: one.valid_from or 0))

    def may_hold_in(self, entry: Entry, year: int | None) -> bool:
        """Whether an entry holds in a year of plan, or its list of that year could not be read."""
        version = self.version_of(year) if year is not None else None
        return entry.holds_in(year) or (version is not None and version.code in entry.not_compared)

    def standing(self, government: Government, code: str, year: int) -> Standing:
        """Say how a code stands for a government in a year of plan; takes the code as it is written.

        Programmes and activities stand by their name. What the list cannot tell is `UNLISTED`.
        """
        read = normalise(code)
        if read is None:
            return Standing.NO_CODE
        version = self.version_of(year)
        if version is None:
            return Standing.NO_VERSION
        if (digit := digit_of(read)) is None or len(read.split(".")) == _ACTIVITY:
            return self._standing_above(government, read, digit)
        found = self._in_version(government, read, version.code)
        if found is not None:
            return Standing.SPECIAL_REGION if found.is_special else Standing.VALID
        return self._standing_absent(government, read, digit, version.code)

    def _standing_absent(self, government: Government, code: str, digit: str, version: str) -> Standing:
        """Say why a sub-activity is not in the version: another's, of other years, not there, not listed."""
        if digit not in self._digits:
            return Standing.SPECIAL_REGION
        if self._digits[digit] is not government:
            return Standing.OTHER_GOVERNMENT
        rows = self._held.get((government, self.listed(code)), ())
        if any(version in one.not_compared for one in rows):
            return Standing.UNLISTED
        if rows or len(code.rsplit(".", maxsplit=1)[-1]) == OLD_DIGITS:
            return Standing.OTHER_YEAR
        return Standing.ABSENT if self._is_whole(government, code, version) else Standing.UNLISTED

    def _standing_above(self, government: Government, code: str, digit: str | None) -> Standing:
        """Say how a programme or an activity stands: its name is known, or its affair is not listed whole."""
        if digit is not None and digit not in self._digits:
            return Standing.SPECIAL_REGION
        if digit is not None and self._digits[digit] is not government:
            return Standing.OTHER_GOVERNMENT
        if self.name_of(government, code):
            return Standing.VALID
        newest = self.versions[-1].code
        return Standing.ABSENT if self._is_whole(government, code, newest) else Standing.UNLISTED

    def _is_whole(self, government: Government, code: str, version: str) -> bool:
        listed = self.listed(code).split(".")
        for one in self._complete:
            prefix = one.prefix.split(".")
            if one.government is government and listed[: len(prefix)] == prefix and version in one.versions:
                return True
        return False

    def is_named(self, entry: Entry, name: str, year: int) -> bool:
        """Whether a name is that of an entry in a year, but for case, blanks and punctuation."""
        version = self.version_of(year)
        wording: Wording = entry.wording(version.code if version else None)
        return is_same_text(wording.name, name)

    def translate(
        self, government: Government, code: str, from_year: int, to_year: int
    ) -> tuple[Mapped, ...]:
        """Give the codes of the same thing in another year, surest first; those usable are `is_usable`.

        Empty where nothing is known. Both directions; within one version a code is itself.
        """
        start, end = self.version_of(from_year), self.version_of(to_year)
        if start is None or end is None:
            return ()
        found = self._in_version(government, code, start.code)
        if found is None:
            return ()
        if end.code in found.versions:
            return (Mapped(code, Basis.SAME),)
        if start.valid_from > end.valid_from:
            told = [
                Mapped(old.code, old.basis, old.likeness) for old in found.earlier if old.version == end.code
            ]
        else:
            told = [
                Mapped(one.code, old.basis, old.likeness)
                for one in self.entries
                if one.government is government and end.code in one.versions
                for old in one.earlier
                if old.version == start.code and old.code == self.listed(code)
            ]
        return tuple(sorted(told, key=lambda one: (not one.basis.is_usable, -(one.likeness or 1), one.code)))
