"""A table of villages in, the same table with its figures out, and everything that should be said.

Rows are judged (key, year, values, duplicates), the good ones computed by version and span of years, and
compared with what was published beside them. No row is lost: computed + rejected = read.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from sidara.indices.core import keys, numbers, values
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
MOST_FINDINGS = 20_000
MOST_NAMES = 12
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


def needed_columns(definition: Definition) -> tuple[tuple[str, ...], ...]:
    """Give the groups of columns of which a file needs one, deepest first, beside `kode` and `tahun`."""
    groups = [group for version in definition.versions for group in columns_of(version).values()]
    return tuple(dict.fromkeys(groups))


def known_columns(definition: Definition) -> frozenset[str]:
    """Every column that has a meaning in an input file."""
    names = {name for group in needed_columns(definition) for name in group}
    for version in definition.versions:
        names |= {*result_columns(version), *(quirk.column or "" for quirk in version.replaced_scores())}
    return frozenset({keys.CODE, keys.YEAR, *names} - {""})


def compute(definition: Definition, frame: pl.DataFrame, known: Collection[str] | None = None) -> Computed:
    """Compute a table of text columns with `LINE` (see `tables.read`), all villages at once.

    `known` are the codes (bare digits) that the register of areas knows; the others are told. The frame
    must hold `kode`, `tahun` and one whole group of `needed_columns` (who reads the file sees to it).
    """
    frame = keys.with_keys(frame)
    spans = [(version.valid_from, version.valid_to) for version in definition.versions]
    faults = keys.judge_codes(frame, LINE) + keys.judge_years(frame, LINE, spans, definition.code)
    parts = list(_parts(definition, _without(frame, faults)))
    for part in parts:
        faults += _judge(part)
    good = _without(frame, faults)
    faults += keys.judge_duplicates(good, LINE)
    rejected = {fault.place.line for fault in faults}
    said = list(faults)
    outputs = []
    for part in parts:
        rows = part.rows.filter(~pl.col(LINE).is_in(list(rejected)))
        if rows.is_empty():
            continue
        made = evaluate(part.version, part.depth, rows, part.year)
        said += _said(part, rows, made, known)
        outputs.append(_output(part, rows, made))
    table = pl.concat(outputs, how="diagonal_relaxed").sort(LINE) if outputs else _empty(definition, frame)
    depths = [part.depth for part in parts]
    return Computed(
        frame=table.drop(LINE),
        lines=tuple(table[LINE]),
        depth=max(depths, key=list(Depth).index) if depths else None,
        rejected=tuple(sorted(line for line in rejected if line is not None)),
        findings=_limited(sorted(said, key=lambda finding: finding.place.line or 0)),
    )


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


def _said(part: Part, rows: pl.DataFrame, made: Evaluated, known: Collection[str] | None) -> list[Finding]:
    """Say what does not reject: unknown codes, missing values, off the grid, what disagrees."""
    return [
        *(_unknown_codes(rows, known) if known is not None else ()),
        *_missing(part, rows),
        *_off_grid(part, rows, made),
        *disagreements(part.version, Rows(rows, LINE, part.depth), made),
    ]


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


def _missing(part: Part, rows: pl.DataFrame) -> list[Finding]:
    """Name what is missing in each row; a row without anything gets a warning of its own."""
    names = list(columns_of(part.version)[part.depth])
    words = {Depth.ANSWERS: "jawaban", Depth.ITEMS: "skor", Depth.SUB_INDICES: "subindeks"}[part.depth]
    holes = rows.filter(pl.any_horizontal(pl.col(name).is_null() for name in names))
    found = []
    for row in holes.select(LINE, keys.CODE, *names).iter_rows(named=True):
        empty = [name for name in names if row[name] is None]
        place = Place(line=row[LINE], column=empty[0])
        if len(empty) == len(names):
            found.append(
                Finding(
                    "NO_VALUE",
                    f"Desa {row[keys.CODE]} tidak punya satu pun {words}; hasilnya hanya selang penuh.",
                    "Isi nilainya bila ada.",
                    Severity.WARNING,
                    Place(line=row[LINE], column=keys.CODE),
                    row[keys.CODE],
                )
            )
            continue
        rest = f" dan {len(empty) - MOST_NAMES} lainnya" if len(empty) > MOST_NAMES else ""
        found.append(
            Finding(
                "VALUE_MISSING",
                f"{len(empty)} dari {len(names)} {words} kosong: {', '.join(empty[:MOST_NAMES])}{rest}.",
                "Hasil berupa selang; isi yang kosong agar hasilnya pasti.",
                Severity.INFO,
                place,
            )
        )
    return found


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


def _output(part: Part, rows: pl.DataFrame, made: Evaluated) -> pl.DataFrame:
    """Set the columns that came beside those that were computed; published ones get a name of their own."""
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


def _limited(findings: list[Finding]) -> tuple[Finding, ...]:
    """At most `MOST_FINDINGS` of one code one by one; how many more there are is said."""
    counts: dict[str, int] = {}
    kept = []
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
        if counts[finding.code] <= MOST_FINDINGS:
            kept.append(finding)
    for code, count in counts.items():
        if count > MOST_FINDINGS:
            rest = count - MOST_FINDINGS
            message = f"{rest} temuan {code} lain tidak dirinci."
            kept.append(Finding(code, message, "Perbaiki yang dirinci lebih dahulu.", Severity.INFO))
    return tuple(kept)
