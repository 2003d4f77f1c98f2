"""Figures that move with their areas: apportioned, inherited, recomputed, mixed, or not to be had.

Amounts (SUM) are divided by share, the rest by largest remainder, and added up, so that totals are the same
in each vintage. Others are inherited by parts; where areas merged, ratios are recomputed from their parts,
choices that differ become `CAMPURAN`, and everything else is not available. Exact fractions throughout.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import polars as pl

from sidara.collection.core import Aggregation, ValueType, Variable
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number, rounded
from sidara.regions.core import apportion
from sidara.warehouse.core.facts import MOMENT, VALUE
from sidara.warehouse.core.vintage import Moves

MIXED = "CAMPURAN"
"""The code of a choice where areas with different codes became one."""
STORED_DECIMALS = 4


class Flag(StrEnum):
    """What must be said beside a figure of another vintage."""

    ESTIMATE = "perkiraan"
    UNAVAILABLE = "tidak_tersedia"


MOVING = pl.Schema(
    {
        "region_id": pl.Int64(),
        "period": pl.String(),
        "variable": pl.String(),
        "breakdown": pl.String(),
        "value": VALUE,
        "code": pl.String(),
        "state": pl.String(),
        "definition": pl.String(),
        "recorded_from": MOMENT,
    }
)
"""Facts of regions that split or merged, as an engine gives them, one a region and cell."""
MOVED = pl.Schema(
    {
        "region_id": pl.Int64(),
        "period": pl.String(),
        "variable": pl.String(),
        "breakdown": pl.String(),
        "value": VALUE,
        "code": pl.String(),
        "state": pl.String(),
        "flag": pl.String(),
        "oldest": MOMENT,
        "newest": MOMENT,
        "definition": pl.String(),
        "definition_last": pl.String(),
    }
)
"""The same in the areas asked."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that moves."""

    value: Decimal | None
    code: str | None
    state: State
    definition: str
    recorded_from: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """What a fact of an area asked holds: value or code, state, flag."""

    value: Decimal | None = None
    code: str | None = None
    state: State = State.VALUE
    flag: Flag | None = None


@dataclass(frozen=True)
class Moved:
    """`facts` in the areas asked (see `MOVED`), and what must be said about them."""

    facts: pl.DataFrame
    findings: tuple[Finding, ...]


type Cell = tuple[str, str, str]
"""Period, variable, breakdown."""
type Facts = Mapping[Cell, Mapping[int, Fact]]
type Group = Callable[[int], object]
"""Gives for what a figure of an area counts: itself, or one above it when figures are added up.

An area that counts for none is given something of its own.
"""


def needed(variables: Iterable[Variable]) -> tuple[str, ...]:
    """Give the variables whose facts are wanted beside those asked: the parts of ratios."""
    parts = {part for one in variables for part in (one.numerator, one.denominator)}
    return tuple(sorted(parts - {""}))


def move(
    rows: pl.DataFrame, moves: Moves, variables: Mapping[str, Variable], asked: Sequence[str], group: Group
) -> Moved:
    """Move facts (see `MOVING`) into the areas asked; only those of the variables `asked` are given back."""
    facts: dict[Cell, dict[int, Fact]] = {}
    for row in rows.select(MOVING.names()).iter_rows():
        region, period, variable, breakdown, value, choice, state, definition, moment = row
        fact = Fact(value, choice, State(state), definition, moment)
        facts.setdefault((period, variable, breakdown), {})[region] = fact
    made: list[tuple[object, ...]] = []
    partial = unavailable = 0
    for cell in sorted(facts):
        period, code, breakdown = cell
        variable = variables.get(code)
        if variable is None or code not in asked:
            continue
        own = facts[cell]
        amounts = _amounts(own, cell, moves, variable)
        for area in sorted({area for region in own for area in moves.shares[region, period]}):
            inside = [region for region in own if area in moves.shares[region, period]]
            whole = moves.sources.get((area, period), frozenset())
            one = _Area(area, period, inside, whole | set(inside), moves, group)
            if variable.aggregation is Aggregation.SUM:
                found = one.added(own, amounts)
                partial += bool(one.lacking(own)) and found.value is not None
            else:
                found = one.judged(own, variable, cell, facts)
            unavailable += found.flag == Flag.UNAVAILABLE
            moments = [own[region].recorded_from for region in inside]
            words = [own[region].definition for region in inside]
            made.append(
                (
                    *(area, period, code, breakdown, found.value, found.code, found.state, found.flag),
                    *(min(moments), max(moments), min(words), max(words)),
                )
            )
    return Moved(pl.DataFrame(made, schema=MOVED, orient="row"), _said(partial, unavailable))


def _amounts(
    own: Mapping[int, Fact], cell: Cell, moves: Moves, variable: Variable
) -> dict[tuple[int, int], Decimal]:
    """Divide the amounts of a cell: (region, area) -> the part of the region's figure in the area."""
    parts: dict[tuple[int, int], Decimal] = {}
    for region, fact in own.items():
        if fact.value is None:
            continue
        decimals = _decimals(fact.value, variable)
        units = int(fact.value.scaleb(decimals))
        for area, count in apportion(units, moves.shares[region, cell[0]]).items():
            parts[region, area] = Decimal(count).scaleb(-decimals)
    return parts


def _decimals(value: Decimal, variable: Variable) -> int:
    """Give the decimals to which an amount is divided: the variable's, if the figure has no more."""
    return variable.decimals if value == rounded(value, variable.decimals) else STORED_DECIMALS


