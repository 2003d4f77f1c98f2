"""Commands of boundaries: keep what was surveyed as the current layer. Older layers stay."""

import hashlib
from collections.abc import Callable
from datetime import date

import shapely
from django.conf import settings

from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock
from sidara.records.writing import writing
from sidara.regions import queries
from sidara.regions.core.boundaries import Layer, Survey
from sidara.regions.core.boundaries.layer import LICENCE_UNKNOWN
from sidara.regions.formats import boundary_layer, boundary_rules
from sidara.regions.models import BoundaryLayer

ALGORITHM = 2
"""Changes whenever the same polygons are drawn otherwise."""


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def keep_boundaries(  # noqa: PLR0913 - provenance is mandatory, each part has its own name
    actor: Actor,
    *,
    survey: Survey,
    source: str,
    licence: str,
    data_date: date | None,
    clock: Clock,
    progress: Callable[[int, int], None] = _silent,
) -> Layer | None:
    """Make the surveyed boundaries the current layer; `None` when they are it already.

    Files first, whole and synced, then one row in one transaction: a kill in between leaves the layer before.
    Refuses (`ValueError`) a survey with an error. `progress` is told (zooms made, zooms to make).
    """
    require(actor, "regions.load")
    if survey.is_refused:
        raise ValueError("a survey with an error is not kept")
    # PROJ and the makers of tiles take a moment to import; pages and other commands do not wait for them.
    from sidara.regions.core.boundaries import zooms
    from sidara.regions.formats import boundary_writing

    rules = boundary_rules.rules()
    key = _key(survey, rules)
    now = queries.boundary_layer_now(actor)
    if now is not None and (now.key, now.source, now.licence, now.data_date) == (
        key,
        source,
        licence or LICENCE_UNKNOWN,
        data_date,
    ):
        return None
    tree = queries.areas_of_survey(actor, on=survey.on)
    made = zooms.make(survey, tree, rules, progress)
    folder = settings.SIDARA_HOME / boundary_layer.FOLDER
    names = dict(tree.select("code", "name").iter_rows())
    boundary_writing.write(folder, key, made, names, rules.tiles)
    counts = survey.account.counts()
    with writing():
        BoundaryLayer.objects.filter(is_current=True).update(is_current=False)
        BoundaryLayer.objects.create(
            key=key,
            source=source,
            licence=licence or LICENCE_UNKNOWN,
            data_date=data_date,
            file=survey.file,
            provinces=" ".join(survey.account.provinces),
            matched=counts["matched"],
            missing=counts["missing"],
            extra=counts["extra"],
            area_percent=made.area_percent,
            loaded_at=clock(),
            is_current=True,
        )
    return queries.boundary_layer_now(actor)


def _key(survey: Survey, rules: object) -> str:
    """Name a layer by all that decides its drawing: codes, regions, polygons, rules, algorithm."""
    digest = hashlib.sha256(repr((ALGORITHM, rules, survey.codes, survey.regions)).encode())
    for shape in shapely.to_wkb(survey.shapes):
        digest.update(shape)
    return digest.hexdigest()[:16]
