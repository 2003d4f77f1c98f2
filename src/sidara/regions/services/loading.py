"""Loading the register from its package, and giving regions codes. Nothing is ever deleted."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from itertools import batched

import polars as pl

from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock
from sidara.records.writing import writing
from sidara.regions import queries
from sidara.regions.core import EXAMPLE, KEMENDAGRI, Level, is_example, uid
from sidara.regions.core.difference import Difference
from sidara.regions.models import Region, RegionCode, RegisterVersion

BATCH = 2_000
_CHANGED = ("name", "kind", "parent_id", "latitude", "longitude", "sort_key", "search_key")

type Progress = Callable[[int, int], None]
"""Told (regions written, regions to write) after each batch."""


def _silent(_written: int, _total: int) -> None:
    """Tell nobody."""


def load_register(
    actor: Actor,
    *,
    provinces: Collection[str] | None,
    clock: Clock,
    progress: Progress = _silent,
) -> Difference:
    """Load some provinces (two digits each; the whole country when `None`) from the package.

    One transaction; the same load again changes nothing. Gives the difference that was applied;
    regions that the package no longer has are in its `missing` and stay, and so do those of its `held`, which
    a recorded succession changed. Code history: a code that
    a load brings is valid from the beginning (`valid_from` empty) because the package tells no day.
    """
    require(actor, "regions.load")
    with writing():
        change = queries.register_diff(actor, provinces=provinces)
        if change.is_empty:
            return change
        total = change.added.height + change.updates.height
        written = _add(change.added, total, progress)
        _update(change.updates, written, total, progress)
        RegisterVersion.mark(clock(), queries.package_source(actor))
    return change


def _ids(codes: pl.Series) -> dict[str, int]:
    """Give the ids of the regions with these codes."""
    found: dict[str, int] = {}
    for batch in batched(codes.drop_nulls().unique(maintain_order=True), BATCH):
        valid = Region.objects.filter(code__in=batch, valid_to=None)
        found.update(valid.values_list("code", "pk"))
    return found


def _add(added: pl.DataFrame, total: int, progress: Progress) -> int:
    """Write new regions with their first code, level by level; give the number written."""
    written = 0
    for level in Level:
        rows = added.filter(pl.col("level") == level)
        parents = _ids(rows["parent_code"])
        for batch in batched(rows.iter_rows(named=True), BATCH):
            made = Region.objects.bulk_create(
                Region(
                    uid=uid("region", row["code"]),
                    code=row["code"],
                    name=row["name"],
                    level=row["level"],
                    kind=row["kind"],
                    parent_id=parents.get(row["parent_code"]),
                    latitude=row["latitude"],
                    longitude=row["longitude"],
                    sort_key=row["sort_key"],
                    search_key=row["search_key"],
                )
                for row in batch
            )
            RegionCode.objects.bulk_create(
                RegionCode(region=region, scheme=KEMENDAGRI, code=region.code) for region in made
            )
            written += len(made)
            progress(written, total)
    return written


def _update(updates: pl.DataFrame, written: int, total: int, progress: Progress) -> None:
    """Write what changed of known regions; their ids, uids and codes stay."""
    parents = _ids(updates["parent_code"])
    for batch in batched(updates.iter_rows(named=True), BATCH):
        regions = Region.objects.in_bulk([row["id"] for row in batch])
        for row in batch:
            # A parent that ended keeps those below it until a succession says where they went.
            parent = parents.get(row["parent_code"], regions[row["id"]].parent_id)
            values = {**row, "parent_id": parent}
            for field in _CHANGED:
                setattr(regions[row["id"]], field, values[field])
        Region.objects.bulk_update(
            regions.values(), [field.removesuffix("_id") for field in _CHANGED], batch_size=100
        )
        written += len(batch)
        progress(written, total)


def assign_codes(
    actor: Actor,
    *,
    scheme: str,
    codes: Mapping[int, str],
    valid_from: date | None,
    clock: Clock,
) -> int:
    """Give regions (id -> code) a code of a scheme from a day on; the id of the region stays.

    A region's open code of the scheme ends the day before; then `valid_from` is needed. With the
    Kemendagri scheme the code becomes the region's public key. A region that has the code already is
    left as it is. Gives the number of codes written. In one transaction. Refuses (`ValueError`) codes of
    example villages as Kemendagri codes, and all others as codes of example villages.
    """
    require(actor, "regions.assign_codes")
    if scheme in {KEMENDAGRI, EXAMPLE}:
        strange = sorted(code for code in codes.values() if is_example(code) != (scheme == EXAMPLE))
        if strange:
            raise ValueError(f"no {scheme} code: {', '.join(strange)}")
    with writing():
        open_codes = RegionCode.objects.filter(scheme=scheme, region__in=list(codes), valid_to=None)
        held = dict(open_codes.values_list("region_id", "code"))
        changed = {region: code for region, code in codes.items() if held.get(region) != code}
        if not changed:
            return 0
        ended = [region for region in changed if region in held]
        if ended and valid_from is None:
            raise ValueError("a code that follows another needs the day from which it is valid")
        if valid_from is not None:
            open_codes.filter(region__in=ended).update(valid_to=valid_from - timedelta(days=1))
        RegionCode.objects.bulk_create(
            (
                RegionCode(region_id=region, scheme=scheme, code=code, valid_from=valid_from)
                for region, code in changed.items()
            ),
            batch_size=BATCH,
        )
        if scheme == KEMENDAGRI:
            regions = Region.objects.in_bulk(changed)
            for region in regions.values():
                region.code = changed[region.pk]
            Region.objects.bulk_update(regions.values(), ["code"], batch_size=100)
        RegisterVersion.mark(clock(), f"{scheme} codes")
        return len(changed)
