"""Views of entry: tasks, a form with script and without, its bundle, and the one address that saves."""

import json
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection import queries
from sidara.collection.core.rights import FILL, READ
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.ui.entry_words import device, words
from sidara.ui.periods import with_preceding
from sidara.ui.pin_words import gate, pin
from sidara.ui.rights import Asking, needs
from sidara.web import pace
from sidara.web.at_device import at_device, id_of
from sidara.web.bodies import json_of
from sidara.web.found import as_today, entry_of, led_to
from sidara.web.pages.entry import plain, posting, queued, saving, window
from sidara.web.pages.entry import tasks as tasks_page

LONGEST_BODY = 1_000_000


@needs(READ)
@never_cache
@at_device
def tasks(request: Asking) -> HttpResponse:
    """Show what is to be filled in; `desa` chooses a village."""
    code = request.GET.get("desa", "")[:20]
    page = tasks_page.build(request.actor, today=local_date(now()), code=code)
    if code and page.region is None:
        raise Http404(code)
    context = {"page": page, "device": json.dumps(device() | gate() | pin())}
    if page.region is not None:
        context["is_example"] = page.region.is_example
    return render(request, "web/entry/tasks.html", context)


@needs(READ, posts=True)
@never_cache
@at_device
def entry(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show a form to fill in; without script section by section, and save what a section posts.

    Under the code that its village bore before it leads to the page of today.
    """
    key = SubmissionKey(form, code, period)
    found = entry_of(request, key)
    if request.method == "GET" and found.key.region != code and as_today(request, key) != key:
        return led_to(request, code, found.key.region)
    if request.method == "POST":
        posted = posting.save(request.actor, found, request.POST, now=now(), device=id_of(request))
        if posted.address:
            return HttpResponseRedirect(posted.address)
        page = plain.build(request.actor, found, request.POST.get("bagian", ""), now=now(), posted=posted)
    else:
        page = plain.build(request.actor, found, request.GET.get("bagian", ""), now=now())
    return render(request, "web/entry/form.html", {"page": page, "gate": json.dumps(gate())})


@needs(READ)
@never_cache
@at_device
def bundle(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Give everything with which a device fills in the form, and the words of the script."""
    found = entry_of(request, SubmissionKey(form, code, period))
    beside = {
        "words": words(),
        "told": queries.told_elsewhere(request.actor, found, now=now()),
        "sends": queued.may_send(request.actor, found.key),
        "days": window.days(window.opening_of(request.actor, found)),
        "periods": with_preceding(found.period),
        "offers": queries.offered(request.actor, found),
    }
    return _json(found.bundle | beside)


@needs(FILL, posts=True)
@never_cache
def save(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Save cells that the script sends, once for each message.

    What waited on a device while the village got another code comes under the old one, and is stored.
    """
    key = SubmissionKey(form, code, period)
    found = queries.readable(request.actor, key)
    if isinstance(found, Finding) and (now_key := as_today(request, key)) != key:
        found = queries.readable(request.actor, now_key)
    if isinstance(found, Finding):
        raise Http404(found.message)
    sent = saving.read(json_of(request, longest=LONGEST_BODY))
    if sent is None:
        return _json({"refused": [], "faults": []}, status=400)
    answer = saving.save(request.actor, found, sent, now=now(), device=id_of(request))
    if isinstance(answer, Finding):
        raise Http404(answer.message)
    return _json(answer | {"wait": pace.HERE.wait()})


def _json(body: dict[str, Any], status: int = 200) -> JsonResponse:
    options = {"ensure_ascii": False, "separators": (",", ":")}
    return JsonResponse(body, status=status, json_dumps_params=options)
