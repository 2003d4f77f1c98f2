"""What a village means to do with a form and period: when it begins, hands over, sends, and what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sidara.collection.core.submission import SubmissionKey
from sidara.demo.core.story.shares import OF_HABIT, SLIPS, Habit, Kind, Story, is_silent, luck, number

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """When a form of a period may be sent: from `opens` to `due`, as late until `last`."""

    opens: date
    due: date
    last: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a village means to do; `None` = never. `handed` is the day at the kecamatan, without a link."""

    begins: date | None = None
    sends: date | None = None
    handed: date | None = None
    kind: Kind = Kind.NONE


def plan_of(  # noqa: PLR0913 - the parts of a village's story
    story: Story, seed: int, key: SubmissionKey, days: Days, habit: Habit, *, is_alone: bool
) -> Plan:
    """Say what a village means to do; `is_alone`: it has no link and hands its file over at the kecamatan."""

    def drawn(word: str) -> int:
        return luck(seed, word, key.region, key.form, key.period)

    shares = story.submissions
    if habit is Habit.SILENT and is_silent(seed, key.region, int(key.period[:4])):
        return Plan()
    if drawn("missing") < shares["missing_percent"]:
        return Plan()
    late = shares["slow_late_percent" if habit is Habit.SLOW else "late_percent"]
    sends = _sends(days, drawn("late"), late, shares["too_late_percent"], drawn("week"))
    is_draft = drawn("draft") < shares["draft_percent"]
    kind = _kind(story, habit, drawn, number(seed, "kind", key.region, key.form, key.period))
    if is_alone:
        begins = on_weekday(sends + timedelta(days=WEEK), MONDAY)
        return Plan(begins, None if is_draft else begins + _DAY, None if is_draft else sends, kind)
    begins = min(on_weekday(days.opens, MONDAY), sends - _DAY)
    return Plan(begins, None if is_draft else sends, None, kind)


def _kind(story: Story, habit: Habit, drawn: Callable[[str], int], chance: int) -> Kind:
    if habit in OF_HABIT and drawn("copied") < story.submissions["copied_percent"]:
        return OF_HABIT[habit]
    return SLIPS[chance % len(SLIPS)] if drawn("wrong") < story.submissions["wrong_percent"] else Kind.NONE


def _sends(days: Days, drawn: int, late: int, too_late: int, week: int) -> date:
    """Say when it is sent: on the last Monday before it is due, or after that."""
    if drawn < too_late:
        return on_weekday(days.last + _DAY, MONDAY)
    if drawn < too_late + late:
        day = on_weekday(days.due + timedelta(days=1 + WEEK * 2 * (week % 2)), MONDAY)
        return min(day, days.last) if days.last > days.due else day
    monday = on_weekday(days.due - timedelta(days=WEEK - 1), MONDAY)
    return monday if monday > days.opens else max(days.due, days.opens + _DAY)


def on_weekday(day: date, weekday: int, *, every: int = 1) -> date:
    """Give the first such weekday from a day on, of each `every` weeks."""
    found = day + timedelta(days=(weekday - day.weekday()) % WEEK)
    weeks = found.toordinal() // WEEK
    return found + timedelta(days=WEEK * (-weeks % every))
