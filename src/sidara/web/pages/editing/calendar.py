"""The calendar as a draft would make it: the days of each form that its windows touch, old beside new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidara.dictionary import queries
from sidara.dictionary.core import Opening, Shift
from sidara.dictionary.queries import Review
from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Table, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.ui.periods import format_period
from sidara.web.pages.dictionary.words import cited

NAMED = 3


@dataclass(frozen=True)
class CalendarAhead:
    """What changes in the calendar: a table of days, and codes of regions that nobody knows."""

    table: Table | None
    unknown: str


def ahead(review: Review, actor: Actor, today: date) -> CalendarAhead | None:
    """Lay out the calendar of a draft; `None` where it touches no window."""
    found = queries.shifts(actor, review, today)
    unknown = queries.unknown_regions(actor, review)
    if not found and not unknown:
        return None
    names = regions.named(actor, {one.region for one in found if one.region})
    return CalendarAhead(_table(found, names) if found else None, ", ".join(unknown))


def _table(found: Sequence[Shift], names: Mapping[str, Region]) -> Table:
    """Join the forms and the regions whose days are the same, so that a group is one line."""
    places: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        old, new = (
            _said(one.before),
            say("tetap") if _said(one.before) == _said(one.after) else _said(one.after),
        )
        needs = " \N{RIGHTWARDS ARROW} ".join(dict.fromkeys((_needs(one.before), _needs(one.after))))
        places.setdefault((one.form, format_period(one.period), old, new, needs), []).append(one.region)
    forms: dict[tuple[str, ...], list[str]] = {}
    for (form, period, *days), codes in places.items():
        forms.setdefault((period, _where(codes, names), *days), []).append(form)
    columns = (
        Column("formulir", say("Formulir")),
        Column("periode", say("Periode")),
        Column("wilayah", say("Wilayah")),
        Column("semula", say("Semula")),
        Column("menjadi", say("Menjadi")),
        Column("bagi", say("Harus siap bagi")),
    )
    rows = (
        (_forms(codes), *(text_cell(one) for one in days), cited(needs))
        for (*days, needs), codes in forms.items()
    )
    return Table(columns, tuple(rows))


def _forms(codes: Sequence[str]) -> Cell:
    if len(codes) == 1:
        return text_cell(codes[0])
    all_of_them = ", ".join(codes)
    return Cell(
        all_of_them,
        say("{count} formulir", count=format_number(len(codes))),
        more=all_of_them,
        language="id",
    )


def _where(codes: Sequence[str], names: Mapping[str, Region]) -> str:
    if codes == [""]:
        return say("semua wilayah lainnya")
    said = [names[code].name for code in codes if code][:NAMED]
    said += [say("semua wilayah lainnya")] if "" in codes else []
    rest = len(codes) - len(said)
    return ", ".join([*said, *([say("{count} wilayah lagi", count=format_number(rest))] if rest else [])])


def _said(one: Opening | None) -> str:
    """Tell the days of a window."""
    if one is None:
        return say("tanpa jendela")
    return say(
        "{opens} sampai {due}, terlambat sampai {late}",
        opens=format_date(one.opens_date),
        due=format_date(one.due_date),
        late=format_date(one.late_until),
    )


def _needs(one: Opening | None) -> str:
    """Tell the steps of planning that come next after the due day."""
    return "; ".join(
        f"{need.milestone.name}, {format_date(need.starts_date)}" if need.starts_date else need.milestone.name
        for need in (one.needs if one else ())
    )
