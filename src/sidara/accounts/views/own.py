"""The own account: what one holds, keys, sessions, log-ins."""

from allauth.account import views as account_views
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache

from sidara.accounts import queries, services
from sidara.accounts.core import naming
from sidara.kernel.clock import local_date, now
from sidara.ui.language import say
from sidara.ui.rights import Asking, needs

KEEP_OWN = "accounts.keep_own"
OWN = reverse_lazy("account-own")
FEW = 10


class _Home:
    """Leads back to the own account when done."""

    def get_success_url(self) -> str:
        return str(OWN)


class _ActivateTotp(_Home, totp_views.ActivateTOTPView):
    """Set up codes from an app, and go on to the page that asked for it."""

    def get_success_url(self) -> str:
        return get_next_redirect_url(self.request) or super().get_success_url()


class _AddPasskey(_Home, passkey_views.AddWebAuthnView):
    """Add a passkey."""


class _ChangePassword(_Home, account_views.PasswordChangeView):
    """Choose another password."""


class _RemovePasskey(_Home, passkey_views.RemoveWebAuthnView):
    """Remove a passkey."""


class _DeactivateTotp(_Home, totp_views.DeactivateTOTPView):
    """Take codes from an app away."""


change_password = needs(KEEP_OWN, posts=True)(
    never_cache(_ChangePassword.as_view(template_name="accounts/change_password.html"))
)
activate_totp = needs(KEEP_OWN, posts=True)(
    never_cache(_ActivateTotp.as_view(template_name="accounts/activate_totp.html"))
)
deactivate_totp = needs(KEEP_OWN, posts=True)(
    never_cache(_DeactivateTotp.as_view(template_name="accounts/deactivate_totp.html"))
)
add_passkey = needs(KEEP_OWN, posts=True)(
    never_cache(_AddPasskey.as_view(template_name="accounts/add_passkey.html"))
)
remove_passkey = needs(KEEP_OWN, posts=True)(
    never_cache(_RemovePasskey.as_view(template_name="accounts/remove_passkey.html"))
)


@needs(KEEP_OWN)
@never_cache
def account(request: Asking) -> HttpResponse:
    """Show the own account."""
    sessions = UserSession.objects.purge_and_list(request.user)
    context = {
        "person": queries.own(request.actor),
        "today": local_date(now()),
        "is_withheld": request.is_withheld,
        "passkeys": Authenticator.objects.filter(user_id=request.actor.id, type=Authenticator.Type.WEBAUTHN),
        "sessions": [
            {
                "device": naming.device(one.user_agent),
                "address": one.ip,
                "since": one.created_at,
                "is_here": one.session_key == request.session.session_key,
            }
            for one in sorted(sessions, key=lambda one: one.created_at, reverse=True)
        ],
        "log_ins": queries.log_ins(request.actor, account_id=request.actor.id, limit=FEW),
        "events": queries.events(request.actor, account_id=request.actor.id, limit=FEW),
        "reads_people": request.actor.may_somewhere(queries.READ),
    }
    return render(request, "accounts/own.html", context)


@needs(KEEP_OWN, posts=True)
def end_sessions(request: Asking) -> HttpResponse:
    """End all other sessions."""
    if request.method == "POST":
        ended = services.end_sessions(request.actor, keep=request.session.session_key or "")
        told = say("{n} sesi lain sudah diakhiri.", n=ended) if ended else say("Tidak ada sesi lain.")
        messages.success(request, told)
    return HttpResponseRedirect(reverse("account-own"))
