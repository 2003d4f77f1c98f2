"""A file that was tried: what each row would become, and what a person chooses."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import queries
from sidara.programmes.core.importing import Ask, Judged, Offer, Verdict
from sidara.programmes.queries import KeptFile
from sidara.programmes.services import Imported
from sidara.ui.language import format_number, say
from sidara.web.pages.parts import Option
from sidara.web.pages.programmes.importing import words

STYLES = {
    Verdict.REJECTED: "galat",
    Verdict.CONFLICTING: "galat",
    Verdict.CREATED: "baik",
    Verdict.UPDATED: "awas",
}
UNITS = {
    "rupiah": noop("Rupiah utuh"),
    "ribu": noop("Ribuan rupiah"),
    "juta": noop("Jutaan rupiah"),
    "miliar": noop("Miliaran rupiah"),
}
PERCENTS = {
    "shown": noop("Seperti tampil: 96% berarti 96"),
    "stored": noop("Seperti tersimpan: 96% berarti 0,96"),
}


@dataclass(frozen=True)
class RowShown:
    """A data row with its verdict and what is to be said of it."""

    where: str
    words: str
    verdict: str
    style: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Choice:
    """Something to be chosen: what it is, under which key, among which codes."""

    what: str
    key: str
    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Page:
    """A file that was tried: account, rows, choices, questions; what may be done with it."""

    address: str
    name: str
    whose: str
    heading: str
    finding: str
    is_refused: bool
    can_store: bool
    counts: tuple[tuple[str, str], ...]
    sent: str
    skipped: str
    rows: tuple[RowShown, ...]
    first: int
    last: int
    total: int
    before: str
    after: str
    told: tuple[Finding, ...]
    choices: tuple[Choice, ...]
    tables: tuple[Option, ...]
    ask: Ask
    units: tuple[Option, ...]
    percents: tuple[Option, ...]
    asks_unit: bool
    asks_percent: bool
    asks_hand: bool
    is_simulated: bool


def build(actor: Actor, kept: KeptFile, done: Imported, *, page: str = "") -> Page:
    """Build the page of a file that was tried; rows with something to say stand first."""
    rows = sorted(done.rows, key=lambda one: (-_weight(one), one.row.draft.sheet, one.row.draft.line))
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    pages = max(1, -(-len(rows) // words.PER_PAGE))
    number = min(max(number, 1), pages)
    first = (number - 1) * words.PER_PAGE
    shown = rows[first : first + words.PER_PAGE]
    codes = {one.code for one in done.findings}
    address = reverse("plan-import-file", args=[kept.id])
    ask = kept.ask
    heading = (
        say("Berkas ini tidak dapat dipakai")
        if done.is_refused
        else say("Uji coba: {table}", table=done.table.name if done.table else "")
    )
    return Page(
        address=address,
        name=kept.name,
        whose=words.whose(actor, ask.told()),
        heading=heading,
        finding=_finding(done),
        is_refused=done.is_refused,
        can_store=not done.is_refused and any(done.counts[key] for key in ("created", "updated")),
        counts=tuple((say(word), format_number(done.counts[key])) for key, word in words.COUNTS)
        if done.counts
        else (),
        sent=format_number(done.counts.get("sent", 0)),
        skipped=format_number(len(done.file.skipped)),
        rows=tuple(_row(one) for one in shown),
        first=first + 1 if shown else 0,
        last=first + len(shown),
        total=len(rows),
        before=f"{address}?halaman={number - 1}" if number > 1 else "",
        after=f"{address}?halaman={number + 1}" if number < pages else "",
        told=tuple(done.findings if done.is_refused else done.file.findings),
        choices=tuple(_choice(one) for one in done.offers),
        tables=tuple(
            Option(one.key, one.name, one.key == ask.table, is_cited=True)
            for one in queries.plan_tables(actor).tables
        ),
        ask=ask,
        units=_options(UNITS, ask.unit),
        percents=_options(PERCENTS, ask.percent),
        asks_unit="PLAN_UNIT_UNSURE" in codes or bool(ask.unit),
        asks_percent="PLAN_PERCENT_UNSURE" in codes or bool(ask.percent),
        asks_hand="PLAN_CHANGED_HERE" in codes or ask.over_hand,
        is_simulated=ask.is_simulated,
    )


def _options(words_of: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(key, say(word), key == chosen) for key, word in words_of.items())


def _weight(one: Judged) -> int:
    gravest = {"error": 3, "warning": 2, "info": 1}
    return max((gravest.get(finding.severity, 0) for finding in one.findings), default=0)


def _finding(done: Imported) -> str:
    if done.is_refused:
        return say("Tidak ada yang disimpan. Jawab pertanyaan di bawah, atau perbaiki berkasnya.")
    if not done.counts["conflicting"] and not done.counts["rejected"]:
        return say("Semua baris dapat disimpan. Belum ada yang disimpan.")
    return say(
        "{n} baris tidak dapat disimpan. Belum ada yang disimpan.",
        n=format_number(done.counts["conflicting"] + done.counts["rejected"]),
    )


def _row(one: Judged) -> RowShown:
    draft = one.row.draft
    named = " ".join(part for part in (draft.written.get("code", ""), draft.written.get("name", "")) if part)
    findings = tuple(finding for finding in one.findings if finding.severity != "info")
    where = say("{sheet}, baris {line}", sheet=draft.sheet, line=draft.line)
    verdict = say(words.VERDICTS[one.verdict.value])
    return RowShown(where, named or "–", verdict, STYLES.get(one.verdict, ""), findings)


def _choice(one: Offer) -> Choice:
    """Lay a choice out; what was chosen stands among the options, also where it was not offered."""
    offered = dict(one.candidates)
    if one.chosen:
        offered.setdefault(one.chosen, "")
    options = [Option(code, f"{code} {name}".strip(), code == one.chosen) for code, name in offered.items()]
    none = Option(words.NO_KIND, say("Tidak satu pun"), one.chosen == "")
    return Choice(one.what, one.key, one.words, (*options, none))
