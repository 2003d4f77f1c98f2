"""Import of a published table by its declaration."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara import tables
from sidara.collection import models, queries
from sidara.collection.core import (
    Account,
    DataSet,
    Declaration,
    Melted,
    dataset_faults,
    locate,
    melt,
    outside_finding,
    places,
    within,
)
from sidara.collection.services.storing import Origin, Progress, store
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place
from sidara.regions import queries as regions
from sidara.regions.core.agreement import Disagreement

IMPORT = "collection.import"


def import_table(  # noqa: PLR0913 - provenance is mandatory, each part has its own name
    actor: Actor,
    *,
    source: Path | BinaryIO,
    table: str,
    dataset: str,
    licence: str,
    retrieved_date: date,
    code_scheme: str,
    now: datetime,
    title: str | None = None,
    published_by: str | None = None,
    url: str | None = None,
    format: str | None = None,  # noqa: A002 - the word of the command line
    sheet: str | None = None,
    under: str | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Progress | None = None,
) -> Account:
    """Import a published table into an external data set by a declaration (`table`).

    `dataset` is its code (`external:…`); title, publisher and url default to the declaration's. Gives a
    verdict for every cell that was sent; nothing is raised for what the file holds. The same file again
    leaves all unchanged. `retrieved_date` decides between copies: a cell of an older copy that differs
    is conflicting and not stored. With `under` (code of a region) only rows of that area are sent.
    `dry_run` gives the same verdicts and writes nothing;
    `all_or_nothing` writes nothing when a cell is rejected or conflicting.
    Refuses (`NotAllowed`) an actor without `collection.import`.
    """
    require(actor, IMPORT)
    declaration = queries.declaration(actor, table)
    if declaration is None:
        return Account.refused((_unknown_table(actor, table),))
    wanted = DataSet(
        code=dataset,
        title=declaration.dataset_title if title is None else title,
        source=declaration.dataset_source if published_by is None else published_by,
        url=declaration.dataset_url if url is None else url,
        licence=licence.strip(),
        retrieved_date=retrieved_date,
        code_scheme=code_scheme,
        is_simulated=False,
        measure=declaration.measure,
        definition=declaration.definition,
    )
    faults = _import_faults(wanted, declaration, today=local_date(now))
    if faults:
        return Account.refused(tuple(faults))
    content, kind, name = _opened(source, format)
    if progress is not None:
        progress("read", 0, 1)
    reading = tables.read(
        content if content is not None else Path(str(source)),
        format=kind,
        required=declaration.required,
        known=declaration.known,
        sheet=sheet,
    )
    if reading.table is None or content is None:
        return Account.refused(_named(reading.findings, name))
    area = _area(actor, under)
    if isinstance(area, Finding):
        return Account.refused((area,))
    frame, outside = within(reading.table.frame, declaration, area)
    witness = regions.check_names(actor, places.witnesses(frame, declaration), scheme=code_scheme)
    if witness.is_doubtful:
        return Account.refused(_named((_wrong_scheme(witness, code_scheme),), name))
    column = declaration.region.column
    melted = melt(frame, declaration, unread=len(reading.rejected_lines))
    melted = places.set_aside(melted, _asked(actor, frame, declaration, witness))
    found = places.placed(melted.cells, regions.spans(actor))
    melted = locate(melted, _register(actor), column, found)
    beside = (*places.unlike_findings(witness.rows, column), *places.recast(found, column))
    melted = Melted(
        melted.cells,
        melted.rejected,
        _named(
            (*reading.findings, *melted.findings, *outside_finding(outside, declaration, area), *beside), name
        ),
    )
    file_hash = hashlib.sha256(content.getbuffer()).hexdigest()
    return store(
        actor,
        wanted=wanted,
        variables=declaration.variables,
        melted=melted,
        origin=Origin(table, name, file_hash),
        now=now,
        is_dry=dry_run,
        all_or_nothing=all_or_nothing,
        progress=progress,
    )


def _area(actor: Actor, under: str | None) -> str | Finding | None:
    """Give the dotted code of the area that was asked for; a finding when the register does not know it."""
    if under is None:
        return None
    found = regions.resolve(actor, under)
    if found is not None:
        return found.code
    return Finding(
        "REGION_UNKNOWN",
        f"Wilayah {under} tidak ada dalam register.",
        "Periksa kodenya, misalnya 62 atau 62.01; lihat: sidara regions find.",
        place=Place(column="under"),
        value=under,
    )


def _unknown_table(actor: Actor, table: str) -> Finding:
    """Say which tables can be imported."""
    names = ", ".join(one.name for one in queries.declarations(actor))
    return Finding(
        "TABLE_UNKNOWN",
        f"Jenis tabel tidak dikenal: {table}.",
        f"Pilih salah satu: {names}. Penjelasannya: sidara dataset tables.",
        place=Place(column="table"),
        value=table,
    )


def _import_faults(wanted: DataSet, declaration: Declaration, *, today: date) -> list[Finding]:
    """Judge provenance, code scheme, and what an existing data set already says."""
    faults = dataset_faults(wanted, today=today)
    if not wanted.is_external:
        faults.append(
            Finding(
                "DATASET_CODE",
                f"Tabel terbitan masuk sebagai himpunan luar, bukan {wanted.code}.",
                "Tulis kode yang diawali external:, misalnya external:idm-2024.",
                place=Place(column="code"),
                value=wanted.code,
            )
        )
    if wanted.code_scheme.strip() and wanted.code_scheme != declaration.code_scheme:
        faults.append(
            Finding(
                "SCHEME_WRONG",
                f"Skema kode {wanted.code_scheme} tidak cocok: tabel {declaration.name} memakai "
                f"{declaration.code_scheme}.",
                "Ubah dahulu kodenya; kode BPS tidak pernah dibaca sebagai kode Kemendagri.",
                place=Place(column="scheme"),
                value=wanted.code_scheme,
            )
        )
    held = models.DataSet.objects.filter(code=wanted.code).first()
    if held is not None and held.table != declaration.name:
        faults.append(
            Finding(
                "DATASET_OTHER_TABLE",
                f"Himpunan {wanted.code} sudah berisi tabel {held.table or 'lain'}, "
                f"bukan {declaration.name}.",
                "Pakai kode lain untuk tabel ini.",
                place=Place(column="code"),
                value=wanted.code,
            )
        )
    return faults


def _opened(source: Path | BinaryIO, kind: str | None) -> tuple[io.BytesIO | None, str | None, str]:
    """Give the bytes of the file (none when it cannot be read), its format and its name."""
    if not isinstance(source, Path):
        return io.BytesIO(source.read(tables.MAX_BYTES + 1)), kind, ""
    try:
        with source.open("rb") as file:
            content = io.BytesIO(file.read(tables.MAX_BYTES + 1))
    except OSError:
        return None, kind, source.name
    return content, kind or tables.format_of(source) or source.suffix, source.name


def _named(findings: Sequence[Finding], name: str) -> tuple[Finding, ...]:
    """Give findings the name of their file."""
    if not name:
        return tuple(findings)
    return tuple(replace(one, place=replace(one.place, file=name)) for one in findings)


def _register(actor: Actor) -> pl.DataFrame:
    """Give code and id of all regions of today."""
    return regions.dimension(actor).select("code", "region_id")


def _wrong_scheme(witness: Disagreement, scheme: str) -> Finding:
    """Say that the names of a file speak against the scheme that was stated."""
    return places.wrong_scheme(
        scheme=scheme,
        compared=witness.compared,
        unlike=witness.unlike,
        likely=witness.likely,
        agreeing=witness.agreeing,
        rows=witness.rows,
    )


def _asked(
    actor: Actor, frame: pl.DataFrame, declaration: Declaration, witness: Disagreement
) -> dict[int, Finding]:
    """Give the lines whose bare code may mean two places, and nothing else of the file says which."""
    codes = places.written(frame, declaration)
    denied = set(codes.filter(pl.col("line").is_in(witness.rows["line"]))["code"])
    found = regions.asked_back(actor, set(codes["code"]), denied=denied)
    return places.asked(codes, found, declaration.region.column, witness.alike)
