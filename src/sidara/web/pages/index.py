"""The indices on pages: their classes as marks, thresholds as lines, the codes of their variables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from urllib.parse import urlencode

from sidara.collection import queries as collection
from sidara.indices import queries as indices
from sidara.indices.core import Definition, Level, Version
from sidara.indices.core.definition import Class
from sidara.indices.core.variables import variable
from sidara.indices.core.wording import reworded
from sidara.kernel.actor import PUBLIC, Actor
from sidara.kernel.number import Language, rounded
from sidara.regions.core import Level as AreaLevel
from sidara.ui.charts import Threshold
from sidara.ui.figures import Mark
from sidara.ui.language import active, format_number, say, speaking
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import AS_REPORTED, Vintage
from sidara.warehouse.core import MIXED as MIXED_CODE
from sidara.web.pages import content, places, sources
from sidara.web.pages.places import is_assessed
from sidara.web.pages.sources import Sets

UNSURE = "s"
"""The style of a mark that allows several classes, or of an area that unlike ones were merged into."""
VINTAGE = "susunan"
"""What an address calls the areas in which figures are told."""
GOOD = LOW = 2
"""How many of the highest classes count as good in headings and rankings, how many of the lowest as low."""


@dataclass(frozen=True)
class Edition:
    """One index as its data set of scores holds it for one period, with the definition in force then.

    `vintage` = in which areas its figures are told; `elsewhere` = where a code of those areas leads that is
    not the code of the same place today.
    """

    definition: Definition
    sets: Sets
    dataset: str
    periods: tuple[str, ...]
    scale: Version
    known: frozenset[str]
    is_main: bool = True
    vintage: Vintage = AS_REPORTED
    elsewhere: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def period(self) -> str:
        """Give the newest period."""
        return self.periods[-1]

    @property
    def before(self) -> str | None:
        """Give the period just before the newest, `None` where there is none."""
        earlier = str(int(self.period) - 1)
        return earlier if earlier in self.periods else None

    @property
    def slug(self) -> str:
        """Give the index's name in addresses."""
        return self.sets.index

    @property
    def label(self) -> str:
        """Give the index's short name (`IDM`, `Indeks Desa`)."""
        return label_of(self.definition, self.scale)

    @property
    def query(self) -> str:
        """Give what an address says to show this index in this vintage; nothing for the main one as such."""
        asked = {} if self.is_main else {"indeks": self.slug}
        return _query(asked | self._vintage_asked)

    @property
    def vintage_query(self) -> str:
        """Give the part of it that a page with all indices needs."""
        return _query(self._vintage_asked)

    @property
    def _vintage_asked(self) -> dict[str, str]:
        return {} if self.vintage == AS_REPORTED else {VINTAGE: str(self.vintage)}

    def href(self, code: str, level: AreaLevel) -> str:
        """Give the address of an area that the figures name, keeping index and vintage."""
        if code in self.elsewhere:
            return self.elsewhere[code]
        query = self.vintage_query if level is AreaLevel.VILLAGE else self.query
        return places.href_of(code, level) + query

    @property
    def is_simulated(self) -> bool:
        """Say whether its figures are simulated."""
        return self.sets.is_simulated

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
        return variable(self.definition.code, part)

    @property
    def ends(self) -> tuple[str, ...]:
        """Name the variables of the ends of the index where it is not sure; none where it always is."""
        ends = (self.variable(f"{self.top.code}_MIN"), self.variable(f"{self.top.code}_MAX"))
        return ends if set(ends) <= self.known else ()

    @property
    def is_scaled(self) -> bool:
        """Say whether what lies right below the index has a scale of its own; else it is a sum of points."""
        return self.scale.sub_indices[0].max is not None

    def decimals_of(self, level: Level) -> int:
        """Give the decimals of a level: none where it is a sum of points."""
        return self.decimals if level.max is not None else 0

    def word_of(self, level: Level) -> str:
        """Name a level as the head of a column: by its code, or by its name where the code is no word."""
        if level is self.top:
            return self.label
        return level.code if level.column_name is None else level.name

    def text(self, value: Decimal | None, span: tuple[Decimal, Decimal] | None = None) -> str:
        """Write the index, or the span where it is not sure."""
        if value is None and span is not None:
            low, high = (format_number(end, self.decimals) for end in span)
            return say("{low} sampai {high}", low=low, high=high)
        return format_number(value, self.decimals)

    def span_text(self, span: tuple[Decimal, Decimal]) -> str:
        """Write a span for a cell of a table."""
        low, high = (format_number(end, self.decimals) for end in span)
        return f"{low}\N{EN DASH}{high}"

    def place(self, value: Decimal) -> int:
        """Give the place of a figure's class, 0 = lowest; the figure is rounded first."""
        return self.scale.thresholds.position(Fraction(rounded(value, self.decimals)))

    def between(self, span: tuple[Decimal, Decimal]) -> str:
        """Name the classes that a span allows (`antara Berkembang dan Maju`)."""
        low, high = (word_of(self.scale.thresholds.classes[self.place(end)].status) for end in span)
        return low if low == high else say("antara {low} dan {high}", low=low, high=high)


