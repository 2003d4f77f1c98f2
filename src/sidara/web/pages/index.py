"""The index on pages: its classes as marks, its thresholds as lines, the codes of its variables."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.collection.core import DataSet
from sidara.indices import queries as indices
from sidara.indices.core import Definition, Level, Version
from sidara.kernel.actor import Actor
from sidara.ui.charts import Threshold
from sidara.ui.figures import Mark
from sidara.warehouse import queries as warehouse
from sidara.web.pages import content
from sidara.web.pages.places import is_assessed

MISSING = Mark("x", "Belum ada data")
NOT_ASSESSED = Mark("kel", "Kelurahan, tidak dinilai")
GOOD = 2
"""How many of the highest classes count as good in headings and rankings (Maju and Mandiri)."""


@dataclass(frozen=True)
class Edition:
    """The index as one data set holds it for one period, with the definition in force then."""

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


def edition(actor: Actor, dataset: DataSet | None) -> Edition | None:
    """Give the newest edition that a data set holds, `None` when it has no status at all."""
    if dataset is None:
        return None
    periods = warehouse.periods(actor, dataset.code, code("STATUS"))
    return Edition(dataset.code, periods[-1], version(actor, periods[-1])) if periods else None


def version(actor: Actor, year: str) -> Version:
    """Give the definition in force in a year; a year after the last one keeps the last."""
    found = definition(actor)
    return found.version_in(int(year)) or found.versions[-1]


def definition(actor: Actor) -> Definition:
    """Give the index that the pages show; our content without it is our fault."""
    found = indices.definition(actor, content.pages()["index"])
    if found is None:
        raise LookupError(f"no index {content.pages()['index']}")
    return found


def code(part: str) -> str:
    """Name the variable of a level, an item or the status (`STATUS`) of the index."""
    return f"{content.pages()['index'].upper()}.{part}"


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
