"""Pure decisions about areas: what a region is, how its code reads, what a load would change.

Words: level, kind, region, code (dotted `62.01.02.2016`), bare code (`6201022016`), candidate.
"""

from sidara.regions.core.code import bare, dotted, level_of
from sidara.regions.core.region import DESA, Candidate, Kind, Level, Region, uid

__all__ = ["DESA", "Candidate", "Kind", "Level", "Region", "bare", "dotted", "level_of", "uid"]
