"""A table of villages in, the same table with its figures out, and everything that should be said.

Rows are judged (key, year, values, duplicates), the good ones computed by version and span of years, and
compared with what was published beside them. No row is lost: computed + rejected = read.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import polars as pl

from sidara.indices.core import contradictions, gaps, keys, numbers, values
from sidara.indices.core.definition import Definition, Version
from sidara.indices.core.evaluate import (
    Depth,
    Evaluated,
    columns_of,
    depth_of,
    evaluate,
    is_usable,
    result_columns,
)
from sidara.indices.core.lint import LAST_YEAR
from sidara.indices.core.published import Rows, disagreements
from sidara.kernel.finding import Finding, Place, Severity
from sidara.tables import LINE

PUBLISHED = "_terbit"
USED = "__used"
INTERNAL = (LINE, keys.BARE, keys.YEAR_NUMBER)


@dataclass(frozen=True, slots=True)
class Computed:
    """What a computation gives.

    `frame`: the computed rows in the order of the file, columns as `docs/add-an-index.md` lists them.
    `lines`: their lines. `depth`: the level used (the least deep when versions differ), `None` when no
    row could be computed. `rejected`: the lines of rejected rows.
    """

    frame: pl.DataFrame
    lines: tuple[int, ...]
    depth: Depth | None
    rejected: tuple[int, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one version and one span of years, with the depth that their columns allow."""

    version: Version
    year: int
    depth: Depth
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Work:
    """What was computed, part by part, the faults of the rejected rows, and which rows those are."""

    parts: tuple[tuple[Part, Evaluated], ...]
    depths: tuple[Depth, ...]
    faults: tuple[Finding, ...]
    rejected: frozenset[int | None]


def needed_columns(definition: Definition) -> tuple[tuple[str, ...], ...]:
    """Give the groups of columns of which a file needs one, deepest first, beside `kode` and `tahun`."""
    groups = [group for version in definition.versions for group in columns_of(version).values()]
    groups += [tuple(item.variable for item in version.items) for version in definition.versions]
    return tuple(dict.fromkeys(groups))


def known_columns(definition: Definition) -> frozenset[str]:
    """Every column that has a meaning in an input file."""
    names = {name for group in needed_columns(definition) for name in group}
    for version in definition.versions:
        names |= {*result_columns(version), *(quirk.column or "" for quirk in version.replaced_scores())}
        names |= {one.name for one in version.inputs}
    return frozenset({keys.CODE, keys.YEAR, *names} - {""})


def compute(definition: Definition, frame: pl.DataFrame, known: Collection[str] | None = None) -> Computed:
    """Compute a table of text columns with `LINE` (see `tables.read`), all villages at once.

    `known` are the codes (bare digits) that the register of areas knows; the others are told. The frame
    must hold `kode`, `tahun` and one whole group of `needed_columns` (who reads the file sees to it).
    """
    done = work(definition, frame)
    said = list(done.faults)
    uncounted: Counter[str] = Counter()
    outputs = []
    for part, made in done.parts:
        found, rest = _said(part, made, known)
        said += found
        uncounted += rest
        outputs.append(_output(part, made))
    table = pl.concat(outputs, how="diagonal_relaxed").sort(LINE) if outputs else _empty(definition, frame)
    return Computed(
        frame=table.drop(LINE),
        lines=tuple(table[LINE]),
        depth=max(done.depths, key=list(Depth).index) if done.depths else None,
        rejected=tuple(sorted(line for line in done.rejected if line is not None)),
        findings=_limited(sorted(said, key=lambda finding: finding.place.line or 0), uncounted),
    )


def work(definition: Definition, frame: pl.DataFrame) -> Work:
    """Judge and evaluate a table as `compute` does; the columns of items may be named as their variables."""
    frame = keys.with_keys(keys.with_codes(definition, frame))
    spans = [(version.valid_from, version.valid_to) for version in definition.versions]
    faults = keys.judge_codes(frame, LINE) + keys.judge_years(frame, LINE, spans, definition.code)
    parts = list(_parts(definition, _without(frame, faults)))
    for part in parts:
        faults += _judge(part)
    faults += keys.judge_duplicates(_without(frame, faults), LINE)
    rejected = frozenset(fault.place.line for fault in faults)
    good = (replace(part, rows=part.rows.filter(~pl.col(LINE).is_in(list(rejected)))) for part in parts)
    evaluated = tuple(
        (part, evaluate(part.version, part.depth, part.rows, part.year))
        for part in good
        if not part.rows.is_empty()
    )
    return Work(evaluated, tuple(part.depth for part in parts), tuple(faults), rejected)


def _without(frame: pl.DataFrame, faults: Iterable[Finding]) -> pl.DataFrame:
    return frame.filter(~pl.col(LINE).is_in([fault.place.line for fault in faults]))


def _parts(definition: Definition, frame: pl.DataFrame) -> Iterable[Part]:
    for version in definition.versions:
        depth = depth_of(version, frame.columns)
        for first, last in version.segments(LAST_YEAR):
            rows = frame.filter(pl.col(keys.YEAR_NUMBER).is_between(first, last))
            if depth is not None and not rows.is_empty():
                yield Part(version, first, depth, rows)


def _judge(part: Part) -> list[Finding]:
    match part.depth:
        case Depth.ANSWERS:
            return values.judge_answers(part.version, part.rows, LINE)
        case Depth.ITEMS:
            return values.judge_scores(part.version, part.rows, LINE, part.year)
        case Depth.SUB_INDICES:
            return values.judge_sub_indices(part.version, part.rows, LINE)


