"""Which tallies somebody may see one by one: those of villages in the area and sectors of a grant."""

from django.db.models import Q

from sidara.kernel.actor import EVERY_OPERATION, Actor, NotAllowed
from sidara.regions import queries as regions
from sidara.regions.core import Level

READ_VILLAGES = "progress.read_villages"
_COLUMNS = {
    Level.PROVINCE: "province_id",
    Level.REGENCY: "regency_id",
    Level.DISTRICT: "district_id",
    Level.VILLAGE: "region_id",
}


def own(actor: Actor, operation: str) -> Q:
    """Ask for the tallies that lie within an operation of the actor; refuses (`NotAllowed`) who has none."""
    if not actor.may_somewhere(operation):
        raise NotAllowed(actor, operation)
    if {EVERY_OPERATION, operation} & actor.operations:
        return Q()
    asked = Q(pk__in=())
    for grant in actor.holding(operation):
        one = Q()
        if not grant.area.is_everywhere:
            one = Q(pk__in=())
            for code in grant.area.under:
                area = regions.resolve(actor, code)
                one |= Q(**{_COLUMNS[area.level]: area.id}) if area else Q(pk__in=())
        if grant.sectors:
            one &= Q(sector__in=sorted(grant.sectors))
        if grant.datasets:
            one &= Q(dataset__in=sorted(grant.datasets))
        asked |= one
    return asked
