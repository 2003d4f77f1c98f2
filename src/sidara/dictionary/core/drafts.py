"""Drafts (*rancangan*): edits that wait, as they were typed; and how they meet what others saved.

A put is one entry of a draft as plain values. It may be faulty: nothing half-filled is lost. `revision` is
the one at which its author saw the entry. Kinds are not told apart here: a new kind needs nothing.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.reading import plain, thing_of
from sidara.dictionary.core.words import Thing
from sidara.kernel.finding import Finding, Place

type Body = Mapping[str, Any]
type Key = tuple[Thing, str]
type Clashing = tuple[Thing, str, str]
"""Kind and code of an entry and its first key; an empty key is the entry as a whole."""

_PROVISIONAL = re.compile(r"baru-\d+", re.ASCII)


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"

    @property
    def words(self) -> str:
        """The state in Indonesian."""
        return {
            DraftState.OPEN: "dikerjakan",
            DraftState.PUBLISHED: "sudah disimpan ke kamus",
            DraftState.DISCARDED: "dibuang",
        }[self]


@dataclass(frozen=True)
class Put:
    """An entry of a draft: its plain values; `None` takes it out of the dictionary."""

    kind: Thing
    code: str
    body: Body | None
    revision: int

    @property
    def key(self) -> Key:
        """Kind and code."""
        return self.kind, self.code

    @property
    def name(self) -> str:
        """The name as typed; empty where there is none."""
        return str((self.body or {}).get("name") or "")


@dataclass(frozen=True)
class Draft:
    """A draft with its author of that day. `published` is the revision that it became."""

    id: UUID
    title: str
    state: DraftState
    author_id: UUID
    author_name: str
    author_function: str
    base_revision: int
    created_at: datetime
    updated_at: datetime
    puts: tuple[Put, ...] = ()
    published: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state is DraftState.OPEN

    @property
    def changes(self) -> dict[Key, Body | None]:
        """What it would change, as `save` and `preview` take it."""
        return {one.key: one.body for one in self.puts}

    @property
    def seen(self) -> dict[Key, int]:
        """At which revision its author saw each entry."""
        return {one.key: one.revision for one in self.puts}

    def put(self, kind: Thing, code: str) -> Put | None:
        """Find an entry of the draft."""
        return next((one for one in self.puts if one.key == (kind, code)), None)


def is_provisional(code: str) -> bool:
    """Whether a code only holds the place of a new entry that has none yet."""
    return _PROVISIONAL.fullmatch(code) is not None


def free_code(puts: Sequence[Put], kind: Thing) -> str:
    """Give a provisional code that no entry of the draft has: `baru-1`."""
    taken = {one.code for one in puts if one.kind is kind}
    return next(code for number in range(1, len(taken) + 2) if (code := f"baru-{number}") not in taken)


def placed(puts: Sequence[Put], given: Put, known: Collection[str]) -> tuple[tuple[Put, ...], Put]:
    """Put an entry where it stood before, else last; a new one goes by the code that its values say.

    `known` are the codes that the dictionary has of its kind: they stay, and no new entry takes one.
    """
    said = str((given.body or {}).get("code") or "").strip()
    taken = {*known, *(one.code for one in puts if one.kind is given.kind and one.code != given.code)}
    made = given
    if given.code not in known and given.body is not None and said and said not in taken:
        made = replace(given, code=said)
    held = [one.key for one in puts]
    if given.key in held:
        at = held.index(given.key)
        return (*puts[:at], made, *puts[at + 1 :]), made
    return (*puts, made), made


def sectors_of(dictionary: Dictionary, kind: Thing, code: str, body: Body | None) -> frozenset[str | None]:
    """Say whose an entry is, as it stands in the dictionary and as it would be; `None` = everybody's."""
    here = dictionary.of(kind).get(code)
    bodies = [one for one in (plain(here) if here is not None else None, body) if one is not None]
    return frozenset(_sector(dictionary, kind, one) for one in bodies) or frozenset({None})


def _sector(dictionary: Dictionary, kind: Thing, body: Body) -> str | None:
    if kind is Thing.SECTOR:
        return str(body.get("code") or "") or None
    if kind is Thing.VARIABLE:
        return str(body.get("code") or "").partition("_")[0] or None
    if body.get("sector"):
        return str(body["sector"])
    form = dictionary.forms.get(str(body.get("form") or ""))
    return form.sector if form else None


@dataclass(frozen=True)
class Clash:
    """A key that the draft and somebody else changed, each otherwise. An empty key: the entry as a whole."""

    key: str
    base: object
    ours: object
    theirs: object


@dataclass(frozen=True)
class Met:
    """An entry of a draft beside what somebody else saved meanwhile (`revision`).

    `body` joins both; where they clash it holds what the draft has. `taken` are the keys that only they
    changed.
    """

    put: Put
    revision: int
    body: Body | None
    theirs: Body | None
    taken: tuple[str, ...]
    clashes: tuple[Clash, ...]

    def chosen(self, theirs: frozenset[Clashing]) -> tuple[Body | None, bool]:
        """Give the entry with the keys of `theirs` taken from them, and whether anything of ours is left."""
        kind, code = self.put.key
        if (kind, code, "") in theirs:
            return self.theirs, False
        keys = [one.key for one in self.clashes if (kind, code, one.key) in theirs]
        if not keys or self.body is None:
            return self.body, True
        made = {key: value for key, value in self.body.items() if key not in keys}
        made |= {key: self.theirs[key] for key in keys if self.theirs is not None and key in self.theirs}
        return made, made != self.theirs


def met(put: Put, base: Body | None, theirs: Body | None, revision: int) -> Met:
    """Join an entry of a draft with what somebody else saved, key by key at the depth of first keys.

    `base` is the entry as the author saw it. Taken out, or put twice under one code, it clashes as a whole.
    """
    ours = put.body
    if ours is None or theirs is None or base is None:
        clashes = () if ours == theirs else (Clash("", base, ours, theirs),)
        return Met(put, revision, ours, theirs, (), clashes)
    made: dict[str, Any] = dict(ours)
    taken: list[str] = []
    found: list[Clash] = []
    for key in dict.fromkeys((*base, *theirs, *ours)):
        was, own, other = base.get(key), ours.get(key), theirs.get(key)
        if other in (was, own):
            continue
        if own == was:
            taken.append(key)
            made.pop(key, None)
            if key in theirs:
                made[key] = other
        else:
            found.append(Clash(key, was, own, other))
    return Met(put, revision, made, theirs, tuple(taken), tuple(found))


def tidy(kind: Thing, body: Body) -> Body:
    """Write plain values as content has them where they can be read; else leave them as they were typed."""
    thing, _ = thing_of(kind, body)
    return plain(thing) if thing is not None else body


def findings_of(findings: Sequence[Finding], kind: Thing, code: str) -> Iterator[Finding]:
    """Give the findings of one entry, of those that `places` placed."""
    return (one for one in findings if (one.place.sheet, one.place.file) == (str(kind), code))


def places(dictionary: Dictionary) -> dict[Key, Place]:
    """Place every entry: `sheet` is its kind, `file` its code, so that a finding tells whose it is."""
    return {(kind, code): Place(sheet=str(kind), file=code) for kind, code, _ in dictionary.entries()}
