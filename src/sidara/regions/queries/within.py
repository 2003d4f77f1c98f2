"""Which regions lie in one today: what an area of rights holds. By the tree, never by how codes begin."""

from functools import lru_cache

from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.regions import models
from sidara.regions.queries.codes import READ
from sidara.regions.queries.today import register_version


def within(actor: Actor, region_id: int) -> frozenset[str]:
    """Give the codes of a region and of all that lies below it today, and of what ended there.

    The last code of an ended region is left out where another region bears it today.
    """
    require(actor, READ)
    return _within(register_version(actor), region_id)


@lru_cache(maxsize=4096)
def _within(version: str, region_id: int) -> frozenset[str]:  # noqa: ARG001 - part of the cache's key
    below = Q(pk=region_id) | Q(parent=region_id)
    below |= Q(parent__parent=region_id) | Q(parent__parent__parent=region_id)
    rows = list(models.Region.objects.filter(below).values_list("code", "valid_to"))
    today = {code for code, valid_to in rows if valid_to is None}
    ended = {code for code, valid_to in rows if valid_to is not None} - today
    borne = models.Region.objects.filter(code__in=ended, valid_to=None).values_list("code", flat=True)
    return frozenset(today | (ended - set(borne)))
