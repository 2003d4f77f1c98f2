"""Views of the kokpit: the page, and its tables as files."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from sidara.kernel.clock import local_date, now
from sidara.progress.queries import READ
from sidara.ui.rights import Asking, needs
from sidara.web.pages.kokpit import asked, page
from sidara.web.views import file_of


@needs(READ)
def kokpit(request: Asking) -> HttpResponse:
    """Show how far the collection is, and who is stuck."""
    made = page.build(
        request.actor, asked.read(request.GET), settings.SIDARA_PROVINCE, today=local_date(now())
    )
    context = {"page": made, "base": f"{request.path}/", "files_query": made.query}
    return render(request, "web/kokpit.html", context | {"is_collection_simulated": made.is_simulated})


@needs(READ)
def kokpit_file(request: Asking, table: str, suffix: str) -> HttpResponse:
    """Give a table of the page as a file, with every row."""
    wanted = asked.read(request.GET)
    made = page.build(request.actor, wanted, settings.SIDARA_PROVINCE, today=local_date(now()), whole=True)
    return file_of(made.files, table, suffix, f"kokpit-{made.area}")
