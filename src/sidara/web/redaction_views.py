"""Views of redaction: texts of a form that look personal, requests, and the second person's decision."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection.core.rights import READ, REDACT
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.clock import now
from sidara.ui.rights import Asking, needs
from sidara.web.found import entry_of
from sidara.web.pages.entry import redaction as pages


@needs(REDACT)
@never_cache
def redactions(request: Asking) -> HttpResponse:
    """Show the requests that wait for this reader."""
    return render(request, "web/entry/redactions.html", {"rows": pages.waiting(request.actor)})


@needs(READ, posts=True)
@never_cache
def redaction(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show the texts of a form; ask to take one out, confirm or refuse by POST."""
    entry = entry_of(request, SubmissionKey(form, code, period))
    findings = (
        pages.act(request.actor, entry.key, request.POST, now=now()) if request.method == "POST" else None
    )
    if request.method == "POST" and not findings:
        return HttpResponseRedirect(request.path)
    page = pages.build(request.actor, entry, findings=findings or ())
    return render(request, "web/entry/redaction.html", {"page": page})
