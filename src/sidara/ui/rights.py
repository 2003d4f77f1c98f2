"""Rights of addresses: each view names the operation it needs, and is not run without it.

A door asks only whether the operation is held somewhere; where exactly, queries and services ask again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.views.decorators.http import require_http_methods

from sidara.kernel.actor import PUBLIC, Actor, NotAllowed

type View = Callable[..., HttpResponseBase]


class Asking(HttpRequest):
    """A request with the actor that the middleware put on it.

    `is_withheld`: the actor's rights wait for a second step of log-in that is obligatory and not set up.
    """

    actor: Actor
    is_withheld: bool


def needs(operation: str, *, posts: bool = False) -> Callable[[View], View]:
    """Let only an actor who holds the operation somewhere see a page, by GET or HEAD, with `posts` by POST.

    Else: who has not logged in is led to the log-in and back, whose rights wait to the second step and
    back, the others are refused with 403.
    """
    methods = ["GET", "HEAD", "POST"] if posts else ["GET", "HEAD"]

    def mark(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: Asking, *args: Any, **named: Any) -> HttpResponseBase:
            try:
                if request.actor.may_somewhere(operation):
                    return view(request, *args, **named)
            except NotAllowed as fault:
                raise PermissionDenied(str(fault)) from fault
            return _elsewhere(request, operation)

        guarded.operation = operation  # type: ignore[attr-defined]  # read by the matrix of rights
        # A page that is only read answers a POST with 405 itself, whatever it carries.
        guarded.csrf_exempt = not posts  # type: ignore[attr-defined]  # read by Django
        return guarded

    return mark


def _elsewhere(request: Asking, operation: str) -> HttpResponseBase:
    """Lead on who may do something about it; refuse the others."""
    if request.actor.id == PUBLIC.id and request.method != "POST" and request.actor.operations:
        return redirect_to_login(request.get_full_path())
    if getattr(request, "is_withheld", False):
        step = resolve_url(settings.SECOND_STEP_URL)
        if request.method == "POST":
            return HttpResponseRedirect(step)
        return redirect_to_login(request.get_full_path(), login_url=step)
    raise PermissionDenied(str(NotAllowed(request.actor, operation)))
