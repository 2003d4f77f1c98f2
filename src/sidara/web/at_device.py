"""The device at which somebody works: known from its session, registered when forms first come onto it."""

import secrets
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.contrib import auth
from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from sidara.accounts import queries, services
from sidara.accounts.core.device import KNOWN, MARK, Device
from sidara.kernel.actor import PUBLIC
from sidara.kernel.finding import Finding
from sidara.ui.rights import Asking

type View = Callable[..., HttpResponseBase]


class AtDevice(Asking):
    """A request of a page that brings forms onto the device."""

    device: Device | None


def at_device(view: View) -> View:
    """Register the device that asks for a page, before it gets any; the session of a revoked one ends."""

    @wraps(view)
    def known(request: Asking, *args: Any, **named: Any) -> HttpResponseBase:
        found = of_request(request)
        if isinstance(found, Finding):
            told = {"finding": found, "code": int(HTTPStatus.FORBIDDEN), "page": reverse("account-devices")}
            return render(request, "told.html", told, status=HTTPStatus.FORBIDDEN)
        if found is not None and not found.is_open:
            auth.logout(request)
            return cast("HttpResponseBase", redirect_to_login(request.get_full_path()))
        cast("AtDevice", request).device = found
        return view(request, *args, **named)

    return known


def of_request(request: Asking) -> Device | Finding | None:
    """Give the device of a session; `None` where nobody logged in, a finding where it cannot be registered.

    A session that was begun before devices were known takes the mark that the browser has for its account.
    """
    if not request.user.is_authenticated:
        return None
    mark = request.session.get(MARK, "")
    if not mark:
        cookie = request.COOKIES.get(queries.DEVICE_COOKIE, "")
        name = request.user.get_username()
        mark = queries.mark_here(PUBLIC, cookie=cookie, login_name=name) or secrets.token_hex(32)
        request.session[MARK] = mark
    agent = request.headers.get("User-Agent", "")
    found = services.enrol_device(request.actor, mark=mark, agent=agent)
    if isinstance(found, Device) and request.session.get(KNOWN) != str(found.id):
        request.session[KNOWN] = str(found.id)
    return found


def id_of(request: Asking) -> UUID | None:
    """Give the id of the device of a session, as the session knows it; asks the records where it does not."""
    if known := request.session.get(KNOWN):
        return UUID(known)
    found = of_request(request)
    return found.id if isinstance(found, Device) else None
