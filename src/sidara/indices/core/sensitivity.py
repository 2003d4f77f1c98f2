"""How much a status hangs on single items and on weights.

Items: which of them, moved one step (or as far as they go), alone change a village's status. Weights: what
the statuses would be if a share of the index moved from one sub-index to another. Only complete villages
have answers about items; about weights a span of statuses is answered by a span.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, permutations

import polars as pl

from sidara.indices.core import keys, spans
from sidara.indices.core.compute import compute
from sidara.indices.core.definition import Aggregation, Definition, Missing, Result, Version
from sidara.indices.core.evaluate import Depth, evaluate
from sidara.indices.core.scoring import Figure, class_position, figure, highest
from sidara.indices.core.standing import Standing, least_units, linear, standings, steps
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number
from sidara.tables import LINE

SHARES = (Fraction(1, 20), Fraction(1, 10))
"""How much of the whole index moves from one sub-index to another, unless asked otherwise."""
type Schema = dict[str, type[pl.DataType]]

UP, DOWN, FAR_UP, FAR_DOWN = "up", "down", "far_up", "far_down"
NEAR_STEP, NEAR = "is_near_step", "is_near"


@dataclass(frozen=True, slots=True)
class Shift:
    """The `share` of the index that moves from sub-index `giver` to sub-index `taker` (codes)."""

    giver: str
    taker: str
    share: Fraction

    @property
    def label(self) -> str:
        """Give the shift in short: `IKS -> IKE 0.05`."""
        return f"{self.giver} -> {self.taker} {float(self.share):g}"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What moves statuses.

    `frame`: a row a village and year: `kode, tahun`, the index, `status`; `to_next`, `to_previous`: what
    the rounded index lacks to the next class and holds above the previous one (null at the ends); `up`,
    `down`: items whose one step alone changes the status, with their scores (`S02 0 -> 5`, separated by
    `; `); `far_up`, `far_down`: items that change it when they go as far as they can; `is_near_step`,
    `is_near`: whether there is an item of the one or the other kind; `shifts`: at how many weight shifts the
    status differs (of `of_shifts`), `status_shifts`: all that it is there.
    `shifts`: a row a shift: `giver, taker, share`, how many rise, fall, stay, and are not sure.
    """

    frame: pl.DataFrame
    shifts: pl.DataFrame
    rejected: tuple[int, ...]
    findings: tuple[Finding, ...]


def sensitivity(
    definition: Definition,
    frame: pl.DataFrame,
    shares: Sequence[Fraction] = SHARES,
    known: Collection[str] | None = None,
) -> Sensitivity:
    """Tell for every row of a table (see `compute`) what its status hangs on.

    `shares` (above 0, below 1) are moved between every ordered pair of sub-indices; a pair whose giver weighs
    less than that is left out.
    """
    made = compute(definition, frame, known)
    rows, shifts, said = [], [], list(made.findings)
    for one in standings(definition, frame, made.lines):
        top = one.version.top.column
        plain = evaluate(one.version, one.depth, one.rows, one.year).results
        items = _of_items(one)
        weights, by_shift = _of_weights(one, shares)
        rows.append(
            pl.concat(
                [
                    one.rows.select(LINE, keys.CODE, pl.col(keys.YEAR_NUMBER).alias(keys.YEAR)),
                    plain.select(
                        top,
                        *(
                            pl.col(str(one.version.results.named(result))).alias(name)
                            for result, name in (
                                (Result.LOW, f"{top}_min"),
                                (Result.HIGH, f"{top}_max"),
                                (Result.STATUS, "status"),
                            )
                        ),
                    ),
                    items,
                    weights,
                ],
                how="horizontal",
            )
        )
        shifts.append(by_shift)
        said += _unsaid(one, items)
    table = pl.concat(rows, how="diagonal_relaxed").sort(LINE).drop(LINE) if rows else pl.DataFrame()
    counted = (
        pl.concat(shifts).group_by("giver", "taker", "share", maintain_order=True).sum()
        if shifts
        else pl.DataFrame()
    )
    return Sensitivity(table, counted, made.rejected, tuple(said))


