"""Views of work without a link: service worker, manifest of the app, shell of forms, session."""

import hashlib
import json

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.collection.core.rights import READ
from sidara.ui import built
from sidara.ui.language import say
from sidara.ui.pin_words import gate
from sidara.ui.rights import Asking, needs
from sidara.web.at_device import at_device

OPEN = "warehouse.ask"
"""What everybody may: worker and manifest say nothing of anybody."""
ASSETS = (
    "along.js",
    "app.css",
    "app.js",
    "entry.css",
    "entry.js",
    "tasks.js",
    "huruf-400.woff2",
    "huruf-600.woff2",
    "merek.svg",
    "review.js",
)
"""The built files that pages of entry and of verifying need."""


@needs(OPEN)
def worker(request: Asking) -> HttpResponse:  # noqa: ARG001 - a view
    """Give the service worker with the names of the files: another version is another script."""
    names = [static(f"ui/{built.manifest()[name]}") for name in ASSETS]
    own = {"version": _version(), "assets": names, "leave": reverse("account_logout")}
    script = f"self.sidara={json.dumps(own)};\n{built.text('worker.js')}"
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@needs(OPEN)
def manifest(request: Asking) -> HttpResponse:  # noqa: ARG001 - a view
    """Give what a telephone needs to install SIDARA as an app."""
    icon = {"src": static(f"ui/{built.manifest()['merek.svg']}"), "sizes": "any", "type": "image/svg+xml"}
    body = {
        "name": "SIDARA",
        "short_name": "SIDARA",
        "description": say("Isian data desa, juga tanpa sambungan."),
        "lang": "id",
        "id": "/tugas",
        "start_url": "/tugas",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f3eee4",
        "theme_color": "#0b5f61",
        "icons": [icon],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@needs(READ)
@never_cache
def shell(request: Asking) -> HttpResponse:
    """Give the page that lays out any form from the bundle that lies on the device."""
    return render(request, "web/entry/shell.html", {"gate": json.dumps(gate())})


@needs(READ)
@never_cache
@at_device
def session(request: Asking) -> HttpResponse:
    """Say who is logged in, with a token that posts: what was typed is sent under this log-in."""
    return JsonResponse(
        {"owner": str(request.actor.id), "name": request.actor.name, "token": get_token(request)}
    )


def _version() -> str:
    """Give the version of all that the browser gets."""
    names = ",".join(sorted(built.manifest().values()))
    return hashlib.sha256(names.encode()).hexdigest()[:12]
