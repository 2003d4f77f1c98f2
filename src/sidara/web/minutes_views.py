"""Views of minutes: a verifier closes a batch; on the public page anybody checks a berita acara."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.collection.core.rights import READ
from sidara.ui.rights import Asking, needs
from sidara.verification.core import read_code
from sidara.verification.queries import CHECK, READ_QUEUE, minutes_file
from sidara.web.pages.verifying import closing, minutes

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


@needs(READ_QUEUE, posts=True)
@never_cache
def minutes_closing(request: Asking) -> HttpResponse:
    """Show what a verifier would close in an area; close it by POST, and lead to the minutes."""
    asked, done = request.GET, None
    if request.method == "POST":
        asked = request.POST
        done = closing.close(request.actor, asked, site=request.build_absolute_uri("/"))
    page = closing.build(request.actor, asked, refused=done.findings if done else ())
    if page is None:
        raise Http404
    if done is not None and done.is_done:
        return HttpResponseRedirect(closing.href(page.step, page.area, done.code))
    return render(request, "web/verifying/closing.html", {"page": page})


@needs(READ)
@never_cache
def minutes_pdf(request: Asking, paper: str) -> HttpResponse:
    """Give the PDF of minutes to who may read in their area."""
    content = minutes_file(request.actor, paper)
    if content is None:
        raise Http404(paper)
    name = f"berita-acara-{paper}.pdf"
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=told)
