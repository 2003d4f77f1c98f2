"""Views of Sinkronisasi: the page with its files, one finding with what is said to it."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.kernel.clock import local_date, now
from sidara.programmes.queries import READ_FINDINGS
from sidara.ui.rights import Asking, needs
from sidara.web.pages.alignment import acts, asked, one, page
from sidara.web.views import file_of


@needs(READ_FINDINGS, posts=True)
@never_cache
def alignment(request: Asking) -> HttpResponse:
    """Show whether plans pull one way; run the checks, or keep villages as targets, by POST."""
    wanted, moment = asked.read(request.GET), now()
    done = acts.NOTHING
    if request.method == "POST":
        wanted = page.settled(request.actor, wanted, settings.SIDARA_PROVINCE, local_date(moment))
        done = acts.act(request.actor, wanted, request.POST, now=moment)
        if done.is_done and not done.said:
            return HttpResponseRedirect(wanted.href())
    made = page.build(request.actor, wanted, settings.SIDARA_PROVINCE, today=local_date(moment))
    context = {"page": made, "base": f"{request.path}/", "files_query": made.query, "message_id": uuid4()}
    context |= {"done": done, "is_collection_simulated": made.is_simulated}
    return render(request, "web/alignment/page.html", context)


@needs(READ_FINDINGS)
def alignment_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page as a file, with every row."""
    wanted = asked.read(request.GET)
    made = page.build(request.actor, wanted, settings.SIDARA_PROVINCE, today=local_date(now()))
    place = made.area.code if made.area else ""
    return file_of(made.files, table, suffix, f"sinkronisasi-{made.asked.tahun}-{place}")


@needs(READ_FINDINGS, posts=True)
@never_cache
def alignment_finding(request: Asking, finding: UUID) -> HttpResponse:
    """Show one finding; explain it, or open it again, by POST."""
    refused = one.act(request.actor, finding, request.POST, now=now()) if request.method == "POST" else ()
    if request.method == "POST" and not refused:
        return HttpResponseRedirect(request.get_full_path())
    made = one.build(request.actor, finding, refused=refused)
    if made is None:
        raise Http404(str(finding))
    context = {"page": made, "is_collection_simulated": made.is_simulated}
    return render(request, "web/alignment/finding.html", context)
