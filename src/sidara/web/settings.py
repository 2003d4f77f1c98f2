"""Django settings on embedded defaults; everything that a place may change is an environment variable.

Each variable is documented in `docs/settings.md` (a house test compares) and checked at start.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from sidara.evidence.core.address import address as evidence_address
from sidara.kernel.reasons import reason_of
from sidara.records import address
from sidara.rooms import ROOMS


def _flag(name: str, *, default: bool) -> bool:
    """Read a yes/no variable; refuse anything else."""
    text = os.environ.get(name, "1" if default else "0").lower()
    if text not in {"0", "1", "true", "false", "yes", "no", "ya", "tidak"}:
        raise ImproperlyConfigured(f"{name}={text!r}: isilah dengan 1 atau 0.")
    return text in {"1", "true", "yes", "ya"}


def _count(name: str, default: int = 0) -> int:
    """Read a whole number, `default` when nothing is said; refuse anything else."""
    text = os.environ.get(name, str(default))
    if not text.isascii() or not text.isdigit():
        raise ImproperlyConfigured(f"{name}={text!r}: isilah dengan bilangan, misalnya 1.")
    return int(text)


def _default_home() -> Path:
    """Give the folder for all data when `SIDARA_HOME` says nothing."""
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "sidara"


def _secret_key(home: Path) -> str:
    """Take the key from the environment, else make one once and keep it in the home folder."""
    if key := os.environ.get("SIDARA_SECRET_KEY"):
        return key
    file = home / "secret_key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii")


SIDARA_HOME = Path(os.environ.get("SIDARA_HOME", _default_home())).expanduser().resolve()
try:
    SIDARA_HOME.mkdir(parents=True, exist_ok=True)
except OSError as fault:
    raise ImproperlyConfigured(
        f"SIDARA_HOME={SIDARA_HOME} tidak dapat dibuat ({reason_of(fault)}). Pilih folder yang boleh ditulis."
    ) from fault
SIDARA_WAREHOUSE = Path(os.environ.get("SIDARA_WAREHOUSE", SIDARA_HOME / "warehouse")).expanduser().resolve()
try:
    SIDARA_EVIDENCE = evidence_address(os.environ.get("SIDARA_EVIDENCE", ""))
except ValueError as fault:
    raise ImproperlyConfigured(str(fault)) from fault
SIDARA_REFRESH_SECONDS = _count("SIDARA_REFRESH_SECONDS", 60)
SIDARA_PROVINCE = os.environ.get("SIDARA_PROVINCE", "62")

DEBUG = _flag("SIDARA_DEBUG", default=False)
SECRET_KEY = _secret_key(SIDARA_HOME)
HTTPS = _flag("SIDARA_HTTPS", default=False)
PROXIES = _count("SIDARA_PROXIES")
ALLOWED_HOSTS = os.environ.get("SIDARA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "sidara.ui",
    *(f"sidara.{room}" for room in ROOMS),
    "sidara.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sidara.web.pace.counted",
    "sidara.web.middleware.WholeGzip",
    "django.middleware.http.ConditionalGetMiddleware",
    "sidara.web.middleware.language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sidara.web.middleware.actor",
    "sidara.web.middleware.signs",
    "sidara.web.sizes.bounded",
]
ROOT_URLCONF = "sidara.web.urls"
WSGI_APPLICATION = "sidara.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sidara.web.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "sidara.ui.templatetags.ui"],
        },
    }
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
"""Parts of what a page posts: a section without script has two to four for each cell, and lists are long."""
DATABASES = {"default": address.database(os.environ.get("DATABASE_URL"), SIDARA_HOME)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sidara_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"/ui/[\w-]+-[0-9A-F]{8}\.\w+$"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# Accounts: our own model, Argon2, log-in by name, no sign-up, no e-mail; a second step by TOTP or passkey.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["sidara.web.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login_name", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account-own"
LANDINGS = (
    ("collection.fill", "tasks"),
    ("collection.bring", "tasks"),
    ("verification.endorse", "tasks"),
    ("verification.read_queue", "verification-queue"),
)
"""Where a log-in leads that came for nothing else: rights with the page of their work, the first counts."""
SECOND_STEP_URL = "mfa_activate_totp"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "sidara.accounts.views.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "sidara.accounts.forms.LogIn",
    "reauthenticate": "sidara.accounts.forms.Reauthenticate",
    "change_password": "sidara.accounts.forms.ChangePassword",
}
# Guessing is throttled by `accounts.core.throttle`; the library's limits by address would lock out an office.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
MFA_ADAPTER = "sidara.accounts.views.adapter.SecondStep"
MFA_FORMS = {
    "authenticate": "sidara.accounts.forms.SecondStep",
    "activate_totp": "sidara.accounts.forms.ActivateTotp",
    "deactivate_totp": "sidara.accounts.forms.DeactivateTotp",
    "add_webauthn": "sidara.accounts.forms.AddPasskey",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
USERSESSIONS_TRACK_ACTIVITY = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "sidara.web.sessions"
SESSION_COOKIE_NAME = "sidara_sesi"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "sidara_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SIDARA_LOG_LEVEL", "WARNING")},
}
