"""A year as bars: what is open when, beside the days on which something is decided.

In: plain values. Out: a `Drawing`. Kinds differ by height or shape as well as colour, so that grey print
tells them apart. Rows of one lane stand together below its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import altair as alt

from sidara.ui.charts import ACCENT, GRID, HALO, INK, LOOK, QUIET, REST
from sidara.ui.drawing import NARROW, WIDE, Drawing, cited, draw, kept
from sidara.ui.language import month_name

ROW = 38
"""Height of a row in px: the name above, the bars below."""
LANE = 0.85
"""Height of the name of a lane, in rows."""
HEIGHTS = {"open": 11, "late": 5, "step": 11}
COLORS = {"open": ACCENT, "late": REST, "step": LOOK}
FEW_DAYS = 3
"""A bar of one day is drawn so many days wide, else nobody would see it."""


class Bar(StrEnum):
    """What a bar says: open until due, still taken though late, a step of planning.

    READY is no bar but a diamond on the day by which something must be ready for a step.
    """

    OPEN = "open"
    LATE = "late"
    STEP = "step"
    READY = "ready"


@dataclass(frozen=True)
class Span:
    """Days of a row, first and last."""

    kind: Bar
    first: date
    last: date


@dataclass(frozen=True)
class Row:
    """A row: its name above its bars, in a lane of its own kind."""

    label: str
    spans: tuple[Span, ...]
    lane: str = ""


@kept
def timeline(rows: Sequence[Row], *, year: int, today: date, label: str, width: int = WIDE) -> Drawing:
    """Draw the bars of the rows over the months of a year; `today` is a line if it lies in the year.

    Names of rows are those of the dictionary and marked as Indonesian.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    length = (last - first).days + 1
    tops, lanes, depth = _laid(rows)
    bars = [
        {"row": top, "kind": span.kind.value, "start": start, "end": end}
        for top, row in zip(tops, rows, strict=True)
        for span in row.spans
        for start, end in [_within(span, first, last)]
        if end > start
    ]
    names = [{"row": top, "name": row.label} for top, row in zip(tops, rows, strict=True)]
    months = [
        {"start": (date(year, month, 1) - first).days, "name": month_name(month)[:3], "third": month % 3 == 1}
        for month in range(1, 13)
    ]
    height = ROW * depth

    def chart(px: int) -> Any:
        x = alt.Scale(domain=[0, length], nice=False)
        y = alt.Scale(domain=[0, depth], reverse=True, nice=False)

        def at(data: Sequence[dict[str, Any]], transform: str) -> Any:
            base = alt.Chart(alt.Data(values=list(data)))  # type: ignore[no-untyped-call]  # Altair leaves it untyped
            return base.transform_calculate(level=transform) if transform else base

        told = [one for one in months if px != NARROW or one["third"]]
        layers = [
            at(months, "").mark_rule(color=GRID).encode(x=alt.X("start:Q", axis=None, scale=x)),
            at(told, "")
            .mark_text(align="left", baseline="bottom", dy=-6, dx=2, color=QUIET)
            .encode(x=alt.X("start:Q", axis=None, scale=x), y=alt.value(0), text="name:N"),
        ]
        if first <= today <= last:
            layers.append(
                at([{"start": (today - first).days}], "")
                .mark_rule(strokeDash=[2, 3], color=INK)
                .encode(x=alt.X("start:Q", axis=None, scale=x))
            )
        layers += [
            at([one for one in bars if one["kind"] == kind.value], "datum.row + 0.72")
            .mark_bar(height=HEIGHTS[kind.value], color=COLORS[kind.value])
            .encode(
                x=alt.X("start:Q", axis=None, scale=x),
                x2="end:Q",
                y=alt.Y("level:Q", axis=None, scale=y),
            )
            for kind in Bar
            if kind is not Bar.READY
        ]
        layers.append(
            at([one for one in bars if one["kind"] == Bar.READY.value], "datum.row + 0.72")
            .mark_point(shape="diamond", size=90, filled=True, opacity=1, color=INK)
            .encode(x=alt.X("start:Q", axis=None, scale=x), y=alt.Y("level:Q", axis=None, scale=y))
        )
        layers += [
            at(lanes, "datum.row + 0.12")
            .mark_rule(color=QUIET)
            .encode(y=alt.Y("level:Q", axis=None, scale=y)),
            at(lanes, "datum.row + 0.5")
            .mark_text(align="left", color=INK, fontWeight=600, fontSize=14, stroke=HALO, strokeWidth=3)
            .encode(x=alt.value(2), y=alt.Y("level:Q", axis=None, scale=y), text="name:N"),
        ]
        layers.append(
            at(names, "datum.row + 0.28")
            .mark_text(align="left", color=INK, stroke=HALO, strokeWidth=3, limit=px - 4)
            .encode(x=alt.value(2), y=alt.Y("level:Q", axis=None, scale=y), text="name:N")
        )
        return alt.layer(*layers).properties(width=px, height=height)

    return cited(draw(chart, label=label, width=width), {row.label for row in rows})


def _laid(rows: Sequence[Row]) -> tuple[list[float], list[dict[str, Any]], float]:
    """Give the top of each row, the lanes with their tops, and the depth of all, in rows."""
    tops: list[float] = []
    lanes: list[dict[str, Any]] = []
    depth, lane = 0.0, ""
    for row in rows:
        if row.lane != lane:
            lane = row.lane
            lanes.append({"row": depth, "name": lane})
            depth += LANE
        tops.append(depth)
        depth += 1
    return tops, lanes, depth


def _within(span: Span, first: date, last: date) -> tuple[int, int]:
    """Give the days of a span as numbers from the first day of the year, cut to the year."""
    start, end = max(span.first, first), min(span.last, last) + timedelta(days=1)
    return (start - first).days, max(
        (end - first).days, (start - first).days + FEW_DAYS
    ) if end > start else 0