@dataclass(frozen=True)
class _Area:
    """One area of the vintage in one period: the regions with a fact in it, and all that lie in it."""

    area: int
    period: str
    inside: Sequence[int]
    whole: frozenset[int]
    moves: Moves
    group: Group

    def share(self, region: int) -> Fraction:
        """Give the part of a region that lies here, or in the same area above."""
        here = self.group(self.area)
        shares = self.moves.shares[region, self.period]
        return sum((own for area, own in shares.items() if self.group(area) == here), Fraction(0))

    @property
    def estimate(self) -> Flag | None:
        """Give the flag of a figure that holds a part of a region."""
        return None if all(self.share(region) == 1 for region in self.inside) else Flag.ESTIMATE

    def lacking(self, own: Mapping[int, Fact]) -> frozenset[int]:
        """Give the regions that lie here and have no figure."""
        known = {region for region, fact in own.items() if fact.value is not None or fact.code is not None}
        none = {region for region, fact in own.items() if fact.state == State.NONE}
        return self.whole - known - none

    def added(self, own: Mapping[int, Fact], amounts: Mapping[tuple[int, int], Decimal]) -> Made:
        """Add up amounts; what does not exist counts 0, what is not known adds nothing."""
        known = [amounts[region, self.area] for region in self.inside if (region, self.area) in amounts]
        if not known:
            return self._state(own)
        return Made(sum(known, Decimal(0)), flag=self.estimate)

    def judged(self, own: Mapping[int, Fact], variable: Variable, cell: Cell, facts: Facts) -> Made:
        """Inherit what comes from one region; recompute, mix or give up what comes from several."""
        if len(self.whole) == 1:
            fact = own[self.inside[0]]
            is_told = fact.value is not None or fact.code is not None
            is_whole = len(self.moves.shares[self.inside[0], self.period]) == 1
            return Made(fact.value, fact.code, fact.state, None if is_whole or not is_told else Flag.ESTIMATE)
        if all(own[region].value is None and own[region].code is None for region in self.inside):
            return self._state(own)
        if variable.type is ValueType.CHOICE or variable.holds_several:
            return self._mixed(own)
        if variable.aggregation is Aggregation.RATIO:
            return self._ratio(own, variable, cell, facts)
        return Made(state=State.UNKNOWN, flag=Flag.UNAVAILABLE)

    def _state(self, own: Mapping[int, Fact]) -> Made:
        """Give the state of an area without any figure; unknown goes before what does not exist."""
        states = {own[region].state for region in self.inside}
        order = (State.UNKNOWN, State.NONE, State.NOT_APPLICABLE, State.EMPTY)
        return Made(state=next((one for one in order if one in states), State.EMPTY))

    def _mixed(self, own: Mapping[int, Fact]) -> Made:
        codes = {own[region].code for region in self.inside} - {None}
        if len(codes) > 1:
            return Made(code=MIXED, flag=self.estimate)
        if self.lacking(own) or any(own[region].code is None for region in self.inside):
            return Made(state=State.UNKNOWN, flag=Flag.UNAVAILABLE)
        return Made(code=codes.pop(), flag=self.estimate)

    def _ratio(self, own: Mapping[int, Fact], variable: Variable, cell: Cell, facts: Facts) -> Made:
        """Recompute from numerators and denominators, each with the share that lies here."""
        period, _, breakdown = cell
        above = facts.get((period, variable.numerator, breakdown), {})
        below = facts.get((period, variable.denominator, breakdown), {})
        total, weight = Fraction(0), Fraction(0)
        for region in self.whole:
            own_share = self.moves.shares[region, period].get(self.area, Fraction(0))
            base = _number(below.get(region))
            part = _number(above.get(region)) if variable.numerator else _product(own.get(region), base)
            if base is None or part is None:
                return Made(state=State.UNKNOWN, flag=Flag.UNAVAILABLE)
            total += own_share * part
            weight += own_share * base
        if not weight:
            return Made(state=State.UNKNOWN, flag=Flag.UNAVAILABLE)
        scale = variable.scale if variable.numerator else 1
        return Made(rounded(scale * total / weight, STORED_DECIMALS), flag=self.estimate)


def _number(fact: Fact | None) -> Fraction | None:
    """Read a part of a ratio; what does not exist is 0."""
    if fact is None:
        return None
    if fact.state == State.NONE:
        return Fraction(0)
    return None if fact.value is None else Fraction(fact.value)


def _product(fact: Fact | None, weight: Fraction | None) -> Fraction | None:
    if fact is None or fact.value is None or weight is None:
        return Fraction(0) if weight == 0 else None
    return Fraction(fact.value) * weight


def _said(partial: int, unavailable: int) -> tuple[Finding, ...]:
    """Tell how many figures are incomplete or not to be had."""
    said = []
    if partial:
        said.append(
            Finding(
                "VINTAGE_PARTIAL",
                f"{format_number(partial)} angka belum memuat seluruh wilayahnya; sebagian belum melapor.",
                "Bandingkan dengan angka seperti dilaporkan.",
                Severity.WARNING,
            )
        )
    if unavailable:
        said.append(
            Finding(
                "VINTAGE_UNAVAILABLE",
                f"{format_number(unavailable)} angka tidak dapat dihitung untuk wilayah yang bergabung.",
                "Lihat angka seperti dilaporkan, atau daftarkan pembilang dan penyebut variabelnya.",
                Severity.WARNING,
            )
        )
    return tuple(said)
