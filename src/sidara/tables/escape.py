"""The guard against formula injection: a text that a sheet would compute gets an apostrophe.

Source: OWASP, CSV Injection: cells that begin with `=`, `+`, `-`, `@`, tab, carriage return or line
feed, and their full-width forms. Numbers stay numbers. The guard is undone on reading.
"""

import re

GUARDED = r"^'*[=+\-@＝＋－＠\t\r\n]"
NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
_GUARDED = re.compile(GUARDED)
_NUMBER = re.compile(NUMBER)


def escaped(text: str) -> str:
    """Set an apostrophe before `text` where a sheet would compute it."""
    return "'" + text if _GUARDED.match(text) and not _NUMBER.match(text) else text


def unescaped(text: str) -> str:
    """Undo `escaped`."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
