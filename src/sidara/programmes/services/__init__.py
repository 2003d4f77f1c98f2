"""Commands of the programmes: actor first, keyword-only, one transaction.

Each is named by its author's message id: the same message again gets the answer that was given.
"""

from sidara.programmes.services.events import Deed, Outcome
from sidara.programmes.services.target_lists import Chosen, keep_target_list

__all__ = ["Chosen", "Deed", "Outcome", "keep_target_list"]
