"""The shape of Kemendagri codes: dotted `PP.KK.CC.DDDD`, bare `PPKKCCDDDD`.

Source: Permendagri 58/2021 on codes of government areas: two digits for province, kabupaten or
kota, kecamatan, four for desa and kelurahan.
"""

import re

from sidara.regions.core.region import Level

LENGTHS = {Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13}
"""Characters of a dotted code at each level."""

_CODE = re.compile(r"(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?)?", re.ASCII)


def dotted(text: str) -> str | None:
    """Read a dotted or bare code of any level and give it dotted; `None` when it has not the shape."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        return None
    parts = [part for part in match.groups() if part]
    mixed = "." in text and text.strip() != ".".join(parts)
    return None if mixed else ".".join(parts)


def bare(code: str) -> str:
    """Give the code without dots."""
    return code.replace(".", "")


def level_of(code: str) -> Level:
    """Give the level of a dotted code; refuses (`KeyError`) a length that no level has."""
    return {length: level for level, length in LENGTHS.items()}[len(code)]
