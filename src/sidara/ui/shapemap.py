"""A map of real shapes as light SVG, written directly: villages filled by class, lines between areas once.

In: shapes in degrees with class, name and address, as plain values. Out: SVG. Two views as in `hexmap`:
`overview` has one link per group and one path per group and class; `villages` has one link per shape.
What is drawn too small to be hit or read bears a number and stands enlarged beside the map (`tile`).
Coordinates are whole steps of a part of a px, written relative to the point before.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from sidara.ui.labels import TALL, WIDE, Label, lines, names, number, text

__all__ = ["Group", "SafeString", "Shape", "fineness", "is_small", "overview", "tile", "villages"]

EDGE = 3.0
"""Px of air around the shapes, for the strokes of the outermost lines."""
STEP = 0.5
FINE_STEP = 0.25
"""Px of a step in an overview and in a map of single villages."""
NAME_SIZE = 11.0
NAME_WIDTH = 0.56
"""Px of a village's name, and the width of a letter as a share of it."""
FEWEST = 3
SMALL = 28.0
"""Px: an area in which no circle so wide fits (half of it on a phone) is enlarged beside the map."""
TILE = 72.0
"""Px: the side of the square into which it is enlarged."""
FINEST = 8.0
"""The most by which the shapes for tiles are finer than those of the map."""

type Line = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """One village: rings, class (as `hexmap.Cell.mark`), name, what its link says, where it goes.

    `middle` and `radius` tell where a name fits (the largest circle inside, degrees); `number` stands there
    in its place where the village is enlarged beside the map.
    """

    rings: Sequence[Line]
    mark: str
    name: str
    title: str
    href: str
    middle: tuple[float, float]
    radius: float
    number: int = 0


@dataclass(frozen=True)
class Group:
    """Shapes that belong together, with name (`short` on a phone), link, middle and number as of a shape."""

    name: str
    shapes: Sequence[Shape]
    title: str
    href: str
    short: str
    middle: tuple[float, float]
    radius: float
    number: int = 0


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
        _number(frame, group)
        if group.number
        else Label(
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
    numbers = names([_number(frame, shape) for shape in shapes if shape.number], frame.width, frame.height)
    return mark_safe("".join([*parts, "</g>", _village_names(frame, shapes), numbers, "</svg>"]))  # noqa: S308 - every text is escaped above


def is_small(radius: float, bounds: tuple[float, float, float, float]) -> bool:
    """Say whether an area (`radius` = of the largest circle inside, degrees) is drawn too small on a map."""
    return 2 * radius * _frame(bounds).down < SMALL


def fineness(radii: Sequence[float], bounds: tuple[float, float, float, float]) -> float:
    """Give how many times finer than on the map the shapes of tiles should be, for the smallest of them."""
    smallest = 2 * min(radii) * _frame(bounds).down
    return min(FINEST, max(1.0, TILE / smallest)) if smallest else FINEST


def tile(shapes: Sequence[Shape]) -> SafeString:
    """Draw shapes alone in a square, by class; the words stand beside it."""
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    frame = _frame((min(xs), min(ys), max(xs), max(ys)), TILE, TILE)
    head = _head(frame, "", role='aria-hidden="true"', style="peta peta--ubin")
    return mark_safe(f"{head}{_scaled(STEP)}{_paths(frame, shapes)}</g></svg>")  # noqa: S308 - no text inside


def _number(frame: _Frame, one: Shape | Group) -> Label:
    """Write the number of an enlarged area at its middle, before names are placed."""
    return Label(str(one.number), str(one.number), frame.place(one.middle), (), math.inf)


def _frame(bounds: tuple[float, float, float, float], widest: float = WIDE, tallest: float = TALL) -> _Frame:
    """Fit the bounds (west, south, east, north) into the widest and tallest map."""
    west, south, east, north = bounds
    shrink = math.cos(math.radians((south + north) / 2))
    down = min((widest - 2 * EDGE) / ((east - west) * shrink), (tallest - 2 * EDGE) / (north - south))
    across = down * shrink
    return _Frame(
        west, north, across, down, (east - west) * across + 2 * EDGE, (north - south) * down + 2 * EDGE
    )


def _head(frame: _Frame, label: str, *, role: str = "", style: str = "peta peta--batas") -> str:
    """Open the drawing: a group of links with a name, or what `role` says."""
    width, height = number(frame.width), number(frame.height)
    role = role or f'role="group" aria-label="{escape(label)}"'
    return (
        f'<svg class="{style}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' xmlns="http://www.w3.org/2000/svg" {role}>'
    )


def _scaled(step: float) -> str:
    """Open a group that is drawn in steps; patterns are enlarged by as much as it is made smaller."""
    return f'<g class="pola-{1 / step:g}" transform="scale({step:g})">'


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
        if shape.number:
            continue
        broken = lines(shape.name, 10)
        across = 2 * shape.radius * frame.down
        if (
            max(map(len, broken)) * NAME_SIZE * NAME_WIDTH <= across * 1.15
            and len(broken) * NAME_SIZE < across
        ):
            texts.append(text(broken, *frame.place(shape.middle), NAME_SIZE, "peta__p"))
    return f'<g class="peta__nama" aria-hidden="true">{"".join(texts)}</g>'
