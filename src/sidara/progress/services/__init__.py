"""Commands of `progress`: `refresh` brings the tallies up to date, `rebuild` makes them anew."""

from sidara.progress.services.refreshing import Refreshed, rebuild, refresh
from sidara.progress.services.storing import REFRESH

__all__ = ["REFRESH", "Refreshed", "rebuild", "refresh"]
