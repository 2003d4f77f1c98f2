"""Views of equity: the page, and its tables as files."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sidara.programmes.queries import READ_FINDINGS
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.rights import Asking, needs
from sidara.web.pages.equity import asked, page
from sidara.web.views import file_of


@needs("warehouse.ask")
def equity(request: Asking) -> HttpResponse:
    """Show how a figure is spread over the villages of an area."""
    made = page.build(request.actor, asked.read(request.GET), area_of(request))
    context = {"page": made, "base": f"{request.path}/", "files_query": made.query}
    told = {"is_simulated": made.is_simulated, "is_collection_simulated": made.is_example}
    return render(request, "web/equity/equity.html", context | told)


@needs("warehouse.ask")
def equity_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page as a file."""
    region = area_of(request)
    made = page.build(request.actor, asked.read(request.GET), region)
    return file_of(made.figures, table, suffix, f"pemerataan-{region.code}")


def area_of(request: Asking) -> Region:
    """Find the area of an address above the villages, without one the reader's own; none is a 404."""
    code = request.GET.get("wilayah", "") or _own(request)
    region = regions.resolve(request.actor, code)
    if region is None or region.level is Level.VILLAGE:
        raise Http404(code)
    return region


def _own(request: Asking) -> str:
    """Give the one area above villages whose findings the reader reads, else the province."""
    code = request.actor.own_area(READ_FINDINGS)
    own = regions.resolve(request.actor, code) if code else None
    return settings.SIDARA_PROVINCE if own is None or own.level is Level.VILLAGE else own.code
