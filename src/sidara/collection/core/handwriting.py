"""Figures as people type them: `1.250.000`, `12,5`, `Rp 5.000`; the browser reads the same (`figures.js`).

A point parts thousands where three digits follow each one, else decimals; a comma always parts decimals.
Cases shared with the browser stand in `tests/collection/cases/typed.txt`.
"""

import re
import unicodedata

_RUPIAH = re.compile(r"^Rp\.?\s*", re.IGNORECASE)
_MINUS = re.compile(r"^[\N{MINUS SIGN}\N{EN DASH}-]")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def plain_number(text: str) -> str | None:
    """Write a typed figure in plain digits with a point; `None` where it is no figure."""
    given = _RUPIAH.sub("", unicodedata.normalize("NFC", text.strip()))
    given = _MINUS.sub("-", re.sub(r"\s", "", given))
    if _GROUPED.fullmatch(given):
        given = "".join(given.split("."))
    given = given.replace(",", ".", 1)
    if not _PLAIN.fullmatch(given):
        return None
    whole, _, behind = given.removeprefix("-").partition(".")
    digits, rest = whole.lstrip("0") or "0", behind.rstrip("0")
    value = f"{digits}.{rest}" if rest else digits
    return f"-{value}" if given.startswith("-") and value.strip("0.") else value


def typed_number(text: str) -> str:
    """Write a stored figure as people type it: a comma for decimals."""
    return text.replace(".", ",")