def _unsaid(one: Standing, items: pl.DataFrame) -> Iterator[Finding]:
    silent = items[NEAR].null_count()
    if silent:
        why = (
            "berkas hanya berisi subindeks"
            if one.depth is Depth.SUB_INDICES
            else "skor butirnya belum lengkap"
        )
        yield Finding(
            "SENSITIVITY_WITHOUT_ITEMS",
            f"Kepekaan terhadap butir tidak dinilai untuk {format_number(silent)} baris: {why}.",
            _remedy(one),
            Severity.NOT_EVALUATED,
        )


def _remedy(one: Standing) -> str:
    classes = [answer.name for answer in one.version.inputs if answer.is_optional]
    if one.depth is Depth.ANSWERS and classes:
        return f"Lengkapi jawabannya, dan isi kelas resmi bila hasilnya ada ({classes[0]}, …)."
    return "Lengkapi skor butir atau jawabannya."


def _of_items(one: Standing) -> pl.DataFrame:
    """Judge each item alone: one step up or down, and every score that it can have."""
    names: Schema = {
        UP: pl.String,
        DOWN: pl.String,
        FAR_UP: pl.String,
        FAR_DOWN: pl.String,
        NEAR_STEP: pl.Boolean,
        NEAR: pl.Boolean,
    }
    figures: Schema = {"to_next": pl.Float64, "to_previous": pl.Float64}
    if one.depth is Depth.SUB_INDICES:
        none = dict.fromkeys([*figures, *names], [None] * one.rows.height)
        return pl.DataFrame(none, schema=figures | names)
    version, points = one.version, one.sure
    position_of = _positions(one)
    start = position_of(None)
    marks: dict[str, list[pl.Series]] = {name: [] for name in (UP, DOWN, FAR_UP, FAR_DOWN)}
    for item in version.items:
        scores = steps(item, one.year)
        if not scores:
            continue
        own = points[item.code]
        for name, moves in (
            (UP, dict(pairwise(scores))),
            (DOWN, dict(zip(scores[1:], scores, strict=False))),
            (FAR_UP, dict.fromkeys(scores[:-1], scores[-1])),
            (FAR_DOWN, dict.fromkeys(scores[1:], scores[0])),
        ):
            moved = own.replace_strict(moves, default=None, return_dtype=pl.Int64).alias(item.code)
            after = position_of(moved)
            flips = (after > start) if name in {UP, FAR_UP} else (after < start)
            words = pl.DataFrame({"from": own, "to": moved, "flips": flips}).select(
                pl.when("flips").then(
                    pl.format("{} {} -> {}", pl.lit(item.code), "from", "to")
                    if name in {UP, DOWN}
                    else pl.lit(item.code)
                )
            )
            marks[name].append(words.to_series())
    table = pl.DataFrame(
        {name: _joined(series, one.rows.height) for name, series in marks.items()}
    ).with_columns(complete=start.is_not_null())
    table = table.with_columns(
        ((pl.col(UP) != "") | (pl.col(DOWN) != "")).alias(NEAR_STEP),
        ((pl.col(FAR_UP) != "") | (pl.col(FAR_DOWN) != "")).alias(NEAR),
    )
    judged = table.select(pl.when("complete").then(pl.col(name)).alias(name) for name in names)
    return pl.concat([_margins(one, start), judged], how="horizontal")


