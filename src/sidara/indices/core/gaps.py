"""What is missing of a village, by name, with what it could change: empty values, and scores left open.

A score is open though everything asked is answered where the published facts do not decide it: a matrix
that is not public, a percentage of nothing, a question that does not apply.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from operator import or_

import polars as pl

from sidara import expressions
from sidara.indices.core import answers, keys, readback, spans
from sidara.indices.core.definition import Version
from sidara.indices.core.evaluate import Depth, Evaluated, columns_of
from sidara.indices.core.scoring import shares
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.tables import LINE

MOST_FINDINGS = 20_000
"""So many findings of one code are given one by one; the rest is counted."""

MOST_NAMES = 12
_WORDS = {Depth.ANSWERS: "jawaban", Depth.ITEMS: "skor", Depth.SUB_INDICES: "subindeks"}


class Reason(StrEnum):
    """Why a figure is not sure."""

    EMPTY = "kosong"
    NOT_APPLICABLE = "tidak berlaku"
    OPEN = "tidak terbit"


@dataclass(frozen=True)
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

    @cached_property
    def told(self) -> str:
        """The name with the points in brackets."""
        return f"{self.name} ({format_number(self.points)} poin)"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that can be missing: its name, the item or level that it keeps open, and why."""

    name: str
    of: str
    reason: Reason


