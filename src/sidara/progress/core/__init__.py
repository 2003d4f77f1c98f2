"""Pure decisions of `progress`: what is expected, what is counted of a submission, how counts add up."""

from sidara.progress.core.content import Content, Limits, content_of
from sidara.progress.core.measuring import Hands, Measured, measure
from sidara.progress.core.sums import SUMMED, Sums
from sidara.progress.core.ties import REACH, linked

__all__ = [
    "REACH",
    "SUMMED",
    "Content",
    "Hands",
    "Limits",
    "Measured",
    "Sums",
    "content_of",
    "linked",
    "measure",
]
