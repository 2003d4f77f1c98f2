"""Views of minutes: the public page on which anybody checks a berita acara."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.ui.rights import Asking, needs
from sidara.verification.core import read_code
from sidara.verification.queries import CHECK
from sidara.web.pages.verifying import minutes

LONGEST_CODE = 40


@needs(CHECK)
@never_cache
def minutes_search(request: Asking) -> HttpResponse:
    """Ask for the code of a paper, and lead to its page."""
    typed = request.GET.get("kode", "")[:LONGEST_CODE]
    code = read_code(typed)
    if code and minutes.build(request.actor, code):
        return HttpResponseRedirect(reverse("minutes", args=[code]))
    return render(request, "web/verifying/minutes_search.html", {"typed": typed})


@needs(CHECK, posts=True)
@never_cache
def minutes_page(request: Asking, paper: str) -> HttpResponse:
    """Show what minutes say without figures; hold a paper that is handed in against them by POST."""
    file = request.FILES.get(minutes.FILE) if request.method == "POST" else None
    page = minutes.build(request.actor, paper, file)
    if page is None:
        raise Http404(paper)
    if request.method == "GET" and page.code != paper:
        return HttpResponseRedirect(reverse("minutes", args=[page.code]))
    return render(request, "web/verifying/minutes.html", {"page": page})
