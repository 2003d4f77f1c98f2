"""How ranks moved since the year before: within one index, among the same areas, both years complete.

Otherwise no movement is given, and why. Between two indices there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.number import format_number

type Ranked = Mapping[str, Decimal | Fraction | None]


@dataclass(frozen=True)
class Moves:
    """Places won (above 0) or lost since `since`, by code; without them `why_not` is a sentence."""

    since: str | None
    places: Mapping[str, int] = field(default_factory=dict)
    why_not: str = ""

    def says(self, code: str) -> str:
        """Say how one moved (`naik 2 sejak 2025`), nothing where none is given."""
        return f"{words(self.places[code])} sejak {self.since}" if code in self.places else ""


def since(period: str | None, before: Ranked, now: Ranked, *, word: str = "desa") -> Moves:
    """Compare the ranks of a period with those of the one before; `None` = there is no such period."""
    if period is None:
        return Moves(None, why_not="Perubahan urutan tidak ditunjukkan: angka tahun sebelumnya tidak ada.")
    codes = before.keys() | now.keys()
    then = {code: value for code in codes if (value := before.get(code)) is not None}
    known = {code: value for code in codes if (value := now.get(code)) is not None}
    lacking = len(codes) - len(then.keys() & known.keys())
    if lacking:
        figure, whole = format_number(lacking), format_number(len(codes))
        return Moves(
            period,
            why_not=f"Perubahan urutan sejak {period} tidak ditunjukkan: {figure} dari {whole} {word} belum"
            " lengkap angkanya pada kedua tahun.",
        )
    before_of, now_of = ranks(then), ranks(known)
    return Moves(period, {code: before_of[code] - now_of[code] for code in codes})


def ranks(figures: Mapping[str, Decimal | Fraction]) -> dict[str, int]:
    """Give each its rank, 1 = highest; equal figures share one."""
    ordered = sorted(figures.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    return {code: first[value] for code, value in figures.items()}


def words(places: int) -> str:
    """Write a movement (`naik 2`, `turun 1`, `tetap`)."""
    if not places:
        return "tetap"
    return f"{'naik' if places > 0 else 'turun'} {format_number(abs(places))}"
