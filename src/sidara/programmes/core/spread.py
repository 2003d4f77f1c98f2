"""How unequally a figure is spread over villages, and how much of that lies between their areas.

Theil's T (GE(1)) is added up from parts that are the whole: within the groups and between them (Theil 1967,
*Economics and Information Theory*, chapter 4; Shorrocks 1980, *Econometrica* 48(3): 613-625). Gini and the
concentration index follow from the rank (Kakwani, Wagstaff & van Doorslaer 1997, *Journal of Econometrics*
77: 87-103); both are exact, so are quantiles and shares. Only logarithms are rounded: parts and whole of
Theil's T agree to `TOLERANCE`.

All measures but the counts are free of the unit (money in rupiah or in millions), of the order of the
villages, and of whether each village stands in the list once or many times.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from sidara.kernel.finding import Finding

TOLERANCE = 1e-9
"""How far the parts of Theil's T may lie from the whole, for want of exact logarithms."""
HALF, TENTH, NINE_TENTHS = Fraction(1, 2), Fraction(1, 10), Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Unit:
    """A village: its figure (`None` = not known), the group it lies in, how much it counts.

    `weight` is 1 where villages count alike, else people or families; `None` = not known, and the village
    is left out and counted.
    """

    value: Decimal | Fraction | int | None
    group: str = ""
    weight: Decimal | Fraction | int | None = 1
    code: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A group and what it adds: `within` + `between` of all groups is Theil's T of the whole.

    `share` is the group's part of the sum, `theil` the spread inside it. `between` is negative for a group
    below the mean of all; only their sum says something by itself.
    """

    group: str
    count: int
    missing: int
    mean: Fraction | None
    share: Fraction
    theil: float
    within: float
    between: float


@dataclass(frozen=True)
class Spread:
    """The spread of a figure over `count` villages; `missing` have none, `unweighted` no weight.

    `zeros` are counted among `count`; they add nothing to Theil's T and make `log_deviation` (GE(0))
    impossible (`None`). `ratio` is P90/P10, `None` where P10 is zero. `between_share` is the part of
    Theil's T that lies between groups, `None` where all figures are alike.
    """

    count: int
    missing: int
    unweighted: int
    zeros: int
    mean: Fraction
    p10: Fraction
    median: Fraction
    p90: Fraction
    theil: float
    within: float
    between: float
    log_deviation: float | None
    gini: Fraction
    parts: tuple[Part, ...]

    @property
    def ratio(self) -> Fraction | None:
        """How many times the tenth figure from above (P90) is that from below (P10)."""
        return self.p90 / self.p10 if self.p10 else None

    @property
    def between_share(self) -> float | None:
        """The part of the spread that lies between the groups, 0 to 1."""
        return self.between / self.theil if self.theil > TOLERANCE else None


@dataclass(frozen=True, slots=True)
class Measured:
    """A spread, or the findings why there is none."""

    spread: Spread | None
    findings: tuple[Finding, ...] = ()


def measure(units: Iterable[Unit]) -> Measured:
    """Measure the spread of a figure over villages; negative figures are refused, missing ones counted.

    Theil's T with the weights p of the villages (adding up to 1) is the sum of p (y/m) ln(y/m), m the mean;
    a zero adds 0, the limit. It is the sum over groups of s (T + ln(m_g/m)), s the group's part of the sum.
    """
    rows = list(units)
    known = [row for row in rows if row.value is not None]
    told = [(row, Fraction(row.value or 0), Fraction(row.weight or 0)) for row in known if row.weight]
    wrong = [row for row, value, weight in told if value < 0 or weight < 0]
    if wrong:
        return Measured(None, (_negative(wrong),))
    total = sum((value * weight for _, value, weight in told), Fraction(0))
    weights = sum((weight for *_, weight in told), Fraction(0))
    if not told:
        return Measured(None, (_unknown(len(rows)),))
    if not total:
        return Measured(None, (_all_zero(len(told)),))
    mean = total / weights
    pairs = [(value, weight) for _, value, weight in told]
    parts = tuple(
        _part(group, [row for row in rows if row.group == group], mean, total)
        for group in sorted({row.group for row in rows})
    )
    zeros = sum(1 for value, _ in pairs if not value)
    return Measured(
        Spread(
            len(told),
            len(rows) - len(known),
            len(known) - len(told),
            zeros,
            mean,
            quantile(pairs, TENTH),
            quantile(pairs, HALF),
            quantile(pairs, NINE_TENTHS),
            theil(pairs),
            math.fsum(part.within for part in parts),
            math.fsum(part.between for part in parts),
            None if zeros else math.fsum(float(w / weights) * _log(mean / value) for value, w in pairs),
            concentration([(value, value, weight) for value, weight in pairs]),
            parts,
        )
    )


def theil(pairs: Sequence[tuple[Fraction, Fraction]]) -> float:
    """Give Theil's T of figures with their weights; 0 where all are alike or nothing is there to share."""
    weights = sum((weight for _, weight in pairs), Fraction(0))
    total = sum((value * weight for value, weight in pairs), Fraction(0))
    if not total:
        return 0.0
    mean = total / weights
    return max(
        0.0, math.fsum(float(value * weight / total) * _log(value / mean) for value, weight in pairs if value)
    )


