"""Middleware: the actor on the request (until accounts exist everybody is the public), compression."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from sidara.kernel.actor import PUBLIC


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.actor` before the view runs."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.actor = PUBLIC  # type: ignore[attr-defined]  # as `rights.Asking` says
        return get_response(request)

    return handle


class WholeGzip(GZipMiddleware):
    """Compress whole answers; a range of bytes is of the file as it is, so it goes out as it is."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave 206 alone."""
        if response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return response
        return super().process_response(request, response)
