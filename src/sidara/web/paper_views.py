"""View of paper: a form typed in section by section by who names the person that filled it in."""

from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection import queries
from sidara.collection.core.bringing import may_bring
from sidara.collection.core.rights import BRING
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import NotAllowed
from sidara.kernel.clock import now
from sidara.ui.rights import Asking, needs
from sidara.web.at_device import at_device, id_of
from sidara.web.bodies import name_of
from sidara.web.found import entry_of
from sidara.web.pages.entry import addresses, plain, posting


@needs(BRING, posts=True)
@never_cache
@at_device
def paper_entry(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show a section to type in, and save it with the name of its filler."""
    found = _entry(request, SubmissionKey(form, code, period))
    given = request.POST if request.method == "POST" else request.GET
    filler, section = name_of(given.get(addresses.FILLER, "")), given.get("bagian", "")
    posted = None
    if request.method == "POST":
        posted = posting.save(
            request.actor,
            found,
            request.POST,
            now=now(),
            door=addresses.PAPER_DOOR,
            filler=filler,
            device=id_of(request),
        )
        if posted.address:
            return HttpResponseRedirect(posted.address)
    page = plain.build(
        request.actor, found, section, now=now(), posted=posted, door=addresses.PAPER_DOOR, filler=filler
    )
    return render(request, "web/entry/paper.html", {"page": page})


def _entry(request: Asking, key: SubmissionKey) -> queries.Entry:
    """Give the form as who brings it in fills it; refuses who may not there."""
    found = entry_of(request, key)
    sector = found.asking.questionnaire.form.sector
    place = found.key.region
    if not may_bring(request.actor, filler="?", region=place, sector=sector, dataset=key.dataset):
        raise NotAllowed(request.actor, BRING)
    return replace(found, is_readonly=found.is_locked)
