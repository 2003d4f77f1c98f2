"""Views of planning: what if, and the cheapest path, for a village and for an area. Nothing is stored.

An address that says more than it must (a whole form) leads to the short one that means the same, before
anything is computed.
"""

from types import ModuleType
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sidara.regions.core import Level
from sidara.ui.rights import Asking, needs
from sidara.web.pages import path as path_page
from sidara.web.pages import path_area, places, whatif_area
from sidara.web.pages import whatif as whatif_page
from sidara.web.pages.ground import Pairs
from sidara.web.views import file_of, region_of

MOST_PAIRS = 1000
FILES = {whatif_page.PAGE: "andai", path_page.PAGE: "jalur"}
"""How the names of files end, by the page."""


@needs("warehouse.ask")
def whatif(request: Asking, code: str) -> HttpResponse:
    """Change answers of a village and compare."""
    return _page(request, code, whatif_page, "web/whatif.html")


@needs("warehouse.ask")
def whatif_result(request: Asking, code: str) -> HttpResponse:
    """Give what the changes do alone, for the form that asks while it is filled."""
    asked = whatif_page.ask(request.actor, region_of(request, code), _pairs(request))
    page = whatif_page.answer(request.actor, asked)
    return render(request, "web/whatif.html#result", _context(page, whatif_page.PAGE))


@needs("warehouse.ask")
def whatif_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the comparison as a file."""
    return _file(request, code, whatif_page, table, suffix)


@needs("warehouse.ask")
def path(request: Asking, code: str) -> HttpResponse:
    """Show the cheapest path of a village."""
    return _page(request, code, path_page, "web/path.html")


@needs("warehouse.ask")
def path_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the steps of a path as a file."""
    return _file(request, code, path_page, table, suffix)


@needs("warehouse.ask")
def area_whatif(request: Asking, code: str) -> HttpResponse:
    """Change answers of several villages of an area at once and compare."""
    return _page(request, code, whatif_area, "web/whatif_area.html")


@needs("warehouse.ask")
def area_whatif_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the comparison of several villages as a file."""
    return _file(request, code, whatif_area, table, suffix)


@needs("warehouse.ask")
def area_path(request: Asking, code: str) -> HttpResponse:
    """Show the cheapest paths of all villages of an area, and what one budget buys."""
    return _page(request, code, path_area, "web/path_area.html")


@needs("warehouse.ask")
def area_path_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give the paths of an area as a file."""
    return _file(request, code, path_area, table, suffix)


def _page(request: Asking, code: str, kind: ModuleType, template: str) -> HttpResponse:
    """Show the answer, or lead to the permanent or the short address before there is one."""
    region = region_of(request, code)
    address = places.planning(kind.PAGE, region.code)
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    asked = _pairs(request)
    page = kind.ask(request.actor, region, asked)
    if asked and page.pairs and page.pairs != asked:
        return HttpResponseRedirect(f"{address}?{page.query}")
    return render(request, template, _context(kind.answer(request.actor, page), kind.PAGE))


def _file(request: Asking, code: str, kind: ModuleType, table: str, suffix: str) -> HttpResponse:
    region = region_of(request, code)
    page = kind.answer(request.actor, kind.ask(request.actor, region, _pairs(request)))
    return file_of(page.figures, table, suffix, f"{region.code}-{FILES[kind.PAGE]}")


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
