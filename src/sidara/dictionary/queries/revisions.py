"""The dictionary as of a revision, its history, what a file of content would change."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db.models import Count

from sidara.dictionary import models
from sidara.dictionary.core.dictionary import Dictionary, built
from sidara.dictionary.core.differences import Difference, KeyChange, changed_keys, differences
from sidara.dictionary.core.lint import lint
from sidara.dictionary.core.reading import thing_of
from sidara.dictionary.core.things import AnyThing
from sidara.dictionary.core.uses import Uses
from sidara.dictionary.core.uses import uses as uses_of
from sidara.dictionary.core.words import Thing
from sidara.dictionary.formats import classes_file, content_file
from sidara.expressions import Classes
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding, Severity
from sidara.records.prepared import Prepared, slot

READ = "dictionary.read"
PACKAGE = "package"
"""The source of a revision that content of the package brought."""
type Entries = Mapping[tuple[Thing, str], AnyThing]


@dataclass(frozen=True)
class Saved:
    """One revision: who, when (UTC), by which door, why, and how many entries it brought."""

    number: int
    source: str
    reason: str
    actor_name: str
    actor_function: str
    made_at: datetime
    entries: int


@dataclass(frozen=True)
class EntryVersion:
    """An entry as one revision left it, and what changed against the version before."""

    number: int
    saved: Saved
    changes: tuple[KeyChange, ...]
    is_removed: bool


@dataclass(frozen=True)
class Checked:
    """What files of content hold: a dictionary (when they can be read) and everything that is wrong."""

    dictionary: Dictionary | None
    findings: tuple[Finding, ...]
    entries: int

    @property
    def is_good(self) -> bool:
        """Whether nothing is an error."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


_NEWEST = Prepared(lambda: models.Revision.objects.order_by("-number").values_list("number", "digest")[:1])
_AS_OF = Prepared(
    lambda: (
        models.Revision.objects.filter(number__lte=slot(models.Revision, "number"))
        .order_by("-number")
        .values_list("number", "digest")[:1]
    )
)


def dictionary(actor: Actor, revision: int | None = None) -> Dictionary:
    """Give the dictionary in force, or as of a revision; before the first load the one of the package."""
    require(actor, READ)
    head = _NEWEST.first() if revision is None else _AS_OF.first(number=revision)
    return _as_of(*head) if head else _packaged()


def index_classes(actor: Actor) -> dict[str, Classes]:
    """Give the classes of the indices, for `class_of` and `class_rank`."""
    require(actor, READ)
    return classes_file.load()


@cache
def _packaged() -> Dictionary:
    return built(content_file.read(content_file.packaged()).things, classes_file.load())


@lru_cache(maxsize=8)
def _as_of(number: int, digest: str) -> Dictionary:  # noqa: ARG001 - the digest makes the key of the cache
    things = {key: thing for key, thing in _bodies(number).items() if thing is not None}
    return replace(built(things, classes_file.load()), revision=number)


def entries_of(actor: Actor, *, source: str) -> dict[tuple[Thing, str], AnyThing | None]:
    """Give every entry as the newest revision of a door left it; `None` where it was taken out."""
    require(actor, READ)
    return _bodies(source=source)


def _bodies(number: int | None = None, source: str | None = None) -> dict[tuple[Thing, str], AnyThing | None]:
    rows = models.Entry.objects.order_by("revision_id", "id")
    if number is not None:
        rows = rows.filter(revision_id__lte=number)
    if source is not None:
        rows = rows.filter(revision__source=source)
    bodies = {(kind, code): body for kind, code, body in rows.values_list("kind", "code", "body").iterator()}
    return {(Thing(kind), code): _thing(Thing(kind), body) for (kind, code), body in bodies.items()}


def _thing(kind: Thing, body: str) -> AnyThing | None:
    if not body:
        return None
    thing, findings = thing_of(kind, json.loads(body))
    if thing is None:
        raise ValueError(f"a stored entry cannot be read: {findings[0].message}")
    return thing


