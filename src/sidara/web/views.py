"""Views: parse, one call, render."""

import re
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.figures import Figure
from sidara.ui.rights import Asking, needs
from sidara.warehouse.core import Vintage
from sidara.web import byte_range
from sidara.web.pages import about as about_page
from sidara.web.pages import api as api_page
from sidara.web.pages import areas, arrangement, content, files, places
from sidara.web.pages import atlas as atlas_page
from sidara.web.pages import history as history_page
from sidara.web.pages import home as home_page
from sidara.web.pages import search as search_page
from sidara.web.pages import village as village_page

LONGEST_QUERY = 100
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


@needs("warehouse.ask")
def home(request: Asking) -> HttpResponse:
    """Show the province: finding, map, counts, ranking, search."""
    page = home_page.build(request.actor, settings.SIDARA_PROVINCE, **_asked(request))
    context = _shown(page, f"{reverse('home')}unduh/") | {"files_query": page.query}
    return render(request, "web/home.html", context)


@needs("warehouse.ask")
def area(request: Asking, code: str) -> HttpResponse:
    """Show a province, kabupaten, kota or kecamatan."""
    region = regions.resolve(request.actor, code)
    if region is None:
        return _elsewhere(request, code)
    if (address := places.href(region)) != request.path:
        return HttpResponsePermanentRedirect(address)
    page = areas.build(request.actor, region, **_asked(request))
    context = _shown(page, f"{address}/") | {"files_query": page.query}
    return render(request, "web/area.html", context)


@needs("warehouse.ask")
def village(request: Asking, code: str) -> HttpResponse:
    """Show a desa or kelurahan."""
    region = regions.resolve(request.actor, code)
    if region is None:
        return _elsewhere(request, code)
    if (address := places.href(region)) != request.path:
        return HttpResponsePermanentRedirect(address)
    page = village_page.build(request.actor, region, vintage=_vintage(request))
    history = history_page.brief(request.actor, region)
    context = _shown(page, f"{address}/") | {"history": history, "files_query": page.query}
    return render(request, "web/village.html", context)


@needs("warehouse.ask")
def place_history(request: Asking, code: str) -> HttpResponse:
    """Show a place through time; `pada` is a day on which the code was valid, `tahun` the third vintage."""
    day = _day(request.GET.get("pada", ""))
    region = regions.resolve(request.actor, code, on=day)
    if region is None:
        return _elsewhere(request, code)
    address = places.history_href(region)
    if address.partition("?")[0] != request.path:
        return HttpResponseRedirect(address)
    page = history_page.build(request.actor, region, year=_year(request))
    context = _shown(page, f"{request.path}/") | {"files_query": page.query}
    return render(request, "web/history.html", context)


@needs("warehouse.ask")
def home_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the home page as a file."""
    page = home_page.build(request.actor, settings.SIDARA_PROVINCE, **_asked(request))
    return file_of(page.figures, table, suffix, settings.SIDARA_PROVINCE)


@needs("warehouse.ask")
def area_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give a table of an area's page as a file."""
    region = region_of(request, code)
    page = areas.build(request.actor, region, **_asked(request))
    return file_of(page.figures, table, suffix, region.code)


@needs("warehouse.ask")
def village_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give a table of a village's page as a file."""
    region = region_of(request, code)
    if region.level is not Level.VILLAGE:
        raise Http404(code)
    page = village_page.build(request.actor, region, vintage=_vintage(request))
    return file_of(page.figures, table, suffix, region.code)


@needs("warehouse.ask")
def history_file(request: Asking, code: str, table: str, suffix: str) -> HttpResponse:
    """Give a table of a place's history as a file."""
    region = regions.resolve(request.actor, code, on=_day(request.GET.get("pada", "")))
    if region is None:
        raise Http404(code)
    page = history_page.build(request.actor, region, year=_year(request))
    return file_of(page.files, table, suffix, f"{region.code}-riwayat")


@needs("regions.read")
def search(request: Asking) -> HttpResponse:
    """List what a name or code may mean."""
    page = search_page.build(request.actor, request.GET.get("q", "")[:LONGEST_QUERY])
    return render(request, "web/search.html", {"page": page, "is_simulated": page.is_simulated})


