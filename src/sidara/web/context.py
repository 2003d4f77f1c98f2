"""What every template may say of the site: name of the place, entries of the menus, version."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from sidara.kernel.actor import PUBLIC
from sidara.regions import queries as regions
from sidara.ui.language import active, say
from sidara.web.languages import switch
from sidara.web.pages.places import Link


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name and menus."""
    actor = getattr(request, "actor", PUBLIC)
    province = regions.resolve(actor, settings.SIDARA_PROVINCE)
    return {
        "site": {
            "place": province.name if province else "",
            "language": active().value,
            "languages": switch(request.get_full_path()),
            "home": reverse("home"),
            "search": reverse("search"),
            "nav": (
                Link(say("Beranda"), reverse("home")),
                Link(say("Peta"), reverse("atlas")),
                Link(say("Cari desa"), reverse("search")),
                Link(say("Kamus data"), reverse("dictionary")),
                Link(say("Tentang"), reverse("about")),
            ),
            "footer": (
                Link(say("Tentang SIDARA"), reverse("about")),
                Link(say("Istilah"), reverse("terms")),
            ),
            "version": version("sidara"),
        }
    }
