"""What holds items together: levels up to the index, thresholds, results, and the years in force."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from sidara.expressions import Expression
from sidara.indices.core.definition.item import Input, Item


class Aggregation(StrEnum):
    """How a level comes from what hangs below it."""

    SUM = "sum"
    MEAN = "mean"
    GEOMETRIC = "geometric"
    MIN_MAX = "min_max"


class Missing(StrEnum):
    """What a missing item means: an interval, no figure at all, or the lowest score (an official zero)."""

    INTERVAL = "interval"
    WITHHOLD = "withhold"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Level:
    """A node of the tree; the index itself has no parent. `max` rescales, `None` leaves the points."""

    code: str
    name: str
    parent: str | None
    aggregation: Aggregation
    weight: Fraction = Fraction(1)
    max: Fraction | None = None
    points: Fraction | None = None
    goalposts: tuple[Fraction, Fraction] | None = None
    column_name: str | None = None

    @property
    def is_points(self) -> bool:
        """Whether its figure is the sum of points below it, not rescaled."""
        return self.aggregation is Aggregation.SUM and self.max is None

    @property
    def column(self) -> str:
        """The column that carries the level in files: a name of its own, or the code in small letters."""
        return self.column_name or self.code.lower()


@dataclass(frozen=True, slots=True)
class Class:
    """A status and its limits (rounded figures); the ends may be open."""

    code: str
    status: str
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    other_name: str | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Classes from low to high. The index is rounded to `decimals`, half up, before it is classed."""

    decimals: int
    is_upper_closed: bool
    classes: tuple[Class, ...]

    def position(self, rounded: Fraction) -> int:
        """Give the place of the class of a rounded figure, 0 = lowest."""
        return sum(self._is_above(rounded, lower, upper) for lower, upper in pairwise(self.classes))

    def _is_above(self, rounded: Fraction, lower: Class, upper: Class) -> bool:
        if self.is_upper_closed:
            return lower.maximum is not None and rounded > lower.maximum
        return upper.minimum is not None and rounded >= upper.minimum

    def target(self, position: int) -> int:
        """Give the class to aim at: one higher, the highest stays."""
        return min(position + 1, len(self.classes) - 1)


@dataclass(frozen=True, slots=True)
class Quirk:
    """Something odd in what was published. `column` holds the score that replaces the shown one."""

    kind: str
    item: str
    description: str
    column: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that cannot all be true: where `when` holds, `column` is told with `message`."""

    when: Expression
    column: str
    message: str


class Result(StrEnum):
    """What a computation says of a village beside its figures."""

    STATUS = "status"
    TARGET = "target"
    TARGET_MINIMUM = "target_minimum"
    ADDED = "added"
    LOW = "low"
    HIGH = "high"
    STATUSES = "statuses"


@dataclass(frozen=True, slots=True)
class Results:
    """How results are laid out: columns in their order, whether the span stands beside sure figures, too.

    `levels_as` is the key under which the levels below the index stand in an explanation; without it they
    stand beside the index.
    """

    columns: tuple[tuple[Result, str], ...]
    is_span_always: bool = False
    levels_as: str | None = None

    def named(self, result: Result) -> str | None:
        """Give the column of a result, `None` where the index has no such thing."""
        return dict(self.columns).get(result)


@dataclass(frozen=True, slots=True)
class Group:
    """Items below a level that belong together, as published: how many, their points, their indicators."""

    level: str
    name: str
    items: int
    points: Fraction
    indicators: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Version:
    """A definition in force from `valid_from` to `valid_to` (years, both inside; no end = still)."""

    code: str
    valid_from: int
    valid_to: int | None
    missing: Missing
    levels: tuple[Level, ...]
    items: tuple[Item, ...]
    thresholds: Thresholds
    quirks: tuple[Quirk, ...] = ()
    gain_decimals: int = 8
    points: tuple[int, int] | None = None
    laid_out: Results | None = None
    groups: tuple[Group, ...] = ()
    empty_note: str | None = None
    contradictions: tuple[Contradiction, ...] = ()

    def holds_in(self, year: int) -> bool:
        """Whether the version is in force in `year`."""
        return self.valid_from <= year <= (self.valid_to or year)

    @cached_property
    def top(self) -> Level:
        """The index itself."""
        return next(level for level in self.levels if level.parent is None)

    @cached_property
    def results(self) -> Results:
        """How results are laid out; where the definition says nothing, everything is given."""
        top = self.top.column
        names = ("status", "target_status", "skor_minimal", "penambahan", f"{top}_min", f"{top}_max")
        return self.laid_out or Results(tuple(zip(Result, (*names, "status_set"), strict=True)))

    @cached_property
    def sub_indices(self) -> tuple[Level, ...]:
        """The levels right below the index, in order."""
        return tuple(level for level in self.levels if level.parent == self.top.code)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input once, in the order of the items."""
        return tuple({one.name: one for item in self.items for one in item.inputs}.values())

    @cached_property
    def read_inputs(self) -> tuple[Input, ...]:
        """Every input that a rule reads, once, in the order of the items."""
        return tuple(one for one in self.inputs if one.is_read)

    @cached_property
    def by_code(self) -> dict[str, Item]:
        """Items by code."""
        return {item.code: item for item in self.items}

    def items_of(self, level: str) -> tuple[Item, ...]:
        """Give the items that hang on the level itself."""
        return tuple(item for item in self.items if item.level == level)

    def levels_of(self, level: str) -> tuple[Level, ...]:
        """Give the levels that hang on the level."""
        return tuple(one for one in self.levels if one.parent == level)

    def items_below(self, level: str) -> tuple[Item, ...]:
        """All items below the level, however deep."""
        below = [item for one in self.levels_of(level) for item in self.items_below(one.code)]
        return (*self.items_of(level), *below)

    def replaced_scores(self) -> tuple[Quirk, ...]:
        """Give the quirks with a column that replaces a published score."""
        return tuple(quirk for quirk in self.quirks if quirk.kind == "replaced_score" and quirk.column)

    def segments(self, last: int) -> tuple[tuple[int, int], ...]:
        """Spans of years (both inside, up to `last`) in which the same rules are in force."""
        end = self.valid_to or last
        bounds = {self.valid_from, end + 1}
        for item in self.items:
            for rule in item.rules:
                bounds |= {rule.valid_from or self.valid_from, (rule.valid_to or end) + 1}
        starts = sorted(bound for bound in bounds if self.valid_from <= bound <= end + 1)
        return tuple((start, stop - 1) for start, stop in pairwise(starts))


@dataclass(frozen=True)
class Definition:
    """An index: its code, name, source, and versions in the order of years."""

    code: str
    name: str
    source: str
    versions: tuple[Version, ...]
    publication: dict[str, object] = field(default_factory=dict, compare=False)
    command_name: str | None = None

    @property
    def slug(self) -> str:
        """The name in commands and addresses: `indeks-desa`, or the code in small letters."""
        return self.command_name or self.code.lower()

    def is_called(self, name: str) -> bool:
        """Whether the name is that of the index: its code or its slug, in any case, `_` like `-`."""
        plain = name.casefold().replace("_", "-")
        return plain in {self.code.casefold(), self.slug.casefold()}

    def version_in(self, year: int) -> Version | None:
        """Give the version in force in `year`, `None` when the index was not used then."""
        return next((version for version in self.versions if version.holds_in(year)), None)