def _said(part: Part, made: Evaluated, known: Collection[str] | None) -> tuple[list[Finding], Counter[str]]:
    """Say what does not reject: unknown codes, missing values, off the grid, what disagrees."""
    rows = part.rows
    missing, rest = gaps.findings(gaps.Gaps(part.version, part.depth, part.year), rows, made, LINE)
    odd, more = contradictions.findings(part.version, part.depth, rows, LINE, part.year)
    said = [
        *(_unknown_codes(rows, known) if known is not None else ()),
        *missing,
        *odd,
        *_off_grid(part, rows, made),
        *disagreements(part.version, Rows(rows, LINE, part.depth), made),
    ]
    return said, rest + more


def _unknown_codes(rows: pl.DataFrame, known: Collection[str]) -> list[Finding]:
    strange = rows.filter(~pl.col(keys.BARE).is_in(list(known)))
    return [
        Finding(
            "CODE_UNKNOWN",
            f"Kode {code} tidak ada dalam register wilayah; baris ini tetap dihitung.",
            "Periksa kodenya: mungkin kode lama, salah ketik, atau kode BPS.",
            Severity.INFO,
            Place(line=line, column=keys.CODE),
            code,
        )
        for line, code in strange.select(LINE, keys.CODE).iter_rows()
    ]


def _off_grid(part: Part, rows: pl.DataFrame, made: Evaluated) -> list[Finding]:
    """Name each row with a figure that no whole scores can give."""
    if part.depth is not Depth.SUB_INDICES:
        return []
    names = made.off_grid.columns
    is_off = made.off_grid.select(pl.any_horizontal(pl.all())).to_series()
    marks = made.off_grid.filter(is_off)
    top = part.version.top
    given = pl.col(top.column) if top.column in rows.columns else pl.lit(None, dtype=pl.String)
    off = rows.filter(is_off).with_columns(is_usable(part.version, given).fill_null(value=False).alias(USED))
    found = []
    for row, marked in zip(off.iter_rows(named=True), marks.iter_rows(named=True), strict=True):
        strange = [name for name in names if marked[name]]
        said = ", ".join(f"{name} {row[name]}" for name in strange)
        used = f"{top.column} terbit" if row[USED] else "rata-rata angka terbit"
        found.append(
            Finding(
                "OFF_GRID",
                f"Angka {said} tidak dapat berasal dari skor bulat; dipakai {used}.",
                "Tanyakan kepada penerbit; skor butirnya perlu dihitung ulang.",
                Severity.WARNING,
                Place(line=row[LINE], column=strange[0]),
                row[strange[0]],
            )
        )
    return found


def _output(part: Part, made: Evaluated) -> pl.DataFrame:
    """Set the columns that came beside those that were computed; published ones get a name of their own."""
    rows = part.rows
    results = result_columns(part.version)
    added = dict.fromkeys(results)
    if part.depth is Depth.ANSWERS:
        added |= dict.fromkeys(made.points.columns)
    kept: list[pl.Expr] = []
    for name in rows.columns:
        if name in INTERNAL:
            continue
        if name in added:
            free = _free_name(name + PUBLISHED, rows.columns)
            kept.append(_as_numbers(rows[name]).alias(free))
        elif name == keys.YEAR:
            kept.append(pl.col(keys.YEAR_NUMBER).alias(name))
        elif part.depth is Depth.ITEMS and name in part.version.by_code:
            item = part.version.by_code[name]
            kept.append(
                pl.col(name).cast(pl.Float64) if item.measure else numbers.scaled(pl.col(name), 0).alias(name)
            )
        elif name in {quirk.column for quirk in part.version.replaced_scores()}:
            kept.append(numbers.scaled(pl.col(name), 0).alias(name))
        else:
            kept.append(pl.col(name))
    blocks = [rows.select(pl.col(LINE), *kept)]
    if part.depth is Depth.ANSWERS:
        blocks.append(
            made.points.select(
                (pl.col(item.code) / 10**item.decimals if item.measure else pl.col(item.code)).alias(
                    item.code
                )
                for item in part.version.items
            )
        )
    return pl.concat([*blocks, made.results], how="horizontal")


def _free_name(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _as_numbers(column: pl.Series) -> pl.Expr:
    """Give published figures as doubles when every one of them is a number, else as they were written."""
    if column.drop_nulls().str.contains(values.NUMBER_FORM).all():
        return pl.col(column.name).cast(pl.Float64, strict=False)
    return pl.col(column.name)


def _empty(definition: Definition, frame: pl.DataFrame) -> pl.DataFrame:
    """Give a table without rows, with the columns of the newest version."""
    version = definition.versions[-1]
    names = [name for name in frame.columns if name not in INTERNAL]
    schema = dict.fromkeys([*names, *result_columns(version)], pl.String)
    return pl.DataFrame(schema={LINE: pl.Int64, **schema})


def _limited(findings: list[Finding], uncounted: Counter[str]) -> tuple[Finding, ...]:
    """Give so many of one code one by one (`gaps.MOST_FINDINGS`); how many more there are is said."""
    counts: Counter[str] = Counter()
    kept = []
    for finding in findings:
        counts[finding.code] += 1
        if counts[finding.code] <= gaps.MOST_FINDINGS:
            kept.append(finding)
    for code in dict.fromkeys((*counts, *uncounted)):
        rest = max(counts[code] - gaps.MOST_FINDINGS, 0) + uncounted[code]
        if rest:
            message = f"{rest} temuan {code} lain tidak dirinci."
            kept.append(Finding(code, message, "Perbaiki yang dirinci lebih dahulu.", Severity.INFO))
    return tuple(kept)
