"""Reads of targeting: villages ranked by need, and what a ceiling buys best. See `core.targeting`."""

from sidara.programmes.queries.targeting.buying import Bought, BudgetQuery, bought, codes_of
from sidara.programmes.queries.targeting.closing import Closing, closing
from sidara.programmes.queries.targeting.needing import Ranked, ranked

__all__ = ["Bought", "BudgetQuery", "Closing", "Ranked", "bought", "closing", "codes_of", "ranked"]
