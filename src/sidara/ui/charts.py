"""One function per shape. In: plain values. Out: a `Drawing` (desk and phone).

Title, subtitle, source and table stand in the page around it; here is only the picture. Direct labels
before legends, bars from zero, one accent, ochre for "look here".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import altair as alt

from sidara.ui.drawing import NARROW, WIDE, Drawing, draw, kept
from sidara.ui.language import format_number, say

ACCENT = "#0B5F61"
LOOK = "#BA5420"
INK = "#1E2522"
QUIET = "#55605A"
REST = "#CFCABC"
GRID = "#D8D2C4"
MIDDLE = "#3A413D"
HALO = "#FDFBF8"
LONGEST_LABEL = 20
NAMES_WIDE, NAMES_NARROW = 260.0, 170.0
"""Room for the names before bars, in px; longer ones are cut."""
CHARACTER = 6.9
"""Mean width of a character of 12 px text, in px; only decides how much room labels get."""


@dataclass(frozen=True)
class Point:
    """One year of a series; `value` None = no figure that year (the line breaks)."""

    year: int
    value: Decimal | None


@dataclass(frozen=True)
class Threshold:
    """A line that means something: its name and where it lies."""

    label: str
    value: Decimal


@dataclass(frozen=True)
class Span:
    """What a figure can be: `low` to `high` (equal = it is sure), under the name of its row."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Bar:
    """One bar of a ranking: the name before it, the figure after it (`short`: the same for a phone)."""

    label: str
    value: Decimal
    text: str
    short: str = ""
    is_low: bool = False


@dataclass(frozen=True)
class Spread:
    """One measure of a village against its neighbours: their lowest, middle and highest, and its own."""

    label: str
    value: Decimal
    low: Decimal
    median: Decimal
    high: Decimal


@kept
def line_over_years(
    points: Sequence[Point], thresholds: Sequence[Threshold] = (), *, label: str, decimals: int = 4
) -> Drawing:
    """Draw a figure through the years with the thresholds that lie next to it.

    Years stand as they are, a year without a figure breaks the line. The axis is cut to the thresholds just
    below and above the figures (a line needs no zero); first and last figure carry their value.
    """
    known = [point for point in points if point.value is not None]
    values = [float(point.value or 0) for point in known]
    shown = _around(values, thresholds)
    span = [*values, *(float(line.value) for line in shown)]
    pad = (max(span) - min(span)) * 0.18 or 0.05
    domain = [min(span) - pad, max(span) + pad]
    rows = [
        {
            "year": str(point.year),
            "value": None if point.value is None else float(point.value),
            "text": format_number(point.value, decimals) if point.value is not None else "",
            "below": False,
        }
        for point in points
    ]
    _turn_labels(rows)
    named = {known[0].year, known[-1].year} | ({point.year for point in known} if len(known) <= 4 else set())
    lines = [{"label": line.label, "value": float(line.value)} for line in shown]
    gutter = max((len(line.label) for line in shown), default=0) * CHARACTER + 8

    def chart(width: int) -> Any:
        x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
        y = alt.Y("value:Q", axis=None, scale=alt.Scale(domain=domain, zero=False, nice=False))
        data = _data(rows)
        texts = [row for row in rows if row["value"] is not None and int(str(row["year"])) in named]
        layers: list[Any] = []
        if lines:
            marks = alt.Chart(_data(lines)).encode(y=y)
            layers += [
                marks.mark_rule(color=GRID),
                marks.mark_text(align="left", dx=6, color=QUIET).encode(x=alt.value("width"), text="label:N"),
            ]
        layers += [
            alt.Chart(data).mark_line(invalid="break-paths-show-domains", color=ACCENT).encode(x=x, y=y),
            alt.Chart(data).mark_point(size=46, opacity=1, color=ACCENT, invalid="filter").encode(x=x, y=y),
        ]
        for is_below in (False, True):
            layers.append(
                alt.Chart(_data([row for row in texts if row["below"] is is_below]))
                .mark_text(dy=17 if is_below else -13, fontWeight=600, stroke=HALO, strokeWidth=4)
                .encode(x=x, y=y, text="text:N")
            )
        plot = width - gutter - 8
        return alt.layer(*layers).properties(
            width=min(plot, 110 * max(len(points), 2)),
            height=190,
            autosize={"type": "pad", "contains": "padding"},
        )

    return draw(chart, label=label)


