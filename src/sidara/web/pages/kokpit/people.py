"""Who is stuck, where and why: reasons as a picture, hands by name for who answers for them, reminders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.dictionary import queries as dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.number import format_date as in_indonesian
from sidara.progress import queries
from sidara.progress.core import Missing, Reason, Stuck, reminder
from sidara.progress.queries import READ_VILLAGES, Row, Scope
from sidara.regions import queries as regions
from sidara.ui.charts import Bar, ranking_bars
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.ui.periods import format_code
from sidara.verification.core import Level, Step

NAMED, REMINDED, LISTED = 10, 5, 50
"""How many hands a page names, for how many it writes a reminder, how many submissions it lists."""
WORDS = (
    noop("Tidak ada operator, atau akunnya tidak aktif"),
    noop("Tidak ada sinyal, berkas dibawa ke kecamatan"),
    noop("Formulir belum dipahami, banyak kesalahan"),
    noop("Dikembalikan, belum dibetulkan"),
    noop("Sudah dimulai, belum selesai"),
    noop("Belum dimulai, tanpa alasan tercatat"),
    noop("Menunggu pemeriksa, lebih lama dari batas"),
)
"""The reasons, as `progress.core.Reason` words them."""


@dataclass(frozen=True)
class Reminder:
    """A text to copy, and for whom."""

    label: str
    text: str


@dataclass(frozen=True)
class Held:
    """Who is stuck: the reasons, the hands by name (`None`: not for this reader), texts to copy."""

    reasons: Figure | None
    named: Figure | None
    reminders: Sequence[Reminder]


def build(
    actor: Actor, scope: Scope, *, today: date, sources: Sequence[Source], all_named: bool = False
) -> Held:
    """Tell who is stuck in a scope; `all_named` names all of them (in files), else the longest ones."""
    reasons = queries.reasons(actor, scope, today=today)
    picture = _reasons(reasons, sources) if reasons else None
    if not actor.may_somewhere(READ_VILLAGES):
        return Held(picture, None, ())
    found = queries.stuck(actor, scope, today=today)
    named = _named(actor, found, sources, first=None if all_named else NAMED)
    reminders = () if all_named else _reminders(actor, scope, found[:REMINDED], today)
    return Held(picture, named if found else None, reminders)


def _reasons(counts: Mapping[Reason, int], sources: Sequence[Source]) -> Figure:
    first, *rest = counts
    several = say(
        "{reason}: {n} desa, paling banyak", reason=say(first.words), n=format_number(counts[first])
    )
    title = (
        several
        if rest
        else say("{reason}: {n} desa", reason=say(first.words), n=format_number(counts[first]))
    )
    bars = [
        Bar(say(one.words).partition(",")[0], Decimal(count), format_number(count), is_low=one is first)
        for one, count in counts.items()
    ]
    table = Table(
        (Column("alasan", say("Alasan")), Column("desa", say("Desa", context="banyak"), is_number=True)),
        tuple((text_cell(say(one.words)), number_cell(count)) for one, count in counts.items()),
    )
    said = say("Desa dan kelurahan yang tertahan, menurut yang paling lama; setiap desa satu kali")
    return Figure("alasan", title, said, table, sources, drawing=ranking_bars(bars, label=title))


def hand(step: Step | None) -> str:
    """Say in whose hands something lies."""
    return say("Desa") if step is None else begun(say(step.words))


def begun(words: str) -> str:
    """Begin words with a capital, as cells of one column do; names of offices keep theirs."""
    return words[:1].upper() + words[1:]


def _named(actor: Actor, found: Sequence[Stuck], sources: Sequence[Source], *, first: int | None) -> Figure:
    shown = found if first is None else found[:first]
    places = regions.regions(actor, {one.region_id for one in shown})
    above = regions.regions(actor, {one.parent_id for one in places.values() if one.parent_id})
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        Column("kecamatan", say("Kecamatan"), is_file_only=True),
        Column("ada_di", say("Ada di")),
        Column("formulir", say("Formulir"), is_number=True),
        Column("hari", say("Hari"), is_number=True),
        Column("alasan", say("Alasan")),
    )
    rows = []
    for one in shown:
        place = places[one.region_id]
        parent = above.get(place.parent_id or 0)
        rows.append(
            (
                text_cell(place.code),
                Cell(
                    place.name,
                    f"{place.name}, {parent.name}" if parent else place.name,
                    f"{reverse('kokpit')}?wilayah={place.code}",
                ),
                text_cell(parent.name if parent else None),
                text_cell(hand(one.step)),
                number_cell(one.forms),
                number_cell(one.days),
                text_cell(say(one.reason.words)),
            )
        )
    said = say("Terlama lebih dulu, {shown} dari {all}", shown=len(rows), all=format_number(len(found)))
    title = say("Siapa tertahan, di mana, mengapa")
    return Figure("tertahan", title, said, Table(columns, tuple(rows)), sources)


def _reminders(actor: Actor, scope: Scope, found: Sequence[Stuck], today: date) -> list[Reminder]:
    """Write the texts; Indonesian in every language, for they go to people there."""
    texts, forms = queries.content(actor).reminders, dictionary.dictionary(actor).forms
    places = regions.regions(actor, {one.region_id for one in found})
    made = []
    for one in found:
        place = places[one.region_id]
        who = one.step.words if one.step else "operator"
        missing = [
            Missing(
                f"{forms[row.form].topic if row.form in forms else row.form} {_in_indonesian(row.period)}",
                in_indonesian(date.fromordinal(row.due_day)),
                max(row.open, 0),
                row.returned_now,
                in_indonesian(date.fromordinal(row.sent_day)) if one.step and row.sent_day else "",
                bool(row.revision),
            )
            for row in queries.owing(actor, scope, one, today=today)
        ]
        label = say("{place}, kepada {who}", place=place.full_name, who=who)
        made.append(Reminder(label, reminder(texts, one, place.full_name, who, missing)))
    return made


def _in_indonesian(period: str) -> str:
    found = periods.parse(period)
    return periods.format_period(found) if found else period


def villages(
    actor: Actor, scope: Scope, *, today: date, sources: Sequence[Source], whole: bool = False
) -> Figure | None:
    """List the submissions behind a tile, those first of which most is open; `whole` lists all of them.

    `None` for who may see no village.
    """
    if not actor.may_somewhere(READ_VILLAGES):
        return None
    found = list(queries.rows(actor, scope, worst=None if whole else LISTED))
    count = queries.count(actor, scope)
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        Column("formulir", say("Formulir")),
        Column("periode", say("Periode")),
        Column("terisi", say("Terisi"), is_number=True),
        Column("wajib", say("Wajib"), is_number=True),
        Column("meragukan", say("Meragukan"), is_number=True),
        Column("hari_terlambat", say("Hari terlambat"), is_number=True),
        Column("keadaan", say("Keadaan")),
    )
    forms = dictionary.dictionary(actor).forms
    rows = tuple(
        (
            text_cell(row.region),
            text_cell(row.region_name),
            text_cell(forms[row.form].topic if row.form in forms else row.form, language="id"),
            text_cell(format_code(row.period)),
            number_cell(row.filled),
            number_cell(row.required - row.not_applicable),
            number_cell(row.doubted),
            number_cell(row.late_days(today)),
            text_cell(_standing(row)),
        )
        for row in found
    )
    title = say("{n} formulir di balik angka ini", n=format_number(count))
    said = say("Yang paling banyak kosong lebih dahulu; berkasnya memuat semua")
    return Figure("desa", title, said, Table(columns, rows), sources)


def _standing(row: Row) -> str:
    if row.returned_now:
        return say("{n} isian perlu dibetulkan", n=row.returned_now)
    if row.level > Level.DRAFT:
        return begun(say(Level(row.level).words))
    if row.received_day is not None:
        return say("Diterima kecamatan, belum dimasukkan")
    return say("Sedang diisi") if row.revision else say("Belum dimulai")
