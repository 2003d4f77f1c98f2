"""The schematic hexagon map as light SVG, written directly: one equal cell per village.

In: groups of cells (column, row, class, name) as plain values. Out: SVG. Two views: `overview` has one link
per group and one path per group and class (a province: 14 tab stops, about 12 kB gzip); `villages` has one
link per cell (a kabupaten or kecamatan; a list stands beside it). Cells lie on rows of pointy-top hexagons;
odd rows are shifted half a cell to the right.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from sidara.ui.labels import TALL, WIDE, Label, lines, names, number, text

__all__ = ["Cell", "Choice", "Group", "SafeString", "choices", "overview", "villages"]

ROW = math.sqrt(3) / 2
RADIUS = 1 / math.sqrt(3)
FILL = 0.9
"""Share of a cell that its hexagon fills; the rest is the gap."""
EDGES = ((-30, 30), (30, 90), (90, 150), (150, 210), (210, 270), (270, 330))
LARGEST = 84.0
LARGEST_OF_GROUPS = 34.0
"""Px: the largest cell of one group, and of several."""


@dataclass(frozen=True)
class Cell:
    """One village: where it lies, its class (`w1` … `w5`, `wx` missing, `wk` kelurahan), name and address."""

    column: int
    row: int
    mark: str
    name: str = ""
    title: str = ""
    href: str = ""


@dataclass(frozen=True)
class Group:
    """Cells that belong together: name on the map (`short` on a phone), what its link says, where it goes."""

    name: str
    cells: tuple[Cell, ...]
    title: str = ""
    href: str = ""
    short: str = ""


@dataclass(frozen=True)
class _Frame:
    """The scale of one drawing: px per cell and the corner of the grid."""

    unit: float
    left: float
    top: float
    width: float
    height: float

    def place(self, cell: Cell) -> tuple[float, float]:
        """Give the centre of a cell in px."""
        x, y = _centre(cell)
        return (x - self.left) * self.unit, (y - self.top) * self.unit


def overview(groups: Sequence[Group], *, label: str) -> SafeString:
    """Draw groups as links, their cells by class; names where they fit at both widths."""
    grid = _frame(groups, unit=1)
    frame = _frame(groups, unit=min(LARGEST_OF_GROUPS, WIDE / grid.width, TALL / grid.height))
    parts = [_head(frame, label)]
    for group in groups:
        paths = _paths(frame, group.cells)
        parts.append(
            f'<a class="peta__kab" href="{escape(group.href)}" aria-label="{escape(group.title)}">'
            f"<title>{escape(group.title)}</title>{paths}</a>"
        )
    parts += [_border(frame, groups, "peta__batas"), _names(frame, groups), "</svg>"]
    return mark_safe("".join(parts))  # noqa: S308 - every text is escaped above


def villages(groups: Sequence[Group], *, label: str, current: tuple[int, int] | None = None) -> SafeString:
    """Draw each cell as a link of its own; `current` = (column, row) of the cell to outline.

    With one group of at most 40 cells the village names stand in the cells (desk only); with several groups
    the groups' names stand on the map.
    """
    cells = [cell for group in groups for cell in group.cells]
    grid = _frame(groups, unit=1)
    unit = min(LARGEST if len(groups) == 1 else LARGEST_OF_GROUPS, WIDE / grid.width, TALL / grid.height)
    frame = _frame(groups, unit=unit)
    parts = [_head(frame, label)]
    for group in groups:
        for cell in group.cells:
            says = escape(cell.title)
            parts.append(
                f'<a class="peta__kab peta__desa" href="{escape(cell.href)}" aria-label="{says}">'
                f'<title>{says}</title><path class="{cell.mark}" d="{_hexagon(frame, cell)}"/></a>'
            )
    parts.append(_border(frame, groups, "peta__batas"))
    if current is not None:
        here = next(cell for cell in cells if (cell.column, cell.row) == current)
        parts.append(f'<path class="peta__ini" d="{_hexagon(frame, here)}"/>')
    if len(groups) > 1:
        parts.append(_names(frame, groups))
    elif len(cells) <= 40 and unit >= 56:
        parts.append(_cell_names(frame, cells))
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308 - every text is escaped above


def _centre(cell: Cell) -> tuple[float, float]:
    """Give the centre of a cell in cell widths."""
    return cell.column + (0.5 if cell.row % 2 else 0.0), cell.row * ROW


def _frame(groups: Sequence[Group], *, unit: float) -> _Frame:
    """Fit a frame with half a cell of air around all cells."""
    centres = [_centre(cell) for group in groups for cell in group.cells]
    xs, ys = [x for x, _ in centres], [y for _, y in centres]
    left, top = min(xs) - 0.7, min(ys) - 0.75
    return _Frame(unit, left, top, (max(xs) + 0.7 - left) * unit, (max(ys) + 0.75 - top) * unit)


def _head(frame: _Frame, label: str) -> str:
    """Open the drawing: a group of links with a name."""
    width, height = number(frame.width), number(frame.height)
    return (
        f'<svg class="peta" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(label)}">'
    )


def _hexagon(frame: _Frame, cell: Cell) -> str:
    """Draw one hexagon as a sub-path, from its top corner clockwise."""
    x, y = frame.place(cell)
    half, radius = frame.unit * 0.5 * FILL, frame.unit * RADIUS * FILL
    a, b, c = number(half), number(radius / 2), number(radius)
    return f"M{number(x)} {number(y - radius)}l{a} {b}v{c}l-{a} {b}-{a}-{b}v-{c}z"


def _paths(frame: _Frame, cells: Sequence[Cell]) -> str:
    """Draw the cells of a group, one path a class."""
    return "".join(
        f'<path class="{mark}" d="{"".join(_hexagon(frame, cell) for cell in alike)}"/>'
        for mark, alike in _by_mark(cells)
    )


def _by_mark(cells: Iterable[Cell]) -> Iterator[tuple[str, list[Cell]]]:
    """Sort cells into their classes, reading order inside."""
    classes: dict[str, list[Cell]] = defaultdict(list)
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        classes[cell.mark].append(cell)
    yield from sorted(classes.items())


def _neighbours(column: int, row: int) -> tuple[tuple[int, int], ...]:
    """List the six neighbours in the order of `EDGES` (angles clockwise from the right, y downwards)."""
    shift = 1 if row % 2 else 0
    return (
        (column + 1, row),
        (column + shift, row + 1),
        (column + shift - 1, row + 1),
        (column - 1, row),
        (column + shift - 1, row - 1),
        (column + shift, row - 1),
    )


def _border(frame: _Frame, groups: Sequence[Group], style: str) -> str:
    """Draw the lines between groups and around all, each segment once."""
    owner = {(cell.column, cell.row): index for index, group in enumerate(groups) for cell in group.cells}
    radius = frame.unit * RADIUS
    segments = []
    for group in groups:
        for cell in group.cells:
            here = (cell.column, cell.row)
            x, y = frame.place(cell)
            for edge, there in zip(EDGES, _neighbours(*here), strict=True):
                if owner.get(there) == owner[here] or (there in owner and there < here):
                    continue
                (x1, y1), (x2, y2) = (
                    (x + radius * math.cos(math.radians(angle)), y + radius * math.sin(math.radians(angle)))
                    for angle in edge
                )
                segments.append(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}")
    return f'<path class="{style}" d="{"".join(segments)}"/>'


def _names(frame: _Frame, groups: Sequence[Group]) -> str:
    """Write the groups' names over their own cells."""
    labels = []
    for group in groups:
        spots = tuple(frame.place(cell) for cell in group.cells)
        middle = (sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots))
        labels.append(Label(group.name, group.short, middle, spots, len(spots)))
    return names(labels, frame.width, frame.height)


