"""The languages of addresses: Indonesian ones stand without a prefix, English ones begin with `/en/`.

The address alone chooses: no cookie and no wish of the browser, so that a page that is cited is the page
that is read. Words: switch (the same page in each language).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils import translation

from sidara.kernel.number import Language


@dataclass(frozen=True)
class Choice:
    """A language of the page: its tag, its own name, the address of the same page in it."""

    tag: str
    label: str
    href: str
    is_current: bool


API = "/api/v1"
"""Where programs ask: there the language is a wish of the request."""


def of_request(request: HttpRequest) -> Language:
    """Give the language of an answer: that of the address, on the API the one that is wished for."""
    if not request.path_info.startswith(f"{API}/"):
        return of_path(request.path_info)
    wished = translation.get_language_from_request(request)
    return Language(wished if wished in set(Language) else settings.LANGUAGE_CODE)


def of_path(path: str) -> Language:
    """Give the language of an address."""
    return Language(translation.get_language_from_path(path) or settings.LANGUAGE_CODE)


def switch(address: str) -> Sequence[Choice]:
    """Give the page at `address` (with its query) in each language; an unknown one leads to the home page."""
    own = of_path(address.partition("?")[0])
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        address = reverse("home")
    return tuple(
        Choice(tag, label, translate_url(address, tag), own == tag) for tag, label in settings.LANGUAGES
    )
