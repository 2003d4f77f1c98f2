"""How counts of submissions add up, and the four measures that follow from the sums."""

from dataclasses import dataclass, fields
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over submissions; all are whole numbers, so that sums of parts equal the whole exactly.

    `expected` counts submissions, `begun`, `sent` (not draft), `late` (came after the due day, or due and not
    here), `final` and `stuck_back` (cells being mended) those of them. `punctual` is the sum of the
    thirtieths that timeliness gives (see `timeliness`), over `judged` that came or were due. `recorded_days`
    is the sum of days (`date.toordinal`) of `cells`.
    """

    expected: int = 0
    begun: int = 0
    sent: int = 0
    regency: int = 0
    final: int = 0
    late: int = 0
    mending: int = 0
    overdue: int = 0
    required: int = 0
    filled: int = 0
    unknown: int = 0
    not_applicable: int = 0
    cells: int = 0
    returned: int = 0
    doubted: int = 0
    unexplained: int = 0
    copied: int = 0
    poor: int = 0
    errors: int = 0
    warnings: int = 0
    recorded_days: int = 0
    punctual: int = 0
    judged: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Add the sums of other submissions."""
        return Sums(*(getattr(self, name) + getattr(other, name) for name in SUMMED))

    @property
    def completeness(self) -> Fraction | None:
        """Required cells that are filled, of those that apply, 0 to 1; `None` where none applies."""
        apply = self.required - self.not_applicable
        return Fraction(self.filled, apply) if apply > 0 else None

    def timeliness(self, days_to_zero: int) -> Fraction | None:
        """The mean over submissions that came or were due: 1 until the due day, then linear to 0.

        `None` where none came or was due.
        """
        return Fraction(self.punctual, self.judged * days_to_zero) if self.judged else None

    @property
    def doubt(self) -> Fraction | None:
        """Filled cells that a warning names, of all filled; `None` where none is filled."""
        return Fraction(self.doubted, self.cells) if self.cells else None

    def age(self, today: int) -> Fraction | None:
        """The mean age in days of filled cells on a day (`date.toordinal`); `None` where none is filled."""
        return today - Fraction(self.recorded_days, self.cells) if self.cells else None


SUMMED = tuple(one.name for one in fields(Sums))
