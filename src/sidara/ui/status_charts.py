"""Pictures of classes: how many of each, one bar a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from sidara.ui.charts import CHARACTER, HALO, INK
from sidara.ui.drawing import SLIM, Drawing, draw, kept
from sidara.ui.language import format_number

CLASSES = {"1": "#6e2410", "2": "#ba5420", "3": "#a38e58", "4": "#3c8c86", "5": "#0e4a50"}
"""The colours of the classes, lowest first: those of `tokens.css`, which charts cannot read."""
LIGHT = ("1", "2", "5")
"""Classes on which white is read best."""


@dataclass(frozen=True)
class Classed:
    """How many of each class (style, count), lowest first, under the name of the row."""

    label: str
    counts: tuple[tuple[str, int], ...]


@kept
def classes(rows: Sequence[Classed], *, label: str, width: int = SLIM) -> Drawing:
    """Draw one bar a row, parted by class, with the counts in it where they fit; bars share one scale."""
    most = max((sum(count for _, count in row.counts) for row in rows), default=0) or 1
    drawn: list[dict[str, Any]] = []
    for row in rows:
        start = 0
        for style, count in row.counts:
            if count:
                drawn.append(
                    {
                        "name": row.label,
                        "from": start,
                        "to": start + count,
                        "middle": start + count / 2,
                        "style": style,
                        "text": format_number(count),
                        "light": style in LIGHT,
                    }
                )
            start += count
    before = max((len(row.label) for row in rows), default=4) * CHARACTER + 12

    def chart(px: int) -> Any:
        plot = px - before
        scale = alt.Scale(domain=[0, most], nice=False)
        shown = [row | {"text": row["text"] if _fits(row, most, plot) else ""} for row in drawn]
        y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, domain=False, ticks=False))
        data = alt.Data(values=shown)  # type: ignore[no-untyped-call]  # Altair leaves it untyped
        fill = alt.Color(
            "style:N", legend=None, scale=alt.Scale(domain=list(CLASSES), range=list(CLASSES.values()))
        )
        ink = alt.Color(
            "light:N", legend=None, scale=alt.Scale(domain=[True, False], range=[HALO, "#101512"])
        )
        marks = alt.Chart(data).encode(y=y)
        return (
            alt.layer(
                marks.mark_bar(height=30, stroke=HALO, strokeWidth=1.5).encode(
                    x=alt.X("from:Q", axis=None, scale=scale), x2="to:Q", color=fill
                ),
                marks.mark_text(fontWeight=600).encode(
                    x=alt.X("middle:Q", axis=None, scale=scale), text="text:N", color=ink
                ),
            )
            .resolve_scale(color="independent")
            .properties(width=px, height=42 * len(rows))
        )

    return draw(chart, label=label, width=width)


def _fits(row: dict[str, Any], most: int, plot: float) -> bool:
    room = float(row["to"] - row["from"]) / most * plot
    return room > len(str(row["text"])) * CHARACTER + 4
