"""The calendar as iCalendar (RFC 5545), for a telephone or an office: whole days, with reminders."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""
REMIND_DAYS = 7
"""Days before an event on which a calendar reminds of it."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day, or several: `last` is the last of them. `uid` stays the same when its days move."""

    uid: str
    first: date
    last: date
    title: str
    text: str = ""


def written(events: Iterable[Event], *, name: str, now: datetime) -> str:
    """Write a calendar of that name; lines end as the standard asks (CRLF) and are folded by octets."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SIDARA//Kalender//ID", "CALSCALE:GREGORIAN"),
        *("METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"),
    ]
    for one in events:
        lines += _event(one, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(one: Event, now: datetime) -> Sequence[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}@sidara",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(one.title)}",
        *([f"DESCRIPTION:{_text(one.text)}"] if one.text else []),
        "TRANSP:TRANSPARENT",
        *("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(one.title)}"),
        *(f"TRIGGER:-P{REMIND_DAYS}D", "END:VALARM"),
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    """Write a text as the standard takes it; signs that no text holds are left out."""
    return "".join(one for one in text.translate(_ESCAPED) if one.isprintable())


def _folded(line: str) -> Iterator[str]:
    """Fold a line by octets, not amid a sign; what follows begins with a space."""
    part, size = "", 0
    for sign in line:
        own = len(sign.encode())
        if size + own > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + own
    yield part
