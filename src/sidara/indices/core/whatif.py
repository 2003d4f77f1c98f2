"""What if: change answers or scores of villages in a table, compute again, and set both results side by side.

A change names villages (a code, an area's code, or all), a column (an item's score, an answer, or a
sub-index, as the table holds them) and the new value; an empty value means unknown. Ranks are places
among the rows of one year, 1 = highest index; where an index is a span, so is the rank.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sidara.indices.core import keys
from sidara.indices.core.compute import Computed, compute
from sidara.indices.core.definition import Definition, Result, Version
from sidara.indices.core.evaluate import Depth, columns_of, depth_of
from sidara.kernel.finding import Finding, Place, Severity
from sidara.regions.core import bare, bare_column
from sidara.tables import LINE

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Change:
    """Set `name` to `value` (`None` = unknown) in the villages of `code`, in `year` or in every year.

    `code` is a village's or an area's, dotted or bare, or `EVERY`. `line` is where a file of changes has it.
    """

    code: str
    name: str
    value: str | None
    year: int | None = None
    line: int | None = None

    def said(self) -> str:
        """Give the change as it is written on the command line."""
        year = f"@{self.year}" if self.year is not None else ""
        return f"{self.code}{year}:{self.name}={self.value or ''}"

    def touches(self) -> pl.Expr:
        """Whether a row (with `keys.with_keys`) is one of the villages."""
        is_within = pl.col(keys.BARE).str.starts_with(bare(self.code))
        code = pl.lit(value=True) if self.code == EVERY else is_within
        year = pl.lit(value=True) if self.year is None else pl.col(keys.YEAR_NUMBER) == self.year
        return (code & year).fill_null(value=False)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What changes do.

    `frame`: a row for each changed village and year (columns in `columns`), `None` when refused. `changed`:
    the table with the changes in it. `before`, `after`: what both tables give. `moved`: how many villages
    that were not changed have another rank. `statuses`: status -> villages before and after, all rows.
    """

    frame: pl.DataFrame | None
    changed: pl.DataFrame | None
    before: Computed
    after: Computed | None
    moved: int
    statuses: dict[str, tuple[int, int]]
    findings: tuple[Finding, ...]


def whatif(
    definition: Definition,
    frame: pl.DataFrame,
    changes: Sequence[Change],
    *,
    under: str | None = None,
    known: Collection[str] | None = None,
) -> WhatIf:
    """Apply `changes` in their order (a later one wins) to a table (see `compute`) and compare.

    `under`: rank among the villages of this area only (a code), else among all of the table. Refused, with
    findings that name the change, when one names no row or column, or sets a value that cannot be.
    """
    changes = _with_codes(definition, changes)
    keyed = keys.with_keys(keys.with_codes(definition, frame))
    before = compute(definition, frame, known)
    faults = [fault for change in changes if (fault := _fault(definition, keyed, change, before)) is not None]
    if faults:
        return WhatIf(None, None, before, None, 0, {}, tuple(faults))
    absent = dict.fromkeys(change.name for change in changes if change.name not in keyed.columns)
    keyed = keyed.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    changed = _changed(definition, keyed, changes)
    after = compute(definition, changed, known)
    impossible = set(after.rejected) - set(before.rejected)
    if impossible:
        faults = [
            one for one in after.findings if one.place.line in impossible and one.severity is Severity.ERROR
        ]
        return WhatIf(None, None, before, None, 0, {}, tuple(faults))
    table = _compared(definition, before, after, under)
    lines = keyed.filter(pl.any_horizontal(change.touches() for change in changes))[LINE]
    is_touched = pl.col(LINE).is_in(lines.to_list())
    moved = pl.any_horizontal(
        pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after")) for name in ("rank_min", "rank_max")
    )
    names = pl.DataFrame({LINE: keyed[LINE], "changes": _written(keyed, changed, changes)})
    result = table.filter(is_touched).join(names, on=LINE, how="left").sort(LINE).drop(LINE)
    first = ("kode", "tahun", "changes")
    return WhatIf(
        frame=result.select(*first, pl.exclude(*first)),
        changed=changed,
        before=before,
        after=after,
        moved=table.filter(~is_touched & moved).height,
        statuses=_statuses(table),
        findings=(*after.findings, *_outside(result, under)),
    )


