"""A form without script: one section at a time, plain fields, saved by the same service.

Each field carries beside it what it showed (`asal`), so that only what its author changed is sent, on the
revision that the page showed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import QueryDict
from django.urls import reverse

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import PRESENT, REMOVED, Given
from sidara.collection.core.bringing import filler_missing
from sidara.collection.core.handwriting import plain_number, typed_number
from sidara.collection.core.judged import NOT_FILLED, Judged, Told
from sidara.collection.core.submission import Key
from sidara.dictionary.core import Column, ListOfRows, Type, Variable
from sidara.kernel.actor import Actor
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place, Severity
from sidara.ui.language import say
from sidara.web.bodies import is_revision
from sidara.web.pages.entry import evidence
from sidara.web.pages.entry.addresses import page_of
from sidara.web.pages.entry.tasks import files_of

WORDS = (State.NONE, State.UNKNOWN)
"""States that a field offers in the place of a value."""
WEB_DOOR, PAPER_DOOR = "entry", "paper-entry"
FILLER = "pengisi"
VALUE, WAS, STATE_OF, TOLD, TOLD_WAS = "nilai", "asal", "keadaan", "jelas", "jelas-asal"


@dataclass(frozen=True)
class Field:
    """One cell as a field: `shown` is what it says, with the word of a state in the place of a value."""

    name: str
    label: str
    unit: str
    kind: str
    shown: str
    options: tuple[tuple[str, str, bool], ...]
    before: str
    explanation: str
    faults: tuple[str, ...]
    needs_explanation: bool
    is_required: bool
    is_open: bool

    @property
    def identity(self) -> str:
        """The id of the field on the page."""
        return "sel-" + self.name.replace("/", "-").replace(":", "-")


@dataclass(frozen=True)
class Group:
    """A question with its fields, or a row of a list with its columns."""

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
class Posted:
    """What became of a section that was posted; `address` leads on where all of it was stored."""

    address: str = ""
    faults: tuple[Finding, ...] = ()


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
    faults: tuple[Finding, ...]
    message_id: UUID
    revision: int
    door: str = WEB_DOOR
    filler: str = ""
    evidence_words: str = ""

    @property
    def prefill(self) -> str:
        """Where the form takes over what stands elsewhere."""
        return page_of("prefill", self.entry.key)

    @property
    def evidence(self) -> str:
        """Where photographs and documents stand beside the form."""
        return page_of("evidence", self.entry.key)

    @property
    def address(self) -> str:
        """The address of the form."""
        return address_of(self.entry, self.door)

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


def address_of(entry: queries.Entry, door: str = WEB_DOOR) -> str:
    """Give the address of a form behind a door: filled in on the web, typed from paper."""
    return page_of(door, entry.key)


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
    named = f"&{urlencode({FILLER: filler})}" if filler else ""
    parts: list[tuple[str, ListOfRows | None]] = [
        (name, None) for name, _ in entry.asking.questionnaire.sections
    ]
    parts += [(one.name, one) for one in entry.asking.lists.values()]
    number = (
        int(chosen) if chosen.isascii() and chosen.isdigit() and 1 <= int(chosen[:3]) <= len(parts) else 1
    )
    sections = tuple(
        Section(at, name, f"{address_of(entry, door)}?bagian={at}{named}", at == number)
        for at, (name, _) in enumerate(parts, 1)
    )
    judged = queries.judged(actor, entry.key, today=local_date(now))
    verdict = None if isinstance(judged, Finding) else judged
    own_list = parts[number - 1][1]
    writer = _Writer(entry, verdict)
    groups = (
        writer.rows(own_list)
        if own_list
        else (writer.question(one) for one in entry.asking.questionnaire.sections[number - 1][1])
    )
    return Page(
        entry,
        entry.asking.questionnaire.form.name,
        sections,
        sections[number - 1],
        tuple(groups),
        own_list,
        own_list is not None and entry.submission.content(Key("", own_list.code, TOTAL)).state is State.NONE,
        tuple(_said(one) for one in (verdict.told if verdict else ()) if one.finding.code not in NOT_FILLED),
        posted.faults if posted else (),
        uuid4(),
        entry.submission.revision,
        door,
        filler,
        evidence.summary(actor, entry.key),
    )


def _said(one: Told) -> tuple[str, str, str]:
    kind = "danger" if one.finding.severity is Severity.ERROR else "warning"
    return kind, one.finding.message, "" if one.is_explained else one.finding.remedy


class _Writer:
    """Writes the fields of a section."""

    def __init__(self, entry: queries.Entry, verdict: Judged | None) -> None:
        self.entry = entry
        self.verdict = verdict

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
        """Give the rows that are there, and an empty one to add."""
        ids = [one["id"] for one in self._there(own)]
        for number, row in enumerate(ids, 1):
            yield self._row(own, row, say("Baris {n}", n=str(number)))
        if not self.entry.is_readonly:
            yield self._row(own, str(_row_id()), say("Baris baru"), is_new=True)

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
        return Group(heading, (), fields, "" if is_new else row)

    def field(self, key: Key, asked: Variable | Column, label: str) -> Field:
        content = self.entry.submission.content(key)
        told = self.verdict.at(key) if self.verdict else ()
        said = [one for one in told if one.finding.code not in NOT_FILLED]
        shown = content.value or ""
        if content.state in WORDS:
            shown = content.state.words
        elif asked.is_number:
            shown = typed_number(shown)
        return Field(
            f"{key.row}/{key.variable}/{key.breakdown}",
            label,
            asked.unit,
            _kind(asked),
            shown,
            tuple(self._options(asked, shown)),
            self._before(key, asked),
            content.explanation,
            tuple(one.finding.message for one in said),
            any(one.finding.needs_explanation for one in said) or bool(content.explanation),
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
        before = str(self.entry.period.preceding)
        part = "" if key.breakdown == TOTAL else f"|{key.breakdown}"
        _, value = self.entry.held["cells"].get(f"{key.variable}{part}@{before}", (None, None))
        if key.row or value is None:
            return ""
        labels = {code: label for code, label, _ in self._options(asked, "")}
        text = typed_number(value) if asked.is_number else labels.get(value, value)
        return say("{period}: {value}", period=before, value=text)


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


def save(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    entry: queries.Entry,
    given: QueryDict,
    *,
    now: datetime,
    door: str = WEB_DOOR,
    filler: str = "",
) -> Posted:
    """Save what a section posts; refuses (`NotAllowed`) as the service does."""
    if door == PAPER_DOOR and not filler:
        return Posted(faults=(filler_missing(),))
    cells = tuple(_changed(entry, given))
    named = f"&{urlencode({FILLER: filler})}" if filler else ""
    onward = f"{address_of(entry, door)}?bagian={given.get('ke') or given.get('bagian', '')}{named}"
    if not cells:
        return Posted(onward)
    try:
        message, base = UUID(given.get("pesan", "")), int(given.get("revisi", ""))
    except ValueError:
        return Posted(address_of(entry, door))
    if not is_revision(base):
        return Posted(address_of(entry, door))
    source = Source.PAPER if door == PAPER_DOOR else Source.WEB
    one = services.Save(entry.key, base, message, source, cells, filler=filler)
    saved = services.save_cells(actor, save=one, now=now)
    return Posted("" if saved.account.findings else onward, saved.account.findings)


def _changed(entry: queries.Entry, given: Mapping[str, str]) -> Iterator[Given]:
    """Give the cells whose field or explanation differs from what it showed."""
    if not isinstance(given, QueryDict):
        return
    for name in given:
        kind, _, cell = name.partition(":")
        if kind != WAS or cell.count("/") != 2:
            continue
        row, variable, breakdown = cell.split("/")
        shown = " ".join(one for one in given.getlist(f"{VALUE}:{cell}") if one).strip()
        told, told_was = given.get(f"{TOLD}:{cell}"), given.get(f"{TOLD_WAS}:{cell}", "")
        if shown == given[name] and (told is None or told == told_was):
            continue
        asked = entry.asking.variables.get(variable) or entry.asking.columns.get(variable)
        value = (plain_number(shown) or shown) if asked is not None and asked.is_number else shown
        explanation = told_was if told is None else told
        yield Given(variable, value or "hapus", "", breakdown, row, explanation, Place(column=variable))
    for name in given:
        kind, _, cell = name.partition(":")
        value = given.get(name, "")
        if kind == "hapus" and cell.count("/") == 1:
            row, own = cell.split("/")
            yield Given(own, REMOVED, row=row)
        elif kind == "kosong" and cell in entry.asking.lists:
            yield Given(cell, State.NONE.words if value == "ya" else "hapus")


__all__ = ["PRESENT", "Field", "Group", "Page", "Posted", "Section", "address_of", "build", "save"]
