"""What the library of log-in tells: changes of own keys go into the history, failed second steps too."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from sidara.accounts import services
from sidara.accounts.core import EventKind, Failure, Method
from sidara.accounts.models import Account
from sidara.accounts.views import adapter
from sidara.kernel.actor import Actor


def connect() -> None:
    """Listen, for as long as the process lives."""
    account_signals.password_changed.connect(_password_changed, dispatch_uid="accounts")
    mfa_signals.authenticator_added.connect(_added, dispatch_uid="accounts")
    mfa_signals.authenticator_removed.connect(_removed, dispatch_uid="accounts")
    mfa_signals.authentication_failed.connect(_second_step_failed, dispatch_uid="accounts")


def _own(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # as `rights.Asking` says
    return actor


def _password_changed(request: HttpRequest, **_: Any) -> None:
    """A new password ends the other sessions: Django does so by itself, their rows go, too."""
    services.note(_own(request), kind=EventKind.PASSWORD_CHANGED)
    services.end_sessions(_own(request), keep=request.session.session_key or "")


def _added(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """A first code from an app ends sessions that were begun without one."""
    is_totp = authenticator.type == Authenticator.Type.TOTP
    services.note(_own(request), kind=EventKind.TOTP_ADDED if is_totp else EventKind.PASSKEY_ADDED)
    if is_totp:
        services.end_sessions(_own(request), keep=request.session.session_key or "")


def _removed(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    is_totp = authenticator.type == Authenticator.Type.TOTP
    services.note(_own(request), kind=EventKind.TOTP_REMOVED if is_totp else EventKind.PASSKEY_REMOVED)


def _second_step_failed(request: HttpRequest, user: Account, **_: Any) -> None:
    adapter.record(request, user.login_name, Method.TOTP, Failure.SECOND_STEP)
