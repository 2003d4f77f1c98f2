"""The JSON doors of `collection`: `/datasets` (what is open), `/submissions` and more, `/imports`."""

from sidara.collection.api import evidence, prefill, redaction, uploads
from sidara.collection.api.submissions import dataset_router, import_router, router

__all__ = ["dataset_router", "evidence", "import_router", "prefill", "redaction", "router", "uploads"]
