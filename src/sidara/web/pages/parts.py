"""Small parts that several pages are made of: a key figure, a note, the map with its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sidara.ui.figures import Mark, Source

SCHEMATIC = "Peta skematik, bukan batas wilayah"


@dataclass(frozen=True)
class Item:
    """One key figure: what, how much, of what."""

    label: str
    text: str
    note: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Note:
    """Something the reader must know before reading on: `warning` or plain."""

    heading: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Map:
    """The schematic map: the finding, the measure, the drawing, what its colours mean, its sources."""

    title: str
    subtitle: str
    drawing: SafeString
    legend: Sequence[Mark]
    sources: Sequence[Source]
    notes: Sequence[str] = (SCHEMATIC,)
