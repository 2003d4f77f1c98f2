"""Days and choices on a table in Polars. At least one part is a column: constants are worked out before."""

from datetime import date

import polars as pl

from sidara.expressions.record import FIRST_YEAR, LAST_YEAR

type Part = pl.Expr | int | None


def _columns(*parts: Part) -> list[pl.Expr]:
    """Give all parts as columns as long as the first column among them; constants stand to the right."""
    column = next(part for part in parts if isinstance(part, pl.Expr))
    return [
        part if isinstance(part, pl.Expr) else column * 0 + pl.lit(part, dtype=pl.Int64) for part in parts
    ]


def _last_day(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return (
        pl.when(month == 2)
        .then(year * 0 + pl.lit(28) + is_leap.cast(pl.Int64))
        .when(month.is_in([4, 6, 9, 11]))
        .then(year * 0 + pl.lit(30))
        .otherwise(year * 0 + pl.lit(31))
    )


def day_of(*parts: Part) -> pl.Expr:
    """Give the day of year, month, day; null where the calendar has none."""
    year, month, day = _columns(*parts)
    is_day = (
        (year >= FIRST_YEAR)
        & (year <= LAST_YEAR)
        & (month >= 1)
        & (month <= 12)
        & (day >= 1)
        & (day <= _last_day(year, month))
    )

    def safe(part: pl.Expr) -> pl.Expr:
        return pl.when(is_day).then(part).otherwise(year * 0 + pl.lit(1)).cast(pl.Int32)

    return pl.when(is_day).then(pl.date(safe(year), safe(month), safe(day)))


def later(day: pl.Expr | date, months: Part) -> pl.Expr:
    """Go on by months; a day that the month lacks becomes its last."""
    if isinstance(day, date):
        start: Part = day.year * 12 + day.month - 1
        number: Part = day.day
    else:
        start = day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1
        number = day.dt.day().cast(pl.Int64)
    months, start, number = _columns(months, start, number)
    total = months + start
    is_inside = (total >= FIRST_YEAR * 12) & (total <= LAST_YEAR * 12 + 11)
    total = pl.when(is_inside).then(total).otherwise(total * 0 + pl.lit(FIRST_YEAR * 12))
    year, month = total // 12, total % 12 + 1
    last = _last_day(year, month)
    kept = pl.when(number <= last).then(number).otherwise(last)
    return pl.when(is_inside).then(day_of(year, month, kept))


def has(chosen: pl.Expr, option: str) -> pl.Expr:
    """Whether an option is among those chosen, which stand apart by blanks."""
    return (
        (chosen == option)
        | chosen.str.starts_with(f"{option} ")
        | chosen.str.ends_with(f" {option}")
        | chosen.str.contains(f" {option} ", literal=True)
    )
