"""Definitions and explanations in plain values, the same for commands and the API."""

import dataclasses
from collections.abc import Mapping

from sidara.expressions import Expression
from sidara.indices.core.definition import Definition, Level
from sidara.indices.core.explain import Explanation
from sidara.indices.core.gaps import Gap


def as_data(definition: Definition) -> dict[str, object]:
    """Give the definition as plain data, expressions as text, exact numbers as text."""

    def plain(value: object) -> object:
        match value:
            case Expression():
                return value.text
            case tuple() | list():
                return [plain(one) for one in value]
            case dict():
                return {str(key): plain(one) for key, one in value.items()}
            case bool() | int() | str() | None:
                return value
            case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
                return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
            case _:
                return str(value)

    data = plain(definition)
    return data if isinstance(data, dict) else {}


def explained(definition: Definition, found: Explanation) -> dict[str, object]:
    """Give the explanation as the documented JSON."""
    version = definition.version_in(found.year)
    if version is None:
        return {}
    top = version.top.column
    figures = {level.column: figure_of(level, found.results) for level in version.sub_indices}
    results = {column: found.results.get(column) for _, column in version.results.columns}
    nested = version.results.levels_as
    beside = {top: found.results.get(top), **results}
    laid_out = {**beside, nested: figures} if nested else {**figures, **beside}
    item_names = (
        "code",
        "label",
        "score",
        "score_published",
        "answer",
        "rule",
        "meaning",
        "activity",
        "gain",
        "actors",
    )
    return {
        "kode": found.code,
        "tahun": found.year,
        **laid_out,
        "level": str(found.depth),
        "version": found.version,
        "source": definition.source,
        "items": [{name: getattr(item, name) for name in item_names} for item in found.items],
        "spans": {name: [whole(end) for end in ends] for name, ends in found.levels.items()},
        "missing": [_gap(one) for one in found.gaps],
        "empty_as_zero": None
        if found.with_empty_as_zero is None
        else {top: found.with_empty_as_zero, "note": version.empty_note},
        "findings": [finding.flat() for finding in found.findings],
    }


def figure_of(level: Level, results: Mapping[str, object]) -> object:
    """Give the figure of a level; points as whole numbers."""
    value = results.get(level.column)
    return whole(value) if level.is_points else value


def _gap(one: Gap) -> dict[str, object]:
    """Give what is missing: what its item can be, and what that moves the index by."""
    return {
        "name": one.name,
        "item": one.item,
        "reason": str(one.reason),
        "least": float(one.least),
        "most": float(one.most),
        "change": None if one.change is None else float(one.change),
    }


def whole(value: object) -> object:
    """Give a whole figure as a whole number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
