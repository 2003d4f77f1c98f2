"""Keys made of the secret key, and addresses as they are counted."""

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings

from sidara.accounts.core.naming import normal

NETWORK = 64
"""Bits of an IPv6 address that name its holder: one line gets this many addresses at once."""


def key_of(purpose: str) -> bytes:
    """Give the key of a purpose: 32 bytes that tell nothing of the secret key or of another purpose."""
    return hashlib.sha256(f"sidara.accounts.{purpose}:{settings.SECRET_KEY}".encode()).digest()


def name_key(login_name: str) -> str:
    """Give the keyed digest of a log-in name as typed: what is counted and kept instead of the name."""
    return hmac.new(key_of("name"), normal(login_name).encode(), hashlib.sha256).hexdigest()


def address_key(address: str) -> str:
    """Give the address by which attempts are counted: of IPv6 its network."""
    parsed = ip_address(address)
    return str(parsed if parsed.version == 4 else ip_network(f"{parsed}/{NETWORK}", strict=False))
