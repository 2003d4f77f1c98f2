"""Words of Sinkronisasi: levels, severities and states, each said in one place."""

from django.utils.translation import gettext_noop as noop

from sidara.kernel.finding import Severity
from sidara.programmes.core.words import Level, State
from sidara.programmes.queries.alignment import Planned
from sidara.ui.language import format_number, say

LEVELS = {
    Level.CENTRE: noop("Pusat"),
    Level.PROVINCE: noop("Provinsi"),
    Level.REGENCY: noop("Kabupaten"),
    Level.VILLAGE: noop("Desa"),
    Level.COMPANY: noop("Perusahaan"),
}
MISSING = {
    Level.CENTRE: noop("belum ada data pusat"),
    Level.PROVINCE: noop("belum ada data provinsi"),
    Level.REGENCY: noop("belum ada data kabupaten"),
    Level.VILLAGE: noop("belum ada data desa"),
    Level.COMPANY: noop("belum ada data perusahaan"),
}
PARTLY = {
    Level.PROVINCE: noop("data provinsi baru ada untuk {n} dari {all} desa"),
    Level.REGENCY: noop("data kabupaten baru ada untuk {n} dari {all} desa"),
    Level.VILLAGE: noop("data desa baru ada untuk {n} dari {all} desa"),
}
GOVERNMENTS = (Level.CENTRE, Level.PROVINCE, Level.REGENCY, Level.VILLAGE)
SEVERITIES = {
    Severity.ERROR: ("galat", noop("Wajib diperbaiki")),
    Severity.WARNING: ("awas", noop("Perlu alasan")),
    Severity.INFO: ("kabar", noop("Untuk diketahui")),
    Severity.NOT_EVALUATED: ("diam", noop("Belum dinilai")),
}
STATES = {
    State.OPEN: noop("Terbuka"),
    State.EXPLAINED: noop("Dijelaskan"),
    State.SOLVED: noop("Selesai"),
}


def silence(planned: Planned) -> tuple[str, ...]:
    """Say of which levels nothing is known in an area, and which are known for some of its villages only."""
    every, made = len(planned.villages), []
    for one in GOVERNMENTS:
        left = len(planned.without.get(one, ()))
        if one not in planned.levels:
            made.append(say(MISSING[one]))
        elif left and one in PARTLY:
            made.append(say(PARTLY[one], n=format_number(every - left), all=format_number(every)))
    return tuple(made)


def level(one: Level) -> str:
    """Name a level."""
    return say(LEVELS[one])


def severity(one: Severity) -> str:
    """Say how much a finding weighs."""
    return say(SEVERITIES[one][1])


def state(one: State) -> str:
    """Say how a finding stands."""
    return say(STATES[one])


def short(code: str) -> str:
    """Give a check as people call it: `S10`."""
    return code.removeprefix("SIN_")
