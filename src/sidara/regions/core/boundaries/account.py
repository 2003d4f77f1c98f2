"""A file of boundaries beside the register: matched, missing, extra, duplicate. Names only raise doubt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz

from sidara.regions.core.code import village_kind
from sidara.regions.core.region import Level


@dataclass(frozen=True, slots=True)
class Account:
    """Codes of a file by verdict, sorted; `unlike`: matched codes whose names disagree (code, there, here).

    `missing` are villages of the register, in the provinces of the file, that the file does not have.
    """

    provinces: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    duplicate: tuple[str, ...] = ()
    unlike: tuple[tuple[str, str, str], ...] = ()
    named: int = 0
    is_scheme_doubted: bool = False

    def counts(self) -> dict[str, int]:
        """How many codes each verdict has."""
        return {
            "matched": len(self.matched),
            "missing": len(self.missing),
            "extra": len(self.extra),
            "duplicate": len(self.duplicate),
        }


def reconcile(  # noqa: PLR0913 - each share has its own name
    codes: Sequence[str],
    names: pl.DataFrame,
    register: pl.DataFrame,
    *,
    likeness: float,
    unlike: float,
    unknown: float,
) -> Account:
    """Hold village codes of a file against the register (code, level, name, search_key, province_code).

    `names` (code, name, search_key) are the file's, where it has any. The code scheme is doubted when more
    than the share `unlike` of the named rows bear another name (likeness below `likeness`, 0 to 100), or
    more than the share `unknown` of the codes is unknown and most of these cannot be Kemendagri codes.
    """
    villages = register.filter(pl.col("level") == Level.VILLAGE)
    known = set(villages["code"])
    seen = Counter(codes)
    matched = sorted(code for code in seen if code in known)
    extra = sorted(code for code in seen if code not in known)
    province = dict(villages.select("code", "province_code").iter_rows())
    provinces = tuple(sorted({province[code] for code in matched}))
    missing = sorted(code for code in known - seen.keys() if province[code] in provinces)
    both = names.join(villages, on="code", suffix="_here").sort("code")
    disagreeing = tuple(
        (row["code"], row["name"], row["name_here"])
        for row in both.iter_rows(named=True)
        if fuzz.ratio(row["search_key"], row["search_key_here"]) < likeness
    )
    foreign = [code for code in extra if village_kind(code) is None]
    is_other = len(extra) > unknown * len(seen) and 2 * len(foreign) > len(extra)
    return Account(
        provinces=provinces,
        matched=tuple(matched),
        missing=tuple(missing),
        extra=tuple(extra),
        duplicate=tuple(sorted(code for code, count in seen.items() if count > 1)),
        unlike=disagreeing,
        named=both.height,
        is_scheme_doubted=is_other or len(disagreeing) > unlike * both.height,
    )
