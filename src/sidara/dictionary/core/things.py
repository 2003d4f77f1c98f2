"""The entries of the dictionary as frozen dataclasses; their fields are the keys of content.

A field that is absent has its default; nothing else is allowed. `confidence` is about the fact (where the
item comes from), `text_confidence` about question, reason, example, evidence and messages: `inferred` waits
for the approval of the agency that owns it. Texts are Indonesian, `name_en` is the name in English.
"""

from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from sidara.dictionary.core.calendar import Milestone, Window
from sidara.dictionary.core.words import (
    CHOSEN,
    NUMERIC,
    Accumulation,
    Aggregation,
    AppliesTo,
    Confidence,
    Confidentiality,
    Direction,
    Field,
    FilledBy,
    Frequency,
    Nature,
    ReferenceDate,
    Relation,
    RowSpan,
    TimeAggregation,
    Totals,
    Type,
    Weight,
)

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=False)


@dataclass(frozen=True, config=_STRICT)
class Sector:
    """A field of data (bidang), three capitals: the first part of the codes of its variables."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, config=_STRICT)
class Agency:
    """An office (OPD) that owns data: *produsen data*."""

    code: str
    name: str


@dataclass(frozen=True, config=_STRICT)
class Concept:
    """An idea behind data, first of the five standards of Satu Data (Perpres 39/2019 art. 4)."""

    code: str
    definition: str = ""


@dataclass(frozen=True, config=_STRICT)
class Unit:
    """A unit of measurement (satuan), written as on screen, and what it measures (ukuran)."""

    code: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, config=_STRICT)
class OtherCode:
    """The code of an answer in another scheme: `podes` 1. For exchange; nobody is asked for it."""

    scheme: str
    code: str


@dataclass(frozen=True, config=_STRICT)
class Option:
    """One answer that can be chosen; its code is always a text."""

    code: str
    label: str
    label_en: str = ""
    other_codes: tuple[OtherCode, ...] = ()


@dataclass(frozen=True, config=_STRICT)
class Classification:
    """A codelist. `has_total`: the parts of a breakdown by it may be added up."""

    code: str
    name: str
    categories: tuple[Option, ...]
    has_total: bool
    confidence: Confidence
    source: str = ""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes in their order."""
        return tuple(one.code for one in self.categories)


@dataclass(frozen=True, config=_STRICT)
class YearFigure:
    """A figure of a regulation in one year; `None` = not found, so rules that need it are not evaluated."""

    year: int
    value: Decimal | None
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, config=_STRICT)
class Parameter:
    """A dated figure of a regulation: `param('code')` in expressions."""

    code: str
    name: str
    unit: str
    figures: tuple[YearFigure, ...]

    def value(self, year: int) -> Decimal | None:
        """Give the figure of a year."""
        return next((one.value for one in self.figures if one.year == year), None)


@dataclass(frozen=True, config=_STRICT)
class TableRow:
    """One figure of a look-up table."""

    year: int
    region: str
    value: Decimal


@dataclass(frozen=True, config=_STRICT)
class Table:
    """A look-up table by year and region: `lookup('code', region_code())`; a row that is absent is null."""

    code: str
    name: str
    unit: str
    columns: tuple[str, ...]
    source: str
    confidence: Confidence
    rows: tuple[TableRow, ...] = ()


@dataclass(frozen=True, config=_STRICT)
class Range:
    """The smallest and largest value (closed), or the value that it must be above."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    above: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in it."""
        return not (
            (self.minimum is not None and value < self.minimum)
            or (self.maximum is not None and value > self.maximum)
            or (self.above is not None and value <= self.above)
        )


@dataclass(frozen=True, config=_STRICT)
class Rule:
    """A relation that must hold; range, type and parts = total follow from the variable itself.

    `when`: judged only where it is true. `for_each`: once for each category of a classification.
    `message` is what people read when it is broken; expressions in braces are written into it.
    """

    code: str
    severity: Weight
    holds: str
    message: str
    when: str = ""
    for_each: str = ""


@dataclass(frozen=True, config=_STRICT)
class PartOf:
    """A variable that is a part of another one by sex, by age and the like."""

    by: str
    variable: str = ""


