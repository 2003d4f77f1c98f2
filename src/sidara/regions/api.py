"""The JSON door of the register: `/api/v1/regions`."""

from datetime import date

from ninja import Router, Schema
from ninja.params.functions import Query

from sidara.regions import queries
from sidara.regions.core import Candidate, Level, Meaning, Region
from sidara.regions.queries import READ, Event
from sidara.ui.api import Cursor, Limit, Page, Paged, Text, missing, not_one_of, page, reads, refused
from sidara.ui.rights import Asking

router = Router(tags=["regions"])
LEVELS = {level.label: level for level in Level}
MOST_FOUND = 50


class RegionOut(Schema):
    """An area. `code` is its key of today, dotted, `scheme` whose it is: `kemendagri`, or `contoh`.

    A village of the scheme `contoh` is an example: all that is said of it is made up.
    """

    uid: str
    code: str
    scheme: str
    name: str
    full_name: str
    level: str
    kind: str
    latitude: float | None
    longitude: float | None
    valid_from: date | None
    valid_to: date | None


class CodeOut(Schema):
    """What an area is called in a scheme, and when."""

    scheme: str
    code: str
    valid_from: date | None
    valid_to: date | None


class RegionWhole(RegionOut):
    """An area with those above it, the province first, and its codes in every scheme."""

    parents: list[RegionOut]
    codes: list[CodeOut]


class FoundOut(Schema):
    """An area that may be meant; 100 = the same words."""

    score: float
    region: RegionOut
    parents: list[RegionOut]


class EventOut(Schema):
    """How an area came from another one, or went on as one."""

    day: date
    kind: str
    old: str | None
    new: str
    share: str
    share_back: str
    before: str
    after: str
    basis: str


class HistoryOut(Schema):
    """An area through time."""

    region: RegionOut
    codes: list[CodeOut]
    events: list[EventOut]


@reads(router, "", right=READ, response=Paged[RegionOut])
def list_regions(
    request: Asking,
    under: Text = Query("", description="Kode wilayah yang melingkupi, misalnya 62.01."),
    level: Text = Query("", description="provinsi, kabupaten, kecamatan, atau desa."),
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[dict[str, object]]:
    """Daftar wilayah menurut kode."""
    codes = queries.register(request.actor).select("code", "level")
    if level and level not in LEVELS:
        raise not_one_of("Tingkat", level, tuple(LEVELS))
    held = queries.within(request.actor, _region(request, under).id) if under else None
    chosen = sorted(
        code
        for code, own in codes.iter_rows()
        if (not level or own == LEVELS[level]) and (held is None or code in held)
    )
    shown = page(chosen, key=str, cursor=cursor, limit=limit)
    known = queries.named(request.actor, shown.items)
    return Page([_flat(known[code]) for code in shown.items], shown.next)


@reads(router, "/search", right=READ, response=list[FoundOut])
def search_regions(
    request: Asking,
    q: Text = Query(..., min_length=1, description="Nama atau kode, ejaan boleh keliru."),
    under: Text = Query("", description="Kode wilayah yang melingkupi."),
    limit: int = Query(10, ge=1, le=MOST_FOUND),
) -> list[dict[str, object]]:
    """Cari wilayah menurut nama atau kode, yang paling mirip dahulu."""
    inside = _region(request, under).code if under else None
    return [_found(one) for one in queries.find(request.actor, q, limit=limit, under=inside)]


@reads(router, "/{code}", right=READ, response=RegionWhole)
def show_region(request: Asking, code: Text) -> dict[str, object]:
    """Satu wilayah dengan induk dan kodenya. Kode lama juga dikenal."""
    region = _region(request, code)
    return {
        **_flat(region),
        "parents": [_flat(one) for one in queries.ancestors(request.actor, region.id)],
        "codes": _codes(request, region),
    }


@reads(router, "/{code}/children", right=READ, response=Paged[RegionOut])
def list_children(
    request: Asking, code: Text, cursor: Cursor = "", limit: Limit = 100
) -> Page[dict[str, object]]:
    """Wilayah tepat di bawah sebuah wilayah, menurut kode."""
    rows = queries.children(request.actor, _region(request, code).id)
    shown = page(rows, key=lambda one: one.code, cursor=cursor, limit=limit)
    return Page([_flat(one) for one in shown.items], shown.next)


@reads(router, "/{code}/history", right=READ, response=HistoryOut)
def region_history(request: Asking, code: Text) -> dict[str, object]:
    """Riwayat sebuah wilayah: kodenya menurut tiap skema, pemekaran, penggabungan, perpindahan."""
    region = _region(request, code)
    events = queries.history(request.actor, region.id)
    return {
        "region": _flat(region),
        "codes": _codes(request, region),
        "events": [_event(one) for one in events],
    }


def _region(request: Asking, code: str) -> Region:
    """Find a region by a code of today or earlier; a bare code that may mean two is asked back."""
    doubt = queries.ambiguity(request.actor, code) if "." not in code else None
    if doubt is not None:
        raise refused(doubt)
    region = queries.resolve(request.actor, code)
    if region is None:
        found = queries.meanings(request.actor, code)
        if not found:
            raise missing("Wilayah", code)
        region = found[0].region
    return region


def _flat(region: Region) -> dict[str, object]:
    return {
        "uid": region.uid,
        "code": region.code,
        "scheme": region.scheme,
        "name": region.name,
        "full_name": region.full_name,
        "level": region.level.label,
        "kind": region.kind.value,
        "latitude": region.latitude,
        "longitude": region.longitude,
        "valid_from": region.valid_from,
        "valid_to": region.valid_to,
    }


def _found(one: Candidate) -> dict[str, object]:
    parents = [_flat(parent) for parent in one.parents]
    return {"score": one.score, "region": _flat(one.region), "parents": parents}


def _codes(request: Asking, region: Region) -> list[Meaning]:
    return list(queries.codes_of(request.actor, region.id))


def _event(one: Event) -> dict[str, object]:
    return {
        "day": one.day,
        "kind": one.kind.value,
        "old": one.old and one.old.code,
        "new": one.new.code,
        "share": str(one.share),
        "share_back": str(one.share_back),
        "before": one.before,
        "after": one.after,
        "basis": one.basis,
    }
