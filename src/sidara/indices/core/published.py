"""What was published beside its own items: every figure and status that they do not give is named."""

from dataclasses import dataclass

import polars as pl

from sidara.indices.core import numbers, readback
from sidara.indices.core.definition import Version
from sidara.indices.core.evaluate import STATUS, Depth, Evaluated
from sidara.kernel.finding import Finding, Place, Severity

UNIT = pl.lit(numbers.UNIT, dtype=pl.Int128)
NOISE = 10 ** (numbers.DIGITS - 12)
"""1e-12 in units of `numbers.UNIT`: what sums of doubles may lose."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that were computed: as they came, the name of the line's column, their depth.

    `digits`: the most decimals that the whole table writes in published figures (see `most_digits`).
    """

    frame: pl.DataFrame
    line: str
    depth: Depth
    digits: int


def most_digits(version: Version, frame: pl.DataFrame) -> int:
    """Give the most decimals that a table writes in published figures of the index."""
    levels = (*version.sub_indices, version.top)
    written = [level.column for level in levels if level.column in frame.columns]
    return frame.select(readback.digits(written).max()).item() or 0 if written else 0


def disagreements(version: Version, rows: Rows, made: Evaluated) -> list[Finding]:
    """Give a warning for each published figure, score or status that differs from the recomputed one."""
    return [
        *_figures(version, rows, made),
        *_scores(version, rows, made),
        *_statuses(version, rows, made),
    ]


def _warning(line: int, column: str, value: str, recomputed: str, base: str) -> Finding:
    return Finding(
        "PUBLISHED_DISAGREES",
        f"{column} terbit {value}, tetapi hitungan dari {base} memberi {recomputed}.",
        "Hasil memakai hitungan; tanyakan kepada penerbit angka itu.",
        Severity.WARNING,
        Place(line=line, column=column),
        value,
    )


_BASE = {Depth.ANSWERS: "jawabannya", Depth.ITEMS: "butirnya sendiri", Depth.SUB_INDICES: "subindeksnya"}


def _figures(version: Version, rows: Rows, made: Evaluated) -> list[Finding]:
    """Compare within a tolerance; digits are the most that the table writes (zeros at the end are dropped).

    Figures from items are exact: half a unit of the last digit, and what binary arithmetic of a publisher
    may lose (`NOISE`); a sub-index that is another step of its grid differs however short it is written.
    Figures from sub-indices: a whole unit, for the publisher may have used rounded ones.
    """
    levels = (version.top,) if rows.depth is Depth.SUB_INDICES else (*version.sub_indices, version.top)
    present = [level for level in levels if level.column in rows.frame.columns]
    digits = rows.digits
    halves = 2 if rows.depth is Depth.SUB_INDICES else 1
    found = []
    for level in present:
        published = pl.col("published")
        denominator = made.denominators[level.code]
        number = numbers.units(published)
        if denominator is None:
            allowed = 10.0**-digits * halves / 2 + 1e-9
            differs = (number.cast(pl.Float64) / float(numbers.UNIT) - pl.col("exact")).abs() > allowed
            shown = pl.col("exact")
        else:
            whole = pl.lit(denominator, dtype=pl.Int128)
            value = pl.col("exact").cast(pl.Int128)
            steps = 10 ** (numbers.DIGITS - digits) * halves + 2 * NOISE
            distance = (value * UNIT - number * whole).abs()
            differs = distance * 2 > whole * pl.lit(steps, dtype=pl.Int128)
            if level is not version.top:
                differs = differs | ((distance > 0) & (number * whole % UNIT == 0))
            shown = pl.col("exact").cast(pl.Float64) / float(denominator)
        table = pl.DataFrame(
            {
                "line": rows.frame[rows.line],
                "published": rows.frame[level.column],
                "exact": made.exact[level.code],
            }
        ).with_columns(shown=shown, differs=differs, unreadable=published.is_not_null() & number.is_null())
        for at, value_text, figure in (
            table.filter(pl.col("differs").fill_null(value=False))
            .select("line", "published", "shown")
            .iter_rows()
        ):
            recomputed = f"{figure:.{max(digits, 4)}f}"
            found.append(_warning(at, level.column, value_text, recomputed, _BASE[rows.depth]))
        found += [
            _unreadable(at, level.column, text)
            for at, text in table.filter("unreadable").select("line", "published").iter_rows()
        ]
    return found


def _unreadable(line: int, column: str, value: str) -> Finding:
    return Finding(
        "PUBLISHED_UNREADABLE",
        f"{column} terbit '{value}' tidak dapat dibandingkan.",
        "Tidak perlu tindakan untuk hitungan; perbaiki bila angka terbit itu diperlukan.",
        Severity.WARNING,
        Place(line=line, column=column),
        value,
    )


def _scores(version: Version, rows: Rows, made: Evaluated) -> list[Finding]:
    """Scores that stand beside the answers that they should follow from."""
    if rows.depth is not Depth.ANSWERS:
        return []
    found = []
    for item in version.items:
        if item.code not in rows.frame.columns:
            continue
        table = pl.DataFrame(
            {
                "line": rows.frame[rows.line],
                "published": rows.frame[item.code],
                "score": made.points[item.code],
            }
        )
        number = numbers.scaled(pl.col("published"), item.decimals)
        differs = pl.col("published").is_not_null() & (number.is_null() | (number != pl.col("score")))
        for at, value, score in table.filter(differs.fill_null(value=False)).iter_rows():
            found.append(_warning(at, item.code, value, str(score), _BASE[rows.depth]))
    return found


def _statuses(version: Version, rows: Rows, made: Evaluated) -> list[Finding]:
    if STATUS not in rows.frame.columns:
        return []
    known = [one.status for one in version.thresholds.classes]
    table = pl.DataFrame(
        {
            "line": rows.frame[rows.line],
            "published": rows.frame[STATUS],
            "set": made.span["statuses"],
        }
    ).filter(pl.col("published").is_not_null() & pl.col("set").is_not_null())
    name = pl.col("published").str.to_uppercase().str.replace_all(r"[_\s]+", " ")
    differs = name.is_in(known) & ~pl.col("set").str.split("|").list.contains(name)
    found = [
        _warning(at, STATUS, value, within.replace("|", " atau "), _BASE[rows.depth])
        for at, value, within in table.filter(differs).iter_rows()
    ]
    found += [
        _unreadable(at, STATUS, value)
        for at, value in table.filter(~name.is_in(known)).select("line", "published").iter_rows()
    ]
    return found