def _positions(one: Standing) -> Callable[[pl.Series | None], pl.Series]:
    """Give a way to the places of the classes with the scores of one item (its series' name) moved."""
    version, points = one.version, one.sure
    index = figure(version, version.top)
    sum_of = linear(version)
    if sum_of is None:
        position = class_position(version, index)
        return lambda moved: (
            (points if moved is None else points.with_columns(moved)).select(position).to_series()
        )
    total = points.select(index.value).to_series()
    place = class_position(version, Figure(pl.col(total.name), index.denominator))
    factors = dict(zip(version.by_code, sum_of.factors, strict=True))

    def position_of(moved: pl.Series | None) -> pl.Series:
        if moved is None:
            return total.to_frame().select(place).to_series()
        after = total + (moved - points[moved.name]) * factors[moved.name]
        return after.alias(total.name).to_frame().select(place).to_series()

    return position_of


def _joined(series: Sequence[pl.Series], height: int) -> pl.Series:
    if not series:
        return pl.Series([""] * height, dtype=pl.String)
    parts = pl.DataFrame({str(at): one for at, one in enumerate(series)})
    return parts.select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True)).to_series()


def _margins(one: Standing, start: pl.Series) -> pl.DataFrame:
    """Give what the rounded index lacks to the next class, and what it holds above the previous one."""
    version = one.version
    thresholds = version.thresholds
    last = len(thresholds.classes) - 1
    ends = {at: least_units(thresholds, at) for at in range(last + 1)}
    units = one.sure.select(figure(version, version.top).rounded(thresholds.decimals)).to_series()
    table = pl.DataFrame({"units": units, "position": start})
    upper = pl.col("position").replace_strict(
        {at: ends[at + 1] for at in range(last)}, default=None, return_dtype=pl.Int64
    )
    lower = pl.col("position").replace_strict(
        {at: ends[at] - 1 for at in range(1, last + 1)}, default=None, return_dtype=pl.Int64
    )
    scale = 10**thresholds.decimals
    return table.select(
        to_next=((upper - pl.col("units")) / scale).round(thresholds.decimals),
        to_previous=((pl.col("units") - lower) / scale).round(thresholds.decimals),
    )


def shifted(version: Version, shift: Shift) -> Version | None:
    """Give the version with a share of the index moved; `None` when the giver weighs less than that.

    The share of a sub-index is the part of the highest index that it can bring (of a geometric mean: its
    part of the exponents).
    """
    top, subs = version.top, version.sub_indices
    is_sum = top.aggregation is Aggregation.SUM
    brings = {level.code: level.weight * (highest(version, level) if is_sum else 1) for level in subs}
    whole = sum(brings.values(), Fraction(0))
    share = {code: part / whole for code, part in brings.items()}
    if top.aggregation is Aggregation.MIN_MAX or share[shift.giver] <= shift.share:
        return None
    share[shift.giver] -= shift.share
    share[shift.taker] += shift.share
    weights = {
        level.code: share[level.code] * whole / (highest(version, level) if is_sum else 1) for level in subs
    }
    levels = tuple(
        replace(level, weight=weights[level.code]) if level.code in weights else level
        for level in version.levels
    )
    return replace(version, levels=levels)


