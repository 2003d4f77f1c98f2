"""Addresses of the pages beside a form, and how its pages name a person."""

from django.urls import reverse

from sidara.collection.core.submission import SubmissionKey


def page_of(name: str, key: SubmissionKey, *more: object) -> str:
    """Give the address of a page of a submission; `name` and `more` as in the table of addresses."""
    return reverse(name, args=[key.form, key.region, key.period, *more])


def who(name: str, function: str) -> str:
    """Name a person with the function that he had; either may be unknown."""
    return ", ".join(part for part in (name, function) if part)
