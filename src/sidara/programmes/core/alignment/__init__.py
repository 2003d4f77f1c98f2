"""Alignment of plans (sinkronisasi): fifteen checks over rows of all levels, `SIN_S01` to `SIN_S15`.

In: `Tables` (rows of plans, goals, activities, proposals, realisations, villages) and a `Context` (rules,
nomenclature, kinds, day, year, parameters). Out: findings with rows, value, money, owner, message, remedy.
What has no data says so (`not_evaluated`), it is never read as "nothing found".
"""

from sidara.programmes.core.alignment.content import Cause, Check, CheckCode, Parameter, Part, Rules, rules_of
from sidara.programmes.core.alignment.context import Context, Kinds, kinds_of, versions_of
from sidara.programmes.core.alignment.folding import SHORT, Folded, folded, key_of
from sidara.programmes.core.alignment.found import Found, Value
from sidara.programmes.core.alignment.running import CHECKS, check
from sidara.programmes.core.alignment.states import state_after
from sidara.programmes.core.alignment.strategic import above_of, climb

__all__ = [
    "CHECKS",
    "SHORT",
    "Cause",
    "Check",
    "CheckCode",
    "Context",
    "Folded",
    "Found",
    "Kinds",
    "Parameter",
    "Part",
    "Rules",
    "Value",
    "above_of",
    "check",
    "climb",
    "folded",
    "key_of",
    "kinds_of",
    "rules_of",
    "state_after",
    "versions_of",
]
