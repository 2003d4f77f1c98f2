"""Keys made of the secret key, and addresses as they are counted."""

import hashlib
from ipaddress import ip_address, ip_network

from django.conf import settings

NETWORK = 64
"""Bits of an IPv6 address that name its holder: one line gets this many addresses at once."""


def key_of(purpose: str) -> bytes:
    """Give the key of a purpose: 32 bytes that tell nothing of the secret key or of another purpose."""
    return hashlib.sha256(f"sidara.accounts.{purpose}:{settings.SECRET_KEY}".encode()).digest()


def address_key(address: str) -> str:
    """Give the address by which attempts are counted: of IPv6 its network."""
    parsed = ip_address(address)
    return str(parsed if parsed.version == 4 else ip_network(f"{parsed}/{NETWORK}", strict=False))
