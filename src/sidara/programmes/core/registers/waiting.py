"""How long proposals wait for an answer: from the meeting to the day on which a fate was first recorded.

One that is not answered yet is never left out: it waited at least as long as its age. So the time by which
half of all are answered is the one of Kaplan and Meier (1958, Nonparametric estimation from incomplete
observations, J. Am. Stat. Assoc. 53): it is none while fewer than half would be.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


@dataclass(frozen=True, slots=True)
class Answer:
    """A proposal: days from the meeting to the first answer, or to the day asked about while there is none.

    `days` is `None` where nobody said when the meeting was, or where the answer lies before it.
    """

    days: int | None
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The days by which a quarter, half, three quarters are reached; `None` = not reached."""

    first: int | None = None
    median: int | None = None
    third: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of `proposals` were answered, and the days.

    `until_answer`: by which day so many of all are answered, those that wait counted with their age;
    `of_answered`: of the answered ones alone (shorter, as the long waits are not over); `ages`: of those that
    wait; `undated`: answered or not, without days (part of the rate, not of the days).
    """

    proposals: int = 0
    answered: int = 0
    undated: int = 0
    until_answer: Quartiles = Quartiles()
    of_answered: Quartiles = Quartiles()
    ages: Quartiles = Quartiles()
    oldest: int | None = None

    @property
    def waiting(self) -> int:
        """How many are not answered."""
        return self.proposals - self.answered

    @property
    def rate(self) -> Fraction | None:
        """The share that is answered."""
        return Fraction(self.answered, self.proposals) if self.proposals else None


def quartiles(days: Sequence[int]) -> Quartiles:
    """Give the smallest days by which a quarter, half, three quarters of `days` are reached."""
    held = sorted(days)
    if not held:
        return Quartiles()
    return Quartiles(*(held[-(-len(held) * part.numerator // part.denominator) - 1] for part in QUARTERS))


def ages(answers: Iterable[Answer], bounds: Sequence[int]) -> list[int]:
    """Count those that wait by their days: up to the first bound, above each; at last those without days.

    `bounds` lowest first; days equal to a bound stand below it.
    """
    made = [0] * (len(bounds) + 2)
    for one in answers:
        if not one.is_answered:
            made[-1 if one.days is None else bisect_left(bounds, one.days)] += 1
    return made


def waiting(answers: Iterable[Answer]) -> Waiting:
    """Count answers and days of proposals."""
    told = list(answers)
    dated = [(one.days, one.is_answered) for one in told if one.days is not None]
    done = [days for days, is_answered in dated if is_answered]
    ages = [days for days, is_answered in dated if not is_answered]
    return Waiting(
        len(told),
        sum(one.is_answered for one in told),
        len(told) - len(dated),
        _until(dated),
        quartiles(done),
        quartiles(ages),
        max(ages, default=None),
    )


def _until(dated: Sequence[tuple[int, bool]]) -> Quartiles:
    """Give the days by which so many are answered, whoever waits counted as long as it did."""
    left, still = Fraction(1), len(dated)
    reached: list[int | None] = [None] * len(QUARTERS)
    there, answered = Counter(days for days, _ in dated), Counter(days for days, told in dated if told)
    for day in sorted(there):
        ended = answered[day]
        if ended:
            left *= 1 - Fraction(ended, still)
        for at, part in enumerate(QUARTERS):
            if reached[at] is None and ended and 1 - left >= part:
                reached[at] = day
        still -= there[day]
    return Quartiles(*reached)
