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


def scaled(column: pl.Expr, decimals: int, dtype: type[pl.DataType] = pl.Int64) -> pl.Expr:
    """Give the number in units of `10**-decimals`; null where that is not exact or no number.

    `dtype` is the type of the whole numbers; what does not fit in it is null, too. Columns that hold whole
    numbers already are taken as they are.
    """
    return column.map_batches(lambda series: _scaled(series, decimals, dtype), return_dtype=dtype)


def _scaled(series: pl.Series, decimals: int, dtype: type[pl.DataType]) -> pl.Series:
    """Read plain whole numbers at once, and only the texts that are none of them part by part."""
    whole = series.cast(dtype, strict=False)
    outside = (whole < 0) | (whole >= MOST) if dtype is pl.Int64 else whole < 0
    if outside.any():
        whole = whole.set(outside, None)
    is_other = whole.is_null() & series.is_not_null()
    plain: pl.Series = whole * 10**decimals if decimals else whole
    if not is_other.any():
        return plain
    step = pl.lit(10 ** (DIGITS - decimals), dtype=pl.Int128)
    number = units(pl.col("text"))
    texts = series.filter(is_other).cast(pl.String)
    read = pl.DataFrame({"text": texts.unique()}).select(
        "text", value=pl.when(number % step == 0).then((number // step).cast(dtype, strict=False))
    )
    found = texts.replace_strict(read["text"], read["value"], default=None, return_dtype=dtype)
    filled: pl.Series = plain.scatter(is_other.arg_true(), found)
    return filled