def revisions(actor: Actor) -> tuple[Saved, ...]:
    """List all saves, the newest first."""
    require(actor, READ)
    rows = models.Revision.objects.annotate(count=Count("entries")).order_by("-number")
    return tuple(_saved(row, row.count) for row in rows)


def _saved(row: models.Revision, entries: int) -> Saved:
    return Saved(row.number, row.source, row.reason, row.actor_name, row.actor_function, row.made_at, entries)


def saved_entries(actor: Actor, keys: Collection[tuple[Thing, str]]) -> dict[tuple[Thing, str], int]:
    """Say of entries which revision touched each last; one that no save ever touched is absent."""
    require(actor, READ)
    rows = models.Entry.objects.filter(code__in={code for _, code in keys}).order_by("revision_id")
    found = {
        (Thing(kind), code): number for kind, code, number in rows.values_list("kind", "code", "revision_id")
    }
    return {key: found[key] for key in keys if key in found}


def saved(actor: Actor, number: int) -> Saved | None:
    """Give one save; `None` when there is none of that number."""
    require(actor, READ)
    row = models.Revision.objects.annotate(count=Count("entries")).filter(number=number).first()
    return _saved(row, row.count) if row else None


def history(actor: Actor, kind: Thing, code: str) -> tuple[EntryVersion, ...]:
    """List the versions of an entry, the newest first, each with its difference to the one before."""
    require(actor, READ)
    rows = models.Entry.objects.filter(kind=kind, code=code).select_related("revision").order_by("revision")
    made: list[EntryVersion] = []
    before: AnyThing | None = None
    for number, row in enumerate(rows, 1):
        now = _thing(kind, row.body)
        changes = changed_keys(before, now) if number > 1 else ()
        made.append(EntryVersion(number, _saved(row.revision, 0), changes, now is None))
        before = now
    return tuple(reversed(made))


def difference(actor: Actor, old: int, new: int | None = None) -> tuple[Difference, ...]:
    """Say what differs between two revisions; 0 is the content of the package, `None` what is in force."""
    require(actor, READ)
    before = _entries(_packaged() if old == 0 else dictionary(actor, old))
    after = _entries(_packaged() if new == 0 else dictionary(actor, new))
    return tuple(differences(before, after))


def _entries(given: Dictionary) -> Entries:
    return {(kind, code): thing for kind, code, thing in given.entries()}


def check(actor: Actor, files: Sequence[tuple[str, bytes]] | None = None) -> Checked:
    """Check files of content together, or (no files) the dictionary in force."""
    require(actor, READ)
    if files is None:
        made = dictionary(actor)
        return Checked(made, lint(made), sum(1 for _ in made.entries()))
    read = content_file.read(files)
    made = built(read.things, classes_file.load())
    return Checked(made, (*read.findings, *lint(made, read.places)), len(read.things))


def uses(actor: Actor) -> Mapping[str, Uses]:
    """Say of every variable who reads it."""
    require(actor, READ)
    given = dictionary(actor)
    if _USES.get("of") is not given:
        _USES.update({"of": given, "made": uses_of(given)})
    made: Mapping[str, Uses] = _USES["made"]
    return made


_USES: dict[str, Any] = {}
"""The last dictionary whose uses were asked for, and what came of it: reading all expressions takes long."""


def notes(actor: Actor) -> dict[str, Any]:
    """Give how the dictionary is to be read: meanings of confidence, notes of the authors, general rules."""
    require(actor, READ)
    return content_file.notes()


def outside_ids(actor: Actor, kind: str) -> dict[str, str]:
    """Give the uids of a kind (`variable`, `breakdown`, `form`) by code."""
    require(actor, READ)
    return dict(models.OutsideId.objects.filter(kind=kind).values_list("code", "uid"))
