"""Reads of submissions: as they stand, their past, what the audit holds beside each other."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sidara.collection import models
from sidara.collection.core.audit import Past, Recorded, Root, faults_of, faults_of_proofs, faults_of_roots
from sidara.collection.core.chain import Leaf, Link
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import (
    NEW_ROWS,
    Conflict,
    Content,
    Delta,
    Held,
    Key,
    Source,
    Submission,
    SubmissionKey,
)
from sidara.collection.queries import worded
from sidara.collection.queries.redacted import proofs_redacted, redactions_done
from sidara.dictionary import queries as dictionary
from sidara.evidence import queries as evidence
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.records.prepared import together
from sidara.records.writing import reading
from sidara.regions import queries as regions

AUDIT = "collection.audit"
FEW = 4
"""So many variables are asked for one by one in words that are kept: most saves change a cell or two."""


@dataclass(frozen=True)
class Filled:
    """A submission as it stands, with the name of its form's version and the hash of its content."""

    uid: str
    form: str
    form_number: int
    region: str
    period: str
    state: Submission
    content_hash: str


@dataclass(frozen=True, slots=True)
class CellRevision:
    """What one revision made of one cell, and who did it when (UTC), by which door."""

    number: int
    author_name: str
    author_function: str
    filler_name: str
    made_at: datetime
    source: Source
    reason: str
    delta: Delta


def submission_row(actor: Actor, key: SubmissionKey, region_id: int) -> models.Submission | None:
    """Find the row of a submission, for the services of this room."""
    require_somewhere(actor, READ)
    return worded.SUBMISSION.model(code=key.dataset, form=key.form, region=region_id, period=key.period)


def pinned_version(actor: Actor, key: SubmissionKey, region_id: int) -> int | None:
    """Give the number of the form's version that a submission is filled in; `None` = not begun yet."""
    row = submission_row(actor, key, region_id)
    return None if row is None else row.form_number


