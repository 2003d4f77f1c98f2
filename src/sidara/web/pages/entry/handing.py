"""Kirim berkas Excel: forms to take along as files, and what became of a file that was handed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.collection.core import EXAMPLES
from sidara.collection.core.bringing import filler_missing
from sidara.collection.core.handed import KEPT_FOR, LARGEST, Handed, cell_named
from sidara.collection.core.rights import FILL, READ
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.language import format_moment, format_number, say
from sidara.ui.periods import format_period
from sidara.verification.queries import RECEIVE
from sidara.web.pages.entry.tasks import files_of
from sidara.web.pages.places import Link

PER_PAGE = 50
MOST_PLACES = 60
EXAMPLE = "contoh"
"""In an address: the example villages of a kecamatan, in the place of the real ones."""
VERDICTS = (
    ("created", noop("baru")),
    ("updated", noop("diperbarui")),
    ("unchanged", noop("tetap")),
    ("conflicting", noop("berselisih")),
    ("rejected", noop("ditolak")),
)
SEVERITIES = {"error": noop("Salah"), "warning": noop("Periksa"), "info": noop("Catatan")}
STYLES = {"error": "galat", "warning": "awas"}


@dataclass(frozen=True)
class Form:
    """A form that is open: its files for the chosen place."""

    name: str
    period: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FilesPage:
    """Where files are downloaded and handed in; `places` are those among which a reader may choose.

    `running` are the forms of periods that run, which cannot be sent yet. `other` leads from the real
    villages of a kecamatan to its example villages, and back (`of_examples`).
    """

    place: Region | None
    places: tuple[Link, ...]
    forms: tuple[Form, ...]
    running: tuple[Form, ...]
    findings: Sequence[Finding]
    filler: str
    needs_filler: bool
    of_examples: bool = False
    other: Link | None = None

    @property
    def lacks_filler(self) -> bool:
        """Whether nothing is wrong but that nobody said who filled it in."""
        return any(one.code == filler_missing().code for one in self.findings)

    @property
    def most(self) -> str:
        """The largest file, in MB."""
        return format_number(LARGEST // 1_000_000)


@dataclass(frozen=True)
class Fault:
    """A finding of a file as a row of the table."""

    severity: str
    style: str
    where: str
    cell: str
    value: str
    message: str
    remedy: str


@dataclass(frozen=True)
class FilePage:
    """A file that was tried or stored: counts, a page of its findings, what may be done with it."""

    id: UUID
    name: str
    filler: str
    is_paper: bool
    heading: str
    finding: str
    counts: tuple[tuple[str, str], ...]
    sent: str
    faults: tuple[Fault, ...]
    total: int
    first: int
    last: int
    left: int
    before: str
    after: str
    is_stored: bool
    can_store: bool
    has_marks: bool
    until: str
    is_example: bool
    receipt: str = ""

    @property
    def address(self) -> str:
        """The address of the file."""
        return reverse("handed", args=[self.id])


def is_of_examples(asked: Mapping[str, Any]) -> bool:
    """Whether the example villages of a kecamatan are asked for."""
    return asked.get(EXAMPLE) == "ya"


def files(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    today: date,
    code: str = "",
    findings: Sequence[Finding] = (),
    filler: str = "",
    of_examples: bool = False,
) -> FilesPage:
    """Build the page of downloads and of handing in; `code` chooses a village or kecamatan.

    `of_examples`: of a kecamatan the files are of its example villages.
    """
    own = places(actor)
    place = next((one for one in own if one.code == code), own[0] if own and not code else None)
    links = tuple(Link(one.full_name, f"{reverse('files')}?wilayah={one.code}") for one in own)
    forms: tuple[Form, ...] = ()
    running: tuple[Form, ...] = ()
    other = _other(actor, place, of_examples=of_examples) if place else None
    of_examples = of_examples and other is not None
    if place:
        more = f"?{EXAMPLE}=ya" if of_examples else ""
        forms = _forms(actor, place, dictionary.openings_between(actor, today, today, place.id), more)
        running = _forms(actor, place, dictionary.openings_ahead(actor, today, place.id), more)
    needs_filler = not actor.may_somewhere(FILL)
    return FilesPage(
        place,
        links if len(links) > 1 else (),
        forms,
        running,
        findings,
        filler,
        needs_filler,
        of_examples,
        other,
    )


def _other(actor: Actor, place: Region, *, of_examples: bool) -> Link | None:
    """Lead to the other villages of a kecamatan, where it has example villages that the actor may read."""
    may_read = actor.may(READ, region=place.code, dataset=EXAMPLES)
    if place.level is Level.VILLAGE or not may_read or not regions.villages(actor, place.code, examples=True):
        return None
    here = f"{reverse('files')}?wilayah={place.code}"
    if of_examples:
        return Link(say("Formulir desa yang sebenarnya"), here)
    return Link(say("Formulir desa contoh (SIMULASI)"), f"{here}&{EXAMPLE}=ya")


def places(actor: Actor) -> list[Region]:
    """Give the villages and kecamatan of the actor's grants, kecamatan first."""
    codes = sorted({code for area in actor.areas(READ) for code in area.under})[:MOST_PLACES]
    found = regions.named(actor, codes)
    own = [found[code] for code in codes if code in found and found[code].level >= Level.DISTRICT]
    return sorted(own, key=lambda one: (one.level, one.code))


