"""Impor rencana: a file handed in, what each row would become, what a person chooses, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import queries
from sidara.programmes.core import Edition, Level
from sidara.programmes.core.importing import Ask, Judged, Offer, Verdict
from sidara.programmes.queries import KeptFile, KeptImport, Owner
from sidara.programmes.services import Imported
from sidara.regions import queries as regions
from sidara.ui.language import format_moment, format_number, say

PER_PAGE = 40
LARGEST_MB = 20
COUNTS = (
    ("created", noop("baru")),
    ("updated", noop("diperbarui")),
    ("unchanged", noop("tetap")),
    ("conflicting", noop("berselisih")),
    ("rejected", noop("ditolak")),
)
VERDICTS = dict(COUNTS)
STYLES = {
    Verdict.REJECTED: "galat",
    Verdict.CONFLICTING: "galat",
    Verdict.CREATED: "baik",
    Verdict.UPDATED: "awas",
}
LEVELS = {
    Level.CENTRE: noop("daftar pemerintah pusat"),
    Level.PROVINCE: noop("pemerintah provinsi"),
    Level.REGENCY: noop("pemerintah kabupaten/kota"),
    Level.VILLAGE: noop("pemerintah desa"),
    Level.COMPANY: noop("perusahaan"),
}
UNITS = (
    ("rupiah", noop("Rupiah utuh")),
    ("ribu", noop("Ribuan rupiah")),
    ("juta", noop("Jutaan rupiah")),
    ("miliar", noop("Miliaran rupiah")),
)
PERCENTS = (
    ("shown", noop("Seperti tampil: 96% berarti 96")),
    ("stored", noop("Seperti tersimpan: 96% berarti 0,96")),
)
EARLIEST, LATEST = 2000, 2100
NO_KIND = "-"


@dataclass(frozen=True)
class OwnerChoice:
    """Somebody for whom a file is brought in, as the list offers him."""

    value: str
    words: str


@dataclass(frozen=True)
class Table:
    """A table that can be brought in, with its empty workbook."""

    key: str
    name: str
    owners: str
    href: str


@dataclass(frozen=True)
class Past:
    """An import that was kept, as a row of the history."""

    href: str
    file: str
    table: str
    whose: str
    said: str
    when: str
    who: str
    is_simulated: bool


@dataclass(frozen=True)
class ImportPage:
    """Where files of plans are handed in, empty tables downloaded, and past imports looked at."""

    owners: tuple[OwnerChoice, ...]
    is_free: bool
    levels: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    past: tuple[Past, ...]
    findings: Sequence[Finding]
    given: Mapping[str, str]
    most: str = str(LARGEST_MB)


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
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Preview:
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
    tables: tuple[tuple[str, str], ...]
    ask: Ask
    units: tuple[tuple[str, str], ...]
    percents: tuple[tuple[str, str], ...]
    asks_unit: bool
    asks_percent: bool
    asks_hand: bool
    is_simulated: bool


def words_of_owner(level: Level, name: str) -> str:
    """Name an owner: the area and which government of it."""
    return say("{area}: {level}", area=name, level=say(LEVELS[level]))


def front(
    actor: Actor, *, findings: Sequence[Finding] = (), given: Mapping[str, str] | None = None
) -> ImportPage:
    """Build the page on which a file is handed in."""
    owners = queries.import_owners(actor)
    return ImportPage(
        owners=tuple(OwnerChoice(_value(one), _owner(one)) for one in owners),
        is_free=not owners,
        levels=tuple((level.value, say(words)) for level, words in LEVELS.items()),
        tables=tuple(
            Table(
                one.key,
                one.name,
                ", ".join(say(LEVELS[level]) for level in one.owners),
                reverse("plan-table-empty", args=[one.key]),
            )
            for one in queries.plan_tables(actor).tables
        ),
        past=tuple(_past(actor, one) for one in queries.plan_imports(actor)),
        findings=findings,
        given=given or {},
    )


def _owner(one: Owner) -> str:
    words = words_of_owner(one.level, one.name)
    return f"{words} (SIMULASI)" if one.is_example else words


def _value(one: Owner) -> str:
    return "|".join((one.level.value, one.area, one.sector, "ya" if one.is_example else ""))


def _past(actor: Actor, one: KeptImport) -> Past:
    table = queries.plan_tables(actor).table(one.table)
    counts = ", ".join(
        f"{format_number(one.counts[key])} {say(words)}" for key, words in COUNTS if one.counts[key]
    )
    return Past(
        reverse("plan-import-kept", args=[one.uid]),
        one.file,
        table.name if table else one.table,
        whose(actor, one.asked),
        counts,
        format_moment(one.made_at),
        one.actor_name,
        one.is_simulated,
    )


def whose(actor: Actor, asked: Mapping[str, Any]) -> str:
    """Say whose plan it is: agency, area, level, year."""
    region = regions.resolve(actor, asked["area"])
    area = region.full_name if region is not None else asked["area"]
    owner = words_of_owner(Level(asked["level"]), area)
    named = f"{asked['agency']}, {owner}" if asked.get("agency") else owner
    return f"{named}, {asked['year']}"


def ask_from(posted: QueryDict) -> Ask | Finding:
    """Read what was asked from the form; a finding where a field cannot be read."""
    level, area, sector, example = (posted.get("pemilik", "").split("|") + [""] * 4)[:4]
    if level not in set(Level) or not area:
        level, area = posted.get("tingkat", ""), posted.get("wilayah", "").strip()[:20]
    years = [posted.get(name, "").strip() for name in ("tahun", "tahun_akhir")]
    first, last = (int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0 for text in years)
    if level not in set(Level) or not area:
        return Finding("PLAN_AREA_UNKNOWN", say("Pemilik rencana belum dipilih."), say("Pilih pemiliknya."))
    if not EARLIEST <= first <= LATEST or (years[1] and not first <= last <= LATEST):
        return Finding(
            "PLAN_YEAR_UNREADABLE", say("Tahun rencana tidak dapat dibaca."), say("Tulis tahun seperti 2027.")
        )
    edition = posted.get("naskah", "")
    return Ask(
        level=Level(level),
        area=area,
        year=first,
        year_to=last,
        sector=sector[:12],
        table=posted.get("tabel", "")[:24],
        agency=" ".join(posted.get("perangkat", "").split())[:200],
        edition=Edition(edition) if edition in set(Edition) else Edition.ORIGINAL,
        document=" ".join(posted.get("dokumen", "").split())[:200],
        is_simulated=example == "ya" or posted.get("simulasi") == "ya",
    )


def changes_from(posted: QueryDict, held: Ask) -> dict[str, Any]:
    """Read what was chosen on the preview: how the file is read, kinds and villages."""
    found: dict[str, Any] = {
        "unit": posted.get("satuan", "")[:12],
        "percent": posted.get("persen", "")[:12],
        "table": posted.get("tabel", "")[:24],
        "over_hand": posted.get("timpa") == "ya",
        "all_or_nothing": posted.get("semua") == "ya",
        "kinds": dict(held.kinds),
        "villages": dict(held.villages),
    }
    picked = zip(posted.getlist("apa"), posted.getlist("kunci"), posted.getlist("pilihan"), strict=False)
    for what, key, choice in picked:
        if choice:
            into = found["kinds"] if what == "kind" else found["villages"]
            into[key[:300]] = "" if choice == NO_KIND else choice[:24]
    return found


def preview(actor: Actor, kept: KeptFile, done: Imported, *, page: str = "") -> Preview:
    """Build the page of a file that was tried; rows with something to say stand first."""
    rows = sorted(done.rows, key=lambda one: (-_weight(one), one.row.draft.sheet, one.row.draft.line))
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(number, 1), pages)
    first = (number - 1) * PER_PAGE
    shown = rows[first : first + PER_PAGE]
    codes = {one.code for one in done.findings}
    address = reverse("plan-import-file", args=[kept.id])
    ask = kept.ask
    heading = (
        say("Berkas ini tidak dapat dipakai")
        if done.is_refused
        else say("Uji coba: {table}", table=done.table.name if done.table else "")
    )
    return Preview(
        address=address,
        name=kept.name,
        whose=whose(actor, ask.told()),
        heading=heading,
        finding=_finding(done),
        is_refused=done.is_refused,
        can_store=not done.is_refused and any(done.counts[key] for key in ("created", "updated")),
        counts=tuple((say(words), format_number(done.counts[key])) for key, words in COUNTS)
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
        tables=tuple((one.key, one.name) for one in queries.plan_tables(actor).tables),
        ask=ask,
        units=tuple((key, say(words)) for key, words in UNITS),
        percents=tuple((key, say(words)) for key, words in PERCENTS),
        asks_unit="PLAN_UNIT_UNSURE" in codes or bool(ask.unit),
        asks_percent="PLAN_PERCENT_UNSURE" in codes or bool(ask.percent),
        asks_hand="PLAN_CHANGED_HERE" in codes or ask.over_hand,
        is_simulated=ask.is_simulated,
    )


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
    words = " ".join(part for part in (draft.written.get("code", ""), draft.written.get("name", "")) if part)
    findings = tuple(finding for finding in one.findings if finding.severity != "info")
    where = say("{sheet}, baris {line}", sheet=draft.sheet, line=draft.line)
    return RowShown(
        where, words or "–", say(VERDICTS[one.verdict.value]), STYLES.get(one.verdict, ""), findings
    )


def _choice(one: Offer) -> Choice:
    """Lay a choice out; what was chosen stands among the options, also where it was not offered."""
    options = one.candidates
    if one.chosen and one.chosen not in dict(options):
        options = (*options, (one.chosen, ""))
    chosen = one.chosen or (NO_KIND if one.chosen is not None else "")
    return Choice(one.what, one.key, one.words, options, chosen)


@dataclass(frozen=True)
class KeptPage:
    """An import that was kept: its account, rows that were not taken, what was skipped."""

    name: str
    table: str
    whose: str
    said: str
    counts: tuple[tuple[str, str], ...]
    sent: str
    rows: tuple[tuple[str, str, str], ...]
    skipped: tuple[tuple[str, str, str], ...]
    findings: tuple[Mapping[str, Any], ...]
    left: str
    sheet: str
    is_simulated: bool


def kept(actor: Actor, one: KeptImport) -> KeptPage:
    """Build the page of an import."""
    table = queries.plan_tables(actor).table(one.table)
    account = one.account
    return KeptPage(
        name=one.file,
        table=table.name if table else one.table,
        whose=whose(actor, one.asked),
        said=say("Diimpor {when} oleh {who}.", when=format_moment(one.made_at), who=one.actor_name),
        counts=tuple((say(words), format_number(one.counts[key])) for key, words in COUNTS),
        sent=format_number(one.counts["sent"]),
        rows=_by_verdict(account.get("rows", ())),
        skipped=tuple(
            (row["sheet"], format_number(row["line"]), row["words"])
            for row in account.get("skipped", ())[:PER_PAGE]
        ),
        findings=tuple(row for row in account.get("findings", ()) if row["severity"] != "info")[
            : 2 * PER_PAGE
        ],
        left=format_number(account["findings_left"]) if account.get("findings_left") else "",
        sheet=reverse("plan-sheet", args=[one.plan]) if one.plan else "",
        is_simulated=one.is_simulated,
    )


def _by_verdict(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    """Give lines by sheet and verdict: `12, 14, 15`, at most as many as a page shows."""
    lines: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        lines.setdefault((row["sheet"], row["verdict"]), []).append(row["line"])
    counts = Counter({key: len(found) for key, found in lines.items()})
    return tuple(
        (
            sheet,
            say(VERDICTS[verdict]),
            ", ".join(map(str, found[:PER_PAGE])) + (" …" if counts[sheet, verdict] > PER_PAGE else ""),
        )
        for (sheet, verdict), found in lines.items()
    )
