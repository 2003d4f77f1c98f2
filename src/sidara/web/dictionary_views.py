"""Views of the dictionary: elements, forms, the map, Satu Data, and their files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from sidara.dictionary import queries
from sidara.kernel.clock import local_date, now
from sidara.regions.core import Region
from sidara.ui.rights import Asking, needs
from sidara.web.pages.dictionary import (
    addresses,
    calendar,
    catalogue,
    element,
    forms,
    readiness,
    satu_data,
    uses,
)
from sidara.web.pages.files import FORMATS
from sidara.web.views import file_of, region_of

LONGEST = 100
HIGHEST_VERSION = 9999
YEAR_DIGITS = 4
READ = "dictionary.read"


@needs(READ)
def elements(request: Asking) -> HttpResponse:
    """Show the catalogue of elements, searched and filtered."""
    page = catalogue.build(request.actor, request.GET.dict())
    return render(
        request,
        "web/dictionary/catalogue.html",
        {"page": page, "base": addresses.files(), "files_query": page.query},
    )


@needs(READ)
def element_page(request: Asking, code: str) -> HttpResponse:
    """Show one element."""
    page = element.build(request.actor, code, local_date(now()).year)
    if page is None:
        raise Http404(code)
    return render(request, "web/dictionary/element.html", {"page": page})


@needs(READ)
def form_list(request: Asking) -> HttpResponse:
    """Show all forms."""
    page = forms.build_list(request.actor)
    return render(request, "web/dictionary/forms.html", {"page": page, "base": addresses.files()})


@needs(READ)
def form_page(request: Asking, code: str) -> HttpResponse:
    """Show a form as it will be asked; `versi` = an earlier version."""
    page = forms.build(request.actor, code, _version(request))
    if page is None:
        raise Http404(code)
    return render(request, "web/dictionary/form.html", {"page": page})


@needs(READ)
def form_xlsform(request: Asking, code: str) -> HttpResponse:
    """Give a form as XLSForm."""
    content = queries.xlsform(request.actor, code, _version(request))
    if content is None:
        raise Http404(code)
    disposition = f'attachment; filename="{code}.xlsx"'
    return HttpResponse(content, content_type=FORMATS["xlsx"], headers={"Content-Disposition": disposition})


@needs(READ)
def map_page(request: Asking) -> HttpResponse:
    """Show which element feeds which item, indicator and report; `dari` = the side it is read from."""
    page = uses.build(request.actor, request.GET.get("dari", ""), request.GET.get("q", "")[:LONGEST])
    query = request.GET.urlencode()
    context = {"page": page, "base": addresses.files(), "files_query": f"?{query}" if query else ""}
    return render(request, "web/dictionary/map.html", context)


@needs(READ)
def satu_data_page(request: Asking) -> HttpResponse:
    """Show what is missing for data to count as Satu Data."""
    page = satu_data.build(request.actor, local_date(now()).year)
    return render(request, "web/dictionary/satu_data.html", {"page": page, "base": addresses.files()})


@needs(READ)
def table_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of these pages as a file; filters of the page are those of its address."""
    asked = request.GET
    if table == "elemen":
        figures = catalogue.build(request.actor, asked.dict()).figures
    elif table == "formulir":
        figures = forms.build_list(request.actor).figures
    elif table == "peta":
        figures = uses.build(request.actor, asked.get("dari", ""), asked.get("q", "")[:LONGEST]).figures
    else:
        figures = satu_data.build(request.actor, local_date(now()).year).figures
    return file_of(figures, table, suffix, "kamus")


@needs(READ)
def calendar_page(request: Asking) -> HttpResponse:
    """Show when forms are open beside the planning calendar; `tahun` and `wilayah` choose."""
    page = _calendar(request)
    context = {"page": page, "base": f"{request.path}/", "files_query": page.query}
    return render(request, "web/dictionary/calendar.html", context)


@needs(READ)
def calendar_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the calendar as a file."""
    page = _calendar(request)
    return file_of(page.figures, table, suffix, f"kalender-{page.year}")


@needs(READ)
def calendar_ics(request: Asking) -> HttpResponse:
    """Give the calendar for a telephone or an office, as iCalendar."""
    moment = now()
    year, region = _asked_calendar(request, local_date(moment).year)
    text = calendar.as_file(request.actor, year=year, region=region, now=moment)
    headers = {"Content-Disposition": f'attachment; filename="kalender-{year}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(request: Asking) -> calendar.CalendarPage:
    """Build the calendar of the year and region that are asked for; a year that is none is this one."""
    today = local_date(now())
    year, region = _asked_calendar(request, today.year)
    if region is None and "wilayah" not in request.GET:
        region = readiness.own_village(request.actor)
    return calendar.build(request.actor, year=year, today=today, region=region)


def _asked_calendar(request: Asking, this_year: int) -> tuple[int, Region | None]:
    """Read year and region that are asked for; a year that is none is this one."""
    text, code = request.GET.get("tahun", ""), request.GET.get("wilayah", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS else this_year
    year = asked if calendar.FIRST_YEAR <= asked <= calendar.LAST_YEAR else this_year
    return year, region_of(request, code) if code else None


def _version(request: Asking) -> int | None:
    """Read the version that is asked for; what is none is the one in force."""
    text = request.GET.get("versi", "").removeprefix("v")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= HIGHEST_VERSION else None
