"""How ranks moved since the year before: within one index, among the same areas, both years complete.

Otherwise no movement is given, and why. Between two indices there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sidara.ui.language import format_number, say

type Ranked = Mapping[str, Decimal | Fraction | None]


@dataclass(frozen=True)
class Moves:
    """Places won (above 0) or lost since `since`, by code; without them `why_not` is a sentence."""

    since: str | None
    places: Mapping[str, int] = field(default_factory=dict)
    why_not: str = ""

    def says(self, code: str) -> str:
        """Say how one moved (`naik 2 sejak 2025`), nothing where none is given."""
        return (
            say("{words} sejak {since}", words=words(self.places[code]), since=self.since)
            if code in self.places
            else ""
        )


def since(period: str | None, before: Ranked, now: Ranked, *, word: str = "desa") -> Moves:
    """Compare the ranks of a period with those of the one before; `None` = there is no such period."""
    if period is None:
        return Moves(
            None, why_not=say("Perubahan urutan tidak ditunjukkan: angka tahun sebelumnya tidak ada.")
        )
    codes = before.keys() | now.keys()
    then = {code: value for code in codes if (value := before.get(code)) is not None}
    known = {code: value for code in codes if (value := now.get(code)) is not None}
    lacking = len(codes) - len(then.keys() & known.keys())
    if lacking:
        figure, whole = format_number(lacking), format_number(len(codes))
        return Moves(
            period,
            why_not=say(
                "Perubahan urutan sejak {period} tidak ditunjukkan: {figure} dari {whole} {word} belum"
                " lengkap angkanya pada kedua tahun.",
                period=period,
                figure=figure,
                whole=whole,
                word=word,
            ),
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
        return say("tetap", context="urutan")
    return f"{say('naik') if places > 0 else say('turun')} {format_number(abs(places))}"
