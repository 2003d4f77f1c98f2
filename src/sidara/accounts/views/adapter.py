"""Between the library of log-in and us: who may try, what is written down, where one may go."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_noop as noop

from sidara.accounts import queries, services
from sidara.accounts.core import CHOSEN, SEEN, SHARED, Failure, Method, needs_totp
from sidara.accounts.core.device import KNOWN, MARK
from sidara.accounts.formats import marks
from sidara.accounts.formats.keys import address_key, key_of
from sidara.accounts.models import Account
from sidara.kernel.actor import PUBLIC
from sidara.kernel.clock import local_date, now
from sidara.ui.language import say

ISSUER = "SIDARA"
WORDS = {
    "account/messages/password_changed.txt": noop(
        "Kata sandi sudah diganti. Sesi di perangkat lain berakhir."
    ),
    "mfa/messages/totp_activated.txt": noop("Kode aplikasi sudah dipasang. Sesi di perangkat lain berakhir."),
    "mfa/messages/totp_deactivated.txt": noop("Kode aplikasi sudah dilepas."),
    "mfa/messages/webauthn_added.txt": noop("Passkey sudah ditambahkan."),
    "mfa/messages/webauthn_removed.txt": noop("Passkey sudah dihapus."),
}
TOO_MANY = noop(
    "Terlalu sering gagal. Tunggu {n} menit, lalu coba lagi, atau masuk dari perangkat yang biasa Anda pakai."
)
MISMATCH = noop("Nama masuk dan kata sandi tidak cocok. Periksa huruf besar dan kecil pada kata sandi.")
WRONG_CODE = noop("Kode tidak cocok. Pakai kode yang sedang tampil di aplikasi.")


class Adapter(DefaultAccountAdapter):
    """Log-in by name and password."""

    @property
    def error_messages(self) -> dict[str, Any]:
        """Give the library's faults in our words."""
        return DefaultAccountAdapter.error_messages | {
            "account_inactive": say("Akun ini tidak aktif"),
            "enter_current_password": say("Kata sandi yang sekarang tidak cocok."),
            "incorrect_password": say("Kata sandi tidak cocok."),
            "incorrect_code": say(WRONG_CODE),
            "invalid_login": say(MISMATCH),
            "username_password_mismatch": say(MISMATCH),
            "too_many_login_attempts": too_many(),
            "rate_limited": too_many(),
        }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library asks so
        """Say no: accounts are made by the next higher level."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Go nowhere but to our own paths."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead who came to his work (`LANDINGS`); who has none, or whose rights wait, to his account."""
        user: Any = request.user
        acting = queries.actor_of(PUBLIC, account_id=user.pk, day=local_date(now()), account=user)
        if acting is not None:
            for operation, page in settings.LANDINGS:
                if acting.actor.may_somewhere(operation):
                    return reverse(page)
        return reverse(settings.LOGIN_REDIRECT_URL)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let an attempt wait whose bucket of failures is full."""
        name = credentials.get("username", "")
        if is_throttled(request, name):
            record(request, name, Method.PASSWORD, Failure.THROTTLED)
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down what failed."""
        record(request, credentials.get("username", ""), Method.PASSWORD, Failure.WRONG)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Write down who came with a right password but is not active."""
        record(request, user.login_name, Method.PASSWORD, Failure.INACTIVE)
        return super().respond_user_inactive(request, user)

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        """Write down the log-in, know the device from now on, let a session on a shared computer end soon."""
        record(request, user.login_name, _method(request, user))
        response = super().post_login(request, user, **named)
        remember_device(request, response, user.login_name)
        is_shared = request.session.pop(CHOSEN, True)
        request.session[SHARED] = is_shared
        request.session.pop(SEEN, None)
        request.session.clear_expired()
        request.session.set_expiry(0 if is_shared else settings.SESSION_COOKIE_AGE)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:  # noqa: ARG002 - as above
        """Ask for the password again, nothing else: everybody has one."""
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]

    def add_message(  # noqa: PLR0913, PLR0917 - as the library has it
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - as the library has it
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words; what has none is not said."""
        words = message or say(WORDS.get(message_template or "", ""))
        if words:
            super().add_message(request, level, extra_tags=extra_tags, message=words)

    def send_notification_mail(self, *args: Any, **named: Any) -> None:
        """Send nothing: nobody needs e-mail here; the history of the account tells."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing, see above."""


