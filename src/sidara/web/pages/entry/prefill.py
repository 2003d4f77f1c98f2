"""What a form may take over: from the period before, other forms, data sets; and where it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID, uuid4

from django.http import QueryDict

from sidara.collection import queries, services
from sidara.collection.core.prefill import Suggestion, agreed
from sidara.collection.core.proof import cell_of, cell_text
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.core.village import rows_there
from sidara.kernel.actor import Actor
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.finding import Finding
from sidara.ui.language import format_number, say
from sidara.ui.periods import format_period
from sidara.web.pages.entry.addresses import page_of
from sidara.web.pages.entry.contents import said
from sidara.web.pages.entry.naming import Names

CHOICE, ROW, MESSAGE, BASE, ACT = "ambil:", "baris:", "pesan", "revisi", "aksi"
CHOSEN, ALL = "pilihan", "semua"


@dataclass(frozen=True)
class Choice:
    """What one source offers, by the reference of its origin."""

    value: str
    shown: str
    words: str


@dataclass(frozen=True)
class Line:
    """A cell with what is stored and what is offered; `name` is that of its field."""

    name: str
    identity: str
    label: str
    held: str
    choices: Sequence[Choice]
    is_agreed: bool


@dataclass(frozen=True)
class RowLine:
    """A row of a list that nobody filled in here: name and value of its field, what its columns say."""

    name: str
    value: str
    title: str
    list_name: str
    cells: Sequence[tuple[str, str]]
    words: str


@dataclass(frozen=True)
class Page:
    """What a form of a village and period may take over, and what it took."""

    entry: queries.Entry
    name: str
    period: str
    lines: Sequence[Line]
    rows: Sequence[RowLine]
    taken: Sequence[tuple[str, str, str]]
    easy: int
    can_take: bool
    message_id: UUID
    revision: int
    findings: Sequence[Finding] = ()

    @property
    def finding(self) -> str:
        """What is offered, in one sentence."""
        if not self.lines and not self.rows:
            return say("Tidak ada yang dapat disalin sekarang.")
        differ = sum(not one.is_agreed for one in self.lines)
        count, rows = format_number(len(self.lines)), format_number(len(self.rows))
        said = say("{n} isian dapat disalin.", n=count)
        if differ:
            said = say(
                "{n} isian dapat disalin; pada {m} isian sumbernya berbeda.", n=count, m=format_number(differ)
            )
        if not self.rows:
            return said
        more = say("{n} baris daftar dapat disalin.", n=rows)
        return f"{said} {more}" if self.lines else more

    @property
    def form(self) -> str:
        """Where the form is filled in."""
        return page_of("entry", self.entry.key)


def href(key: SubmissionKey) -> str:
    """Give the address of what a form may take over."""
    return page_of("prefill", key)


def build(actor: Actor, entry: queries.Entry, *, findings: Sequence[Finding] = ()) -> Page:
    """Lay out what is offered and what was taken."""
    offered = queries.suggestions(actor, entry.key)
    suggestions = () if isinstance(offered, Finding) else offered
    there = {row for one in entry.asking.lists.values() for row in rows_there(_contents(entry), one)}
    cells = [one for one in suggestions if not one.key.row or one.key.row in there]
    writer = _Writer(entry)
    taken = queries.provenance(actor, entry.key)
    return Page(
        entry,
        entry.asking.questionnaire.form.topic,
        format_period(entry.period),
        [writer.line(number, one) for number, one in enumerate(cells, 1)],
        list(_rows(writer, entry, [one for one in suggestions if one.key.row and one.key.row not in there])),
        [(writer.names.about(key), writer.shown(key), words) for key, words in sorted(taken.items())],
        len(agreed(suggestions)),
        not entry.is_readonly,
        uuid4(),
        entry.submission.revision,
        findings,
    )


def act(actor: Actor, key: SubmissionKey, given: QueryDict, *, now: datetime) -> Sequence[Finding] | None:
    """Take over what was chosen; gives why something was not, `None` where the page did not say what."""
    try:
        message, base = UUID(given.get(MESSAGE, "")), int(given.get(BASE, "")[:9])
    except ValueError:
        return None
    if given.get(ACT) == ALL:
        chosen = None
    elif given.get(ACT) == CHOSEN:
        chosen = tuple(_chosen(given))
    else:
        return None
    done = services.prefill_cells(actor, key=key, base=base, chosen=chosen, message_id=message, now=now)
    return done.account.findings


def _contents(entry: queries.Entry) -> dict[Key, Content]:
    return entry.submission.contents


def _rows(writer: "_Writer", entry: queries.Entry, suggestions: Sequence[Suggestion]) -> Iterator[RowLine]:
    """Put what is offered for rows together, row by row."""
    for row, own in groupby(suggestions, lambda one: one.key.row):
        offers = [one.offers[0] for one in own]
        cells = {one.key.variable: writer.said(one.key, one.content) for one in offers}
        lists = entry.asking.lists.values()
        of = next(one for one in lists if any(column.code in cells for column in one.columns))
        named = {column.code: column.name for column in of.columns}
        title = cells.get(of.label, next(iter(cells.values())))
        told = [(named[code], text) for code, text in cells.items() if code != of.label]
        origin = offers[0].origin
        value = " ".join((origin.reference, *cells))
        yield RowLine(f"{ROW}{row}", value, title, of.name, told, origin.words)


def _chosen(given: QueryDict) -> Iterator[tuple[Key, str]]:
    """Read what was chosen: cells with their origins, and rows with all cells that the page showed."""
    for name in given:
        row = name.removeprefix(ROW)
        if row != name:
            reference, *columns = given.get(name, "").split(" ")
            yield from ((Key(row, column, TOTAL), reference) for column in columns)
    for name in given:
        cell = name.removeprefix(CHOICE)
        reference = given.get(name, "")
        if cell != name and cell.count("|") == 2 and reference:
            key = cell_of(cell)
            if key is not None:
                yield key, reference


class _Writer:
    """Writes cells and contents in the words of the form."""

    def __init__(self, entry: queries.Entry) -> None:
        self.entry = entry
        self.names = Names(entry.asking)

    def line(self, number: int, one: Suggestion) -> Line:
        choices = [
            Choice(offer.origin.reference, self.said(one.key, offer.content), offer.origin.words)
            for offer in one.offers
        ]
        held = "" if one.is_empty else self.said(one.key, one.held)
        name = f"{CHOICE}{cell_text(one.key)}"
        return Line(name, f"baris-{number}", self.names.about(one.key), held, choices, one.is_agreed)

    def shown(self, key: Key) -> str:
        """Say what is stored in a cell."""
        return self.said(key, self.entry.submission.content(key))

    def said(self, key: Key, content: Content) -> str:
        """Say a content of a cell as people read it."""
        return said(self.entry.asking, key, content)
