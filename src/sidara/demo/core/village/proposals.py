"""Proposals of a village over the years: new ones each year, older ones go on until done or rejected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sidara.demo.core.village.draft import Draft, Value
from sidara.expressions import Row
from sidara.programmes.core import Fate

WANTED = (
    ("2.3.10", "Pengerasan jalan desa", "M", (100, 900), (60, 300), "DUSUN KABUPATEN"),
    ("2.3.13", "Jembatan kayu menuju kebun", "UNIT", (1, 2), (40, 250), "DUSUN KABUPATEN"),
    ("2.3.05", "Perbaikan gorong-gorong", "UNIT", (1, 4), (10, 60), "DUSUN DESA"),
    ("2.4.11", "Sumur bor dan penampungan air", "UNIT", (1, 3), (40, 160), "PEREMPUAN DESA"),
    ("2.4.14", "MCK umum", "UNIT", (1, 3), (25, 90), "MISKIN DESA"),
    ("2.4.01", "Perbaikan rumah tidak layak huni", "UNIT", (2, 8), (40, 200), "MISKIN PROVINSI"),
    ("2.2.02", "Makanan tambahan posyandu", "ORANG", (20, 120), (8, 40), "PEREMPUAN DESA"),
    ("2.1.06", "Perbaikan gedung PAUD", "UNIT", (1, 1), (30, 150), "PEREMPUAN KABUPATEN"),
    ("2.7.02", "Panel surya rumah tangga", "UNIT", (5, 40), (60, 400), "DUSUN PROVINSI"),
    ("2.6.03", "Menara sinyal telepon", "UNIT", (1, 1), (200, 900), "PEMUDA PUSAT"),
    ("3.3.05", "Lapangan olahraga", "UNIT", (1, 1), (30, 150), "PEMUDA DESA"),
    ("3.2.04", "Perbaikan balai adat", "UNIT", (1, 1), (25, 120), "ADAT KABUPATEN"),
    ("4.2.01", "Alat pengolahan padi", "UNIT", (1, 3), (20, 90), "LEMBAGA KABUPATEN"),
    ("4.1.05", "Bibit dan pakan ikan", "PAKET", (1, 6), (15, 70), "PEMUDA DESA"),
    ("4.4.01", "Pelatihan menganyam rotan", "ORANG", (10, 30), (10, 40), "PEREMPUAN DESA"),
    ("4.4.03", "Pelatihan kerja penyandang disabilitas", "ORANG", (5, 15), (10, 35), "DISABILITAS PROVINSI"),
    ("4.7.02", "Perbaikan pasar desa", "UNIT", (1, 1), (60, 300), "PEMDES CSR"),
)
"""What villages ask: code (Permendagri 20/2018), words, unit, volume, millions of rupiah, origin, level."""
REASONS = (
    "Pagu tahun ini sudah habis",
    "Lahan belum dibebaskan",
    "Bukan kewenangan tingkat yang dituju",
    "Sudah dianggarkan pada kegiatan lain",
)
FIRST = (
    (30, Fate.NOTED),
    (60, Fate.IN_PLAN),
    (72, Fate.BUDGETED),
    (88, Fate.POSTPONED),
    (100, Fate.REJECTED),
)
NEXT = {
    Fate.NOTED: ((35, Fate.NOTED), (65, Fate.IN_PLAN), (85, Fate.POSTPONED), (100, Fate.REJECTED)),
    Fate.IN_PLAN: ((20, Fate.IN_PLAN), (60, Fate.BUDGETED), (90, Fate.DONE), (100, Fate.POSTPONED)),
    Fate.BUDGETED: ((15, Fate.BUDGETED), (100, Fate.DONE)),
    Fate.POSTPONED: ((40, Fate.POSTPONED), (80, Fate.IN_PLAN), (100, Fate.REJECTED)),
}
"""Of a hundred proposals of a fate: what the next year says of them, as bounds."""
ENDED = frozenset({Fate.DONE, Fate.REJECTED})
MILLION = 1_000_000


@dataclass
class Asked:
    """A proposal while it goes on: what its row says but for fate and rank, and the fate of last year."""

    values: dict[str, Value]
    fate: Fate


def proposals(draft: Draft, year: int, meeting: date) -> Iterator[Row]:
    """Give the rows of the list of a year; `meeting` = the day on which the new ones were agreed on."""
    going = draft.asked
    for one in going:
        one.fate = _drawn(draft, NEXT[one.fate])
    start = draft.below(len(WANTED) - 1)
    for number in range(draft.below(6, 2)):
        going.append(_asked(draft, year, number, WANTED[(start + 5 * number) % len(WANTED)], meeting))
    for rank, one in enumerate(going, 1):
        reason = draft.one_of(REASONS)
        told = {"USL_009": rank, "USL_013": one.fate.value, "USL_014": f"SIMULASI: {reason}"}
        yield draft.row(one.values | told)
    draft.asked = [one for one in going if one.fate not in ENDED]


def _drawn(draft: Draft, bounds: tuple[tuple[int, Fate], ...]) -> Fate:
    luck = draft.below(99)
    return next(fate for bound, fate in bounds if luck < bound)


def _asked(
    draft: Draft,
    year: int,
    number: int,
    wanted: tuple[str, str, str, tuple[int, int], tuple[int, int], str],
    meeting: date,
) -> Asked:
    code, words, unit, volume, cost, whose = wanted
    origin, level = whose.split()
    place = f"RT {draft.below(6, 1)}"
    values: dict[str, Value] = {
        "USL_001": f"{words}, {place} (SIMULASI {year}/{number + 1})",
        "USL_002": f"0{code[0]}",
        "USL_003": code,
        "USL_004": place,
        "USL_006": Decimal(draft.below(volume[1], volume[0])),
        "USL_007": unit,
        "USL_008": draft.below(cost[1], cost[0]) * MILLION,
        "USL_010": draft.below(300, 15),
        "USL_011": origin if draft.likely(80) else draft.one_of(draft.options("USL_011")),
        "USL_012": level if draft.likely(80) else draft.one_of(draft.options("USL_012")),
        "USL_015": meeting,
    }
    return Asked(values, _drawn(draft, FIRST))