class SecondStep(DefaultMFAAdapter):
    """Codes from an app, and passkeys."""

    @property
    def error_messages(self) -> dict[str, Any]:
        """Give the library's faults in our words."""
        return DefaultMFAAdapter.error_messages | {
            "incorrect_code": say(WRONG_CODE),
            "cannot_delete_authenticator": say(
                "Kode aplikasi wajib untuk peran Anda, jadi tidak dapat dilepas."
            ),
        }

    def get_totp_issuer(self) -> str:
        """Give the name that the app shows."""
        return ISSUER

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code of the app's key."""
        return queries.as_picture(PUBLIC, url, scale=5)

    def encrypt(self, text: str) -> str:
        """Keep the app's key sealed by the secret key: a copy of the records gives no codes."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether a code from an app may go: not where a role makes it obligatory."""
        if authenticator.type != Authenticator.Type.TOTP:
            return True
        acting = queries.actor_of(PUBLIC, account_id=authenticator.user_id, day=local_date(now()))
        levels = queries.rules(PUBLIC).totp_levels
        return acting is None or not any(needs_totp(one.area, levels) for one in acting.actor.grants)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library's word
        """Name a passkey whose holder gave it no name."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return say("Passkey {n}", n=count + 1)

    def _get_site_name(self) -> str:
        return ISSUER


def too_many() -> str:
    """Say that an attempt must wait, and for how long; a one-time code would have to wait as well."""
    return say(TOO_MANY, n=queries.rules(PUBLIC).limits.window_minutes)


def record(request: HttpRequest, name: str, method: Method, failure: Failure = Failure.NONE) -> None:
    """Write down a log-in or an attempt of a request."""
    services.record_log_in(
        PUBLIC,
        login_name=name,
        address=address(request),
        agent=request.headers.get("User-Agent", ""),
        device_key=device_key(request, name),
        method=method,
        failure=failure,
    )


def is_throttled(request: HttpRequest, name: str) -> bool:
    """Whether an attempt must wait."""
    bucket = queries.throttled(
        PUBLIC,
        name_key=services.name_key(PUBLIC, login_name=name),
        address_key=address_key(address(request)),
        device_key=device_key(request, name),
        moment=now(),
    )
    return bucket is not None


def address(request: HttpRequest) -> str:
    """Give the address that a request came from, past the proxies that are ours."""
    return context_adapter().get_client_ip(request)


def context_adapter() -> Adapter:
    """Give the adapter of the request at hand."""
    return Adapter(context.request)


def device_key(request: HttpRequest, name: str) -> str:
    """Give the mark of a device that logged in with this name before; nothing of one that was revoked."""
    mark = queries.mark_here(PUBLIC, cookie=request.COOKIES.get(marks.COOKIE, ""), login_name=name)
    return "" if queries.is_revoked(PUBLIC, mark=mark) else mark


def remember_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Give the device a signed mark for this name, another one where it was revoked; its session holds it."""
    held = marks.read(request.COOKIES.get(marks.COOKIE, ""))
    short = services.name_key(PUBLIC, login_name=name)[: marks.SHORT]
    is_revoked = queries.is_revoked(PUBLIC, mark=marks.key(held.get(short, "")))
    kept = marks.with_name(held, short, is_new=is_revoked)
    request.session[MARK] = marks.key(kept[short])
    request.session.pop(KNOWN, None)
    response.set_cookie(
        marks.COOKIE,
        marks.write(kept),
        max_age=marks.SECONDS,
        path="/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _method(request: HttpRequest, user: Account) -> Method:
    """Say how somebody logged in."""
    records = get_authentication_records(request, user)
    if any(one.get("passwordless") for one in records):
        return Method.PASSKEY
    steps = {one.get("type") for one in records if one.get("method") == "mfa"}
    if steps:
        return Method.PASSWORD_PASSKEY if "webauthn" in steps else Method.TOTP
    return Method.CODE if any(one.get("method") == "code" for one in records) else Method.PASSWORD


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key_of("totp")))
