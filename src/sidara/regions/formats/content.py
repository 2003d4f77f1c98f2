"""The room's content files, read into core words and plain rows."""

from functools import cache
from typing import Any

import polars as pl

from sidara.kernel import content
from sidara.regions.core import Kind
from sidara.regions.core.naming import Reading, Weights

ROOM = "sidara.regions"


@cache
def decree() -> dict[str, Any]:
    """Give the figures of the decree: source, nation, provinces; `None` where no figure is named."""
    figures: dict[str, Any] = content.load(ROOM, "decree")
    return figures


@cache
def reading() -> Reading:
    """How names are read and how likeness is weighed in a search."""
    told = content.load(ROOM, "search")
    return Reading(
        prefixes={word: frozenset(Kind(kind) for kind in kinds) for word, kinds in told["prefixes"].items()},
        abbreviations=told["abbreviations"],
        roman=told["roman"],
        number_words=told["number_words"],
        sounds=tuple((written, heard) for written, heard in told["sounds"]),
        weights=Weights(**told["weights"]),
    )


@cache
def spelling() -> pl.DataFrame:
    """Names that replace the package's: code, name."""
    names = content.load(ROOM, "spelling")["names"]
    return pl.DataFrame(
        {"code": list(names), "name": [row["name"] for row in names.values()]},
        schema={"code": pl.String, "name": pl.String},
    )
