"""Views of the three registers and of the proposals: pages, tables as files, the decision of a proposal."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date, now
from sidara.programmes import services
from sidara.programmes.core import Decision
from sidara.programmes.queries import DECIDE, READ
from sidara.ui.rights import Asking, needs
from sidara.web.pages.registers import apparatus, institutions, participation, proposal, proposals
from sidara.web.pages.registers.asked import Asked, read
from sidara.web.pages.registers.frame import Page
from sidara.web.views import file_of

type Build = Callable[..., Page]
PAGES: dict[str, Build] = {
    "register-apparatus": apparatus.build,
    "register-participation": participation.build,
    "register-institutions": institutions.build,
    "proposals": proposals.build,
}


def _built(actor: Actor, asked: Asked, name: str) -> Page:
    return PAGES[name](actor, asked, settings.SIDARA_PROVINCE, today=_today())


def _today() -> date:
    return local_date(now())


def _shown(request: Asking, name: str) -> HttpResponse:
    made = _built(request.actor, read(request.GET), name)
    context = {"page": made, "base": f"{request.path}/", "files_query": made.query}
    return render(request, "web/register.html", context | {"is_collection_simulated": made.is_simulated})


def _filed(request: Asking, name: str, table: str, suffix: str) -> HttpResponse:
    made = _built(request.actor, read(request.GET), name)
    return file_of(made.files, table, suffix, f"{reverse(name).strip('/').replace('/', '-')}-{made.area}")


@needs(READ)
def register_apparatus(request: Asking) -> HttpResponse:
    """Show posts, officials and training of an area."""
    return _shown(request, "register-apparatus")


@needs(READ)
def register_apparatus_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page as a file."""
    return _filed(request, "register-apparatus", table, suffix)


@needs(READ)
def register_participation(request: Asking) -> HttpResponse:
    """Show meetings and proposals of an area."""
    return _shown(request, "register-participation")


@needs(READ)
def register_participation_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page as a file."""
    return _filed(request, "register-participation", table, suffix)


@needs(READ)
def register_institutions(request: Asking) -> HttpResponse:
    """Show the institutions of an area."""
    return _shown(request, "register-institutions")


@needs(READ)
def register_institutions_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page as a file."""
    return _filed(request, "register-institutions", table, suffix)


@needs(READ)
def proposals_page(request: Asking) -> HttpResponse:
    """Show the proposals of an area with their way."""
    return _shown(request, "proposals")


@needs(READ)
def proposals_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page as a file, with every proposal."""
    return _filed(request, "proposals", table, suffix)


@needs(READ)
def proposal_page(request: Asking, uid: UUID) -> HttpResponse:
    """Show one proposal with its whole way."""
    return _one(request, uid)


def _one(request: Asking, uid: UUID, findings: tuple[object, ...] = (), status: int = 200) -> HttpResponse:
    made = proposal.build(request.actor, uid, today=_today())
    if made is None:
        raise Http404(str(uid))
    context = {"page": made, "uid": uid, "message_id": uuid4(), "findings": findings}
    shown = context | {"is_collection_simulated": made.is_simulated}
    return render(request, "web/proposal.html", shown, status=status)


@needs(DECIDE, posts=True)
def proposal_decide(request: Asking, uid: UUID) -> HttpResponse:
    """Decide a proposal for the level that it asks; what keeps it from standing is said on the page."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("proposal", args=(uid,)))
    told = request.POST
    try:
        decision = Decision(told.get("putusan", ""))
        message_id = UUID(told.get("kiriman", ""))
        activity = UUID(told["kegiatan"]) if told.get("kegiatan") else None
    except ValueError:
        decision, message_id, activity = Decision.OPEN, uuid4(), None
    done = services.decide_proposal(
        request.actor,
        proposal=uid,
        decision=decision,
        reason=told.get("alasan", ""),
        activity=activity,
        message_id=message_id,
        now=now(),
    )
    if done.is_done:
        return HttpResponseRedirect(reverse("proposal", args=(uid,)))
    return _one(request, uid, done.findings, status=422)
