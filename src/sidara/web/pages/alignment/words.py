"""Words of Sinkronisasi: levels, severities and states, each said in one place."""

from django.utils.translation import gettext_noop as noop

from sidara.kernel.finding import Severity
from sidara.programmes.core.words import Level, State
from sidara.ui.language import say

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
