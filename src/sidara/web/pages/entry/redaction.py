"""Personal data in a form: what looks personal, what was asked, what a second person took out.

Texts of cells, reasons of revisions, and evidence with its files.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext_noop as noop

from sidara.collection import queries, services
from sidara.collection.core.proof import cell_of, cell_text
from sidara.collection.core.redaction import REMOVED, About, Proof, Reason, Redaction, Scope
from sidara.collection.core.rights import PROPOSE_REDACTION, REDACT
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Type
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.personal import looks_like
from sidara.regions import queries as regions
from sidara.ui.language import format_moment, format_number, say
from sidara.ui.periods import format_code, format_period
from sidara.web.pages.entry.addresses import page_of, who
from sidara.web.pages.entry.naming import Names

CELL, REVISION, PIECE = "sel", "revisi", "bukti"
SCOPE, REASON, MESSAGE, REQUEST, ACT = "cakupan", "alasan", "pesan", "permintaan", "aksi"
CONFIRM, REFUSE = "hapus", "tolak"
WORDS = (noop("NIK dan nomor telepon"), noop("seluruh teks dan penjelasan"))
"""The words of `Scope`."""
NO_CELL = Key("", "", "")
SCOPES = {Scope.NUMBERS: "angka", Scope.ALL: "semua"}


@dataclass(frozen=True)
class Text:
    """A text that may be taken out, named by the field `field`; `looks`: what it looks as if it held.

    `href` is where a file of evidence is got, empty where it can no more be seen; `is_file` where it is one.
    """

    field: str
    value: str
    label: str
    texts: tuple[str, ...]
    looks: str
    message_id: UUID
    is_file: bool = False
    href: str = ""


@dataclass(frozen=True)
class Request:
    """A request as it is shown, and what this reader may do with it.

    `texts` are those that it is about as they stand, while it is open; `looks` what they look as if they
    held. `href` is where its file is got; `same` says where else that file is evidence.
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
    href: str = ""
    same: str = ""


@dataclass(frozen=True)
class Page:
    """The texts of a form of a village and period, and what was asked about them."""

    key: SubmissionKey
    name: str
    period: str
    place: str
    texts: Sequence[Text]
    files: Sequence[Text]
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
    asked = queries.redactions(actor, key)
    held = _Held(actor, entry)
    opened = {one.about for one in asked if one.decided is None}
    made = [_request(held, one, may_redact=may_redact) for one in asked]
    return Page(
        key,
        entry.asking.questionnaire.form.topic,
        format_period(entry.period),
        entry.region.full_name,
        sorted(held.texts(opened), key=lambda one: (not one.looks, one.label)),
        list(held.files(opened)),
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
                about=_about(given),
                scope=next(one for one, word in SCOPES.items() if word == given.get(SCOPE)),
                reason=given.get(REASON, ""),
                request=UUID(given.get(MESSAGE, "")),
                now=now,
            )
    except (ValueError, StopIteration):
        return None
    return (done,) if isinstance(done, Finding) else ()


def _about(given: QueryDict) -> About:
    if PIECE in given:
        return Proof(UUID(given.get(PIECE, "")))
    if REVISION in given:
        return Reason(int(given.get(REVISION, "")))
    return cell_of(given.get(CELL, "")) or NO_CELL


