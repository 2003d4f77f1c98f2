"""The Python client of SIDARA for other people's programs: `from sidara.client import Sidara`.

Speaks to `/api/v1` over httpx, imports nothing else of SIDARA. Lists come whole, page by page; with Polars
installed they come as data frames.
"""

from sidara.client.faults import Fault, Refused
from sidara.client.sidara import Sidara

__all__ = ["Fault", "Refused", "Sidara"]
