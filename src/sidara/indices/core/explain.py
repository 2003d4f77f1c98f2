"""One village opened: for each item the score, the rule that fired, what it lost, and who may raise it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from sidara import expressions
from sidara.indices.core import answers as answering
from sidara.indices.core import values
from sidara.indices.core.compute import Part, compute, judge
from sidara.indices.core.definition import ACTORS, Definition, Item, Rule, Version
from sidara.indices.core.evaluate import Depth, Evaluated
from sidara.indices.core.gaps import Gap, Gaps
from sidara.indices.core.reading import typed
from sidara.indices.core.scoring import bounds, figure
from sidara.kernel.finding import Finding
from sidara.kernel.number import rounded
from sidara.tables import LINE

type Score = int | float | None
type Value = Fraction | str | bool | None


@dataclass(frozen=True, slots=True)
class ItemExplanation:
    """One item of one village.

    `score` is what was computed with, `score_published` what was shown; `answer` holds the inputs by name
    where answers are known. `meaning` and `activity` are the published words of the rule that fired
    (`rule` = its condition). `gain` = what the index gains when the item is raised to its highest.
    """

    code: str
    label: str
    level: str
    dimension: str | None
    score: Score
    score_published: Score
    answer: Mapping[str, str | None] | None
    rule: str | None
    meaning: str | None
    activity: str | None
    gain: float | None
    actors: Mapping[str, str | None]
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One village in one year: its figures by column, the level used, its items (none at sub-indices).

    `span` is the lowest and highest index, `levels` those of each level below it by column, `gaps` what
    keeps them apart. `with_empty_as_zero` is the index when empty items counted nothing, where a
    definition says that its publisher may do so (`empty_note`): shown, never used.
    """

    code: str
    year: int
    depth: Depth
    version: str
    results: Mapping[str, Any]
    items: tuple[ItemExplanation, ...]
    findings: tuple[Finding, ...]
    span: tuple[float | None, float | None] = (None, None)
    levels: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    with_empty_as_zero: float | None = None


def explain(definition: Definition, row: pl.DataFrame) -> Explanation | tuple[Finding, ...]:
    """Explain a table of one row (see `compute`); the findings that reject the row else."""
    row = row.with_columns(pl.exclude(LINE).cast(pl.String))
    computed = compute(definition, row)
    if computed.frame.is_empty() or computed.depth is None:
        return computed.findings
    results = computed.frame.row(0, named=True)
    year = results["tahun"]
    part, *_ = judge(definition, row).parts
    made = part.evaluation.of(part.rows, part.read)
    version = part.version
    span, levels = made.span.row(0, named=True), made.levels.row(0, named=True)
    return Explanation(
        code=results["kode"],
        year=year,
        depth=computed.depth,
        version=version.code,
        results=results,
        items=_items(version, computed.depth, part.rows, results, year),
        findings=computed.findings,
        span=(span["least"], span["most"]),
        levels={
            level.column: (levels[f"low {level.code}"], levels[f"high {level.code}"])
            for level in version.sub_indices
        },
        gaps=_gaps(part, made),
        with_empty_as_zero=_with_empty_as_zero(version, made),
    )


def _gaps(part: Part, made: Evaluated) -> tuple[Gap, ...]:
    gaps = Gaps(part.version, part.depth, part.year)
    marks = gaps.marks(part.rows, part.read, made)
    return tuple(gaps.of_rows(marks, made, pl.Series([0]))[0])


def _with_empty_as_zero(version: Version, made: Evaluated) -> float | None:
    """Give the index with nothing for each score that is not sure, where the publisher may count so."""
    if version.empty_note is None or not made.points.width:
        return None
    if not sum(made.points.null_count().row(0)):
        return None
    index: float = made.points.fill_null(0).select(figure(version, version.top).as_float()).item()
    return index


def _items(
    version: Version, depth: Depth, row: pl.DataFrame, results: Mapping[str, Any], year: int
) -> tuple[ItemExplanation, ...]:
    if depth is Depth.SUB_INDICES:
        return ()
    given = row.row(0, named=True)
    shown = {code: _number(given.get(code)) for code in version.by_code}
    scores: dict[str, Score]
    records: dict[str, Value] | None
    if depth is Depth.ANSWERS:
        scores = {code: results[code] for code in version.by_code}
        records = _records(version, row, year)
    else:
        scores = shown | {
            quirk.item: replacing
            for quirk in version.replaced_scores()
            if (replacing := _number(given.get(quirk.column or ""))) is not None
        }
        records = None
    gains = _gains(version, scores, year)
    explained = []
    for item in version.items:
        rule = _rule(item, year, scores[item.code], records)
        explained.append(
            ItemExplanation(
                code=item.code,
                label=item.name,
                level=item.level,
                dimension=item.dimension,
                score=scores[item.code],
                score_published=shown[item.code],
                answer={one.name: given.get(one.name) for one in item.inputs}
                if records is not None
                else None,
                rule=rule.when.text if rule else None,
                meaning=rule.label if rule else None,
                activity=rule.activity if rule else None,
                gain=gains.get(item.code),
                actors={name: dict(item.actors).get(name) for name in ACTORS},
                confidence=_confidence(item, rule),
            )
        )
    return tuple(explained)


def _confidence(item: Item, rule: Rule | None) -> str | None:
    if rule is None:
        return None
    return rule.confidence or dict(item.confidence).get("score_and_label")


def _number(text: object) -> Score:
    if not isinstance(text, str) or not values.is_number(text):
        return None
    number = Fraction(Decimal(text))
    return int(number) if number.denominator == 1 else float(number)


def _records(version: Version, row: pl.DataFrame, year: int) -> dict[str, Value]:
    """Give the answers of the one row as exact values, by name."""
    record: dict[str, Value] = {expressions.PERIOD_YEAR: Fraction(year)}
    scales = answering.scales(version)
    for name, value in typed(version, row).row(0, named=True).items():
        record[name] = Fraction(value, 10 ** scales[name]) if name in scales and value is not None else value
    return record


def _rule(
    item: Item,
    year: int,
    score: Score,
    record: Mapping[str, Value] | None,
) -> Rule | None:
    """Give the rule that fired: by the answers where known, else the first of the year with the score.

    A rule that leaves the score open fires, too; where an answer is missing none is named.
    """
    if item.measure is not None:
        return None
    rules = item.rules_in(year)
    for rule in rules if record is not None else ():
        holds = expressions.to_python(answering.resolved(item, rule.when))(record or {})
        if holds is True:
            return rule
        if holds is None:
            break
    return None if score is None else next((rule for rule in rules if rule.score == score), None)


def _gains(version: Version, scores: Mapping[str, Score], year: int) -> dict[str, float]:
    """Give the gain of the index when one item is raised to its highest (missing ones: lowest)."""
    low, high = bounds(version, year)
    base = {
        code: low[code] if score is None else int(Fraction(str(score)) * 10 ** version.by_code[code].decimals)
        for code, score in scores.items()
    }
    known = [code for code, score in scores.items() if score is not None]
    if not known:
        return {}
    frame = pl.DataFrame([base, *(base | {code: high[code]} for code in known)])
    index = figure(version, version.top)
    before, *after = frame.select(index.value).to_series()
    if index.denominator is None:
        return {
            code: round(one - before, version.gain_decimals) for code, one in zip(known, after, strict=True)
        }
    return {
        code: float(rounded(Fraction(one - before, index.denominator), version.gain_decimals))
        for code, one in zip(known, after, strict=True)
    }
