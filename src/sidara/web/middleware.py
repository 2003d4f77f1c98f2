"""Middleware: puts the actor on the request. Until accounts exist everybody is the public."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sidara.kernel.actor import PUBLIC


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.actor` before the view runs."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.actor = PUBLIC  # type: ignore[attr-defined]  # as `rights.Asking` says
        return get_response(request)

    return handle