def _of_weights(one: Standing, shares: Sequence[Fraction]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Compute the statuses at every shift; rows, and the counts of each shift."""
    rows = one.rows.drop(one.version.top.column, strict=False)
    classes = [level.status for level in one.version.thresholds.classes]
    ends = _ends(one) if one.depth is not Depth.SUB_INDICES and _is_apart(one) else None

    def span_of(version: Version) -> pl.DataFrame:
        if ends is not None:
            return ends.places(version)
        return _span(evaluate(version, one.depth, rows, one.year).results, version)

    before = span_of(one.version)
    found, counts = [before], []
    differs = pl.Series([0] * rows.height, dtype=pl.Int64)
    codes = [level.code for level in one.version.sub_indices]
    for share in shares:
        for giver, taker in permutations(codes, 2):
            shift = Shift(giver, taker, share)
            version = shifted(one.version, shift)
            if version is None:
                continue
            after = span_of(version)
            found.append(after)
            is_sure = ((before["low"] == before["high"]) & (after["low"] == after["high"])).fill_null(
                value=False
            )
            rises, falls = ((after["low"] > before["low"]), (after["low"] < before["low"]))
            differs += ((rises | falls) & is_sure).fill_null(value=False).cast(pl.Int64)
            counts.append(
                {
                    "giver": giver,
                    "taker": taker,
                    "share": float(share),
                    "rise": int((rises & is_sure).sum()),
                    "fall": int((falls & is_sure).sum()),
                    "stay": int((is_sure & (after["low"] == before["low"])).sum()),
                    "not_sure": int((~is_sure).sum()),
                }
            )
    low = pl.DataFrame([span["low"].alias(str(at)) for at, span in enumerate(found)]).min_horizontal()
    high = pl.DataFrame([span["high"].alias(str(at)) for at, span in enumerate(found)]).max_horizontal()
    sets = {
        first * len(classes) + last: "|".join(classes[first : last + 1])
        for first in range(len(classes))
        for last in range(first, len(classes))
    }
    is_complete = (before["low"] == before["high"]).fill_null(value=False)
    of_rows = pl.DataFrame({"low": low, "high": high, "differs": differs, "complete": is_complete}).select(
        pl.when("complete").then("differs").alias("shifts"),
        pl.lit(len(counts), dtype=pl.Int64).alias("of_shifts"),
        (pl.col("low") * len(classes) + pl.col("high"))
        .replace_strict(sets, default=None, return_dtype=pl.String)
        .alias("status_shifts"),
    )
    schema = {"giver": pl.String, "taker": pl.String, "share": pl.Float64} | dict.fromkeys(
        ("rise", "fall", "stay", "not_sure"), pl.Int64
    )
    return of_rows, pl.DataFrame(counts, schema=schema)


def _is_apart(one: Standing) -> bool:
    """Whether the same scores give the lowest and the highest index at every shift.

    That is so where items which share answers hang on one sub-index: a shift moves whole sub-indices.
    """
    if one.depth is Depth.ITEMS:
        return True
    owner = {
        item.code: level.code
        for level in one.version.sub_indices
        for item in one.version.items_below(level.code)
    }
    together = spans.components(one.version, one.year)
    return all(len({owner.get(item.code) for item in part.items}) == 1 for part in together)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The sub-indices at both ends of each row, which no shift changes, and whether its scores are known."""

    low: pl.DataFrame
    high: pl.DataFrame
    given: dict[str, Figure]
    complete: pl.Series

    def places(self, version: Version) -> pl.DataFrame:
        """Give the lowest and the highest class of each row, by place, with the weights of `version`."""
        position = class_position(version, figure(version, version.top, self.given))
        ends = pl.DataFrame(
            {
                "low": self.low.select(position).to_series(),
                "high": self.high.select(position).to_series(),
                "complete": self.complete,
            }
        )
        if version.missing is Missing.WITHHOLD:
            ends = ends.with_columns(pl.when("complete").then(name).alias(name) for name in ("low", "high"))
        return ends.select("low", "high")


def _ends(one: Standing) -> _Ends:
    subs = {level.code: figure(one.version, level) for level in one.version.sub_indices}
    low, high = (
        side.select(made.value.alias(code) for code, made in subs.items()) for side in (one.worst, one.best)
    )
    given = {code: Figure(pl.col(code), made.denominator) for code, made in subs.items()}
    complete = one.sure.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
    return _Ends(low, high, given, complete)


def _span(results: pl.DataFrame, version: Version) -> pl.DataFrame:
    """Give the lowest and the highest class that a row can have, by place."""
    places = {level.status: at for at, level in enumerate(version.thresholds.classes)}
    columns = [str(version.results.named(result)) for result in (Result.STATUSES, Result.STATUS)]
    named = results.select(pl.coalesce(*columns).str.split("|").alias("set"))
    return named.select(
        low=pl.col("set").list.first().replace_strict(places, default=None, return_dtype=pl.Int64),
        high=pl.col("set").list.last().replace_strict(places, default=None, return_dtype=pl.Int64),
    )