@kept
def ranking_bars(
    bars: Sequence[Bar], *, label: str, reference: Threshold | None = None, width: int = WIDE
) -> Drawing:
    """Draw sorted bars from zero with the figure at their end; `reference` is a dashed line with its name.

    Bars marked `is_low` are ochre. The order given is the order drawn.
    """
    most = max((float(bar.value) for bar in bars), default=0.0) or 1.0
    if reference is not None:
        most = max(most, float(reference.value))
    longest = max((len(bar.label) for bar in bars), default=1) * CHARACTER + 10

    def chart(px: int) -> Any:
        room = NAMES_NARROW if px == NARROW else NAMES_WIDE
        rows = [
            {
                "name": bar.label,
                "value": float(bar.value),
                "text": bar.short or bar.text if px == NARROW else bar.text,
                "low": bar.is_low,
            }
            for bar in bars
        ]
        after = max((len(str(row["text"])) for row in rows), default=1) * CHARACTER + 8
        plot = px - min(room, longest)
        scale = alt.Scale(domain=[0, most * plot / max(plot - after, 60)], nice=False)
        x = alt.X("value:Q", axis=None, scale=scale)
        y = alt.Y(
            "name:N",
            sort=None,
            title=None,
            axis=alt.Axis(
                labelColor=INK,
                domain=False,
                ticks=False,
                labelLimit=room,
                minExtent=min(room, longest),
                maxExtent=room,
            ),
        )
        data = _data(rows)
        color = alt.Color("low:N", legend=None, scale=alt.Scale(domain=[False, True], range=[ACCENT, LOOK]))
        layers = [alt.Chart(data).mark_bar(height=14).encode(x=x, y=y, color=color)]
        if reference is not None:
            line = alt.Chart(_data([{"value": float(reference.value), "text": reference.label}]))
            layers += [
                line.mark_rule(strokeDash=[2, 3], color=QUIET).encode(x=x),
                line.mark_text(baseline="bottom", dy=-5, color=INK).encode(
                    x=x, y=alt.value(0), text="text:N"
                ),
            ]
        layers.append(
            alt.Chart(data)
            .mark_text(align="left", dx=6, stroke=HALO, strokeWidth=3)
            .encode(x=x, y=y, text="text:N")
        )
        return alt.layer(*layers).properties(
            width=px, height=24 * len(bars) + (18 if reference is not None else 0)
        )

    return draw(chart, label=label, width=width)


@kept
def range_dots(spreads: Sequence[Spread], *, label: str, decimals: int = 2) -> Drawing:
    """Draw one line per measure: band from the neighbours' lowest to highest, tick at their middle, own dot.

    The dot is ochre below the middle. The axis holds all figures, it does not start at zero.
    """
    rows = [
        {
            "name": _in_two_lines(spread.label),
            "value": float(spread.value),
            "low": float(spread.low),
            "median": float(spread.median),
            "high": float(spread.high),
            "text": format_number(spread.value, decimals),
            "under": spread.value < spread.median,
        }
        for spread in spreads
    ]
    figures = [float(row[key]) for row in rows for key in ("value", "low", "high")]  # type: ignore[arg-type]  # numbers by their key
    low, high = min(figures), max(figures)
    pad = (high - low) * 0.08 or 0.05
    domain = [max(0.0, low - pad) if low >= 0 else low - pad, high + pad]

    def chart(width: int) -> Any:
        scale = alt.Scale(domain=domain, zero=False, nice=False)
        data = _data(rows)
        axis = alt.Axis(labelColor=INK, grid=False, labelExpr="split(datum.label, '|')")
        y = alt.Y("name:N", sort=None, title=None, axis=axis)
        grid = alt.Axis(tickCount=4, format=f".{min(decimals, 2)}f", grid=True, domain=False, ticks=False)
        color = alt.Color("under:N", legend=None, scale=alt.Scale(domain=[False, True], range=[ACCENT, LOOK]))

        def x(field: str) -> alt.X:
            return alt.X(f"{field}:Q", title=None, scale=scale, axis=grid)

        marks = alt.Chart(data).encode(y=y)
        return alt.layer(
            marks.mark_rule(strokeWidth=7, color=REST, opacity=0.75).encode(x=x("low"), x2="high:Q"),
            marks.mark_tick(thickness=2.5, height=20, color=MIDDLE, size=20).encode(x=x("median")),
            marks.mark_point(size=150, opacity=1).encode(x=x("value"), color=color),
            marks.mark_text(dy=-15, fontWeight=600, stroke=HALO, strokeWidth=3).encode(
                x=x("value"), text="text:N"
            ),
        ).properties(width=width, height=48 * len(rows) + 24)

    return draw(chart, label=label)


