"""Log-in and log-out: the library's views in our clothes, and the one-time code."""

import json
from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.base import views as second_views
from allauth.mfa.webauthn import views as passkey_views
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from sidara.accounts import queries, services
from sidara.accounts.core import CHOSEN, Failure, Method
from sidara.accounts.forms import ChoosePassword, UseCode
from sidara.accounts.models import Account
from sidara.accounts.views import adapter
from sidara.kernel.actor import PUBLIC
from sidara.ui.pin_words import emptied
from sidara.ui.rights import Asking, needs

LOG_IN = "accounts.log_in"
KEEP_OWN = "accounts.keep_own"


class _Ours:
    """Keeps our `site`: the library has a word of the same name for something else."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**named)  # type: ignore[misc]  # of a view
        context.pop("site", None)
        return context


class _LogIn(_Ours, account_views.LoginView):
    """First step: name and password; a device that was revoked is told so here."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        cookie = self.request.COOKIES.get(queries.DEVICE_COOKIE, "")
        revoked = queries.revoked_here(PUBLIC, cookie=cookie)
        words = json.dumps(emptied()) if revoked else ""
        return super().get_context_data(**named) | {"revoked": revoked, "revoked_words": words}


class _SecondStep(_Ours, second_views.AuthenticateView):
    """Second step: a code from an app or a passkey."""


class _Inactive(_Ours, account_views.AccountInactiveView):
    """Says that an account is not active."""


log_in = needs(LOG_IN, posts=True)(_LogIn.as_view(template_name="accounts/log_in.html"))
second_step = needs(LOG_IN, posts=True)(_SecondStep.as_view(template_name="accounts/second_step.html"))
inactive = needs(LOG_IN)(_Inactive.as_view(template_name="accounts/inactive.html"))
log_out = needs(LOG_IN, posts=True)(account_views.LogoutView.as_view(template_name="accounts/log_out.html"))
reauthenticate = needs(KEEP_OWN, posts=True)(
    never_cache(account_views.ReauthenticateView.as_view(template_name="accounts/reauthenticate.html"))
)


class _Passkey(passkey_views.LoginWebAuthnView):
    """Log-in by passkey alone; the choice of a shared computer comes along from the page of log-in."""

    def form_valid(self, form: object) -> HttpResponse:
        self.request.session[CHOSEN] = self.request.POST.get("shared") != "0"
        return super().form_valid(form)


passkey = needs(LOG_IN, posts=True)(_Passkey.as_view())


@needs(LOG_IN, posts=True)
@never_cache
@sensitive_post_parameters()
def use_code(request: Asking) -> HttpResponseBase:  # noqa: PLR0911 - one return an outcome
    """Take a one-time code, then let its holder choose a password and go in.

    Two steps without a state between them: the second form brings the code along and it is judged again.
    """
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account-own"))
    form = UseCode(request.POST or None)
    if not form.is_valid():
        return _asked(request, form)
    login, text = form.cleaned_data["login"], form.cleaned_data["code"]
    if adapter.is_throttled(request, login):
        adapter.record(request, login, Method.CODE, Failure.THROTTLED)
        form.add_error(None, adapter.too_many())
        return _asked(request, form)
    done = services.check_code(PUBLIC, login_name=login, text=text)
    if done.account_id is None:
        adapter.record(request, login, Method.CODE, Failure.CODE)
        form.add_error(None, f"{done.findings[0].message} {done.findings[0].remedy}")
        return _asked(request, form)
    account = Account.objects.get(pk=done.account_id)
    second = ChoosePassword(
        request.POST if "password1" in request.POST else None,
        is_named=bool(account.name),
        initial={"login": login, "code": text},
    )
    if not (second.is_valid() and _is_strong(second, account)):
        return render(request, "accounts/choose_password.html", {"form": second, "account": account})
    password = second.cleaned_data["password1"]
    done = services.use_code(
        PUBLIC, login_name=login, text=text, password=password, name=second.cleaned_data.get("name", "")
    )
    if done.is_refused:
        form.add_error(None, f"{done.findings[0].message} {done.findings[0].remedy}")
        return _asked(request, form)
    account.refresh_from_db()
    record_authentication(request, account, method="code")
    # Who comes for the first time, or again after a loss, sets up his passkey there.
    return perform_login(request, account, redirect_url=reverse("account-own"))


def _is_strong(form: ChoosePassword, account: Account) -> bool:
    try:
        validate_password(form.cleaned_data["password1"], account)
    except ValidationError as fault:
        form.add_error("password1", fault)
        return False
    return True


def _asked(request: Asking, form: UseCode) -> HttpResponse:
    return render(request, "accounts/use_code.html", {"form": form})
