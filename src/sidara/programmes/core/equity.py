"""What `content/equity.yaml` says: when a year is complete enough, what is about poverty."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PovertyMeasure:
    """A variable about poverty and its denominator; `is_poverty` = it measures poverty itself."""

    variable: str
    per: str
    note: str
    is_poverty: bool


@dataclass(frozen=True, slots=True)
class EquityContent:
    """What the content says; `least_coverage` is a share of the villages."""

    least_coverage: Fraction
    ends: int
    poverty: tuple[PovertyMeasure, ...]
