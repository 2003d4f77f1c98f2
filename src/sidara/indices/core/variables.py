"""Under which codes an index is held: `IDM.S01`, `IDM.jumlah_dokter`, `IDM.IKS`, `IDM.STATUS`.

Collection and warehouse know variables, the index reads columns; here is what belongs to what.
"""

from collections.abc import Mapping

from sidara.indices.core.definition import Definition, Version
from sidara.indices.core.evaluate import STATUS, Depth


def variable(index: str, part: str) -> str:
    """Name the variable of an item (as `Item.variable`), an answer, a level or the status of an index.

    `index` is the code of the index.
    """
    return f"{index}.{part}"


def columns(definition: Definition, version: Version, depth: Depth) -> Mapping[str, str]:
    """Give the columns that the index reads at a depth, by the variable that holds each, in their order.

    At the depth of items the columns with scores that replace the shown ones come last.
    """
    match depth:
        case Depth.ANSWERS:
            named = {one.name: one.name for one in version.inputs}
        case Depth.ITEMS:
            named = {item.variable: item.code for item in version.items} | _replaced(version)
        case _:
            named = {level.code: level.column for level in (*version.sub_indices, version.top)}
    return {variable(definition.code, part): column for part, column in named.items()}


def all_columns(definition: Definition) -> Mapping[str, str]:
    """Give the same for whatever a published table may hold: scores, answers, levels, and the status."""
    found: dict[str, str] = {}
    for version in definition.versions:
        for depth in (Depth.ITEMS, Depth.SUB_INDICES):
            found |= columns(definition, version, depth)
        found |= {variable(definition.code, level.code): level.column for level in version.levels}
        found |= {variable(definition.code, one.name.upper()): one.name for one in version.inputs}
    return found | {variable(definition.code, STATUS.upper()): STATUS}


def _replaced(version: Version) -> dict[str, str]:
    return {quirk.column.upper(): quirk.column for quirk in version.replaced_scores() if quirk.column}
