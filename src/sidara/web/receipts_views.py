"""Views of receipts: recorded and withdrawn at the kecamatan, given as paper, checked by everybody."""

import hashlib
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.collection import queries as collection
from sidara.collection.core.handed import LARGEST, too_large
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding
from sidara.ui.rights import Asking, needs
from sidara.verification import queries
from sidara.verification.core import read_code
from sidara.verification.queries import CHECK, RECEIVE
from sidara.verification.services import Receipted
from sidara.web.pages.verifying import receipts

LONGEST_CODE = 40
LONGEST_NAME = 200


@needs(RECEIVE, posts=True)
@never_cache
def receipts_page(request: Asking) -> HttpResponse:
    """Show what was handed over; record a receipt and withdraw one by POST."""
    moment, code = now(), request.GET.get(receipts.VILLAGE, "")[:20]
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        done = _act(request, code)
        if done.is_done:
            asked = {receipts.VILLAGE: code, receipts.CODE: done.code}
            return HttpResponseRedirect(f"{reverse('receipts')}?{urlencode(asked)}")
        findings = done.findings
    page = receipts.build(
        request.actor,
        now=moment,
        code=code,
        handed=(request.POST if request.method == "POST" else request.GET).get(receipts.HANDED, ""),
        posted=request.POST.dict(),
        chosen=request.POST.getlist(receipts.FORM),
        findings=findings,
        done=request.GET.get(receipts.CODE, "")[:LONGEST_CODE],
    )
    return render(request, "web/verifying/receipts.html", {"page": page})


@needs(CHECK)
@never_cache
def receipt_page(request: Asking, paper: str) -> HttpResponse:
    """Show whether a receipt exists and holds, without names of persons."""
    page = receipts.check(request.actor, paper)
    if page is None:
        raise Http404(paper)
    if page.code != paper:
        return HttpResponseRedirect(reverse("receipt", args=[page.code]))
    return render(request, "web/verifying/receipt.html", {"page": page})


@needs(RECEIVE)
@never_cache
def receipt_file(request: Asking, paper: str) -> HttpResponse:
    """Give a receipt as PDF to who gives receipts there."""
    code = read_code(paper)
    content = queries.receipt_file(request.actor, code, site=request.build_absolute_uri("/"))
    if content is None:
        raise Http404(paper)
    headers = {"Content-Disposition": f'inline; filename="tanda-terima-{code}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _act(request: Asking, code: str) -> Receipted:
    if request.POST.get(receipts.ACT) == receipts.WITHDRAW:
        return receipts.withdraw(request.actor, request.POST, now=now())
    file = _file(request)
    if isinstance(file, Finding):
        return Receipted(findings=(file,))
    done = receipts.record(request.actor, request.POST, code=code, file=file, now=now())
    if done is None:
        raise Http404
    return done


def _file(request: Asking) -> tuple[str, str] | Finding:
    """Give name and SHA-256 of the file that is named, or was tried before; empty for paper."""
    given = request.FILES.get(receipts.FILE)
    if given is not None:
        if (given.size or 0) > LARGEST:
            return too_large(given.size or 0)
        return (given.name or "")[:LONGEST_NAME], hashlib.sha256(given.read()).hexdigest()
    tried = receipts.uuid_of(request.POST.get(receipts.HANDED, ""))
    kept = collection.handing(request.actor, tried, now=now()) if tried else None
    return (kept.name[:LONGEST_NAME], hashlib.sha256(kept.content).hexdigest()) if kept else ("", "")
