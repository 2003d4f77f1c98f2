"""The large map: the layer's tiles, the class of each village, and beside it the list of what is in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui.figures import Mark, Source
from sidara.ui.language import say
from sidara.warehouse.core import Answer
from sidara.web.pages import index, maps, places, sources, status
from sidara.web.pages.apart import Choice
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class Entry:
    """One line of the list: where it leads, and a village's class."""

    label: str
    href: str
    mark: Mark | None = None


@dataclass(frozen=True)
class AtlasPage:
    """The map of an area. Without `tiles` no boundaries are loaded, without a region nothing is.

    `bounds` = west, south, east, north in degrees, as text for the script.
    """

    region: Region | None
    title: str
    trail: Sequence[Link]
    word: str
    entries: Sequence[Entry]
    own: Link | None = None
    tiles: str = ""
    bounds: str = ""
    measure: str = ""
    legend: Sequence[Mark] = ()
    notes: Sequence[str] = ()
    sources: Sequence[Source] = ()
    is_simulated: bool = False
    choices: Sequence[Choice] = ()
    query: str = ""


def build(actor: Actor, province: str, code: str, *, asked: str = "") -> AtlasPage:
    """Build the page for an area of the province, by its code; anything else shows the province.

    `asked` = which index colours the map.
    """
    top = regions.resolve(actor, province)
    if top is None:
        return AtlasPage(None, say("Peta"), (), "", ())
    found = regions.resolve(actor, code) if code else None
    area = found if found and found.level < Level.VILLAGE and found.code.startswith(province) else top
    layer = regions.boundary_layer_now(actor)
    sides = regions.boundary_bounds(actor, layer=layer, under=area.code) if layer else None
    editions = index.editions(actor)
    edition = index.among(editions, asked)
    slug = edition.slug if edition and not edition.is_main else ""
    scores: dict[str, status.VillageScore] = {}
    answers: list[Answer] = []
    if edition is not None:
        scores, answer = status.village_scores(actor, edition, under=area.code)
        answers = [answer]
    below = Level(area.level + 1)
    entries = tuple(
        Entry(child.name, places.href(child), scores[child.code].mark if child.code in scores else None)
        if below is Level.VILLAGE
        else Entry(child.name, address(child.code, slug))
        for child in regions.children(actor, area.id)
    )
    above = regions.ancestors(actor, area.id)
    return AtlasPage(
        area,
        say("Peta {area_full_name}", area_full_name=places.full_name(area)),
        (*(Link(parent.name, address(parent.code, slug)) for parent in above), Link(area.name)),
        say("Kabupaten dan kota") if below is Level.REGENCY else places.word_of_many(below),
        entries,
        Link(
            say("Halaman {area_full_name}", area_full_name=places.full_name(area)),
            places.href(area) + (edition.query if edition else ""),
        ),
        reverse("atlas-tiles", args=[layer.key]) if layer and sides else "",
        ",".join(f"{side:.5f}" for side in sides) if sides else "",
        say("Status {index} {period}", index=edition.top.name, period=edition.period)
        if edition
        else say("Belum ada angka indeks"),
        index.legend(edition.scale, is_open=bool(edition.ends)) if edition else (),
        maps.layer_notes(layer) if layer else (),
        sources.sources(answers),
        any(answer.is_simulated for answer in answers),
        tuple(
            Choice(
                f"{one.label} {one.period}",
                address(area.code, "" if one.is_main else one.slug),
                one is edition,
                one.is_simulated,
            )
            for one in editions
            if len(editions) > 1
        ),
        edition.query if edition else "",
    )


def address(code: str, slug: str = "") -> str:
    """Give the address of the large map focused on an area; `slug` = the index shown, if not the main one."""
    return f"{reverse('atlas')}?di={code}" + (f"&indeks={slug}" if slug else "")


def marks(actor: Actor, province: str, *, asked: str = "") -> dict[str, Any]:
    """Give the classes (style, label) and the number of each village's class, by code."""
    edition = index.among(index.editions(actor), asked)
    if edition is None:
        return {"classes": [], "villages": {}}
    villages, _ = status.village_scores(actor, edition, under=province)
    known = index.legend(edition.scale, is_open=bool(edition.ends))
    classes = list(dict.fromkeys((*known, *(one.mark for one in villages.values()))))
    number = {mark: at for at, mark in enumerate(classes)}
    layer = regions.boundary_layer_now(actor)
    then = {} if layer is None else regions.boundary_codes(actor, layer=layer)
    drawn = villages | {code: villages[now] for code, now in then.items() if now in villages}
    return {
        "classes": [[mark.style, mark.label] for mark in classes],
        "villages": {code: number[one.mark] for code, one in sorted(drawn.items())},
    }
