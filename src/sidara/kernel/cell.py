"""A cell's value and the states it can be in.

Source of the mapping to SDMX: code list CL_OBS_STATUS 2.2 (A normal, M missing: does not exist,
L missing: exists but not collected, O missing).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """Whether a cell holds a value, and if not, why not. Zero is a value."""

    VALUE = "nilai"
    NONE = "tidak_ada"
    UNKNOWN = "tidak_tahu"
    NOT_APPLICABLE = "tidak_berlaku"
    EMPTY = "belum_diisi"

    @property
    def obs_status(self) -> str:
        """The SDMX OBS_STATUS code."""
        return {"nilai": "A", "tidak_ada": "M", "tidak_tahu": "L", "tidak_berlaku": "M", "belum_diisi": "O"}[
            self
        ]

    @property
    def words(self) -> str:
        """The state in words for a sentence: `belum diisi`."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in one state.

    `value` is a decimal for numbers, text for codes (several of a multiple choice stand apart by one
    blank), a truth, a day, or `None`.
    """

    state: State
    value: Decimal | str | bool | date | None = None

    def reading(self, *, adds_up: bool) -> Decimal | str | bool | date | None:
        """Give what sums and expressions read: what does not exist is 0 where the variable adds up."""
        if self.state is State.NONE and adds_up:
            return Decimal(0)
        return self.value if self.state is State.VALUE else None


EMPTY = Cell(State.EMPTY)
"""A cell that nobody has filled in."""
