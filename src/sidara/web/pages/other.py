"""A second index on the page of a village: a part of its own with its own axis, sources and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sidara.kernel.actor import Actor
from sidara.regions.core import Region
from sidara.ui.figures import Figure
from sidara.web.pages import around, explain, series, sources, standing, status
from sidara.web.pages.explain import Opened
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Item


@dataclass(frozen=True)
class Other:
    """What a village's page shows of one further index; figures by name, their keys begin with the index."""

    slug: str
    label: str
    finding: str
    items: Sequence[Item]
    notes: Sequence[str]
    series: Figure | None
    parts: Figure | None
    opened: Opened | None
    is_simulated: bool
    figures: Mapping[str, Figure] = field(default_factory=dict)


def of_village(actor: Actor, edition: Edition, region: Region) -> Other | None:
    """Build the part of a desa, `None` without a figure of it."""
    found = around.of_village(actor, edition, region)
    if found is None or (found.own.figures.get(edition.top.code) is None and found.own.span is None):
        return None
    own, district, near = found.own, found.district, found.near
    groups = ((district, near), (found.regency, found.peers))
    before = status.before(actor, edition, under=found.regency.code)
    told = series.of_village(actor, edition, region)
    parts = series.beside_neighbours(edition, own, near, district, sources.sources([found.answer]))
    chosen = edition.sets.items
    prefix = f"{edition.slug}-"
    opened = explain.items(actor, edition, chosen, region, prefix=prefix) if chosen else None
    figures = (told.figure, parts, *(opened.figures if opened else ()))
    return Other(
        edition.slug,
        edition.label,
        standing.title(region, own, edition),
        standing.items(own, edition, groups, before),
        standing.why_unmoved(edition, groups, before),
        told.figure,
        parts,
        opened,
        found.answer.is_simulated,
        {figure.key: figure for figure in figures if figure is not None},
    )
