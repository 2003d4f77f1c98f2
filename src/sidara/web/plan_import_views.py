"""Views of bringing in plans: hand in, look at each row, choose, store; empty tables and plans as files."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.programmes import queries, services
from sidara.programmes.queries import IMPORT_PLANS, READ
from sidara.ui.rights import Asking, needs
from sidara.web.pages.programmes import world
from sidara.web.pages.programmes.importing import asked, trial
from sidara.web.pages.programmes.importing import front as front_page
from sidara.web.pages.programmes.importing import kept as kept_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = (
    "pemilik",
    "tingkat",
    "wilayah",
    "tahun",
    "tahun_akhir",
    "tabel",
    "perangkat",
    "naskah",
    "dokumen",
    "simulasi",
)


@needs(IMPORT_PLANS, posts=True)
@never_cache
def front(request: Asking) -> HttpResponse:
    """Show where files are handed in, and take one for a trial."""
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        taken = _handed_in(request)
        if isinstance(taken, UUID):
            return HttpResponseRedirect(reverse("plan-import-file", args=[taken]))
        findings = (taken,)
    given = {name: request.POST.get(name, "") for name in KEPT}
    if request.method != "POST":
        given["tahun"] = str(local_date(now()).year + 1)
        given["simulasi"] = "ya" if world.is_simulated(request.actor, {}) else ""
    page = front_page.build(request.actor, findings=findings, given=given)
    return render(request, "web/programmes/import.html", {"page": page})


def _handed_in(request: Asking) -> UUID | Finding:
    handed = asked.handed_in(request.FILES.get("berkas"), request.POST)
    if isinstance(handed, Finding):
        return handed
    return services.keep_plan_file(
        request.actor, content=handed.content, name=handed.name, ask=handed.ask, now=now()
    )


@needs(IMPORT_PLANS, posts=True)
@never_cache
def file(request: Asking, file: UUID) -> HttpResponse:
    """Show what each row of a file would become; choose, try again, store or throw away by POST."""
    kept = queries.kept_plan_file(request.actor, file, now=now())
    if kept is None:
        raise Http404(str(file))
    act = request.POST.get("aksi") if request.method == "POST" else ""
    if act == "buang":
        services.drop_plan_file(request.actor, id=file)
        return HttpResponseRedirect(reverse("plan-import"))
    if act:
        services.change_asked(request.actor, id=file, asked=asked.changes_from(request.POST, kept.ask))
        kept = queries.kept_plan_file(request.actor, file, now=now()) or kept
    done = services.import_plan(
        request.actor, content=kept.content, name=kept.name, ask=kept.ask, now=now(), is_dry=act != "simpan"
    )
    if done.is_stored and done.uid is not None:
        services.drop_plan_file(request.actor, id=file)
        return HttpResponseRedirect(reverse("plan-import-kept", args=[done.uid]))
    page = trial.build(request.actor, kept, done, page=request.GET.get("halaman", ""))
    return render(request, "web/programmes/import_file.html", {"page": page, "is_example": page.is_simulated})


@needs(IMPORT_PLANS)
@never_cache
def kept(request: Asking, file: UUID) -> HttpResponse:
    """Show the account of an import."""
    found = queries.plan_import(request.actor, file)
    if found is None:
        raise Http404(str(file))
    page = kept_page.build(request.actor, found)
    return render(request, "web/programmes/import_kept.html", {"page": page, "is_example": page.is_simulated})


@needs(READ)
def empty(request: Asking, table: str) -> HttpResponse:
    """Give an empty table to fill in."""
    content = queries.empty_table(request.actor, table)
    if content is None:
        raise Http404(table)
    return _download(content, f"{table}-kosong.xlsx")


@needs(READ)
@never_cache
def sheet(request: Asking, file: UUID) -> HttpResponse:
    """Give a plan in the columns of its table."""
    found = queries.plan_workbook(request.actor, file)
    if found is None:
        raise Http404(str(file))
    name, content = found
    return _download(content, f"{name}.xlsx")


def _download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
