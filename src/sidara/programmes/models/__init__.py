"""Tables of `programmes`: plans with goals and lines, activities with their villages, proposals, findings.

Money is whole rupiah, targets have 4 decimals, years are calendar years. `is_simulated` keeps what is made up
apart from what is real, row by row; the two never meet in one question. `uid` is what addresses and files
name. Events only grow (guarded by triggers): what stood in a row before is always found there.
"""

from sidara.programmes.models.activities import (
    Activity,
    ActivityGap,
    ActivityGoal,
    ActivityOutput,
    ActivityVillage,
    TargetList,
    TargetVillage,
)
from sidara.programmes.models.alignment import AlignmentFinding, AlignmentRun, ProgrammeEvent
from sidara.programmes.models.files import PlanFile
from sidara.programmes.models.plans import (
    Goal,
    GoalIndicator,
    GoalLink,
    Plan,
    PlanEdition,
    PlanImport,
    PlanLine,
)
from sidara.programmes.models.proposals import Proposal, ProposalFate
from sidara.programmes.models.registers import RegisterMark, RegisterSheet

__all__ = [
    "Activity",
    "ActivityGap",
    "ActivityGoal",
    "ActivityOutput",
    "ActivityVillage",
    "AlignmentFinding",
    "AlignmentRun",
    "Goal",
    "GoalIndicator",
    "GoalLink",
    "Plan",
    "PlanEdition",
    "PlanFile",
    "PlanImport",
    "PlanLine",
    "ProgrammeEvent",
    "Proposal",
    "ProposalFate",
    "RegisterMark",
    "RegisterSheet",
    "TargetList",
    "TargetVillage",
]
