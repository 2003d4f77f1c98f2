"""Commands of the programmes: actor first, keyword-only, one transaction.

Each is named by its author's message id: the same message again gets the answer that was given.
"""

from sidara.programmes.services.activities import cancel_activity, keep_activity
from sidara.programmes.services.aligning import Aligned, run_alignment
from sidara.programmes.services.deciding import decide_proposal
from sidara.programmes.services.events import Deed, Outcome
from sidara.programmes.services.explaining import explain_finding, reopen_finding
from sidara.programmes.services.goals import change_goal, link_goals, make_goals, unlink_goals
from sidara.programmes.services.importing import Imported, import_plan
from sidara.programmes.services.lines import keep_line, remove_line
from sidara.programmes.services.plan_files import (
    LARGEST_PLAN_FILE,
    change_asked,
    drop_plan_file,
    keep_plan_file,
)
from sidara.programmes.services.plans import add_edition, change_plan, make_plan
from sidara.programmes.services.proposals import refresh_proposals
from sidara.programmes.services.registers import Refreshed, rebuild_registers, refresh_registers
from sidara.programmes.services.target_lists import ChosenVillage, keep_target_list

__all__ = [
    "LARGEST_PLAN_FILE",
    "Aligned",
    "ChosenVillage",
    "Deed",
    "Imported",
    "Outcome",
    "Refreshed",
    "add_edition",
    "cancel_activity",
    "change_asked",
    "change_goal",
    "change_plan",
    "decide_proposal",
    "drop_plan_file",
    "explain_finding",
    "import_plan",
    "keep_activity",
    "keep_line",
    "keep_plan_file",
    "keep_target_list",
    "link_goals",
    "make_goals",
    "make_plan",
    "rebuild_registers",
    "refresh_proposals",
    "refresh_registers",
    "remove_line",
    "reopen_finding",
    "run_alignment",
    "unlink_goals",
]
