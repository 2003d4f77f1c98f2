"""Views of planning: what if, and the cheapest path, for a village and for an area. Nothing is stored.

An address that says more than it must (a whole form) leads to the short one that means the same.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.regions.core import Level, Region
from sidara.web.pages import path as path_page
from sidara.web.pages import path_area, places, whatif_area
from sidara.web.pages import whatif as whatif_page
from sidara.web.pages.ground import Pairs
from sidara.web.rights import Asking, needs
from sidara.web.views import file_of, region_of

MOST_PAIRS = 1000
type Build = Callable[[Actor, Region, Pairs], Any]


@needs("warehouse.ask")
def whatif(request: Asking, code: str) -> HttpResponse:
    """Change answers of a village and compare."""
    return _page(request, code, whatif_page.PAGE, whatif_page.build, "web/whatif.html")


@needs("warehouse.ask")
def whatif_result(request: Asking, code: str) -> HttpResponse:
    """Give what the changes do alone, for the form that asks while it is filled."""
    page = whatif_page.build(request.actor, region_of(request, code), _pairs(request))
    return render(request, "web/whatif.html#result", _context(page, whatif_page.PAGE))


@needs("warehouse.ask")
def whatif_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the comparison as a file."""
    region = region_of(request, code)
    page = whatif_page.build(request.actor, region, _pairs(request))
    return file_of(page.figures, table, suffix, f"{region.code}-andai")


@needs("warehouse.ask")
def path(request: Asking, code: str) -> HttpResponse:
    """Show the cheapest path of a village."""
    return _page(request, code, path_page.PAGE, path_page.build, "web/path.html")


@needs("warehouse.ask")
def path_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the steps of a path as a file."""
    region = region_of(request, code)
    page = path_page.build(request.actor, region, _pairs(request))
    return file_of(page.figures, table, suffix, f"{region.code}-jalur")


@needs("warehouse.ask")
def area_whatif(request: Asking, code: str) -> HttpResponse:
    """Change answers of several villages of an area at once and compare."""
    return _page(request, code, whatif_area.PAGE, whatif_area.build, "web/whatif_area.html")


@needs("warehouse.ask")
def area_whatif_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the comparison of several villages as a file."""
    region = region_of(request, code)
    page = whatif_area.build(request.actor, region, _pairs(request))
    return file_of(page.figures, table, suffix, f"{region.code}-andai")


@needs("warehouse.ask")
def area_path(request: Asking, code: str) -> HttpResponse:
    """Show the cheapest paths of all villages of an area, and what one budget buys."""
    return _page(request, code, path_area.PAGE, path_area.build, "web/path_area.html")


@needs("warehouse.ask")
def area_path_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the paths of an area as a file."""
    region = region_of(request, code)
    page = path_area.build(request.actor, region, _pairs(request))
    return file_of(page.figures, table, suffix, f"{region.code}-jalur")


def _page(request: Asking, code: str, name: str, build: Build, template: str) -> HttpResponse:
    """Build and show, or lead to the permanent or the short address."""
    region = region_of(request, code)
    address = places.planning(name, region.code)
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    asked = _pairs(request)
    page = build(request.actor, region, asked)
    if asked and page.pairs and page.pairs != asked:
        return HttpResponseRedirect(f"{address}?{page.query}")
    return render(request, template, _context(page, name))


def _context(page: Any, name: str) -> dict[str, Any]:
    """Give a page with the addresses of its files and, of a village, of the fragment with its result."""
    address = places.planning(name, page.region.code)
    is_village = page.region.level is Level.VILLAGE and name == whatif_page.PAGE
    return {
        "page": page,
        "is_simulated": page.is_simulated,
        "base": f"{address}/",
        "address": address,
        "files_query": f"?{page.query}" if page.query else "",
        "fragment": reverse("whatif-result", args=[page.region.code]) if is_village else "",
    }


def _pairs(request: Asking) -> Pairs:
    """Give the parameters of the address in their order, line ends as one sign."""
    return tuple(
        (name, value.replace("\r\n", "\n")) for name in request.GET for value in request.GET.getlist(name)
    )[:MOST_PAIRS]
