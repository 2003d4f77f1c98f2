"""Commands of the programmes: actor first, keyword-only, one transaction.

Each is named by its author's message id: the same message again gets the answer that was given.
"""

from sidara.programmes.services.deciding import decide_proposal
from sidara.programmes.services.events import Deed, Outcome
from sidara.programmes.services.proposals import refresh_proposals
from sidara.programmes.services.registers import Refreshed, rebuild_registers, refresh_registers
from sidara.programmes.services.target_lists import Chosen, keep_target_list

__all__ = [
    "Chosen",
    "Deed",
    "Outcome",
    "Refreshed",
    "decide_proposal",
    "keep_target_list",
    "rebuild_registers",
    "refresh_proposals",
    "refresh_registers",
]
