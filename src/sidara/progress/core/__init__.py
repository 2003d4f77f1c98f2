"""Pure decisions of `progress`: what is expected, what is counted of a submission, how counts add up."""

from sidara.progress.core.content import Content, Limits, content_of
from sidara.progress.core.measuring import Hands, Measured, measure
from sidara.progress.core.reminding import Missing, reminder
from sidara.progress.core.stuck import Known, Owed, Reason, Stuck, reason_of
from sidara.progress.core.sums import SUMMED, Sums
from sidara.progress.core.ties import REACH, linked

__all__ = [
    "REACH",
    "SUMMED",
    "Content",
    "Hands",
    "Known",
    "Limits",
    "Measured",
    "Missing",
    "Owed",
    "Reason",
    "Stuck",
    "Sums",
    "content_of",
    "linked",
    "measure",
    "reason_of",
    "reminder",
]