@dataclass(frozen=True)
class Gaps:
    """Finds the gaps of rows of one version, depth and span of years."""

    version: Version
    depth: Depth
    year: int

    def marks(self, rows: pl.DataFrame, read: pl.DataFrame, made: Evaluated) -> pl.DataFrame:
        """Say for each row which of `kinds` it misses, a column of truths each.

        `read` holds the rows as they were read (see `Evaluation.read`), `made` what came of them.
        """
        empty = self._empty(rows)
        if self.depth is Depth.SUB_INDICES:
            return empty
        spread = _spread(made)
        if self.depth is Depth.ITEMS:
            return pl.DataFrame([spread[name] & empty[name] for name in self._named])
        year = pl.lit(self.year, dtype=pl.Int64).alias(expressions.PERIOD_YEAR)
        silent = read.with_columns(year).select(**self._silent)
        found = []
        for item in self.version.items:
            asked = [empty[name] for name in self._asked[item.code]]
            lacks = reduce(or_, asked) if asked else pl.repeat(value=False, n=rows.height, eager=True)
            if item.applies_when is not None:
                found.append(lacks & silent[item.code])
                asked = [one & ~silent[item.code] for one in asked]
            found += [*asked, ~lacks & spread[item.code]]
        return pl.DataFrame([one.alias(str(at)) for at, one in enumerate(found)])

    def _empty(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Say of each column that can be missing where it is empty; one that is not there is empty."""
        names = dict.fromkeys(self._named)
        if self.depth is Depth.ANSWERS:
            names |= dict.fromkeys(name for asked in self._asked.values() for name in asked)
        present = rows.select(pl.col(name).is_null() for name in names if name in rows.columns)
        return present.with_columns(
            pl.lit(value=True).alias(name) for name in names if name not in rows.columns
        )

    @cached_property
    def kinds(self) -> tuple[Mark, ...]:
        """All that can be missing, in the order of `marks`."""
        match self.depth:
            case Depth.SUB_INDICES:
                return tuple(Mark(one.column, one.code, Reason.EMPTY) for one in self.version.sub_indices)
            case Depth.ITEMS:
                return tuple(Mark(one.code, one.code, Reason.EMPTY) for one in self.version.items)
        found = []
        for item in self.version.items:
            if item.applies_when is not None:
                found.append(Mark(item.code, item.code, Reason.NOT_APPLICABLE))
            found += [Mark(name, item.code, Reason.EMPTY) for name in self._asked[item.code]]
            found.append(Mark(item.code, item.code, Reason.OPEN))
        return tuple(found)

    def of_rows(self, marks: pl.DataFrame, made: Evaluated, places: pl.Series) -> list[list[Gap]]:
        """Give the gaps of some rows, `marks` those of all."""
        found: list[list[Gap]] = [[] for _ in places]
        if self.depth is not Depth.SUB_INDICES:
            codes = list(made.least.columns)
            least, most = (side[places].to_numpy() for side in (made.least, made.most))
            column = [codes.index(one.of) for one in self.kinds]
        missing = marks[places].to_numpy().nonzero()
        for at, kind in zip(*(part.tolist() for part in missing), strict=True):
            if self.depth is Depth.SUB_INDICES:
                found[at].append(self._gap(kind, None))
            else:
                ends = int(least[at, column[kind]]), int(most[at, column[kind]])
                found[at].append(self._gap(kind, ends))
        return found

    def _gap(self, kind: int, ends: tuple[int, int] | None) -> Gap:
        """Give a gap from the place of its mark and the ends of the score; the same one for the same."""
        if (kind, ends) not in self._known:
            self._known[kind, ends] = self._new_gap(self.kinds[kind], ends)
        return self._known[kind, ends]

    def _new_gap(self, mark: Mark, ends: tuple[int, int] | None) -> Gap:
        if ends is None:
            return Gap(mark.name, None, mark.reason, *self._ends[mark.of], None)
        scale = 10 ** self.version.by_code[mark.of].decimals
        low, high = (Fraction(end, scale) for end in ends)
        change = None if self._shares is None else self._shares[mark.of] * (high - low)
        return Gap(mark.name, mark.of, mark.reason, low, high, change)

    @cached_property
    def _known(self) -> dict[tuple[int, tuple[int, int] | None], Gap]:
        return {}

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """The columns of which an empty one is missing."""
        return columns_of(self.version)[self.depth]

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
    def _silent(self) -> dict[str, pl.Expr]:
        """Whether an item cannot be asked of a village, by item; where that is not known, it can."""
        scales = answers.scales(self.version)
        return {
            item.code: ~expressions.to_polars(item.applies_when, scales, digits=answers.DIGITS).fill_null(
                value=True
            )
            for item in self.version.items
            if item.applies_when is not None
        }

    @cached_property
    def _ends(self) -> dict[str, tuple[Fraction, Fraction]]:
        return readback.ends(self.version, self.year)

    def findings(
        self, rows: pl.DataFrame, read: pl.DataFrame, made: Evaluated, most: int
    ) -> tuple[list[Finding], int, Counter[str]]:
        """Name what is missing in the first `most` rows that miss something.

        Gives the findings, how many rows were named, and how many findings the other rows have, by code.
        """
        marks = self.marks(rows, read, made)
        is_nothing = rows.select(
            pl.all_horizontal(pl.col(name).is_null() for name in self._named)
        ).to_series()
        is_empty = [kind.reason is Reason.EMPTY for kind in self.kinds]
        lacks = _any(marks, is_empty)
        is_open = _any(marks, [not one for one in is_empty])
        places = (is_nothing | lacks | is_open).arg_true()
        first = places.head(most)
        told = rows.select(LINE, keys.CODE)[first].iter_rows()
        spread = made.span.select("least", "most")[first].iter_rows()
        found = []
        for (line, code), nothing, missing, span in zip(
            told, is_nothing[first], self.of_rows(marks, made, first), spread, strict=True
        ):
            found += (
                [_nothing(line, code, _WORDS[self.depth])] if nothing else self._said(missing, line, span)
            )
        others = places.tail(len(places) - len(first))
        flags = {
            "NO_VALUE": is_nothing,
            "VALUE_MISSING": lacks & ~is_nothing,
            "SCORE_OPEN": is_open & ~is_nothing,
        }
        rest = Counter({code: int(flag[others].sum()) for code, flag in flags.items()})
        return found, len(first), +rest

    def _said(
        self, found: Sequence[Gap], line: int, span: tuple[float | None, float | None]
    ) -> list[Finding]:
        """Say what is empty, and what is open though it is answered."""
        empty = [one for one in found if one.reason is Reason.EMPTY]
        still = [one for one in found if one.reason is not Reason.EMPTY]
        between = self._between(*span)
        said = []
        if empty:
            count = f"{len({one.name for one in empty})} dari {len(self._named)} {_WORDS[self.depth]}"
            said.append(
                Finding(
                    "VALUE_MISSING",
                    f"{count} kosong, dengan yang dapat diubahnya: {_listed(empty)}.{between}",
                    "Hasil berupa selang; isi yang kosong agar hasilnya pasti.",
                    Severity.INFO,
                    Place(line=line, column=empty[0].name),
                )
            )
        if still:
            remedy = (
                "Isi kelas resmi bila hasilnya ada; selain itu aturannya belum terbit dan skornya selang."
            )
            said.append(
                Finding(
                    "SCORE_OPEN",
                    f"{len(still)} butir belum pasti walau tidak ada yang kosong: {_listed(still)}.{between}",
                    remedy,
                    Severity.INFO,
                    Place(line=line, column=still[0].name),
                )
            )
        return said

    def _between(self, least: float | None, most: float | None) -> str:
        if least is None or most is None:
            return ""
        top, decimals = self.version.top.column, self.version.thresholds.decimals
        return f" Bersama-sama: {top} {_written(least, decimals)} sampai {_written(most, decimals)}."


def _spread(made: Evaluated) -> pl.DataFrame:
    """Say for each item whether its score is open."""
    return pl.DataFrame([made.least[code] < made.most[code] for code in made.least.columns])


def _any(marks: pl.DataFrame, wanted: Sequence[bool]) -> pl.Series:
    """Whether a row has one of the wanted marks."""
    names = [name for name, is_wanted in zip(marks.columns, wanted, strict=True) if is_wanted]
    if not names:
        return pl.repeat(value=False, n=marks.height, eager=True)
    return marks.select(pl.any_horizontal(names)).to_series()


@lru_cache(MOST_FINDINGS)
def _written(figure: float, decimals: int) -> str:
    return format_number(Fraction(figure), decimals)


def _nothing(line: int, code: str, words: str) -> Finding:
    return Finding(
        "NO_VALUE",
        f"Desa {code} tidak punya satu pun {words}; hasilnya hanya selang penuh.",
        "Isi nilainya bila ada.",
        Severity.WARNING,
        Place(line=line, column=keys.CODE),
        code,
    )


def _listed(found: Sequence[Gap]) -> str:
    parts = [one.told for one in found[:MOST_NAMES]]
    rest = f" dan {len(found) - MOST_NAMES} lainnya" if len(found) > MOST_NAMES else ""
    return ", ".join(parts) + rest
