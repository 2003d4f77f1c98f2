"""The index of a village out of its own answers: figure or span, and who stands behind its items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sidara.indices.core.definition import Result, Version
from sidara.indices.core.evaluate import BETWEEN
from sidara.indices.core.needs import Key, Needs
from sidara.kernel.cell import Cell
from sidara.kernel.number import rounded
from sidara.verification.core import Level

FINAL, SENT = Level.PROVINCE, Level.SENT
"""How many governments stand for a cell that is final, and for one that was sent only."""


@dataclass(frozen=True, slots=True)
class Known:
    """A cell that a village filled in: what it says, how many governments stand for it, since when (UTC)."""

    cell: Cell
    level: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class CollectedIndex:
    """The index of one village and year out of what it answered.

    `value` is `None` where the answers leave it open; then it lies from `low` to `high`, and `status` is
    `antara` unless both ends have the same. `answered` of `items` have one score, from at least one answer;
    of these `final` hang on final cells only. `level` is the lowest of the cells that were read, `newest`
    when the last of them was recorded.
    """

    region: str
    name: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    status: str | None
    statuses: tuple[str, ...]
    items: int
    answered: int
    final: int
    level: int | None
    newest: datetime | None

    @property
    def is_between(self) -> bool:
        """Whether the answers leave several statuses open."""
        return self.status == BETWEEN


def read_row(
    version: Version,
    needs: Needs,
    region: tuple[str, str],
    row: Mapping[str, object],
    known: Mapping[Key, Known],
) -> CollectedIndex:
    """Read one row of what `compute` gave, beside the cells (`known`) that it was computed from.

    `region` = code, name.
    """
    named = version.results.named
    value = _figure(version, row[version.top.column])
    low, high = (_figure(version, row.get(named(end) or "")) for end in (Result.LOW, Result.HIGH))
    statuses = str(row.get(named(Result.STATUSES) or "") or "")
    status = row.get(named(Result.STATUS) or "")
    answered = [
        item.code
        for item in version.items
        if row.get(item.code) is not None and not needs.by_item[item.code].isdisjoint(known)
    ]
    used = [one for key in needs.cells if (one := known.get(key)) is not None]
    return CollectedIndex(
        *region,
        value,
        value if value is not None else low,
        value if value is not None else high,
        None if status is None else str(status),
        tuple(one for one in statuses.split("|") if one),
        len(version.items),
        len(answered),
        sum(_is_final(needs.by_item[code], known) for code in answered),
        min((one.level for one in used), default=None),
        max((one.newest for one in used if one.newest is not None), default=None),
    )


def _is_final(cells: frozenset[Key], known: Mapping[Key, Known]) -> bool:
    """Whether all that is known of an item is final."""
    return all(known[key].level >= FINAL for key in cells if key in known)


def _figure(version: Version, value: object) -> Decimal | None:
    """Round a figure as the classes do."""
    if not isinstance(value, float):
        return None
    return rounded(Fraction(repr(value)), version.thresholds.decimals)


def as_mapping(one: CollectedIndex) -> dict[str, object]:
    """Give an index as plain values, figures as numbers, the moment as text (UTC)."""
    return {
        "region": one.region,
        "name": one.name,
        "value": _number(one.value),
        "low": _number(one.low),
        "high": _number(one.high),
        "status": one.status,
        "statuses": list(one.statuses),
        "items": one.items,
        "answered": one.answered,
        "final": one.final,
        "level": one.level,
        "newest": None if one.newest is None else one.newest.isoformat(),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