@kept
def spans(rows: Sequence[Span], thresholds: Sequence[Threshold], *, label: str, decimals: int = 2) -> Drawing:
    """Draw one bar a row from the lowest to the highest that a figure can be, over the thresholds next to it.

    Equal ends are a dot. The axis is cut to the thresholds just outside the figures.
    """
    shown = _around([float(end) for row in rows for end in (row.low, row.high)], thresholds)
    figures = [float(end) for row in rows for end in (row.low, row.high)] + [
        float(line.value) for line in shown
    ]
    pad = (max(figures) - min(figures)) * 0.22 or 0.05
    domain = [min(figures) - pad, max(figures) + pad]
    drawn = [
        {
            "name": row.label,
            "low": float(row.low),
            "high": float(row.high),
            "middle": float(row.low + row.high) / 2,
            "text": say(" sampai ").join(
                format_number(end, decimals) for end in dict.fromkeys((row.low, row.high))
            ),
        }
        for row in rows
    ]
    lines = [{"label": line.label, "value": float(line.value)} for line in shown]

    def chart(width: int) -> Any:
        scale = alt.Scale(domain=domain, zero=False, nice=False)
        y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, grid=False, domain=False))

        def x(field: str) -> alt.X:
            return alt.X(f"{field}:Q", axis=None, scale=scale)

        marks, rules = alt.Chart(_data(drawn)).encode(y=y), alt.Chart(_data(lines))
        return alt.layer(
            rules.mark_rule(color=GRID).encode(x=x("value")),
            rules.mark_text(baseline="bottom", dy=-5, color=QUIET).encode(
                x=x("value"), y=alt.value(0), text="label:N"
            ),
            marks.mark_rule(strokeWidth=9, color=ACCENT, opacity=0.55).encode(x=x("low"), x2="high:Q"),
            marks.mark_point(size=46, opacity=1, color=ACCENT).encode(x=x("low")),
            marks.mark_point(size=46, opacity=1, color=ACCENT).encode(x=x("high")),
            marks.mark_text(dy=-16, fontWeight=600, stroke=HALO, strokeWidth=4).encode(
                x=x("middle"), text="text:N"
            ),
        ).properties(width=width, height=62 * len(drawn))

    return draw(chart, label=label)


def _around(values: Sequence[float], thresholds: Sequence[Threshold]) -> list[Threshold]:
    """Keep the thresholds inside the range of the figures and the nearest one on each side."""
    ordered = sorted(thresholds, key=lambda line: line.value)
    below = [line for line in ordered if float(line.value) <= min(values)][-1:]
    inside = [line for line in ordered if min(values) < float(line.value) < max(values)]
    above = [line for line in ordered if float(line.value) >= max(values)][:1]
    return below + inside + above


def _in_two_lines(label: str) -> str:
    """Mark with `|` where a long label breaks: at the blank next to its middle."""
    blanks = [place for place, letter in enumerate(label) if letter == " "]
    if len(label) <= LONGEST_LABEL or not blanks:
        return label
    middle = min(blanks, key=lambda place: abs(place - len(label) / 2))
    return f"{label[:middle]}|{label[middle + 1 :]}"


def _turn_labels(rows: list[dict[str, Any]]) -> None:
    """Put a figure's label on the side away from the line: below before a rise, above else."""
    for row, after in pairwise(rows):
        if row["value"] is not None and after["value"] is not None:
            row["below"] = after["value"] > row["value"]


def _data(rows: Sequence[dict[str, Any]]) -> Any:
    """Give rows to the chart as they are."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]  # Altair leaves it untyped
