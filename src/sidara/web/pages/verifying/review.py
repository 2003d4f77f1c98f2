"""One submission as a verifier sees it: what he should look at, what is quiet, and the acts of his step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.collection import queries as collection
from sidara.collection.core.answering import Asking
from sidara.collection.core.judged import Judged
from sidara.collection.core.proof import cell_of, cell_text
from sidara.collection.core.submission import EMPTY, Key, Submission, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.period import Period
from sidara.regions.core import Region
from sidara.ui.language import format_date, format_number, say
from sidara.ui.periods import format_period
from sidara.verification import queries, services
from sidara.verification.core import (
    WHOLE,
    Act,
    Correction,
    Standing,
    Step,
    changed,
    loud,
    returnable,
    verifying_step,
    waiting_for,
)
from sidara.web.pages.entry import contents, evidence
from sidara.web.pages.entry.addresses import page_of
from sidara.web.pages.entry.naming import Names
from sidara.web.pages.entry.past import Step as Past
from sidara.web.pages.entry.past import past

ACT, MESSAGE, SEEN, STEP, CELL, LIST, REASON, NOTE, DUE = (
    *("aksi", "pesan", "revisi", "langkah", "sel", "daftar", "alasan", "catatan", "tanggal"),
)
WHOLE_FORM = "kembalikan-semua"
"""The act that returns the form, not the cells that are ticked."""
MEND_DAYS = 7
"""Days to mend that are proposed."""
OTHER = noop("Lainnya")
"""The reason that says nothing by itself: the message has to."""
REASONS = (
    noop("Melebihi jumlah yang mungkin"),
    noop("Satuan keliru"),
    noop("Sama dengan periode lalu"),
    noop("Bukti tidak cocok"),
    noop("Penjelasan belum cukup"),
    OTHER,
)


@dataclass(frozen=True)
class Line:
    """A cell that waits: what stands there now and last period, among its neighbours, why it is marked."""

    value: str
    name: str
    now: str
    last: str
    peers: str
    marks: tuple[tuple[str, str], ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class Page:
    """A submission before a step; `loud` are cells to look at, `quiet` the others that wait for it."""

    key: SubmissionKey
    step: Step
    name: str
    region: str
    period: str
    last_period: str
    sent: str
    loud: Sequence[Line]
    quiet: Sequence[Line]
    parts: Sequence[contents.Part]
    steps: Sequence[Past]
    returned: Sequence[tuple[str, str]]
    mend_by: str
    message_id: UUID
    revision: int
    due: str
    evidence: str
    evidence_words: str
    refused: Sequence[Finding] = ()
    chosen: frozenset[str] = frozenset()
    reason: str = ""
    note: str = ""
    lists: Sequence[tuple[str, str]] = ()

    @property
    def count(self) -> int:
        """How many cells wait for the step."""
        return len(self.loud) + len(self.quiet)

    @property
    def reasons(self) -> Sequence[tuple[str, str]]:
        """The reasons that a return may name: as the village reads them, and in the reader's words."""
        return [(one, say(one)) for one in REASONS]

    @property
    def queue(self) -> str:
        """Where the queue of the step stands."""
        return f"{reverse('verification-queue')}?langkah={self.step.value}"

    @property
    def finding(self) -> str:
        """What is to be looked at, in one sentence."""
        if not self.revision:
            return say("Desa belum mengisi formulir ini.")
        if not self.count:
            return say("Tidak ada isian dalam kiriman ini yang menunggu Anda.")
        figures = {"quiet": format_number(len(self.quiet)), "all": format_number(self.count)}
        told = say("{quiet} dari {all} isian tenang.", **figures)
        if not self.loud:
            return told
        return say("{told} {n} isian perlu Anda lihat.", told=told, n=format_number(len(self.loud)))


def build(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    key: SubmissionKey,
    *,
    now: datetime,
    step: str = "",
    refused: Sequence[Finding] = (),
    posted: QueryDict | None = None,
) -> Page | None:
    """Build the page for a step that the actor takes there; `None` where there is nothing to verify."""
    today = local_date(now)
    found = collection.readable(actor, key)
    form = dictionary.dictionary(actor).forms.get(key.form)
    judged = queries.judged(actor, key, today=today)
    if isinstance(found, Finding) or isinstance(judged, Finding) or form is None:
        return None
    asking, region, period = found
    place = {"region": region.code, "sector": form.sector, "dataset": key.dataset}
    own = queries.steps_of(actor, **place)
    taken = next((one for one in own if one.value == step), own[0] if own else None)
    if taken is None:
        return None
    key = SubmissionKey(key.form, region.code, str(period), key.dataset)
    filled = collection.filled(actor, key)
    state = filled.state if filled else Submission()
    held = queries.standing(actor, key)
    chain = queries.chain(actor, key.form, form.sector)
    waiting = waiting_for(held, chain, taken, held.every(state.cells))
    corrected = queries.corrections(actor, key, held)
    altered = changed(corrected, state.contents)
    doubtful = loud(judged, state.contents, held, altered) & waiting
    writer = _Writer(actor, key, found, state, judged, waiting, {one: corrected[one] for one in altered})
    rank = writer.names.rank
    rows = collection.own_cells(actor, key)
    known = held.knowing(rows)
    lists = [one for one in rows if not one.row and returnable(known, chain, taken, one)]
    due = today + timedelta(days=MEND_DAYS)
    given = posted or QueryDict()
    return Page(
        key=key,
        step=taken,
        name=form.topic,
        region=region.full_name,
        period=format_period(period),
        last_period=format_period(period.preceding),
        sent=_sent(held),
        loud=[writer.line(one, held.returns.get(one, "")) for one in sorted(doubtful, key=rank)],
        quiet=[writer.line(one) for one in sorted(waiting - doubtful, key=rank)],
        parts=contents.parts_of(asking, region, state.contents),
        steps=past(
            collection.cell_history(actor, key),
            held.events,
            collection.redactions(actor, key),
            queries.opened_by(actor, key, held),
            writer.names,
        ),
        returned=[(writer.name(one), held.reasons[one]) for one in sorted(held.reasons, key=rank)],
        mend_by=format_date(held.mend_by) if held.mend_by else "",
        message_id=uuid4(),
        revision=state.revision,
        due=given.get(DUE, due.isoformat()),
        evidence=page_of("evidence", key),
        evidence_words=evidence.summary(actor, key),
        refused=refused,
        chosen=frozenset({*given.getlist(CELL), *given.getlist(LIST)}),
        reason=given.get(REASON, ""),
        note=given.get(NOTE, ""),
        lists=[(cell_text(one), writer.name(one)) for one in sorted(lists, key=rank)],
    )


