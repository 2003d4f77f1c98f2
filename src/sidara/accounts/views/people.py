"""People and rights: the list, one person, and what the next higher level does for them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from sidara.accounts import queries, services
from sidara.accounts.core import Done, Held, Person, Role, givable
from sidara.accounts.core import code as one_time
from sidara.accounts.forms import CreateAccount, EndGrant, GiveGrant, HandOver
from sidara.kernel.clock import local_date, now
from sidara.ui.language import format_moment, say
from sidara.ui.rights import Asking, needs

READ = "accounts.read"
FIELDS = {
    "LOGIN_NAME_WRONG": "login_name",
    "LOGIN_NAME_TAKEN": "login_name",
    "FUNCTION_MISSING": "function",
    "ROLE_UNKNOWN": "role",
    "REGION_MISSING": "under",
    "REGION_UNKNOWN": "under",
    "REGION_ENDED": "under",
    "REGION_ONE_ONLY": "under",
    "REGION_LEVEL_WRONG": "under",
    "SECTOR_UNKNOWN": "sectors",
    "SECTOR_MISSING": "sectors",
    "COMPANY_MISSING": "company",
    "COMPANY_UNASKED": "company",
    "SPAN_BACKWARDS": "valid_to",
    "HAND_OVER_TO_SAME": "login_name",
    "HAND_OVER_LATE": "day",
    "END_LATE": "last_day",
}
"""At which field a finding is told; others stand above the form."""
MOST_PAGES = 10_000


@needs(READ)
@never_cache
def people(request: Asking) -> HttpResponse:
    """List people."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "peran", "wilayah")}
    number = request.GET.get("hal", "1")
    today = local_date(now())
    page = queries.people(
        request.actor,
        day=today,
        text=asked["q"],
        role=asked["peran"],
        under=asked["wilayah"],
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
    )
    roles = _roles(request)
    context = {
        "page": page,
        "today": today,
        "asked": asked,
        "roles": roles,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "is_filtered": any(asked.values()),
        "may_create": request.actor.may_somewhere("accounts.create") and bool(roles),
        "may_issue": request.actor.may_somewhere("accounts.issue_sheets"),
    }
    return render(request, "accounts/people.html", context)


@needs(READ)
@never_cache
def person(request: Asking, account: UUID) -> HttpResponse:
    """Show a person: grants, log-ins, history, and what may be done."""
    return _person(request, _found(request, account))


@needs("accounts.create", posts=True)
@never_cache
def create(request: Asking) -> HttpResponse:
    """Make an account with its first grant."""
    form = CreateAccount(request.POST or None, roles=_roles(request), sectors=_sectors(request))
    if form.is_valid():
        done = services.create(
            request.actor,
            login_name=form.cleaned_data["login_name"],
            name=form.cleaned_data["name"],
            function=form.cleaned_data["function"],
            **form.bounds,
        )
        if not _tell(form, done):
            return _code(request, done, say("Akun sudah dibuat"))
    places = queries.offered_places(request.actor)
    return _form(request, "accounts/create.html", {"places": places}, form)


@needs("accounts.grant", posts=True)
@never_cache
def grant(request: Asking, account: UUID) -> HttpResponse:
    """Give a person another grant."""
    found = _governed(request, account, "accounts.grant")
    form = GiveGrant(request.POST or None, roles=_roles(request), sectors=_sectors(request))
    if form.is_valid():
        done = services.grant(request.actor, account_id=account, **form.bounds)
        if not _tell(form, done):
            messages.success(request, say("Hak sudah diberikan."))
            return HttpResponseRedirect(reverse("person", args=[account]))
    context = {"person": found, "places": queries.offered_places(request.actor)}
    return _form(request, "accounts/grant.html", context, form)


