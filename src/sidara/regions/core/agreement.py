"""Whether names and codes of a file tell the same places, and a bare code is surely a Kemendagri code.

Names are never a key; here they are only a witness against a scheme that was stated wrongly.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sidara.regions.core.naming import Reading, search_key, sound

ALIKE = 0.5
"""From which likeness on (0 to 1) two names may be the same place."""
MANY = 0.2
"""From which share of unlike names on the scheme is doubted, when another one fits better."""
MOST = 0.5
"""From which share on it is doubted without any other."""
ENOUGH = 10
"""How many rows must be compared before names alone are believed."""


@dataclass(frozen=True)
class Disagreement:
    """How names and codes of a file fit a scheme.

    `compared` rows had a known code and a name, `unlike` of them name another place. `likely` is the
    scheme in which more rows agree (`agreeing`), if any. `rows`: line, code, written, held (the register's
    name), the unlike ones in order of line. `alike` are the lines whose name bears the code out.
    """

    compared: int
    unlike: int
    likely: str | None
    agreeing: int
    rows: pl.DataFrame
    alike: frozenset[int]

    @property
    def is_doubtful(self) -> bool:
        """Whether the stated scheme is probably wrong."""
        if not self.compared:
            return self.likely is not None
        share = self.unlike / self.compared
        if self.likely is not None and share > MANY:
            return True
        return share > MOST and self.compared >= ENOUGH


def likeness(frame: pl.DataFrame, reading: Reading) -> pl.Series:
    """Give the likeness (0 to 1) of `written` and `held` in each row, the better of spelling and sound."""
    prefixes = "|".join(sorted(reading.prefixes, key=len, reverse=True))

    def keys(column: str) -> tuple[list[str], list[str]]:
        plain = search_key(pl.col(column), reading).str.replace(rf"^(?:{prefixes}) (\S)", "$1")
        made = frame.select(
            plain.str.replace_all(" ", "", literal=True).alias("spelt"), sound(plain, reading).alias("sound")
        )
        return made["spelt"].to_list(), made["sound"].to_list()

    spelt, heard = zip(keys("written"), keys("held"), strict=True)
    scores = [
        process.cpdist(one, other, scorer=OSA.normalized_similarity, dtype=np.float32)
        for one, other in (spelt, heard)
    ]
    return (
        pl.Series("likeness", np.maximum(*scores)) if frame.height else pl.Series("likeness", [], pl.Float32)
    )


def compare(
    rows: pl.DataFrame, names: Mapping[str, pl.DataFrame], scheme: str, reading: Reading
) -> Disagreement:
    """Hold the names of a file (line, code bare, written) against those of each scheme (code bare, held)."""
    told = rows.drop_nulls()
    fits: dict[str, int] = {}
    own = told.clear().with_columns(held=pl.lit(""), likeness=pl.lit(0.0))
    for one, known in names.items():
        both = told.join(known, on="code", how="inner", maintain_order="left")
        both = both.with_columns(likeness(both, reading))
        fits[one] = both.filter(pl.col("likeness") >= ALIKE)["line"].n_unique()
        if one == scheme:
            own = both
    is_alike = pl.col("likeness") >= ALIKE
    unlike = own.filter(~is_alike).sort("line")
    likely = max(fits, key=lambda one: fits[one], default=scheme)
    is_other = likely != scheme and fits[likely] > fits.get(scheme, 0)
    return Disagreement(
        own.height,
        unlike.height,
        likely if is_other else None,
        fits[likely] if is_other else 0,
        unlike.select("line", "code", "written", "held"),
        frozenset(own.filter(is_alike)["line"]),
    )


def doubtful(codes: Collection[str], clashing: Collection[str], sure: Collection[str]) -> set[str]:
    """Give the bare codes of a file that must be asked back about.

    A clashing code is the code of one place here and of another place elsewhere. It is believed only where
    the codes of the file that mean something in no other scheme (`sure`) outnumber the clashing ones.
    """
    asked = set(codes) & set(clashing)
    witnesses = (set(codes) & set(sure)) - set(clashing)
    return asked if len(witnesses) <= len(asked) else set()
