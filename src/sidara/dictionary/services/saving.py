"""Every way into the dictionary: decided entry by entry, checked as a whole, written as one revision."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sidara.dictionary import models, queries
from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.differences import Difference, Entries, Verdict, changed_keys, decided, name_of
from sidara.dictionary.core.forms import version_hash
from sidara.dictionary.core.lint import lint
from sidara.dictionary.core.reading import canonical, plain, thing_of
from sidara.dictionary.core.things import AnyThing
from sidara.dictionary.core.words import Thing
from sidara.dictionary.formats import content_file, xlsform
from sidara.dictionary.queries.forms import VersionMove
from sidara.dictionary.queries.revisions import PACKAGE, entries_of
from sidara.dictionary.queries.rights import EDIT, require_entries
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.kernel.clock import Clock
from sidara.kernel.finding import Finding, Place, Severity
from sidara.records.writing import writing
from sidara.regions.core import uid

LOAD = "dictionary.load"
SCREEN, XLSFORM = "screen", "xlsform"
type Changes = Mapping[tuple[Thing, str], AnyThing | None]


@dataclass(frozen=True)
class Account:
    """What came of a save: created + updated + unchanged + kept + conflicting + rejected = sent.

    A dictionary is stored whole or not at all: one error, and everything sent is rejected.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    conflicting: int = 0
    rejected: int = 0
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()
    moves: tuple[VersionMove, ...] = ()
    revision: int = 0
    is_stored: bool = False

    @property
    def sent(self) -> int:
        """How many entries were handed in."""
        return self.created + self.updated + self.unchanged + self.kept + self.conflicting + self.rejected

    @property
    def is_refused(self) -> bool:
        """Whether an error kept everything out."""
        return any(one.severity is Severity.ERROR for one in self.findings)


@dataclass
class _Save:
    """A save while it is decided."""

    actor: Actor
    source: str
    reason: str
    now: datetime
    is_dry: bool
    found: list[Finding] = field(default_factory=list)


def load(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor,
    *,
    clock: Clock,
    files: Sequence[tuple[str, bytes]] | None = None,
    take_given: bool = False,
    dry_run: bool = False,
    reason: str = "",
) -> Account:
    """Load content: the package's, or `files` (name, bytes). What was edited here stays, unless `take_given`.

    Conflicts (edited here and changed there) keep what is here and are told. The same content twice changes
    nothing. Refuses (`NotAllowed`) who may not.
    """
    require(actor, LOAD)
    read = content_file.read(content_file.packaged() if files is None else files)
    given = read.things
    with writing():
        current = queries.dictionary(actor)
        is_first = not models.Revision.objects.exists()
        here: Entries = {} if is_first else {(k, c): t for k, c, t in current.entries()}
        base = {key: thing for key, thing in entries_of(actor, source=PACKAGE).items() if thing is not None}
        made = list(decided(here, base, given))
        if take_given:
            taken = {Verdict.KEPT, Verdict.CONFLICTING}
            made = [_taken(one, here) if one.verdict in taken else one for one in made]
        wanted = {
            (one.kind, one.code): given[one.kind, one.code]
            for one in made
            if one.verdict in {Verdict.CREATED, Verdict.UPDATED}
        }
        found = [*read.findings, *(_conflict(one) for one in made if one.verdict is Verdict.CONFLICTING)]
        start = Dictionary(indices=current.indices) if is_first else current
        work = _Save(actor, PACKAGE, reason or "muatan isi bawaan", clock(), dry_run, found)
        return _stored(work, start, wanted, tuple(made), places=read.places)


def _taken(one: Difference, here: Entries) -> Difference:
    verdict = Verdict.UPDATED if (one.kind, one.code) in here else Verdict.CREATED
    return Difference(one.kind, one.code, one.name, verdict, one.keys)


