"""A form without script: one section at a time, plain fields, saved by the same service (`posting`).

After a save of which something was not taken the page shows the form as it stands then, and in each faulty
field what was typed there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.urls import reverse

from sidara.collection import queries
from sidara.collection.core.answering import REMOVED
from sidara.collection.core.handwriting import typed_number
from sidara.collection.core.judged import NOT_FILLED, Judged, Told
from sidara.collection.core.submission import Key
from sidara.dictionary.core import Column, ListOfRows, Type, Variable
from sidara.kernel.actor import Actor
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Severity
from sidara.ui.language import say
from sidara.ui.periods import format_period
from sidara.web.pages.entry import evidence, window
from sidara.web.pages.entry.addresses import (
    PAPER_DOOR,
    WEB_DOOR,
    field_id,
    field_name,
    page_of,
    section_of,
)
from sidara.web.pages.entry.posting import Notice, Posted, Typed
from sidara.web.pages.entry.tasks import files_of

WORDS = (State.NONE, State.UNKNOWN)
"""States that a field offers in the place of a value."""


@dataclass(frozen=True)
class Field:
    """One cell as a field: `shown` is what is stored, with the word of a state in the place of a value.

    `typed` and `typed_explanation` are what the field says: the same, or what was typed and not taken, for
    the reasons in `refused`.
    """

    name: str
    label: str
    unit: str
    kind: str
    shown: str
    typed: str
    options: tuple[tuple[str, str, bool], ...]
    before: str
    explanation: str
    typed_explanation: str
    refused: tuple[str, ...]
    is_kept: bool
    faults: tuple[str, ...]
    needs_explanation: bool
    is_required: bool
    is_open: bool

    @property
    def identity(self) -> str:
        """The id of the field on the page."""
        return field_id(self.name)

    @property
    def has_lines(self) -> bool:
        """Whether it needs a box of several lines: one of a single line would join them."""
        return self.kind == "text" and "\n" in f"{self.shown}{self.typed}"


@dataclass(frozen=True)
class Group:
    """A question with its fields, or a row of a list with its columns; `row` is one that may be taken out."""

    heading: str
    help: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    row: str = ""


@dataclass(frozen=True)
class Section:
    """A section in the list of sections."""

    number: int
    name: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Page:
    """A form with one section open."""

    entry: queries.Entry
    name: str
    sections: tuple[Section, ...]
    section: Section
    groups: tuple[Group, ...]
    own_list: ListOfRows | None
    is_declared_empty: bool
    findings: tuple[tuple[str, str, str], ...]
    faults: tuple[Notice, ...]
    notes: tuple[Notice, ...]
    message_id: UUID
    revision: int
    door: str = WEB_DOOR
    filler: str = ""
    evidence_words: str = ""
    closed: str = ""

    @property
    def prefill(self) -> str:
        """Where the form takes over what stands elsewhere."""
        return page_of("prefill", self.entry.key)

    @property
    def evidence(self) -> str:
        """Where photographs and documents stand beside the form."""
        return page_of("evidence", self.entry.key)

    @property
    def period(self) -> str:
        """The period in words."""
        return format_period(self.entry.period)

    @property
    def address(self) -> str:
        """The address of the form."""
        return page_of(self.door, self.entry.key)

    @property
    def is_paper(self) -> bool:
        """Whether it is typed from paper that somebody else filled in."""
        return self.door == PAPER_DOOR

    @property
    def sending(self) -> str:
        """Where the form is looked over and sent."""
        return page_of("submission-sending", self.entry.key)

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """The form as files to take along."""
        return files_of(self.entry.key)

    @property
    def tasks(self) -> str:
        """Where the tasks of the village stand."""
        return f"{reverse('tasks')}?desa={self.entry.region.code}"


def build(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    entry: queries.Entry,
    chosen: str,
    *,
    now: datetime,
    posted: Posted | None = None,
    door: str = WEB_DOOR,
    filler: str = "",
) -> Page:
    """Lay out one section of a form; the lists of a form are its last sections."""
    posted = posted or Posted()
    entry = posted.entry or entry
    parts: list[tuple[str, ListOfRows | None]] = [
        (name, None) for name, _ in entry.asking.questionnaire.sections
    ]
    parts += [(one.name, one) for one in entry.asking.lists.values()]
    number = (
        int(chosen) if chosen.isascii() and chosen.isdigit() and 1 <= int(chosen[:3]) <= len(parts) else 1
    )
    sections = tuple(
        Section(at, name, section_of(door, entry.key, at, filler), at == number)
        for at, (name, _) in enumerate(parts, 1)
    )
    judged = queries.judged(actor, entry.key, today=local_date(now))
    verdict = None if isinstance(judged, Finding) else judged
    own_list = parts[number - 1][1]
    writer = _Writer(entry, verdict, posted.typed)
    groups = (
        writer.rows(own_list)
        if own_list
        else (writer.question(one) for one in entry.asking.questionnaire.sections[number - 1][1])
    )
    return Page(
        entry,
        entry.asking.questionnaire.form.topic,
        sections,
        sections[number - 1],
        tuple(groups),
        own_list,
        own_list is not None and entry.submission.content(Key("", own_list.code, TOTAL)).state is State.NONE,
        tuple(_said(one) for one in (verdict.told if verdict else ()) if one.finding.code not in NOT_FILLED),
        posted.faults,
        posted.notes,
        uuid4(),
        entry.submission.revision,
        door,
        filler,
        evidence.summary(actor, entry.key),
        window.closed(window.opening_of(actor, entry), local_date(now)),
    )


def _said(one: Told) -> tuple[str, str, str]:
    kind = "danger" if one.finding.severity is Severity.ERROR else "warning"
    return kind, one.finding.message, "" if one.is_explained else one.finding.remedy


class _Writer:
    """Writes the fields of a section."""

    def __init__(self, entry: queries.Entry, verdict: Judged | None, typed: Mapping[str, Typed]) -> None:
        self.entry = entry
        self.verdict = verdict
        self.typed = typed

    def question(self, one: Variable) -> Group:
        known = self.entry.asking.breakdowns[one.code]
        fields = (self.field(Key("", one.code, part), one, self._label(one, part)) for part in known)
        return Group(one.question, _help(one), tuple(fields) if one.is_asked else ())

    def _label(self, one: Variable, breakdown: str) -> str:
        if breakdown == TOTAL:
            return say("Jumlah") if len(self.entry.asking.breakdowns[one.code]) > 1 else one.name
        name, _, code = breakdown.partition(":")
        labels = {
            option.code: option.label
            for option in self.entry.asking.dictionary.classifications[name].categories
        }
        return labels.get(code, code)

    def rows(self, own: ListOfRows) -> Iterator[Group]:
        """Give the rows that are there, and one to add: empty, or that of which nothing was taken."""
        ids = [one["id"] for one in self._there(own)]
        columns = {column.code for column in own.columns}
        asked = (name.split("/") for name in self.typed)
        refused = [row for row, code, _ in asked if row and row not in ids and code in columns]
        fresh = refused[0] if refused else str(_row_id())
        for number, row in enumerate(ids, 1):
            yield self._row(own, row, say("Baris {n}", n=str(number)))
        if not self.entry.is_readonly and self.entry.submission.takes(Key(fresh, own.code, TOTAL)):
            yield self._row(own, fresh, say("Baris baru"), is_new=True)

    def _there(self, own: ListOfRows) -> list[dict[str, str]]:
        names = {own.code, *(column.code for column in own.columns)}
        cells = self.entry.submission.cells
        gone = {
            key.row for key, one in cells.items() if key.variable == own.code and one.content.value == REMOVED
        }
        found = {
            key.row
            for key, one in cells.items()
            if key.row and key.variable in names and one.content.state is not State.EMPTY
        }
        return [{"id": row} for row in sorted(found - gone)]

    def _row(self, own: ListOfRows, row: str, heading: str, *, is_new: bool = False) -> Group:
        fields = tuple(
            self.field(Key(row, column.code, TOTAL), column, column.name)
            for column in own.columns
            if column.is_asked
        )
        can_remove = not is_new and self.entry.submission.takes(Key(row, own.code, TOTAL))
        return Group(heading, (), fields, row if can_remove else "")

    def field(self, key: Key, asked: Variable | Column, label: str) -> Field:
        content = self.entry.submission.content(key)
        told = self.verdict.at(key) if self.verdict else ()
        said = [one for one in told if one.finding.code not in NOT_FILLED]
        shown = content.value or ""
        if content.state in WORDS:
            shown = content.state.words
        elif asked.is_number:
            shown = typed_number(shown)
        name = field_name(key)
        typed = self.typed.get(name, Typed(shown, content.explanation))
        return Field(
            name,
            label,
            asked.unit,
            _kind(asked),
            shown,
            typed.shown,
            tuple(self._options(asked, typed.shown)),
            self._before(key, asked),
            content.explanation,
            typed.explanation,
            typed.refused,
            typed.is_kept,
            tuple(one.finding.message for one in said),
            any(one.finding.needs_explanation for one in said)
            or bool(content.explanation or typed.explanation),
            asked.is_required,
            not self.entry.is_readonly and self.entry.submission.takes(key),
        )

    def _options(self, asked: Variable | Column, shown: str) -> Iterator[tuple[str, str, bool]]:
        options = [(one.code, one.label) for one in self.entry.asking.dictionary.options_of(asked)]
        if asked.type is Type.YES_NO:
            options = [("true", say("Ya")), ("false", say("Tidak"))]
        chosen = set(shown.split(" ")) if asked.type is Type.CHOICES else {shown}
        yield from ((code, label, code in chosen) for code, label in options)
        yield from ((one.words, say(one.words), shown == one.words) for one in WORDS)

    def _before(self, key: Key, asked: Variable | Column) -> str:
        before = self.entry.period.preceding
        part = "" if key.breakdown == TOTAL else f"|{key.breakdown}"
        _, value = self.entry.held["cells"].get(f"{key.variable}{part}@{before!s}", (None, None))
        if key.row or value is None:
            return ""
        labels = {code: label for code, label, _ in self._options(asked, "")}
        text = typed_number(value) if asked.is_number else labels.get(value, value)
        return say("{period}: {value}", period=format_period(before), value=text)


def _kind(asked: Variable | Column) -> str:
    if asked.is_choice or asked.type is Type.YES_NO:
        return "several" if asked.type is Type.CHOICES else "one"
    return "number" if asked.is_number else "text"


def _help(one: Variable) -> tuple[tuple[str, str], ...]:
    texts = (
        (say("Arti"), one.definition),
        (say("Gunanya"), one.reason),
        (say("Contoh"), one.example),
        (say("Bukti"), one.evidence),
    )
    return tuple((name, text) for name, text in texts if text)


def _row_id() -> UUID:
    """Make the id of a new row; they count up with time."""
    made = uuid4().int
    moment = int(datetime.now().timestamp() * 1000)  # noqa: DTZ005 - a count of milliseconds has no zone
    return UUID(
        int=(moment << 80) | (7 << 76) | (made >> 52 & 0xFFF) << 64 | (2 << 62) | (made & (2**62 - 1))
    )
