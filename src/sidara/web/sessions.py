"""Sessions in the records as Django keeps them; every request reads its own, so that read is worded once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Stored
from django.contrib.sessions.models import Session
from django.utils import timezone

from sidara.records.prepared import Prepared, slot

_OPEN = Prepared(
    lambda: Session.objects.filter(
        session_key=slot(Session, "key", "session_key"), expire_date__gt=slot(Session, "now", "expire_date")
    ).values_list("session_data")
)


class SessionStore(Stored):
    """Django's store by records, with the read of an open session in words that are kept."""

    def load(self) -> dict[str, Any]:
        """Read the session; one that is not there, or past its day, is for Django's own read."""
        found = _OPEN.first(key=self.session_key, now=timezone.now()) if self.session_key else None
        return super().load() if found is None else self.decode(found[0])
