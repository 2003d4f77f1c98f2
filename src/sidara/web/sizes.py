"""How large a request may be, by who asks: judged before anything of it is kept in memory or on the disk.

What the head of a request says is not believed: Django reads a body as far as its `Content-Length` and no
further, and one that names none is empty to it. So the length that is judged here is the most that is read.
"""

from collections.abc import Callable
from fractions import Fraction
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sidara.collection.core.handed import LARGEST
from sidara.kernel.actor import PUBLIC
from sidara.kernel.finding import Finding
from sidara.ui.api import Problem
from sidara.ui.language import format_number, say
from sidara.web.api.front import answer
from sidara.web.languages import API

BESIDE = 1_000_000
"""Bytes of what is posted beside a file: its name, the choices of the page."""
PASSED = 3 * LARGEST
"""Bytes of a request that is refused which are read and thrown away: a browser that still sends would see a
broken connection and not the answer."""
_PIECE = 65_536


def bounded(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what is too large with 413: middleware behind the one that knows the actor.

    Files come from whoever has logged in, or says that he has a token; anybody else posts fields only. JSON
    that a program sends is judged by the API itself.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        is_api = request.path_info.startswith(f"{API}/")
        is_form = (request.content_type or "").startswith("multipart/")
        length, most = _length(request), _most(request, is_form=is_form)
        if length <= most or (is_api and not is_form):
            return get_response(request)
        _pass_over(request, length)
        finding = _too_large(length, most, may_be_file=most > LARGEST)
        if is_api:
            return answer(Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, finding))
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return render(request, "told.html", {"finding": finding, "code": int(status)}, status=status)

    return handle


def _length(request: HttpRequest) -> int:
    """Give how many bytes Django will read of a request at most."""
    text = str(request.META.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _most(request: HttpRequest, *, is_form: bool) -> int:
    """Give how many bytes a request may have."""
    is_known = request.actor is not PUBLIC or "Authorization" in request.headers  # type: ignore[attr-defined]  # as `rights.Asking` says
    return LARGEST + BESIDE if is_form and is_known else int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def _pass_over(request: HttpRequest, length: int) -> None:
    left = min(length, PASSED)
    while left > 0 and (piece := request.read(min(left, _PIECE))):
        left -= len(piece)


def _too_large(length: int, most: int, *, may_be_file: bool) -> Finding:
    split = say("Kirim dalam beberapa bagian, misalnya per kecamatan atau per formulir.")
    return Finding(
        "API_TOO_LARGE",
        say(
            "Kiriman ini terlalu besar: {size} MB, paling besar {most} MB.",
            size=format_number(Fraction(length, 1_000_000), 1),
            most=format_number(Fraction(most, 1_000_000), 1),
        ),
        split
        if may_be_file
        else say("Berkas hanya diterima setelah Anda masuk; selain itu, kirim per bagian."),
        value=str(length),
    )
