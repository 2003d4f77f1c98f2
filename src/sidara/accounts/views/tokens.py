"""Tokens of programs: those of the own account, and those of an account that one governs."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.accounts import queries, services
from sidara.accounts.core import Person, is_program
from sidara.accounts.core.token import Token
from sidara.accounts.forms import MakeToken
from sidara.accounts.views.governed import governed
from sidara.kernel.clock import local_date, now
from sidara.ui.language import say
from sidara.ui.rights import Asking, needs

KEEP_OWN = "accounts.keep_own"
ISSUE_TOKENS = "accounts.issue_tokens"
FEW = 10
FIELDS = {
    "TOKEN_NAME_MISSING": "name",
    "TOKEN_OPERATION_BEYOND": "operations",
    "REGION_UNKNOWN": "under",
    "REGION_ENDED": "under",
    "TOKEN_REGION_BEYOND": "under",
    "SECTOR_UNKNOWN": "sectors",
    "TOKEN_SECTOR_BEYOND": "sectors",
    "TOKEN_DAY_WRONG": "last_day",
}
"""At which field a finding is told; others stand above the form."""


@needs(KEEP_OWN, posts=True)
@never_cache
def own(request: Asking) -> HttpResponse:
    """List, make and revoke the own tokens."""
    return _tokens(request, queries.own(request.actor), may_make=True)


@needs(ISSUE_TOKENS, posts=True)
@never_cache
def of_person(request: Asking, account: UUID) -> HttpResponse:
    """List and revoke the tokens of an account that one governs; make them for a program."""
    found = governed(request, account, ISSUE_TOKENS)
    roles = queries.roles(request.actor)
    return _tokens(request, found, may_make=is_program((one.role for one in found.grants), roles))


def _tokens(request: Asking, person: Person, *, may_make: bool) -> HttpResponse:
    found = queries.tokens(request.actor, account_id=person.id)
    if revoked := request.POST.get("cabut"):
        return _revoke(request, found, revoked)
    is_own = person.id == request.actor.id
    is_waiting = is_own and request.is_withheld
    form = _form(request, person) if may_make and not is_waiting else None
    made = None
    if form is not None and form.is_valid():
        made = services.issue_token(request.actor, account_id=person.id, **form.scope)
        for finding in made.findings:
            field = FIELDS.get(finding.code)
            form.add_error(field, f"{finding.message} {finding.remedy}".strip())
        if not made.is_refused:
            found = queries.tokens(request.actor, account_id=person.id)
            form = None
    today = local_date(now())
    words = queries.operations(request.actor)
    context = {
        "person": person,
        "is_own": is_own,
        "is_waiting": is_waiting,
        "form": form,
        "made": made if made and made.text else None,
        "open": [_line(one, words) for one in found if one.is_open(today)],
        "past": [_line(one, words) for one in found if not one.is_open(today)],
        "uses": queries.token_uses(request.actor, account_id=person.id, limit=FEW),
    }
    return render(request, "accounts/tokens.html", context)


def _revoke(request: Asking, found: tuple[Token, ...], asked: str) -> HttpResponse:
    """Revoke one of the tokens that are shown."""
    one = next((one for one in found if str(one.id) == asked), None)
    if one is None:
        raise Http404(asked)
    if services.revoke_token(request.actor, token_id=one.id):
        messages.success(request, say("Token {name} sudah dicabut.", name=one.name))
    return HttpResponseRedirect(request.path)


def _form(request: Asking, person: Person) -> MakeToken:
    operations, bound = queries.token_choices(request.actor, account_id=person.id)
    sectors = [one for one in queries.sectors(request.actor) if not bound or one[0] in bound]
    days = queries.rules(request.actor).token.days
    posted = request.POST if request.method == "POST" else None
    return MakeToken(posted, operations=operations, sectors=sectors, days=days)


def _line(one: Token, words: dict[str, str]) -> dict[str, object]:
    return {
        "token": one,
        "operations": ", ".join(say(words.get(code, code)) for code in one.operations),
        "places": ", ".join(one.places),
        "sectors": ", ".join(one.sectors),
    }
