"""Parquet: flat columns of plain types, read in batches so that the size is known before it is used."""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from sidara.kernel.finding import Finding
from sidara.tables.table import (
    LINE,
    Bounds,
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
    """Read Parquet bytes; the line of a row is the number of its record from 1.

    Columns of texts are read as dictionaries: a text that a million rows repeat is held once, and how long
    all of them are is known before one is written out.
    """
    bounds = expected.bounds
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        schema = file.schema_arrow
        if problem := size_fault(file.metadata.num_rows, len(schema), bounds):
            return refused(problem)
        if _declared(file.metadata) > bounds.unpacked:
            return refused(bounds.too_long())
        texts = [field.name for field in schema if _is_text(field.type)]
        file = pq.ParquetFile(io.BytesIO(content), read_dictionary=texts)
        schema = file.schema_arrow
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
        table = _batches(file, [field.name for field in schema if _is_plain(field.type)], bounds)
        if isinstance(table, Finding):
            return refused(table)
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


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _declared(metadata: pq.FileMetaData) -> int:
    """Give how many bytes the columns say that they take once they are unpacked."""
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    return sum(
        group.column(at).total_uncompressed_size for group in groups for at in range(group.num_columns)
    )


def _batches(file: pq.ParquetFile, names: list[str], bounds: Bounds) -> pa.Table | Finding:
    """Read in batches; refused as soon as there is more than the bounds allow."""
    batches = []
    rows = size = 0
    for batch in file.iter_batches(_BATCH, columns=names):
        rows += batch.num_rows
        size += sum(_written_out(column) for column in batch.columns)
        if problem := size_fault(rows, len(names), bounds):
            return problem
        if size > bounds.unpacked:
            return bounds.too_long()
        batches.append(batch)
    return pa.Table.from_batches(batches, file.schema_arrow if not batches else batches[0].schema)


def _written_out(column: pa.Array) -> int:
    """Give how many bytes the values of a column take once each one is written out."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    values = column.dictionary
    if not (_is_text(values.type) or pa.types.is_string_view(values.type)):
        return int(column.indices.nbytes) * 8
    import pyarrow.compute as pc  # slow to import, and needed by files that repeat their texts alone

    lengths = pc.binary_length(values.cast(pa.large_string()))
    return int(pc.sum(pc.take(lengths, column.indices)).as_py() or 0)


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
