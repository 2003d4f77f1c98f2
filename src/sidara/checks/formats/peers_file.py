"""Reads the thresholds of the checks against peers and against the period before."""

from decimal import Decimal
from functools import cache

from sidara.checks.core.spans import Against, Settings
from sidara.kernel import content


@cache
def load() -> Settings:
    """Give the thresholds."""
    said = content.load("sidara.checks", "peers")
    return Settings(
        {Against[name.upper()]: times for name, times in said["times"].items()},
        said["quantile"],
        {Against[name.upper()]: size for name, size in said["calmest"].items()},
        said["least_peers"],
        Decimal(said["smallest"]),
        said["zeros"],
        said["trimmed"],
        said["exposures"],
    )
