"""Opening final cells for a correction: they are chosen, what opens with them is shown, then it is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import QueryDict

from sidara.collection import queries as collection
from sidara.collection.core.proof import cell_of, cell_text
from sidara.collection.core.submission import EMPTY, Key, Submission, SubmissionKey
from sidara.dictionary.core import Type
from sidara.kernel.actor import Actor, require
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.finding import Finding
from sidara.ui.language import format_moment, format_number, say
from sidara.ui.periods import format_period
from sidara.verification import queries, services
from sidara.verification.core import Level, Standing, changed
from sidara.web.pages.entry.addresses import page_of, who
from sidara.web.pages.entry.naming import Names

ACT, MESSAGE, CELL, TIED, REASON = "aksi", "pesan", "sel", "ikut", "alasan"
LOOK, OPEN = "lihat", "buka"
FEW = 25
"""Cells of a form that are shown at once; of more each part is folded."""


@dataclass(frozen=True)
class Line:
    """A cell: as it is sent back, its name, what stands there."""

    value: str
    name: str
    now: str


@dataclass(frozen=True)
class Part:
    """A section or a list with its final cells."""

    title: str
    lines: Sequence[Line]
    is_open: bool


@dataclass(frozen=True)
class Page:
    """The final cells of a form; once some `chosen` are looked at, `tied` are those that open with them."""

    key: SubmissionKey
    name: str
    region: str
    period: str
    parts: Sequence[Part]
    chosen: Sequence[Line]
    tied: Sequence[Line]
    is_looked_at: bool
    reason: str
    message_id: UUID
    refused: Sequence[Finding] = ()

    @property
    def ticked(self) -> frozenset[str]:
        """The cells that are ticked."""
        return frozenset(one.value for one in self.chosen)

    @property
    def sending(self) -> str:
        """Where the form is sent and its history stands."""
        return page_of("submission-sending", self.key)

    @property
    def finding(self) -> str:
        """What is to be done, in one sentence."""
        if not self.parts:
            return say("Belum ada isian formulir ini yang final.")
        if not self.is_looked_at:
            return say("Pilih isian yang salah dan tulis alasannya.")
        return say("{n} isian akan dibuka untuk koreksi.", n=format_number(len(self.chosen) + len(self.tied)))


def build(
    actor: Actor, key: SubmissionKey, *, posted: QueryDict | None = None, refused: Sequence[Finding] = ()
) -> Page | None:
    """Build the page of a submission; `None` where form, region or period do not exist, or nobody began it.

    Refuses (`NotAllowed`) who may not correct there.
    """
    found, filled = collection.readable(actor, key), collection.filled(actor, key)
    if isinstance(found, Finding) or filled is None:
        return None
    asking, region, period = found
    sector = asking.questionnaire.form.sector
    require(actor, services.CORRECT, region=region.code, sector=sector, dataset=key.dataset)
    held, state = queries.standing(actor, key).knowing(collection.own_cells(actor, key)), filled.state
    names = Names(asking, state.contents)

    def line(cell: Key) -> Line:
        return Line(cell_text(cell), names.about(cell), names.said(cell, state.content(cell)))

    given = posted or QueryDict()
    final = sorted(
        (one for one in _cells(names, state) if held.at(one).level is Level.PROVINCE), key=names.rank
    )
    chosen = [one for one in read(given) if one in set(final)]
    tied = queries.opens_with(actor, key, chosen) if chosen else frozenset()
    is_few = len(final) <= FEW
    parts = [
        Part(title, lines, is_few or any(one.value in {cell_text(cell) for cell in chosen} for one in lines))
        for title, codes in _parts(names)
        if (lines := [line(one) for one in final if one.variable in codes])
    ]
    return Page(
        key=key,
        name=asking.questionnaire.form.topic,
        region=region.full_name,
        period=format_period(period),
        parts=parts,
        chosen=[line(one) for one in sorted(chosen, key=names.rank)],
        tied=[line(one) for one in sorted(tied, key=names.rank)],
        is_looked_at=bool(chosen) and given.get(ACT) in {LOOK, OPEN},
        reason=given.get(REASON, ""),
        message_id=uuid4(),
        refused=refused,
    )


def act(actor: Actor, key: SubmissionKey, posted: QueryDict, *, now: datetime) -> Sequence[Finding] | None:
    """Open what was shown; gives what held it back, `None` where the page was only to be shown again."""
    if posted.get(ACT) != OPEN:
        return None
    try:
        message = UUID(posted.get(MESSAGE, ""))
    except ValueError:
        return None
    cells = read(posted)
    tied = {cell_text(one) for one in queries.opens_with(actor, key, cells)}
    if queries.answered(actor, message) is None and tied != set(posted.getlist(TIED)):
        told = say("Isian yang ikut terbuka berubah sejak Anda melihatnya.")
        return [Finding("CORRECT_MOVED", told, say("Lihat lagi daftarnya, lalu buka."))]
    reason = posted.get(REASON, "")
    done = services.correct_cells(actor, key=key, cells=cells, message_id=message, now=now, reason=reason)
    return done.findings


def read(posted: QueryDict) -> list[Key]:
    """Read the cells that are ticked, each once."""
    texts = [one for one in posted.getlist(CELL) if one.count("|") == 2]
    return list(dict.fromkeys(one for text in texts if (one := cell_of(text))))


@dataclass(frozen=True)
class Corrected:
    """A final cell under correction: what it said, what it says now, where it is changed while it is open."""

    name: str
    before: str
    now: str
    href: str = ""


@dataclass(frozen=True)
class Corrections:
    """What is under correction in a submission, and why: `reasons` say it with who opened it and when."""

    reasons: Sequence[str]
    cells: Sequence[Corrected]


def corrections(
    actor: Actor, key: SubmissionKey, held: Standing, names: Names, href: Callable[[Key], str]
) -> Corrections | None:
    """Give what is under correction; `None` where nothing is. `href` leads to the field of a cell.

    Of cells that were sent again only those that say something else now.
    """
    found = queries.corrections(actor, key, held)
    told = changed(found, names.cells) | {one for one in found if found[one].level is Level.DRAFT}
    if not told:
        return None
    events = {found[one].event.link.number: found[one].event for one in told}
    return Corrections(
        [
            f"{one.link.reason} ({who(one.actor_name, one.actor_function)}, {format_moment(one.link.at)})"
            for _, one in sorted(events.items())
        ],
        [
            Corrected(
                names.about(one),
                names.said(one, found[one].before),
                names.said(one, names.cells.get(one, EMPTY)),
                href(one) if found[one].level is Level.DRAFT else "",
            )
            for one in sorted(told, key=names.rank)
        ],
    )


def _cells(names: Names, state: Submission) -> frozenset[Key]:
    """Give the cells of a form that somebody fills in: those that stand there, empty ones outside lists."""
    asking = names.asking
    asked = {one.code for one in asking.variables.values() if one.is_asked and one.type is not Type.FILE}
    columns = {one.code for one in asking.columns.values() if one.is_asked and one.type is not Type.FILE}
    empty = {Key("", code, part) for code in asked for part in asking.breakdowns[code]}
    stand = {one for one in state.cells if one.variable in (columns if one.row else asked)}
    return frozenset(empty | stand | {Key("", code, TOTAL) for code in asking.lists})


def _parts(names: Names) -> Iterator[tuple[str, frozenset[str]]]:
    """Give the sections and lists of a form with the codes that stand in each."""
    for title, variables in names.asking.questionnaire.sections:
        yield title, frozenset(one.code for one in variables)
    for one in names.asking.questionnaire.lists:
        yield one.name, frozenset({one.code, *(column.code for column in one.columns)})
