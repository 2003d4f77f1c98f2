"""Views of *Sasaran*: villages by need, what closes a gap, what a ceiling buys; a choice kept as a list."""

from urllib.parse import parse_qsl
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sidara.kernel.clock import now
from sidara.programmes import queries, services
from sidara.programmes.services import ChosenVillage
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.rights import Asking, needs
from sidara.web.pages.targeting import asked, budget, gaps, kept, needy
from sidara.web.pages.targeting.asked import Asked
from sidara.web.pages.targeting.budget import BudgetPage
from sidara.web.pages.targeting.needy import NeedPage
from sidara.web.views import file_of, region_of

NEED, BUDGET = "web/targeting/needy.html", "web/targeting/budget.html"


@needs(queries.TARGET)
def targets(request: Asking) -> HttpResponse:
    """Show villages in the order of their need."""
    region = _area(request)
    page = needy.build(request.actor, region, _asked(request, region))
    return render(request, NEED, _context(page, reverse("targets")))


@needs(queries.TARGET)
def targets_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give the ranking as a file."""
    region = _area(request)
    page = needy.build(request.actor, region, _asked(request, region))
    return file_of(page.figures or {}, table, suffix, f"sasaran-{region.code}")


@needs(queries.TARGET)
def target_budget(request: Asking) -> HttpResponse:
    """Show what a ceiling buys best."""
    region = _area(request)
    page = budget.build(request.actor, region, _asked(request, region))
    return render(request, BUDGET, _context(page, reverse("target-budget")))


@needs(queries.TARGET)
def target_budget_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give what areas get, or the moves of the three plans, as a file."""
    region = _area(request)
    page = budget.build(request.actor, region, _asked(request, region))
    return file_of(page.figures or {}, table, suffix, f"anggaran-{region.code}")


@needs(queries.READ)
def gap(request: Asking, code: str) -> HttpResponse:
    """Show what closes the gaps of a village or an area."""
    region = region_of(request, code)
    page = gaps.build(request.actor, region, _asked(request, region))
    context = {"page": page, "is_simulated": page.is_simulated}
    return render(request, "web/targeting/gaps.html", context)


@needs(queries.TARGET, posts=True)
def target_keep(request: Asking) -> HttpResponse:
    """Keep ticked villages as a target list, with the figures that chose them; then lead back."""
    region = _area(request)
    told = asked.read(parse_qsl(request.POST.get("tanya", "")), region.code)
    codes = request.POST.getlist("desa")
    chosen = kept.chosen(request.actor, told, codes)
    done = services.keep_target_list(
        request.actor,
        name=request.POST.get("nama", ""),
        area=region.code,
        villages=[ChosenVillage(code, figures) for code, figures in chosen.villages.items()],
        rule={"kind": "rank", "asked": told.query},
        basis=chosen.basis,
        message_id=_message(request.POST.get("pesan", "")),
        now=now(),
    )
    back = reverse("target-budget" if told.one("pagu") else "targets")
    more = {"daftar": str(done.uid)} if done.is_done else {"gagal": done.findings[0].message}
    return HttpResponseRedirect(f"{back}?{told.other(**more)}#simpan")


def _message(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise Http404(text) from fault


def _asked(request: Asking, region: Region) -> Asked:
    pairs = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    return asked.read(pairs, region.code)


def _area(request: Asking) -> Region:
    """Find the area of an address, without one that of the reader's own rights; none is a 404."""
    values = request.POST if request.method == "POST" else request.GET
    code = values.get("wilayah", "") or request.actor.own_area(queries.TARGET) or settings.SIDARA_PROVINCE
    region = regions.resolve(request.actor, code)
    if region is None or region.level is Level.VILLAGE:
        raise Http404(code)
    return region


def _context(page: NeedPage | BudgetPage, address: str) -> dict[str, object]:
    query = page.asked.query
    return {
        "page": page,
        "is_simulated": page.is_simulated,
        "address": address,
        "base": f"{address}/",
        "files_query": f"?{query}" if query else "",
    }