def _outside(result: pl.DataFrame, under: str | None) -> tuple[Finding, ...]:
    """Say so where no changed village lies in the area that was asked for."""
    if under is None or not result.is_empty():
        return ()
    return (
        Finding(
            "AREA_WITHOUT_CHANGE",
            f"Tidak ada desa yang diubah di wilayah {under}, jadi tidak ada yang dibandingkan.",
            "Periksa kode wilayahnya, atau ubah desa di wilayah itu.",
            Severity.WARNING,
            value=under,
        ),
    )


def _with_codes(definition: Definition, changes: Sequence[Change]) -> list[Change]:
    """Name items by their codes: `I01_2` is `I01.2`."""
    items = {item.variable: item.code for version in definition.versions for item in version.items}
    return [replace(change, name=items.get(change.name, change.name)) for change in changes]


def _deciding(version: Version, depth: Depth) -> tuple[str, ...]:
    """Give the columns that decide at this depth; of answers also an official class that may stay empty."""
    if depth is not Depth.ANSWERS:
        return columns_of(version)[depth]
    return tuple(one.name for one in version.read_inputs)


def _fault(definition: Definition, keyed: pl.DataFrame, change: Change, before: Computed) -> Finding | None:
    """Say why a change cannot be made: no such row, or no such column in these rows."""
    rows = keyed.filter(change.touches() & pl.col(LINE).is_in(before.lines))
    place = Place(line=change.line, column=change.name)
    if rows.is_empty():
        return Finding(
            "CHANGE_WITHOUT_ROW",
            f"Perubahan {change.said()} tidak mengenai satu baris pun.",
            "Periksa kode (desa, kecamatan, kabupaten, atau * untuk semua) dan tahunnya.",
            Severity.ERROR,
            place,
            change.code,
        )
    for year in rows[keys.YEAR_NUMBER].unique().sort():
        version = definition.version_in(year)
        depth = depth_of(version, keyed.columns) if version else None
        if version is None or depth is None or change.name in _deciding(version, depth):
            continue
        return Finding(
            "CHANGE_UNKNOWN",
            f"Perubahan {change.said()}: {_why_not(version, depth, change.name)}",
            _instead(version, depth, change),
            Severity.ERROR,
            place,
            change.name,
        )
    return None


_WORDS = {Depth.ANSWERS: "jawaban", Depth.ITEMS: "skor butir", Depth.SUB_INDICES: "subindeks"}


def _why_not(version: Version, depth: Depth, name: str) -> str:
    waiting = next((one for one in version.inputs if one.name == name and one.awaits), None)
    if waiting is not None:
        return f"belum ada aturan yang membaca {name} ({waiting.awaits})."
    if any(name in _deciding(version, other) for other in Depth):
        return f"hitungan berkas ini dari {_WORDS[depth]}, jadi {name} tidak menentukan."
    return f"{name} bukan nama {_WORDS[depth]}."


def _instead(version: Version, depth: Depth, change: Change) -> str:
    """Offer what could be set: the answers behind a score, the score of an answer, or names that are near."""
    item = version.by_code.get(change.name)
    if depth is Depth.ANSWERS and item is not None:
        names = ", ".join(one.name for one in item.read_inputs)
        giving = [one for one in item.rules if change.value in {str(score) for score in one.possible}]
        condition = f" agar {giving[0].when.text}" if giving else ""
        return f"Ubahlah jawabannya ({names}){condition}."
    owner = next(
        (one for one in version.items if change.name in {answer.name for answer in one.inputs}), None
    )
    if depth is Depth.ANSWERS and owner is not None:
        classes = ", ".join(one.name for one in owner.inputs if one.is_optional)
        return f"Isi kelas resminya ({classes}) bila hasilnya ada." if classes else "Ubahlah jawaban lain."
    if depth is Depth.ITEMS and owner is not None:
        return f"Ubahlah skor butirnya ({owner.code})."
    near = get_close_matches(change.name, _deciding(version, depth), n=3)
    if near:
        return f"Mungkin {', '.join(near)}?"
    return f"Pakailah nama kolom {_WORDS[depth]} dalam berkas."


def _changed(definition: Definition, keyed: pl.DataFrame, changes: Sequence[Change]) -> pl.DataFrame:
    """Write the changes into the table; a changed item loses the score that replaced the shown one."""
    replaced = {
        quirk.item: quirk.column
        for version in definition.versions
        for quirk in version.replaced_scores()
        if quirk.column in keyed.columns
    }
    frame = keyed
    for change in changes:
        columns = {change.name: change.value}
        if change.name in replaced:
            columns[str(replaced[change.name])] = None
        frame = frame.with_columns(
            pl.when(change.touches()).then(pl.lit(value, dtype=pl.String)).otherwise(pl.col(name)).alias(name)
            for name, value in columns.items()
        )
    return frame.drop(keys.BARE, keys.YEAR_NUMBER)


