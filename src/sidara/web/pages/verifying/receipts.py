"""Receipts at the kecamatan: what villages hand over is recorded, and checked by its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.collection.core.handed import RESULT
from sidara.collection.core.submission import Source
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening
from sidara.kernel.actor import Actor
from sidara.kernel.clock import WIB, local_date
from sidara.kernel.finding import Finding
from sidara.kernel.period import parse as parse_period
from sidara.regions import queries as regions
from sidara.regions.core import Level as Depth
from sidara.regions.core import Region
from sidara.ui.language import format_date, format_moment, format_number, say
from sidara.ui.periods import format_period
from sidara.verification import queries, services
from sidara.verification.core import Level, read_code
from sidara.verification.core.receipts import DOORS, Brought
from sidara.verification.queries import RECEIVE
from sidara.web.pages.places import Link

VILLAGE, FORM, DAY, HOUR, BY, DOOR = "desa", "isian", "hari", "jam", "pembawa", "bentuk"
FILE, HANDED, MESSAGE, ACT, CODE, REASON = "berkas", "uji", "pesan", "aksi", "kode", "alasan"
"""The fields of the page; `HANDED` names a file that was tried on `/berkas`."""
WITHDRAW = "batalkan"
MOST_PLACES = 60
LISTED = 50
DOOR_WORDS = (
    noop("berkas hasil formulir HTML"),
    noop("buku kerja Excel"),
    noop("formulir kertas"),
    noop("berkas CSV"),
)
_FORMATS = {"xlsx": Source.EXCEL, "csv": Source.CSV, RESULT: Source.TAKE_AWAY}
"""The door of a file that was tried, by what it is."""


@dataclass(frozen=True)
class Choice:
    """A form of a period that may be handed over; `told` says why it cannot be, or what is known of it."""

    value: str
    name: str
    period: str
    due: str
    told: str = ""
    can_choose: bool = True
    is_chosen: bool = False


@dataclass(frozen=True)
class Given:
    """A receipt that was recorded, as the list shows it."""

    code: str
    number: str
    village: str
    forms: str
    handed: str
    brought_by: str
    door: str
    taken_by: str
    back: str
    file_hash: str
    is_example: bool
    withdrawn: str = ""

    @property
    def href(self) -> str:
        """Its check page."""
        return reverse("receipt", args=[self.code])

    @property
    def paper(self) -> str:
        """Its paper."""
        return reverse("receipt-file", args=[self.code])


@dataclass(frozen=True)
class Page:
    """What is recorded for one village, and what was recorded in the kecamatan."""

    place: Region | None
    villages: Sequence[Link]
    choices: Sequence[Choice]
    doors: Sequence[tuple[str, str, bool]]
    day: str
    hour: str
    latest: str
    earliest: str
    brought_by: str
    handed: str
    file_name: str
    message_id: UUID
    given: Sequence[Given]
    findings: Sequence[Finding] = ()
    done: Given | None = None

    @property
    def action(self) -> str:
        """Where the form is posted."""
        chosen = f"?{VILLAGE}={self.place.code}" if self.place else ""
        return f"{reverse('receipts')}{chosen}"


def build(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    now: datetime,
    code: str = "",
    handed: str = "",
    posted: Mapping[str, str] | None = None,
    chosen: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    done: str = "",
) -> Page:
    """Build the page; `code` chooses a village, `handed` a file that was tried on `/berkas`."""
    told = posted or {}
    villages = _villages(actor)
    place = next((one for one in villages if one.code == code), None)
    tried = uuid_of(handed)
    file = collection.handing(actor, tried, now=now) if tried else None
    local = now.astimezone(WIB)
    door = told.get(DOOR) or (
        Source.PAPER if file is None or file.is_paper else _FORMATS.get(file.format, Source.PAPER)
    )
    given = [_given(one) for one in queries.receipts(actor, under=place.code if place else "")[:LISTED]]
    last = queries.receipt(actor, done) if done else None
    return Page(
        place,
        [Link(one.full_name, f"{reverse('receipts')}?{VILLAGE}={one.code}") for one in villages],
        _choices(actor, place, local.date(), chosen) if place else (),
        [(one.value, say(words), one == door) for one, words in DOORS.items()],
        told.get(DAY) or local.date().isoformat(),
        told.get(HOUR) or f"{local:%H:%M}",
        local.date().isoformat(),
        (local.date() - timedelta(days=queries.longest_back(actor))).isoformat(),
        told.get(BY) or (file.filler if file else ""),
        handed if file else "",
        file.name if file else "",
        uuid4(),
        given,
        findings,
        _given(last) if last else None,
    )


def record(
    actor: Actor, posted: QueryDict, *, code: str, file: tuple[str, str], now: datetime
) -> services.Receipted | None:
    """Record what the page says; `file` is name and hash of a file. `None` where it says no message."""
    message = uuid_of(posted.get(MESSAGE, ""))
    if message is None:
        return None
    try:
        at = datetime.fromisoformat(f"{posted.get(DAY, '')}T{posted.get(HOUR, '')}").replace(tzinfo=WIB)
        door = Source(posted.get(DOOR, ""))
    except ValueError:
        remedy = say("Tulis hari, jam, dan bentuknya.")
        return services.Receipted(
            findings=(Finding("RECEIPT_FORM", say("Hari, jam, atau bentuknya belum lengkap."), remedy),)
        )
    forms = [(form, period) for form, _, period in (one.partition("@") for one in posted.getlist(FORM))]
    brought = Brought(at, posted.get(BY, "").strip(), door if door in DOORS else Source.PAPER, *file)
    return services.record_receipt(
        actor, region=code, forms=forms, brought=brought, message_id=message, now=now
    )


def withdraw(actor: Actor, posted: QueryDict, *, now: datetime) -> services.Receipted:
    """Withdraw the receipt that the page names."""
    code = read_code(posted.get(CODE, ""))
    return services.withdraw_receipt(actor, code=code, reason=posted.get(REASON, ""), now=now)


def uuid_of(text: str) -> UUID | None:
    """Read an id; `None` where a text is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _villages(actor: Actor) -> list[Region]:
    """Give the villages for which the actor takes files in, real ones before example ones."""
    codes = sorted({code for area in actor.areas(RECEIVE) for code in area.under})[:MOST_PLACES]
    found: dict[str, Region] = {}
    for code in codes:
        for examples in (False, True):
            found |= {one.code: one for one in regions.villages(actor, code, examples=examples)}
    return [one for one in found.values() if one.level is Depth.VILLAGE and not one.is_ended]


