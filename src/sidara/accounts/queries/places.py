"""What is wrong with a region's code that somebody typed: unknown, or ended, and what follows it."""

from datetime import timedelta

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.language import format_date, say


def region_fault(actor: Actor, code: str) -> Finding | None:
    """Say why a code means no region today: `REGION_ENDED` or `REGION_UNKNOWN`; `None` when it means one.

    Of a code that ended it tells the day, and the code of today or what the region went into.
    """
    if regions.resolve(actor, code) is not None:
        return None
    ended = next((one for one in regions.meanings(actor, code) if one.valid_to is not None), None)
    if ended is None or ended.valid_to is None:
        return Finding(
            "REGION_UNKNOWN",
            say("Wilayah “{code}” tidak dikenal.", code=code),
            say("Tulis kode Kemendagri, misalnya 62.01.02.2016."),
            value=code,
        )
    place, day = ended.region, format_date(ended.valid_to + timedelta(days=1))
    words = say(
        "Kode {code} ({place}) tidak berlaku lagi sejak {day}.", code=code, place=place.full_name, day=day
    )
    after = _after(actor, place)
    remedy = say("Lihat riwayat wilayahnya, lalu tulis kode yang berlaku sekarang.")
    if after:
        names = ", ".join(f"{one.full_name} ({one.code})" for one in after)
        remedy = say("Tulis kode yang berlaku sekarang: {places}.", places=names)
    return Finding("REGION_ENDED", words, remedy, value=code)


def _after(actor: Actor, place: Region) -> tuple[Region, ...]:
    """Give the region itself where it goes on by another code, else what it went into."""
    if not place.is_ended:
        return (place,)
    events = regions.history(actor, place.id)
    found = {one.new.id: one.new for one in events if one.old is not None and one.old.id == place.id}
    return tuple(one for one in found.values() if not one.is_ended)
