"""A village while its answers are made: puts values of the right kind, draws them, remembers what was."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from sidara.dictionary.core import Dictionary, Type, Variable
from sidara.expressions import Row
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import Cell, State
from sidara.kernel.period import Period

type Value = int | Decimal | str | bool | date


class Draft:
    """The cells and rows so far, and the chance that draws them."""

    def __init__(
        self, dictionary: Dictionary, generator: np.random.Generator, kind: str, *, is_clear: bool
    ) -> None:
        """Start with nothing."""
        self.dictionary = dictionary
        self.chance = generator
        self.kind = kind
        self.is_clear = is_clear
        self.cells: dict[tuple[str, str, str], Cell] = {}
        self.lists: dict[tuple[str, str], Sequence[Row] | None] = {}
        self.kept: dict[str, int] = {}
        """Figures that go on from year to year, by a name of their own."""
        self.asked: list[Any] = []
        """Proposals that go on from year to year (`proposals.Asked`)."""

    def below(self, high: int, low: int = 0) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return int(self.chance.integers(low, max(low, high) + 1))

    def share(self, whole: int, low: float, high: float) -> int:
        """Draw a part of a whole, between two shares of it."""
        return int(whole * self.chance.uniform(low, high))

    def likely(self, percent: int) -> bool:
        """Draw a yes with that likelihood."""
        return bool(self.chance.integers(100) < percent)

    def one_of[T](self, values: Sequence[T]) -> T:
        """Draw one of several."""
        return values[int(self.chance.integers(len(values)))]

    def once(self, name: str, low: int, high: int) -> int:
        """Draw a number once; the same in all years."""
        return self.kept.setdefault(name, self.below(high, low))

    def periods(self, code: str, year: int) -> tuple[Period, ...]:
        """Give the periods in which a variable is asked in a year."""
        frequency = self.dictionary.frequency(code)
        return periods.year(year).parts(frequency.span) if frequency else ()

    def is_asked(self, code: str) -> bool:
        """Whether the place answers it: a kelurahan is not asked what only a desa has."""
        variable = self.dictionary.variables.get(code)
        return (
            variable is not None
            and variable.is_asked
            and (self.kind == "desa" or variable.applies_to != "desa")
        )

    def put(self, code: str, at: Period | str, value: Value | State, breakdown: str = TOTAL) -> None:
        """Put a value (or a state) into a cell."""
        if self.is_asked(code):
            self.cells[code, breakdown, str(at)] = self.cell(value)

    def cell(self, value: Value | State) -> Cell:
        """Give the cell of a value or a state."""
        if isinstance(value, State):
            return Cell(value)
        return Cell(
            State.VALUE, Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        )

    def each(self, code: str, year: int, value: Value | State, breakdown: str = TOTAL) -> None:
        """Put the same value into every period of a year."""
        for at in self.periods(code, year):
            self.put(code, at, value, breakdown)

    def parts(self, code: str, at: Period | str, total: int) -> None:
        """Put a total and split it by chance among the categories of its classification."""
        breakdowns = self.dictionary.breakdowns(self.dictionary.variables[code])
        shares = self.chance.multinomial(total, [1 / len(breakdowns)] * len(breakdowns))
        self.put(code, at, total)
        for breakdown, count in zip(breakdowns, shares, strict=True):
            self.put(code, at, int(count), breakdown)

    def value(self, code: str, at: Period | str, breakdown: str = TOTAL) -> Value | None:
        """Give a value that was put before."""
        found = self.cells.get((code, breakdown, str(at)))
        return found.value if found is not None else None

    def number(self, code: str, at: Period | str, breakdown: str = TOTAL) -> int:
        """Give a whole number that was put before; 0 where there is none."""
        found = self.value(code, at, breakdown)
        return int(found) if isinstance(found, Decimal) else 0

    def row(self, values: Mapping[str, Value | State]) -> Row:
        """Make a row of a list."""
        return {code: self.cell(value) for code, value in values.items()}

    def some(self, codes: Sequence[str], none: str = "") -> str:
        """Draw some options as a multiple choice has them; `none` stands alone where there is none."""
        chosen = [code for code in codes if self.likely(40)]
        return " ".join(chosen) or none or codes[0]

    def options(self, code: str) -> list[str]:
        """Give the codes of the options of a variable or column."""
        asked = self.dictionary.asked(code)
        return [option.code for option in self.dictionary.options_of(asked)] if asked else []

    def day(self, year: int, first: tuple[int, int], days: int) -> date:
        """Draw a day: from a (month, day) of a year, within a number of days."""
        return date(year, *first) + timedelta(days=self.below(days))

    def rest(self, year: int) -> None:
        """Fill what is still open in the forms of a year, by type and range."""
        for code, variable in self.dictionary.variables.items():
            if not self.is_asked(code):
                continue
            for at in self.periods(code, year):
                for breakdown in self.dictionary.breakdowns(variable) or (TOTAL,):
                    if (code, breakdown, str(at)) not in self.cells:
                        self.put(code, at, self._drawn(variable, year), breakdown)

    def _drawn(self, variable: Variable, year: int) -> Value:
        limits = variable.range
        low = int(limits.minimum) if limits and limits.minimum is not None else 0
        high = int(limits.maximum) if limits and limits.maximum is not None else low + 4
        match variable.type:
            case Type.YES_NO:
                return self.likely(60)
            case Type.CHOICE:
                return self.one_of(self.options(variable.code))
            case Type.CHOICES:
                options = self.dictionary.options_of(variable)
                none = next((one.code for one in options if one.label.lower().startswith("tidak ada")), "")
                return self.some([one.code for one in options if one.code != none], none)
            case Type.DATE:
                return self.day(year, (1, 10), 150)
            case Type.DECIMAL | Type.PERCENT:
                return Decimal(self.below(high * 10, low * 10)) / 10
            case _:
                return self.below(high, low)