def _choices(actor: Actor, place: Region, today: date, chosen: Sequence[str]) -> list[Choice]:
    """Offer the forms whose window is open or was, by their due day, and what is known of each."""
    openings = dictionary.openings_between(actor, today, today, place.id)
    forms = dictionary.dictionary(actor).forms
    levels = queries.village_levels(actor, place.code)
    had: dict[Home, queries.Handed] = {}
    for each in queries.handed_over(actor, under=place.code):
        had.setdefault(Home(each.form, each.period), each)
    made = []
    for one in sorted(openings, key=lambda one: (one.due_date, one.form)):
        if one.opens_date > today:
            continue
        home = Home(one.form, str(one.period))
        level, before = levels.get(home, Level.DRAFT), had.get(home)
        value = f"{one.form}@{one.period}"
        told = say(level.words) if level > Level.DRAFT else ""
        if not told and before:
            told = say("sudah diterima {day}", day=format_date(local_date(before.handed_at)))
        made.append(
            Choice(
                value,
                forms[one.form].topic,
                format_period(one.period),
                _due(one, today),
                told,
                level is Level.DRAFT,
                value in chosen,
            )
        )
    return made


def _due(one: Opening, today: date) -> str:
    day = format_date(one.due_date)
    return say("jatuh tempo {day}", day=day) if one.due_date >= today else say("lewat tempo {day}", day=day)


def _given(one: queries.KeptReceipt) -> Given:
    made = one.receipt
    gone = one.withdrawn
    named = gone and ", ".join(filter(None, (gone.actor_name, gone.actor_function)))
    return Given(
        one.code,
        format_number(made.number),
        made.region_name,
        "; ".join(f"{form.name}, {_period(form.period)}" for form in made.forms),
        format_moment(made.brought.handed_at),
        made.brought.brought_by,
        say(DOORS[made.brought.door]),
        ", ".join(filter(None, (made.actor_name, made.actor_function))),
        say("dicatat {n} hari sesudahnya", n=format_number(made.days_back)) if made.days_back else "",
        made.brought.file_hash,
        made.dataset == EXAMPLES,
        say(
            "dibatalkan {day} oleh {name}: {reason}",
            day=format_moment(gone.made_at),
            name=named or "",
            reason=gone.reason,
        )
        if gone
        else "",
    )


def _period(text: str) -> str:
    found = parse_period(text)
    return text if found is None else format_period(found)


@dataclass(frozen=True)
class Check:
    """A receipt as everybody sees it who has its code: no names of persons, no figures."""

    code: str
    number: str
    district: str
    village: str
    forms: Sequence[str]
    handed: str
    door: str
    back: str
    file_hash: str
    is_whole: bool
    is_withdrawn: bool
    is_example: bool
    paper: str

    @property
    def finding(self) -> str:
        """What came of the check, in one sentence."""
        if not self.is_whole:
            return say("Catatan tanda terima ini tidak cocok lagi dengan sidiknya.")
        if self.is_withdrawn:
            return say("Tanda terima ini sudah dibatalkan dan tidak berlaku.")
        return say("Tanda terima ini ada dan berlaku.")


def check(actor: Actor, code: str) -> Check | None:
    """Build the page of a receipt by its code as it was typed; `None` where there is none."""
    kept = queries.receipt(actor, read_code(code))
    if kept is None:
        return None
    one = kept.receipt
    may_print = actor.may(RECEIVE, region=one.region, dataset=one.dataset)
    return Check(
        kept.code,
        format_number(one.number),
        one.district_name,
        one.region_name,
        [f"{form.name}, {_period(form.period)}" for form in one.forms],
        format_moment(one.brought.handed_at),
        say(DOORS[one.brought.door]),
        say("dicatat {n} hari sesudahnya", n=format_number(one.days_back)) if one.days_back else "",
        one.brought.file_hash,
        kept.is_whole,
        kept.withdrawn is not None,
        one.dataset == EXAMPLES,
        reverse("receipt-file", args=[kept.code]) if may_print else "",
    )
