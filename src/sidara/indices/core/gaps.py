"""What is missing of a village, by name, with what it could change: empty values, and scores left open.

A score is open though everything asked is answered where the published facts do not decide it: a matrix
that is not public, a percentage of nothing, a question that does not apply.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from sidara import expressions
from sidara.indices.core import answers, keys, readback, spans
from sidara.indices.core.definition import Item, Version
from sidara.indices.core.evaluate import Depth, Evaluated, columns_of
from sidara.indices.core.scoring import shares
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number

MOST_FINDINGS = 20_000
"""So many findings of one code are given one by one; the rest is counted."""

MOST_NAMES = 12
_WORDS = {Depth.ANSWERS: "jawaban", Depth.ITEMS: "skor", Depth.SUB_INDICES: "subindeks"}


class Reason(StrEnum):
    """Why a figure is not sure."""

    EMPTY = "kosong"
    NOT_APPLICABLE = "tidak berlaku"
    OPEN = "tidak terbit"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps a figure from being sure.

    `name` is the column that is empty, or the item whose score is open. `least` to `most` is what the item
    (or, where only sub-indices are known, the sub-index) can be; `change` is what that moves the index by,
    `None` where it depends on the other items.
    """

    name: str
    item: str | None
    reason: Reason
    least: Fraction
    most: Fraction
    change: Fraction | None

    @property
    def points(self) -> Fraction:
        """What it could change, in points of the item."""
        return self.most - self.least


@dataclass(frozen=True)
class Gaps:
    """Finds the gaps of rows of one version, depth and span of years."""

    version: Version
    depth: Depth
    year: int

    @cached_property
    def _shares(self) -> dict[str, Fraction] | None:
        return shares(self.version)

    @cached_property
    def _asked(self) -> dict[str, tuple[str, ...]]:
        """The answers that each item asks for."""
        return {
            item.code: tuple(one.name for one in spans.asked(item, self.year)) for item in self.version.items
        }

    @cached_property
    def _ends(self) -> dict[str, tuple[Fraction, Fraction]]:
        return readback.ends(self.version, self.year)

    def of_row(self, row: Mapping[str, Any], least: Mapping[str, int], most: Mapping[str, int]) -> list[Gap]:
        """Give the gaps of one row of texts, `least` and `most` by item (see `Evaluated`)."""
        if self.depth is Depth.SUB_INDICES:
            return [
                Gap(level.column, None, Reason.EMPTY, *self._ends[level.code], None)
                for level in self.version.sub_indices
                if row.get(level.column) is None
            ]
        found = []
        for item in self.version.items:
            is_open = least[item.code] < most[item.code]
            for name, reason in self._missing(item, row, is_open=is_open):
                low, high = (Fraction(side[item.code], 10**item.decimals) for side in (least, most))
                change = None if self._shares is None else self._shares[item.code] * (high - low)
                found.append(Gap(name, item.code, reason, low, high, change))
        return found

    def _missing(self, item: Item, row: Mapping[str, Any], *, is_open: bool) -> list[tuple[str, Reason]]:
        if self.depth is Depth.ITEMS:
            return [(item.code, Reason.EMPTY)] if is_open and row.get(item.code) is None else []
        empty = [name for name in self._asked[item.code] if row.get(name) is None]
        if empty and item.applies_when is not None and not self._applies(item, row):
            return [(item.code, Reason.NOT_APPLICABLE)]
        if empty:
            return [(name, Reason.EMPTY) for name in empty]
        return [(item.code, Reason.OPEN)] if is_open else []

    def _applies(self, item: Item, row: Mapping[str, Any]) -> bool:
        """Whether the item can be asked of the village; where that is not known, it can."""
        if item.applies_when is None:
            return True
        inputs = {one.name: one for one in self.version.inputs}
        names = [name for name in item.applies_when.names if name in inputs]
        texts = pl.DataFrame(
            {name: [row.get(name)] for name in names}, schema=dict.fromkeys(names, pl.String)
        )
        typed = texts.select(answers.typed(inputs[name], pl.col(name)).alias(name) for name in names)
        record = {
            name: _exact(inputs[name].decimals, value) for name, value in typed.row(0, named=True).items()
        }
        return expressions.to_python(item.applies_when)(record) is not False


