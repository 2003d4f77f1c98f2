"""Reads of the indices: definitions, tables computed, villages explained, what disagreed at an import."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara import tables
from sidara.indices import core, models
from sidara.indices.core import keys
from sidara.indices.core.compute import known_columns, needed_columns
from sidara.indices.formats import definition_file
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding, Place, Severity
from sidara.regions import queries as regions

READ = "indices.read"


class DefinitionFault(RuntimeError):  # noqa: N818 - reads as the sentence it is
    """A definition of our own content is not sound: our fault, its findings say where."""


@cache
def _definitions() -> tuple[core.Definition, ...]:
    found = []
    for file in sorted((resources.files("sidara.indices") / "content").iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".yaml"):
            continue
        definition, findings = definition_file.read(file.read_bytes(), file.name)
        if definition is None:
            raise DefinitionFault("; ".join(f"{one.place}: {one.message}" for one in findings))
        found.append(definition)
    return tuple(found)


def definitions(actor: Actor) -> tuple[core.Definition, ...]:
    """Every index, by file name."""
    require(actor, READ)
    return _definitions()


def definition(actor: Actor, code: str) -> core.Definition | None:
    """Give the index with the code (`idm` and `IDM` are one), `None` when there is none."""
    require(actor, READ)
    return next((one for one in _definitions() if one.code.casefold() == code.casefold()), None)


@dataclass(frozen=True, slots=True)
class PublishedFinding:
    """A published figure of one village (region id) and period that its own items do not give."""

    dataset: str
    region_id: int
    period: str
    index: str
    finding: Finding


def published_findings(
    actor: Actor, dataset: str, *, code: str | None = None, region_ids: Collection[int] | None = None
) -> tuple[PublishedFinding, ...]:
    """Give what disagreed at the last import of a data set; `code` and `region_ids` choose among it."""
    require(actor, READ)
    rows = models.PublishedFinding.objects.filter(dataset=dataset)
    if code is not None:
        rows = rows.filter(code=code)
    if region_ids is not None:
        rows = rows.filter(region_id__in=list(region_ids))
    return tuple(
        PublishedFinding(
            row.dataset,
            row.region_id,
            row.period,
            row.index,
            Finding(
                row.code,
                row.message,
                row.remedy,
                Severity(row.severity),
                Place(column=row.column or None),
                row.value or None,
            ),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Computation:
    """What came of a file: `read` = `computed` + `rejected` rows; `frame` is `None` when it is refused."""

    read: int
    computed: int
    rejected: int
    depth: core.Depth | None
    frame: pl.DataFrame | None
    findings: tuple[Finding, ...]


def compute_file(
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> Computation:
    """Compute a file of villages (see `tables.read` for formats). Nothing is written or stored.

    Codes that the register of areas does not know are told, not rejected. A file without the columns
    of one whole level is refused.
    """
    reading = _read(actor, index, source, format)
    if reading.table is None:
        return Computation(0, 0, 0, None, None, reading.findings)
    frame = reading.table.frame
    asked = {code for code in keys.with_keys(frame)[keys.BARE].unique() if code is not None}
    made = core.compute(index, frame, regions.known_codes(actor, asked))
    rejected = len(made.rejected) + len(reading.rejected_lines)
    computed = made.frame.height
    findings = (*reading.findings, *_in_sheet(made.findings, reading.table.sheet))
    return Computation(computed + rejected, computed, rejected, made.depth, made.frame, findings)


def explain_row(  # noqa: PLR0913 - the options of the command
    actor: Actor,
    index: core.Definition,
    source: Path | BinaryIO,
    *,
    code: str,
    year: int,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> core.Explanation | tuple[Finding, ...]:
    """Explain one village and year of a file; findings when the file or the row is refused or absent."""
    reading = _read(actor, index, source, format)
    if reading.table is None:
        return reading.findings
    frame = keys.with_keys(reading.table.frame)
    bare = code.replace(".", "")
    row = frame.filter((pl.col(keys.BARE) == bare) & (pl.col(keys.YEAR_NUMBER) == year)).head(1)
    if row.is_empty():
        return (
            Finding(
                "VILLAGE_ABSENT",
                f"Desa {code} tahun {year} tidak ada dalam berkas.",
                "Periksa kode desa dan tahunnya.",
                Severity.ERROR,
                Place(column=keys.CODE),
                code,
            ),
        )
    return core.explain(index, row.drop(keys.BARE, keys.YEAR_NUMBER))


def _read(
    actor: Actor, index: core.Definition, source: Path | BinaryIO, chosen: str | None
) -> tables.Reading:
    require(actor, READ)
    return tables.read(
        source,
        format=chosen,
        required=(keys.CODE, keys.YEAR),
        one_of=needed_columns(index),
        known=known_columns(index),
    )


def _in_sheet(findings: Sequence[Finding], sheet: str | None) -> tuple[Finding, ...]:
    if sheet is None:
        return tuple(findings)
    return tuple(
        Finding(
            one.code,
            one.message,
            one.remedy,
            one.severity,
            Place(one.place.line, one.place.column, sheet, one.place.file),
            one.value,
        )
        for one in findings
    )
