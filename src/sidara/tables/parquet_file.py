"""Parquet: flat columns of plain types, read in batches so that the size is known before it is used."""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from sidara.tables.table import (
    LINE,
    MAX_ROWS,
    MAX_UNPACKED,
    Expected,
    Raw,
    Reading,
    fault,
    finish,
    listed,
    refused,
    size_fault,
)
from sidara.tables.words import shortest, text_of

_BATCH = 65_536


def read(content: bytes, expected: Expected) -> Reading:
    """Read Parquet bytes; the line of a row is the number of its record from 1."""
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        schema = file.schema_arrow
        if problem := size_fault(file.metadata.num_rows, len(schema)):
            return refused(problem)
        odd = [
            field.name for field in schema if not _is_plain(field.type) and not expected.ignores(field.name)
        ]
        if odd:
            return refused(
                fault(
                    "COLUMN_TYPE",
                    f"Kolom Parquet yang bersarang atau bukan teks, angka, tanggal: {listed(odd)}.",
                    "Ratakan kolom itu menjadi nilai tunggal.",
                    column=odd[0] if len(odd) == 1 else None,
                )
            )
        table = _batches(file, [field.name for field in schema if _is_plain(field.type)])
        if table is not None:
            table.validate(full=True)  # texts that are no UTF-8 would break Polars, and the process with it
    except (
        pa.ArrowException,
        OSError,
        ValueError,
        MemoryError,
        OverflowError,
        UnicodeDecodeError,
    ) as problem:
        del problem
        return refused(
            fault(
                "PARQUET_BROKEN",
                "Berkas Parquet rusak atau terpotong.",
                "Buat ulang berkas itu dari sumbernya.",
            )
        )
    if table is None:
        return refused(
            fault("TOO_MANY_ROWS", "Berkas Parquet terlalu besar.", "Bagi berkas menjadi beberapa bagian.")
        )
    columns = {str(at): _texts(table.column(at)) for at in range(table.num_columns)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        pl.int_range(1, table.num_rows + 1, dtype=pl.Int64, eager=True).alias(LINE)
    )
    return finish(Raw([name.strip() for name in table.column_names], frame, "parquet"), expected)


def _is_plain(kind: pa.DataType) -> bool:
    """Whether the values of a type are single texts, numbers, flags or dates."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_date(kind)
        or pa.types.is_timestamp(kind)
        or pa.types.is_null(kind)
    )


def _batches(file: pq.ParquetFile, names: list[str]) -> pa.Table | None:
    """Read in batches; `None` as soon as there is more than the limits allow."""
    batches = []
    rows = size = 0
    for batch in file.iter_batches(_BATCH, columns=names):
        rows += batch.num_rows
        size += batch.nbytes
        if rows > MAX_ROWS or size > MAX_UNPACKED:
            return None
        batches.append(batch)
    return pa.Table.from_batches(batches, file.schema_arrow if not batches else batches[0].schema)


def _texts(column: pa.ChunkedArray) -> pl.Series:
    """Write a column as text: whole numbers and flags at once, other numbers by distinct value."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pl.Series(pl.from_arrow(column.cast(pa.large_string())), dtype=pl.String)
    if pa.types.is_null(kind):
        return pl.Series([None] * len(column), dtype=pl.String)
    if pa.types.is_integer(kind):
        return pl.Series(pl.from_arrow(column)).cast(pl.String)
    if pa.types.is_floating(kind):
        series = pl.Series(pl.from_arrow(column.cast(pa.float64()) if kind == pa.float16() else column))
        if series.dtype == pl.Float32:
            return series.cast(pl.String).str.replace(r"\.0$", "")
        return pl.Series(
            [None if one is None else shortest(one) for one in series.to_list()], dtype=pl.String
        )
    return pl.Series([text_of(one) for one in column.to_pylist()], dtype=pl.String)
