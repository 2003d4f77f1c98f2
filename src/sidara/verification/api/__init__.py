"""The JSON doors of `verification`: the queue, how a submission stands, acts, minutes."""

from sidara.verification.api import acts, minutes
from sidara.verification.api.standing import router

__all__ = ["acts", "minutes", "router"]
