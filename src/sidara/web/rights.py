"""The right that an address needs, written on its view so that a house test finds a view without one."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from sidara.kernel.actor import require

type View = Callable[..., HttpResponse]


def needs(operation: str) -> Callable[[View], View]:
    """Ask for `operation` of the request's actor before the view runs (`NotAllowed` becomes 403)."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
            require(request.actor, operation)  # type: ignore[attr-defined]
            return view(request, *arguments, **named)

        guarded.operation = operation  # type: ignore[attr-defined]
        return guarded

    return wrap
