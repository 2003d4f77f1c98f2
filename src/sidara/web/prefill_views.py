"""The view of prefill: what sources offer for a form, taken over by POST."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection.core.rights import READ
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.clock import now
from sidara.ui.rights import Asking, needs
from sidara.web.found import entry_of
from sidara.web.pages.entry import prefill as pages


@needs(READ, posts=True)
@never_cache
def prefill(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show what a form may take over from elsewhere; take what was chosen by POST."""
    entry = entry_of(request, SubmissionKey(form, code, period))
    findings = (
        pages.act(request.actor, entry.key, request.POST, now=now()) if request.method == "POST" else None
    )
    if request.method == "POST" and not findings:
        return HttpResponseRedirect(request.path)
    if findings:
        entry = entry_of(request, entry.key)  # Some of what was chosen may be stored by now.
    page = pages.build(request.actor, entry, findings=findings or ())
    return render(request, "web/entry/prefill.html", {"page": page})
