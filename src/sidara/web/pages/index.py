"""The indices on pages: their classes as marks, thresholds as lines, the codes of their variables."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.indices import queries as indices
from sidara.indices.core import Definition, Level, Version
from sidara.kernel.actor import Actor
from sidara.ui.charts import Threshold
from sidara.ui.figures import Mark
from sidara.warehouse import queries as warehouse
from sidara.web.pages import content, sources
from sidara.web.pages.places import is_assessed
from sidara.web.pages.sources import Sets

MISSING = Mark("x", "Belum ada data")
NOT_ASSESSED = Mark("kel", "Kelurahan, tidak dinilai")
GOOD = 2
"""How many of the highest classes count as good in headings and rankings (Maju and Mandiri)."""


@dataclass(frozen=True)
class Edition:
    """One index as its data set of scores holds it for one period, with the definition in force then."""

    definition: Definition
    sets: Sets
    dataset: str
    period: str
    scale: Version

    @property
    def top(self) -> Level:
        """Give the index itself."""
        return self.scale.top

    @property
    def decimals(self) -> int:
        """Give the decimals in which the index is shown and classed."""
        return self.scale.thresholds.decimals

    def variable(self, part: str) -> str:
        """Name the variable of a level, an item or the status (`STATUS`)."""
        return f"{self.definition.code}.{part}"


def main(actor: Actor) -> Edition | None:
    """Give the newest edition of the first index of the pages that has any figures."""
    return next(iter(editions(actor)), None)


def editions(actor: Actor) -> tuple[Edition, ...]:
    """Give the newest edition of each index that has any figures, in the order of the pages."""
    found = (edition(actor, code) for code in content.datasets())
    return tuple(one for one in found if one is not None)


def edition(actor: Actor, code: str) -> Edition | None:
    """Give the newest edition of an index, `None` when no data set holds a status."""
    chosen = sources.sets(actor, code)
    if chosen.scores is None:
        return None
    found = definition(actor, code)
    periods = warehouse.periods(actor, chosen.scores.code, f"{found.code}.STATUS")
    if not periods:
        return None
    return Edition(found, chosen, chosen.scores.code, periods[-1], version(found, periods[-1]))


def version(found: Definition, year: str) -> Version:
    """Give the rules in force in a year; a year after the last one keeps the last."""
    return found.version_in(int(year)) or found.versions[-1]


def definition(actor: Actor, code: str) -> Definition:
    """Give an index that the pages show; our content without it is our fault."""
    found = indices.definition(actor, code)
    if found is None:
        raise LookupError(f"no index {code}")
    return found


def marks(scale: Version) -> dict[str, Mark]:
    """Give the mark of each class by its code, low to high."""
    return {
        one.code: Mark(str(place), one.status.title())
        for place, one in enumerate(scale.thresholds.classes, start=1)
    }


def mark(scale: Version, status: str | None, kind: str) -> Mark:
    """Give the mark of one village: its class, `belum ada data`, or outside the denominators."""
    if not is_assessed(kind):
        return NOT_ASSESSED
    return marks(scale).get(status or "", MISSING)


def legend(scale: Version) -> tuple[Mark, ...]:
    """Give all marks of a map, low to high, then the two that are no class."""
    return (*marks(scale).values(), MISSING, NOT_ASSESSED)


def good_codes(scale: Version) -> tuple[str, ...]:
    """Give the codes of the classes that count as good, low to high."""
    return tuple(one.code for one in scale.thresholds.classes[-GOOD:])


def good_words(scale: Version) -> str:
    """Name them in a sentence (`maju atau mandiri`)."""
    return " atau ".join(one.status.lower() for one in scale.thresholds.classes[-GOOD:])


def thresholds(scale: Version) -> tuple[Threshold, ...]:
    """Give the line at which each class begins."""
    return tuple(
        Threshold(f"batas {one.status.title()}", decimal(one.minimum, scale.thresholds.decimals))
        for one in scale.thresholds.classes
        if one.minimum is not None
    )


def decimal(value: Fraction, decimals: int) -> Decimal:
    """Write an exact figure of a definition as a decimal; it has no more digits than asked."""
    return Decimal(value.numerator * 10**decimals // value.denominator).scaleb(-decimals)
