"""Evidence of a form: what is there beside which cell, and the form by which a file is added."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse

from sidara.collection import queries, services
from sidara.collection.core.proof import cell_of, cell_text
from sidara.collection.core.rights import BRING, FILL
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.evidence.core import LARGEST, Kind, Piece, fault, too_large
from sidara.evidence.services import Handed
from sidara.kernel.actor import Actor
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.finding import Finding
from sidara.ui.language import format_moment, format_number, say
from sidara.ui.periods import format_period
from sidara.verification import queries as verification
from sidara.web.languages import API
from sidara.web.pages.entry.addresses import page_of, who
from sidara.web.pages.entry.naming import Names
from sidara.web.pages.entry.underway import Underway, underway
from sidara.web.pages.parts import Option

CELL, FILE, CAPTION, PLACE, MESSAGE, REMOVED, REASON, UPLOAD, DROPPED = (
    *("sel", "berkas", "keterangan", "tempat", "pesan", "hapus", "alasan", "unggahan", "buang"),
)


@dataclass(frozen=True)
class Proof:
    """A piece as it is shown."""

    id: UUID
    name: str
    caption: str
    about: str
    size: str
    who: str
    when: str
    taken: str
    href: str
    small: str
    is_own: bool
    removed: str = ""


@dataclass(frozen=True)
class Page:
    """The evidence of a form of a village and period; `review` leads a verifier back to where he verifies."""

    entry: queries.Entry
    name: str
    period: str
    proofs: Sequence[Proof]
    gone: Sequence[Proof]
    options: Sequence[tuple[str, Sequence[Option]]]
    can_add: bool
    message_id: UUID
    most: str
    findings: Sequence[Finding] = ()
    told: Sequence[Finding] = ()
    caption: str = ""
    underway: Sequence[Underway] = ()
    most_bytes: str = str(LARGEST)
    review: str = ""

    @property
    def uploads(self) -> str:
        """Where the script sends a file in parts."""
        key = self.entry.key
        return f"{API}/submissions/{quote(key.form)}/{quote(key.region)}/{quote(key.period)}/uploads"

    @property
    def form(self) -> str:
        """Where the form is filled in."""
        return page_of("entry", self.entry.key)

    @property
    def sending(self) -> str:
        """Where the form is looked over and sent."""
        return page_of("submission-sending", self.entry.key)

    @property
    def tasks(self) -> str:
        """Where the tasks of the village stand."""
        return f"{reverse('tasks')}?desa={self.entry.region.code}"


@dataclass(frozen=True)
class Posted:
    """What became of what was posted: faults, or what was told of a file that is kept."""

    findings: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()


def href(key: SubmissionKey) -> str:
    """Give the address of the evidence of a form."""
    return page_of("evidence", key)


def build(
    actor: Actor, entry: queries.Entry, *, chosen: str, posted: Posted | None = None, caption: str = ""
) -> Page:
    """Lay out the evidence of a form."""
    held = queries.evidence_of(actor, entry.key)
    pieces = () if isinstance(held, Finding) else held
    writer = _Writer(actor, entry)
    sector = entry.asking.questionnaire.form.sector
    may = any(
        actor.may(right, region=entry.region.code, sector=sector, dataset=entry.key.dataset)
        for right in (FILL, BRING)
    )
    return Page(
        entry,
        entry.asking.questionnaire.form.topic,
        format_period(entry.period),
        [writer.proof(one) for one in pieces if one.is_there],
        [writer.proof(one) for one in pieces if not one.is_there],
        tuple(writer.options(chosen)),
        may and not entry.is_locked,
        uuid4(),
        format_number(LARGEST // 1_000_000),
        posted.findings if posted else (),
        posted.told if posted else (),
        caption if posted and posted.findings else "",
        underway(actor, entry, writer.names.about) if may else (),
        review=_review(actor, entry, sector),
    )


def _review(actor: Actor, entry: queries.Entry, sector: str) -> str:
    """Give where the reader verifies the form; empty where he takes no step there."""
    place = {"region": entry.region.code, "sector": sector, "dataset": entry.key.dataset}
    return page_of("verification-review", entry.key) if verification.steps_of(actor, **place) else ""


def act(
    actor: Actor, entry: queries.Entry, given: QueryDict, file: "UploadedFile[Any] | None", *, now: datetime
) -> Posted | None:
    """Keep the file that was posted, or take a piece away; `None` where the page did not say what."""
    try:
        if REMOVED in given:
            gone = services.remove_evidence(
                actor,
                key=entry.key,
                piece=UUID(given.get(REMOVED, "")),
                reason=given.get(REASON, ""),
                now=now,
            )
            return Posted((gone,) if gone else ())
        if UPLOAD in given:
            return _arrived(actor, entry, UUID(given.get(UPLOAD, "")), drops=DROPPED in given, now=now)
        message = UUID(given.get(MESSAGE, ""))
    except ValueError:
        return None
    if file is None:
        return Posted((fault("EVIDENCE_EMPTY", ""),))
    if (file.size or 0) > LARGEST:
        return Posted((too_large(file.size or 0, file.name or ""),))
    handed = Handed(
        message, file.read(), (file.name or "")[:255], given.get(CAPTION, "")[:300], given.get(PLACE) == "ya"
    )
    kept = services.keep_evidence(
        actor, key=entry.key, cell=_key(given.get(CELL, "")), handed=handed, now=now
    )
    return Posted(kept.findings) if kept.piece is None else Posted(told=kept.findings)


def _arrived(actor: Actor, entry: queries.Entry, upload: UUID, *, drops: bool, now: datetime) -> Posted:
    """Keep a file that came in parts, or let go of it."""
    if drops:
        wrong = services.drop_upload(actor, key=entry.key, upload=upload)
        return Posted((wrong,) if wrong else ())
    kept = services.keep_upload(actor, key=entry.key, upload=upload, now=now)
    return Posted(kept.findings) if kept.piece is None else Posted(told=kept.findings)


def _key(text: str) -> Key | None:
    """Read the cell that was chosen; a text that is none is a cell that no form asks."""
    try:
        return cell_of(text)
    except ValueError:
        return Key("", text, TOTAL)


class _Writer:
    """Writes pieces and cells in the words of the form."""

    def __init__(self, actor: Actor, entry: queries.Entry) -> None:
        self.actor = actor
        self.entry = entry
        self.names = Names(entry.asking)

    def proof(self, one: Piece) -> Proof:
        key = self.entry.key
        done = one.kept
        is_kept = one.is_there
        return Proof(
            one.id,
            one.name,
            one.caption,
            self.names.about(cell_of(one.cell)),
            self._size(one),
            who(done.actor_name, done.actor_function) if done else "",
            format_moment(done.at) if done else "",
            self._taken(one),
            page_of("evidence-file", key, one.id) if is_kept else "",
            page_of("evidence-small", key, one.id) if is_kept and one.small else "",
            bool(done and done.actor_id == str(self.actor.id)),
            self._removed(one),
        )

    def _size(self, one: Piece) -> str:
        size = say("{size} kB", size=format_number(max(1, round(one.size / 1000))))
        if one.kind is Kind.PDF:
            return say("PDF, {pages} halaman, {size}", pages=format_number(one.pages), size=size)
        return say("foto, {size}", size=size)

    def _taken(self, one: Piece) -> str:
        """Say when and where a photograph was taken, where its owner asked to keep it."""
        if one.latitude:
            place = f"{one.latitude}, {one.longitude}"
            return say("Diambil {when} di {place}", when=one.taken_at or "?", place=place)
        return say("Diambil {when}", when=one.taken_at) if one.taken_at else ""

    def _removed(self, one: Piece) -> str:
        done = one.redacted or one.removed
        if done is None:
            return ""
        name, when = who(done.actor_name, done.actor_function), format_moment(done.at)
        if one.redacted:
            said = say("Berkasnya dihapus untuk selamanya oleh {who}, {when}", who=name, when=when)
        else:
            said = say("Dihapus {who}, {when}", who=name, when=when)
        return f"{said}: {done.reason}" if done.reason else said

    def options(self, chosen: str) -> Iterator[tuple[str, Sequence[Option]]]:
        """Give the cells by section, the whole form first; a row of a list only where it was chosen."""
        whole = [Option("", say("Seluruh formulir"), not chosen)]
        key = _key(chosen)
        if key and key.row:
            whole.append(Option(chosen, self.names.about(key), is_chosen=True))
        yield "", whole
        asking = self.entry.asking
        for name, variables in asking.questionnaire.sections:
            cells = [
                Key("", one.code, part)
                for one in variables
                if one.is_asked
                for part in asking.breakdowns[one.code]
            ]
            options = [Option(cell_text(one), self.names.about(one), one == key) for one in cells]
            if options:
                yield name, options


def summary(actor: Actor, key: SubmissionKey) -> str:
    """Say how many pieces a form has, for pages that lead here."""
    held = queries.evidence_of(actor, key)
    count = 0 if isinstance(held, Finding) else sum(one.is_there for one in held)
    return say("Bukti ({n})", n=format_number(count)) if count else say("Bukti")
