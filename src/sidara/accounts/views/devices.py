"""Devices: those of the own account, those of an account that one governs; and what a revoked one is told."""

import json
from json import JSONDecodeError
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.accounts import queries, services
from sidara.accounts.core import Person
from sidara.accounts.core.device import MARK, Changed, Device
from sidara.accounts.core.roles import KEEP_OWN
from sidara.accounts.formats import marks
from sidara.accounts.forms import RenameDevice, RevokeDevice
from sidara.accounts.queries import LOG_IN
from sidara.accounts.services import KEEP_DEVICES
from sidara.accounts.views.governed import governed
from sidara.kernel.actor import PUBLIC
from sidara.ui.language import say
from sidara.ui.rights import Asking, needs

LONGEST_BODY = 10_000
BACK = {"tugas": "tasks"}
"""Where a form may lead back to, by the word that it posts."""


@needs(KEEP_OWN, posts=True)
@never_cache
def own(request: Asking) -> HttpResponse:
    """List, rename and revoke the own devices."""
    return _devices(request, queries.own(request.actor))


@needs(KEEP_DEVICES, posts=True)
@never_cache
def of_person(request: Asking, account: UUID) -> HttpResponse:
    """List, rename and revoke the devices of an account that one governs."""
    return _devices(request, governed(request, account, KEEP_DEVICES))


@needs(LOG_IN, posts=True)
@never_cache
def here(request: Asking) -> HttpResponse:
    """Say of which accounts this browser is a revoked device; by POST take what it says it has taken off."""
    cookie = request.COOKIES.get(marks.COOKIE, "")
    if request.method != "POST":
        revoked = queries.revoked_here(PUBLIC, cookie=cookie)
        return JsonResponse({"revoked": [str(one.account_id) for one in revoked]})
    left = _left(request)
    if left is None:
        return JsonResponse({"noted": 0}, status=400)
    return JsonResponse({"noted": services.clear_devices(PUBLIC, cookie=cookie, left=left)})


def _devices(request: Asking, person: Person) -> HttpResponse:
    found = queries.devices(request.actor, account_id=person.id)
    asked: tuple[Device, RenameDevice | RevokeDevice] | None = None
    if request.method == "POST":
        word = "ganti" if "ganti" in request.POST else "cabut"
        one = next((one for one in found if str(one.id) == request.POST.get(word)), None)
        if one is None:
            raise Http404(word)
        form = (RenameDevice if word == "ganti" else RevokeDevice)(request.POST, prefix=_prefix(one))
        if form.is_valid() and _is_done(request, one, form):
            back = BACK.get(request.POST.get("kembali", ""))
            return HttpResponseRedirect(reverse(back) if back else request.path)
        asked = one, form
    at_hand = queries.device_here(request.actor, mark=request.session.get(MARK, ""))
    context = {
        "person": person,
        "is_own": person.id == request.actor.id,
        "open": [_line(one, at_hand, asked) for one in found if one.is_open],
        "past": [_line(one, at_hand, asked) for one in found if not one.is_open],
    }
    return render(request, "accounts/devices.html", context)


def _is_done(request: Asking, one: Device, form: RenameDevice | RevokeDevice) -> bool:
    """Do what a form asks for; findings stand at its field."""
    if isinstance(form, RenameDevice):
        name = form.cleaned_data["name"]
        done = services.rename_device(request.actor, device_id=one.id, name=name)
        return _told(request, form, done, say("Nama perangkat sudah diganti."))
    done = services.revoke_device(
        request.actor,
        device_id=one.id,
        reason=form.cleaned_data["reason"],
        keep=request.session.session_key or "",
    )
    if not done.is_refused and not request.session.exists(request.session.session_key or ""):
        logout(request)  # It was the device at hand.
    return _told(request, form, done, say("Perangkat {name} sudah dicabut. Sesinya berakhir.", name=one.name))


def _told(request: Asking, form: RenameDevice | RevokeDevice, done: Changed, words: str) -> bool:
    for finding in done.findings:
        form.add_error(next(iter(form.fields)), f"{finding.message} {finding.remedy}")
    if not done.is_refused:
        messages.success(request, words)
    return not done.is_refused


def _line(
    one: Device, at_hand: UUID | None, asked: tuple[Device, RenameDevice | RevokeDevice] | None
) -> dict[str, object]:
    """Give a device with its forms; the one that was refused keeps what was typed."""
    refused = asked[1] if asked and asked[0].id == one.id else None
    prefix = _prefix(one)
    return {
        "device": one,
        "is_here": one.id == at_hand,
        "rename": refused
        if isinstance(refused, RenameDevice)
        else RenameDevice(prefix=prefix, initial={"name": one.name}),
        "revoke": refused if isinstance(refused, RevokeDevice) else RevokeDevice(prefix=prefix),
        "is_renaming": isinstance(refused, RenameDevice),
        "is_revoking": isinstance(refused, RevokeDevice),
    }


def _prefix(one: Device) -> str:
    return f"p{one.id.hex[:8]}"


def _left(request: Asking) -> dict[UUID, int] | None:
    """Read how many answers wait on the device, by account; `None` where it says something else."""
    try:
        read = json.loads(request.body[:LONGEST_BODY])["left"]
        return {UUID(account): int(count) for account, count in read.items()}
    except (
        JSONDecodeError,
        UnicodeDecodeError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
    ):
        return None
