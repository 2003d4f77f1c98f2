"""The words of an index: what a definition file says, as frozen dataclasses.

A definition has versions by year; a version has levels (a tree with the index on top), items that hang
on levels, thresholds, and quirks of what was published. Numbers are exact (`Fraction`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from sidara.expressions import Expression, Kind

ACTORS = ("pusat", "prov", "kab", "desa", "csr", "lainnya")
"""Who can raise an item, from the centre to others; the words of the published tables."""


class InputType(StrEnum):
    """What an answer can be."""

    INTEGER = "integer"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"

    @property
    def kind(self) -> Kind:
        """The kind of the answer in expressions."""
        return {"yes_no": Kind.BOOLEAN, "choice": Kind.TEXT}.get(self.value, Kind.NUMBER)


NUMERIC = (InputType.INTEGER, InputType.NUMBER)


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
class Input:
    """A question's answer: `decimals` at most behind the point, inside `minimum` to `maximum`.

    `absent` are further options which say that what is asked about does not exist. An optional input may
    stay empty and is then no missing answer (an official class that is entered where it is known).
    `awaits` says why no rule reads the input yet.
    """

    name: str
    type: InputType
    unit: str | None = None
    decimals: int = 0
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    options: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    is_optional: bool = False
    awaits: str | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """Every option that can be answered."""
        return (*self.options, *self.absent)

    @property
    def is_asked(self) -> bool:
        """Whether an empty answer is a missing one."""
        return not self.is_optional and self.awaits is None


@dataclass(frozen=True, slots=True)
class Derived:
    """A name made from inputs. `when_absent` is its value when what it divides by is zero."""

    name: str
    expression: Expression
    when_absent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """The first rule of a year whose `when` holds gives the score; labels stand as they were published.

    Where the published facts leave the score open, `scores` holds all that it can be and `score` is `None`.
    """

    when: Expression
    score: int | None
    scores: tuple[int, ...] = ()
    label: str | None = None
    activity: str | None = None
    source: str | None = None
    confidence: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None

    @property
    def possible(self) -> tuple[int, ...]:
        """The score, or all that it can be where the facts leave it open."""
        return self.scores if self.score is None else (self.score,)

    def holds_in(self, year: int) -> bool:
        """Whether the rule is in force in `year`."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True)
class Measure:
    """An item that is a figure itself, not a score by rules; outside its goalposts it is cut off."""

    decimals: int
    minimum: Fraction
    maximum: Fraction


@dataclass(frozen=True)
class Item:
    """What is judged: inputs, rules in order (or a measure), and who can raise it.

    `applies_when` says when the item can be answered at all (`absent_note` says what follows where not).
    """

    code: str
    level: str
    name: str
    inputs: tuple[Input, ...] = ()
    derived: tuple[Derived, ...] = ()
    rules: tuple[Rule, ...] = ()
    measure: Measure | None = None
    weight: Fraction = Fraction(1)
    number: int | None = None
    name_published: str | None = None
    dimension: str | None = None
    subdimension: str | None = None
    indicator: str | None = None
    question: str | None = None
    applies_when: Expression | None = None
    absent_note: str | None = None
    actors: tuple[tuple[str, str], ...] = ()
    gain_per_point: Fraction | None = None
    observed: tuple[tuple[int, int], ...] = ()
    confidence: tuple[tuple[str, str], ...] = ()
    note: str | None = None

    def rules_in(self, year: int) -> tuple[Rule, ...]:
        """Give the rules in force in `year`, in order."""
        return tuple(rule for rule in self.rules if rule.holds_in(year))

    def scores_in(self, year: int) -> tuple[int, ...]:
        """Give the scores that the item can have in `year`, lowest first; empty for a measure."""
        return tuple(sorted({score for rule in self.rules_in(year) for score in rule.possible}))

    @cached_property
    def actors_by_kind(self) -> dict[str, str]:
        """The actors by the words of `ACTORS`."""
        return dict(self.actors)

    @property
    def variable(self) -> str:
        """The code under which the score is a fact, behind that of the index: `I01.2` is `I01_2`."""
        return self.code.replace(".", "_")

    @cached_property
    def maximum(self) -> Fraction:
        """The highest score or figure."""
        if self.measure:
            return self.measure.maximum
        return Fraction(max(score for rule in self.rules for score in rule.possible))

    @property
    def decimals(self) -> int:
        """Decimals of the score column: 0 for points, those of the measure else."""
        return self.measure.decimals if self.measure else 0


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
