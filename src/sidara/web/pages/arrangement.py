"""In which areas a page tells its figures (*susunan wilayah*): as reported, today's, those of a year.

An area that never changed says so in a line; where figures would be the same, no switch is offered.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date, now
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.language import format_number, say
from sidara.warehouse.core import AS_REPORTED, TODAY, Vintage, VintageKind, of_year, vintage_of

ADDRESS = "susunan"
"""What an address calls it."""
MOST_YEARS = 4
"""How many years a switch offers, the newest; the history of a place holds all."""


@dataclass(frozen=True)
class Option:
    """A vintage that can be chosen; without an address it would show the same, or nothing, as `note` says."""

    label: str
    href: str = ""
    is_current: bool = False
    note: str = ""


@dataclass(frozen=True)
class Arrangement:
    """What a page says of its areas: one line, and the switch where figures differ."""

    line: str
    history: str
    options: Sequence[Option] = ()


@dataclass(frozen=True)
class Told:
    """How a page would be in another vintage: with the same figures as reported, or not there at all."""

    is_same: bool
    is_there: bool = True


def asked(text: str) -> Vintage:
    """Read the vintage of an address; what is none, or a year to come, is as reported."""
    found = vintage_of(text) if text else None
    if found is None or (found.year is not None and found.year > local_date(now()).year):
        return AS_REPORTED
    return found


def words(vintage: Vintage) -> str:
    """Name a vintage in a sentence."""
    return {
        VintageKind.AS_REPORTED: say("wilayah seperti dilaporkan"),
        VintageKind.TODAY: say("wilayah kini"),
        VintageKind.YEAR: say("wilayah akhir {year}", year=vintage.year),
    }[vintage.kind]


def day(vintage: Vintage, period: str) -> date | None:
    """Give the day whose areas a figure of a year is told in; `None` = today."""
    if vintage == TODAY:
        return None
    return date(vintage.year or int(period[:4]), 12, 31)


def codes_within(actor: Actor, code: str, vintage: Vintage, period: str) -> frozenset[str]:
    """Give the codes of the villages below an area, by the codes and the tree of a vintage in a year."""
    on = day(vintage, period) if regions.change_days(actor) else None
    return regions.codes_within(actor, code, on=on, as_today=vintage == AS_REPORTED)


def of_page(  # noqa: PLR0913 - the parts of one line
    actor: Actor,
    region: Region,
    shown: Vintage,
    look: Callable[[Vintage], Told],
    *,
    address: str,
    history: str,
    index: str = "",
    estimated: int = 0,
) -> Arrangement:
    """Say in which areas a page of a region is told; `look` tells how it would be in another vintage.

    `index` is what the address says of the index shown, `estimated` how many desa have estimates.
    """
    days = regions.moving_days(actor, region.id)
    if not days:
        return Arrangement(
            say(
                "Susunan wilayah: tidak ada perubahan yang tercatat di sini, jadi angkanya sama menurut"
                " susunan mana pun."
            ),
            history,
        )
    found = [(vintage, look(vintage)) for vintage in _offered(days, shown) if vintage != AS_REPORTED]
    if all(told.is_same for _, told in found):
        return Arrangement(
            say(
                "Susunan wilayah: wilayah di sini pernah berubah, tetapi angka di halaman ini sama"
                " menurut susunan mana pun."
            ),
            history,
        )
    options = [
        _option(vintage, told, shown, address, index)
        for vintage, told in [(AS_REPORTED, Told(is_same=False)), *found]
    ]
    line = say("Angka menurut {words}.", words=words(shown))
    if shown == AS_REPORTED:
        line += say(" Tiap tahun memakai wilayah pada tahun itu.")
    elif estimated:
        whose = (
            say("Angkanya")
            if region.level is Level.VILLAGE
            else say("Angka {estimated} desa", estimated=format_number(estimated))
        )
        line += say(
            " {whose} perkiraan: diwarisi dari wilayah asalnya atau dibagi menurut porsi wilayah.",
            whose=whose,
        )
    return Arrangement(line, history, options)


def _offered(days: Iterable[date], shown: Vintage) -> tuple[Vintage, ...]:
    """List what a switch offers: as reported, today's, ends of years before a change, what is shown."""
    years = sorted({day.year - 1 for day in days}, reverse=True)[:MOST_YEARS]
    return tuple(dict.fromkeys((AS_REPORTED, TODAY, *map(of_year, years), shown)))


def _option(vintage: Vintage, told: Told, shown: Vintage, address: str, index: str) -> Option:
    label = {
        VintageKind.AS_REPORTED: say("Seperti dilaporkan"),
        VintageKind.TODAY: say("Wilayah kini"),
        VintageKind.YEAR: say("Wilayah akhir {year}", year=vintage.year),
    }[vintage.kind]
    is_current = vintage == shown
    if not told.is_there and not is_current:
        return Option(label, note=say("belum ada"))
    if told.is_same and not is_current:
        return Option(label, note=say("sama"))
    query = ({"indeks": index} if index else {}) | ({} if vintage == AS_REPORTED else {ADDRESS: str(vintage)})
    return Option(label, address + (f"?{urlencode(query)}" if query else ""), is_current)