@needs("accounts.end_grant", posts=True)
@never_cache
def end_grant(request: Asking, grant: UUID) -> HttpResponse:
    """End a grant."""
    found, held = _of_grant(request, grant)
    form = EndGrant(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = services.end_grant(request.actor, grant_id=grant, last_day=form.cleaned_data["last_day"])
        if not _tell(form, done):
            messages.success(request, say("Hak sudah diakhiri. Riwayatnya tetap tersimpan."))
            return HttpResponseRedirect(reverse("person", args=[found.id]))
    return _form(request, "accounts/end_grant.html", _held_words(found, held), form)


@needs("accounts.hand_over", posts=True)
@never_cache
def hand_over(request: Asking, grant: UUID) -> HttpResponse:
    """Hand a task over to another person."""
    found, held = _of_grant(request, grant)
    form = HandOver(request.POST or None)
    if form.is_valid():
        done = services.hand_over(request.actor, grant_id=grant, **form.cleaned_data)
        if not _tell(form, done):
            if done.code:
                return _code(request, done, say("Hak sudah diserahterimakan"))
            messages.success(request, say("Hak sudah diserahterimakan. Riwayat keduanya tersimpan."))
            return HttpResponseRedirect(reverse("person", args=[done.account_id]))
    return _form(request, "accounts/hand_over.html", _held_words(found, held), form)


@needs("accounts.recover", posts=True)
@never_cache
def recover(request: Asking, account: UUID) -> HttpResponse:
    """Give an account back to its holder by a one-time code, shown once."""
    found = _governed(request, account, "accounts.recover")
    if request.method == "POST":
        done = services.recover(request.actor, account_id=account)
        return _code(request, done, say("Akun sudah dipulihkan"))
    days = queries.rules(request.actor).recover.days
    return render(request, "accounts/recover.html", {"person": found, "days": days})


@needs("accounts.issue_sheets")
@never_cache
def sheets(request: Asking) -> HttpResponse:
    """List the kecamatan whose sheets may be made."""
    return render(request, "accounts/sheets.html", {"places": queries.sheet_districts(request.actor)})


@needs("accounts.issue_sheets", posts=True)
@never_cache
def issue_sheet(request: Asking, code: str) -> HttpResponse:
    """Ask before, then make and show the sheet of a kecamatan: the codes are shown once."""
    place = next(
        (one for one in queries.sheet_districts(request.actor, under=code) if one.code == code), None
    )
    if place is None:
        raise Http404(code)
    if request.method != "POST":
        return render(request, "accounts/sheet_ask.html", {"place": place})
    sheet = services.issue_sheet(request.actor, district=code)
    if sheet is None:
        raise Http404(code)
    address = _address(request)
    strips = queries.strips(request.actor, sheet, page=address)
    context = {"sheet": sheet, "strips": strips, "address": address}
    return render(request, "accounts/sheet.html", context)


def _address(request: Asking) -> str:
    return request.build_absolute_uri(reverse("account-use-code"))


def _roles(request: Asking) -> Sequence[Role]:
    return givable(request.actor, queries.roles(request.actor))


def _sectors(request: Asking) -> Callable[[], Sequence[tuple[str, str]]]:
    """Give the sectors when asked: only some roles have any."""
    return partial(queries.sectors, request.actor)


def _found(request: Asking, account: UUID) -> Person:
    """Find a person within reach; out of reach is as if it did not exist."""
    found = queries.person(request.actor, account)
    if found is None:
        raise Http404(str(account))
    return found


def _governed(request: Asking, account: UUID, operation: str) -> Person:
    """Find a person whose whole account the actor governs."""
    found = _found(request, account)
    if not queries.may_do(request.actor, operation, found, local_date(now())):
        raise PermissionDenied
    return found


def _of_grant(request: Asking, grant: UUID) -> tuple[Person, Held]:
    found = queries.person_of_grant(request.actor, grant)
    if found is None:
        raise Http404(str(grant))
    held = next(one for one in found.grants if one.id == grant)
    if not queries.may_end(request.actor, found, held, local_date(now())):
        raise PermissionDenied
    return found, held


def _held_words(found: Person, held: Held) -> dict[str, Any]:
    return {"person": found, "held": held, "role": say(held.role_name), "where": say(held.where)}


def _person(request: Asking, found: Person) -> HttpResponse:
    today = local_date(now())
    actor = request.actor
    lines = [
        {
            "held": one,
            "is_past": one.is_past(today),
            "is_valid": one.is_valid(today),
            "may_end": queries.may_end(actor, found, one, today),
        }
        for one in sorted(found.grants, key=lambda one: one.valid_from, reverse=True)
    ]
    context = {
        "person": found,
        "today": today,
        "lines": lines,
        "may_grant": queries.may_do(actor, "accounts.grant", found, today),
        "may_issue_tokens": queries.may_do(actor, "accounts.issue_tokens", found, today),
        "may_keep_devices": queries.may_do(actor, services.KEEP_DEVICES, found, today),
        "may_recover": queries.may_do(actor, "accounts.recover", found, today),
        "log_ins": queries.log_ins(actor, account_id=found.id, limit=20),
        "events": queries.events(actor, account_id=found.id, limit=20),
    }
    return render(request, "accounts/person.html", context)


def _tell(form: django_forms.Form, done: Done) -> bool:
    """Put findings at their fields; says whether there are any."""
    for finding in done.findings:
        field = FIELDS.get(finding.code, "")
        words = f"{finding.message} {finding.remedy}".strip()
        form.add_error(field if field in form.fields else None, words)
    return done.is_refused


def _form(request: Asking, template: str, context: dict[str, Any], form: django_forms.Form) -> HttpResponse:
    return render(request, template, context | {"form": form})


def _code(request: Asking, done: Done, heading: str) -> HttpResponse:
    """Show a one-time code: once, nowhere kept."""
    found = queries.person(request.actor, done.account_id) if done.account_id else None
    if found is None:
        return HttpResponseRedirect(reverse("people"))
    link = one_time.link(_address(request), found.login_name, done.code)
    context = {
        "person": found,
        "heading": heading,
        "done": done,
        "expires": format_moment(done.expires_at) if done.expires_at else "",
        "address": _address(request),
        "qr": queries.as_picture(request.actor, link, scale=4) if done.code else "",
    }
    return render(request, "accounts/code.html", context)
