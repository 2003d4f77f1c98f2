"""What every template may say of the site: name of the place, entries of the menus, version."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from sidara.collection.core.rights import BRING, FILL
from sidara.kernel.actor import PUBLIC, Actor
from sidara.programmes.queries import PLAN, READ_FINDINGS, TARGET
from sidara.progress.queries import READ_AWARD, READ_VILLAGES
from sidara.regions import queries as regions
from sidara.regions.core import dotted, is_example
from sidara.ui.language import active, say
from sidara.verification.queries import READ_QUEUE
from sidara.web.languages import switch
from sidara.web.pages.places import Link

VERSION = version("sidara")


@lru_cache(maxsize=8)
def _place(register: str, code: str) -> str:  # noqa: ARG001 - the register makes the key of the cache
    """Give the name of the place that the site is about."""
    province = regions.resolve(PUBLIC, code)
    return province.name if province else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name and menus."""
    actor = getattr(request, "actor", PUBLIC)
    return {
        "is_example": _is_example(request),
        "site": {
            "place": _place(regions.register_version(actor), settings.SIDARA_PROVINCE),
            "language": active().value,
            "languages": switch(request.get_full_path()),
            "home": reverse("home"),
            "search": reverse("search"),
            "nav": (
                *_own_work(actor),
                Link(say("Beranda"), reverse("home")),
                Link(say("Peta"), reverse("atlas")),
                Link(say("Cari desa"), reverse("search")),
                Link(say("Program"), reverse("programmes")),
                Link(say("Kamus data"), reverse("dictionary")),
                Link(say("Tentang"), reverse("about")),
            ),
            "part": _part(request),
            "footer": _footer(actor),
            "account": _account(request, actor),
            "version": VERSION,
            "edits": actor.may_somewhere("dictionary.edit"),
        },
    }


def _is_example(request: HttpRequest) -> bool:
    """Whether the page is about an example village: all pages about one have its code in their address.

    A page that chooses a village by itself says so on its own.
    """
    match = request.resolver_match
    told = (*(match.kwargs.values() if match else ()), *(request.GET.get(name, "") for name in CHOICES))
    return any(is_example(dotted(text) or "") for text in told if isinstance(text, str))


CHOICES = ("desa", "wilayah")
"""Parts of a query in which a page is told its village."""
PARTS = {
    "dictionary": ("dictionary", "draft", "form", "satu-data", "calendar"),
    "tasks": ("entry",),
    "verification-queue": ("verification", "minutes-closing", "receipts"),
    "kokpit": ("kokpit", "award"),
    "atlas": ("atlas",),
    "programmes": ("programme", "plan"),
    "alignment": ("alignment",),
    "board": ("board", "efforts", "equity"),
}
"""Entries of the menu, with how the names of the addresses begin that are part of them."""


def _part(request: HttpRequest) -> str:
    """Give the entry of the menu to which a page belongs; empty where it belongs to none."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    return next((reverse(entry) for entry, begins in PARTS.items() if name.startswith(begins)), "")


def _own_work(actor: Actor) -> tuple[Link, ...]:
    """Lead who fills in, endorses or verifies forms to what is to be done, who only reads to the board."""
    is_at_work = any(actor.may_somewhere(one) for one in (FILL, BRING, "verification.endorse"))
    if actor.id == PUBLIC.id:
        return ()
    is_leading = actor.may_somewhere(READ_FINDINGS) and not actor.may_somewhere(PLAN)
    told = (
        (is_leading and not is_at_work, Link(say("Papan"), reverse("board"))),
        (is_at_work, Link(say("Tugas saya"), reverse("tasks"))),
        (actor.may_somewhere(READ_QUEUE), Link(say("Periksa"), reverse("verification-queue"))),
        (actor.may_somewhere(READ_VILLAGES), Link(say("Kokpit"), reverse("kokpit"))),
        (actor.may_somewhere(TARGET), Link(say("Sasaran"), reverse("targets"))),
        (actor.may_somewhere(READ_FINDINGS), Link(say("Sinkronisasi"), reverse("alignment"))),
    )
    return tuple(link for is_his, link in told if is_his)


def _footer(actor: Actor) -> tuple[Link, ...]:
    """Lead to what stands in no menu of everybody: what the site is, how far it is, papers to check."""
    award = (Link(say("SIDARA Award"), reverse("award")),) if actor.may_somewhere(READ_AWARD) else ()
    return (
        Link(say("Tentang SIDARA"), reverse("about")),
        Link(say("Istilah"), reverse("terms")),
        Link(say("Papan pimpinan"), reverse("board")),
        Link(say("Pemerataan"), reverse("equity")),
        Link(say("Nomenklatur dan jenis kegiatan"), reverse("nomenclature")),
        Link(say("Kemajuan pengumpulan"), reverse("kokpit")),
        Link(say("Register aparatur, partisipasi, lembaga"), reverse("register-apparatus")),
        Link(say("Usulan desa"), reverse("proposals")),
        Link(say("Periksa berita acara"), reverse("minutes-search")),
        Link(say("API bagi program"), reverse("api")),
        *award,
    )


@dataclass(frozen=True, slots=True)
class AccountLink:
    """The link of the account in the head: its words, and a brief word for phones."""

    label: str
    brief: str
    href: str


def _account(request: HttpRequest, actor: Actor) -> AccountLink | None:
    """Lead to the own account, else to the log-in and back; not from the pages of log-in themselves."""
    if actor.id != PUBLIC.id:
        return AccountLink(actor.name, say("Akun"), reverse("account-own"))
    log_in = reverse("account_login")
    if request.path.startswith(log_in):
        return None
    back = urlencode({"next": request.path}) if request.path != reverse("home") else ""
    return AccountLink(say("Masuk"), say("Masuk"), f"{log_in}?{back}" if back else log_in)