class _Held:
    """What a form holds that may be taken out."""

    def __init__(self, actor: Actor, entry: queries.Entry) -> None:
        self.actor = actor
        self.entry = entry
        self.names = Names(entry.asking)
        self.reasons = {one.number: one for one in queries.reasons(actor, entry.key)}
        held = queries.evidence_of(actor, entry.key)
        self.pieces = {} if isinstance(held, Finding) else {one.id: one for one in held}

    def texts(self, opened: Container[About]) -> Iterator[Text]:
        """Give the texts of cells and the reasons about which nothing was asked."""
        for key in self.entry.submission.cells:
            texts = self.told(key)
            if texts and key not in opened:
                yield Text(CELL, cell_text(key), self.label(key), texts, _looks(texts), uuid4())
        for number in self.reasons:
            about = Reason(number)
            texts = self.told(about)
            if texts and about not in opened:
                yield Text(REVISION, str(number), self.label(about), texts, _looks(texts), uuid4())

    def files(self, opened: Container[About]) -> Iterator[Text]:
        """Give the evidence about which nothing was asked; what was taken away has its bytes, too."""
        for one in self.pieces.values():
            about = Proof(one.id)
            if one.redacted is None and about not in opened:
                texts = self.told(about)
                label, href = self.label(about), self.href(about)
                yield Text(PIECE, str(one.id), label, texts, _looks(texts), uuid4(), is_file=True, href=href)

    def label(self, about: About) -> str:
        """Name what a request is about."""
        match about:
            case Key():
                return self.names.about(about)
            case Reason(revision=number):
                one = self.reasons.get(number)
                named = say("Alasan perubahan ke-{n}", n=format_number(number))
                return (
                    f"{named} ({_said_by(one.author_name, one.author_function, one.made_at)})"
                    if one
                    else named
                )
            case Proof(piece=piece):
                held = self.pieces[piece]
                return f"{held.name}, {self.names.about(cell_of(held.cell))}"

    def told(self, about: About) -> tuple[str, ...]:
        """Give the texts that stand there and were not taken out."""
        own: tuple[str, ...]
        match about:
            case Key():
                own = self._own(about, self.entry.submission.content(about))
            case Reason(revision=number):
                own = (self.reasons[number].reason,) if number in self.reasons else ()
            case Proof(piece=piece):
                removed = self.pieces[piece].removed
                own = (self.pieces[piece].caption, removed.reason if removed else "")
        return tuple(one for one in own if one and one != REMOVED)

    def href(self, about: About) -> str:
        """Give where the file of a piece is got, as long as it can be seen."""
        if isinstance(about, Proof) and self.pieces[about.piece].is_there:
            return page_of("evidence-file", self.entry.key, about.piece)
        return ""

    def same(self, about: About) -> str:
        """Say where else the file of a piece is evidence: there it stays."""
        if not isinstance(about, Proof):
            return ""
        same = queries.same_elsewhere(self.actor, self.entry.key, about.piece)
        forms = dictionary.dictionary(self.actor).forms
        told = [
            _named(self.actor, forms[one.form].topic if one.form in forms else one.form, one)
            for one in same.keys
        ]
        if same.others:
            told.append(say("{n} isian lain", n=format_number(same.others)))
        return "; ".join(told)

    def _own(self, key: Key, content: Content) -> tuple[str, str]:
        """Give the free texts of a cell: its value where it is one, its explanation."""
        asking = self.entry.asking
        asked = asking.variables.get(key.variable) or asking.columns.get(key.variable)
        is_text = asked is not None and asked.type is Type.TEXT and content.state is State.VALUE
        return (content.value or "") if is_text else "", content.explanation


def _named(actor: Actor, form: str, key: SubmissionKey) -> str:
    place = regions.resolve(actor, key.region)
    return f"{form}, {place.full_name if place else key.region}, {format_code(key.period)}"


def _looks(texts: Iterable[str]) -> str:
    """Say what texts look as if they held; empty where nothing looks personal."""
    return next(filter(None, map(looks_like, texts)), "")


def _request(held: _Held, one: Redaction, *, may_redact: bool) -> Request:
    is_open, is_own = one.decided is None, one.asked.id == str(held.actor.id)
    decided = one.decided
    texts = held.told(one.about) if is_open else ()
    is_file = isinstance(one.about, Proof)
    return Request(
        one.id,
        held.label(one.about),
        say("berkas, nama dan keterangannya") if is_file else say(one.scope.words),
        one.reason,
        _said_by(one.asked.name, one.asked.function, one.asked.at),
        _said_by(decided.name, decided.function, decided.at) if decided else "",
        one.is_done,
        is_open and may_redact and not is_own,
        is_open and (may_redact or is_own),
        texts,
        _looks(texts),
        held.href(one.about) if is_open else "",
        held.same(one.about) if is_open or one.is_done else "",
    )


def _said_by(name: str, function: str, at: datetime) -> str:
    return f"{who(name, function)}, {format_moment(at)}"
