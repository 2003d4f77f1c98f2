"""Words of plans and activities on pages: levels, stages, fields, money."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_noop as noop

from sidara.programmes.core import Edition, GoalKind, GoalTie, Level, Stage
from sidara.ui.figures import Source
from sidara.ui.language import format_number, say

LEVELS = {
    Level.CENTRE: noop("Pemerintah pusat"),
    Level.PROVINCE: noop("Pemerintah provinsi"),
    Level.REGENCY: noop("Pemerintah kabupaten/kota"),
    Level.VILLAGE: noop("Pemerintah desa"),
    Level.COMPANY: noop("Perusahaan"),
}
STAGES = {
    Stage.DRAFT: noop("rancangan"),
    Stage.PLANNED: noop("direncanakan"),
    Stage.BUDGETED: noop("dianggarkan"),
    Stage.CANCELLED: noop("dibatalkan"),
}
GOALS = {
    GoalKind.VISION: noop("Visi"),
    GoalKind.MISSION: noop("Misi"),
    GoalKind.AIM: noop("Tujuan"),
    GoalKind.OBJECTIVE: noop("Sasaran"),
    GoalKind.STRATEGY: noop("Strategi"),
    GoalKind.PRIORITY_PROGRAMME: noop("Program prioritas"),
}
TIES = {GoalTie.DERIVES: noop("diturunkan dari"), GoalTie.SUPPORTS: noop("mendukung")}
EDITIONS = {Edition.ORIGINAL: noop("murni"), Edition.REVISED: noop("perubahan")}
ACTS = {
    "make": noop("dibuat"),
    "change": noop("diubah"),
    "cancel": noop("dibatalkan"),
    "link": noop("dikaitkan"),
    "unlink": noop("kaitan dilepas"),
    "add_edition": noop("edisi ditambahkan"),
    "remove": noop("dikeluarkan"),
}
FIELDS = {
    "name": noop("nama"),
    "budget_idr": noop("anggaran"),
    "villages": noop("desa sasaran"),
    "code": noop("kode"),
    "activity_kind": noop("jenis kegiatan"),
    "stage": noop("keadaan"),
    "year": noop("tahun"),
    "fund_source": noop("sumber dana"),
    "outputs": noop("keluaran"),
    "goals": noop("tujuan"),
    "starts": noop("mulai"),
    "ends": noop("selesai"),
    "agency": noop("pelaksana"),
}
THOUSAND, MILLION, BILLION, TRILLION = 10**3, 10**6, 10**9, 10**12


def level(one: Level) -> str:
    """Give a level in words."""
    return say(LEVELS[one])


def rupiah(value: int | None) -> str:
    """Write an amount in full; an unknown one is an en dash."""
    return format_number(None) if value is None else f"Rp{format_number(value)}"


def brief(value: int) -> str:
    """Write an amount as people say it: Rp1,25 miliar."""
    for size, words in (
        (TRILLION, noop("Rp{n} triliun")),
        (BILLION, noop("Rp{n} miliar")),
        (MILLION, noop("Rp{n} juta")),
    ):
        if value >= size:
            return say(words, n=figure(Fraction(value, size), 1))
    return rupiah(value)


def figure(value: Decimal | Fraction, most: int = 2) -> str:
    """Write a figure with as many decimals as it needs, at most so many."""
    exact = Fraction(value)
    needed = next((n for n in range(most) if (exact * 10**n).denominator == 1), most)
    return format_number(value, needed)


def source(*, is_simulated: bool) -> Source:
    """Name where plans come from: the documents that their owners keep in SIDARA."""
    return Source(
        "programmes",
        say("Rencana dan kegiatan yang dicatat pemiliknya di SIDARA"),
        "SIDARA",
        say("bebas dipakai, angka rekaan") if is_simulated else say("tidak dinyatakan"),
        None,
        None,
        is_simulated=is_simulated,
    )