def quantile(pairs: Iterable[tuple[Fraction, Fraction]], place: Fraction) -> Fraction:
    """Give the figure at a place (0 to 1) of the weighted figures: the middle of both where two meet there.

    The inverse of the distribution with averages at its steps (definition 2 of Hyndman & Fan 1996, *The
    American Statistician* 50(4)), because villages that stand there twice must not change it.
    """
    ordered = sorted((value, weight) for value, weight in pairs if weight)
    goal = place * sum((weight for _, weight in ordered), Fraction(0))
    passed = Fraction(0)
    for number, (value, weight) in enumerate(ordered):
        passed += weight
        if passed > goal or number == len(ordered) - 1:
            return value
        if passed == goal:
            return (value + ordered[number + 1][0]) / 2
    raise ValueError("no figures")


def concentration(rows: Iterable[tuple[Hashable, Fraction, Fraction]]) -> Fraction:
    """Give the concentration index of what villages get by their rank: -1 to 1, exact.

    `rows` = (rank key, what it gets, weight); the lowest key comes first. With money by the index of a
    village the index is negative where low villages get more, positive where high ones do, 0 where all get
    alike. Equal keys share their place, so that the order of equals says nothing. With its own figure as the
    key it is the Gini coefficient. C = 2 / m x sum of p y r - 1, r = the middle of a village's place.
    """
    ordered = sorted(((key, got, weight) for key, got, weight in rows if weight), key=lambda row: row[0])  # type: ignore[arg-type,return-value]  # keys of one list compare
    weights = sum((weight for *_, weight in ordered), Fraction(0))
    total = sum((got * weight for _, got, weight in ordered), Fraction(0))
    if not total:
        return Fraction(0)
    before, summed = Fraction(0), Fraction(0)
    for _, equal in groupby(ordered, key=lambda row: row[0]):
        rows_here = list(equal)
        weight = sum((one for *_, one in rows_here), Fraction(0))
        summed += (before + weight / 2) * sum((got * one for _, got, one in rows_here), Fraction(0))
        before += weight
    return 2 * summed / (total * weights) - 1


def shares(rows: Iterable[tuple[Hashable, Fraction, Fraction]], parts: int = 5) -> tuple[Fraction, ...]:
    """Give what each fifth (or other part) of the villages gets, lowest key first: adds up to all, exact.

    `rows` as in `concentration`. A village, or several of one key, on the border of two fifths is parted
    by how much of it lies on each side. The sums are weighted: what a village gets times its weight.
    """
    ordered = sorted(((key, got, weight) for key, got, weight in rows if weight), key=lambda row: row[0])  # type: ignore[arg-type,return-value]  # keys of one list compare
    weights = sum((weight for *_, weight in ordered), Fraction(0))
    given = [Fraction(0)] * parts
    before = Fraction(0)
    for _, equal in groupby(ordered, key=lambda row: row[0]):
        rows_here = list(equal)
        weight = sum((one for *_, one in rows_here), Fraction(0))
        got = sum((one * own for _, one, own in rows_here), Fraction(0))
        for part in range(parts):
            low = max(before, weights * part / parts)
            high = min(before + weight, weights * (part + 1) / parts)
            if high > low:
                given[part] += got * (high - low) / weight
        before += weight
    return tuple(given)


