"""The shape of Kemendagri codes: dotted `PP.KK.CC.DDDD`, bare `PPKKCCDDDD`. The one place that reads them.

Source: Permendagri 58/2021 on codes of government areas: two digits for province, kabupaten or
kota, kecamatan, four for desa and kelurahan. In the last group of a village 1 stands first for a
kelurahan, 2 for a desa, 3 for a desa adat; the second group of a kota is 71 or more.
"""

import re

import polars as pl

from sidara.regions.core.region import KEMENDAGRI, Kind, Level

LENGTHS = {Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13}
"""Characters of a dotted code at each level."""
FIRST_CITY = 71

_CODE = re.compile(r"(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?)?", re.ASCII)
_GROUPS = ((0, 2), (2, 2), (4, 2), (6, 4))
"""Where each group of a bare code starts, and how long it is."""


def dotted(text: str) -> str | None:
    """Read a dotted or bare code of any level and give it dotted; `None` when it has not the shape."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        return None
    parts = [part for part in match.groups() if part]
    mixed = "." in text and text.strip() != ".".join(parts)
    return None if mixed else ".".join(parts)


def dotted_column(text: pl.Expr, level: Level) -> pl.Expr:
    """Read a column of dotted or bare codes of one level, written to the letter; null where it is none."""
    groups = _GROUPS[:level]
    bare_form = rf"^[0-9]{{{sum(size for _, size in groups)}}}$"
    dotted_form = rf"^{r'\.'.join(rf'[0-9]{{{size}}}' for _, size in groups)}$"
    digits = text.str.replace_all(".", "", literal=True)
    made = pl.concat_str([digits.str.slice(start, size) for start, size in groups], separator=".")
    return pl.when(text.str.contains(bare_form) | text.str.contains(dotted_form)).then(made)


def bare(code: str) -> str:
    """Give the code without dots."""
    return code.replace(".", "")


def level_of(code: str) -> Level:
    """Give the level of a dotted code; refuses (`KeyError`) a length that no level has."""
    return {length: level for level, length in LENGTHS.items()}[len(code)]


def above(code: str) -> str | None:
    """Give the dotted code of the parent, as codes are built; `None` for a province."""
    level = level_of(code)
    return None if level is Level.PROVINCE else code[: LENGTHS[Level(level - 1)]]


def kind_of(code: str) -> Kind:
    """Give the kind that a dotted code tells."""
    match level_of(code):
        case Level.PROVINCE:
            return Kind.PROVINCE
        case Level.REGENCY:
            return Kind.CITY if int(code[3:5]) >= FIRST_CITY else Kind.REGENCY
        case Level.DISTRICT:
            return Kind.DISTRICT
        case Level.VILLAGE:
            return {"1": Kind.URBAN_VILLAGE, "3": Kind.CUSTOMARY_VILLAGE}.get(code[9], Kind.VILLAGE)


def scheme_label(scheme: str) -> str:
    """Name a scheme on screen: `kode Kemendagri`, `kode BPS 2023`."""
    name, _, year = scheme.partition(":")
    word = name.capitalize() if name == KEMENDAGRI else name.upper()
    return f"kode {word} {year}".strip()
