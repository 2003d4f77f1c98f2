"""Views of activities: the list of all levels, one with everything, the editor."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding
from sidara.programmes import queries, services
from sidara.programmes.core import Level, Stage
from sidara.programmes.queries import PLAN, READ
from sidara.ui.rights import Asking, needs
from sidara.web.pages.programmes import activity, choosing, editor, form, listing, world
from sidara.web.views import file_of

SAVED = "tersimpan"
DRAFT, PLANNED = "rancangan", "rencana"


@needs(READ)
def programmes(request: Asking) -> HttpResponse:
    """Show what all levels do where."""
    asked = listing.read(request.actor, request.GET.dict())
    page = listing.build(request.actor, asked)
    context = {
        "page": page,
        "base": f"{reverse('programmes')}/",
        "files_query": f"?{asked.href().partition('?')[2]}",
        "is_plan_simulated": asked.simulated,
    }
    return render(request, "web/programmes/list.html", context)


@needs(READ)
def programmes_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the list as a file, with every row."""
    page = listing.build(request.actor, listing.read(request.actor, request.GET.dict()))
    return file_of(page.figures, table, suffix, "program")


@needs(READ, posts=True)
@never_cache
def programme(request: Asking, uid: UUID) -> HttpResponse:
    """Show an activity; cancel it by POST."""
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        done = _cancel(request, uid)
        if done.is_done:
            return HttpResponseRedirect(f"{request.path}?{SAVED}=1")
        findings = done.findings
    page = activity.build(request.actor, uid, message=uuid4())
    if page is None:
        raise Http404(str(uid))
    context = {
        "page": page,
        "base": f"{reverse('programme', args=[uid])}/",
        "is_plan_simulated": page.view.row.is_simulated,
        "done": SAVED in request.GET,
        "findings": findings,
    }
    return render(request, "web/programmes/activity.html", context)


@needs(READ)
def programme_file(request: Asking, uid: UUID, table: str, suffix: str) -> HttpResponse:
    """Give a table of an activity as a file."""
    page = activity.build(request.actor, uid, message=uuid4())
    if page is None:
        raise Http404(str(uid))
    return file_of(page.figures, table, suffix, f"kegiatan-{uid.hex[:8]}")


@needs(PLAN, posts=True)
@never_cache
def programme_new(request: Asking) -> HttpResponse:
    """Write a new activity."""
    return _edit(request, None)


@needs(PLAN, posts=True)
@never_cache
def programme_edit(request: Asking, uid: UUID) -> HttpResponse:
    """Change an activity."""
    return _edit(request, uid)


def _edit(request: Asking, uid: UUID | None) -> HttpResponse:
    held = queries.activity(request.actor, uid) if uid else None
    if uid is not None and held is None:
        raise Http404(str(uid))
    if held is not None:
        draft = held.draft
        queries.require_plan(
            request.actor, draft.level, draft.area or None, draft.sector, agency=draft.agency
        )
    asked = request.POST if request.method == "POST" else request.GET
    fields = {name: [text.replace("\x00", "") for text in asked.getlist(name)] for name in asked}
    if request.method != "POST":
        this_year = local_date(now()).year
        fields = (
            form.fields_of(held.draft) if held else editor.begun(request.actor, fields, this_year=this_year)
        )
    simulated = (
        held.row.is_simulated
        if held
        else world.is_simulated(request.actor, {name: form.one(fields, name) for name in fields})
    )
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        fields = _pressed(request, fields, simulated=simulated)
        if form.one(fields, choosing.ACT) in {DRAFT, PLANNED}:
            is_paid = held is not None and held.row.stage is Stage.BUDGETED
            done = _save(request, fields, uid, Stage.BUDGETED if is_paid else Stage.PLANNED, simulated)
            if done.is_done and done.uid:
                return HttpResponseRedirect(f"{reverse('programme', args=[done.uid])}?{SAVED}=1")
            findings = done.findings
    page = editor.build(
        request.actor,
        fields,
        simulated=simulated,
        message=form.one(fields, "pesan") or str(uuid4()),
        uid=uid,
        revision=held.revision if held and request.method != "POST" else _revision(fields),
        findings=findings,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if findings else HTTPStatus.OK
    context = {"page": page, "is_plan_simulated": simulated}
    return render(request, "web/programmes/editor.html", context, status=status)


def _pressed(request: Asking, fields: dict[str, list[str]], *, simulated: bool) -> dict[str, list[str]]:
    """Do what a button asks that takes an offer over: a kind, a code, a village, villages of a rule."""
    for taken in fields.pop("pakai", []):
        name, _, value = taken.partition(":")
        if name in {"jenis", "kode"}:
            fields[name] = [value]
        elif name == "desa":
            fields["desa"] = [*fields.get("desa", []), value]
        elif name == "butir":
            fields["butir"] = [*fields.get("butir", []), value]
    if form.one(fields, choosing.ACT) == choosing.USE_RULE:
        area = form.one(fields, "pemilik").partition("|")[2]
        kept = choosing.keep_rule(request.actor, fields, area=area, simulated=simulated, now=now())
        if kept is not None:
            fields["daftar"] = [str(kept)]
    return fields


def _save(
    request: Asking,
    fields: form.Fields,
    uid: UUID | None,
    planned: Stage,
    simulated: bool,  # noqa: FBT001 - which world, said by the page
) -> services.Outcome:
    stage = Stage.DRAFT if form.one(fields, choosing.ACT) == DRAFT else planned
    draft, unread = form.draft_of(fields, stage=stage, simulated=simulated)
    if unread:
        return services.Outcome(findings=unread)
    if form.one(fields, "pemilik").partition("|")[0] not in set(Level):
        raise Http404("pemilik")
    return services.keep_activity(
        request.actor,
        draft=draft,
        message_id=form.uuid_of(form.one(fields, "pesan")) or uuid4(),
        now=now(),
        uid=uid,
        revision=_revision(fields),
        reason=form.one(fields, "alasan"),
    )


def _cancel(request: Asking, uid: UUID) -> services.Outcome:
    fields = {name: list(request.POST.getlist(name)) for name in request.POST}
    try:
        return services.cancel_activity(
            request.actor,
            uid=uid,
            revision=_revision(fields),
            reason=form.one(fields, "alasan"),
            message_id=form.uuid_of(form.one(fields, "pesan")) or uuid4(),
            now=now(),
        )
    except LookupError as fault:
        raise Http404(str(uid)) from fault


def _revision(fields: form.Fields) -> int:
    text = form.one(fields, "revisi")
    return int(text) if text.isascii() and text.isdigit() else 0
