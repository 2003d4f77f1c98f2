"""Indicators of the dictionary as formulas over sums: a ratio of sums, never a mean of ratios.

For an area each cell that the formula reads is summed over the same units: those that answered all of them.
So numerator and denominator always speak of the same villages; who is left out is counted by what is missing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sidara.collection.core import DataSet
from sidara.dictionary.core import Indicator
from sidara.expressions import Bound, Slot, Subject
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import rounded
from sidara.regions.core import Level

KINDS = ("desa", "desa_adat", "kelurahan")
"""Who fills in forms, and so stands behind indicators."""


@dataclass(frozen=True, slots=True)
class IndicatorQuery:
    """What is asked: indicators (codes) of the regions of a level at periods, from a data set of answers.

    `under`, `codes`, `as_of`, `least_level` as in `Query`. A variable of another frequency is read as the
    language of expressions reads it: a stock at its last period, a flow as the sum of its periods. `own` are
    indicators of the question itself, beside those of the dictionary, under codes that this does not use.
    """

    dataset: str
    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    level: Level = Level.VILLAGE
    under: str | None = None
    codes: tuple[str, ...] | None = None
    as_of: date | None = None
    least_level: int | None = None
    own: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a unit answered to one cell: `value` as numbers, `None` unless it counts; its state and level."""

    value: Decimal | None
    state: State
    level: int | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """An indicator of an area in a period.

    `value` is rounded once to the indicator's decimals, half away from zero; `exact` is not rounded; both
    are `None` where nothing can be said. `reporting` of `expected` units stand behind it; `missing` counts
    the others by the state of the first cell that they lack. `level` is the lowest of the facts behind it,
    `terms` are the sums that the formula read.
    """

    region: str
    name: str
    indicator: str
    period: str
    value: Decimal | None
    exact: Fraction | None
    reporting: int
    expected: int
    missing: Mapping[State, int] = field(default_factory=dict)
    level: int | None = None
    newest: datetime | None = None
    terms: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class IndicatorAnswer:
    """Figures of indicators by region, indicator and period, with what must stand beside them."""

    figures: tuple[IndicatorFigure, ...]
    indicators: Mapping[str, Indicator]
    dataset: DataSet | None
    as_of: date
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the question could not be answered."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def is_simulated(self) -> bool:
        """Whether every figure must carry the mark SIMULASI."""
        return self.dataset is not None and self.dataset.is_simulated


type Reads = Mapping[tuple[str, Slot], Read]
"""What units (codes) answered, by the cell that the formula reads."""


@dataclass(frozen=True)
class Gathered:
    """The units of an area that answered all that a formula reads, and the sums over them."""

    subject: Subject
    reporting: int
    missing: Mapping[State, int]
    level: int | None
    newest: datetime | None
    terms: Mapping[str, Decimal]


def gather(bound: Bound, units: Sequence[str], reads: Reads) -> Gathered:
    """Sum the cells of a formula over the units that answered all of them.

    A formula that reads nothing at its period stands on nobody.
    """
    sums = dict.fromkeys(bound.cells, Decimal(0))
    missing: Counter[State] = Counter()
    used: list[Read] = []
    reporting = 0
    for unit in units:
        own = [reads.get((unit, slot), NOTHING) for slot in bound.cells]
        lacking = next((one.state for one in own if one.value is None), None if own else State.EMPTY)
        if lacking is not None:
            missing[lacking] += 1
            continue
        reporting += 1
        used += own
        for slot, one in zip(bound.cells, own, strict=True):
            sums[slot] += one.value or 0
    cells = {
        (slot.variable, slot.breakdown, slot.period): Cell(State.VALUE, total)
        for slot, total in sums.items()
        if reporting
    }
    return Gathered(
        Subject(cells),
        reporting,
        dict(missing),
        min((one.level for one in used if one.level is not None), default=None),
        max((one.newest for one in used if one.newest is not None), default=None),
        {name_of(slot): total for slot, total in sums.items()} if reporting else {},
    )


NOTHING = Read(None, State.EMPTY)


def name_of(slot: Slot) -> str:
    """Name a cell: variable, breakdown where there is one, period."""
    part = "" if slot.breakdown == "_T" else f"[{slot.breakdown}]"
    return f"{slot.variable}{part}@{slot.period}"


def cannot_be_summed(indicator: Indicator, codes: Sequence[str]) -> Finding:
    """Say that an indicator reads what does not add up, so that it has no figure of areas."""
    return Finding(
        "INDICATOR_NOT_ADDITIVE",
        f"Indikator {indicator.name} memakai {', '.join(codes)} yang tidak dapat dijumlahkan antarwilayah.",
        "Tanyakan pada tingkat desa.",
        Severity.WARNING,
        value=indicator.code,
    )


def unknown(code: str, some: str) -> Finding:
    """Say that there is no such indicator."""
    return Finding(
        "INDICATOR_UNKNOWN",
        f"Indikator {code!r} tidak ada pada kamus.",
        f"Lihat kodenya dengan: sidara dictionary list --kind indicator; misalnya {some}.",
        value=code,
    )


def not_at(indicator: Indicator, period: str, why: Sequence[str]) -> Finding:
    """Say that a formula cannot be read at a period."""
    return Finding(
        "INDICATOR_PERIOD",
        f"Indikator {indicator.name} tidak terbaca pada {period}: {'; '.join(why)}.",
        "Tanyakan pada periode lain, misalnya satu tahun.",
        Severity.WARNING,
        value=indicator.code,
    )


def not_stored(indicator: Indicator, codes: Sequence[str]) -> Finding:
    """Say that an indicator reads elements that are computed otherwise than from rows of a list: no facts."""
    return Finding(
        "INDICATOR_NOT_STORED",
        f"Indikator {indicator.name} memakai {', '.join(codes)}, hasil hitungan yang belum masuk gudang.",
        "Belum dapat dihitung; angkanya dikosongkan.",
        Severity.WARNING,
        value=indicator.code,
    )


def figure_of(
    indicator: Indicator, period: str, region: tuple[str, str, int], found: Gathered, exact: Fraction | None
) -> IndicatorFigure:
    """Put a figure together; `region` = code, name, units expected. Without units nothing is said."""
    code, name, expected = region
    told = exact if found.reporting else None
    return IndicatorFigure(
        code,
        name,
        indicator.code,
        period,
        None if told is None else rounded(told, indicator.decimals),
        told,
        found.reporting,
        expected,
        found.missing,
        found.level,
        found.newest,
        found.terms,
    )
