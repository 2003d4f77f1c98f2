"""Files that are handed in, read for `services.import_cells`; nothing is judged yet."""

import io
import logging
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara import tables
from sidara.collection.core.answering import Asking
from sidara.collection.core.bringing import require_bringing
from sidara.collection.core.bulk import SCHEMA, Incoming
from sidara.collection.core.bulk.bounds import too_many
from sidara.collection.core.bulk.telling import Telling
from sidara.collection.core.handed import SIGN, form_itself
from sidara.collection.core.returned import Returned, given_cells
from sidara.collection.core.submission import Source
from sidara.collection.core.takeaway import is_result
from sidara.collection.formats import cells_table, workbook
from sidara.collection.queries.returning import form_given_out
from sidara.collection.queries.takeaway import read_result
from sidara.kernel.actor import Actor
from sidara.kernel.finding import CellPlace, Finding
from sidara.regions import queries as regions

ALL = tables.Bounds()
_log = logging.getLogger(__name__)


def read_cells_file(
    actor: Actor,
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    bounds: tables.Bounds = ALL,
) -> Incoming:
    """Read a form that was given out (a workbook, a result of the HTML file), or a table of cells.

    A file beyond `bounds` (a cell is a row of a table, a box of a workbook), or one that speaks of more
    forms, villages or periods than one file may, is refused whole before anything is looked up for it.
    """
    require_bringing(actor)
    incoming = _read(actor, source, format, bounds)
    fault = None if incoming.is_refused else too_many(incoming, bounds)
    return incoming if fault is None else Incoming.refused((fault,), incoming.source)


def _read(
    actor: Actor,
    source: Path | BinaryIO,
    format: str | None,  # noqa: A002 - the word of the command line
    bounds: tables.Bounds,
) -> Incoming:
    source = source if isinstance(source, Path) else io.BytesIO(source.read())
    if is_result(_beginning(source)):
        return read_result(actor, source.read_bytes() if isinstance(source, Path) else source.getvalue())
    if (fault := form_itself(_beginning(source))) is not None:
        return Incoming.refused((fault,), Source.CSV)
    chosen = format or (tables.format_of(source) if isinstance(source, Path) else None)
    if chosen != "xlsx":
        return cells_table.read(source, format=format, bounds=bounds)
    found = read_workbook(actor, source, bounds)
    return found or cells_table.read(_from_start(source), format=format, bounds=bounds)


def _beginning(source: Path | io.BytesIO) -> bytes:
    """Give the first bytes; what cannot be opened is told by who reads it."""
    if not isinstance(source, Path):
        return source.getvalue()[:SIGN]
    try:
        with source.open("rb") as opened:
            return opened.read(SIGN)
    except OSError:
        return b""


def _from_start(source: Path | BinaryIO) -> Path | BinaryIO:
    if not isinstance(source, Path):
        source.seek(0)
    return source


def read_workbook(actor: Actor, source: Path | BinaryIO, bounds: tables.Bounds = ALL) -> Incoming | None:
    """Read a workbook that was given out as a form; `None` where it is another workbook.

    Refused is one that cannot be opened, lost its keys, was made for a form or version that is not here, or
    is an XLSForm.
    """
    require_bringing(actor)
    suffix = source.suffix.lower() if isinstance(source, Path) else ".xlsx"
    sheets, fault = workbook.open_book(source, suffix, bounds)
    if fault is not None:
        return Incoming.refused((fault,), Source.EXCEL)
    if not workbook.is_ours(sheets):
        is_form = workbook.is_xlsform(sheets)
        return Incoming.refused((workbook.xlsform_given(),), Source.EXCEL) if is_form else None
    returned = workbook.read(sheets)
    if not isinstance(returned, Returned):
        return Incoming.refused(returned, Source.EXCEL)
    asking = form_given_out(actor, returned.form, returned.version, returned.digest)
    if isinstance(asking, Finding):
        return Incoming.refused((asking,), Source.EXCEL)
    return _incoming(asking, returned)


def _incoming(asking: Asking, returned: Returned) -> Incoming:
    """Give the cells as every import takes them, with base revision and version."""
    rows: list[tuple[object, ...]] = []
    telling = Telling(returned.findings, returned.left)
    rejected = returned.rejected
    for one in given_cells(asking, returned):
        if isinstance(one, Finding):
            telling.add(one)
            rejected += 1
            continue
        region, cell = one
        rows.append(
            (
                *(returned.form, region, returned.period, cell.row, cell.variable, cell.breakdown),
                *(cell.state, cell.value, cell.explanation),
                *(cell.place.line, cell.place.column, cell.place.sheet),
                *(returned.bases[region], returned.version, cell.origin),
            )
        )
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return Incoming(frame, Source.EXCEL, tuple(telling.kept), rejected, left=telling.left)


def annotated(actor: Actor, content: bytes, findings: tuple[Finding, ...], *, account: str) -> bytes | None:
    """Give a workbook with its faults marked and listed; `None` where it cannot be opened, or not be marked.

    What an import stored is stored by then, and must not look as if it had failed because the writer does not
    know something in a workbook.
    """
    require_bringing(actor)
    _, fault = workbook.open_book(io.BytesIO(content), ".xlsx")
    if fault is not None:
        return None
    from sidara.collection.formats.workbook.annotate import annotate  # slow to import, and seldom needed

    codes = {one.place.region for one in findings if isinstance(one.place, CellPlace) and one.place.region}
    villages = {code: one.name for code, one in regions.named(actor, codes).items()}
    try:
        return annotate(content, findings, account=account, villages=villages)
    except Exception:  # noqa: BLE001 - logged; whatever hinders the writer, the findings are told elsewhere
        _log.exception("a workbook could not be marked")
        return None
