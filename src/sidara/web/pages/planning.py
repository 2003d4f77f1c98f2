"""What the four pages of planning have in common: on what they stand, what is asked, the short address.

Each page module has `ask`, which reads the question and computes nothing, and `answer`, which adds what
follows from it; between them an address can lead to the short one that means the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from sidara.regions.core import Region
from sidara.ui.figures import Figure
from sidara.web.pages import asking
from sidara.web.pages.asking import Asked
from sidara.web.pages.fields import Form
from sidara.web.pages.ground import Ground, Pairs
from sidara.web.pages.places import Link


@dataclass(frozen=True, kw_only=True)
class Planning:
    """A page of planning; where there is no form its lead says why, and `links` what can be done instead."""

    region: Region
    title: str
    lead: str
    trail: Sequence[Link]
    links: Sequence[Link] = ()
    ground: Ground | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    pairs: Pairs = ()

    @property
    def is_simulated(self) -> bool:
        """Say whether every figure of the page is simulated."""
        return self.ground is not None and self.ground.is_simulated

    @property
    def query(self) -> str:
        """Give the parameters of the address, only what differs from what is held."""
        return urlencode(self.pairs)

    @property
    def hidden(self) -> Pairs:
        """Give what the form must carry beside its fields."""
        return self.ground.chosen if self.ground else ()

    @property
    def start(self) -> str:
        """Give the address without any change."""
        return urlencode(self.hidden)


class ChangeView(NamedTuple):
    """One change in words: what was, what is, which items it moves, and the address without it."""

    label: str
    before: str
    after: str
    scores: str
    undo: str


@dataclass(frozen=True, kw_only=True)
class Trying(Planning):
    """A what-if: the form, the changes in words, what they do, and the address of the path."""

    form: Form | None = None
    changes: Sequence[ChangeView] = ()
    result: str = ""
    path: str = ""


class Said(NamedTuple):
    """A finding on the page; `line` counts the lines of the prices."""

    text: str
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Searching(Planning):
    """A search for paths: what is asked, how sure the answer is, and the address of the what-if."""

    asked: Asked | None = None
    proof: Sequence[str] = ()
    findings: Sequence[Said] = ()
    is_refused: bool = False
    whatif: str = ""

    @property
    def example(self) -> str:
        """Give the item that the example of prices names."""
        return self.ground.scale.items[0].code if self.ground else ""

    @property
    def example_move(self) -> str:
        """Give the beginning of a line that prices one move of that item."""
        return asking.move_example(self.ground.scale) if self.ground else ""

    @property
    def has_price_fault(self) -> bool:
        """Say whether the prices are why there is no answer."""
        return self.asked is not None and bool(
            self.asked.fault(asking.PRICES) or (self.is_refused and self.asked.prices)
        )

    @property
    def goals(self) -> Sequence[tuple[str, str]]:
        """Give the goals that can be chosen."""
        return asking.goals(self.ground.scale) if self.ground else ()

    @property
    def parts(self) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
        """Give the items that can be held, by level."""
        return asking.parts(self.ground.scale) if self.ground else ()
