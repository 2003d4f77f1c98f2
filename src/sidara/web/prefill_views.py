"""The view of prefill: what sources offer for a form, taken over by POST."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection import queries
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.ui.rights import Asking, needs
from sidara.web.pages.entry import prefill as pages

READ = "collection.read"


@needs(READ, posts=True)
@never_cache
def prefill(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show what a form may take over from elsewhere; take what was chosen by POST."""
    key = SubmissionKey(form, code, period)
    entry = queries.entry(request.actor, key, today=local_date(now()))
    if isinstance(entry, Finding):
        raise Http404(entry.message)
    findings = pages.act(request.actor, key, request.POST, now=now()) if request.method == "POST" else None
    if request.method == "POST" and not findings:
        return HttpResponseRedirect(request.path)
    page = pages.build(request.actor, entry, findings=findings or ())
    return render(request, "web/entry/prefill.html", {"page": page})
