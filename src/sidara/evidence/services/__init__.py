"""Commands of `evidence`: keep a piece, take one away, redact one; take a file in parts.

The room of the owner decided that it may; it names the right, which is asked here once more. A piece's id is
made by who hands it in: the same file under the same id is kept once.
"""

from sidara.evidence.services.keeping import Guard, Handed, Kept, keep, remove
from sidara.evidence.services.redacting import clear_away, redact
from sidara.evidence.services.uploading import Part, Underway, begin, drop, finish, take_part

__all__ = [
    "Guard",
    "Handed",
    "Kept",
    "Part",
    "Underway",
    "begin",
    "clear_away",
    "drop",
    "finish",
    "keep",
    "redact",
    "remove",
    "take_part",
]
