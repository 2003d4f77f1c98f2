"""Faults of windows and milestones: days that do not exist or stand in the wrong order, forms twice."""

import calendar
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from sidara.dictionary.core.calendar import DayAfter, Milestone, Window
from sidara.dictionary.core.lint.context import Context
from sidara.dictionary.core.words import Thing
from sidara.kernel.finding import Finding
from sidara.regions.core import dotted

MONTHS = range(-24, 25)
LEAP_YEAR = 2024
SAID = {
    "opens": "hari buka",
    "due": "jatuh tempo",
    "late_until": "batas terlambat",
    "starts": "hari mulai",
    "ends": "hari selesai",
}
"""The days as pages call them."""


def window(at: Context, one: Window) -> Iterator[Finding]:
    """Say what is wrong with a window."""
    kind, code = Thing.WINDOW, one.code
    if not one.forms:
        say = "tidak menyebut formulir mana pun."
        yield at.say(
            "WINDOW_EMPTY", kind, code, "forms", say, "Sebutkan formulirnya, atau hapus jendela ini."
        )
    for form in one.forms:
        yield from at.unknown("FORM_UNKNOWN", kind, code, "forms", form, at.dictionary.forms)
    for name in one.serves:
        yield from at.unknown("MILESTONE_UNKNOWN", kind, code, "serves", name, at.dictionary.milestones)
    for region in one.regions:
        if dotted(region) != region:
            say = f"{region} bukan kode wilayah."
            yield at.say(
                "REGION_FORM", kind, code, "regions", say, "Tulis kode bertitik, misalnya 62.01.", region
            )
    days = {"opens": one.opens, "due": one.due, "late_until": one.late_until}
    for name, day in days.items():
        yield from _day_after(at, code, name, day)
    yield from _in_order(at, one)
    if one.valid_from and one.valid_to and one.valid_from > one.valid_to:
        say = f"berlaku sejak {one.valid_from} tetapi hanya sampai {one.valid_to}."
        yield at.say("DAYS_ORDER", kind, code, "valid_to", say, "Tukar kedua tanggal itu.")


def _day_after(at: Context, code: str, name: str, day: DayAfter) -> Iterator[Finding]:
    if day.months not in MONTHS or not 1 <= day.day <= 31:
        say = f"{SAID[name]} menunjuk bulan ke {day.months} tanggal {day.day}, yang tidak ada."
        remedy = f"Tulis bulan {MONTHS.start} sampai {MONTHS.stop - 1} dan tanggal 1 sampai 31."
        yield at.say("DAY_FORM", Thing.WINDOW, code, name, say, remedy, str(day.day))


def _in_order(at: Context, one: Window) -> Iterator[Finding]:
    """Say which days stand in the wrong order."""
    opens, due, late = ((day.months, day.day) for day in (one.opens, one.due, one.late_until))
    if opens > due:
        say = "jatuh tempo sebelum dibuka."
        yield at.say(
            "DAYS_ORDER",
            Thing.WINDOW,
            one.code,
            "due",
            say,
            "Undurkan jatuh tempo, atau majukan hari bukanya.",
        )
    if due > late:
        say = "penerimaan terlambat berakhir sebelum jatuh tempo."
        remedy = "Tulis batas terlambat sama dengan atau sesudah jatuh tempo."
        yield at.say("DAYS_ORDER", Thing.WINDOW, one.code, "late_until", say, remedy)


def windows(at: Context) -> Iterator[Finding]:
    """Say which windows answer for the same form, region and time: nobody could tell which one holds."""
    for one, other in combinations(at.dictionary.windows.values(), 2):
        shared = sorted(set(one.forms) & set(other.forms))
        if shared and _meet(one, other) and _same_regions(one, other):
            forms = ", ".join(shared[:3])
            remedy = "Hapus dari salah satunya, atau bedakan wilayah atau masa berlakunya."
            for own, its in ((one, other), (other, one)):
                say = f"formulir {forms} sudah diatur jendela {its.code} bagi wilayah dan masa yang sama."
                yield at.say("WINDOW_TWICE", Thing.WINDOW, own.code, "forms", say, remedy, shared[0])


def _meet(one: Window, other: Window) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _same_regions(one: Window, other: Window) -> bool:
    if not one.regions or not other.regions:
        return not one.regions and not other.regions
    return bool(set(one.regions) & set(other.regions))


def milestone(at: Context, one: Milestone) -> Iterator[Finding]:
    """Say what is wrong with a milestone."""
    kind = Thing.MILESTONE
    if not one.levels:
        say = "tidak menyebut tingkat pemerintahan."
        yield at.say(
            "LEVELS_MISSING", kind, one.code, "levels", say, "Tulis desa, kabupaten, provinsi atau pusat."
        )
    for days in one.days:
        for name, day in (("starts", days.starts), ("ends", days.ends)):
            last = calendar.monthrange(LEAP_YEAR, day.month)[1] if 1 <= day.month <= 12 else 0
            if not 1 <= day.day <= last:
                say = f"{SAID[name]} menunjuk tanggal {day.day} bulan {day.month}, yang tidak ada."
                remedy = "Betulkan tanggal dan bulannya."
                yield at.say("DAY_FORM", kind, one.code, "days", say, remedy, str(day.day))
        if (days.starts.month, days.starts.day) > (days.ends.month, days.ends.day):
            say = "berakhir sebelum mulai."
            remedy = "Tukar hari mulai dan selesai; yang melewati tahun baru dibagi menjadi dua."
            yield at.say("DAYS_ORDER", kind, one.code, "days", say, remedy)