def last_link(actor: Actor, submission_id: int) -> tuple[int, str] | None:
    """Give number and hash of the last revision of a submission, for the services of this room."""
    require_somewhere(actor, READ)
    found = worded.LAST.first(submission=submission_id)
    return None if found is None else (found[0], found[1])


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission as it stands, with the ids of its cells; `row` is `None` where nobody began it.

    `lock` is the id of the last word about its lock, 0 where there is none: as long as it and the revision of
    the row are the last ones, all of this holds.
    """

    row: models.Submission | None = None
    lock: int = 0
    state: Submission = field(default_factory=Submission)
    ids: Mapping[Key, int] = field(default_factory=dict)


def state_of(actor: Actor, row: models.Submission | None) -> Submission:
    """Give a submission as it stands; one that nobody began is empty."""
    return seen(actor, row).state


def seen(actor: Actor, row: models.Submission | None) -> Seen:
    """Give the same with what tells whether it still stands so, for the services of this room."""
    require_somewhere(actor, READ)
    if row is None:
        return Seen()
    own = {"submission": row.pk}
    rows, locks, kept = together((worded.CELLS, own), (worded.LOCK, own), (worded.KEPT, own))
    cells, ids = {}, {}
    for part, code, breakdown, state, value, explanation, revision, pk in rows:
        key = Key(part, code, breakdown)
        cells[key], ids[key] = Held(Content(State(state), value, explanation), revision), pk
    lock, is_locked, opened = locks[0] if locks else (0, False, ())
    conflicts = _conflicts(kept, row.pk)
    state = Submission(
        row.revision, cells, conflicts, is_locked=is_locked, opened=_keys(opened), added=_added(opened)
    )
    return Seen(row, lock, state, ids)


def lock_of(actor: Actor, submission_id: int) -> tuple[bool, frozenset[Key], Mapping[str, int]]:
    """Say whether a submission is locked, and what may be changed although it is (`opened`, `added`)."""
    require_somewhere(actor, READ)
    _, is_locked, opened = worded.LOCK.first(submission=submission_id) or (0, False, ())
    return is_locked, _keys(opened), _added(opened)


def _keys(opened: Iterable[Sequence[str]]) -> frozenset[Key]:
    return frozenset(Key(*one) for one in opened if one[0] != NEW_ROWS)


def _added(opened: Iterable[Sequence[str]]) -> dict[str, int]:
    return {variable: int(revision) for row, variable, revision in opened if row == NEW_ROWS}


def _key(cell: models.Cell) -> Key:
    return Key(cell.row, cell.variable.code, cell.breakdown)


def conflicts_of(actor: Actor, submission_id: int) -> dict[Key, Conflict]:
    """Give the conflicts that nobody has decided: what came after the last decision about a cell."""
    require_somewhere(actor, READ)
    return _conflicts(worded.KEPT.rows(submission=submission_id), submission_id)


def _conflicts(kept: Sequence[tuple[Any, ...]], submission_id: int) -> dict[Key, Conflict]:
    if not kept:
        return {}
    decided: dict[int, int] = {}
    for cell_id, number in models.Decision.objects.filter(record__submission=submission_id).values_list(
        "cell_id", "record__number"
    ):
        decided[cell_id] = max(number, decided.get(cell_id, 0))
    found: dict[Key, Conflict] = {}
    for cell_id, number, row, variable, breakdown, state, value, explanation in kept:
        if number > decided.get(cell_id, 0):
            key = Key(row, variable, breakdown)
            before = found[key].sent if key in found else ()
            found[key] = Conflict((*before, Content(State(state), value, explanation)), number)
    return found


def variable_ids(actor: Actor, dataset_id: int, codes: Collection[str] | None = None) -> dict[str, int]:
    """Give the ids of the variables of a data set by code, or of those in `codes` (one form's)."""
    require_somewhere(actor, READ)
    if codes is not None and len(codes) <= FEW:
        asked = (worded.VARIABLE.first(dataset=dataset_id, code=code) for code in codes)
        return {found[0]: found[1] for found in asked if found is not None}
    rows = models.Variable.objects.filter(dataset_id=dataset_id)
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return dict(rows.values_list("code", "id"))


def filled(actor: Actor, key: SubmissionKey) -> Filled | None:
    """Give a submission as it stands; `None` when nobody began it.

    Refuses (`NotAllowed`) an actor who may not read what is filled in for that region and sector.
    """
    place = regions.resolve(actor, key.region)
    if place is None:
        return None
    require(actor, READ, region=place.code, sector=_sector(actor, key), dataset=key.dataset)
    row = submission_row(actor, key, place.id)
    if row is None:
        return None
    last = worded.LAST.first(submission=row.pk)
    return Filled(
        str(row.uid),
        row.form,
        row.form_number,
        place.code,
        row.period,
        state_of(actor, row),
        last[2] if last else "",
    )


def _sector(actor: Actor, key: SubmissionKey) -> str | None:
    """Give the sector of a submission's form; `None` (asked for all of them) where the form is no more."""
    form = dictionary.dictionary(actor).forms.get(key.form)
    return form.sector if form else None


def content_hashes(actor: Actor, uid: str) -> dict[int, str]:
    """Give the hash of the content of each revision of a submission, by number.

    Refuses (`NotAllowed`) an actor without `collection.audit`.
    """
    require(actor, AUDIT)
    rows = models.Revision.objects.filter(submission__uid=uid)
    return dict(rows.values_list("number", "content_hash"))


def cell_history(actor: Actor, key: SubmissionKey, cell: Key | None = None) -> tuple[CellRevision, ...]:
    """Give what each revision made of the cells of a submission (or of one cell), the oldest first."""
    place = regions.resolve(actor, key.region)
    if place is None:
        return ()
    require(actor, READ, region=place.code, sector=_sector(actor, key), dataset=key.dataset)
    row = submission_row(actor, key, place.id)
    if row is None:
        return ()
    made = (_cell_revision(one) for one in worded.HISTORY.rows(submission=row.pk))
    return tuple(one for one in made if cell is None or one.delta.key == cell)


def _cell_revision(row: tuple[Any, ...]) -> CellRevision:
    """Read a row of `worded.HISTORY`."""
    number, name, function, filler, made_at, source, reason, *told = row
    old, new = (Content(State(state), *rest) for state, *rest in (told[3:6], told[6:]))
    delta = Delta(Key(*told[:3]), old, new)
    return CellRevision(number, name, function, filler, made_at, Source(source), reason, delta)


def _delta(one: models.Change) -> Delta:
    return Delta(
        _key(one.cell),
        Content(State(one.old_state), one.old_value, one.old_explanation),
        Content(State(one.state), one.value, one.explanation),
    )


def audit(actor: Actor) -> Iterator[Finding]:
    """Go through all submissions and nightly roots; gives everything that does not fit its own past.

    Refuses (`NotAllowed`) an actor without `collection.audit`.
    """
    require(actor, AUDIT)
    heads: dict[tuple[str, int], str] = {}
    for row in models.Submission.objects.select_related("region").order_by("pk").iterator():
        recorded = _recorded(actor, row)
        heads |= {(recorded.uid, one.link.number): one.chain_hash for one in recorded.past}
        yield from faults_of(recorded)
    yield from faults_of_roots(tuple(_roots()), heads)
    with reading():
        decided, carried = proofs_redacted(actor), evidence.redactions(actor, right=AUDIT)
    yield from faults_of_proofs(decided, carried)


def _recorded(actor: Actor, row: models.Submission) -> Recorded:
    """Read a submission as the records have it."""
    deltas: dict[int, list[Delta]] = {}
    changes = models.Change.objects.filter(record__submission=row).select_related("cell__variable")
    for one in changes.order_by("sequence"):
        if one.record_id is not None:
            deltas.setdefault(one.record_id, []).append(_delta(one))
    past = [
        Past(
            link_of(actor, str(row.uid), one),
            one.chain_hash,
            one.form_version,
            tuple(deltas.get(one.pk, ())),
        )
        for one in models.Revision.objects.filter(submission=row).order_by("number")
    ]
    cells = state_of(actor, row).contents
    redactions = redactions_done(actor, row.pk)
    carried = {one.revision: one.digest for one in redactions}
    past = [replace(one, link=replace(one.link, redaction=carried.get(one.link.number, ""))) for one in past]
    named = f"{row.form} {row.period}, wilayah {row.region.code}"
    return Recorded(str(row.uid), named, row.revision, cells, past, redactions)


def link_of(actor: Actor, uid: str, one: models.Revision) -> Link:  # noqa: ARG001 - as every query
    """Give what is chained of a revision but for a redaction, for the services of this room."""
    return Link(
        uid,
        one.number,
        one.base,
        str(one.author_id),
        one.made_at,
        Source(one.source),
        str(one.message_id),
        one.reason,
        one.content_hash,
        one.previous_hash,
    )


def last_root(actor: Actor) -> tuple[date, str] | None:
    """Give day and hash of the newest nightly root; `None` while there is none."""
    require_somewhere(actor, READ)
    return models.Root.objects.order_by("-day").values_list("day", "root_hash").first()


def _roots() -> Iterator[Root]:
    for one in models.Root.objects.prefetch_related("heads"):
        leaves = tuple(
            Leaf(str(head.submission_uid), head.number, head.chain_hash) for head in one.heads.all()
        )
        yield Root(one.day, one.previous_hash, one.root_hash, leaves)
