"""Personal data in texts of a form: what looks personal, what was asked, what a second person took out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext_noop as noop

from sidara.collection import queries, services
from sidara.collection.core.proof import cell_of, cell_text
from sidara.collection.core.redaction import REMOVED, Redaction, Scope
from sidara.collection.core.rights import PROPOSE_REDACTION, REDACT
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Type
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.personal import looks_like
from sidara.regions import queries as regions
from sidara.ui.language import format_moment, say
from sidara.ui.periods import format_code, format_period
from sidara.web.pages.entry.addresses import page_of, who
from sidara.web.pages.entry.evidence import Names

CELL, SCOPE, REASON, MESSAGE, REQUEST, ACT = "sel", "cakupan", "alasan", "pesan", "permintaan", "aksi"
CONFIRM, REFUSE = "hapus", "tolak"
WORDS = (noop("NIK dan nomor telepon"), noop("seluruh teks dan penjelasan"))
"""The words of `Scope`."""
NO_CELL = Key("", "", "")
SCOPES = {Scope.NUMBERS: "angka", Scope.ALL: "semua"}


@dataclass(frozen=True)
class Text:
    """A cell with a text that may be taken out; `looks`: what it looks as if it held."""

    value: str
    label: str
    texts: tuple[str, ...]
    looks: str
    message_id: UUID


@dataclass(frozen=True)
class Request:
    """A request as it is shown, and what this reader may do with it.

    `texts` are those of its cell as they stand, while it is open; `looks` what they look as if they held.
    """

    id: UUID
    label: str
    scope: str
    reason: str
    asked: str
    decided: str
    is_done: bool
    can_confirm: bool
    can_refuse: bool
    texts: tuple[str, ...] = ()
    looks: str = ""


@dataclass(frozen=True)
class Page:
    """The texts of a form of a village and period, and what was asked about them."""

    key: SubmissionKey
    name: str
    period: str
    place: str
    texts: Sequence[Text]
    waiting: Sequence[Request]
    decided: Sequence[Request]
    can_ask: bool
    findings: Sequence[Finding] = ()

    @property
    def sending(self) -> str:
        """Where the form is looked over."""
        return page_of("submission-sending", self.key)


@dataclass(frozen=True)
class Row:
    """A request that waits, in the list of all."""

    href: str
    form: str
    place: str
    period: str
    asked: str


def href(key: SubmissionKey) -> str:
    """Give the address of the texts of a form."""
    return page_of("redaction", key)


def waiting(actor: Actor) -> list[Row]:
    """Give the requests that this reader may decide."""
    forms = dictionary.dictionary(actor).forms
    rows = []
    for one in queries.redactions_waiting(actor):
        key, place = one.submission, regions.resolve(actor, one.submission.region)
        form = forms.get(key.form)
        if one.redaction.asked.id == str(actor.id):
            continue
        rows.append(
            Row(
                href(key),
                form.topic if form else key.form,
                place.full_name if place else key.region,
                format_code(key.period),
                _said_by(one.redaction.asked.name, one.redaction.asked.function, one.redaction.asked.at),
            )
        )
    return rows


def build(actor: Actor, entry: queries.Entry, *, findings: Sequence[Finding] = ()) -> Page:
    """Lay out the texts of a form."""
    key, sector = entry.key, entry.asking.questionnaire.form.sector
    where = {"region": entry.region.code, "sector": sector, "dataset": key.dataset}
    may_redact = actor.may(REDACT, region=where["region"], sector=sector, dataset=key.dataset)
    names = Names(entry)
    asked = queries.redactions(actor, key)
    open_cells = {one.key for one in asked if one.decided is None}
    made = [_request(actor, entry, one, names, may_redact=may_redact) for one in asked]
    return Page(
        key,
        entry.asking.questionnaire.form.topic,
        format_period(entry.period),
        entry.region.full_name,
        sorted(_texts(entry, names, open_cells), key=lambda one: (not one.looks, one.label)),
        [one for one in made if not one.decided],
        [one for one in made if one.decided],
        actor.may(PROPOSE_REDACTION, region=where["region"], sector=sector, dataset=key.dataset),
        findings,
    )


def act(actor: Actor, key: SubmissionKey, given: QueryDict, *, now: datetime) -> Sequence[Finding] | None:
    """Ask, confirm or refuse; gives what forbids it, `None` where the page did not say what."""
    try:
        if REQUEST in given:
            if given.get(ACT) not in {CONFIRM, REFUSE}:
                return None
            done = services.decide_redaction(
                actor,
                key=key,
                request=UUID(given.get(REQUEST, "")),
                is_confirmed=given.get(ACT) == CONFIRM,
                now=now,
            )
        else:
            done = services.propose_redaction(
                actor,
                key=key,
                cell=cell_of(given.get(CELL, "")) or NO_CELL,
                scope=next(one for one, word in SCOPES.items() if word == given.get(SCOPE)),
                reason=given.get(REASON, ""),
                request=UUID(given.get(MESSAGE, "")),
                now=now,
            )
    except (ValueError, StopIteration):
        return None
    return (done,) if isinstance(done, Finding) else ()


def _texts(entry: queries.Entry, names: Names, open_cells: set[Key]) -> Iterator[Text]:
    for key, held in entry.submission.cells.items():
        texts = _told(entry, key, held.content)
        if texts and key not in open_cells:
            yield Text(cell_text(key), names.about(key), texts, _looks(texts), uuid4())


def _told(entry: queries.Entry, key: Key, content: Content) -> tuple[str, ...]:
    """Give the texts of a cell that stand there and were not taken out."""
    return tuple(one for one in _own(entry, key, content) if one and one != REMOVED)


def _looks(texts: Iterable[str]) -> str:
    """Say what texts look as if they held; empty where nothing looks personal."""
    return next(filter(None, map(looks_like, texts)), "")


def _own(entry: queries.Entry, key: Key, content: Content) -> tuple[str, str]:
    """Give the free texts of a cell: its value where it is one, its explanation."""
    asked = entry.asking.variables.get(key.variable) or entry.asking.columns.get(key.variable)
    is_text = asked is not None and asked.type is Type.TEXT and content.state is State.VALUE
    return (content.value or "") if is_text else "", content.explanation


def _request(
    actor: Actor, entry: queries.Entry, one: Redaction, names: Names, *, may_redact: bool
) -> Request:
    is_open, is_own = one.decided is None, one.asked.id == str(actor.id)
    decided = one.decided
    texts = _told(entry, one.key, entry.submission.content(one.key)) if is_open else ()
    return Request(
        one.id,
        names.about(one.key),
        say(one.scope.words),
        one.reason,
        _said_by(one.asked.name, one.asked.function, one.asked.at),
        _said_by(decided.name, decided.function, decided.at) if decided else "",
        one.is_done,
        is_open and may_redact and not is_own,
        is_open and (may_redact or is_own),
        texts,
        _looks(texts),
    )


def _said_by(name: str, function: str, at: datetime) -> str:
    return f"{who(name, function)}, {format_moment(at)}"
