"""The list of drafts, the history of saves, one save, and the history of one entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.dictionary import queries
from sidara.dictionary.core import Draft, DraftState, Thing
from sidara.kernel.actor import Actor
from sidara.ui.language import format_number, say
from sidara.web.pages.dictionary.addresses import trail
from sidara.web.pages.editing import addresses, words
from sidara.web.pages.editing.changes import Change, Changed, changed, changes
from sidara.web.pages.places import Link

DOORS = {"package": noop("isi bawaan"), "screen": noop("halaman SIDARA"), "xlsform": noop("berkas XLSForm")}


@dataclass(frozen=True)
class DraftLine:
    """One draft in the list."""

    title: str
    href: str
    author: str
    entries: str
    state: str
    updated_at: datetime


@dataclass(frozen=True)
class DraftsPage:
    """Own drafts first, then those of others, then what is closed."""

    mine: Sequence[DraftLine]
    others: Sequence[DraftLine]
    closed: Sequence[DraftLine]
    may_open: bool


@dataclass(frozen=True)
class SaveLine:
    """One save: its number, who, when, why."""

    number: int
    href: str
    who: str
    reason: str
    entries: str
    made_at: datetime


@dataclass(frozen=True)
class SavePage:
    """One save with its differences."""

    line: SaveLine
    trail: Sequence[Link]
    changes: Sequence[Changed]


@dataclass(frozen=True)
class Version:
    """One version of an entry."""

    number: str
    line: SaveLine
    changes: Sequence[Change]
    is_removed: bool


@dataclass(frozen=True)
class EntryHistory:
    """All versions of an entry, the newest first."""

    title: str
    trail: Sequence[Link]
    versions: Sequence[Version]
    edit: str


def drafts(actor: Actor) -> DraftsPage:
    """Build the list of drafts."""
    found = queries.drafts(actor)
    own = [one for one in found if one.is_open and one.author_id == actor.id]
    others = [one for one in found if one.is_open and one.author_id != actor.id]
    closed = [one for one in found if not one.is_open]
    return DraftsPage(
        [_line(one) for one in own],
        [_line(one) for one in others],
        [_line(one) for one in closed[:50]],
        queries.may_draft(actor, queries.dictionary(actor)),
    )


def own(actor: Actor) -> Sequence[Draft]:
    """Give the open drafts of the asker."""
    return [one for one in queries.drafts(actor) if one.is_open and one.author_id == actor.id]


def _line(one: Draft) -> DraftLine:
    state = say(one.state.words)
    if one.state is DraftState.PUBLISHED:
        state = say("disimpan sebagai revisi {number}", number=one.published)
    return DraftLine(
        one.title,
        addresses.draft(one.id),
        f"{one.author_name}, {one.author_function}" if one.author_function else one.author_name,
        format_number(len(one.puts)),
        state,
        one.updated_at,
    )


def saves(actor: Actor) -> Sequence[SaveLine]:
    """Build the history of saves, the newest first."""
    return [_save(one) for one in queries.revisions(actor)]


def _save(one: queries.Saved) -> SaveLine:
    door = say(DOORS[one.source]) if one.source in DOORS else one.source
    who = ", ".join(part for part in (one.actor_function or one.actor_name, door) if part)
    return SaveLine(
        one.number,
        reverse("dictionary-revision", args=[one.number]),
        who,
        one.reason,
        format_number(one.entries),
        one.made_at,
    )


def save(actor: Actor, number: int) -> SavePage | None:
    """Build the page of one save; `None` when there is none. Of the first load only its size is told."""
    one = queries.saved(actor, number)
    if one is None:
        return None
    found = queries.difference(actor, number - 1, number) if number > 1 else ()
    return SavePage(
        _save(one),
        trail(
            Link(say("Riwayat"), reverse("dictionary-history")),
            Link(say("Revisi {number}", number=number), ""),
        ),
        [changed(each) for each in found],
    )


def entry(actor: Actor, kind: Thing, code: str, *, may_edit: bool) -> EntryHistory | None:
    """Build the history of an entry; `None` when no save and no content knows it."""
    here = queries.dictionary(actor).of(kind).get(code)
    found = queries.history(actor, kind, code)
    if here is None and not found:
        return None
    name = say(words.KINDS[kind][1]) if kind in words.KINDS else str(kind)
    return EntryHistory(
        f"{name} {code}",
        trail(Link(say("Riwayat"), reverse("dictionary-history")), Link(code, addresses.shown(kind, code))),
        [
            Version(
                say("versi {number}", number=one.number),
                _save(one.saved),
                tuple(changes(kind, one.changes)),
                one.is_removed,
            )
            for one in found
        ],
        addresses.edit(kind, code) if may_edit and here is not None else "",
    )
