"""What several views look up by their address."""

from django.http import Http404, HttpResponseRedirect

from sidara.collection import queries
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.regions import queries as regions
from sidara.ui.rights import Asking


def as_today(request: Asking, key: SubmissionKey) -> SubmissionKey:
    """Name a submission by the code that its village bears today; a device may know the one before."""
    region = regions.went_on(request.actor, key.region)
    return key if region is None else SubmissionKey(key.form, region.code, key.period)


def entry_of(request: Asking, key: SubmissionKey) -> queries.Entry:
    """Give the form of a village and period as it is filled in today; 404 where there is none.

    A village that got another code is found under the one before, too. Refuses (`NotAllowed`) who may not
    read it.
    """
    today = local_date(now())
    found = queries.entry(request.actor, key, today=today)
    if isinstance(found, Finding) and (new := as_today(request, key)) != key:
        found = queries.entry(request.actor, new, today=today)
    if isinstance(found, Finding):
        raise Http404(found.message)
    return found


def led_to(request: Asking, code: str, new: str) -> HttpResponseRedirect:
    """Lead a page that was asked for under a code to the same one under the code of today."""
    return HttpResponseRedirect(request.get_full_path().replace(f"/{code}/", f"/{new}/", 1))
