"""Views of verifiers: their queue, and one submission with the acts of their step."""

import json

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import NotAllowed
from sidara.kernel.clock import local_date, now
from sidara.ui.rights import Asking, needs
from sidara.verification.queries import READ_QUEUE, steps_of
from sidara.web.at_device import at_device
from sidara.web.bodies import json_of
from sidara.web.found import as_today, led_to
from sidara.web.pages.verifying import queue, queued, review
from sidara.web.pages.verifying.device_words import words

LONGEST_PAGE = 4
"""Digits of the number of a page."""
LONGEST_BODY = 1_000_000
_FIRST, _LAST = '<main id="isi" tabindex="-1">', "</main>"


@needs(READ_QUEUE)
@never_cache
@at_device
def verification_queue(request: Asking) -> HttpResponse:
    """Show what waits for the reader as a verifier."""
    asked = request.GET.get("halaman", "1")
    number = int(asked[:LONGEST_PAGE]) if asked.isascii() and asked.isdigit() else 1
    page = queue.build(
        request.actor, today=local_date(now()), step=request.GET.get("langkah", ""), page=max(1, number)
    )
    if page.step is None:
        raise Http404
    return render(request, "web/verifying/queue.html", {"page": page, "device": _words()})


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
    return render(request, "web/verifying/review.html", {"page": page, "device": _words()})


@needs(READ_QUEUE)
@never_cache
@at_device
def review_bundle(request: Asking, form: str, code: str, period: str, step: str) -> HttpResponse:
    """Give one submission as a verifier takes it along: what its page shows of it, and nothing around it.

    Evidence does not come along.
    """
    key = as_today(request, SubmissionKey(form, code, period))
    page = review.build(request.actor, key, now=now(), step=step)
    if page is None or page.step.value != step:
        raise Http404(form)
    text = render_to_string("web/verifying/review.html", {"page": page, "is_along": True}, request)
    inner = text.partition(_FIRST)[2].rpartition(_LAST)[0]
    told = {"html": inner, "title": f"{page.name}, {page.region}, {page.period}", "revision": page.revision}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@needs(READ_QUEUE, posts=True)
@never_cache
def queued_verifying(request: Asking, form: str, code: str, period: str, step: str) -> HttpResponse:
    """Carry out what a verifier decided on the device, once for each message."""
    one = queued.read(json_of(request, longest=LONGEST_BODY), step)
    key = as_today(request, SubmissionKey(form, code, period))
    if one is None:
        if step not in {own.value for own in steps_of(request.actor, region=key.region)}:
            raise NotAllowed(request.actor, READ_QUEUE)
        return JsonResponse({"done": False, "faults": []}, status=400)
    answer = queued.carry_out(request.actor, key, one, now=now())
    if answer is None:
        raise Http404(form)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@needs(READ_QUEUE)
@never_cache
@at_device
def verification_shell(request: Asking) -> HttpResponse:
    """Give the page that lays out any submission from what was taken along."""
    own = queue.first_step(request.actor)
    if own is None:
        raise Http404
    return render(request, "web/verifying/shell.html", {"device": _words(), "step": own.value})


def _words() -> str:
    return json.dumps(words())