def _query(asked: Mapping[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""


def label_of(found: Definition, scale: Version) -> str:
    """Give the short name of an index by its rules (`IDM`, `Indeks Desa`)."""
    return scale.top.code if scale.top.code == found.code else found.name


def main(actor: Actor) -> Edition | None:
    """Give the newest edition of the first index of the pages that has any figures."""
    return next(iter(editions(actor)), None)


def editions(actor: Actor, vintage: Vintage = AS_REPORTED) -> tuple[Edition, ...]:
    """Give the newest edition of each index that has any figures, in the order of the pages."""
    found = [one for code in content.datasets() if (one := edition(actor, code)) is not None]
    elsewhere = places.elsewhere(actor, vintage)
    return tuple(
        replace(one, is_main=place == 0, vintage=vintage, elsewhere=elsewhere)
        for place, one in enumerate(found)
    )


def among(found: Sequence[Edition], code: str) -> Edition | None:
    """Give the edition of the index that a reader asked for, the main one where there is none."""
    return next((one for one in found if one.slug == code), found[0] if found else None)


def parts_word(edition: Edition) -> str:
    """Name what lies right below the index: parts with a scale of their own, or sums of points."""
    return say("subindeks") if edition.is_scaled else say("dimensi")


def edition(actor: Actor, code: str) -> Edition | None:
    """Give the newest edition of an index, `None` when no data set holds a status."""
    chosen = sources.sets(actor, code)
    if chosen.scores is None:
        return None
    found = definition(actor, code)
    periods = warehouse.periods(actor, chosen.scores.code, f"{found.code}.STATUS")
    if not periods:
        return None
    known = frozenset(variable.code for variable in collection.variables(actor, chosen.scores.code))
    return Edition(found, chosen, chosen.scores.code, periods, version(found, periods[-1]), known)


def version(found: Definition, year: str) -> Version:
    """Give the rules in force in a year; a year after the last one keeps the last."""
    return found.version_in(int(year)) or found.versions[-1]


def definition(actor: Actor, code: str) -> Definition:
    """Give an index that the pages show; our content without it is our fault."""
    found = indices.definition(actor, code)
    if found is None:
        raise LookupError(f"no index {code}")
    return _worded(found.code, active())


@lru_cache(maxsize=8)
def _worded(code: str, language: Language) -> Definition:
    """Give an index with its words in a language; kept, as a definition has thousands of them."""
    found = indices.definition(PUBLIC, code)
    if found is None:
        raise LookupError(f"no index {code}")
    with speaking(language):
        return reworded(found, say)


def missing() -> Mark:
    """Give the mark of a village without a figure."""
    return Mark("x", say("Belum ada data"))


def unavailable() -> Mark:
    """Give the mark of an area whose figure cannot be worked out."""
    return Mark("x", say("Tidak dapat dihitung"))


def mixed() -> Mark:
    """Give the mark of an area that others with unlike figures were merged into."""
    return Mark(UNSURE, say("Campuran"))


def unsure() -> Mark:
    """Give the mark of a village whose figure allows several classes."""
    return Mark(UNSURE, say("Belum pasti"))


def not_assessed() -> Mark:
    """Give the mark of a kelurahan."""
    return Mark("kel", say("Kelurahan, tidak dinilai"))


def by_status(scale: Version) -> dict[str, Mark]:
    """Give the mark of each class by its official name."""
    return dict(zip((one.status for one in scale.thresholds.classes), marks(scale).values(), strict=True))


def word_of(status: str) -> str:
    """Name a status as a heading or a badge does; the official word in any case."""
    return say(status.title())


def marks(scale: Version) -> dict[str, Mark]:
    """Give the mark of each class by its code, low to high."""
    return {
        one.code: Mark(str(place), word_of(one.status))
        for place, one in enumerate(scale.thresholds.classes, start=1)
    }


def mark(
    scale: Version, status: str | None, kind: str, *, between: str = "", is_unavailable: bool = False
) -> Mark:
    """Give the mark of one village: its class, those `between` which it lies, no data, or not assessed.

    `is_unavailable` = its area was merged from several, and no one figure tells them.
    """
    if not is_assessed(kind):
        return not_assessed()
    if status == MIXED_CODE:
        return mixed()
    unknown = unavailable() if is_unavailable else missing()
    return marks(scale).get(status or "", Mark(UNSURE, between) if between else unknown)


def legend(scale: Version, *, is_open: bool = False, is_mixed: bool = False) -> tuple[Mark, ...]:
    """Give all marks of a map, low to high, then those that are no class.

    `is_open` = some are not sure, `is_mixed` = some may be of areas that were merged.
    """
    dotted = [one.label for one, is_there in ((unsure(), is_open), (mixed(), is_mixed)) if is_there]
    several = (Mark(UNSURE, say(" atau ").join(dotted).capitalize()),) if dotted else ()
    return (*marks(scale).values(), *several, missing(), not_assessed())


def good_codes(scale: Version) -> tuple[str, ...]:
    """Give the codes of the classes that count as good, low to high."""
    return tuple(one.code for one in scale.thresholds.classes[-GOOD:])


def low(scale: Version) -> tuple[Class, ...]:
    """Give the lowest classes, lowest first."""
    return scale.thresholds.classes[:LOW]


def is_low(mark: Mark) -> bool:
    """Say whether a mark is that of one of the lowest classes."""
    return mark.style in {str(place) for place in range(1, LOW + 1)}


def good_words(scale: Version, *, is_both: bool = False) -> str:
    """Name them in a sentence (`maju atau mandiri`; both together: `maju dan mandiri`)."""
    link = say(" dan ") if is_both else say(" atau ")
    return link.join(word_of(one.status).lower() for one in scale.thresholds.classes[-GOOD:])


def thresholds(scale: Version) -> tuple[Threshold, ...]:
    """Give the line at which each class begins."""
    return tuple(
        Threshold(
            say("batas {status}", status=word_of(one.status)), decimal(one.minimum, scale.thresholds.decimals)
        )
        for one in scale.thresholds.classes
        if one.minimum is not None
    )


def decimal(value: Fraction, decimals: int) -> Decimal:
    """Write an exact figure of a definition as a decimal; it has no more digits than asked."""
    return Decimal(value.numerator * 10**decimals // value.denominator).scaleb(-decimals)
