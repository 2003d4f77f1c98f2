"""The calendar: windows of forms beside the planning of village, kabupaten and province."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.dictionary import queries
from sidara.dictionary.core import Confidence, Dictionary, Milestone, Opening, Thing, Window
from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Table, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.ui.periods import format_period
from sidara.ui.timeline import Bar, Row, Span, timeline
from sidara.web.pages.dictionary import addresses, calendar_file, readiness
from sidara.web.pages.dictionary.words import cited
from sidara.web.pages.editing import addresses as drafted
from sidara.web.pages.places import Link

STANDINGS = (noop("belum dibuka"), noop("dibuka"), noop("terlambat, masih diterima"), noop("ditutup"))
LEVELS = (noop("desa"), noop("kabupaten"), noop("provinsi"), noop("pusat"))
LANES = {
    "desa": noop("Perencanaan desa"),
    "kabupaten": noop("Perencanaan kabupaten"),
    "provinsi": noop("Perencanaan provinsi"),
    "pusat": noop("Perencanaan pusat"),
}
"""The lanes of the picture below the data, by level."""
WIDTH = 1040
FIRST_YEAR, LAST_YEAR = 2015, 2099


@dataclass(frozen=True)
class CalendarPage:
    """A year of windows and planning, for everybody or for one region."""

    title: str
    lead: str
    notice: str
    place: str
    years: Sequence[Link]
    year: int
    windows: Figure
    planning: Figure
    query: str
    ready: Sequence[readiness.Ready] = ()
    edits: Sequence[tuple[str, Link]] = ()
    begins: str = ""
    village: str = ""

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The tables that can be had as files."""
        return {one.key: one for one in (self.windows, self.planning)}


def build(actor: Actor, *, year: int, today: date, region: Region | None) -> CalendarPage:
    """Build the calendar of a year; with a region its own windows, else all of them."""
    made = queries.dictionary(actor)
    first, last = date(year, 1, 1), date(year, 12, 31)
    if region is None:
        found = queries.schedule(actor, first, last)
    else:
        found = queries.openings_between(actor, first, last, region.id)
    groups = _grouped(found)
    milestones = tuple(made.milestones.values())
    names = regions.named(actor, {code for one in made.windows.values() for code in one.regions})
    proposed = sum(one.confidence is Confidence.INFERRED for one in made.windows.values())
    may_edit = queries.may_edit(actor)
    query = f"?tahun={year}" + (f"&wilayah={region.code}" if region else "")
    return CalendarPage(
        title=say("Kalender data dan perencanaan {year}", year=year),
        lead=say(
            "Kapan formulir dibuka dan jatuh tempo, dan untuk keputusan mana datanya harus siap. "
            "Draf boleh disimpan kapan saja; yang dibatasi hanya pengiriman."
        ),
        notice=say(
            "Usulan, belum ditetapkan: {count} dari {all} jendela. "
            "Sumber yang dibaca tidak menetapkan jadwal pengumpulan data.",
            count=format_number(proposed),
            all=format_number(len(made.windows)),
        )
        if proposed
        else "",
        place=region.full_name if region else "",
        years=[_year_link(one, year, region) for one in (year - 1, year, year + 1)],
        year=year,
        windows=Figure(
            "jendela",
            _finding(found, year),
            say(
                "Pita tebal = dibuka sampai jatuh tempo, pita tipis = terlambat tetapi masih diterima, "
                "pita jingga = tonggak perencanaan, wajik hitam = datanya harus siap, "
                "garis putus-putus = hari ini."
            ),
            _windows(groups, names, today),
            (),
            drawing=timeline(
                _rows(groups, tuple(made.windows.values()), milestones, year),
                year=year,
                today=today,
                label=say("Jendela formulir dan tonggak perencanaan sepanjang {year}", year=year),
                width=WIDTH,
            ),
            notes=addresses.notes(made),
            filed=_filed(found, names),
        ),
        planning=Figure(
            "perencanaan",
            say("Tonggak perencanaan desa, kabupaten dan provinsi"),
            say("Waktu seperti tertulis pada sumbernya, dan jendela yang mengumpulkan datanya."),
            _milestones(milestones, tuple(made.windows.values()), _ready(groups, year)),
            (),
            notes=addresses.notes(made),
        ),
        query=query,
        ready=readiness.build(actor, region, year=year, today=today) if region else (),
        edits=_edits(made) if may_edit else (),
        begins=drafted.begin(Thing.WINDOW) if may_edit else "",
        village=region.code if region else "",
    )


