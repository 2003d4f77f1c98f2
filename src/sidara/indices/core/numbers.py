"""Decimal text to whole numbers, for whole columns at once: `0.7429` -> 7429 * 10**12, with its digits."""

import polars as pl

DIGITS = 16
UNIT: int = 10**DIGITS
"""A decimal is carried as a whole number of `10**-16`."""

FORM = r"^\d{1,12}(\.\d{1,16})?$"


def is_decimal(column: pl.Expr) -> pl.Expr:
    """Whether the text is a plain number of zero or more, with at most 16 decimals."""
    return column.str.contains(FORM)


def units(column: pl.Expr) -> pl.Expr:
    """Give the number in units of `10**-16` (Int128); null where the text is no plain number."""
    whole = column.str.extract(r"^(\d{1,12})(?:\.\d{1,16})?$")
    decimals = column.str.extract(r"^\d{1,12}\.(\d{1,16})$").fill_null("")
    return (whole + decimals.str.pad_end(DIGITS, "0")).cast(pl.Int128, strict=False)


def written_digits(column: pl.Expr) -> pl.Expr:
    """How many decimals are written (Int64), 0 without a point, null where nothing is written."""
    digits = column.str.extract(r"\.(\d+)$").str.len_chars().cast(pl.Int64).fill_null(0)
    return pl.when(is_decimal(column)).then(digits)


def scaled(column: pl.Expr, decimals: int) -> pl.Expr:
    """Give the number in units of `10**-decimals` (Int64); null where that is not exact or no number."""
    step = pl.lit(10 ** (DIGITS - decimals), dtype=pl.Int128)
    number = units(column)
    return pl.when(number % step == 0).then((number // step).cast(pl.Int64, strict=False))
