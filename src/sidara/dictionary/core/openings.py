"""When a form of a period is open for a region, and for which step of planning its data must be ready."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sidara.dictionary.core.calendar import Milestone, Window
from sidara.dictionary.core.dictionary import Dictionary
from sidara.kernel.period import Period, containing, year

REACH = 3
"""In how many years around a day its windows are looked for: they stand at most two years from a period."""


class Standing(StrEnum):
    """How a day stands to a window."""

    NOT_YET = "not_yet"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The standing in Indonesian."""
        return {
            Standing.NOT_YET: "belum dibuka",
            Standing.OPEN: "dibuka",
            Standing.LATE: "terlambat, masih diterima",
            Standing.CLOSED: "ditutup",
        }[self]

    @property
    def takes_sent(self) -> bool:
        """Whether a form may be sent; a draft may always be kept."""
        return self in {Standing.OPEN, Standing.LATE}


@dataclass(frozen=True)
class Need:
    """A step of planning for which the data must be ready: its next time after the due day.

    The days are `None` where the sources set none.
    """

    milestone: Milestone
    starts_date: date | None
    ends_date: date | None


@dataclass(frozen=True)
class Opening:
    """One form, one period, one region: the days (inclusive, in WIB) and what they serve."""

    form: str
    period: Period
    window: Window
    opens_date: date
    due_date: date
    late_until: date
    needs: tuple[Need, ...]

    def standing(self, day: date) -> Standing:
        """Say how a day stands to it."""
        if day < self.opens_date:
            return Standing.NOT_YET
        if day <= self.due_date:
            return Standing.OPEN
        return Standing.LATE if day <= self.late_until else Standing.CLOSED


def window_of(
    dictionary: Dictionary, form: str, period: Period, lineage: Sequence[str] = ()
) -> Window | None:
    """Find the window of a form: for the nearest of `lineage` (a region, then its parents), else for all."""
    found = [
        one for one in dictionary.windows.values() if form in one.forms and one.holds_for(period.last_day)
    ]
    for code in lineage:
        for one in found:
            if code in one.regions:
                return one
    return next((one for one in found if not one.regions), None)


def opening(dictionary: Dictionary, form: str, period: Period, lineage: Sequence[str] = ()) -> Opening | None:
    """Say when a form of a period is open for a region; `None` where no window is set for it.

    `lineage` = the code of the region and those of its parents, the nearest first.
    """
    window = window_of(dictionary, form, period, lineage)
    if window is None:
        return None
    opens, due, late = (one.after(period.last_day) for one in (window.opens, window.due, window.late_until))
    known = [dictionary.milestones[code] for code in window.serves if code in dictionary.milestones]
    needs = tuple(need_of(one, due) for one in known)
    return Opening(form, period, window, opens, due, late, needs)


def need_of(milestone: Milestone, due: date) -> Need:
    """Find when a step of planning begins next, on or after a due day."""
    times = [
        (days.starts.in_year(year), days.ends.in_year(year))
        for year in (due.year, due.year + 1)
        for days in milestone.days
    ]
    starts, ends = min((one for one in times if one[0] >= due), default=(None, None))
    return Need(milestone, starts, ends)


def openings_in(dictionary: Dictionary, within: Period, lineage: Sequence[str] = ()) -> tuple[Opening, ...]:
    """Give the openings of every form for its periods inside another one, by due day."""
    found = [
        opening(dictionary, form.code, period, lineage)
        for form in dictionary.forms.values()
        for period in within.parts(form.frequency.span)
    ]
    return _by_due(one for one in found if one is not None)


def openings_between(
    dictionary: Dictionary, first: date, last: date, lineage: Sequence[str] = ()
) -> tuple[Opening, ...]:
    """Give the openings that are open, or take what is late, on any of the days; by due day."""
    years = range(first.year - REACH, last.year + REACH + 1)
    found = (one for number in years for one in openings_in(dictionary, year(number), lineage))
    return _by_due(one for one in found if one.opens_date <= last and one.late_until >= first)


def openings_ahead(dictionary: Dictionary, day: date, lineage: Sequence[str] = ()) -> tuple[Opening, ...]:
    """Give the openings of the periods in which a day lies that are not open yet: drafts may be begun."""
    found = (
        opening(dictionary, form.code, containing(form.frequency.span, day), lineage)
        for form in dictionary.forms.values()
    )
    return _by_due(one for one in found if one is not None and one.standing(day) is Standing.NOT_YET)


def schedule(dictionary: Dictionary, first: date, last: date) -> tuple[Opening, ...]:
    """Give the openings of every window, those of groups of regions too, as `openings_between`."""
    groups = [one.regions[:1] for one in dictionary.windows.values() if one.regions]
    found = {
        (one.form, one.period, one.window.code): one
        for lineage in ((), *groups)
        for one in openings_between(dictionary, first, last, lineage)
    }
    return _by_due(found.values())


@dataclass(frozen=True)
class Shift:
    """One form, one period, one region before and after an edit of windows or milestones.

    An empty `region` = wherever no group is named; `None` = no window is set for it.
    """

    form: str
    period: Period
    region: str
    before: Opening | None
    after: Opening | None

    @property
    def is_same(self) -> bool:
        """Whether the days and the steps of planning stay as they are."""
        return _days(self.before) == _days(self.after)


def shifts(
    before: Dictionary, after: Dictionary, day: date, lineages: Mapping[str, Sequence[str]]
) -> tuple[Shift, ...]:
    """Say what an edit does to every form that a changed window names, or named.

    For each: the period of `day`, the next one, and the last one while it is still taken on `day`. `lineages`
    = code of each region of the changed windows to itself and its parents, the nearest first.
    """
    windows = changed_windows(before, after)
    places: dict[str, Sequence[str]] = {"": (), **lineages}
    found = []
    for form in {code: None for one in windows for code in one.forms}:
        for period in _periods(before, after, form, day):
            for place, lineage in places.items():
                old, new = (opening(one, form, period, lineage) for one in (before, after))
                is_touched = any(one is not None and one.window in windows for one in (old, new))
                is_over = period.last_day < day and all(
                    one is None or one.standing(day) is Standing.CLOSED for one in (old, new)
                )
                if is_touched and not is_over:
                    found.append(Shift(form, period, place, old, new))
    return tuple(found)


def changed_windows(before: Dictionary, after: Dictionary) -> tuple[Window, ...]:
    """Give the windows that an edit changes, as they were and become; those of changed milestones too."""
    moved = {
        code
        for code in {**before.milestones, **after.milestones}
        if before.milestones.get(code) != after.milestones.get(code)
    }
    found = []
    for code in {**before.windows, **after.windows}:
        old, new = before.windows.get(code), after.windows.get(code)
        both = [one for one in (old, new) if one is not None]
        if old != new or any(moved & set(one.serves) for one in both):
            found += [one for one in both if one not in found]
    return tuple(found)


def _periods(before: Dictionary, after: Dictionary, form: str, day: date) -> tuple[Period, ...]:
    known = after.forms.get(form) or before.forms.get(form)
    if known is None:
        return ()
    now = containing(known.frequency.span, day)
    return now.preceding, now, containing(known.frequency.span, now.last_day + timedelta(days=1))


def _days(one: Opening | None) -> object:
    return one and (one.opens_date, one.due_date, one.late_until, one.needs)


def _by_due(found: Iterable[Opening]) -> tuple[Opening, ...]:
    """Put openings by due day, else in the order in which they come: forms as the dictionary has them."""
    return tuple(sorted(found, key=lambda one: one.due_date))
