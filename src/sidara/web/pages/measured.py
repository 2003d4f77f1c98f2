"""Figures that were measured, as pages write them: shares in percent, indicators with their source."""

from fractions import Fraction

from sidara.kernel.number import rounded
from sidara.ui.figures import Source
from sidara.ui.language import say
from sidara.warehouse.core import IndicatorAnswer

HALF = 0.5


def of(value: float) -> Fraction:
    """Give a measured figure as an exact one, so that it is rounded like all others."""
    return Fraction(value)


def percent(share: float) -> int:
    """Give a share as whole percent, half away from zero."""
    return int(rounded(Fraction(share) * 100, 0))


def source(answer: IndicatorAnswer) -> Source:
    """Name where the figures of indicators come from."""
    dataset = answer.dataset
    if dataset is None:
        return Source("", say("tidak ada"), "", say("tidak dinyatakan"), None, answer.as_of)
    return Source(
        dataset.code,
        dataset.title,
        dataset.source,
        say(dataset.licence),
        None,
        answer.as_of,
        is_simulated=dataset.is_simulated,
    )
