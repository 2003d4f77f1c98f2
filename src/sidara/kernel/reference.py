"""Reference strings: how a room points to something in a higher room without a foreign key.

The form is `kind:key`, for example `region:62.01.02.2016` or `activity:0198c…`.
"""

import re
from dataclasses import dataclass

_TEXT = re.compile(r"(?P<kind>[a-z][a-z_]*):(?P<key>\S+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer by kind and key."""

    kind: str
    key: str

    def __str__(self) -> str:
        """Give the text form `kind:key`."""
        return f"{self.kind}:{self.key}"


def parse(text: str) -> Reference:
    """Read `kind:key`; refuses (`ValueError`) anything else, which is our own fault."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError(f"not a reference: {text!r}")
    return Reference(match["kind"], match["key"])
