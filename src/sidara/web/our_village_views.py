"""Views of what a village gets back: its page, the tables of it, its own data."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from sidara.kernel.clock import local_date, now
from sidara.kernel.number import Language
from sidara.regions.core import Level, Region
from sidara.ui.language import speaking
from sidara.ui.rights import Asking, needs
from sidara.web.pages import files
from sidara.web.pages.our_village import data, draft, page, sheet
from sidara.web.views import file_of, region_of


@needs("warehouse.ask")
def our_village(request: Asking, code: str) -> HttpResponse:
    """Show what a village gets back from its data."""
    region = _village(request, code)
    address = reverse(page.PAGE, args=[region.code])
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    made = page.build(request.actor, region, today=local_date(now()))
    context: dict[str, Any] = {"page": made, "is_simulated": made.is_simulated, "base": f"{address}/"}
    return render(request, "web/our_village/page.html", context)


@needs("warehouse.ask")
def our_village_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page, or all that the village sent, as a file."""
    region, today = _village(request, code), local_date(now())
    if table == data.KEY:
        own = data.of_village(request.actor, region, today=today)
        return file_of({data.KEY: own} if own else {}, table, suffix, region.code)
    made = page.build(request.actor, region, today=today)
    if table == draft.KEY and made.draft is not None:
        return _attached(
            files.name(made.draft, region.code, suffix), draft.content(made.draft, suffix), suffix
        )
    return file_of(made.figures, table, suffix, region.code)


@needs("warehouse.ask")
def our_village_sheet(request: Asking, code: str) -> HttpResponse:
    """Give the two-page sheet for musdes as PDF."""
    region = _village(request, code)
    with speaking(Language.INDONESIAN):
        address = request.build_absolute_uri(reverse(page.PAGE, args=[region.code]))
    name, content = sheet.pdf(request.actor, region, today=local_date(now()), address=address)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _attached(name: str, content: bytes, suffix: str) -> HttpResponse:
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=files.FORMATS[suffix], headers=told)


def _village(request: Asking, code: str) -> Region:
    region = region_of(request, code)
    if region.level is not Level.VILLAGE:
        raise Http404(code)
    return region
