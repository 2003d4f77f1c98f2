"""What happens before and after each operation: who asks, how often; faults in one shape."""

import logging
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sidara.accounts import services
from sidara.accounts.core.token import Refusal
from sidara.kernel.actor import PUBLIC, NotAllowed
from sidara.kernel.finding import Finding
from sidara.ui.api import Problem
from sidara.ui.language import format_number, say
from sidara.web.api.faults import findings_of
from sidara.web.api.rate import COUNTER, Spent

BEARER = "bearer "
PROBLEM = "application/problem+json"
"""How faults are written (RFC 9457)."""
SAFE = ("GET", "HEAD", "OPTIONS")
LOGGER = logging.getLogger("sidara.api")
type View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """Put the front before an operation: token or session, rate, and after it the one shape of faults."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        spent: Spent | None = None
        try:
            _refuse_nul(request)
            key = _recognise(request)
            spent = COUNTER.spend(key)
            if spent.is_over:
                raise _too_many(spent)
            response = view(request, *args, **named)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                raise _no_method(request, response.headers.get("Allow", ""))
        except Problem as fault:
            response = answer(fault)
        if spent is not None:
            response["RateLimit-Limit"] = str(spent.limit)
            response["RateLimit-Remaining"] = str(max(0, spent.left))
            response["RateLimit-Reset"] = str(spent.seconds)
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        if request.actor is not PUBLIC:  # type: ignore[attr-defined]  # as `rights.Asking` says
            patch_cache_control(response, private=True)
        return response

    handle.csrf_exempt = True  # type: ignore[attr-defined]  # `_recognise` asks sessions for it
    return handle


def answer(fault: Problem) -> HttpResponse:
    """Give a problem as application/problem+json."""
    return JsonResponse(
        fault.flat(),
        status=fault.status,
        headers=fault.headers,
        content_type=PROBLEM,
        json_dumps_params={"ensure_ascii": False},
    )


def handle_faults(api: NinjaAPI) -> None:
    """Teach the library our shape of faults."""

    @api.exception_handler(Problem)
    def _problem(_request: HttpRequest, fault: Problem) -> HttpResponse:
        return answer(fault)

    @api.exception_handler(NotAllowed)
    def _forbidden(request: HttpRequest, _fault: NotAllowed) -> HttpResponse:
        return answer(Problem(HTTPStatus.FORBIDDEN, _not_allowed(request)))

    @api.exception_handler(Http404)
    def _absent(request: HttpRequest, _fault: Http404) -> HttpResponse:
        return answer(no_address(request))

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        return answer(Problem(HTTPStatus.BAD_REQUEST, *findings_of(request, fault.errors)))

    @api.exception_handler(HttpError)
    def _unreadable(_request: HttpRequest, _fault: HttpError) -> HttpResponse:
        finding = Finding(
            "API_BODY_WRONG",
            say("Isi permintaan tidak dapat dibaca sebagai JSON."),
            say("Kirim JSON dalam UTF-8, dengan Content-Type: application/json."),
        )
        return answer(Problem(HTTPStatus.BAD_REQUEST, finding))

    @api.exception_handler(RequestDataTooBig)
    def _large(_request: HttpRequest, _fault: RequestDataTooBig) -> HttpResponse:
        return answer(Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large()))

    @api.exception_handler(Exception)
    def _broken(request: HttpRequest, fault: Exception) -> HttpResponse:
        LOGGER.error("%s %s", request.method, request.path, exc_info=fault)
        finding = Finding(
            "API_FAULT",
            say("Ada kesalahan pada SIDARA; permintaan Anda tidak dikerjakan."),
            say("Coba lagi nanti. Bila tetap terjadi, beri tahu pengelola beserta waktunya."),
        )
        return answer(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, finding))


def _not_allowed(request: HttpRequest) -> Finding:
    """Say that the asker may not; to nobody how to log in, to a program that its token is narrow."""
    if request.actor is PUBLIC:  # type: ignore[attr-defined]  # as `rights.Asking` says
        words = say("Permintaan ini tidak terbuka bagi umum.")
        remedy = say("Kirim Authorization: Bearer sdr_… dengan token dari /akun/token, atau masuk dahulu.")
    elif request.headers.get("Authorization"):
        words = say("Token ini tidak berhak atas permintaan ini.")
        remedy = say("Lihat lingkupnya di GET /api/v1/me; buat token yang lebih luas, atau minta hak.")
    else:
        words = say("Anda tidak berhak atas permintaan ini.")
        remedy = say("Lihat hak Anda di /akun; minta hak kepada tingkat di atas Anda.")
    return Finding("API_FORBIDDEN", words, remedy)


def no_address(request: HttpRequest) -> Problem:
    """Say that an address of the API does not exist."""
    return Problem(
        HTTPStatus.NOT_FOUND,
        Finding(
            "API_NOT_FOUND",
            say("Alamat {path} tidak ada pada API ini.", path=request.path),
            say("Lihat daftar alamatnya di /api."),
        ),
    )


def _recognise(request: HttpRequest) -> str:
    """Set the actor by a token, else by the session; gives what the rate is counted by."""
    text = request.headers.get("Authorization", "")
    address = _address(request)
    if text:
        is_bearer = text.lower().startswith(BEARER)
        used = services.use_token(
            PUBLIC,
            text=text[len(BEARER) :] if is_bearer else "",
            address=address,
            agent=request.headers.get("User-Agent", ""),
        )
        if used.actor is None:
            request.actor = PUBLIC  # type: ignore[attr-defined]  # as `rights.Asking` says
            raise _not_known(used.refusal)
        request.actor = used.actor  # type: ignore[attr-defined]  # as `rights.Asking` says
        return f"token:{used.token_id}"
    actor = request.actor  # type: ignore[attr-defined]  # as `rights.Asking` says
    if actor is PUBLIC:
        return f"address:{address}"
    if request.method not in SAFE:
        _require_csrf(request)
    return f"account:{actor.id}"


def _require_csrf(request: HttpRequest) -> None:
    """Refuse a write in the name of a session that comes from elsewhere."""
    reason = CsrfViewMiddleware(lambda _request: HttpResponse()).process_view(
        request, lambda _request: HttpResponse(), (), {}
    )
    if reason is not None:
        finding = Finding(
            "API_CSRF",
            say("Permintaan ini tidak datang dari halaman SIDARA yang Anda buka."),
            say("Kirim X-CSRFToken dari halaman, atau pakai token."),
        )
        raise Problem(HTTPStatus.FORBIDDEN, finding)


def _address(request: HttpRequest) -> str:
    """Give the address of who asks, behind as many proxies as the settings trust."""
    if settings.PROXIES:
        hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(hops) >= settings.PROXIES and hops[-settings.PROXIES]:
            return hops[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR") or "")


def _refuse_nul(request: HttpRequest) -> None:
    """Refuse a zero sign in the address: one of the databases cannot hold it."""
    if "\x00" in request.path or any("\x00" in value for _, one in request.GET.lists() for value in one):
        finding = Finding(
            "API_VALUE_WRONG", say("Alamat memuat tanda yang tidak terlihat."), say("Hapus tanda itu.")
        )
        raise Problem(HTTPStatus.BAD_REQUEST, finding)


def _not_known(refusal: Refusal) -> Problem:
    """Say that a token opens nothing; how it ended is told only to who has had it."""
    words = {
        Refusal.EXPIRED: say("Token ini sudah lewat waktunya."),
        Refusal.REVOKED: say("Token ini sudah dicabut."),
    }
    finding = Finding(
        "API_TOKEN_REFUSED",
        words.get(refusal, say("Token ini tidak dikenal.")),
        say("Kirim Authorization: Bearer sdr_…; buat token baru di /akun/token."),
    )
    return Problem(HTTPStatus.UNAUTHORIZED, finding, headers={"WWW-Authenticate": 'Bearer realm="SIDARA"'})


def _too_large() -> Finding:
    most = format_number(Decimal(settings.DATA_UPLOAD_MAX_MEMORY_SIZE) / 1_000_000, 1)
    return Finding(
        "API_TOO_LARGE",
        say("Isi permintaan terlalu besar (paling besar {n} MB).", n=most),
        say("Kirim dalam beberapa permintaan, atau sebagai berkas lewat POST /api/v1/imports."),
    )


def _too_many(spent: Spent) -> Problem:
    finding = Finding(
        "API_TOO_MANY",
        say("Terlalu banyak permintaan dalam satu menit (paling banyak {n}).", n=spent.limit),
        say("Tunggu {n} detik, lalu lanjutkan.", n=spent.seconds),
    )
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, finding, headers={"Retry-After": str(spent.seconds)})


def _no_method(request: HttpRequest, allowed: str) -> Problem:
    finding = Finding(
        "API_METHOD_WRONG",
        say("{method} tidak berlaku pada alamat ini.", method=request.method),
        say("Yang berlaku: {methods}.", methods=allowed),
    )
    return Problem(HTTPStatus.METHOD_NOT_ALLOWED, finding, headers={"Allow": allowed})
