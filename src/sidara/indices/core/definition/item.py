"""What is judged: inputs, the rules that turn them into a score, and who can raise it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

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
        return self.is_read and not self.is_optional

    @property
    def is_read(self) -> bool:
        """Whether a rule reads it."""
        return self.awaits is None


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
    def read_inputs(self) -> tuple[Input, ...]:
        """The inputs that rules read."""
        return tuple(one for one in self.inputs if one.is_read)

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
