"""The page of one proposal: its whole way from the meeting to done, and the decision of the level asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from sidara.collection.core.dataset import dataset_of
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import queries
from sidara.programmes.core import Decision, Fate, FateSource
from sidara.programmes.queries import Stated
from sidara.regions import queries as regions
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.address import EXAMPLE, REAL
from sidara.web.pages.parts import Item
from sidara.web.pages.places import Link, href
from sidara.web.pages.programmes import world
from sidara.web.pages.registers.asked import Asked
from sidara.web.pages.registers.funnel import fate_words, level_words


@dataclass(frozen=True)
class Station:
    """A station of the way: the day in words (empty: not yet), what happened, more about it."""

    day: str
    title: str
    text: str = ""
    href: str = ""
    is_done: bool = True


@dataclass(frozen=True)
class Deciding:
    """What whoever decides may choose: activities of the level in that village; `start` begins a new one."""

    activities: Sequence[Link]
    start: str
    decision: str
    reason: str


@dataclass(frozen=True)
class Page:
    """All that the page shows; without `title` there is no such proposal."""

    title: str
    above: str
    is_simulated: bool
    items: Sequence[Item]
    facts: Sequence[tuple[str, str]]
    stations: Sequence[Station]
    trail: Sequence[Link]
    deciding: Deciding | None = None
    refused: Finding | None = None


def build(actor: Actor, uid: UUID, *, today: date) -> Page | None:
    """Build the page; `None` where the actor sees no such proposal."""
    one = queries.proposal(actor, uid, today=today)
    if one is None:
        return None
    place = regions.regions(actor, {one.village_id})[one.village_id]
    asked = Asked(EXAMPLE if one.is_simulated else REAL, place.code, str(one.year))
    trail = (
        Link(say("Usulan"), asked.href(reverse("proposals"), wilayah="")),
        Link(place.name, asked.href(reverse("proposals"))),
        Link(say("Satu usulan")),
    )
    return Page(
        one.text or say("Usulan tanpa uraian"),
        f"{place.full_name}, {one.document}",
        one.is_simulated,
        _items(one),
        _facts(actor, one),
        _stations(actor, one, place.code),
        trail if not place.is_ended else (Link(place.name, href(place)),),
        *_deciding(actor, one, place.code),
    )


def _items(one: Stated) -> Sequence[Item]:
    waits = (
        say("dari musyawarah sampai jawaban pertama") if one.is_answered else say("menunggu sejak musyawarah")
    )
    return (
        Item(say("Keadaan terakhir"), fate_words(one.fate)),
        Item(
            say("Lamanya"), say("{n} hari", n=format_number(one.days)) if one.days is not None else "–", waits
        ),
        Item(say("Ditujukan ke"), level_words(one.level_asked)),
        Item(
            say("Perkiraan biaya"),
            say("Rp{amount}", amount=format_number(one.budget_idr))
            if one.budget_idr
            else format_number(None),
        ),
    )


def _facts(actor: Actor, one: Stated) -> Sequence[tuple[str, str]]:
    columns = {each.code: each for each in dictionary.dictionary(actor).lists["usulan"].columns}
    options = {each.code: each.label for each in dictionary.dictionary(actor).options_of(columns["USL_011"])}
    told = (
        (say("Asal usulan"), say(options.get(one.origin, one.origin))),
        (say("Lokasi"), one.place),
        (say("Kode kegiatan desa"), one.village_code),
        (say("Urutan prioritas"), format_number(one.rank) if one.rank else ""),
        (say("Perkiraan penerima manfaat"), one.beneficiaries),
    )
    return tuple((label, text) for label, text in told if text)


def _stations(actor: Actor, one: Stated, village: str) -> Sequence[Station]:
    """Tell the way: meeting, minutes, each fate as it was recorded, what is still to come."""
    made = [_meeting(actor, one, village)]
    for step in one.steps:
        title = fate_words(step.fate)
        text = step.reason or (one.reason if step.fate in {Fate.POSTPONED, Fate.REJECTED} else "")
        if step.actor_name:
            title = say("{fate}, menurut putusan tingkat yang dituju", fate=title)
        if step.source == FateSource.IMPORT:
            text = f"{text} {say('Dicatat pada hari berkasnya diimpor.')}".strip()
        made.append(Station(format_date(step.day), title, text))
    if one.line:
        made.append(Station("", say("Baris rencana: {name}", name=one.line)))
    if one.activity_name:
        made.append(
            Station("", say("Dijawab dengan kegiatan: {name}", name=one.activity_name), one.activity_agency)
        )
    if one.fate not in {Fate.DONE, Fate.REJECTED}:
        words = say("Menunggu jawaban") if not one.is_answered else say("Belum terlaksana")
        made.append(Station("", words, is_done=False))
    return made


def _meeting(actor: Actor, one: Stated, village: str) -> Station:
    """Tell the meeting, and whether the list of meetings has its minutes."""
    if one.meeting_date is None:
        return Station("", say("Hari musyawarah tidak disebut"), is_done=False)
    held = queries.meeting_on(actor, village=village, day=one.meeting_date, dataset=dataset_of(village))
    if held is None:
        text = say("Musyawarah hari itu tidak ada pada daftar musyawarah desa.")
    elif held.has_file:
        text = say("Ada berita acara dengan berkasnya; {n} orang hadir.", n=format_number(held.attendance))
    elif held.has_minutes:
        text = say("Ada berita acara; {n} orang hadir.", n=format_number(held.attendance))
    else:
        text = say("Belum ada berita acara; {n} orang hadir.", n=format_number(held.attendance))
    return Station(format_date(one.meeting_date), say("Disepakati dalam musyawarah"), text)


def _deciding(actor: Actor, one: Stated, village: str) -> tuple[Deciding | None, Finding | None]:
    """Give what may be decided, or to an agency why not."""
    if one.level_asked == "desa" or not queries.holds_level(
        actor, village=village, level_asked=one.level_asked
    ):
        return None, None
    fault = queries.sector_fault(
        actor,
        village=village,
        level_asked=one.level_asked,
        activity_kind=one.activity_kind,
        village_code=one.village_code,
    )
    if fault is not None:
        return None, fault
    found = queries.answering_activities(actor, one)
    links = tuple(Link(f"{name}, {agency}, {year}", str(uid)) for uid, name, agency, year in found)
    decision = "" if one.decision == Decision.OPEN else one.decision
    start = {"desa": village, world.DATA: world.word(simulated=one.is_simulated)}
    start |= {"jenis": one.activity_kind} if one.activity_kind else {}
    address = f"{reverse('programme-new')}?{urlencode(start)}"
    return Deciding(links, address, decision, one.decision_reason), None