@dataclass(frozen=True, slots=True)
class VillageFigure:
    """A village with its figure (`None` = not known) and the code of the area that it is grouped by."""

    code: str
    name: str
    value: Fraction | None
    group: str


@dataclass(frozen=True)
class SpreadPeriod:
    """The villages of one period and the spread over them; `dataset` says where they are from."""

    period: str
    villages: tuple[VillageFigure, ...]
    dataset: str = ""

    @cached_property
    def measured(self) -> Measured:
        """The spread, or why there is none."""
        return measure(Unit(one.value, one.group, code=one.code) for one in self.villages)

    @property
    def spread(self) -> Spread | None:
        """The spread, `None` where it cannot be measured."""
        return self.measured.spread

    @cached_property
    def known(self) -> tuple[VillageFigure, ...]:
        """The villages with a figure, lowest first."""
        told = [one for one in self.villages if one.value is not None]
        return tuple(sorted(told, key=lambda one: (one.value, one.code)))

    @property
    def coverage(self) -> Fraction:
        """What part of the villages has a figure."""
        return Fraction(len(self.known), len(self.villages)) if self.villages else Fraction(0)


@dataclass(frozen=True, slots=True)
class Moved:
    """A village in two periods: what it had, what it has."""

    village: VillageFigure
    before: Fraction
    now: Fraction

    @property
    def change(self) -> Fraction:
        """What it has more (above 0) or less."""
        return self.now - self.before


def moved(before: SpreadPeriod, now: SpreadPeriod) -> tuple[Moved, ...]:
    """Give the villages that have a figure in both periods, the greatest fall first."""
    then = {one.code: one.value for one in before.known}
    both = [
        Moved(one, then[one.code] or Fraction(0), one.value or Fraction(0))
        for one in now.known
        if one.code in then
    ]
    return tuple(sorted(both, key=lambda one: (one.change, one.village.code)))


def _part(group: str, rows: Sequence[Unit], mean: Fraction, total: Fraction) -> Part:
    """Measure what a group adds; one without a figure adds nothing and says so by its count."""
    pairs = [
        (Fraction(row.value), Fraction(row.weight)) for row in rows if row.value is not None and row.weight
    ]
    missing = len(rows) - len(pairs)
    if not pairs:
        return Part(group, 0, missing, None, Fraction(0), 0.0, 0.0, 0.0)
    got = sum((value * weight for value, weight in pairs), Fraction(0))
    own = got / sum((weight for _, weight in pairs), Fraction(0))
    share, inner = got / total, theil(pairs)
    between = float(share) * _log(own / mean) if share else 0.0
    return Part(group, len(pairs), missing, own, share, inner, float(share) * inner, between)


def _log(ratio: Fraction) -> float:
    """Give the logarithm of an exact ratio; near 1 by its distance from 1, where most digits are lost."""
    return math.log1p(float(ratio - 1)) if abs(ratio - 1) < HALF else math.log(ratio)


def _negative(rows: Sequence[Unit]) -> Finding:
    some = ", ".join(row.code or row.group or "?" for row in rows[:3])
    return Finding(
        "SPREAD_NEGATIVE",
        f"{len(rows)} desa punya angka atau bobot di bawah nol ({some}); ketimpangan tidak dapat dihitung.",
        "Pilih ukuran yang tidak dapat negatif, atau betulkan angkanya.",
        value=some,
    )


def _unknown(asked: int) -> Finding:
    return Finding(
        "SPREAD_EMPTY",
        f"Belum ada angka untuk {asked} desa yang ditanyakan.",
        "Pilih tahun, wilayah, atau ukuran lain.",
    )


def _all_zero(count: int) -> Finding:
    return Finding(
        "SPREAD_ALL_ZERO",
        f"Angka {count} desa semuanya nol, sehingga tidak ada ketimpangan untuk dihitung.",
        "Pilih tahun, wilayah, atau ukuran lain.",
    )
