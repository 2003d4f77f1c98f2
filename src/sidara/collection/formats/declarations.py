"""The declarations of published tables and their variables, read from the room's content."""

from functools import cache
from importlib import resources
from typing import Any

import yaml

from sidara.collection.core import Declaration, Variable, build, variables_of


def _load(folder: str) -> list[dict[str, Any]]:
    """Read all YAML files of a folder of `content/`, by name."""
    files = resources.files("sidara.collection").joinpath("content", folder).iterdir()
    return [
        yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted(files, key=lambda one: one.name)
        if file.name.endswith(".yaml")
    ]


@cache
def variables() -> dict[str, Variable]:
    """Give all declared variables by code."""
    return variables_of(_load("variables"))


@cache
def declarations() -> dict[str, Declaration]:
    """Give all declarations by name."""
    return {content["name"]: build(content, variables()) for content in _load("tables")}
