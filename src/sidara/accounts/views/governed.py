"""The person of a page about somebody whom one governs."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from sidara.accounts import queries
from sidara.accounts.core import Person
from sidara.kernel.clock import local_date, now
from sidara.ui.rights import Asking


def governed(request: Asking, account: UUID, right: str) -> Person:
    """Give a person; one who is out of sight is not found, where the right is missing it is denied."""
    found = queries.person(request.actor, account)
    if found is None:
        raise Http404(str(account))
    if not queries.may_do(request.actor, right, found, local_date(now())):
        raise PermissionDenied
    return found
