"""A map of equal tiles: one hexagon an area, with its short name and a percentage. Written directly as SVG.

Tiles lie on half columns and rows (pointy tops). Five steps of colour, `k` for an area without a figure; the
number is written in each, so that a grey copy tells the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

HALF = 32.0
RISE = 55.5
SIDE = (-0.0, -35.5), (30.7, -17.7), (30.7, 17.7), (0.0, 35.5), (-30.7, 17.7), (-30.7, -17.7)
STEPS = (20, 40, 60, 80)
"""Percent at which the next colour begins."""


@dataclass(frozen=True)
class Tile:
    """An area: half column and row, short name, percent (`None` = none), its words, where it leads."""

    column: int
    row: int
    name: str
    percent: int | None
    text: str
    title: str
    href: str


def step(percent: int | None) -> str:
    """Give the class of a percentage: `k`, or 1 (lowest) to 5."""
    return "k" if percent is None else str(1 + sum(percent >= one for one in STEPS))


def tilemap(tiles: Sequence[Tile], *, label: str) -> SafeString:
    """Draw tiles, each a link."""
    right = max((one.column for one in tiles), default=0) * HALF + 40
    bottom = max((one.row for one in tiles), default=0) * RISE + 77
    drawn = "".join(map(_tile, tiles))
    return mark_safe(  # noqa: S308 - our own drawing, texts escaped
        f'<svg class="ubin" viewBox="0 0 {right:g} {bottom:g}" xmlns="http://www.w3.org/2000/svg"'
        f' role="group" aria-label="{escape(label)}">{drawn}</svg>'
    )


def _tile(one: Tile) -> str:
    x, y = one.column * HALF + 4, one.row * RISE + 40
    points = " ".join(f"{x + dx:g},{y + dy:g}" for dx, dy in SIDE)
    return (
        f'<a class="ubin__{step(one.percent)}" href="{escape(one.href)}" aria-label="{escape(one.title)}">'
        f'<title>{escape(one.title)}</title><polygon points="{points}"/>'
        f'<text class="ubin__nama" x="{x:g}" y="{y - 6:g}">{escape(one.name)}</text>'
        f'<text class="ubin__angka" x="{x:g}" y="{y + 14:g}">{escape(one.text)}</text></a>'
    )
