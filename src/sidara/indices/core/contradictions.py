"""Answers that cannot all be true: told, never a reason to reject a row.

An official class beside answers that rule it out, an answer to what cannot be asked of the village, and the
pairs that a definition names itself (latrines that work where there are none).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from sidara import expressions
from sidara.expressions import Expression
from sidara.indices.core import answers, spans
from sidara.indices.core.definition import Contradiction, Input, Item, Version
from sidara.indices.core.gaps import MOST_FINDINGS
from sidara.kernel.finding import Finding, Place, Severity
from sidara.tables import LINE


@dataclass(frozen=True, slots=True)
class _Odd:
    """Rows that contradict themselves: where (a truth a row), and the columns that `message` names.

    The first of `shown` is the value of `column`. Only rows that are named are ever looked up.
    """

    code: str
    column: str
    message: str
    remedy: str
    is_hit: pl.Series
    shown: tuple[pl.Expr, ...]

    def findings(self, rows: pl.DataFrame, most: int) -> Iterator[Finding]:
        """Give a warning for each of the first `most` rows."""
        names = dict.fromkeys(name for one in self.shown for name in one.meta.root_names())
        hits = rows.select(LINE, *names)[self.is_hit.arg_true().head(most)]
        for at, value, *given in hits.select(LINE, *self.shown).iter_rows():
            message = self.message.format(value, *given)
            place = Place(line=at, column=self.column)
            yield Finding(self.code, message, self.remedy, Severity.WARNING, place, value)


def findings(
    version: Version, rows: pl.DataFrame, read: pl.DataFrame, year: int
) -> tuple[list[Finding], Counter[str]]:
    """Give a warning for each contradiction in rows of answers, already judged; `read` = as they were read.

    So many of a code one by one (`MOST_FINDINGS`), and how many more there are.
    """
    found: list[Finding] = []
    named: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for one in _all(version, rows, read, year):
        hits, room = int(one.is_hit.sum()), MOST_FINDINGS - named[one.code]
        found += one.findings(rows, room)
        named[one.code] += min(room, hits)
        rest[one.code] += max(hits - room, 0)
    return found, +rest


def _all(version: Version, rows: pl.DataFrame, read: pl.DataFrame, year: int) -> Iterator[_Odd]:
    for item in version.items:
        yield from _of_classes(version, item, rows, read, year)
        yield from _of_parent(version, item, rows, read)
    for one in version.contradictions:
        yield from _named(version, one, rows, read)


def _holds(version: Version, item: Item | None, when: Expression) -> pl.Expr:
    whole = when if item is None else answers.resolved(item, when)
    return expressions.to_polars(whole, answers.scales(version), digits=answers.DIGITS)


def _of_classes(
    version: Version, item: Item, rows: pl.DataFrame, read: pl.DataFrame, year: int
) -> Iterator[_Odd]:
    """Compare each entered class with the scores that the other answers leave."""
    for official in item.inputs:
        if not official.is_optional or official.name not in rows.columns:
            continue
        names = [one.name for one in spans.asked(item, year)]
        if not names or not set(names) <= set(rows.columns):
            continue
        entered = rows[official.name].is_not_null().arg_true()
        if entered.is_empty():
            continue
        is_odd = _is_excluded(version, item, official, read.select(official.name, *names)[entered], year)
        is_hit = pl.repeat(value=False, n=rows.height, eager=True).scatter(entered, is_odd)
        shown = [pl.col(name).cast(pl.String).fill_null("kosong") for name in names]
        said = ", ".join(f"{name} {{}}" for name in names)
        yield _Odd(
            "CLASS_CONTRADICTS",
            official.name,
            f"Kelas resmi {official.name} '{{}}' tidak cocok dengan jawaban lain ({said}) menurut aturan "
            f"{item.code} yang terbit; yang dipakai kelas resminya.",
            "Periksa kelas resmi dan jawabannya; perbaiki yang keliru, atau kosongkan kelasnya.",
            is_hit,
            (pl.col(official.name), *shown),
        )


def _is_excluded(version: Version, item: Item, official: Input, typed: pl.DataFrame, year: int) -> pl.Series:
    """Whether the score of the class is none that the rules leave when the class is not entered."""
    blank = typed.with_columns(pl.lit(answers.NOT_SAID).alias(official.name))
    left: dict[int, list[pl.Expr]] = {}
    score, is_done = pl.lit(None, dtype=pl.Int64), pl.lit(value=False)
    for rule in item.rules_in(year):
        holds = _holds(version, item, rule.when)
        if official.name in rule.when.names:
            score = pl.coalesce(score, pl.when(holds).then(rule.score))
            continue
        for one in rule.possible:
            left.setdefault(one, []).append(holds.fill_null(value=True) & ~is_done)
        is_done = is_done | holds.fill_null(value=False)
    may = blank.with_columns(reduce(or_, ways).alias(f"may {one}") for one, ways in left.items())
    table = may.with_columns(typed.with_columns(score=score)["score"])
    fits = reduce(or_, ((pl.col("score") == one) & pl.col(f"may {one}") for one in left), pl.lit(value=False))
    return table.with_columns(odd=pl.col("score").is_not_null() & ~fits.fill_null(value=False))["odd"]


def _of_parent(version: Version, item: Item, rows: pl.DataFrame, read: pl.DataFrame) -> Iterator[_Odd]:
    """Name answers to an item that does not apply to the village."""
    if item.applies_when is None:
        return
    parents = [name for name in item.applies_when.names if name in rows.columns]
    if len(parents) < len(item.applies_when.names):
        return
    is_out = ~read.select(_holds(version, None, item.applies_when).fill_null(value=True)).to_series()
    for one in item.inputs:
        if one.name not in rows.columns:
            continue
        yield _Odd(
            "ANSWER_WITHOUT_PARENT",
            one.name,
            f"Jawaban {one.name} terisi '{{}}', padahal butir {item.code} hanya ditanyakan bila "
            f"{item.applies_when.text}.",
            f"Kosongkan {one.name}, atau perbaiki {', '.join(parents)}.",
            is_out & rows[one.name].is_not_null(),
            (pl.col(one.name).cast(pl.String),),
        )


def _named(version: Version, one: Contradiction, rows: pl.DataFrame, read: pl.DataFrame) -> Iterator[_Odd]:
    """Name the rows in which a contradiction of the definition holds."""
    names = list(one.when.names)
    if not {*names, one.column} <= set(rows.columns):
        return
    holds = read.select(_holds(version, None, one.when)).to_series()
    yield _Odd(
        "ANSWERS_CONTRADICT",
        one.column,
        one.message,
        f"Periksa {', '.join(names)}; perbaiki yang keliru.",
        holds.fill_null(value=False),
        (pl.col(one.column).cast(pl.String),),
    )
