"""Decimal text to whole numbers, for whole columns at once: `0.7429` -> 7429 * 10**12, with its digits."""

import polars as pl

DIGITS = 16
UNIT: int = 10**DIGITS
"""A decimal is carried as a whole number of `10**-16`; what is written behind is cut off."""

SURE = 15
"""Decimals that can be trusted: a double that was written in full may differ in those behind."""

MOST = 10**12
"""Numbers of more than twelve digits before the point are not read."""

FORM = r"^[0-9]{1,12}(\.[0-9]{1,40})?$"


def is_decimal(column: pl.Expr) -> pl.Expr:
    """Whether the text is a plain number of zero or more."""
    return column.str.contains(FORM)


def units(column: pl.Expr) -> pl.Expr:
    """Give the number in units of `10**-16` (Int128); null where the text is no plain number."""
    whole = column.str.extract(r"^([0-9]{1,12})(?:\.[0-9]{1,40})?$")
    decimals = column.str.extract(r"^[0-9]{1,12}\.([0-9]{1,16})[0-9]{0,24}$").fill_null("")
    return (whole + decimals.str.pad_end(DIGITS, "0")).cast(pl.Int128, strict=False)


def written_digits(column: pl.Expr) -> pl.Expr:
    """How many decimals are written (Int64), 0 without a point, null where nothing is written."""
    digits = column.str.extract(r"\.([0-9]+)$").str.len_chars().cast(pl.Int64).fill_null(0).clip(0, SURE)
    return pl.when(is_decimal(column)).then(digits)


def scaled(column: pl.Expr, decimals: int) -> pl.Expr:
    """Give the number in units of `10**-decimals` (Int64); null where that is not exact or no number."""
    return column.map_batches(lambda series: _scaled(series, decimals), return_dtype=pl.Int64)


def _scaled(series: pl.Series, decimals: int) -> pl.Series:
    """Read plain whole numbers at once, and only the texts that are none of them part by part."""
    whole = series.cast(pl.Int64, strict=False)
    whole = whole.set((whole < 0) | (whole >= MOST), None)
    other = series.filter(whole.is_null() & series.is_not_null()).unique()
    plain: pl.Series = whole * 10**decimals
    if other.is_empty():
        return plain
    step = pl.lit(10 ** (DIGITS - decimals), dtype=pl.Int128)
    number = units(pl.col("text"))
    read = pl.DataFrame({"text": other}).select(
        "text", value=pl.when(number % step == 0).then((number // step).cast(pl.Int64, strict=False))
    )
    found = series.replace_strict(read["text"], read["value"], default=None, return_dtype=pl.Int64)
    filled: pl.Series = plain.fill_null(found)
    return filled
