"""What the warehouse does by itself: follow imports. A lost signal heals at the next refresh."""

import logging

from sidara.kernel.actor import OPERATOR
from sidara.warehouse import services

_log = logging.getLogger(__name__)


def follow_import(sender: object, **_import: object) -> None:
    """Pull what an import has stored into the facts; what hinders it is logged, the import stands."""
    for finding in services.refresh(OPERATOR).findings:
        _log.warning("%s: %s %s (%s)", finding.code, finding.message, finding.remedy, sender)
