"""Usual spans of a figure: among peers, and after the period before. Outside them a person is asked.

Spans are made from all villages at once (`spans_of`), pinned, and then decide alike for one record, for a
table and, as rules, on the device: a figure is unusual when it is below `low` or above `high`, and is not a
zero where many villages have none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sidara.checks.core.book import Item
from sidara.checks.core.spread import Flags, Floats, Spread, spread_of, zero_share

type Whole = NDArray[np.int64]


class Against(StrEnum):
    """With what a figure is compared; the value is the code of the finding."""

    BEFORE = "VALUE_JUMPED"
    PEERS = "VALUE_OUTLYING"


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds, from content. `times`: standard deviations from what is expected.

    `least_peers`: fewer figures say nothing. `smallest`: where figure and expectation are below it, nobody is
    asked. `zeros`: from this share of zeros (or of changes from or to zero) on a zero is usual.
    `exposures`: unit -> the item by which figures of that unit grow.
    """

    times: Mapping[Against, float]
    quantile: float
    calmest: Mapping[Against, float]
    least_peers: int
    smallest: Decimal
    zeros: float
    trimmed: float
    exposures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """What is usual for one figure of one village; `peers` is how many figures it was made from."""

    low: Decimal
    high: Decimal
    is_zero_usual: bool
    peers: int

    def holds(self, value: Decimal) -> bool:
        """Whether the figure is usual."""
        return self.low <= value <= self.high or (self.is_zero_usual and value == 0)


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of one figure for all villages, scaled by its decimals; `is_known` where there is one."""

    low: Whole
    high: Whole
    is_zero_usual: bool
    is_known: Flags
    peers: int
    decimals: int

    def at(self, place: int) -> Span | None:
        """Give the span of one village."""
        if not self.is_known[place]:
            return None
        low, high = (Decimal(int(one[place])).scaleb(-self.decimals) for one in (self.low, self.high))
        return Span(low, high, self.is_zero_usual, self.peers)

    def unusual(self, values: Whole, is_filled: Flags, decimals: int) -> Flags:
        """Say which figures, scaled by `decimals` (not less than the item's), are unusual."""
        finer = 10 ** (decimals - self.decimals)
        outside = (values < self.low * finer) | (values > self.high * finer)
        usual_zero = self.is_zero_usual & (values == 0)
        made: Flags = is_filled & self.is_known & outside & ~usual_zero
        return made


LARGEST = 10**17
"""The largest scaled figure of a span; what lies above is no limit."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """What is expected of each village, how far it may be off, and where that is known."""

    expected: Floats
    spread: Spread
    known: Flags
    is_zero_usual: bool


def among_peers(
    item: Item, values: Whole, is_filled: Flags, exposure: Floats | None, settings: Settings
) -> Spans | None:
    """Give what is usual among villages, in proportion to `exposure` (`None` = not to anything).

    Where far more villages have none than chance explains, those that have some are compared with each other.
    """
    scale = 10**item.decimals
    figures = values / scale
    base = np.ones(len(values)) if exposure is None else exposure
    own = is_filled & np.isfinite(base) & (base > 0) & (values >= 0)
    if own.sum() < settings.least_peers:
        return None
    rate = np.divide(figures, base, out=np.zeros(len(values)), where=base > 0)
    calm = own & (rate <= np.quantile(rate[own], 1 - settings.trimmed))
    expected = base * (figures[calm].sum() / base[calm].sum())
    spread = _spread(Against.PEERS, figures[own], expected[own], settings)
    none = float((values[own] == 0).mean())
    positive = own & (values > 0)
    if none > settings.zeros and none > 2 * zero_share(expected[own], spread.dispersion):
        if positive.sum() < settings.least_peers:
            return None
        expected = base * float(np.median(rate[positive]))
        spread = _spread(Against.PEERS, figures[positive], expected[positive], settings)
    elif spread.dispersion > HEAVY:
        expected = base * float(np.median(rate[own]))
        spread = _spread(Against.PEERS, figures[own], expected[own], settings)
    fit = _Fit(expected, spread, own, none > settings.zeros)
    return _spans(Against.PEERS, item, fit, settings)


HEAVY = 0.5
"""From this dispersion on the middle of figures is their median, not their mean."""


def after_before(
    item: Item, values: Whole, before: Whole, is_filled: Flags, settings: Settings
) -> Spans | None:
    """Give what is usual after the figures of the period before, seen from how all villages moved."""
    scale = 10**item.decimals
    own = is_filled & (values >= 0) & (before >= 0)
    moving = own & ((values > 0) | (before > 0))
    both = own & (values > 0) & (before > 0)
    if both.sum() < settings.least_peers:
        return None
    growth = float(np.median(values[both] / before[both]))
    turned = float(((values[moving] == 0) != (before[moving] == 0)).mean())
    expected = growth * before / scale
    fitted = both if turned > settings.zeros else moving
    spread = _spread(Against.BEFORE, values[fitted] / scale, expected[fitted], settings)
    is_zero_usual = turned > settings.zeros
    known = own & (before > 0) if is_zero_usual else own
    return _spans(Against.BEFORE, item, _Fit(expected, spread, known, is_zero_usual), settings)


def _spread(against: Against, values: Floats, expected: Floats, settings: Settings) -> Spread:
    return spread_of(values, expected, quantile=settings.quantile, calmest=settings.calmest[against])


def _spans(against: Against, item: Item, fit: _Fit, settings: Settings) -> Spans:
    scale = 10**item.decimals
    low, high = fit.spread.limits(fit.expected, settings.times[against])
    smallest = float(settings.smallest)
    high = np.maximum(high, smallest)
    low = np.where(fit.expected <= smallest, 0, low)
    return Spans(
        np.ceil(low * scale - ROUNDING).astype(np.int64),
        np.floor(np.minimum(high * scale, LARGEST) + ROUNDING).astype(np.int64),
        fit.is_zero_usual,
        fit.known,
        int(fit.known.sum()),
        item.decimals,
    )


ROUNDING = 1e-9
"""What binary numbers may add to a whole number."""
