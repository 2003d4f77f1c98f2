"""Our own count of villages by status, from the published sub-indices, beside the published statuses."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sidara.indices.core import compute
from sidara.regions.core import bare
from sidara.tables import LINE
from sidara.ui.figures import Mark
from sidara.web.pages import index
from sidara.web.pages.index import Edition
from sidara.web.pages.status import VillageScore


@dataclass(frozen=True)
class Recount:
    """Villages by recomputed status, and those (code -> recomputed mark) whose published status differs.

    `unsure` counts those with a status that are not recomputed because their score is a span.
    """

    by_class: Mapping[str, int]
    differing: Mapping[str, Mark]
    unsure: int = 0


def recount(edition: Edition, villages: Mapping[str, VillageScore]) -> Recount:
    """Compute all villages that have sub-indices at once and compare with the published status."""
    scale, top = edition.scale, edition.top.code
    known = [(code, village) for code, village in villages.items() if village.figures.get(top) is not None]
    unsure = sum(
        1
        for one in villages.values()
        if one.status is not None and one.span is not None and one.figures.get(top) is None
    )
    if not known:
        return Recount({}, {}, unsure)
    columns = {
        "kode": [bare(code) for code, _ in known],
        "tahun": [edition.period] * len(known),
        **{
            level.column: [_text(village, level.code) for _, village in known]
            for level in (*scale.sub_indices, scale.top)
        },
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        pl.int_range(2, len(known) + 2, dtype=pl.Int64).alias(LINE)
    )
    computed = compute(edition.definition, frame)
    codes = {one.status: one.code for one in scale.thresholds.classes}
    again = [codes.get(str(status)) for status in computed.frame["status"]]
    marks = index.marks(scale)
    by_class: dict[str, int] = {}
    differing: dict[str, Mark] = {}
    for line, status in zip(computed.lines, again, strict=True):
        code, village = known[line - 2]
        if status is None:
            continue
        by_class[status] = by_class.get(status, 0) + 1
        if village.status is not None and village.status != status:
            differing[code] = marks[status]
    return Recount(by_class, differing, unsure)


def _text(village: VillageScore, level: str) -> str | None:
    """Write a published figure as the index reads it: points without decimals."""
    value = village.figures.get(level)
    if value is None:
        return None
    return str(int(value)) if value == int(value) else str(value)
