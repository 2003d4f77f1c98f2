"""Pictures of how figures are spread: bands of areas, and a whole that is parted."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from sidara.ui.charts import ACCENT, CHARACTER, HALO, INK, LOOK, QUIET, REST, Threshold
from sidara.ui.drawing import NARROW, WIDE, Drawing, draw, kept
from sidara.ui.language import format_number


@dataclass(frozen=True)
class Band:
    """The villages of an area: the tenth from below, the middle one, the tenth from above."""

    label: str
    low: Decimal
    median: Decimal
    high: Decimal


@dataclass(frozen=True)
class Parted:
    """A whole that is parted in two: percent of the first part, and its words; the rest is the second."""

    label: str
    first: Decimal
    first_text: str
    second_text: str


@kept
def bands(
    rows: Sequence[Band], reference: Threshold, *, label: str, decimals: int = 2, width: int = WIDE
) -> Drawing:
    """Draw one line an area: a band from P10 to P90, a tick at the middle, over the middle of all (dashed).

    The tick is ochre below the middle of all. The axis holds all figures, it does not start at zero; both
    ends of the axis carry their figure.
    """
    figures = [float(end) for row in rows for end in (row.low, row.high)] + [float(reference.value)]
    low, high = min(figures), max(figures)
    pad = (high - low) * 0.04 or 0.05
    domain = [max(0.0, low - pad) if low >= 0 else low - pad, high + pad]
    drawn = [
        {
            "name": row.label,
            "low": float(row.low),
            "median": float(row.median),
            "high": float(row.high),
            "text": format_number(row.median, decimals),
            "under": row.median < reference.value,
        }
        for row in rows
    ]

    def chart(px: int) -> Any:
        scale = alt.Scale(domain=domain, zero=False, nice=False)
        axis = alt.Axis(labelColor=INK, grid=False, domain=False, ticks=False, labelLimit=170)
        y = alt.Y("name:N", sort=None, title=None, axis=axis)
        color = alt.Color("under:N", legend=None, scale=alt.Scale(domain=[False, True], range=[ACCENT, LOOK]))
        count = 3 if px == NARROW else 5
        ends = alt.Axis(tickCount=count, format=f".{min(decimals, 2)}f", domain=False, ticks=False, grid=True)

        def x(name: str) -> alt.X:
            return alt.X(f"{name}:Q", title=None, scale=scale, axis=ends)

        data = alt.Data(values=drawn)  # type: ignore[no-untyped-call]  # Altair leaves it untyped
        line = alt.Data(values=[{"value": float(reference.value), "text": reference.label}])  # type: ignore[no-untyped-call]  # Altair leaves it untyped
        marks, rule = alt.Chart(data).encode(y=y), alt.Chart(line)
        return alt.layer(
            marks.mark_rule(strokeWidth=9, color=REST).encode(x=x("low"), x2="high:Q"),
            rule.mark_rule(strokeDash=[2, 3], color=QUIET).encode(x=x("value")),
            rule.mark_text(baseline="bottom", dy=-5, color=INK).encode(
                x=x("value"), y=alt.value(0), text="text:N"
            ),
            marks.mark_tick(thickness=3.5, size=18).encode(x=x("median"), color=color),
        ).properties(width=px, height=25 * len(drawn) + 30)

    return draw(chart, label=label, width=width)


@kept
def parted(rows: Sequence[Parted], *, label: str, width: int = WIDE) -> Drawing:
    """Draw one bar a row that is 100 percent long, parted in two, each part with its words where they fit."""
    drawn: list[dict[str, Any]] = [
        {
            "name": row.label,
            "from": low,
            "to": high,
            "middle": (low + high) / 2,
            "text": text,
            "first": is_first,
        }
        for row in rows
        for low, high, text, is_first in (
            (0.0, float(row.first), row.first_text, True),
            (float(row.first), 100.0, row.second_text, False),
        )
    ]
    before = max((len(row.label) for row in rows), default=4) * CHARACTER + 12

    def chart(px: int) -> Any:
        scale = alt.Scale(domain=[0, 100], nice=False)
        plot = px - before
        shown = [
            row | {"text": row["text"] if _fits(row, plot) else ""}
            for row in drawn
            if row["to"] > row["from"]
        ]
        y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, domain=False, ticks=False))
        data = alt.Data(values=shown)  # type: ignore[no-untyped-call]  # Altair leaves it untyped
        fill = alt.Color("first:N", legend=None, scale=alt.Scale(domain=[True, False], range=[ACCENT, REST]))
        ink = alt.Color("first:N", legend=None, scale=alt.Scale(domain=[True, False], range=[HALO, INK]))
        marks = alt.Chart(data).encode(y=y)
        return (
            alt.layer(
                marks.mark_bar(height=26, stroke=HALO, strokeWidth=1.5).encode(
                    x=alt.X("from:Q", axis=None, scale=scale), x2="to:Q", color=fill
                ),
                marks.mark_text(fontWeight=600).encode(
                    x=alt.X("middle:Q", axis=None, scale=scale), text="text:N", color=ink
                ),
            )
            .resolve_scale(color="independent")
            .properties(width=px, height=38 * len(rows))
        )

    return draw(chart, label=label, width=width)


def _fits(row: dict[str, Any], plot: float) -> bool:
    """Whether the words of a part fit into it."""
    room = float(row["to"] - row["from"]) / 100 * plot
    return room > len(str(row["text"])) * CHARACTER + 8