def as_file(actor: Actor, *, year: int, region: Region | None, now: datetime) -> str:
    """Write due days and steps of planning of a year as iCalendar, for a region or for all."""
    made = queries.dictionary(actor)
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = (
        queries.schedule(actor, first, last)
        if region is None
        else queries.openings_between(actor, first, last, region.id)
    )
    events = [
        calendar_file.Event(
            f"{one.window.code}-{one.period}",
            one.due_date,
            one.due_date,
            say("Jatuh tempo: {name}, {period}", name=one.window.name, period=format_period(one.period)),
            say(
                "{count} formulir. Dibuka {opens}, diterima terlambat sampai {until}.",
                count=format_number(len(forms)),
                opens=format_date(one.opens_date),
                until=format_date(one.late_until),
            ),
        )
        for one, forms in _grouped(found)
        if first <= one.due_date <= last
    ]
    events += [
        calendar_file.Event(
            f"{step.code}-{year}-{number}",
            days.starts.in_year(year),
            days.ends.in_year(year),
            step.name,
            step.when,
        )
        for step in made.milestones.values()
        for number, days in enumerate(step.days, 1)
    ]
    title = say("Kalender data dan perencanaan {year}", year=year)
    return calendar_file.written(events, name=title, now=now)


def _edits(made: Dictionary) -> tuple[tuple[str, Link], ...]:
    """Lead those who may edit to every window and every step of planning."""
    windows = [Link(one.name, drafted.edit(Thing.WINDOW, one.code)) for one in made.windows.values()]
    steps = [Link(one.name, drafted.edit(Thing.MILESTONE, one.code)) for one in made.milestones.values()]
    return (
        *((say("Ubah jendela"), one) for one in windows),
        *((say("Ubah tonggak"), one) for one in steps),
    )


def _year_link(year: int, now: int, region: Region | None) -> Link:
    tail = f"&wilayah={region.code}" if region else ""
    return Link(str(year), "" if year == now else f"{reverse('calendar')}?tahun={year}{tail}")


def _grouped(found: Sequence[Opening]) -> list[tuple[Opening, tuple[str, ...]]]:
    """Join the forms of one window and period: they share their days."""
    ordered = sorted(found, key=lambda one: (one.due_date, one.window.code, one.period))
    made = []
    for _, same in groupby(ordered, key=lambda one: (one.due_date, one.window.code, one.period)):
        openings = list(same)
        made.append((openings[0], tuple(one.form for one in openings)))
    return made


def _finding(found: Sequence[Opening], year: int) -> str:
    """Say how long before the yearly step of planning that most forms serve their data are due."""
    served: dict[str, list[tuple[Opening, date]]] = {}
    for one in found:
        for need in one.needs:
            is_yearly = len(need.milestone.days) == 1
            if is_yearly and need.starts_date is not None and need.starts_date.year == year:
                served.setdefault(need.milestone.name, []).append((one, need.starts_date))
    if not served:
        return say("Jendela formulir sepanjang {year}", year=year)
    name, pairs = max(served.items(), key=lambda one: len({opening.form for opening, _ in one[1]}))
    start = min(day for _, day in pairs)
    last = max(one.due_date for one, _ in pairs)
    return say(
        "Data untuk “{milestone}” jatuh tempo paling lambat {due}, {days} hari sebelum {start}",
        milestone=name,
        due=format_date(last),
        days=format_number((start - last).days),
        start=format_date(start),
    )


def _rows(
    groups: Sequence[tuple[Opening, tuple[str, ...]]],
    windows: Sequence[Window],
    milestones: Sequence[Milestone],
    year: int,
) -> tuple[Row, ...]:
    """Give a row for each window, then the steps of planning in the lane of each level that has any.

    A step bears the last days by which the data of the windows that serve it are due, in the same year.
    """
    spans: dict[str, tuple[Window, list[Span]]] = {one.code: (one, []) for one in windows}
    for one, _ in groups:
        own = spans[one.window.code][1]
        own.append(Span(Bar.OPEN, one.opens_date, one.due_date))
        own.append(Span(Bar.LATE, one.due_date + timedelta(days=1), one.late_until))
    rows = [Row(window.name, tuple(own), say("Data desa")) for window, own in spans.values() if own]
    ready = _ready(groups, year)
    for level, lane in LANES.items():
        for step in milestones:
            steps = [Span(Bar.STEP, days.starts.in_year(year), days.ends.in_year(year)) for days in step.days]
            due = [Span(Bar.READY, day, day) for day in ready.get(step.code, ())]
            if steps and level in step.levels:
                rows.append(Row(step.name, (*steps, *due), say(lane)))
    return tuple(rows)


