"""Views of sending: a form on its way up the chain, the acts of the village, final cells corrected."""

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection.core.rights import READ
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import NotAllowed
from sidara.kernel.clock import now
from sidara.ui.rights import Asking, needs
from sidara.web.bodies import json_of
from sidara.web.found import as_today, led_to
from sidara.web.pages.entry import correcting, queued, sending
from sidara.web.pages.entry.addresses import page_of

SEND, CORRECT = "verification.send", "verification.correct"
LONGEST_BODY = 10_000


@needs(READ, posts=True)
@never_cache
def submission_sending(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show what is missing and doubtful; send, withdraw or endorse by POST."""
    key, moment = as_today(request, SubmissionKey(form, code, period)), now()
    if request.method == "GET" and key.region != code and sending.build(request.actor, key, now=moment):
        return led_to(request, code, key.region)
    refused = sending.act(request.actor, key, request.POST, now=moment) if request.method == "POST" else ()
    if request.method == "POST" and refused == ():
        return HttpResponseRedirect(request.path)
    page = sending.build(request.actor, key, now=moment, refused=refused or ())
    if page is None:
        raise Http404(form)
    return render(request, "web/entry/sending.html", {"page": page})


@needs(CORRECT, posts=True)
@never_cache
def submission_correcting(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show the final cells of a form, and what opens with those chosen; open them by POST."""
    key, posts = as_today(request, SubmissionKey(form, code, period)), request.method == "POST"
    refused = correcting.act(request.actor, key, request.POST, now=now()) if posts else None
    if refused == ():
        return HttpResponseRedirect(page_of("submission-sending", key))
    page = correcting.build(request.actor, key, posted=request.POST, refused=refused or ())
    if page is None:
        raise Http404(form)
    if not posts and key.region != code:
        return led_to(request, code, key.region)
    return render(request, "web/entry/correcting.html", {"page": page})


@needs(SEND, posts=True)
@never_cache
def queued_sending(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Send a form up as the operator decided on the device, once for each message."""
    one = queued.read(json_of(request, longest=LONGEST_BODY))
    key = as_today(request, SubmissionKey(form, code, period))
    if one is None:
        if not queued.may_send(request.actor, key):
            raise NotAllowed(request.actor, SEND)
        return JsonResponse({"done": False, "faults": []}, status=400)
    answer = queued.carry_out(request.actor, key, one, now=now())
    if answer is None:
        raise Http404(form)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
