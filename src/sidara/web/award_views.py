"""Views of the award: its lists, which who may runs anew, and one score with its parts."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.kernel.clock import local_date, now
from sidara.progress.queries import READ_AWARD
from sidara.ui.rights import Asking, needs
from sidara.web.pages.progress import award
from sidara.web.pages.progress import award_score as opened
from sidara.web.views import file_of

DIGITS = 9


@needs(READ_AWARD, posts=True)
@never_cache
def award_lists(request: Asking) -> HttpResponse:
    """Show a list of the award; run it anew by POST."""
    refused: tuple[Any, ...] = ()
    if request.method == "POST":
        under, year = request.POST.get("wilayah", ""), request.POST.get("tahun", "")
        done = award.run_now(request.actor, under=under, year=year, moment=now())
        if done is not None and done.is_done:
            return HttpResponseRedirect(f"{reverse('award')}?nomor={done.number}")
        refused = done.findings if done else ()
    page = _page(request, refused)
    query = request.GET.urlencode()
    context = {"base": f"{reverse('award')}/", "files_query": f"?{query}" if query else ""}
    return render(request, "web/progress/award.html", {"page": page} | context)


@needs(READ_AWARD)
def award_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a list of the award as a file."""
    page = _page(request)
    return file_of(page.figures, table, suffix, f"penilaian-{page.run.number if page.run else 0}")


@needs(READ_AWARD)
@never_cache
def award_score(request: Asking, number: int, roll: str, subject: str) -> HttpResponse:
    """Show one score with what it is made of."""
    page = opened.open_score(request.actor, number, roll, subject)
    if page is None:
        raise Http404(subject)
    return render(request, "web/progress/award_score.html", {"page": page, "base": f"{request.path}/"})


@needs(READ_AWARD)
def award_score_file(  # noqa: PLR0913, PLR0917 - the parts of the address
    request: Asking, number: int, roll: str, subject: str, table: str, suffix: str
) -> HttpResponse:
    """Give the submissions behind one score as a file."""
    page = opened.open_score(request.actor, number, roll, subject)
    if page is None:
        raise Http404(subject)
    return file_of(page.figures, table, suffix, f"penilaian-{number}-{subject}")


def _page(request: Asking, refused: tuple[Any, ...] = ()) -> award.Page:
    text = request.GET.get("nomor", "")
    number = int(text[:DIGITS]) if text.isascii() and text.isdigit() else None
    roll = request.GET.get("daftar", "")
    year = local_date(now()).year
    return award.build(request.actor, year=year, number=number, roll=roll, refused=refused)
