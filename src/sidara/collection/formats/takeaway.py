"""The form as one HTML file that needs no server, and the signatures of what comes back from it.

Everything stands in the file: styles, fonts, script, the bundle, the key. Its content policy lets it load
nothing.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from sidara.collection.core.dataset import is_simulated
from sidara.ui import built

LARGEST = 400_000
"""Bytes of a file: what goes through a weak link and WhatsApp in one go."""
_FONT = re.compile(r"url\([\"']?\./(huruf-\d+)-[0-9A-F]+\.woff2[\"']?\)")


def write(*, bundle: Mapping[str, Any], claims: Mapping[str, Any], seed: bytes) -> bytes:
    """Write the file: `bundle` is what a device gets (`asked`, `held`, `told`, `words`, `periods`)."""
    asked, held, words = bundle["asked"], bundle["held"], bundle["words"]
    style, script = _style(), _script()
    data = {**bundle, "claims": claims, "seed": seed.hex()}
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    text = _template().substitute(
        policy=policy,
        title=escape(f"{asked['name']}, {bundle['periods'][0]}"),
        region=escape(held["region"]["name"]),
        simulation=_simulation(words) if is_simulated(held["dataset"]) else "",
        skip=escape(words["skip"]),
        without=escape(words["without"]),
        style=style,
        script=script,
        icons=built.sprite(),
        brand=built.brand(),
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    )
    return text.replace('<html lang="id">', f'<html lang="{escape(words["language"])}">', 1).encode()


def _simulation(words: Mapping[str, str]) -> str:
    """Write the band above what is about an example village, as pages have it."""
    return (
        f'<aside class="simulasi" aria-label="{escape(words["simulation"])}"><div class="container">'
        f"<b>SIMULASI</b><span>{escape(words['simulationText'])}</span></div></aside>"
    )


def is_signed(body: bytes, signature: bytes, seed: bytes) -> bool:
    """Whether a body was signed (Ed25519) with the key made for its file."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        Ed25519PrivateKey.from_private_bytes(seed).public_key().verify(signature, body)
    except InvalidSignature:
        return False
    return True


@cache
def _template() -> Template:
    return Template((Path(__file__).parent / "takeaway.html").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    """Give the styles with the fonts in them."""
    return _FONT.sub(
        lambda found: _font(f"{found[1]}.woff2"), built.text("app.css") + built.text("entry.css")
    )


def _font(name: str) -> str:
    content = (built.STATIC / built.manifest()[name]).read_bytes()
    return f"url(data:font/woff2;base64,{base64.b64encode(content).decode()})"


@cache
def _script() -> str:
    """Give the script as it may stand inside a page."""
    return built.text("takeaway.js").replace("</script", "<\\/script").replace("<!--", "\\x3c!--")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
