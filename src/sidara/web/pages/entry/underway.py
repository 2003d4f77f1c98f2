"""Files that are under way to a form: what has come of each, on the page of evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sidara.collection import queries
from sidara.collection.core.proof import cell_of
from sidara.collection.core.submission import Key
from sidara.evidence.core import Upload
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.ui.language import format_date, format_number, say


@dataclass(frozen=True)
class Underway:
    """A file under way as it is shown."""

    id: UUID
    sha256: str
    name: str
    about: str
    come: str
    until: str
    is_whole: bool


def underway(actor: Actor, entry: queries.Entry, about: Callable[[Key | None], str]) -> Sequence[Underway]:
    """Give the files that this person has under way to a form; `about` names a cell."""
    held = queries.uploads_of(actor, entry.key)
    return () if isinstance(held, Finding) else [_shown(one, about) for one in held]


def _shown(one: Upload, about: Callable[[Key | None], str]) -> Underway:
    come = say(
        "{come} kB dari {size} kB sudah sampai",
        come=format_number(one.received // 1000),
        size=format_number(-(-one.said.size // 1000)),
    )
    return Underway(
        one.id,
        one.said.original,
        one.said.name,
        about(cell_of(one.cell)),
        come if one.gaps else say("sudah sampai seluruhnya"),
        say("disimpan sampai {day}", day=format_date(local_date(one.expires_at))),
        not one.gaps,
    )
