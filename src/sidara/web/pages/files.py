"""The table of a figure as CSV or XLSX: the cells of the page, and in each row where they come from."""

import io
from decimal import Decimal

import polars as pl

from sidara import tables
from sidara.ui.figures import Figure

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SIMULATED = "SIMULASI"


def name(figure: Figure, place: str, suffix: str) -> str:
    """Name the file: place, table, vintage where it is not as reported, SIMULASI where it is so."""
    mark = f"-{SIMULATED}" if figure.is_simulated else ""
    vintages = dict.fromkeys(source.vintage_code for source in figure.sources if source.vintage)
    told = "".join(f"-susunan-{vintage}" for vintage in vintages)
    return f"sidara-{place}-{figure.key}{told}{mark}.{suffix}"


def frame(figure: Figure) -> pl.DataFrame:
    """Give the rows as on the page, then data set, source, licence, dates, vintage, definition, SIMULASI.

    A table with a vintage in each row (`susunan`) keeps its own.
    """
    table = figure.filed or figure.table
    if table is None:
        return pl.DataFrame()
    columns = {}
    for place, column in enumerate(table.columns):
        if column.is_screen_only:
            continue
        values = [row[place].value for row in table.rows]
        if any(isinstance(value, Decimal) for value in values):
            columns[column.key] = pl.Series(
                [None if v is None else float(v) for v in values], dtype=pl.Float64
            )
        else:
            columns[column.key] = pl.Series(values, strict=False)
    told = {key: "; ".join(dict.fromkeys(words)) for key, words in _told(figure).items()}
    return pl.DataFrame(columns).with_columns(
        pl.lit(text).alias(key) for key, text in told.items() if key not in columns
    )


def content(figure: Figure, suffix: str) -> bytes:
    """Write the file; the same figure gives the same bytes."""
    target = io.BytesIO()
    notes = {"judul": figure.title, "keterangan": figure.subtitle}
    tables.write(frame(figure), target, format=suffix, notes=notes)
    return target.getvalue()


def _told(figure: Figure) -> dict[str, list[str]]:
    """Say of each source what stands beneath the picture."""
    return {
        "himpunan_data": [source.dataset for source in figure.sources],
        "judul": [source.title for source in figure.sources],
        "sumber": [source.publisher for source in figure.sources],
        "alamat": [source.url for source in figure.sources if source.url],
        "lisensi": [source.licence for source in figure.sources],
        "tanggal_diambil": [source.retrieved.isoformat() for source in figure.sources if source.retrieved],
        "per_tanggal": [source.as_of.isoformat() for source in figure.sources if source.as_of],
        "susunan": [source.vintage_code for source in figure.sources if source.vintage_code],
        "definisi": [source.definition for source in figure.sources if source.definition],
        "simulasi": [SIMULATED for source in figure.sources if source.is_simulated],
    }