def act(actor: Actor, key: SubmissionKey, posted: QueryDict, *, now: datetime) -> Sequence[Finding] | None:
    """Do what the verifier chose; gives what held it back, `None` where the page did not say what."""
    step = verifying_step(posted.get(STEP, ""))
    seen = posted.get(SEEN, "")
    try:
        message = UUID(posted.get(MESSAGE, ""))
    except ValueError:
        return None
    if step is None or not (seen.isascii() and seen.isdigit()):
        return None
    cells = _cells(posted, CELL)
    at = int(seen[:9])
    match posted.get(ACT):
        case "tenang":
            done = services.accept_quiet(actor, key=key, step=step, revision=at, message_id=message, now=now)
        case "terpilih":
            done = services.accept_cells(
                actor, key=key, step=step, revision=at, message_id=message, now=now, cells=cells
            )
        case "kembalikan" | "kembalikan-semua" as chosen:
            whole = [WHOLE] if chosen == WHOLE_FORM else [*cells, *_cells(posted, LIST)]
            done = services.return_cells(
                actor,
                key=key,
                step=step,
                reasons=dict.fromkeys(whole, why(posted.get(REASON, ""), posted.get(NOTE, ""))),
                due_date=day_of(posted.get(DUE, "")),
                revision=at,
                message_id=message,
                now=now,
            )
        case _:
            return None
    return done.findings


def _cells(posted: QueryDict, name: str) -> list[Key]:
    """Read the cells that are ticked."""
    return [one for text in posted.getlist(name) if text.count("|") == 2 and (one := cell_of(text))]


def why(reason: str, note: str) -> str:
    """Put together why cells are returned: the reason that was chosen, and the message to the operator."""
    parts = (one.strip(" .") for one in (reason if reason != OTHER else "", note))
    return ". ".join(filter(None, parts))


def day_of(text: str) -> date | None:
    """Read a day; `None` where a text is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _sent(held: Standing) -> str:
    """Say when it was sent by whom, and who endorsed it."""
    told = []
    for act_, words in (
        (Act.SEND, noop("Dikirim {day} oleh {name}")),
        (Act.ENDORSE, noop("disahkan {day} oleh {name}")),
    ):
        last = next((one for one in reversed(held.events) if one.act is act_), None)
        if last is not None:
            told.append(say(words, day=format_date(local_date(last.link.at)), name=last.actor_name))
    return ", ".join(told)


class _Writer:
    """Writes cells in the words of the form."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a line is made of
        self,
        actor: Actor,
        key: SubmissionKey,
        found: tuple[Asking, Region, Period],
        state: Submission,
        judged: Judged,
        waiting: frozenset[Key],
        corrected: Mapping[Key, Correction],
    ) -> None:
        self.corrected = corrected
        self.asking, _, period = found
        self.state, self.judged = state, judged
        self.names = Names(self.asking, state.contents)
        self.last = collection.filled(actor, replace(key, period=str(period.preceding)))
        self.peers: Mapping[Key, collection.Peers] = collection.peers(actor, key, waiting)

    def name(self, key: Key) -> str:
        """Name a cell; `WHOLE` is the form."""
        return self.names.about(None if key == WHOLE else key)

    def line(self, key: Key, returned: str = "") -> Line:
        content = self.state.content(key)
        last = self.last.state.content(key) if self.last else EMPTY
        marks = [(_look(one.finding.severity), one.finding.message) for one in self.judged.at(key)]
        if content.state is State.UNKNOWN:
            marks.append(("awas", say("Tidak diketahui")))
        if returned:
            marks.append(("kabar", say("Pernah dikembalikan: {reason}", reason=returned)))
        was = self.corrected.get(key)
        if was is not None:
            before = self.names.said(key, was.before)
            figures = {"before": before, "reason": was.event.link.reason}
            marks.append(("kabar", say("Dikoreksi, final sebelumnya {before}: {reason}", **figures)))
        return Line(
            cell_text(key),
            self.name(key),
            self.names.said(key, content),
            contents.said(self.asking, key, last) if last.state is not State.EMPTY else "",
            self._peers(key),
            tuple(marks),
            content.explanation,
        )

    def _peers(self, key: Key) -> str:
        found = self.peers.get(key)
        if found is None:
            return ""
        asked = self.asking.variables.get(key.variable)
        decimals = (asked.decimals or 0) if asked else 0
        least, most = (format_number(one, decimals) for one in (found.least, found.most))
        told = say("{least} sampai {most}", least=least, most=most) if least != most else least
        return say("{span}, {n} draf", span=told, n=format_number(found.drafts)) if found.drafts else told


def _look(severity: Severity) -> str:
    return {"error": "galat", "warning": "awas"}.get(severity.value, "kabar")
