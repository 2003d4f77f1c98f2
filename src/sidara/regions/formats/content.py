"""The room's content files, read into core words and plain rows."""

from functools import cache
from importlib import resources
from typing import Any

import polars as pl
import yaml

from sidara.regions.core import Kind
from sidara.regions.core.naming import Reading, Weights


def _load(name: str) -> Any:
    """Read one YAML file of `content/`."""
    file = resources.files("sidara.regions").joinpath("content", f"{name}.yaml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@cache
def decree() -> dict[str, Any]:
    """Give the figures of the decree: source, nation, provinces; `None` where no figure is named."""
    content: dict[str, Any] = _load("decree")
    return content


@cache
def reading() -> Reading:
    """How names are read and how likeness is weighed in a search."""
    content = _load("search")
    return Reading(
        prefixes={
            word: frozenset(Kind(kind) for kind in kinds) for word, kinds in content["prefixes"].items()
        },
        abbreviations=content["abbreviations"],
        roman=content["roman"],
        number_words=content["number_words"],
        sounds=tuple((written, heard) for written, heard in content["sounds"]),
        weights=Weights(**content["weights"]),
    )


@cache
def spelling() -> pl.DataFrame:
    """Names that replace the package's: code, name."""
    names = _load("spelling")["names"]
    return pl.DataFrame(
        {"code": list(names), "name": [row["name"] for row in names.values()]},
        schema={"code": pl.String, "name": pl.String},
    )