def _conflict(one: Difference) -> Finding:
    keys = ", ".join(change.key for change in one.keys)
    return Finding(
        "CONTENT_CONFLICT",
        f"{one.kind.words.capitalize()} {one.code} diubah di sini dan di isi yang dimuat ({keys}). "
        "Yang di sini dipertahankan.",
        "Bandingkan dengan sidara dictionary diff, lalu sunting, atau muat dengan --take-given.",
        Severity.WARNING,
        Place(column=keys),
        one.code,
    )


def save(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor,
    *,
    changes: Mapping[tuple[Thing, str], Mapping[str, object] | None],
    reason: str,
    base_revision: int,
    clock: Clock,
    dry_run: bool = False,
    source: str = SCREEN,
    seen: Mapping[tuple[Thing, str], int] | None = None,
) -> Account:
    """Save edits: each entry as plain values, `None` takes it out. `dry_run` gives the difference and faults.

    `base_revision` is the revision that the editor saw (`seen`: another one for single entries): what
    somebody else changed since is a conflict, and nothing is stored. A reason is needed. Refuses
    (`NotAllowed`) who may not change one of the entries.
    """
    with writing():
        current = queries.dictionary(actor)
        require_entries(actor, current, changes)
        work = _Save(actor, source, reason, clock(), dry_run)
        if not reason.strip() and not dry_run:
            work.found.append(
                Finding("REASON_MISSING", "Alasan perubahan belum ditulis.", "Tulis satu kalimat alasannya.")
            )
        wanted: dict[tuple[Thing, str], AnyThing | None] = {}
        for (kind, code), body in changes.items():
            thing, faults = (None, ()) if body is None else thing_of(kind, body)
            work.found += faults
            if thing is not None and thing.code != code:
                say = f"Kode {code} tidak dapat diganti menjadi {thing.code}."
                work.found.append(
                    Finding("CODE_STAYS", say, "Buat entri baru dengan kode baru itu.", value=thing.code)
                )
            if not faults:
                wanted[kind, code] = thing
        work.found += _moved(base_revision, wanted, seen or {})
        made = [_decide(current, kind, code, thing) for (kind, code), thing in wanted.items()]
        new = {
            (one.kind, one.code): wanted[one.kind, one.code]
            for one in made
            if one.verdict is not Verdict.UNCHANGED
        }
        return _stored(work, current, new, tuple(made), sent=len(changes))


def _moved(base: int, wanted: Changes, seen: Mapping[tuple[Thing, str], int]) -> list[Finding]:
    """Say which of the entries somebody else changed since the editor looked."""
    first = min([base, *seen.values()])
    rows = models.Entry.objects.filter(revision_id__gt=first).values_list("kind", "code", "revision_id")
    return [
        Finding(
            "REVISION_MOVED",
            f"{Thing(kind).words.capitalize()} {code} sudah diubah orang lain (revisi {number}).",
            "Muat ulang, lalu ulangi perubahannya.",
            value=code,
        )
        for kind, code, number in rows
        if (Thing(kind), code) in wanted and number > seen.get((Thing(kind), code), base)
    ]


def _decide(current: Dictionary, kind: Thing, code: str, thing: AnyThing | None) -> Difference:
    here = current.of(kind).get(code)
    keys = changed_keys(here, thing)
    if here == thing:
        verdict = Verdict.UNCHANGED
    elif here is None:
        verdict, keys = Verdict.CREATED, ()
    else:
        verdict = Verdict.UPDATED
    name = name_of(thing) if thing is not None else name_of(here) if here is not None else code
    return Difference(kind, code, name, verdict, keys)


def import_form(  # noqa: PLR0913 - keyword-only, each part has its own name
    actor: Actor,
    *,
    content: bytes,
    file_name: str,
    reason: str,
    clock: Clock,
    dry_run: bool = False,
    sector: str = "",
) -> Account:
    """Import a form from an XLSForm: new and changed variables, lists and options, with their difference.

    What XLSForm cannot hold stays as it is in the dictionary; new variables get it from the form and carry
    `inferred`. Everything is one save (see `save`). Refuses (`NotAllowed`) who may not.
    """
    require_somewhere(actor, EDIT)
    current = queries.dictionary(actor)
    read = xlsform.read(content, file_name, current, sector=sector)
    if any(one.severity is Severity.ERROR for one in read.findings):
        return Account(rejected=len(read.things), findings=read.findings)
    made = save(
        actor,
        changes={key: plain(thing) for key, thing in read.things.items()},
        reason=reason,
        base_revision=current.revision,
        clock=clock,
        dry_run=dry_run,
        source=XLSFORM,
    )
    return Account(**{**made.__dict__, "findings": (*read.findings, *made.findings)})


