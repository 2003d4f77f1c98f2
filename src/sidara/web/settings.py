"""Django settings on embedded defaults; everything that a place may change is an environment variable.

Each variable is documented in `docs/settings.md` (a house test compares) and checked at start.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from sidara.records import address
from sidara.rooms import ROOMS


def _flag(name: str, *, default: bool) -> bool:
    """Read a yes/no variable; refuse anything else."""
    text = os.environ.get(name, "1" if default else "0").lower()
    if text not in {"0", "1", "true", "false", "yes", "no", "ya", "tidak"}:
        raise ImproperlyConfigured(f"{name}={text!r}: isilah dengan 1 atau 0.")
    return text in {"1", "true", "yes", "ya"}


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
        f"SIDARA_HOME={SIDARA_HOME} tidak dapat dibuat ({fault.strerror}). Pilih folder yang boleh ditulis."
    ) from fault
SIDARA_WAREHOUSE = Path(os.environ.get("SIDARA_WAREHOUSE", SIDARA_HOME / "warehouse")).expanduser().resolve()
SIDARA_PROVINCE = os.environ.get("SIDARA_PROVINCE", "62")

DEBUG = _flag("SIDARA_DEBUG", default=False)
SECRET_KEY = _secret_key(SIDARA_HOME)
ALLOWED_HOSTS = os.environ.get("SIDARA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "sidara.ui",
    *(f"sidara.{room}" for room in ROOMS),
    "sidara.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sidara.web.middleware.WholeGzip",
    "django.middleware.http.ConditionalGetMiddleware",
    "sidara.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sidara.web.middleware.actor",
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
                "sidara.web.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "sidara.ui.templatetags.ui"],
        },
    }
]
DATABASES = {"default": address.database(os.environ.get("DATABASE_URL"), SIDARA_HOME)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
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
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SIDARA_LOG_LEVEL", "WARNING")},
}
