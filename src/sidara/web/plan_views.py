"""Views of plan documents: all of them, one with its goals and lines, the editor."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.programmes import queries
from sidara.programmes.queries import PLAN, READ
from sidara.ui.rights import Asking, needs
from sidara.web.pages.programmes import document, documents, form, plan_editor, plan_form, world
from sidara.web.views import file_of


@needs(READ)
def plans(request: Asking) -> HttpResponse:
    """Show the documents of all levels, and what is missing."""
    page = documents.build(request.actor, request.GET.dict(), this_year=local_date(now()).year)
    context = {"page": page, "is_plan_simulated": page.simulated}
    return render(request, "web/programmes/plans.html", context)


@needs(READ)
def plan(request: Asking, uid: UUID) -> HttpResponse:
    """Show a plan."""
    page = document.build(request.actor, uid)
    if page is None:
        raise Http404(str(uid))
    context = {
        "page": page,
        "base": f"{reverse('plan', args=[uid])}/",
        "is_plan_simulated": page.view.plan.is_simulated,
    }
    return render(request, "web/programmes/plan.html", context)


@needs(READ)
def plan_file(request: Asking, uid: UUID, table: str, suffix: str) -> HttpResponse:
    """Give the lines of a plan as a file."""
    page = document.build(request.actor, uid)
    if page is None:
        raise Http404(str(uid))
    return file_of(page.figures, table, suffix, f"rencana-{uid.hex[:8]}")


@needs(PLAN, posts=True)
@never_cache
def plan_new(request: Asking) -> HttpResponse:
    """Make a plan."""
    fields = _fields(request)
    simulated = world.is_simulated(request.actor, {name: form.one(fields, name) for name in fields})
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        done = plan_form.make(request.actor, fields, simulated=simulated, now=now())
        if done.uid:
            return HttpResponseRedirect(reverse("plan-edit", args=[done.uid]))
        findings = done.findings
    page = plan_editor.new(request.actor, fields, simulated=simulated, findings=findings)
    context = {"page": page, "is_plan_simulated": simulated}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if findings else HTTPStatus.OK
    return render(request, "web/programmes/plan_new.html", context, status=status)


@needs(PLAN, posts=True)
@never_cache
def plan_edit(request: Asking, uid: UUID) -> HttpResponse:
    """Change a plan: head, editions, goals, ties, lines."""
    view = queries.plan(request.actor, uid)
    if view is None:
        raise Http404(str(uid))
    plan = view.plan
    queries.require_plan(
        request.actor, plan.level, plan.area or None, plan.sector, agency=plan.agency, kind=plan.kind
    )
    findings: tuple[Finding, ...] = ()
    fields = _fields(request)
    if request.method == "POST":
        try:
            done = plan_form.act(request.actor, view, fields, now=now())
        except LookupError as fault:
            raise Http404(str(fault)) from fault
        if done.is_done:
            return HttpResponseRedirect(f"{request.path}?tersimpan=1")
        findings = done.findings
    page = plan_editor.build(
        request.actor, view, findings=findings, posted=form.one(fields, "uid") or form.one(fields, "aksi")
    )
    context = {
        "page": page,
        "is_plan_simulated": view.plan.is_simulated,
        "done": "tersimpan" in request.GET,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if findings else HTTPStatus.OK
    return render(request, "web/programmes/plan_editor.html", context, status=status)


def _fields(request: Asking) -> dict[str, list[str]]:
    asked = request.POST if request.method == "POST" else request.GET
    return {name: [text.replace("\x00", "") for text in asked.getlist(name)] for name in asked}
