"""Middleware: language and signs of the address, the actor, the end of idle sessions, compression."""

import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import auth, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_noop as noop

from sidara.accounts import queries as accounts
from sidara.accounts.core import SEEN, SHARED
from sidara.kernel.actor import PUBLIC
from sidara.kernel.clock import local_date, now
from sidara.ui.language import say, speaking
from sidara.web import languages

IDLE = noop("Sesi Anda berakhir karena lama tidak dipakai. Silakan masuk lagi.")
TOUCH_SECONDS = 60
"""How often a session in use is written: seldom, so that reading costs no writing."""


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.actor` before the view runs; what it sees is nobody else's to keep.

    A request without the session's cookie is the public's and touches no session.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        request.actor, request.is_withheld = PUBLIC, False  # type: ignore[attr-defined]  # as `rights.Asking` says
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _recognise(request)
        response = get_response(request)
        patch_vary_headers(response, ("Cookie",))
        if request.actor is not PUBLIC:  # type: ignore[attr-defined]  # as above
            patch_cache_control(response, private=True)
        return response

    return handle


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer in the language of the address, faults too.

    Django's own middleware would also ask cookie and browser, and mark Indonesian pages as varying by them.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        own = languages.of_request(request)
        with speaking(own):
            response = get_response(request)
        response.headers.setdefault("Content-Language", own)
        return response

    return handle


def signs(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Find nothing (404) under an address with NUL: PostgreSQL takes none even in a question.

    The API says itself what is wrong with an address.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info and not request.path_info.startswith(f"{languages.API}/"):
            raise Http404
        return get_response(request)

    return handle


def _recognise(request: HttpRequest) -> None:
    """Make the actor of the session's account, unless the session lay idle on a shared computer."""
    if not request.user.is_authenticated:
        return
    if _is_idle(request):
        auth.logout(request)
        messages.info(request, say(IDLE))
        return
    today = local_date(now())
    user = request.user
    acting = accounts.actor_of(PUBLIC, account_id=user.pk, day=today, account=user)
    if acting is not None:
        request.actor = acting.actor  # type: ignore[attr-defined]  # as `rights.Asking` says
        request.is_withheld = acting.is_withheld  # type: ignore[attr-defined]  # as above


def _is_idle(request: HttpRequest) -> bool:
    """Whether a session on a shared computer was left alone too long; else note that it is in use."""
    if not request.session.get(SHARED):
        return False
    moment = time.time()
    since = moment - request.session.get(SEEN, moment)
    if since > accounts.rules(PUBLIC).idle.total_seconds():
        return True
    if since > TOUCH_SECONDS or SEEN not in request.session:
        request.session[SEEN] = moment
    return False


class WholeGzip(GZipMiddleware):
    """Compress whole answers; a range of bytes is of the file as it is, so it goes out as it is."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave 206 alone."""
        if response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return response
        return super().process_response(request, response)
