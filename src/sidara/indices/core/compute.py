"""A table of villages in, the same table with its figures out, and everything that should be said.

Rows are judged (key, year, values, duplicates), the good ones computed by version and span of years, and
compared with what was published beside them. No row is lost: computed + rejected = read.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from sidara.indices.core import contradictions, gaps, keys, values
from sidara.indices.core.definition import NUMERIC, Definition, InputType, Version
from sidara.indices.core.evaluate import (
    Depth,
    Evaluated,
    Evaluation,
    columns_of,
    depth_of,
    is_usable,
    result_columns,
)
from sidara.indices.core.layout import INTERNAL, layout
from sidara.indices.core.lint import LAST_YEAR
from sidara.indices.core.published import Rows, disagreements, most_digits
from sidara.kernel.finding import Finding, Place, Severity
from sidara.tables import LINE

USED = "__used"
AT_ONCE = 200_000
"""How many rows are computed at once: bounds the memory."""


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
    """Rows of one version and one span of years, with the depth that their columns allow.

    `read`: the rows as they were read (see `Evaluation.read`).
    """

    version: Version
    year: int
    depth: Depth
    rows: pl.DataFrame
    read: pl.DataFrame

    @property
    def evaluation(self) -> Evaluation:
        """How the rows are computed."""
        return Evaluation(self.version, self.depth, self.year)

    def filter(self, keep: pl.Series) -> "Part":
        """Give the part with some of its rows."""
        if keep.all():
            return self
        read = self.read.filter(keep) if self.read.width else self.read
        return replace(self, rows=self.rows.filter(keep), read=read)

    def slices(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """Give rows, and the same as they were read, so many at once that memory stays small."""
        for start in range(0, self.rows.height, AT_ONCE):
            yield self.rows.slice(start, AT_ONCE), self.read.slice(start, AT_ONCE)


@dataclass(frozen=True, slots=True)
class Judged:
    """The good rows part by part, the faults of the rejected rows, and which rows those are.

    `depths`: those of all parts, also of the ones without a good row.
    """

    parts: tuple[Part, ...]
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
    """Compute a table with `LINE` (see `tables.read`), all villages at once.

    Columns hold text; scores and numbers among the answers may be whole numbers, yes-or-no answers truths.
    `known` are the codes (bare digits) that the register of areas knows; the others are told. The frame
    must hold `kode`, `tahun` and one whole group of `needed_columns` (who reads the file sees to it).
    """
    judged = judge(definition, frame)
    said = list(judged.faults)
    uncounted: Counter[str] = Counter()
    outputs = []
    for part in judged.parts:
        output, found, rest = _computed(part, known)
        said += found
        uncounted += rest
        outputs.append(output)
    table = _joined(outputs) if outputs else _empty(definition, frame)
    if not table[LINE].is_sorted():
        table = table.sort(LINE)
    lines = table.drop_in_place(LINE)
    return Computed(
        frame=table,
        lines=tuple(lines.to_list()),
        depth=max(judged.depths, key=list(Depth).index) if judged.depths else None,
        rejected=tuple(sorted(line for line in judged.rejected if line is not None)),
        findings=_limited(sorted(said, key=lambda finding: finding.place.line or 0), uncounted),
    )


def judge(definition: Definition, frame: pl.DataFrame) -> Judged:
    """Read and judge a table as `compute` does; the columns of items may be named as their variables."""
    frame = keys.with_keys(_with_text(definition, keys.with_codes(definition, frame)))
    spans = [(version.valid_from, version.valid_to) for version in definition.versions]
    faults = keys.judge_codes(frame, LINE) + keys.judge_years(frame, LINE, spans, definition.code)
    parts = list(_parts(definition, _without(frame, faults)))
    for part in parts:
        faults += _judge(part)
    identified = frame.select(LINE, keys.CODE, keys.YEAR, keys.BARE, keys.YEAR_NUMBER)
    faults += keys.judge_duplicates(_without(identified, faults), LINE)
    rejected = frozenset(fault.place.line for fault in faults)
    good = [part.filter(~part.rows[LINE].is_in(list(rejected))) for part in parts]
    return Judged(
        tuple(part for part in good if not part.rows.is_empty()),
        tuple(part.depth for part in parts),
        tuple(faults),
        rejected,
    )


def _with_text(definition: Definition, frame: pl.DataFrame) -> pl.DataFrame:
    """Give every column that is read as text, but for whole numbers and truths where they are looked for."""
    numeric = {quirk.column for version in definition.versions for quirk in version.replaced_scores()}
    truths = set()
    for version in definition.versions:
        numeric |= {item.code for item in version.items}
        numeric |= {one.name for one in version.inputs if one.type in NUMERIC}
        truths |= {one.name for one in version.inputs if one.type is InputType.YES_NO}
    read = known_columns(definition) | numeric
    others = [
        name
        for name, dtype in frame.schema.items()
        if name in read
        and dtype != pl.String
        and not (dtype.is_integer() and name in numeric)
        and not (dtype == pl.Boolean and name in truths)
    ]
    return frame.with_columns(pl.col(others).cast(pl.String)) if others else frame


def _without(frame: pl.DataFrame, faults: Sequence[Finding]) -> pl.DataFrame:
    if not faults:
        return frame
    return frame.filter(~pl.col(LINE).is_in([fault.place.line for fault in faults]))


def _parts(definition: Definition, frame: pl.DataFrame) -> Iterable[Part]:
    for version in definition.versions:
        depth = depth_of(version, frame.columns)
        for first, last in version.segments(LAST_YEAR):
            rows = _chosen(frame, frame[keys.YEAR_NUMBER].is_between(first, last))
            if depth is not None and not rows.is_empty():
                yield Part(version, first, depth, rows, Evaluation(version, depth, first).read(rows))


def _chosen(frame: pl.DataFrame, is_inside: pl.Series) -> pl.DataFrame:
    """Choose rows; those that stand together are not copied."""
    places = is_inside.arg_true()
    if places.is_empty():
        return frame.head(0)
    first, last = places[0], places[-1]
    return frame.slice(first, len(places)) if last - first + 1 == len(places) else frame.filter(is_inside)


def _judge(part: Part) -> list[Finding]:
    match part.depth:
        case Depth.ANSWERS:
            return values.judge_answers(part.version, part.rows, part.read)
        case Depth.ITEMS:
            return values.judge_scores(part.version, part.rows, part.read, part.year)
        case Depth.SUB_INDICES:
            return values.judge_sub_indices(part.version, part.rows)


def _computed(part: Part, known: Collection[str] | None) -> tuple[pl.DataFrame, list[Finding], Counter[str]]:
    """Compute a part: the columns that go out, what is said, and how many findings are only counted.

    Said is what does not reject: unknown codes, missing values, what cannot all be true, what disagrees.
    """
    evaluation, seen = part.evaluation, gaps.Gaps(part.version, part.depth, part.year)
    laid_out = layout(part.version, part.depth, part.rows)
    digits = most_digits(part.version, part.rows)
    said: list[Finding] = []
    uncounted: Counter[str] = Counter()
    blocks = []
    left = gaps.MOST_FINDINGS
    for rows, read in part.slices():
        made = evaluation.of(rows, read)
        missing, named, rest = seen.findings(rows, read, made, left)
        left -= named
        uncounted += rest
        said += _unknown_codes(rows, known) if known is not None else ()
        said += missing
        said += _off_grid(part, rows, made)
        said += disagreements(part.version, Rows(rows, LINE, part.depth, digits), made)
        blocks.append(laid_out.lay(rows, read, made))
    if part.depth is Depth.ANSWERS:
        odd, rest = contradictions.findings(part.version, part.rows, part.read, part.year)
        said += odd
        uncounted += rest
    return _joined(blocks), said, uncounted


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


def _empty(definition: Definition, frame: pl.DataFrame) -> pl.DataFrame:
    """Give a table without rows, with the columns of the newest version."""
    version = definition.versions[-1]
    names = [name for name in frame.columns if name not in INTERNAL]
    schema = dict.fromkeys([*names, *result_columns(version)], pl.String)
    return pl.DataFrame(schema={LINE: pl.Int64, **schema})


def _joined(outputs: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Set tables below each other; those of the same columns without a copy."""
    first, *others = outputs
    if all(one.schema == first.schema for one in others):
        return pl.concat(outputs)
    return pl.concat(outputs, how="diagonal_relaxed")


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
