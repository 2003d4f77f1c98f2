"""A map of real shapes as light SVG, written directly: villages filled by class, lines between areas once.

In: shapes in degrees with class, name and address, as plain values. Out: SVG. Two views as in `hexmap`:
`overview` has one link per group and one path per group and class; `villages` has one link per shape.
Coordinates are whole steps of a part of a px, written relative to the point before.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from sidara.ui.labels import TALL, WIDE, Label, lines, names, number, text

__all__ = ["Group", "SafeString", "Shape", "overview", "villages"]

EDGE = 3.0
"""Px of air around the shapes, for the strokes of the outermost lines."""
STEP = 0.5
FINE_STEP = 0.25
"""Px of a step in an overview and in a map of single villages."""
NAME_SIZE = 11.0
NAME_WIDTH = 0.56
"""Px of a village's name, and the width of a letter as a share of it."""
FEWEST = 3

type Line = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """One village: rings, class (as `hexmap.Cell.mark`), name, what its link says, where it goes.

    `middle` and `radius` tell where a name fits (the largest circle inside, degrees).
    """

    rings: Sequence[Line]
    mark: str
    name: str
    title: str
    href: str
    middle: tuple[float, float]
    radius: float


@dataclass(frozen=True)
class Group:
    """Shapes that belong together, with their name (`short` on a phone), link and the middle of the whole."""

    name: str
    shapes: Sequence[Shape]
    title: str
    href: str
    short: str
    middle: tuple[float, float]
    radius: float


@dataclass(frozen=True)
class _Frame:
    """The scale of one drawing: equal lengths in all directions at its middle latitude."""

    west: float
    north: float
    across: float
    down: float
    width: float
    height: float

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Give a point in px."""
        return (point[0] - self.west) * self.across + EDGE, (self.north - point[1]) * self.down + EDGE


def overview(
    groups: Sequence[Group], between: Sequence[Line], bounds: tuple[float, float, float, float], *, label: str
) -> SafeString:
    """Draw groups as links, their villages by class; names where they fit at both widths."""
    frame = _frame(bounds)
    parts = [_head(frame, label), _scaled(STEP)]
    for group in groups:
        title = escape(group.title)
        parts.append(
            f'<a class="peta__kab" href="{escape(group.href)}" aria-label="{title}"><title>{title}</title>'
            f"{_paths(frame, group.shapes)}</a>"
        )
    parts += [_between(frame, between, STEP), "</g>"]
    labels = [
        Label(
            group.name,
            group.short,
            frame.place(group.middle),
            tuple(frame.place(shape.middle) for shape in group.shapes),
            group.radius,
        )
        for group in groups
    ]
    return mark_safe("".join([*parts, names(labels, frame.width, frame.height), "</svg>"]))  # noqa: S308 - every text is escaped above


def villages(
    shapes: Sequence[Shape],
    between: Sequence[Line],
    bounds: tuple[float, float, float, float],
    *,
    label: str,
    current: str = "",
) -> SafeString:
    """Draw each village as a link of its own; `current` = the address of the one to outline."""
    frame = _frame(bounds)
    parts = [_head(frame, label), _scaled(FINE_STEP)]
    here = ""
    for shape in shapes:
        says = escape(shape.title)
        drawn = _closed(frame, shape.rings, FINE_STEP)
        here = drawn if current and shape.href == current else here
        parts.append(
            f'<a class="peta__kab peta__desa" href="{escape(shape.href)}" aria-label="{says}">'
            f'<title>{says}</title><path class="{shape.mark}" d="{drawn}"/></a>'
        )
    parts.append(_between(frame, between, FINE_STEP, "peta__bagi"))
    if here:
        parts.append(f'<path class="peta__ini" d="{here}"/>')
    return mark_safe("".join([*parts, "</g>", _village_names(frame, shapes), "</svg>"]))  # noqa: S308 - every text is escaped above


def _frame(bounds: tuple[float, float, float, float]) -> _Frame:
    """Fit the bounds (west, south, east, north) into the widest and tallest map."""
    west, south, east, north = bounds
    shrink = math.cos(math.radians((south + north) / 2))
    down = min((WIDE - 2 * EDGE) / ((east - west) * shrink), (TALL - 2 * EDGE) / (north - south))
    across = down * shrink
    return _Frame(
        west, north, across, down, (east - west) * across + 2 * EDGE, (north - south) * down + 2 * EDGE
    )


def _head(frame: _Frame, label: str) -> str:
    """Open the drawing: a group of links with a name."""
    width, height = number(frame.width), number(frame.height)
    return (
        f'<svg class="peta peta--batas" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(label)}">'
    )


def _scaled(step: float) -> str:
    """Open a group that is drawn in steps."""
    return f'<g transform="scale({step:g})">'


def _steps(frame: _Frame, line: Line, step: float) -> list[tuple[int, int]]:
    """Turn a line into steps, without points that fall on the one before."""
    found: list[tuple[int, int]] = []
    for point in line:
        x, y = frame.place(point)
        here = (round(x / step), round(y / step))
        if not found or here != found[-1]:
            found.append(here)
    return found


def _written(points: Sequence[tuple[int, int]]) -> str:
    """Write points: the first absolute, the others relative, blanks only where no sign parts them."""
    (x, y), parts = points[0], [f"M{points[0][0]} {points[0][1]}l"]
    for to_x, to_y in points[1:]:
        for way in (to_x - x, to_y - y):
            parts.append(f"{way}" if way < 0 or parts[-1][-1] == "l" else f" {way}")
        x, y = to_x, to_y
    return "".join(parts)


def _closed(frame: _Frame, rings: Sequence[Line], step: float) -> str:
    """Draw rings; one that is too small to be seen is left out."""
    drawn = (_steps(frame, ring, step) for ring in rings)
    return "".join(f"{_written(points)}z" for points in drawn if len(points) >= FEWEST)


def _paths(frame: _Frame, shapes: Sequence[Shape]) -> str:
    """Draw the shapes of a group, one path a class."""
    classes: dict[str, list[str]] = defaultdict(list)
    for shape in shapes:
        classes[shape.mark].append(_closed(frame, shape.rings, STEP))
    return "".join(f'<path class="{mark}" d="{"".join(drawn)}"/>' for mark, drawn in sorted(classes.items()))


def _between(frame: _Frame, between: Sequence[Line], step: float, kind: str = "peta__batas") -> str:
    """Draw the lines between areas and around all."""
    drawn = (_steps(frame, line, step) for line in between)
    joined = "".join(_written(points) for points in drawn if len(points) > 1)
    return f'<path class="{kind}" d="{joined}"/>'


def _village_names(frame: _Frame, shapes: Sequence[Shape]) -> str:
    """Write each village's name where the largest circle inside it holds it, on a desk only."""
    texts = []
    for shape in shapes:
        broken = lines(shape.name, 10)
        across = 2 * shape.radius * frame.down
        if (
            max(map(len, broken)) * NAME_SIZE * NAME_WIDTH <= across * 1.15
            and len(broken) * NAME_SIZE < across
        ):
            texts.append(text(broken, *frame.place(shape.middle), NAME_SIZE, "peta__p"))
    return f'<g class="peta__nama" aria-hidden="true">{"".join(texts)}</g>'
