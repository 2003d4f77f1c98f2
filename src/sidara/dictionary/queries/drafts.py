"""Drafts: what they would change, what is wrong with it, what others saved meanwhile."""

from dataclasses import dataclass, replace
from uuid import UUID

from sidara.dictionary import models
from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.differences import Difference, Verdict, changed_keys, name_of
from sidara.dictionary.core.drafts import (
    Body,
    Draft,
    DraftState,
    Key,
    Met,
    Put,
    is_provisional,
    met,
    places,
)
from sidara.dictionary.core.forms import Questionnaire, questionnaire, version_hash
from sidara.dictionary.core.lint import lint
from sidara.dictionary.core.reading import canonical, plain, thing_of, without_gaps
from sidara.dictionary.core.things import AnyThing
from sidara.dictionary.core.words import Thing
from sidara.dictionary.formats import xlsform as xlsform_file
from sidara.dictionary.queries.forms import VersionMove, version_moves
from sidara.dictionary.queries.revisions import dictionary, saved_entries
from sidara.dictionary.queries.rights import EDIT, may_edit_entry
from sidara.kernel.actor import Actor, require_somewhere
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.kept import Kept


@dataclass(frozen=True)
class Review:
    """A draft as it would change the dictionary. `dictionary` holds those of its entries that can be read.

    Places of `findings`: `sheet` the kind, `file` the code, `column` the key of the entry.
    """

    draft: Draft
    before: Dictionary
    dictionary: Dictionary
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    moves: tuple[VersionMove, ...]
    met: tuple[Met, ...]

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved: something changes, nothing is an error, nobody was faster."""
        errors = any(one.severity is Severity.ERROR for one in self.findings)
        return bool(self.differences) and not errors and not self.met

    def form(self, code: str) -> Questionnaire | None:
        """Give a form as it would be asked."""
        return questionnaire(self.dictionary, code)

    def xlsform(self, code: str) -> bytes | None:
        """Give a form as it would be asked as an XLSForm workbook."""
        asked = self.form(code)
        version = f"rancangan-{version_hash(self.dictionary, code)[:8]}"
        return xlsform_file.write(self.dictionary, asked, version) if asked else None


def drafts(actor: Actor) -> tuple[Draft, ...]:
    """List all drafts, the one worked on last first. Refuses (`NotAllowed`) who may change nothing."""
    require_somewhere(actor, EDIT)
    return tuple(_draft_of(row) for row in models.Draft.objects.all())


def draft(actor: Actor, draft_id: UUID) -> Draft | None:
    """Give a draft; `None` when there is none."""
    require_somewhere(actor, EDIT)
    row = models.Draft.objects.filter(pk=draft_id).first()
    return _draft_of(row) if row else None


def _draft_of(row: models.Draft) -> Draft:
    """Make the words of the core of a row."""
    return Draft(
        row.id,
        row.title,
        DraftState(row.state),
        row.author_id,
        row.author_name,
        row.author_function,
        row.base_revision,
        row.created_at,
        row.updated_at,
        tuple(Put(Thing(one["kind"]), one["code"], one["body"], one["revision"]) for one in row.changes),
        row.published_id,
    )


def meetings(actor: Actor, given: Draft) -> tuple[Met, ...]:
    """Give the entries that somebody else changed since the author saw them, each beside theirs."""
    newest = saved_entries(actor, [one.key for one in given.puts])
    made = dictionary(actor)
    found = []
    for put in given.puts:
        moved = newest.get(put.key, 0)
        if moved > put.revision:
            base = dictionary(actor, put.revision).of(put.kind).get(put.code) if put.revision else None
            here = made.of(put.kind).get(put.code)
            found.append(met(put, _plain(base), _plain(here), moved))
    return tuple(found)


def _plain(thing: AnyThing | None) -> Body | None:
    return plain(thing) if thing is not None else None


def review(actor: Actor, draft_id: UUID) -> Review | None:
    """Lay a draft over the dictionary in force: differences, faults, new versions of forms, what met it."""
    given = draft(actor, draft_id)
    if given is None:
        return None
    before = dictionary(actor)
    said = canonical([(one.kind, one.code, one.revision, one.body) for one in given.puts])
    key = actor, replace(given, puts=()), said
    return _reviews.of(before, key, lambda: _review(actor, given, before))


KEPT = 8
"""How many reviews are kept: checking a whole dictionary takes long, and each page of a draft asks for it."""
_reviews: Kept[Review] = Kept(KEPT)


def _review(actor: Actor, given: Draft, before: Dictionary) -> Review:
    things: dict[Key, AnyThing | None] = {}
    gaps: dict[Key, AnyThing | None] = {}
    found: list[Finding] = []
    for put in given.puts:
        place = Place(sheet=str(put.kind), file=put.code)
        thing, faults = (None, ()) if put.body is None else thing_of(put.kind, put.body, place)
        found += faults
        if not faults:
            things[put.key] = thing
            found += _code_faults(put, thing, place)
        elif (rest := without_gaps(put.kind, put.body)) is not None:
            gaps[put.key] = rest
        if not may_edit_entry(actor, before, put.kind, put.code, put.body):
            found.append(_not_yours(put, place))
    made = before.with_things(things)
    judged = made.with_things(gaps) if gaps else made
    found += lint(judged, {**places(before), **places(judged)})
    rows = tuple(_difference(before, key, thing) for key, thing in things.items())
    return Review(
        given,
        before,
        made,
        tuple(one for one in rows if one.verdict is not Verdict.UNCHANGED),
        tuple(found),
        version_moves(actor, before, made),
        meetings(actor, given) if given.is_open else (),
    )


def _code_faults(put: Put, thing: AnyThing | None, place: Place) -> list[Finding]:
    """Say of an entry whose code is not the one under which it stands."""
    if thing is None or thing.code == put.code:
        return []
    where = Place(place.line, "code", place.sheet, place.file)
    if is_provisional(put.code):
        if not thing.code.strip():
            say = f"{put.kind.words.capitalize()} baru belum berkode."
            return [Finding("CODE_MISSING", say, "Tulis kodenya.", place=where)]
        say = f"Kode {thing.code} sudah dipakai {put.kind.words} lain."
        return [Finding("CODE_TWICE", say, "Tulis kode yang lain.", place=where, value=thing.code)]
    say = f"Kode {put.code} tidak dapat diganti menjadi {thing.code}."
    return [
        Finding("CODE_STAYS", say, "Buat entri baru dengan kode baru itu.", place=where, value=thing.code)
    ]


def _not_yours(put: Put, place: Place) -> Finding:
    say = f"{put.kind.words.capitalize()} {put.code} bukan bidang Anda, sehingga tidak dapat Anda ubah."
    return Finding(
        "ENTRY_NOT_YOURS", say, "Keluarkan dari rancangan, atau minta pemilik bidangnya.", place=place
    )


def _difference(before: Dictionary, key: Key, thing: AnyThing | None) -> Difference:
    kind, code = key
    here = before.of(kind).get(code)
    if here == thing:
        return Difference(kind, code, code, Verdict.UNCHANGED)
    name = name_of(thing) if thing is not None else name_of(here) if here is not None else code
    if here is None:
        return Difference(kind, code, name, Verdict.CREATED)
    verdict = Verdict.REJECTED if thing is None else Verdict.UPDATED
    return Difference(kind, code, name, verdict, changed_keys(here, thing))
