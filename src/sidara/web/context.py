"""What every template may say of the site: name of the place, entries of the menus, version."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from sidara.kernel.actor import PUBLIC
from sidara.regions import queries as regions
from sidara.web.pages.places import Link


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name and menus."""
    actor = getattr(request, "actor", PUBLIC)
    province = regions.resolve(actor, settings.SIDARA_PROVINCE)
    return {
        "site": {
            "place": province.name if province else "",
            "home": reverse("home"),
            "search": reverse("search"),
            "nav": (
                Link("Beranda", reverse("home")),
                Link("Peta", reverse("atlas")),
                Link("Cari desa", reverse("search")),
                Link("Kamus data", reverse("dictionary")),
                Link("Tentang", reverse("about")),
            ),
            "footer": (
                Link("Tentang SIDARA", reverse("about")),
                Link("Istilah", reverse("terms")),
            ),
            "version": version("sidara"),
        }
    }
