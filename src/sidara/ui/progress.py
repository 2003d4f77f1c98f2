"""Pictures of getting somewhere: a figure that climbs to a line, and how many get there for how much.

As `charts`: plain values in, a `Drawing` out; title, source and table stand in the page around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from textwrap import wrap
from typing import Any

import altair as alt

from sidara.ui.charts import ACCENT, CHARACTER, HALO, INK, LOOK, REST, Threshold
from sidara.ui.drawing import NARROW, SLIM, WIDE, Drawing, draw, kept
from sidara.ui.language import format_number, say

ROW, TALL_ROW = 26, 36
MOST_LABEL, MOST_NARROW = 190, 130.0
BROAD = 7.0
"""What a character of a label may take where the face of the page is not at hand."""
SPLIT = "split(datum.label, '\\n')"
"""How a label of several lines is told to the axis."""


@dataclass(frozen=True)
class Climb:
    """One step of a climb: its name, and the figure after it."""

    label: str
    value: Decimal


@dataclass(frozen=True)
class Reach:
    """How many are reached with an amount."""

    amount: Decimal
    count: int


@kept
def climb(  # noqa: PLR0913 - what is drawn, and how it is written
    start: Decimal,
    steps: Sequence[Climb],
    line: Threshold | None,
    *,
    label: str,
    decimals: int,
    width: int = WIDE,
) -> Drawing:
    """Draw what each step adds, one under the other, from the figure today up to the line.

    The axis is cut to the climb, since what is read is the difference; the figure after each step stands
    beside it, the line carries its name.
    """
    values = [start, *(step.value for step in steps), *([line.value] if line else [])]
    low, high = float(min(values)), float(max(values))
    pad = (high - low) * 0.06 or 0.01
    now = say("Sekarang")
    labels = [f"{at}. {step.label}" for at, step in enumerate(steps, 1)]
    before = min(float(MOST_LABEL), max(len(name) for name in (now, *labels)) * BROAD + 12)

    def chart(px: int) -> Any:
        room = before if px != NARROW else min(before, MOST_NARROW)
        names = [_lines(one, int((room - 10) / BROAD)) for one in labels]
        row = TALL_ROW if any("\n" in one for one in names) else ROW
        rows = []
        reached = start
        for name, step in zip(names, steps, strict=True):
            rows.append(
                {
                    "name": name,
                    "from": float(reached),
                    "to": float(step.value),
                    "text": format_number(step.value, decimals),
                }
            )
            reached = step.value
        first = {
            "name": now,
            "from": low - pad,
            "to": float(start),
            "text": format_number(start, decimals),
        }
        gutter = (decimals + 4) * CHARACTER
        reach = (high - low + pad) * (px - room) / max(px - room - gutter, 60)
        x_scale = alt.Scale(domain=[low - pad, low - pad + reach], zero=False, nice=False)
        x = alt.X("from:Q", axis=None, scale=x_scale)
        axis = alt.Axis(
            labelColor=INK,
            domain=False,
            ticks=False,
            labelLimit=int(room),
            labelExpr=SPLIT,
            minExtent=int(room),
        )
        y = alt.Y("name:N", sort=None, title=None, axis=axis)
        layers: list[Any] = [
            alt.Chart(_data([first, *rows])).mark_bar(height=12, color=ACCENT).encode(x=x, x2="to:Q", y=y),
            alt.Chart(_data([first])).mark_bar(height=12, color=REST).encode(x=x, x2="to:Q", y=y),
        ]
        if line is not None:
            mark = alt.Chart(_data([{"from": float(line.value), "text": line.label}])).encode(x=x)
            layers += [
                mark.mark_rule(strokeDash=[2, 3], color=LOOK),
                mark.mark_text(baseline="bottom", dy=-5, color=INK, align="right").encode(
                    y=alt.value(0), text="text:N"
                ),
            ]
        layers.append(
            alt.Chart(_data([first, *rows]))
            .mark_text(align="left", dx=6, stroke=HALO, strokeWidth=3)
            .encode(x=alt.X("to:Q", axis=None, scale=x_scale), y=y, text="text:N")
        )
        return alt.layer(*layers).properties(width=px, height=row * (len(rows) + 1) + 18)

    return draw(chart, label=label, width=width)


@kept
def reach(
    points: Sequence[Reach], budget: Reach | None, *, label: str, unit: str, width: int = SLIM
) -> Drawing:
    """Draw how many are reached as the amount grows, from zero; the budget is marked with its count."""

    def chart(px: int) -> Any:
        rows = [{"amount": float(point.amount), "count": point.count} for point in points]
        x = alt.X("amount:Q", title=unit, axis=alt.Axis(grid=False, **_ticks([one.amount for one in points])))
        y = alt.Y("count:Q", title=None, axis=alt.Axis(**_ticks([one.count for one in points])))
        layers: list[Any] = [
            alt.Chart(_data(rows)).mark_line(interpolate="step-after", color=ACCENT).encode(x=x, y=y)
        ]
        if budget is not None:
            mark = alt.Chart(
                _data(
                    [
                        {
                            "amount": float(budget.amount),
                            "count": budget.count,
                            "text": say("{count} desa", count=format_number(budget.count)),
                        }
                    ]
                )
            ).encode(x=x, y=y)
            last = max((float(point.amount) for point in points), default=0.0)
            is_right = float(budget.amount) * 2 > last
            layers += [
                mark.mark_point(size=80, opacity=1, color=LOOK),
                mark.mark_text(
                    align="right" if is_right else "left",
                    dx=-10 if is_right else 10,
                    dy=-10 if is_right else 10,
                    color=INK,
                    fontWeight=600,
                    stroke=HALO,
                    strokeWidth=3,
                ).encode(text="text:N"),
            ]
        return alt.layer(*layers).properties(
            width=px, height=200, autosize={"type": "fit-x", "contains": "padding"}
        )

    return draw(chart, label=label, width=width)


def _lines(label: str, characters: int) -> str:
    """Break a label into at most two lines; what does not fit ends in an ellipsis."""
    return "\n".join(wrap(label, max(characters, 8), max_lines=2, placeholder="…"))


def _ticks(values: Sequence[Decimal | int]) -> dict[str, Any]:
    """Give whole ticks, about four, where all figures are whole."""
    if any(value != int(value) for value in values):
        return {"tickCount": 4}
    most = int(max(values, default=0))
    step = next(size * 10**power for power in count() for size in (1, 2, 5) if size * 10**power * 5 > most)
    return {"values": list(range(0, most + 1, step)), "format": ",d"}


def _data(rows: Sequence[dict[str, Any]]) -> Any:
    """Give rows to the chart as they are."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]  # Altair leaves it untyped