@dataclass(frozen=True, config=_STRICT)
class Column:
    """A question about each row of a list."""

    code: str
    name: str
    definition: str
    question: str
    reason: str
    example: str
    evidence: str
    unit: str
    type: Type
    is_required: bool
    confidentiality: Confidentiality
    filled_by: FilledBy
    confidence: Confidence
    text_confidence: Confidence
    decimals: int | None = None
    range: Range | None = None
    options: tuple[Option, ...] = ()
    options_from: str = ""
    relevance: str = ""
    formula: str = ""
    rules: tuple[Rule, ...] = ()
    note: str = ""
    name_en: str = ""
    question_en: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether somebody answers it; what is derived is not asked."""
        return self.filled_by is not FilledBy.DERIVED

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.type in NUMERIC

    @property
    def is_choice(self) -> bool:
        """Whether its values are options."""
        return self.type in CHOSEN


@dataclass(frozen=True, config=_STRICT)
class Variable:
    """A variable (elemen): what is asked, why, how it is read in time and up the tree, who owns it.

    `form` is its one home; elsewhere it is shown, never asked. `classifications` break it down: variable x
    categories = cells, `parts` says whether they add up to it. `rows_by`: the column of a list that gives
    the categories when it is derived from that list. `part_of`: it is a part of another variable.
    """

    code: str
    form: str
    name: str
    concept: str
    definition: str
    question: str
    reason: str
    example: str
    evidence: str
    unit: str
    measure: str
    nature: Nature
    type: Type
    accumulation: Accumulation
    time_aggregation: TimeAggregation
    reference_date: ReferenceDate
    aggregation: Aggregation
    agency: str
    applies_to: AppliesTo
    field: Field
    confidentiality: Confidentiality
    is_required: bool
    filled_by: FilledBy
    sources: tuple[str, ...]
    confidence: Confidence
    text_confidence: Confidence
    decimals: int | None = None
    range: Range | None = None
    options: tuple[Option, ...] = ()
    options_from: str = ""
    classifications: tuple[str, ...] = ()
    parts: Totals | None = None
    rows_by: str = ""
    part_of: PartOf | None = None
    relevance: str = ""
    formula: str = ""
    rules: tuple[Rule, ...] = ()
    presentation: str = ""
    note: str = ""
    standard_id: str = ""
    name_en: str = ""
    question_en: str = ""

    @property
    def sector(self) -> str:
        """The sector: the first part of the code."""
        return self.code.partition("_")[0]

    @property
    def is_asked(self) -> bool:
        """Whether somebody answers it; what is derived is not asked."""
        return self.filled_by is not FilledBy.DERIVED

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.type in NUMERIC

    @property
    def is_choice(self) -> bool:
        """Whether its values are options."""
        return self.type in CHOSEN

    @property
    def adds_up(self) -> bool:
        """Whether what does not exist counts 0: figures that are summed up the tree."""
        return self.is_number and self.aggregation is Aggregation.SUM


@dataclass(frozen=True, config=_STRICT)
class ListOfRows:
    """A list inside a form: rows with an id each. `label` is the column by which people know a row."""

    code: str
    name: str
    form: str
    register: str
    applies_to: AppliesTo
    rows: RowSpan
    is_required: bool
    hint: str
    label: str
    confidence: Confidence
    columns: tuple[Column, ...]


@dataclass(frozen=True, config=_STRICT)
class Section:
    """A part of a form with a heading; `variables` in the order in which they are asked."""

    name: str
    variables: tuple[str, ...]


@dataclass(frozen=True, config=_STRICT)
class Form:
    """A form (formulir): one sector, one frequency. Without `sections` its variables stand by concept.

    `level` fills it in; `is_index_form`: it holds the inputs of indices that no other form asks.
    """

    code: str
    name: str
    sector: str
    frequency: Frequency
    level: Literal["desa", "kecamatan", "kabupaten", "provinsi"] = "desa"
    is_index_form: bool = False
    hint: str = ""
    sections: tuple[Section, ...] = ()
    name_en: str = ""

    @property
    def topic(self) -> str:
        """The name without how often it is asked, for where a period stands beside it."""
        if self.frequency is Frequency.ON_CHANGE:
            return self.name
        often = self.frequency.words
        return self.name.removesuffix(f": {often}").removesuffix(f", {often}")


@dataclass(frozen=True, config=_STRICT)
class Indicator:
    """An indicator: a formula over variables, with the fields of MS-Ind. A ratio is never averaged."""

    code: str
    name: str
    concept: str
    definition: str
    interpretation: str
    formula: str
    unit: str
    measure: str
    decimals: int
    direction: Direction
    field: Field
    agency: str
    confidentiality: Confidentiality
    sources: tuple[str, ...]
    confidence: Confidence
    classifications: tuple[str, ...] = ()
    levels: tuple[str, ...] = ("desa", "kecamatan", "kabupaten/kota", "provinsi")
    standard_id: str = ""
    note: str = ""
    name_en: str = ""


@dataclass(frozen=True, config=_STRICT)
class FeedInput:
    """One input of what is fed: an expression over variables, or the one variable itself.

    Null means that the input is not known. `items` are the items that read it.
    """

    input: str
    items: tuple[str, ...]
    relation: Relation
    variables: tuple[str, ...] = ()
    new_variables: tuple[str, ...] = ()
    expression: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The expression; where none is written, the variable."""
        return self.expression or "".join(self.variables[:1])


@dataclass(frozen=True, config=_STRICT)
class Feed:
    """Where the inputs of something outside come from, so that nothing is asked twice.

    `target` is a reference: `index:idm`, `index:indeks-desa`.
    """

    code: str
    name: str
    target: str
    confidence: Confidence
    note: str
    inputs: tuple[FeedInput, ...]


@dataclass(frozen=True, config=_STRICT)
class Answered:
    """One field of the metadata of an activity, by its key."""

    key: str
    value: str
    confidence: Confidence


@dataclass(frozen=True, config=_STRICT)
class Activity:
    """A statistical activity (MS-Keg): which forms it makes, and what is known of its metadata."""

    code: str
    name: str
    agency: str
    forms: tuple[str, ...]
    answers: tuple[Answered, ...]


type AnyThing = (
    Sector | Agency | Concept | Unit | Classification | Parameter | Table | Form | ListOfRows | Variable
    | Indicator | Feed | Activity | Window | Milestone
)  # fmt: skip