def _written(keyed: pl.DataFrame, changed: pl.DataFrame, changes: Sequence[Change]) -> pl.Series:
    """Say per row what became another value: `S02 0 -> 5; E06 1 -> 3`."""
    names = list(dict.fromkeys(change.name for change in changes))
    both = pl.concat(
        [keyed.select(names), changed.select(pl.col(names).name.prefix("new "))], how="horizontal"
    )
    parts = [
        pl.when(pl.col(name).ne_missing(pl.col(f"new {name}"))).then(
            pl.format(
                "{} {} -> {}",
                pl.lit(name),
                pl.col(name).fill_null("kosong"),
                pl.col(f"new {name}").fill_null("kosong"),
            )
        )
        for name in names
    ]
    return both.select(pl.concat_str(parts, separator="; ", ignore_nulls=True)).to_series()


def _compared(definition: Definition, before: Computed, after: Computed, under: str | None) -> pl.DataFrame:
    """Set both results side by side, with ranks, a row a line."""
    sides = []
    for made, word in ((before, "before"), (after, "after")):
        table = made.frame.with_columns(pl.Series(LINE, made.lines, dtype=pl.Int64))
        if under is not None:
            table = table.filter(bare_column(pl.col("kode")).str.starts_with(bare(under)))
        figures = _figures(definition, table)
        ranked = _ranked(figures).select(
            LINE, pl.exclude(LINE, "tahun", "ranked").name.suffix(f"_{word}"), "ranked"
        )
        sides.append((table.select(LINE, "kode", "tahun"), ranked))
    (plain, first), (_, second) = sides
    return plain.join(first.drop("ranked"), on=LINE).join(second, on=LINE)


def _figures(definition: Definition, table: pl.DataFrame) -> pl.DataFrame:
    """Give the index, its span and status of each row; versions may name their results differently."""

    def named(result: Result) -> list[str]:
        columns = (version.results.named(result) for version in definition.versions)
        return [column for column in dict.fromkeys(columns) if column in table.columns]

    tops = dict.fromkeys(
        version.top.column for version in definition.versions if version.top.column in table.columns
    )
    return table.select(
        LINE,
        "tahun",
        index=pl.coalesce(*tops).cast(pl.Float64),
        index_min=pl.coalesce(*named(Result.LOW), *tops).cast(pl.Float64),
        index_max=pl.coalesce(*named(Result.HIGH), *tops).cast(pl.Float64),
        status=pl.coalesce(*named(Result.STATUS)),
        status_set=pl.coalesce(*named(Result.STATUSES), *named(Result.STATUS)),
    )


def _ranked(figures: pl.DataFrame) -> pl.DataFrame:
    """Add the best and worst possible place within the year, and how many villages are ranked."""
    parts = []
    for _, rows in figures.group_by("tahun", maintain_order=True):
        low = rows["index_min"].to_numpy()
        high = rows["index_max"].to_numpy()
        best, worst = _places(low, high)
        known = pl.col("index_min").is_not_null()
        parts.append(
            rows.with_columns(
                rank_min=pl.when(known).then(pl.Series(best)),
                rank_max=pl.when(known).then(pl.Series(worst)),
                ranked=known.sum().cast(pl.Int64),
            )
        )
    return pl.concat(parts) if parts else figures.with_columns(rank_min=None, rank_max=None, ranked=0)


def _places(
    low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give 1 + the others that are surely higher, and 1 + the others that could be higher."""
    lows, highs = np.sort(low[~np.isnan(low)]), np.sort(high[~np.isnan(high)])
    best = 1 + len(lows) - np.searchsorted(lows, high, side="right")
    could = len(highs) - np.searchsorted(highs, low, side="right")
    worst = 1 + could - (high > low)
    return best.astype(np.int64), worst.astype(np.int64)


def _statuses(table: pl.DataFrame) -> dict[str, tuple[int, int]]:
    names = [*table["status_before"].unique().sort(), *table["status_after"].unique().sort()]
    return {
        name: (
            int((table["status_before"] == name).sum()),
            int((table["status_after"] == name).sum()),
        )
        for name in dict.fromkeys(names)
        if name is not None
    }