def _stored(  # noqa: PLR0913 - the parts of a save
    work: _Save,
    start: Dictionary,
    wanted: Changes,
    made: tuple[Difference, ...],
    *,
    sent: int | None = None,
    places: Mapping[tuple[Thing, str], Place] | None = None,
) -> Account:
    """Check the dictionary that would come of it, then write it, or say why not."""
    new = start.with_things(wanted)
    findings = (*work.found, *lint(new, places))
    count = len(made) if sent is None else sent
    if any(one.severity is Severity.ERROR for one in findings):
        return Account(rejected=count, differences=_told(made), findings=findings)
    counts = Counter(one.verdict for one in made)
    moves = queries.version_moves(work.actor, start, new)
    account = Account(
        created=counts[Verdict.CREATED],
        updated=counts[Verdict.UPDATED],
        unchanged=counts[Verdict.UNCHANGED],
        kept=counts[Verdict.KEPT],
        conflicting=counts[Verdict.CONFLICTING],
        differences=_told(made),
        findings=findings,
        moves=moves,
        revision=start.revision,
    )
    if work.is_dry or not wanted:
        return account
    number = _write(work, wanted, moves, new)
    return Account(**{**account.__dict__, "revision": number, "is_stored": True})


def _told(made: tuple[Difference, ...]) -> tuple[Difference, ...]:
    return tuple(one for one in made if one.verdict is not Verdict.UNCHANGED)


def _write(work: _Save, wanted: Changes, moves: Sequence[VersionMove], new: Dictionary) -> int:
    """Write the revision, its entries, the new versions of forms, the ids of what is new."""
    head = models.Revision.objects.order_by("-number").first()
    number = head.number + 1 if head else 1
    bodies = {key: canonical(plain(thing)) if thing is not None else "" for key, thing in wanted.items()}
    digests = {key: hashlib.sha256(body.encode()).hexdigest() for key, body in bodies.items()}
    chain = [head.digest if head else "", str(work.actor.id), work.now.isoformat(), work.source, work.reason]
    chain += [f"{kind}:{code}:{digest}" for (kind, code), digest in sorted(digests.items())]
    revision = models.Revision.objects.create(
        number=number,
        source=work.source,
        reason=work.reason,
        actor_id=work.actor.id,
        actor_name=work.actor.name,
        actor_function=work.actor.function,
        made_at=work.now,
        digest=hashlib.sha256("\n".join(chain).encode()).hexdigest(),
    )
    models.Entry.objects.bulk_create(
        models.Entry(revision=revision, kind=kind, code=code, body=body, digest=digests[kind, code])
        for (kind, code), body in bodies.items()
    )
    models.FormVersion.objects.bulk_create(
        (
            models.FormVersion(
                form=one.form, number=one.after, digest=version_hash(new, one.form), revision=revision
            )
            for one in moves
        ),
        ignore_conflicts=True,
    )
    _write_ids(new)
    return number


def _write_ids(new: Dictionary) -> None:
    """Give outside ids to variables, cells of breakdowns and forms that have none yet."""
    wanted = [("form", code) for code in new.forms]
    for code, variable in new.variables.items():
        wanted.append(("variable", code))
        wanted += [("breakdown", f"{code}|{one}") for one in new.breakdowns(variable)]
    known = set(models.OutsideId.objects.values_list("kind", "code"))
    models.OutsideId.objects.bulk_create(
        models.OutsideId(kind=kind, code=code, uid=uid(kind, code))
        for kind, code in wanted
        if (kind, code) not in known
    )
