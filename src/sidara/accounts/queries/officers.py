"""Where somebody holds a role: no names, for who asks whether anybody is there."""

from datetime import date

from django.db.models import Q

from sidara.accounts.models import GrantRegion
from sidara.kernel.actor import Actor, require
from sidara.regions.queries import READ


def regions_of_role(actor: Actor, role: str, day: date) -> frozenset[int]:
    """Give the regions (ids) in which an active account holds a role on a day; everybody may ask."""
    require(actor, READ)
    rows = GrantRegion.objects.filter(
        Q(grant__valid_to=None) | Q(grant__valid_to__gte=day),
        grant__role=role,
        grant__valid_from__lte=day,
        grant__account__is_active=True,
    )
    return frozenset(rows.order_by().values_list("region_id", flat=True))
