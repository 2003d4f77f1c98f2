"""Rights of addresses: each view names the operation it needs, and is not run without it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from sidara.kernel.actor import Actor, NotAllowed, require

type View = Callable[..., HttpResponseBase]


class Asking(HttpRequest):
    """A request with the actor that the middleware put on it."""

    actor: Actor


def needs(operation: str) -> Callable[[View], View]:
    """Let only an actor with the right see a page, by GET or HEAD; refuse with 403 else."""

    def mark(view: View) -> View:
        @require_safe
        @wraps(view)
        def guarded(request: Asking, *args: Any, **named: Any) -> HttpResponseBase:
            try:
                require(request.actor, operation)
                return view(request, *args, **named)
            except NotAllowed as fault:
                raise PermissionDenied(str(fault)) from fault

        guarded.operation = operation  # type: ignore[attr-defined]  # read by a house test
        return guarded

    return mark