def _ready(groups: Sequence[tuple[Opening, tuple[str, ...]]], year: int) -> dict[str, list[date]]:
    """Give for each step the day by which the last data for it are due, for each time that it is taken.

    A step without a window that serves it in the year has none.
    """
    last: dict[tuple[str, date], date] = {}
    for one, _ in groups:
        for need in one.needs:
            starts = need.starts_date
            if starts is not None and starts.year == year:
                key = need.milestone.code, starts
                last[key] = max(one.due_date, last.get(key, one.due_date))
    found: dict[str, list[date]] = {}
    for (code, _), day in sorted(last.items()):
        found.setdefault(code, []).append(day)
    return found


def _day(day: date | None) -> Cell:
    return Cell(day.isoformat() if day else None, format_date(day) if day else say("belum ditetapkan"))


def _needs(one: Opening) -> str:
    return "; ".join(
        f"{need.milestone.name}, {format_date(need.starts_date)}" if need.starts_date else need.milestone.name
        for need in one.needs
    )


def _where(window: Window, names: Mapping[str, Region]) -> str:
    if not window.regions:
        return say("semua wilayah")
    return ", ".join(names[code].name if code in names else code for code in window.regions)


def _windows(
    groups: Sequence[tuple[Opening, tuple[str, ...]]], names: Mapping[str, Region], today: date
) -> Table:
    columns = (
        Column("jendela", say("Jendela")),
        Column("formulir", say("Formulir")),
        Column("periode", say("Periode")),
        Column("wilayah", say("Wilayah")),
        Column("dibuka", say("Dibuka")),
        Column("jatuh_tempo", say("Jatuh tempo")),
        Column("terlambat_sampai", say("Diterima terlambat sampai")),
        Column("keadaan", say("Keadaan hari ini")),
        Column("bagi", say("Harus siap bagi")),
    )
    rows = tuple(
        (
            cited(one.window.name),
            Cell(
                ", ".join(forms),
                say("{count} formulir", count=format_number(len(forms))),
                more=", ".join(forms),
                language="id",
            )
            if len(forms) > 1
            else addresses.form_cell(forms[0]),
            Cell(str(one.period), format_period(one.period)),
            text_cell(_where(one.window, names)),
            _day(one.opens_date),
            _day(one.due_date),
            _day(one.late_until),
            text_cell(say(one.standing(today).words)),
            cited(_needs(one)),
        )
        for one, forms in groups
    )
    return Table(columns, rows)


def _filed(found: Sequence[Opening], names: Mapping[str, Region]) -> Table:
    """Give a line for each form and period, with everything that is known of its window."""
    keys = [
        *("formulir", "periode", "jendela", "wilayah", "dibuka", "jatuh_tempo", "terlambat_sampai", "bagi")
    ]
    keys += ["keyakinan", "sumber"]
    rows = tuple(
        tuple(
            text_cell(value)
            for value in (
                one.form,
                str(one.period),
                one.window.code,
                _where(one.window, names),
                one.opens_date.isoformat(),
                one.due_date.isoformat(),
                one.late_until.isoformat(),
                _needs(one),
                one.window.confidence.words,
                one.window.source,
            )
        )
        for one in found
    )
    return Table(tuple(Column(key, key) for key in keys), rows)


def _days(days: Sequence[date]) -> Cell:
    """Write days; none is an en dash."""
    return Cell(
        "; ".join(day.isoformat() for day in days) or None,
        ", ".join(format_date(day) for day in days) or format_number(None),
    )


def _milestones(
    milestones: Sequence[Milestone], windows: Sequence[Window], ready: Mapping[str, Sequence[date]]
) -> Table:
    columns = (
        Column("tonggak", say("Tonggak")),
        Column("tingkat", say("Tingkat")),
        Column("waktu", say("Waktu")),
        Column("data_siap", say("Data siap paling lambat")),
        Column("dilayani", say("Dilayani jendela")),
        Column("keyakinan", say("Keyakinan")),
        Column("sumber_tonggak", say("Sumber")),
    )
    rows = tuple(
        (
            cited(one.name),
            text_cell(", ".join(say(level) for level in one.levels)),
            cited(one.when),
            _days(ready.get(one.code, ())),
            cited(", ".join(window.name for window in windows if one.code in window.serves)),
            text_cell(say(one.confidence.words)),
            cited(one.source),
        )
        for one in milestones
    )
    return Table(columns, rows)
