"""Views of verifiers: their queue, and one submission with the acts of their step."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.clock import local_date, now
from sidara.ui.rights import Asking, needs
from sidara.verification.queries import READ_QUEUE
from sidara.web.found import as_today, led_to
from sidara.web.pages.verifying import queue, review

LONGEST_PAGE = 4
"""Digits of the number of a page."""


@needs(READ_QUEUE)
@never_cache
def verification_queue(request: Asking) -> HttpResponse:
    """Show what waits for the reader as a verifier."""
    asked = request.GET.get("halaman", "1")
    number = int(asked[:LONGEST_PAGE]) if asked.isascii() and asked.isdigit() else 1
    page = queue.build(
        request.actor, today=local_date(now()), step=request.GET.get("langkah", ""), page=max(1, number)
    )
    if page.step is None:
        raise Http404
    return render(request, "web/verifying/queue.html", {"page": page})


@needs(READ_QUEUE, posts=True)
@never_cache
def verification_review(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show one submission to a verifier; accept and return by POST."""
    key, moment = as_today(request, SubmissionKey(form, code, period)), now()
    step = request.GET.get("langkah", "")
    if request.method == "GET" and key.region != code and review.build(request.actor, key, now=moment):
        return led_to(request, code, key.region)
    refused = review.act(request.actor, key, request.POST, now=moment) if request.method == "POST" else ()
    if request.method == "POST" and refused == ():
        return HttpResponseRedirect(request.get_full_path())
    page = review.build(request.actor, key, now=moment, step=step, refused=refused or (), posted=request.POST)
    if page is None:
        raise Http404(form)
    return render(request, "web/verifying/review.html", {"page": page})
