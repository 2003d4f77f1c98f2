"""Views of files: forms given out as files, files handed in, tried, stored, marked."""

import re
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.collection import queries, services
from sidara.collection.core import EXAMPLES
from sidara.collection.core.bringing import filler_missing
from sidara.collection.core.handed import LARGEST, RESULT, Handed, Handing, form_itself, too_large
from sidara.collection.core.rights import BRING, FILL, READ
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.ui.language import say
from sidara.ui.rights import Asking, needs
from sidara.web.bodies import name_of
from sidara.web.pages.entry import handing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
"""What a browser is told of each form file."""


@needs(READ)
@never_cache
def form_file(request: Asking, form: str, code: str, period: str, suffix: str) -> HttpResponse:
    """Give a form as a file, for a village or for all of a kecamatan: its real or its example villages."""
    of_examples = handing.is_of_examples(request.GET)
    content, _ = queries.FORM_FILES[suffix](
        request.actor,
        form=form,
        region=code,
        period=period,
        uid=uuid4(),
        now=now(),
        dataset=EXAMPLES if of_examples else "",
    )
    if content is None:
        raise Http404(form)
    mark = "-contoh" if of_examples else ""
    return _download(content, KINDS[suffix], f"{form}-{code}-{period}{mark}.{suffix}")


@needs(BRING, posts=True)
@never_cache
def files(request: Asking) -> HttpResponse:
    """Show forms to take along, and take a file for a trial."""
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        taken = _handed_in(request)
        if isinstance(taken, Handed):
            return HttpResponseRedirect(reverse("handed", args=[taken.id]))
        findings = taken
    page = handing.files(
        request.actor,
        today=local_date(now()),
        code=request.GET.get("wilayah", "")[:20],
        findings=findings,
        filler=name_of(request.POST.get("pengisi", "")),
        of_examples=handing.is_of_examples(request.GET),
    )
    is_example = page.of_examples or (page.place is not None and page.place.is_example)
    return render(request, "web/entry/files.html", {"page": page, "is_example": is_example})


@needs(BRING, posts=True)
@never_cache
def handed(request: Asking, file: UUID) -> HttpResponse:
    """Show what became of a file; store it or throw it away by POST."""
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        if request.POST.get("aksi") == "buang":
            services.drop_handed(request.actor, id=file)
            return HttpResponseRedirect(reverse("files"))
        done = services.store_handed(request.actor, id=file, now=now())
        if isinstance(done, Handed):
            return HttpResponseRedirect(reverse("handed", args=[file]))
        findings = (done,)
    found = queries.handed(request.actor, file, now=now())
    if found is None:
        raise Http404(str(file))
    page = handing.file(request.actor, found, page=request.GET.get("halaman", ""))
    told = {"page": page, "findings": findings, "is_example": page.is_example}
    return render(request, "web/entry/file.html", told)


@needs(BRING)
@never_cache
def handed_marked(request: Asking, file: UUID) -> HttpResponse:
    """Give the workbook that was handed in with its faults marked."""
    content = queries.handed_marked(request.actor, file, now=now())
    if content is None:
        raise Http404(str(file))
    return _download(content, XLSX, "temuan.xlsx")


def _handed_in(request: Asking) -> Handed | tuple[Finding, ...]:
    """Read the file that was sent and try it; the size is looked at before anything is read."""
    given = request.FILES.get("berkas")
    if given is None:
        return (
            Finding(
                "FILE_MISSING",
                say("Berkas belum dipilih."),
                say("Pilih berkas .xlsx, .csv, .parquet, atau hasil formulir HTML (.txt)."),
            ),
        )
    if (given.size or 0) > LARGEST:
        return (too_large(given.size or 0),)
    filler, is_paper = name_of(request.POST.get("pengisi", "")), request.POST.get("kertas") == "ya"
    one = Handing(given.read(), given.name or "", filler, is_paper, request.POST.get("semua") == "ya")
    fault = form_itself(one.content)
    if fault is not None:
        return (fault,)
    if not filler and one.format != RESULT and not request.actor.may_somewhere(FILL):
        return (filler_missing(),)
    return services.hand_in(request.actor, handing=one, id=uuid4(), now=now())


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    """Give a file; a code may stand in the address with signs that no header takes."""
    name = re.sub(r"[^\w.-]", "", name, flags=re.ASCII)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