def _exact(decimals: int, value: Any) -> Fraction | str | bool | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value, 10**decimals)
    is_word = isinstance(value, str | bool)
    return value if is_word else None


def findings(
    gaps: Gaps, rows: pl.DataFrame, made: Evaluated, line: str
) -> tuple[list[Finding], Counter[str]]:
    """Name what is missing in each row, and count the rows that are no longer named, by code."""
    named = list(columns_of(gaps.version)[gaps.depth])
    empty = rows.select(pl.any_horizontal(pl.col(name).is_null() for name in named)).to_series()
    is_open = empty if not made.least.width else empty | _differs(made.least, made.most)
    places = is_open.arg_true()
    first = places.head(MOST_FINDINGS)
    least, most = (_rows(side, first) for side in (made.least, made.most))
    spread = _rows(made.span, first)
    found = []
    for at, row in enumerate(rows[first].iter_rows(named=True)):
        if all(row[name] is None for name in named):
            found.append(_nothing(row, line, _WORDS[gaps.depth]))
            continue
        found += _said(gaps, gaps.of_row(row, least[at], most[at]), row[line], spread[at])
    rest = Counter({"VALUE_MISSING": len(places) - MOST_FINDINGS} if len(places) > MOST_FINDINGS else {})
    return found, rest


def _rows(frame: pl.DataFrame, places: pl.Series) -> list[dict[str, Any]]:
    """Give some rows by name; a frame without columns has an empty one for each."""
    return frame[places].rows(named=True) if frame.width else [{} for _ in places]


def _differs(least: pl.DataFrame, most: pl.DataFrame) -> pl.Series:
    both = pl.concat([least, most.rename(lambda name: f"most {name}")], how="horizontal")
    return both.select(
        pl.any_horizontal(pl.col(name) != pl.col(f"most {name}") for name in least.columns)
    ).to_series()


def _nothing(row: Mapping[str, Any], line: str, words: str) -> Finding:
    return Finding(
        "NO_VALUE",
        f"Desa {row[keys.CODE]} tidak punya satu pun {words}; hasilnya hanya selang penuh.",
        "Isi nilainya bila ada.",
        Severity.WARNING,
        Place(line=row[line], column=keys.CODE),
        row[keys.CODE],
    )


def _said(gaps: Gaps, found: Sequence[Gap], line: int, span: Mapping[str, Any]) -> list[Finding]:
    """Say what is empty, and what is open though it is answered."""
    version = gaps.version
    empty = [one for one in found if one.reason is Reason.EMPTY]
    still = [one for one in found if one.reason is not Reason.EMPTY]
    decimals = version.thresholds.decimals
    between = (
        f" Bersama-sama: {version.top.column} {format_number(span['least'], decimals)} sampai "
        f"{format_number(span['most'], decimals)}."
        if span["least"] is not None
        else ""
    )
    said = []
    if empty:
        whole = len(columns_of(version)[gaps.depth])
        names = len({one.name for one in empty})
        said.append(
            Finding(
                "VALUE_MISSING",
                f"{names} dari {whole} {_WORDS[gaps.depth]} kosong, dengan yang dapat diubahnya: "
                f"{_listed(empty)}.{between}",
                "Hasil berupa selang; isi yang kosong agar hasilnya pasti.",
                Severity.INFO,
                Place(line=line, column=empty[0].name),
            )
        )
    if still:
        said.append(
            Finding(
                "SCORE_OPEN",
                f"{len(still)} butir belum pasti walau tidak ada yang kosong: {_listed(still)}.{between}",
                "Isi kelas resmi bila hasilnya ada; selain itu aturannya belum terbit dan skornya selang.",
                Severity.INFO,
                Place(line=line, column=still[0].name),
            )
        )
    return said


def _listed(found: Sequence[Gap]) -> str:
    parts = [f"{one.name} ({format_number(one.points)} poin)" for one in found[:MOST_NAMES]]
    rest = f" dan {len(found) - MOST_NAMES} lainnya" if len(found) > MOST_NAMES else ""
    return ", ".join(parts) + rest
