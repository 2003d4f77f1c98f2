"""Forms of a village that were opened again: returned by a verifier, or final and under correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.regions.core import Region
from sidara.ui.language import format_date
from sidara.ui.periods import format_code
from sidara.verification import queries as verification


@dataclass(frozen=True)
class Returned:
    """A form of which a verifier returned cells: how many, until when, where it is mended."""

    name: str
    period: str
    href: str
    count: int
    mend_by: str


@dataclass(frozen=True)
class Correcting:
    """A form of which final cells are open for a correction, since a day, and where they are changed."""

    name: str
    period: str
    href: str
    since: str


def returned(actor: Actor, region: Region, back: Sequence[verification.Returned]) -> tuple[Returned, ...]:
    """Give the forms of a village of which cells are to be mended, the most urgent first."""
    forms = dictionary.dictionary(actor).forms
    return tuple(
        Returned(
            forms[one.home.form].topic,
            format_code(one.home.period),
            reverse("submission-sending", args=[one.home.form, region.code, one.home.period]),
            one.count,
            format_date(one.mend_by) if one.mend_by else "",
        )
        for one in back
        if one.home.form in forms
    )


def correcting(actor: Actor, region: Region) -> tuple[Correcting, ...]:
    """Give the forms of a village of which final cells are open for a correction."""
    forms = dictionary.dictionary(actor).forms
    return tuple(
        Correcting(
            forms[one.home.form].topic,
            format_code(one.home.period),
            reverse("submission-sending", args=[one.home.form, region.code, one.home.period]),
            format_date(one.since),
        )
        for one in verification.correcting(actor, region.code)
        if one.home.form in forms
    )