def _cell_names(frame: _Frame, cells: Sequence[Cell]) -> str:
    """Write each village's name inside its cell, on a desk only; long words are cut with an ellipsis."""
    size = 11.0
    room = int(frame.unit * 0.86 / (size * 0.56))
    texts = []
    for cell in cells:
        broken = [line if len(line) <= room else f"{line[: room - 1]}…" for line in lines(cell.name, room)][
            :3
        ]
        texts.append(text(broken, *frame.place(cell), size, "peta__p"))
    return f'<g class="peta__nama" aria-hidden="true">{"".join(texts)}</g>'


@dataclass(frozen=True)
class Choice:
    """A village that can be chosen on the map: its cell, what its field sends, whether it is chosen."""

    cell: Cell
    value: str
    is_chosen: bool = False


def choices(options: Sequence[Choice], *, name: str, label: str) -> SafeString:
    """Draw each cell as a tick box of a form, named `name`: chosen by tapping, or by Tab and the blank key.

    The boxes are real fields inside the drawing, so they work without script; `cell.title` is what is read
    aloud. The mark of a cell may be one of the styles of `heks` (`heks--ada`: something is there already).
    """
    group = Group(label, tuple(one.cell for one in options))
    grid = _frame([group], unit=1)
    frame = _frame([group], unit=min(LARGEST, WIDE / grid.width, TALL / grid.height))
    half, radius = frame.unit * 0.5 * FILL, frame.unit * RADIUS * FILL
    parts = [_head(frame, label)]
    for one in options:
        x, y = frame.place(one.cell)
        says = escape(one.cell.title)
        parts.append(
            f'<foreignObject x="{number(x - half)}" y="{number(y - radius)}"'
            f' width="{number(2 * half)}" height="{number(2 * radius)}">'
            '<input xmlns="http://www.w3.org/1999/xhtml"'
            f' type="checkbox" class="heks {escape(one.cell.mark)}"'
            f' name="{escape(name)}" value="{escape(one.value)}" aria-label="{says}" title="{says}"'
            f"{' checked' if one.is_chosen else ''}/></foreignObject>"
        )
    if len(options) <= 40 and frame.unit >= 56:
        parts.append(_cell_names(frame, [one.cell for one in options]))
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308 - every text is escaped above
