"""Names on maps: placed so that no two meet, once for the desk and once, short and larger, for a phone.

In: names with the points where they may stand. Out: SVG text. A name that fits nowhere is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDE = 660
TALL = 620
NARROW = 326
"""Px: the widest and tallest map, and its width on a 360-px phone."""
LETTER = 0.6
LEADING = 1.12
DESK_SIZE = 12.5
PHONE_SIZE = 10.5

type Point = tuple[float, float]


@dataclass(frozen=True)
class Label:
    """A name (`short` on a phone), the middle to stand near, where else it may stand, how much it matters."""

    name: str
    short: str
    middle: Point
    spots: tuple[Point, ...]
    weight: float


def names(labels: Sequence[Label], width: float, height: float) -> str:
    """Write the names twice: for the desk, and short and larger for a phone."""
    narrow = width / NARROW
    wide = max(1.0, width / WIDE)
    frame = (width, height)
    return (
        '<g class="peta__nama" aria-hidden="true">'
        + _placed(labels, frame, style="peta__p", size=DESK_SIZE * wide, is_short=False)
        + _placed(labels, frame, style="peta__s", size=PHONE_SIZE * narrow, is_short=True)
        + "</g>"
    )


def _placed(labels: Sequence[Label], frame: Point, *, style: str, size: float, is_short: bool) -> str:
    """Place each name on one of its spots so that no two names meet.

    What matters most chooses first. The spot nearest to the middle wins; names stay inside the frame.
    """
    taken: list[tuple[float, float, float, float]] = []
    texts = []
    for label in sorted(labels, key=lambda label: -label.weight):
        broken = lines(label.short if is_short and label.short else label.name)
        half = max(map(len, broken)) * LETTER * size / 2
        tall = len(broken) * LEADING * size / 2
        middle = label.middle
        candidates = sorted(
            [middle, *label.spots], key=lambda spot: (spot[0] - middle[0]) ** 2 + (spot[1] - middle[1]) ** 2
        )
        for spot in candidates:
            x = min(max(spot[0], half + 2), frame[0] - half - 2)
            y = min(max(spot[1], tall + 2), frame[1] - tall - 2)
            box = (x - half, y - tall, x + half, y + tall)
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                texts.append(text(broken, x, y, size, style))
                break
    return "".join(texts)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Say whether two boxes (left, top, right, bottom) overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def lines(name: str, room: int = 0) -> list[str]:
    """Break a name into lines: word by word, words joined while they fit into `room` characters."""
    found: list[str] = []
    for word in name.split():
        if found and (len(found[-1]) + 1 + len(word) <= room or len(word) <= 2):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found or [""]


def text(broken: Sequence[str], x: float, y: float, size: float, style: str) -> str:
    """Write lines of text centred on a point, with a halo as wide as a third of the letters."""
    first = y - (len(broken) - 1) * LEADING * size / 2 + size * 0.35
    spans = "".join(
        f'<tspan x="{number(x)}" y="{number(first + index * LEADING * size)}">{escape(line)}</tspan>'
        for index, line in enumerate(broken)
    )
    halo = number(size * 0.34)
    return f'<text class="{style}" font-size="{number(size)}" stroke-width="{halo}">{spans}</text>'


def number(value: float) -> str:
    """Write a coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")
