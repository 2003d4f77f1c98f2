"""The declarations of published tables and their variables, read from the room's content."""

from functools import cache
from typing import Any

from sidara.collection.core import Declaration, Variable, build, variables_of
from sidara.collection.core.prefill import Prefill, mapping_of
from sidara.kernel import content


def _load(folder: str) -> list[dict[str, Any]]:
    """Read all YAML files of a folder of `content/`, by name."""
    return [content.parse(file.read_bytes()) for file in content.files("sidara.collection", folder)]


@cache
def variables() -> dict[str, Variable]:
    """Give all declared variables by code."""
    return variables_of(_load("variables"))


@cache
def declarations() -> dict[str, Declaration]:
    """Give all declarations by name."""
    return {table["name"]: build(table, variables()) for table in _load("tables")}


@cache
def prefills() -> tuple[Prefill, ...]:
    """Give all mappings by which data sets and other forms prefill forms, by name."""
    return tuple(mapping_of(one) for one in _load("prefill"))
