"""The shape of Kemendagri codes: dotted `PP.KK.CC.DDDD`, bare `PPKKCCDDDD`. The one place that reads them.

Source: Permendagri 58/2021 on codes of government areas: two digits for province, kabupaten or
kota, kecamatan, four for desa and kelurahan. In the last group of a village 1 stands first for a
kelurahan, 2 for a desa, 3 for a desa adat; the second group of a kota is 71 or more. 9 is nobody's there:
with it the codes of example villages begin (`62.01.02.9017`), which no decree gives.
"""

import re

import polars as pl

from sidara.regions.core.region import EXAMPLE, KEMENDAGRI, Kind, Level

LENGTHS = {Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13}
"""Characters of a dotted code at each level."""
FIRST_CITY = 71
EXAMPLE_FIGURE, MOST_EXAMPLES = "9", 999
"""What a village's group begins with in the code of an example village, and how many a kabupaten may have."""
VILLAGE_KINDS = {"1": Kind.URBAN_VILLAGE, "2": Kind.VILLAGE, "3": Kind.CUSTOMARY_VILLAGE}
"""The kind by the first figure of a village's group."""

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
    digits = bare_column(text)
    made = pl.concat_str([digits.str.slice(start, size) for start, size in groups], separator=".")
    return pl.when(text.str.contains(bare_form) | text.str.contains(dotted_form)).then(made)


def bare(code: str) -> str:
    """Give the code without dots."""
    return code.replace(".", "")


def bare_column(code: pl.Expr) -> pl.Expr:
    """Give a column of codes without dots."""
    return code.str.replace_all(".", "", literal=True)


def village_kind(code: str) -> Kind | None:
    """Give the kind that a dotted code of a village tells; `None` where its group begins otherwise."""
    return VILLAGE_KINDS.get(code[9:10])


def is_example(code: str) -> bool:
    """Whether a dotted code is that of an example village."""
    return len(code) == LENGTHS[Level.VILLAGE] and code[9] == EXAMPLE_FIGURE


def example_code(district: str, number: int) -> str:
    """Give the code of an example village of a kecamatan; `number` is its own within the kabupaten."""
    if not 1 <= number <= MOST_EXAMPLES:
        raise ValueError(number)
    return f"{district}.{EXAMPLE_FIGURE}{number:03d}"


def level_of(code: str) -> Level:
    """Give the level of a dotted code; refuses (`KeyError`) a length that no level has."""
    return {length: level for level, length in LENGTHS.items()}[len(code)]


def above(code: str) -> str | None:
    """Give the dotted code of the parent, as codes are built; `None` for a province."""
    level = level_of(code)
    return None if level is Level.PROVINCE else code[: LENGTHS[Level(level - 1)]]


def province_of(code: str) -> str:
    """Give the code of the province in which a dotted or bare code was given."""
    return code[: LENGTHS[Level.PROVINCE]]


def regency_of(code: str) -> str:
    """Give the code of the kabupaten or kota in which a dotted code was given; a province's as it is."""
    return code[: LENGTHS[Level.REGENCY]]


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
            return village_kind(code) or Kind.VILLAGE


def kind_column(code: pl.Expr, level: pl.Expr) -> pl.Expr:
    """Give the kinds that a column of dotted codes tells; `level` is that of each."""
    is_city = code.str.slice(3, 2).cast(pl.Int16, strict=False) >= FIRST_CITY
    told = {figure: kind.value for figure, kind in VILLAGE_KINDS.items()}
    village = code.str.slice(9, 1).replace_strict(told, default=Kind.VILLAGE.value, return_dtype=pl.String)
    return (
        pl.when(level == Level.PROVINCE)
        .then(pl.lit(Kind.PROVINCE))
        .when(level == Level.REGENCY)
        .then(pl.when(is_city).then(pl.lit(Kind.CITY)).otherwise(pl.lit(Kind.REGENCY)))
        .when(level == Level.DISTRICT)
        .then(pl.lit(Kind.DISTRICT))
        .otherwise(village)
    )


def scheme_label(scheme: str) -> str:
    """Name a scheme on screen: `kode Kemendagri`, `kode BPS 2023`, `kode contoh`."""
    if scheme == EXAMPLE:
        return f"kode {EXAMPLE}"
    name, _, year = scheme.partition(":")
    word = name.capitalize() if name == KEMENDAGRI else name.upper()
    return f"kode {word} {year}".strip()
