"""What can be brought in: tables with their columns and spellings, as `plan_tables.yaml` says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sidara.programmes.core.words import Level, PlanKind, Stage


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    QUANTITY = "quantity"
    DATE = "date"
    TICKS = "ticks"
    YES_NO = "yes_no"
    CHOICE = "choice"
    YEAR = "year"
    NOMENCLATURE = "nomenclature"
    VILLAGE_CODE = "village_code"
    ACCOUNT = "account"
    FUND = "fund"
    KIND = "kind"
    CENTRAL_PROGRAMME = "central_programme"
    LOCATION = "location"
    VILLAGE = "village"
    IGNORED = "ignored"


class Need(StrEnum):
    """Whether a file must have the column."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


class Record(StrEnum):
    """What a row becomes."""

    LINE = "line"
    LINE_ACTIVITY = "line_activity"
    ACTIVITY = "activity"
    PROPOSAL = "proposal"


_SIGNS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Give a heading as it is compared: small letters, signs and runs of blanks as one blank."""
    return _SIGNS.sub(" ", text.casefold()).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `most` > 1: it stands once for each year, quarter or month.

    `within`: the column in which its cells may stand, where it is not there itself. `names[n - 1]` are the
    headings of number n; `alone` headings of one column that lists numbers; `under` headings above,
    `differences` spellings under which the cell is what is added to the original.
    """

    key: str
    label: str
    type: Type
    need: Need
    spellings: tuple[str, ...]
    fills_down: bool = False
    under: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    most: int = 1
    names: tuple[tuple[str, ...], ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTable:
    """A table of `plan_tables.yaml`; `plan` is `None` where rows are proposals of a `document`.

    `stage`: how far its activities are decided, `stages` by what a row says of it; `fund_source` pays all of
    its rows.
    """

    key: str
    name: str
    plan: PlanKind | None
    document: str
    owners: tuple[Level, ...]
    record: Record
    has_programmes: bool
    titles: tuple[str, ...]
    row_key: tuple[str, ...]
    columns: tuple[Column, ...]
    source: str
    confidence: str
    note: str
    stage: Stage = Stage.PLANNED
    stages: Mapping[str, Stage] = field(default_factory=dict)
    fund_source: str = ""

    def column(self, key: str) -> Column | None:
        """Find a column by its key."""
        return next((one for one in self.columns if one.key == key), None)

    @property
    def is_of_village(self) -> bool:
        """Whether rows are those of one village."""
        return self.owners == (Level.VILLAGE,)


@dataclass(frozen=True, slots=True)
class Multiplier:
    """In what money is written: `key` of the option, factor to whole rupiah, words of a heading."""

    key: str
    label: str
    factor: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words in tables that are no data, compared as `plain` gives them (`nothing` and ticks as written)."""

    totals: tuple[str, ...]
    groups: tuple[str, ...]
    footers: tuple[str, ...]
    nothing: frozenset[str]
    ticks: frozenset[str]
    not_ticks: frozenset[str]
    whole_area: frozenset[str]
    months: tuple[str, ...]
    multipliers: tuple[Multiplier, ...]


@dataclass(frozen=True, slots=True)
class PlanTables:
    """All tables of the content, and the words that all of them share.

    At most `most_villages` are offered for a name, from a likeness (0 to 100) on.
    """

    tables: tuple[PlanTable, ...]
    words: Words
    most_villages: int
    village_likeness: float

    def table(self, key: str) -> PlanTable | None:
        """Find a table by its key."""
        return next((one for one in self.tables if one.key == key), None)


def read_tables(content: Mapping[str, Any]) -> PlanTables:
    """Read `plan_tables.yaml`, which its schema has judged."""
    offered = content["village_candidates"]
    return PlanTables(
        tuple(_table(one) for one in content["tables"]),
        _words(content),
        offered["most"],
        float(offered["likeness"]),
    )


def _words(content: Mapping[str, Any]) -> Words:
    words = content["words"]
    return Words(
        totals=tuple(map(plain, words["totals"])),
        groups=tuple(map(plain, words["groups"])),
        footers=tuple(map(plain, words["footers"])),
        nothing=frozenset(words["nothing"]),
        ticks=frozenset(words["ticks"]),
        not_ticks=frozenset(words["not_ticks"]),
        whole_area=frozenset(map(plain, words["whole_area"])),
        months=tuple(words["months"]),
        multipliers=tuple(
            Multiplier(one["key"], one["label"], one["factor"], tuple(map(plain, one["words"])))
            for one in words["multipliers"]
        ),
    )


def _table(one: Mapping[str, Any]) -> PlanTable:
    plan = None if one["plan"] is None else PlanKind(one["plan"])
    return PlanTable(
        key=one["key"],
        name=one["name"],
        plan=plan,
        document=one.get("document", plan.value if plan else ""),
        owners=tuple(map(Level, one["owners"])),
        record=Record(one["record"]),
        has_programmes=one.get("has_programmes", False),
        titles=tuple(map(plain, one["titles"])),
        row_key=tuple(one["row_key"]),
        columns=tuple(map(_column, one["columns"])),
        source=one["source"],
        confidence=one["confidence"],
        note=one.get("note", ""),
        stage=Stage(one.get("stage", Stage.PLANNED.value)),
        stages={said: Stage(stage) for said, stage in one.get("stages", {}).items()},
        fund_source=one.get("fund_source", ""),
    )


def _column(one: Mapping[str, Any]) -> Column:
    repeats = one.get("repeats", {})
    return Column(
        key=one["key"],
        label=one["label"],
        type=Type(one["type"]),
        need=Need(one["need"]),
        spellings=(*one["spellings"], one["label"]),
        fills_down=one.get("fill_down", False),
        under=tuple(map(plain, one.get("under", ()))),
        differences=tuple(map(plain, one.get("differences", ()))),
        alone=tuple(map(plain, one.get("alone", ()))),
        most=repeats.get("most", 1),
        names=tuple(tuple(map(plain, names)) for names in repeats.get("names", ())),
        choices={key: tuple(map(plain, names)) for key, names in one.get("choices", {}).items()},
        note=one.get("note", ""),
        within=one.get("within", ""),
    )
