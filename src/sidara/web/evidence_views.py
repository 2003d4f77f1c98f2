"""Views of evidence: what is there beside a form, a file added or taken away, and the files themselves."""

from http import HTTPStatus
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.collection import queries
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import SubmissionKey
from sidara.evidence.core import Kind, StoreAway, store_away
from sidara.kernel.clock import now
from sidara.ui.rights import Asking, needs
from sidara.web.found import entry_of
from sidara.web.pages.entry import evidence as pages

FILE_POLICY = "default-src 'none'; sandbox"
"""A file that somebody handed in runs nothing and asks for nothing, wherever it is opened."""


@needs(READ, posts=True)
@never_cache
def evidence(request: Asking, form: str, code: str, period: str) -> HttpResponse:
    """Show the evidence of a form; keep a file or take one away by POST."""
    entry = entry_of(request, SubmissionKey(form, code, period))
    posted, chosen, caption = None, request.GET.get("sel", "")[:320], ""
    if request.method == "POST":
        posted = pages.act(request.actor, entry, request.POST, request.FILES.get(pages.FILE), now=now())
        if posted is None or not (posted.findings or posted.told):
            return HttpResponseRedirect(request.path)
        chosen, caption = request.POST.get(pages.CELL, "")[:320], request.POST.get(pages.CAPTION, "")[:300]
    page = pages.build(request.actor, entry, chosen=chosen, posted=posted, caption=caption)
    return render(request, "web/entry/evidence.html", {"page": page})


@needs(READ)
@never_cache
def evidence_file(request: Asking, form: str, code: str, period: str, file: UUID) -> HttpResponseBase:
    """Give the file of a piece, as it is read."""
    return _file(request, SubmissionKey(form, code, period), file, is_small=False)


@needs(READ)
@never_cache
def evidence_small(request: Asking, form: str, code: str, period: str, file: UUID) -> HttpResponseBase:
    """Give the small picture of a piece."""
    return _file(request, SubmissionKey(form, code, period), file, is_small=True)


def _file(request: Asking, key: SubmissionKey, file: UUID, *, is_small: bool) -> HttpResponseBase:
    try:
        found = queries.evidence_file(request.actor, key, file, is_small=is_small)
    except StoreAway:
        told = store_away()
        text = f"{told.message} {told.remedy}"
        return HttpResponse(
            text, status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain; charset=utf-8"
        )
    if found is None:
        raise Http404(str(file))
    piece, content = found
    kind = Kind.JPEG if is_small else piece.kind
    response = FileResponse(content, as_attachment=not is_small, filename=piece.name, content_type=kind.value)
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
