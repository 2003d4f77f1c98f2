"""A region, its level and kind, and the uid that it is given once."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE62 = "0123456789" + LETTERS
UID_LENGTH = 11


class Level(IntEnum):
    """The four levels of the tree."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4

    @property
    def label(self) -> str:
        """The word for an area of the level (`kabupaten` stands for kota as well, `desa` for kelurahan)."""
        return _LEVELS[self]


_LEVELS = {
    Level.PROVINCE: "provinsi",
    Level.REGENCY: "kabupaten",
    Level.DISTRICT: "kecamatan",
    Level.VILLAGE: "desa",
}


class Kind(StrEnum):
    """What a region is by law. A kecamatan of Papua (distrik) is a kecamatan here."""

    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    CITY = "kota"
    DISTRICT = "kecamatan"
    VILLAGE = "desa"
    URBAN_VILLAGE = "kelurahan"
    CUSTOMARY_VILLAGE = "desa_adat"

    @property
    def label(self) -> str:
        """The word on screen, first letter upper case (`Desa adat`)."""
        return self.value.replace("_", " ").capitalize()


KEMENDAGRI = "kemendagri"
"""The scheme of the public key; other schemes are written like `bps:2023`."""
EXAMPLE = "contoh"
"""The scheme of the public key of an example village, about which everything is made up."""

DESA = (Kind.VILLAGE, Kind.CUSTOMARY_VILLAGE)
"""The villages that govern themselves and are assessed: the decree counts desa adat as desa."""


@dataclass(frozen=True, slots=True)
class Region:
    """One area. `code` is the public key today; `name` has no word for the kind in front.

    `latitude` and `longitude` are degrees (WGS 84) of a point of the village, `None` where unknown.
    `valid_from` and `valid_to` are its first and last day; `None` = since ever, still valid. `scheme` is that
    of `code`: Kemendagri's, or `contoh` of an example village.
    """

    id: int
    uid: str
    code: str
    name: str
    level: Level
    kind: Kind
    parent_id: int | None
    latitude: float | None
    longitude: float | None
    valid_from: date | None = None
    valid_to: date | None = None
    scheme: str = KEMENDAGRI

    @property
    def is_example(self) -> bool:
        """Whether it is an example village, made for the demo below a real kecamatan."""
        return self.scheme == EXAMPLE

    @property
    def is_ended(self) -> bool:
        """Whether the region is no more: it was split or merged into others."""
        return self.valid_to is not None

    @property
    def full_name(self) -> str:
        """Name with the word for its kind (`Kabupaten Kapuas`, `Desa Kubu`)."""
        return f"{self.kind.label} {self.name}"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means in one scheme. The days are those of the code; empty = open."""

    scheme: str
    code: str
    region: Region
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region that may be meant. `parents` top first; `score` 0 to 100, 100 = the same words.

    `meaning` says by which code it was found, if by one.
    """

    region: Region
    parents: tuple[Region, ...]
    score: float
    meaning: Meaning | None = None


def uid(kind: str, first_code: str) -> str:
    """Make the outside id: 11 characters of base 62 of SHA-256 of `kind:first code`, first a letter.

    Source: DHIS2 developer manual, "UIDs" (11 characters, a letter first). Made once and stored;
    never made again when the code changes.
    """
    number = int.from_bytes(hashlib.sha256(f"{kind}:{first_code}".encode()).digest(), "big")
    number, first = divmod(number, len(LETTERS))
    text = LETTERS[first]
    for _ in range(UID_LENGTH - 1):
        number, digit = divmod(number, len(BASE62))
        text += BASE62[digit]
    return text
