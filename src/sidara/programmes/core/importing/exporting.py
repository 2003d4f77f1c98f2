"""A plan laid out in the columns of its table: read back, the file changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sidara.programmes.core.importing.definition import Column, PlanTable, Type

type Cell = tuple[str, int]
"""A column of a table: its key, and the number of a repeated one (else 0)."""


def columns_of(table: PlanTable) -> list[tuple[Cell, str]]:
    """Give the columns of a table with their headings; repeated ones as often as they can be."""
    found: list[tuple[Cell, str]] = []
    for column in table.columns:
        if column.type is Type.IGNORED:
            continue
        if column.most == 1:
            found.append(((column.key, 0), column.label))
            continue
        found += [((column.key, at), heading(column, at)) for at in range(1, column.most + 1)]
    return found


def heading(column: Column, number: int) -> str:
    """Give the heading of a column, of a repeated one with its number."""
    return column.label.replace("{n}", str(number))


def line_rows(
    table: PlanTable,
    lines: Iterable[Mapping[str, Any]],
    activities: Mapping[int, Mapping[str, Any]],
    first_year: int,
) -> list[dict[Cell, Any]]:
    """Lay lines out as rows; lines of one key are one row where the table has a column for each year.

    `lines` hold the fields of the model with `id`, `key`, `year`; `activities` by the id of their line.
    """
    by_key: dict[str, list[Mapping[str, Any]]] = {}
    for one in lines:
        by_key.setdefault(one["key"], []).append(one)
    return [_line_row(table, group, activities, first_year) for group in by_key.values()]


def _line_row(
    table: PlanTable,
    group: Sequence[Mapping[str, Any]],
    activities: Mapping[int, Mapping[str, Any]],
    first_year: int,
) -> dict[Cell, Any]:
    one = group[0]
    more = dict(one["more"])
    activity = next((activities[line["id"]] for line in group if line["id"] in activities), {})
    row: dict[Cell, Any] = {
        ("code", 0): one["code_as_written"] or one["code"],
        ("name", 0): one["name"],
        ("agency", 0): one["agency"],
        ("indicator", 0): one["indicator"],
        ("unit", 0): one["unit_as_written"],
        ("baseline", 0): one["baseline"],
        ("fund_source", 0): one["fund_source"],
        ("account", 0): one["account"],
        ("place", 0): one["place"],
        ("reason", 0): one["reason"],
        ("goal", 0): one["goal_as_written"],
        ("volume", 0): one["target"],
        ("target", 0): one["target"],
        ("ceiling", 0): one["ceiling_original"],
        ("ceiling_revised", 0): one["ceiling_revised"],
    }
    for line in group:
        at = line["year"] - first_year + 1
        row |= {("target", at): line["target"], ("ceiling", at): line["ceiling_original"], ("years", at): "v"}
    row |= _of_activity(activity)
    return _finished(table, row, more | dict(activity.get("more", {})))


def _of_activity(activity: Mapping[str, Any]) -> dict[Cell, Any]:
    if not activity:
        return {}
    method = activity["method"]
    return {
        ("location", 0): "; ".join(activity["villages"]),
        ("beneficiaries", 0): activity["beneficiaries"],
        ("executor", 0): activity["executor"],
        ("starts", 0): activity["starts"],
        ("ends", 0): activity["ends"],
        ("self_managed", 0): "v" if "swakelola" in method else None,
        ("third_party", 0): "v" if "pihak ketiga" in method else None,
        ("villages_together", 0): "v" if activity["co_financing"] else None,
    }


def _finished(table: PlanTable, row: dict[Cell, Any], more: dict[str, Any]) -> dict[Cell, Any]:
    """Put what stays beside a row into the columns that it came from, further columns at the end."""
    for column in table.columns:
        label = column.label.replace(" {n}", "")
        if label not in more:
            continue
        value = more.pop(label)
        if isinstance(value, Mapping):
            row |= {(column.key, int(at)): part for at, part in value.items()}
        else:
            row[column.key, 0] = value
    row |= {(f"+{name}", 0): value for name, value in more.items()}
    return {cell: value for cell, value in row.items() if value not in (None, "")}


def proposal_rows(table: PlanTable, proposals: Iterable[Mapping[str, Any]]) -> list[dict[Cell, Any]]:
    """Lay proposals out as rows."""
    same = (
        "place",
        "volume",
        "unit",
        "rank",
        "beneficiaries",
        "external_id",
        "decision",
        "reason",
        "level_asked",
    )
    found = []
    for one in proposals:
        row: dict[Cell, Any] = {(name, 0): one[name] for name in same}
        row |= {
            ("name", 0): one["text"],
            ("proposer", 0): one["village"],
            ("kind", 0): one["activity_kind"],
            ("ceiling", 0): one["budget_idr"],
            ("agency", 0): one["agency_asked"],
            ("linked_code", 0): one["linked_code"],
        }
        found.append(_finished(table, row, dict(one["more"])))
    return found
