"""Commands of `progress`: `refresh` and `rebuild` of the tallies, `run_award`."""

from sidara.progress.services.awarding import RUN, Ran, run_award
from sidara.progress.services.refreshing import Refreshed, rebuild, refresh
from sidara.progress.services.storing import REFRESH

__all__ = ["REFRESH", "RUN", "Ran", "Refreshed", "rebuild", "refresh", "run_award"]
