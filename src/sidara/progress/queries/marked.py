"""How far the tallies are: up to which revision and act they were read, and whether more is there."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sidara.collection import queries as collection
from sidara.dictionary import queries as dictionary
from sidara.kernel import content as files
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require
from sidara.progress import models
from sidara.progress.core import Content, content_of
from sidara.regions import queries as regions
from sidara.verification import queries as verification

READ = "progress.read"


@dataclass(frozen=True, slots=True)
class AsOf:
    """Where the last refresh ended: cursors, by what rows were laid out, which receipts; when, in UTC."""

    turn: int = 0
    stamp: UUID | None = None
    revisions: int = 0
    events: int = 0
    laid_by: str = ""
    receipts: str = ""
    refreshed_at: datetime | None = None


@cache
def _content() -> Content:
    return content_of(files.load("sidara.progress", "progress"))


def content(actor: Actor) -> Content:
    """Give what the content says: since when, limits."""
    require(actor, READ)
    return _content()


def marked(actor: Actor) -> AsOf:
    """Give where the last refresh ended."""
    require(actor, READ)
    row = models.Mark.objects.filter(pk=1).values_list(
        "turn", "stamp", "revisions", "events", "laid_by", "receipts", "refreshed_at"
    )
    found = row.first()
    return AsOf(*found) if found else AsOf()


def as_of(actor: Actor) -> datetime | None:
    """Give when tallies were brought up to date last (UTC); `None` = never."""
    return marked(actor).refreshed_at


def laid_by(actor: Actor, day: date) -> str:
    """Say by what rows are laid out on a day: the same as long as nothing about it changes."""
    require(actor, READ)
    made = dictionary.dictionary(actor)
    return f"{day.isoformat()} {made.revision} {regions.register_version(actor)}"


def is_expected(actor: Actor, dataset: str) -> bool:
    """Whether anything is expected in a data set."""
    require(actor, READ)
    return models.Laid.objects.filter(dataset=dataset).exists()


def years(actor: Actor, dataset: str) -> list[int]:
    """Give the years of which anything is expected in a data set, the earliest first."""
    require(actor, READ)
    laid = models.Laid.objects.filter(dataset=dataset).order_by().values_list("period", flat=True).distinct()
    return sorted({at.year for text in laid if (at := periods.parse(text)) is not None})


def is_behind(actor: Actor, day: date) -> bool:
    """Whether a refresh has something to do. Asked of the records only, a few short questions."""
    mark = marked(actor)
    newest = collection.newest_revision(actor), verification.newest_event(actor)
    if not newest[0]:
        return False
    by = laid_by(actor, day), verification.receipts_mark(actor)
    return (mark.revisions, mark.events) != newest or (mark.laid_by, mark.receipts) != by
