"""A code that a plan may carry, of any of the four governments, with its words and its years.

Key of an entry = (government, code, valid from). Names are as the list has them; they are compared without
case, blanks and punctuation.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sidara.programmes.core.words import Government


class Basis(StrEnum):
    """By what a code of one version of the nomenclature became a code of the next."""

    SAME = "same"
    SAME_NAME = "same_name"
    REVIEWED = "reviewed"
    CANDIDATE = "candidate"

    @property
    def is_usable(self) -> bool:
        """Whether it may be used without a person looking; a candidate may only be offered."""
        return self is not Basis.CANDIDATE


@dataclass(frozen=True, slots=True)
class Earlier:
    """The code of an earlier version; `likeness` (0 to 1) where a machine found it by its name."""

    version: str
    code: str
    basis: Basis
    name: str = ""
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a sub-activity is called and how its output is counted in one version."""

    name: str
    indicator: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Parent:
    """What a code lies in: affair, programme, activity; of a village activity its field and sub-field."""

    code: str
    name: str


NO_TEXTS: Mapping[str, Wording] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A sub-activity, a village activity or a programme of the centre.

    `versions`: in which it stands; `not_compared`: versions whose list could not be read, so that nothing is
    known of it there. `valid_from`, `valid_to`: first and last year of plan, `None` = not told or open.
    `owner`: who does it, where the list says so (agency, ministry). `is_special`: holds for Papua and other
    special regions only. `is_funding`: a programme that only pays, others do it; `is_transfer`: its money
    passes through a lower budget. `is_range`: a code that the kabupaten names itself (90 to 99).
    """

    government: Government
    code: str
    name: str
    valid_from: int | None = None
    valid_to: int | None = None
    performance: str = ""
    indicator: str = ""
    unit: str = ""
    versions: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()
    texts: Mapping[str, Wording] = field(default_factory=lambda: NO_TEXTS)
    earlier: tuple[Earlier, ...] = ()
    parents: tuple[Parent, ...] = ()
    owner: str = ""
    nature: str = ""
    also_written: str = ""
    is_special: bool = False
    is_range: bool = False
    is_minimum_service: bool = False
    is_funding: bool = False
    is_transfer: bool = False
    confidence: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[Government, str, int | None]:
        """Give what makes it one: government, code, first year."""
        return self.government, self.code, self.valid_from

    def holds_in(self, year: int | None) -> bool:
        """Whether it is known to hold in a year of plan; any year when `None` is asked."""
        if year is None:
            return True
        return (self.valid_from is None or self.valid_from <= year) and (
            self.valid_to is None or year <= self.valid_to
        )

    def wording(self, version: str | None = None) -> Wording:
        """Give its words in a version; those of today where that version has none of its own."""
        own = Wording(self.name, self.indicator, self.unit)
        return self.texts.get(version, own) if version else own


def plain(text: str) -> str:
    """Give a text as it is compared: letters and digits only, without case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts say the same but for case, blanks and punctuation."""
    return plain(one) == plain(other)
