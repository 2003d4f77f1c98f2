"""The signed mark that a browser keeps for each account that logged in there: it tells devices apart."""

import hashlib
import json
import secrets
from collections.abc import Mapping

from django.core import signing

COOKIE = "sidara_perangkat"
SECONDS = 365 * 86_400
MOST = 12
"""Accounts that one device is remembered for: a shared laptop serves a whole office."""
SHORT = 16
"""Signs of a keyed digest of a log-in name under which its mark is kept."""


def read(text: str) -> dict[str, str]:
    """Read a cookie: marks by the short digest of the log-in name; nothing where it is not ours."""
    try:
        return dict(signing.loads(text, salt=COOKIE, max_age=SECONDS))
    except (signing.BadSignature, json.JSONDecodeError, ValueError, TypeError):
        return {}


def write(marks: Mapping[str, str]) -> str:
    """Write marks as a cookie."""
    return signing.dumps(dict(marks), salt=COOKIE)


def with_name(marks: Mapping[str, str], short: str, *, is_new: bool = False) -> dict[str, str]:
    """Give the marks with that of a name first, which is made where there is none, or `is_new`."""
    held = "" if is_new else marks.get(short, "")
    rest = {name: nonce for name, nonce in marks.items() if name != short}
    return dict(list({short: held or secrets.token_urlsafe(12), **rest}.items())[:MOST])


def key(nonce: str) -> str:
    """Give what is kept of a mark; nothing of none."""
    return hashlib.sha256(nonce.encode()).hexdigest() if nonce else ""