def _forms(actor: Actor, place: Region, openings: Iterable[Opening], more: str) -> tuple[Form, ...]:
    made = dictionary.dictionary(actor)
    return tuple(
        Form(
            made.forms[one.form].topic,
            format_period(one.period),
            tuple(
                (name, address + more)
                for name, address in files_of(
                    SubmissionKey(one.form, place.code, str(one.period)),
                    is_village=place.level is Level.VILLAGE,
                )
            ),
        )
        for one in sorted(openings, key=lambda one: (one.due_date, one.form))
    )


def file(actor: Actor, one: Handed, *, page: str = "") -> FilePage:
    """Build the page of a file that was handed in; findings of a file of several villages name each one."""
    answer = one.answer or one.trial
    found = answer["findings"]
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(int(page), pages) if page.isascii() and page.isdigit() and int(page[:6]) >= 1 else 1
    first = (number - 1) * PER_PAGE
    here = reverse("handed", args=[one.id])
    codes = {each["region"] for each in found if each["region"]}
    names = {code: place.full_name for code, place in regions.named(actor, codes).items()}
    return FilePage(
        one.id,
        one.name,
        one.filler,
        one.is_paper,
        say("Hasil berkas") if one.answer else say("Uji coba berkas"),
        _finding(one, answer),
        tuple((say(words), format_number(answer[name])) for name, words in VERDICTS),
        format_number(answer["sent"]),
        tuple(_fault(each, names) for each in found[first : first + PER_PAGE]),
        len(found),
        first + 1,
        min(first + PER_PAGE, len(found)),
        answer["findings_left"],
        f"{here}?halaman={number - 1}#temuan" if number > 1 else "",
        f"{here}?halaman={number + 1}#temuan" if number < pages else "",
        one.answer is not None,
        one.answer is None and one.has_content and _would_store(one, answer),
        one.has_content and one.format == "xlsx" and bool(found),
        format_moment(one.made_at + KEPT_FOR),
        bool(answer.get("simulated")),
        f"{reverse('receipts')}?uji={one.id}" if one.has_content and actor.may_somewhere(RECEIVE) else "",
    )


def _would_store(one: Handed, answer: Mapping[str, Any]) -> bool:
    is_faulty = bool(answer["rejected"] or answer["conflicting"])
    return bool(answer["submissions"]) and not (one.all_or_nothing and is_faulty)


def _finding(one: Handed, answer: Mapping[str, Any]) -> str:
    """Say in one sentence what became, or would become, of the file."""
    new, faulty = answer["created"] + answer["updated"], answer["rejected"] + answer["conflicting"]
    figures = {"n": format_number(new), "bad": format_number(faulty)}
    if one.answer is not None:
        if not answer["stored"]:
            return say("Tidak ada yang disimpan.")
        return say("{n} isian tersimpan, {bad} tidak.", **figures)
    if one.all_or_nothing and faulty:
        return say("{bad} isian tidak dapat disimpan, jadi tidak satu pun akan disimpan.", **figures)
    if not new and not faulty:
        return say("Semua isian sama dengan yang tersimpan; tidak ada yang perlu disimpan.")
    return say("Belum ada yang disimpan. {n} isian dapat disimpan, {bad} tidak.", **figures)


def _fault(one: Mapping[str, Any], names: Mapping[str, str]) -> Fault:
    sheet, line, column = one["sheet"] or "", one["line"], one["column"] or ""
    cell = cell_named(column, line) if sheet else ""
    if not cell and line:
        cell = say("baris {n}", n=str(line))
    severity = one["severity"]
    return Fault(
        say(SEVERITIES.get(severity, SEVERITIES["info"])),
        STYLES.get(severity, "diam"),
        ", ".join(part for part in (names.get(one["region"], one["region"]), sheet) if part),
        cell,
        (one["value"] or "")[:80],
        one["message"],
        one["remedy"],
    )
