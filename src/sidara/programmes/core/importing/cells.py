"""One cell of a data row by the type of its column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.importing.definition import Column, Type, Words
from sidara.programmes.core.importing.grid import Value, words_of
from sidara.programmes.core.importing.headings import Fit
from sidara.programmes.core.importing.values import (
    Unreadable,
    chosen,
    day_of,
    is_shown_as_percent,
    is_ticked,
    money_of,
    number_of,
    quantity_of,
    year_of,
    years_listed,
)

SHOWN, STORED = "shown", "stored"
"""What a cell of percent style means: 96 as it is shown, or 0.96 as it is stored."""
_SOFT = frozenset({"PLAN_VOLUME_UNREADABLE", "PLAN_DAY_UNREADABLE"})
"""Faults that leave the row as it is: the words stay beside it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How cells of a sheet are read: words of the content, what money is written in, percent, years.

    `factors` by column of the sheet; 0 stands for all others. `percent`: `SHOWN`, `STORED` or not said.
    """

    words: Words
    factors: Mapping[int, int]
    percent: str = ""
    first_year: int | None = None

    def factor(self, at: int) -> int:
        """Give by what the money of a column of the sheet is multiplied."""
        return self.factors.get(at, self.factors.get(0, 1))

    def read(  # noqa: PLR0913 - a cell with its place and style
        self, fit: Fit, value: Value, values: dict[str, Any], place: Place, *, is_percent: bool, factor: int
    ) -> list[Finding]:
        """Read a cell into `values`; gives what is to be said of it."""
        try:
            if fit.column.type is Type.MONEY:
                self._put(fit, values, money_of(value, factor, is_difference=fit.is_difference))
                if fit.is_difference:
                    values["is_difference"] = True
            else:
                self._read(fit, value, values, is_percent=is_percent)
        except Unreadable as fault:
            weight = Severity.WARNING if fault.code in _SOFT else Severity.ERROR
            if weight is Severity.WARNING:
                values.setdefault("as_written", {})[fit.column.label] = words_of(value)[:300]
            return [Finding(fault.code, fault.message, fault.remedy, weight, place, words_of(value)[:100])]
        return []

    def _read(self, fit: Fit, value: Value, values: dict[str, Any], *, is_percent: bool) -> None:
        column = fit.column
        match column.type:
            case Type.NUMBER:
                self._put(fit, values, self._percent(value, is_percent=is_percent))
            case Type.QUANTITY:
                self._quantity(fit, value, values, is_percent=is_percent)
            case Type.DATE:
                self._put(fit, values, day_of(value, self.words))
            case Type.TICKS:
                self._ticks(fit, value, values)
            case Type.YES_NO:
                self._put(fit, values, is_ticked(value, self.words))
            case Type.YEAR:
                self._put(fit, values, year_of(value))
            case Type.CHOICE:
                self._put(fit, values, _choice(column, value))
            case _:
                self._put(fit, values, words_of(value))

    def _put(self, fit: Fit, values: dict[str, Any], value: Any) -> None:
        if fit.number:
            values.setdefault(fit.column.key, {})[fit.number] = value
        else:
            values[fit.column.key] = value

    def _percent(self, value: Value, *, is_percent: bool) -> Any:
        figure = number_of(value)
        if not is_shown_as_percent(value, in_percent_style=is_percent) or self.percent == STORED:
            return figure
        if self.percent == SHOWN:
            return figure * 100
        raise Unreadable(
            "PLAN_PERCENT_UNSURE",
            f"Sel tersimpan {words_of(value)} dan tampil sebagai {_shown(figure * 100)}%.",
            "Pilih arti sel persen: seperti tampil, atau seperti tersimpan.",
        )

    def _quantity(self, fit: Fit, value: Value, values: dict[str, Any], *, is_percent: bool) -> None:
        if is_percent:
            self._put(fit, values, self._percent(value, is_percent=True))
            return
        figure, unit = quantity_of(value)
        self._put(fit, values, figure)
        if unit and "unit" not in values:
            values["unit"] = unit

    def _ticks(self, fit: Fit, value: Value, values: dict[str, Any]) -> None:
        held = values.setdefault(fit.column.key, {})
        if fit.is_alone:
            for year in years_listed(value, self.first_year or 1, fit.column.most):
                held[year if self.first_year is None else year - self.first_year + 1] = True
        elif is_ticked(value, self.words):
            held[fit.number] = True


def _choice(column: Column, value: Value) -> str:
    found = chosen(value, column.choices.items())
    if found is None:
        words = ", ".join(names[0] if names else key for key, names in column.choices.items())
        raise Unreadable(
            "PLAN_CHOICE_UNKNOWN",
            f"“{words_of(value)[:60]}” bukan pilihan untuk {column.label}.",
            f"Tulis salah satu: {words}.",
        )
    return found


def _shown(figure: Any) -> str:
    return f"{figure:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{figure:f}" else f"{figure:f}"
