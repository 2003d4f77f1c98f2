"""Regions on pages: addresses, breadcrumbs, names with parents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import DESA, Level, Region, scheme_label
from sidara.ui.language import say
from sidara.warehouse.core import Vintage


@dataclass(frozen=True)
class Link:
    """A word that leads somewhere; without an address it is where the reader is."""

    label: str
    href: str = ""


def href(region: Region) -> str:
    """Give the permanent address of a region's page by its dotted code; of an ended one, its history."""
    return history_href(region) if region.is_ended else href_of(region.code, region.level)


def history_href(region: Region) -> str:
    """Give the address of a region's history; of an ended one with a day: its code may be another's."""
    name = "village-history" if region.level is Level.VILLAGE else "area-history"
    day = f"?pada={region.valid_to.isoformat()}" if region.valid_to else ""
    return reverse(name, args=[region.code]) + day


def href_of(code: str, level: Level) -> str:
    """Give the same for a code and level."""
    if level is Level.VILLAGE:
        return reverse("village", args=[code])
    if code == settings.SIDARA_PROVINCE:
        return reverse("home")
    return reverse("area", args=[code])


def elsewhere(actor: Actor, vintage: Vintage) -> Mapping[str, str]:
    """Say where codes of the areas of a year lead that are not today's codes of the same places."""
    if vintage.year is None:
        return {}
    return {
        code: href(region) if region.is_ended else f"{href(region)}?susunan={vintage}"
        for code, region in regions.renamed_codes(actor, date(vintage.year, 12, 31)).items()
    }


def planning(page: str, code: str) -> str:
    """Give the address of a what-if (`whatif`) or a path (`path`) for a region of any level, by its code."""
    return reverse(page if code.count(".") == Level.VILLAGE - 1 else f"area-{page}", args=[code])


def trail(actor: Actor, region: Region, *, query: str = "") -> tuple[Link, ...]:
    """Give the way from the province down to a region; `query` = which index the addresses show."""
    above = regions.ancestors(actor, region.id)
    return (*(Link(parent.name, href(parent) + query) for parent in above), Link(region.name))


KINDS = (
    noop("Provinsi"),
    noop("Kabupaten"),
    noop("Kota"),
    noop("Kecamatan"),
    noop("Desa"),
    noop("Kelurahan"),
    noop("Desa adat"),
)
"""The kinds of regions, as `regions.core.Kind` names them."""


def kind(region: Region) -> str:
    """Name the kind of a region."""
    return say(region.kind.label)


def full_name(region: Region) -> str:
    """Name a region with its kind (`Kabupaten Kapuas`)."""
    return say("{kind} {name}", kind=kind(region), name=region.name)


def scheme(code: str) -> str:
    """Name a scheme of codes (`kode BPS 2023`)."""
    return say("kode {name}", name=scheme_label(code).removeprefix("kode "))


def is_assessed(kind: str) -> bool:
    """Say whether a village of this kind is given an index: a desa is, a kelurahan is not."""
    return kind in DESA


def word(level: Level) -> str:
    """Name a level, as a heading of a column."""
    return {
        Level.PROVINCE: say("Provinsi"),
        Level.REGENCY: say("Kabupaten"),
        Level.DISTRICT: say("Kecamatan"),
        Level.VILLAGE: say("Desa"),
    }[level]


def word_of_many(level: Level) -> str:
    """Name the areas of a level, as the heading of a list or a count."""
    return {
        Level.PROVINCE: say("Provinsi", context="banyak"),
        Level.REGENCY: say("Kabupaten", context="banyak"),
        Level.DISTRICT: say("Kecamatan", context="banyak"),
        Level.VILLAGE: say("Desa", context="banyak"),
    }[level]