@needs("regions.read")
def search_suggestions(request: Asking) -> HttpResponse:
    """Give the first candidates alone, for the list under the search field."""
    text = request.GET.get("q", "")[:LONGEST_QUERY]
    page = search_page.build(request.actor, text, limit=search_page.FEW)
    return render(request, "web/search.html#candidates", {"page": page})


@needs("warehouse.ask")
def atlas(request: Asking) -> HttpResponse:
    """Show the large map, focused on an area (`di` = its code), with the list of what is in it."""
    asked = {"code": request.GET.get("di", ""), "asked": request.GET.get("indeks", "")}
    page = atlas_page.build(request.actor, settings.SIDARA_PROVINCE, **asked)
    return render(request, "web/atlas.html", {"page": page, "is_simulated": page.is_simulated})


@needs("warehouse.ask")
def atlas_marks(request: Asking) -> HttpResponse:
    """Give the class of each village for the large map."""
    index = request.GET.get("indeks", "")
    return JsonResponse(atlas_page.marks(request.actor, settings.SIDARA_PROVINCE, asked=index))


@needs("regions.read")
def atlas_tiles(request: Asking, key: str) -> HttpResponseBase:
    """Give the tiles of a layer, whole or a range of bytes."""
    file = regions.boundary_tiles(request.actor, key=key)
    if file is None:
        raise Http404(key)
    return byte_range.answer(file, request.headers.get("Range", ""), mark=key)


@needs("regions.read")
def terms(request: Asking) -> HttpResponse:
    """Explain the words of the pages."""
    return render(request, "web/terms.html", {"terms": content.terms()})


@needs("warehouse.ask")
def about(request: Asking) -> HttpResponse:
    """Say what SIDARA is and which data sets it holds."""
    return render(request, "web/about.html", {"page": about_page.build(request.actor)})


@needs("regions.read")
def api(request: Asking) -> HttpResponse:
    """Tell programs what they may ask, and how."""
    from sidara.web.api.app import document  # needs the addresses, which name this view

    site = request.build_absolute_uri("/").rstrip("/")
    return render(request, "web/api.html", {"page": api_page.build(request.actor, document(), site)})


def _shown(page: Any, base: str) -> dict[str, Any]:
    """Give a page with its mark and the address below which its files lie."""
    return {"page": page, "is_simulated": page.is_simulated, "base": base}


def _asked(request: Asking) -> dict[str, Any]:
    """Read how a reader wants a page: the order of its tables, which index, in which areas."""
    order, index = request.GET.get("urut", ""), request.GET.get("indeks", "")
    return {"order": order, "asked": index, "vintage": _vintage(request)}


def _vintage(request: Asking) -> Vintage:
    """Read in which areas figures are told."""
    return arrangement.asked(request.GET.get(arrangement.ADDRESS, ""))


def _elsewhere(request: Asking, code: str) -> HttpResponse:
    """Answer a code that is no address of today: ask back, lead on from an old code, or 404."""
    found = regions.meanings(request.actor, code)
    if len(found) > 1:
        page = search_page.build(request.actor, code)
        return render(request, "web/search.html", {"page": page}, status=HTTPStatus.MULTIPLE_CHOICES)
    if not found:
        raise Http404(code)
    return HttpResponseRedirect(places.href(found[0].region))


def _year(request: Asking) -> int | None:
    """Read the year of the third vintage; what is none is none."""
    year = request.GET.get("tahun", "")
    return int(year) if YEAR.fullmatch(year) else None


def _day(text: str) -> date | None:
    """Read a day; what is none is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def region_of(request: Asking, code: str) -> Region:
    """Find the region of an address; none is a 404."""
    region = regions.resolve(request.actor, code)
    if region is None:
        raise Http404(code)
    return region


def file_of(figures: Mapping[str, Figure], table: str, suffix: str, place: str) -> HttpResponse:
    """Answer with the file of one figure; a table that the page lacks is a 404."""
    figure: Any = figures.get(table)
    if figure is None or figure.table is None:
        raise Http404(table)
    name = files.name(figure, place, suffix)
    return HttpResponse(
        files.content(figure, suffix),
        content_type=files.FORMATS[suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
