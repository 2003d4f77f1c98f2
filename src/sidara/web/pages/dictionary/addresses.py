"""Addresses of the dictionary's pages, its trail, and how a table says where it comes from."""

from django.urls import reverse

from sidara.dictionary.core import Dictionary
from sidara.ui.figures import Cell, text_cell
from sidara.ui.language import say
from sidara.web.pages.places import Link


def files() -> str:
    """Give the address below which the files of the dictionary's tables lie."""
    return f"{reverse('dictionary')}/"


def element(code: str) -> str:
    """Give the address of an element."""
    return reverse("dictionary-element", args=[code])


def form(code: str) -> str:
    """Give the address of a form."""
    return reverse("form", args=[code])


def element_cell(code: str) -> Cell:
    """Make a cell that leads to an element."""
    return text_cell(code, href=element(code))


def form_cell(code: str) -> Cell:
    """Make a cell that leads to a form."""
    return text_cell(code, href=form(code))


def trail(*entries: Link) -> tuple[Link, ...]:
    """Give the trail from the catalogue of elements on."""
    return (Link(say("Kamus data"), reverse("dictionary")), *entries)


def notes(made: Dictionary) -> tuple[str, ...]:
    """Say which dictionary a table shows."""
    if made.revision:
        return (say("Kamus SIDARA, revisi {number}", number=made.revision),)
    return (say("Kamus SIDARA, isi bawaan"),)
