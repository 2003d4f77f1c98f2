"""Middleware: the language of the address, the actor (the public until accounts exist), compression."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from sidara.kernel.actor import PUBLIC
from sidara.ui.language import speaking
from sidara.web import languages


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.actor` before the view runs."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.actor = PUBLIC  # type: ignore[attr-defined]  # as `rights.Asking` says
        return get_response(request)

    return handle


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer in the language of the address, faults too.

    Django's own middleware would also ask cookie and browser, and mark Indonesian pages as varying by them.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        own = languages.of_path(request.path_info)
        with speaking(own):
            response = get_response(request)
        response.headers.setdefault("Content-Language", own)
        return response

    return handle


class WholeGzip(GZipMiddleware):
    """Compress whole answers; a range of bytes is of the file as it is, so it goes out as it is."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave 206 alone."""
        if response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return response
        return super().process_response(request, response)
