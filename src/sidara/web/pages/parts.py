"""Small parts that several pages are made of: a key figure, a note, the map with its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as noop

from sidara.ui.figures import Mark, Source
from sidara.web.pages.places import Link

SCHEMATIC = noop("Peta skematik, bukan batas wilayah")


@dataclass(frozen=True)
class Item:
    """One key figure: what, how much, of what."""

    label: str
    text: str
    note: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Choice:
    """Links among which a reader chooses, under one heading; the one without address is chosen."""

    label: str
    links: Sequence[Link]


@dataclass(frozen=True)
class Option:
    """An entry of a select, or a tick box: what it sends, its words, whether it is chosen.

    `note` tells more about it; `is_cited` = its words stay as their list has them, in Indonesian.
    """

    value: str
    label: str
    is_chosen: bool = False
    note: str = ""
    is_cited: bool = False


@dataclass(frozen=True)
class Fact:
    """A word and its text; `is_cited` = the text stays as its list has it, in Indonesian."""

    word: str
    text: str
    is_cited: bool = False


@dataclass(frozen=True)
class Note:
    """Something the reader must know before reading on: `warning` or plain."""

    heading: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Tile:
    """A place that a map draws too small, enlarged: its number on the map, what it says, where it leads."""

    number: int
    title: str
    href: str
    drawing: SafeString


@dataclass(frozen=True)
class View:
    """One drawing of a map, made when it is shown; how it is read, and what must stand below it.

    `enlarged` gives the small places beside it.
    """

    drawing: Callable[[], SafeString]
    reading: str
    notes: Sequence[str]
    enlarged: Callable[[], Sequence[Tile]] | None = None


@dataclass(frozen=True)
class Views:
    """The drawings of one map: hexagons always, real shapes where boundaries are loaded."""

    hexagons: View
    shapes: View | None = None


@dataclass(frozen=True)
class Map:
    """A map: the finding, the measure, its drawings, what their colours mean, its sources."""

    title: str
    subtitle: str
    views: Views
    legend: Sequence[Mark]
    sources: Sequence[Source]
