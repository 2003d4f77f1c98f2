"""Views of codes and activity kinds: the search, one code, one kind."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from sidara.kernel.clock import local_date, now
from sidara.programmes.queries import READ
from sidara.ui.rights import Asking, needs
from sidara.web.pages.codes import code as code_page
from sidara.web.pages.codes import item as item_page
from sidara.web.pages.codes import kind as kind_page
from sidara.web.pages.codes import search


@needs(READ)
def nomenclature(request: Asking) -> HttpResponse:
    """Search codes and kinds; hold a code against government and year."""
    page = search.build(request.actor, request.GET.dict(), local_date(now()).year)
    return render(request, "web/codes/search.html", {"page": page})


@needs(READ)
def nomenclature_code(request: Asking, government: str, code: str) -> HttpResponse:
    """Show one code."""
    page = code_page.build(request.actor, government, code)
    if page is None:
        raise Http404(code)
    return render(request, "web/codes/code.html", {"page": page})


@needs(READ)
def activity_kind(request: Asking, code: str) -> HttpResponse:
    """Show one activity kind, with the codes of the next year of plan."""
    page = kind_page.build(request.actor, code, local_date(now()).year + 1)
    if page is None:
        raise Http404(code)
    return render(request, "web/codes/kind.html", {"page": page})


@needs(READ)
def index_item(request: Asking, index: str, item: str) -> HttpResponse:
    """Show what answers an item of an index, with the codes of the next year of plan."""
    page = item_page.build(request.actor, index, item, local_date(now()).year + 1)
    if page is None:
        raise Http404(item)
    return render(request, "web/codes/item.html", {"page": page})
