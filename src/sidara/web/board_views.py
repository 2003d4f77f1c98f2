"""Views of the board of leaders: the page, what is planned behind it, tables as files."""

from django.http import HttpResponse
from django.shortcuts import render

from sidara.kernel.clock import local_date, now
from sidara.programmes.queries import READ
from sidara.ui.rights import Asking, needs
from sidara.web.equity_views import area_of
from sidara.web.pages.board import efforts as efforts_page
from sidara.web.pages.board import page
from sidara.web.pages.board.efforts import EffortsPage
from sidara.web.views import file_of


@needs("warehouse.ask")
def board(request: Asking) -> HttpResponse:
    """Show the board of an area on one page."""
    made = page.build(request.actor, area_of(request), asked=request.GET.get("indeks", ""))
    context = {"page": made, "base": f"{request.path}/", "files_query": made.query}
    return render(request, "web/board/board.html", context | {"is_simulated": made.is_simulated})


@needs("warehouse.ask")
def board_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the board as a file."""
    region = area_of(request)
    made = page.build(request.actor, region, asked=request.GET.get("indeks", ""))
    return file_of(made.figures, table, suffix, f"papan-{region.code}")


@needs(READ)
def efforts(request: Asking) -> HttpResponse:
    """Show how priority programmes are covered and what activities cost beside comparable ones."""
    made = _efforts(request)
    context = {"page": made, "base": f"{request.path}/", "files_query": made.query}
    return render(request, "web/board/efforts.html", context | {"is_collection_simulated": made.is_simulated})


@needs(READ)
def efforts_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of that page as a file."""
    made = _efforts(request)
    return file_of(made.figures, table, suffix, f"rencana-{made.region.code}")


def _efforts(request: Asking) -> EffortsPage:
    asked = {"year": request.GET.get("tahun", ""), "world": request.GET.get("himpunan", "")}
    return efforts_page.build(request.actor, area_of(request), today=local_date(now()), **asked)
