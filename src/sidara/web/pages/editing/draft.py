"""The page of a draft: its entries, what would change, what is wrong, whom it touches, who was faster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sidara.dictionary.core import Clash, Met, Put, Thing, findings_of, is_provisional
from sidara.dictionary.core.reading import CLASSES
from sidara.dictionary.queries import Review
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Severity
from sidara.ui.language import format_number, say
from sidara.web.pages.editing import addresses, words
from sidara.web.pages.editing.calendar import CalendarAhead, ahead
from sidara.web.pages.editing.changes import Changed, changed, text
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class Entry:
    """One entry of the draft. `key` names it in forms."""

    key: str
    kind: str
    code: str
    name: str
    href: str
    errors: int
    is_removed: bool


@dataclass(frozen=True)
class Moved:
    """A form that comes to another version, with what can be done with it."""

    code: str
    name: str
    words: str
    asked: str
    trial: str
    xlsform: str
    fresh: str


@dataclass(frozen=True)
class Told:
    """A finding of the whole: whose it is, where it is mended, its words."""

    whose: str
    href: str
    message: str
    remedy: str
    is_error: bool


@dataclass(frozen=True)
class Choosing:
    """A key that both changed: a choice between two texts."""

    name: str
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Meeting:
    """An entry that somebody else saved meanwhile."""

    title: str
    who: str
    taken: str
    choices: Sequence[Choosing]


@dataclass(frozen=True)
class DraftPage:
    """A draft. `is_mine`: the asker is its author; `is_ready`: it can be saved."""

    title: str
    author: str
    state: str
    lead: str
    trail: Sequence[Link]
    entries: Sequence[Entry]
    changes: Sequence[Changed]
    calendar: CalendarAhead | None
    moves: Sequence[Moved]
    told: Sequence[Told]
    errors: int
    meetings: Sequence[Meeting]
    kinds: Sequence[tuple[str, str, str]]
    is_mine: bool
    is_open: bool
    is_discarded: bool
    is_ready: bool
    published: str
    faults: Sequence[str]
    reason: str


def key_of(kind: Thing, code: str, key: str = "") -> str:
    """Give the name of an entry (and one of its keys) in a form."""
    return "|".join((str(kind), code, key))


def build(  # noqa: PLR0913 - the draft, who asks, and what was refused
    review: Review,
    actor: Actor,
    who: Sequence[tuple[int, str]],
    faults: Sequence[str] = (),
    reason: str = "",
    *,
    today: date,
) -> DraftPage:
    """Build the page; `who` names those who saved revisions that met the draft."""
    draft = review.draft
    names = dict(who)
    return DraftPage(
        title=draft.title,
        author=draft.author_function or draft.author_name,
        state=say(draft.state.words),
        lead=_lead(review),
        trail=addresses.trail(Link(draft.title, "")),
        entries=[_entry(review, one) for one in draft.puts],
        changes=[changed(one, _href(review, one.kind, one.code)) for one in review.differences],
        calendar=ahead(review, actor, today),
        moves=[_move(review, one.form, one.before, one.after) for one in review.moves],
        told=[
            Told(
                f"{one.place.file or ''}",
                _href(review, Thing(one.place.sheet), one.place.file or "") if one.place.sheet else "",
                one.message,
                one.remedy,
                one.severity is Severity.ERROR,
            )
            for one in review.findings
        ],
        errors=sum(1 for one in review.findings if one.severity is Severity.ERROR),
        meetings=[_meeting(one, names.get(one.revision, "")) for one in review.met],
        kinds=[
            (addresses.fresh(draft.id, kind), say(name), say(what))
            for kind, (_, name, what) in words.KINDS.items()
        ],
        is_mine=draft.author_id == actor.id,
        is_open=draft.is_open,
        is_discarded=draft.state == "discarded",
        is_ready=review.is_ready,
        published=str(draft.published or ""),
        faults=faults,
        reason=reason,
    )


def _lead(review: Review) -> str:
    if not review.draft.puts:
        return say(
            "Belum ada yang diubah. Tambahkan entri baru, atau tekan “Ubah” pada halaman elemen dan formulir."
        )
    return say(
        "{entries} entri dalam rancangan, {changes} berbeda dari kamus yang berlaku.",
        entries=format_number(len(review.draft.puts)),
        changes=format_number(len(review.differences)),
    )


def _href(review: Review, kind: Thing, code: str) -> str:
    """Lead to where an entry is edited: in the draft where it holds it, else to its page."""
    if review.draft.put(kind, code) is not None:
        return addresses.entry(review.draft.id, kind, code)
    return addresses.edit(kind, code) if code in review.before.of(kind) else ""


def _entry(review: Review, put: Put) -> Entry:
    found = findings_of(review.findings, put.kind, put.code)
    return Entry(
        key_of(put.kind, put.code),
        say(words.KINDS[put.kind][1]),
        say("belum berkode") if is_provisional(put.code) else put.code,
        put.name,
        addresses.entry(review.draft.id, put.kind, put.code),
        sum(1 for one in found if one.severity is Severity.ERROR),
        put.body is None,
    )


def _move(review: Review, code: str, before: int, after: int) -> Moved:
    draft = review.draft.id
    form = review.dictionary.forms[code]
    asked = say(
        "Menyentuh semua {level} yang mengisinya {frequency}. "
        "Isian yang sudah dibuat dengan versi lama tetap terbaca.",
        level=say(form.level),
        frequency=say(form.frequency.words),
    )
    if before:
        moved = say("dari v{before} ke v{after}", before=before, after=after)
    else:
        moved = say("formulir baru, v{after}", after=after)
    return Moved(
        code,
        form.name,
        moved,
        asked
        if before
        else say("Diisi {level}, {frequency}.", level=say(form.level), frequency=say(form.frequency.words)),
        addresses.trial(draft, code),
        addresses.xlsform(draft, code),
        addresses.fresh(draft, Thing.VARIABLE, code),
    )


def _meeting(met: Met, who: str) -> Meeting:
    made = CLASSES[met.put.kind].__name__
    return Meeting(
        f"{say(words.KINDS[met.put.kind][1])} {met.put.code}",
        who,
        ", ".join(say(words.name_of(made, key)) for key in met.taken),
        [_choosing(met, made, one) for one in met.clashes],
    )


def _choosing(met: Met, made: str, clash: Clash) -> Choosing:
    def said(value: object) -> str:
        return text(value) or say("dihapus")

    name = say(words.name_of(made, clash.key)) if clash.key else say("Seluruh entri")
    return Choosing(name, key_of(*met.put.key, clash.key), said(clash.ours), said(clash.theirs))
