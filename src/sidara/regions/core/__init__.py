"""Pure decisions about areas: what a region is, how its code reads, what a load would change.

Words: level, kind, region, code (dotted `62.01.02.2016`), bare code (`6201022016`), scheme, candidate;
succession, lineage, share.
"""

from sidara.regions.core.code import (
    above,
    bare,
    bare_column,
    dotted,
    dotted_column,
    example_code,
    is_example,
    kind_of,
    level_of,
    regency_of,
    scheme_label,
    village_kind,
)
from sidara.regions.core.condition import Condition, Connection, Difficulty, condition_of
from sidara.regions.core.lineage import Change, Lineage, Shares, Succession, apportion
from sidara.regions.core.region import DESA, EXAMPLE, KEMENDAGRI, Candidate, Kind, Level, Meaning, Region, uid

__all__ = [
    "DESA",
    "EXAMPLE",
    "KEMENDAGRI",
    "Candidate",
    "Change",
    "Condition",
    "Connection",
    "Difficulty",
    "Kind",
    "Level",
    "Lineage",
    "Meaning",
    "Region",
    "Shares",
    "Succession",
    "above",
    "apportion",
    "bare",
    "bare_column",
    "condition_of",
    "dotted",
    "dotted_column",
    "example_code",
    "is_example",
    "kind_of",
    "level_of",
    "regency_of",
    "scheme_label",
    "uid",
    "village_kind",
]
