"""Plans of all governments made up for example villages, drawn from a seed, with planted faults.

In: a setting (content), example villages with what they lack, the lists of codes and kinds. Out: plans with
goals, tables as an office would hand them in, activities by hand, and what was planted where.
"""

from sidara.demo.core.plans.drawing import draw
from sidara.demo.core.plans.made import (
    Made,
    MadeActivity,
    MadeAnswer,
    MadeGoal,
    MadePlan,
    MadeSupport,
    MadeTable,
    Planted,
)
from sidara.demo.core.plans.setting import Setting, Theme, setting_of

__all__ = [
    "Made",
    "MadeActivity",
    "MadeAnswer",
    "MadeGoal",
    "MadePlan",
    "MadeSupport",
    "MadeTable",
    "Planted",
    "Setting",
    "Theme",
    "draw",
    "setting_of",
]
