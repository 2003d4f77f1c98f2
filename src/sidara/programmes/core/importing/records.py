"""Data rows as what is stored: lines of plans, activities with villages and outputs, proposals.

A row is held against the lists of codes and kinds and against the places of the owner; what is uncertain is
offered to a person, never joined in silence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.importing.asking import Ask, key_of
from sidara.programmes.core.importing.definition import PlanTable
from sidara.programmes.core.importing.rows import Draft
from sidara.programmes.core.words import Level, Subject


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a row says: fields of the model that are said (empty ones are not), by key and year.

    Of an activity also villages (code -> place below it) and outputs (indicator -> unit, target), of a
    proposal the day on which it was decided.
    """

    subject: Subject
    key: str
    year: int
    fields: Mapping[str, Any]
    villages: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    decided: date | None = None

    @property
    def name(self) -> tuple[Subject, int, str]:
        """What it is found by."""
        return self.subject, self.year, self.key


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a person chooses: `what` is `kind` or `village`, `key` what the choice is kept under.

    `chosen`: the code that was chosen up to now; `None` = nothing yet, empty = none of them.
    """

    what: str
    key: str
    words: str
    candidates: tuple[tuple[str, str], ...]
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A data row with what it says; an error among its findings rejects it."""

    draft: Draft
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def is_rejected(self) -> bool:
        """Whether nothing of the row can be taken."""
        return any(one.severity is Severity.ERROR for one in self.findings)


class Places(Protocol):
    """The register as the owner's area sees it."""

    def village(self, code: str) -> str | None:
        """Give the standard code of a village of the owner's area; `None` for any other code."""

    def candidates(self, name: str) -> tuple[tuple[str, str], ...]:
        """Give villages of the owner's area that a name may mean: code and full name."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What rows are held against: codes and kinds, places, words for a whole area, goals by code and name.

    `sector_of` gives the sector of an agency, empty where unknown; `known` keeps answers while a file is
    judged.
    """

    catalogue: Catalogue
    places: Places
    whole_area: frozenset[str]
    goals: Mapping[str, int] = field(default_factory=dict)
    sector_of: Callable[[str], str] = lambda _: ""
    known: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: tuple[object, ...], ask: Callable[[], Any]) -> Any:
        """Ask the lists once for what many rows say alike."""
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]


class Telling:
    """Findings and offers of one row while it is made."""

    def __init__(self, draft: Draft, table: PlanTable) -> None:
        """Begin with what its cells said."""
        self.draft, self.table = draft, table
        self.findings: list[Finding] = list(draft.findings)
        self.offers: list[Offer] = []

    def say(  # noqa: PLR0913, PLR0917 - the parts of a finding
        self, code: str, message: str, remedy: str, severity: Severity, column: str, value: str | None = None
    ) -> None:
        """Add a finding at a column of the row."""
        self.findings.append(Finding(code, message, remedy, severity, self.place(column), value))

    def add(self, finding: Finding, column: str, severity: Severity | None = None) -> None:
        """Add a finding of another part at a column of the row."""
        self.findings.append(
            replace(finding, place=self.place(column), severity=severity or finding.severity)
        )

    def place(self, column: str) -> Place:
        """Give the place of a column of the row, by its label."""
        found = self.table.column(column)
        return Place(line=self.draft.line, sheet=self.draft.sheet, column=found.label if found else column)


def said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what is said: neither `None` nor empty."""
    return {key: value for key, value in fields.items() if value is not None and value not in ("", {})}


def row_key(table: PlanTable, values: Mapping[str, Any]) -> str:
    """Give the key of a row out of the columns that identify it."""
    return key_of(table.key, *(values.get(part, "") for part in table.row_key))


def activity_key(ask: Ask, values: Mapping[str, Any], *, agency: str) -> str:
    """Give the key of an activity: that of its owner and year by code, else by name and place.

    Renja and DPA name the same activity, which therefore stands once.
    """
    named = (
        (values.get("code"),) if ask.level is not Level.VILLAGE else (values.get("name"), values.get("place"))
    )
    return key_of("activity", ask.level.value, ask.area, agency, ask.year, *named)


def joined(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Join what several rows say of one activity, at the first of them that is taken.

    Rows of one sub-activity bear an indicator and a part of the money each: outputs stand side by side,
    money is added up, villages are all of them.
    """
    first: dict[tuple[Subject, int, str], int] = {}
    made: dict[tuple[Subject, int, str], Record] = {}
    for at, row in enumerate(rows):
        for one in row.records:
            if one.subject is Subject.ACTIVITY and not row.is_rejected:
                first.setdefault(one.name, at)
                made[one.name] = one if one.name not in made else _join(made[one.name], one)
    return tuple(
        replace(row, records=tuple(_kept(row.records, at, first, made))) for at, row in enumerate(rows)
    )


def _join(one: Record, other: Record) -> Record:
    money = [part.fields["budget_idr"] for part in (one, other) if "budget_idr" in part.fields]
    fields = {**other.fields, **one.fields}
    if money:
        fields["budget_idr"] = sum(money)
    return replace(
        one,
        fields=fields,
        villages={**other.villages, **one.villages},
        outputs={**other.outputs, **one.outputs},
    )


def _kept(
    records: Iterable[Record],
    at: int,
    first: Mapping[tuple[Subject, int, str], int],
    made: Mapping[tuple[Subject, int, str], Record],
) -> Iterable[Record]:
    for one in records:
        if one.subject is not Subject.ACTIVITY or one.name not in first:
            yield one
        elif first[one.name] == at:
            yield made[one.name]
