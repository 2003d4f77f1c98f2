"""One-time codes: 60 random bits as twelve signs that cannot be confused, in three groups.

The alphabet is Crockford's Base32 (no I, L, O, U); what is read wrong on paper is put right when typed.
Only a keyed digest is kept: a copy of the records gives no code.
"""

import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = 12
GROUP = 4
BITS = 60
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def write(number: int) -> str:
    """Write a random number of 60 bits as `XXXX-XXXX-XXXX`."""
    signs = "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(SIGNS)))
    return "-".join(signs[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def normal(text: str) -> str:
    """Read a code as typed: any case, hyphens and blanks anywhere, I and L as 1, O as 0."""
    kept = "".join(sign for sign in text.upper() if sign.isalnum())
    return kept.translate(_MISREAD)[: SIGNS * 2]


def link(page: str, login_name: str, text: str) -> str:
    """Give the address at which name and code stand filled in: behind `#`, which no server sees or logs."""
    return f"{page}#nama={quote(login_name)}&kode={text}"


def digest(code: str, key: bytes, account: str) -> str:
    """Give what is kept of a code: HMAC-SHA256 over account and code (RFC 2104), in hex."""
    return hmac.new(key, f"{account}:{normal(code)}".encode(), hashlib.sha256).hexdigest()


def is_same(first: str, second: str) -> bool:
    """Compare digests without telling by time where they differ."""
    return hmac.compare_digest(first, second)


def is_open(expires_at: datetime, used_at: datetime | None, moment: datetime) -> bool:
    """Whether a code may still be used."""
    return used_at is None and moment < expires_at
