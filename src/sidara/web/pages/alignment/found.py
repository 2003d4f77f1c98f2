"""Findings on the page: a line for each check, the rows of the one that is open, what is not evaluated."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Severity
from sidara.programmes.core.alignment import CheckCode, Rules
from sidara.programmes.core.words import State
from sidara.programmes.queries.alignment import FindingRow
from sidara.regions import queries as regions
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.alignment import words
from sidara.web.pages.alignment.asked import Asked
from sidara.web.pages.alignment.money import rupiah

LISTED, SHOWN, NAMED = 50, 8, 3
DOUBLED = CheckCode.OVERLAPS
ORDER = tuple(Severity)
SILENT = "belum-dinilai"
"""Where the page says what could not be judged."""


@dataclass(frozen=True)
class Line:
    """A check with what it found: open first; the gravest of its findings gives look and words."""

    code: str
    short: str
    name: str
    href: str
    count: str
    villages: str
    money: str
    look: str
    weight: str
    states: str
    is_chosen: bool


@dataclass(frozen=True)
class Silent:
    """What is not evaluated: which check, why, how many villages, what to do."""

    short: str
    name: str
    reason: str
    villages: int
    remedy: str


@dataclass(frozen=True)
class Found:
    """All of it; `rows` are those of the chosen check, `None` where nothing was found."""

    lines: Sequence[Line]
    total: Line | None
    summary: Figure
    rows: Figure | None
    silent: Sequence[Silent]
    whole: Figure


def is_told(one: FindingRow) -> bool:
    """Whether a finding asks something of people: it was judged, and is more than a notice."""
    return one.severity in {Severity.ERROR, Severity.WARNING}


def money(rows: Sequence[FindingRow]) -> int:
    """Add up the money of findings; an activity that is doubled several times counts once."""
    doubled = {row.id: row.amount_idr or 0 for one in rows if one.code == DOUBLED for row in one.rows}
    return sum(doubled.values()) + sum(one.amount_idr or 0 for one in rows if one.code != DOUBLED)


def reached(rows: Sequence[FindingRow]) -> set[str]:
    """Give the villages that findings show in."""
    return {code for one in rows for code in one.villages}


def build(
    actor: Actor, asked: Asked, rules: Rules, found: Sequence[FindingRow], sources: Sequence[Source]
) -> Found:
    """Lay out findings of all states: open ones are counted, explained and solved ones told beside them."""
    judged = [one for one in found if one.severity is not Severity.NOT_EVALUATED]
    chosen = _chosen(asked, judged)
    silent = _silent(rules, found)
    quiet = {one.short for one in silent}
    lines = [
        _line(asked, code, rules.checks[code].name, own, chosen)
        if (own := [one for one in judged if one.code == code])
        else _quiet(code, rules.checks[code].name)
        for code in rules.checks
        if any(one.code == code for one in judged) or words.short(code) in quiet
    ]
    own = [one for one in judged if one.code == chosen]
    return Found(
        lines,
        _line(asked, "", say("Semua temuan"), judged, "-") if judged else None,
        _summary(rules, judged, sources),
        _rows(actor, rules, chosen, own, sources) if own else None,
        silent,
        _whole(actor, rules, found, sources),
    )


def _chosen(asked: Asked, judged: Sequence[FindingRow]) -> str:
    """Give the check whose rows stand open: the one that is asked for, else the one with most money."""
    codes = {one.code for one in judged}
    if asked.uji in codes:
        return asked.uji
    counted = [one for one in judged if one.state is State.OPEN and is_told(one)] or judged
    weights = Counter(dict.fromkeys(codes, 0))
    for one in counted:
        weights[one.code] += (one.amount_idr or 0) + 1
    return max(weights, key=lambda code: (weights[code], code), default="")


def _line(asked: Asked, code: str, name: str, rows: Sequence[FindingRow], chosen: str) -> Line:
    opened = [one for one in rows if one.state is State.OPEN and is_told(one)]
    states = Counter(one.state for one in rows)
    notices = states[State.OPEN] - len(opened)
    worst = min((one.severity for one in opened or rows), key=ORDER.index)
    look, weight = words.SEVERITIES[worst]
    others = [
        f"{format_number(states[one])} {words.state(one).lower()}"
        for one in (State.EXPLAINED, State.SOLVED)
        if states[one]
    ]
    if notices:
        others.append(say("{n} catatan", n=format_number(notices)))
    return Line(
        code,
        words.short(code),
        name,
        asked.href(uji=code) + "#temuan" if code else "",
        format_number(len(opened)),
        format_number(len(reached(opened))),
        rupiah(money(opened)) if any(one.amount_idr is not None for one in opened) else format_number(None),
        look,
        say(weight),
        ", ".join(others),
        code == chosen,
    )


def _quiet(code: str, name: str) -> Line:
    """Give the line of a check of which nothing could be judged."""
    look, weight = words.SEVERITIES[Severity.NOT_EVALUATED]
    none = format_number(None)
    href = f"#{SILENT}"
    return Line(
        code,
        words.short(code),
        name,
        href,
        count=none,
        villages=none,
        money=none,
        look=look,
        weight=say(weight),
        states="",
        is_chosen=False,
    )


def _summary(rules: Rules, judged: Sequence[FindingRow], sources: Sequence[Source]) -> Figure:
    columns = (
        Column("uji", say("Uji")),
        Column("nama", say("Nama uji")),
        *(Column(one.value, words.state(one), is_number=True) for one in State),
        Column("desa", say("Desa", context="banyak"), is_number=True),
        Column("uang_rp", say("Uang (Rp)"), is_number=True),
    )
    rows = []
    for code, about in rules.checks.items():
        own = [one for one in judged if one.code == code]
        states = Counter(one.state for one in own)
        opened = [one for one in own if one.state is State.OPEN]
        rows.append(
            (
                text_cell(code),
                text_cell(about.name, language="id"),
                *(number_cell(states[one]) for one in State),
                number_cell(len(reached(opened))),
                number_cell(money(opened)),
            )
        )
    return Figure("uji", say("Temuan menurut uji"), "", Table(columns, tuple(rows)), sources)


def _rows(
    actor: Actor, rules: Rules, code: str, own: Sequence[FindingRow], sources: Sequence[Source]
) -> Figure:
    """Give the findings of one check: where, what, whose, how much, since when, how they stand."""
    ordered = sorted(own, key=lambda one: (list(State).index(one.state), -(one.amount_idr or 0), one.message))
    shown = ordered[:LISTED]
    names = _names(actor, shown)
    columns = (
        Column("desa", say("Desa")),
        Column("temuan", say("Yang ditemukan")),
        Column("pemilik", say("Pemilik")),
        Column("uang", say("Uang"), is_number=True),
        Column("sejak", say("Pertama terlihat")),
        Column("keadaan", say("Keadaan")),
    )
    rows = tuple(
        (
            Cell(one.value, where(one, names), href=href(one), language="id"),
            Cell(one.message, about(one), language="id"),
            Cell(one.owner, _owners(one), language="id"),
            Cell(one.amount_idr, rupiah(one.amount_idr)),
            text_cell(format_date(local_date(one.first_seen_at))),
            text_cell(words.state(one.state)),
        )
        for one in shown
    )
    title = say("{short}: {n} temuan", short=words.short(code), n=format_number(len(own)))
    said = say(
        "{name}. Buka satu untuk melihat baris, saran, dan menjelaskannya.",
        name=rules.checks[own[0].code].name,
    )
    left = len(own) - len(shown)
    notes = (say("{n} temuan lain ada dalam berkas.", n=format_number(left)),) if left else ()
    return Figure("temuan", title, said, Table(columns, rows), sources, notes=notes, first=SHOWN)


def _names(actor: Actor, rows: Sequence[FindingRow]) -> Mapping[str, str]:
    codes = {code for one in rows for code in (*one.villages[:NAMED], one.area) if code}
    return {code: place.full_name for code, place in regions.named(actor, sorted(codes)).items()}


def where(one: FindingRow, names: Mapping[str, str]) -> str:
    """Say where a finding shows: its first villages, else the area of its owner."""
    told = [names.get(code, code) for code in one.villages[:NAMED]]
    if not told:
        return names.get(one.area, "") or one.owner or say("Semua")
    left = len(one.villages) - len(told)
    return ", ".join(told) + (say(" dan {n} desa lain", n=format_number(left)) if left else "")


def about(one: FindingRow) -> str:
    """Say what is found in short: the activity or line behind it, else the message."""
    named = [row for row in one.rows if row.table in {"activities", "plan_lines", "proposals"}]
    if named and one.code != DOUBLED:
        return f"{named[0].name} ({one.value})" if one.value and len(one.value) < LISTED else named[0].name
    return " / ".join(dict.fromkeys(row.name for row in named)) if named else one.message


def _owners(one: FindingRow) -> str:
    owners = list(dict.fromkeys(row.owner for row in one.rows if row.owner))
    return ", ".join(owners) or one.owner


def href(one: FindingRow) -> str:
    """Give the address of one finding."""
    return reverse("alignment-finding", args=[one.uid])


def _silent(rules: Rules, found: Sequence[FindingRow]) -> tuple[Silent, ...]:
    return tuple(
        Silent(words.short(one.code), rules.checks[one.code].name, one.message, len(one.villages), one.remedy)
        for one in found
        if one.severity is Severity.NOT_EVALUATED and one.state is not State.SOLVED
    )


def _whole(actor: Actor, rules: Rules, found: Sequence[FindingRow], sources: Sequence[Source]) -> Figure:
    """Give every finding with everything, for files."""
    columns = (
        *(Column(key, key) for key in ("uji", "nama_uji", "bobot", "keadaan")),
        Column("desa", "desa"),
        Column("kode_desa", "kode_desa"),
        *(Column(key, key) for key in ("baris", "pemilik", "nilai")),
        Column("uang_rp", "uang_rp", is_number=True),
        *(Column(key, key) for key in ("pesan", "saran", "pertama_terlihat", "selesai", "alasan", "oleh")),
    )
    names = _names(actor, found)
    rows = tuple(
        (
            text_cell(one.code),
            text_cell(rules.checks[one.code].name),
            text_cell(words.severity(one.severity)),
            text_cell(words.state(one.state)),
            text_cell(where(one, names)),
            text_cell(" ".join(one.villages)),
            text_cell("; ".join(f"{row.document} {row.name}".strip() for row in one.rows)),
            text_cell(_owners(one)),
            text_cell(one.value),
            number_cell(one.amount_idr),
            text_cell(one.message),
            text_cell(one.remedy),
            text_cell(local_date(one.first_seen_at).isoformat()),
            text_cell(local_date(one.solved_at).isoformat() if one.solved_at else ""),
            text_cell(one.reason),
            text_cell(one.explained_by),
        )
        for one in found
    )
    return Figure("temuan", say("Temuan sinkronisasi"), "", Table(columns, rows), sources)
