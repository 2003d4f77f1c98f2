"""Target lists as they were kept: villages in their order with the figures of that day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.queries.rights import READ


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetListRow:
    """A target list: what was asked (`rule`), what it read (`basis`), who kept it and for which area."""

    uid: UUID
    name: str
    area: str
    area_name: str
    as_of_date: date
    is_simulated: bool
    actor_name: str
    rule: Mapping[str, Any] = field(default_factory=dict)
    basis: Mapping[str, Any] = field(default_factory=dict)
    villages: tuple[tuple[str, str, Mapping[str, Any]], ...] = ()
    count: int = 0


def target_lists(actor: Actor, *, is_simulated: bool, limit: int = 20) -> tuple[TargetListRow, ...]:
    """Give the newest target lists of one world, without their villages."""
    require(actor, READ)
    rows = models.TargetList.objects.filter(is_simulated=is_simulated).select_related("area")
    return tuple(_row(one, ()) for one in rows[:limit])


def target_list(actor: Actor, uid: UUID) -> TargetListRow | None:
    """Give a target list with its villages (code, name, figures) in their order; `None` if there is none."""
    require(actor, READ)
    row = models.TargetList.objects.select_related("area").filter(uid=uid).first()
    if row is None:
        return None
    villages = row.villages.select_related("region").order_by("rank")
    return _row(row, tuple((one.region.code, one.region.name, one.figures) for one in villages))


def _row(one: models.TargetList, villages: tuple[tuple[str, str, Mapping[str, Any]], ...]) -> TargetListRow:
    return TargetListRow(
        uid=one.uid,
        name=one.name,
        area=one.area.code,
        area_name=one.area.as_word().full_name,
        as_of_date=one.as_of_date,
        is_simulated=one.is_simulated,
        actor_name=one.actor_name,
        rule=one.rule,
        basis=one.basis,
        villages=villages,
        count=len(villages) or one.villages.count(),
    )
