"""How far counts and amounts usually lie from what is expected: robust, for small skewed figures, with zeros.

A figure x of which m is expected is compared on the scale T(x) = (2 / c) asinh(c sqrt(x + 3/8)), on which a
negative binomial count of variance m + c^2 m^2 has variance about 1 (Anscombe 1948, "The transformation of
Poisson, binomial and negative-binomial data", Biometrika 35). With c = 0 it is 2 sqrt(x + 3/8), for Poisson
counts; with a large c it is the logarithm, for amounts. c is chosen so that a high quantile of |T(x) - T(m)|
is that of the normal distribution: neither errors nor true extremes move it much (the idea of additive
over-dispersion from robust residuals: Spiegelhalter 2005, Quality and Safety in Health Care 14).
"""

from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
SHIFT = 3 / 8
SMALL = 1e-6
STEPS = 40
"""Halvings in the search for c."""
MOST = 1e4
"""The largest c that is looked for; by then the scale is the logarithm."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The scale of a group: `dispersion` c, and `size`, the standard deviation on it (below 1 where calm)."""

    dispersion: float
    size: float

    def scaled(self, values: Floats) -> Floats:
        """Give T of values."""
        root = np.sqrt(np.maximum(values, 0) + SHIFT)
        if self.dispersion < SMALL:
            return 2 * root
        made: Floats = 2 / self.dispersion * np.arcsinh(self.dispersion * root)
        return made

    def limits(self, expected: Floats, times: float) -> tuple[Floats, Floats]:
        """Give the smallest and largest figures within `times` standard deviations of what is expected."""
        middle, reach = self.scaled(expected), times * self.size
        low, high = self._back(np.maximum(middle - reach, 0)), self._back(middle + reach)
        return np.maximum(low, 0), high

    def _back(self, scaled: Floats) -> Floats:
        if self.dispersion < SMALL:
            root = scaled / 2
        else:
            with np.errstate(over="ignore"):
                root = np.sinh(self.dispersion * scaled / 2) / self.dispersion
        made: Floats = root**2 - SHIFT
        return made


def spread_of(values: Floats, expected: Floats, *, quantile: float, calmest: float) -> Spread:
    """Find the scale of figures around what is expected of each.

    `quantile` of the distances is read (0.8: a fifth of the figures may be wrong); `calmest` is the smallest
    standard deviation, so that figures that never move leave room for a small change.
    """
    normal = float(scipy.special.ndtri((1 + quantile) / 2))

    def size(dispersion: float) -> float:
        scale = Spread(dispersion, 1.0)
        distances = np.abs(scale.scaled(values) - scale.scaled(expected))
        return float(np.quantile(distances, quantile)) / normal

    calm = size(0.0)
    if calm <= 1:
        return Spread(0.0, max(calm, calmest))
    low, high = 0.0, 1.0
    while size(high) > 1 and high < MOST:
        low, high = high, 2 * high
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if size(middle) > 1 else (low, middle)
    return Spread(high, max(size(high), calmest))


def zero_share(mean: Floats, dispersion: float) -> float:
    """Give the share of zeros that counts of those means have."""
    if dispersion < SMALL:
        return float(np.mean(np.exp(-mean)))
    squared = dispersion**2
    return float(np.mean((1 + squared * mean) ** (-1 / squared)))
