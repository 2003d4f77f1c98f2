"""Addresses of drafts, of their entries, and of the history of saves."""

from uuid import UUID

from django.urls import reverse

from sidara.dictionary.core import Thing
from sidara.ui.language import say
from sidara.web.pages.dictionary import addresses
from sidara.web.pages.editing import words
from sidara.web.pages.places import Link


def drafts() -> str:
    """Give the address of the list of drafts."""
    return reverse("drafts")


def draft(draft_id: UUID) -> str:
    """Give the address of a draft."""
    return reverse("draft", args=[draft_id])


def entry(draft_id: UUID, kind: Thing, code: str) -> str:
    """Give the address at which an entry of a draft is edited."""
    return reverse("draft-entry", args=[draft_id, words.slug(kind), code])


def fresh(draft_id: UUID, kind: Thing, form: str = "") -> str:
    """Give the address of the form of a new entry, of a form where it is one's."""
    address = reverse("draft-new", args=[draft_id, words.slug(kind)])
    return f"{address}?formulir={form}" if form else address


def trial(draft_id: UUID, form: str) -> str:
    """Give the address of the trial run of a form."""
    return reverse("draft-trial", args=[draft_id, form])


def xlsform(draft_id: UUID, form: str) -> str:
    """Give the address of a form of a draft as XLSForm."""
    return reverse("draft-xlsform", args=[draft_id, form])


def edit(kind: Thing, code: str) -> str:
    """Give the address that takes an entry of the dictionary into a draft."""
    return reverse("dictionary-edit", args=[words.slug(kind), code])


def begin(kind: Thing, code: str = "") -> str:
    """Give the address that begins a new entry in a draft, like the entry `code` where one is given."""
    address = reverse("dictionary-begin", args=[words.slug(kind)])
    return f"{address}?seperti={code}" if code else address


def history(kind: Thing, code: str) -> str:
    """Give the address of the history of one entry."""
    return reverse("dictionary-entry-history", args=[words.slug(kind), code])


def shown(kind: Thing, code: str) -> str:
    """Give the page that shows an entry to everybody; empty where its kind has none."""
    if kind is Thing.VARIABLE:
        return addresses.element(code)
    if kind in {Thing.WINDOW, Thing.MILESTONE}:
        return reverse("calendar")
    return addresses.form(code) if kind is Thing.FORM else ""


def trail(*entries: Link) -> tuple[Link, ...]:
    """Give the trail from the list of drafts on."""
    return addresses.trail(Link(say("Rancangan"), drafts()), *entries)
