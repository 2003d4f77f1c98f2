"""Proposals out of the list of the collection, with each fate that was recorded."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sidara.collection.core.dataset import is_simulated
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock, now
from sidara.programmes import models, queries
from sidara.programmes.core import FateSource, Level
from sidara.programmes.core import registers as core
from sidara.programmes.core.registers import Fated, Row, Rules
from sidara.programmes.queries.proposals import LIST
from sidara.programmes.services.replaying import past
from sidara.records.writing import writing

REFRESH = "programmes.refresh"
FATE = "USL_013"
"""The column of the list of proposals that says what became of them."""
LONGEST = {"text": 1000, "place": 300, "village_code": 12, "unit": 100}
type Village = tuple[str, int]
"""Data set and id of the region."""


def refresh_proposals(
    actor: Actor, *, villages: Collection[Village] | None = None, clock: Clock = now
) -> int:
    """Make proposals of the rows of the list as `refresh_registers` read it; gives how many were changed.

    Of all villages or some. What a level decided stays; fates are only added; a row that the village removed
    stays as removed. Twice = nothing new. Refuses (`NotAllowed`) an actor without `programmes.refresh`.
    """
    require(actor, REFRESH)
    rows = models.RegisterSheet.objects.filter(list_code=LIST)
    if villages is None:
        villages = set(rows.order_by().values_list("dataset", "region_id").distinct())
    changed = 0
    with writing():
        for dataset in sorted({dataset for dataset, _ in villages}):
            regions = [region for held, region in villages if held == dataset]
            changed += _refresh(actor, dataset, regions, clock)
    return changed


def _refresh(actor: Actor, dataset: str, regions: Sequence[int], clock: Clock) -> int:
    own = models.RegisterSheet.objects.filter(dataset=dataset, list_code=LIST, region_id__in=regions)
    held: dict[int, dict[str, tuple[models.RegisterSheet, Row, int]]] = {}
    for sheet in own.order_by("year", "period", "from_day"):
        of_village = held.setdefault(sheet.region_id, {})
        for one in sheet.rows:
            row = Row(*one)
            first = of_village[row.id][2] if row.id in of_village else sheet.year
            of_village[row.id] = sheet, row, first
    uids: dict[str, int] = {}
    for uid, region in own.order_by().values_list("submission_uid", "region_id").distinct():
        uids[str(uid)] = region
    told = _fates(actor, uids)
    before = {
        one.key: one
        for one in models.Proposal.objects.filter(
            village_id__in=regions, is_simulated=is_simulated(dataset)
        ).exclude(row="")
    }
    rules, changed, at = queries.rules(actor), 0, clock()
    for region in regions:
        for sheet, row, first in held.get(region, {}).values():
            made = _proposal(rules, region, sheet, row, first, dataset)
            changed += _put(before.get(made["key"]), made, at)
    return changed + _add_fates(told, dataset)


def _fates(actor: Actor, uids: Mapping[str, int]) -> list[tuple[int, Fated]]:
    """Give all fates that revisions ever recorded, by village."""
    own = dictionary.dictionary(actor).lists[LIST]
    saves, _ = past(actor, uids=uids, columns=dict.fromkeys(core.columns_of(own), LIST))
    return [
        (uids[uid], fated) for (uid, _), some in sorted(saves.items()) for fated in core.fates(some, FATE)
    ]


def _proposal(  # noqa: PLR0913, PLR0917 - a row and where it stands
    rules: Rules, region: int, sheet: models.RegisterSheet, row: Row, first: int, dataset: str
) -> dict[str, Any]:
    """Give the fields of the proposal of a row."""
    said = {name: core.value(row, code)[: LONGEST[name]] for name, code in _TEXTS.items()}
    rank, budget = core.value(row, "USL_009"), core.value(row, "USL_008")
    volume, meeting = core.value(row, "USL_006"), core.value(row, "USL_015")
    return said | {
        "key": core.proposal_key(region, row.id),
        "row": row.id,
        "document": f"Usulan RKP Desa {first}",
        "year": first,
        "village_id": region,
        "level_asked": rules.levels_asked.get(core.value(row, "USL_012"), Level.VILLAGE).value,
        "origin": core.value(row, "USL_011"),
        "volume": Decimal(volume) if volume else None,
        "budget_idr": int(Decimal(budget)) if budget else None,
        "rank": int(rank) if rank else None,
        "beneficiaries": core.value(row, "USL_010"),
        "meeting_date": date.fromisoformat(meeting) if meeting else None,
        "is_simulated": is_simulated(dataset),
        "more": {
            "period": sheet.period,
            "level": sheet.levels[-1][1],
            "fate": core.value(row, FATE),
            "reason": core.value(row, "USL_014"),
            "field": core.value(row, "USL_002"),
            "is_removed": sheet.until_day is not None,
        },
    }


_TEXTS = {"text": "USL_001", "village_code": "USL_003", "place": "USL_004", "unit": "USL_007"}


def _put(held: models.Proposal | None, made: Mapping[str, Any], at: datetime) -> int:
    """Write a proposal; gives 1 where it is new or another one."""
    if held is None:
        models.Proposal.objects.create(**made, made_at=at)
        return 1
    other = [name for name, value in made.items() if getattr(held, name) != value]
    for name in other:
        setattr(held, name, made[name])
    if other:
        held.save(update_fields=other)
    return int(bool(other))


def _add_fates(told: Iterable[tuple[int, Fated]], dataset: str) -> int:
    """Write the fates that are not there yet; rows that no proposal has any more keep theirs."""
    ordered = sorted(told, key=lambda one: one[1].day)
    wanted = dict.fromkeys(
        (core.proposal_key(region, one.row), one.fate.value, date.fromordinal(one.day))
        for region, one in ordered
    )
    keys = {key for key, _, _ in wanted}
    ids = dict(
        models.Proposal.objects.filter(key__in=keys, is_simulated=is_simulated(dataset)).values_list(
            "key", "pk"
        )
    )
    there = set(
        models.ProposalFate.objects.filter(proposal__in=ids.values()).values_list(
            "proposal__key", "fate", "recorded_date"
        )
    )
    new = [one for one in wanted if one not in there and one[0] in ids]
    models.ProposalFate.objects.bulk_create(
        models.ProposalFate(proposal_id=ids[key], fate=fate, recorded_date=day, source=FateSource.LIST.value)
        for key, fate, day in new
    )
    return len(new)
