"""What a code means: in one scheme on one day, or in all schemes; never silently in the wrong one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from django.db.models import F, Q

from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.prepared import Prepared, slot
from sidara.regions import models
from sidara.regions.core import EXAMPLE, KEMENDAGRI, Meaning, Region, bare, dotted, is_example, scheme_label

READ = "regions.read"
PUBLIC_KEYS = frozenset({KEMENDAGRI, EXAMPLE})
"""The schemes of public keys; no code is one of both."""
SPANS = pl.Schema(
    {"code": pl.String(), "region_id": pl.Int64(), "valid_from": pl.Date(), "valid_to": pl.Date()}
)

_NEWEST = F("valid_from").desc(nulls_last=True)
_OWN = ("scheme", "code", "valid_from", "valid_to")
_REGION = (
    *("id", "uid", "code", "name", "level", "kind", "parent_id"),
    *("latitude", "longitude", "valid_from", "valid_to", "scheme"),
)
_TODAY = Prepared(
    lambda: (
        models.RegionCode.objects.filter(
            valid_to=None, scheme=slot(models.RegionCode, "scheme"), code=slot(models.RegionCode, "code")
        )
        .order_by(_NEWEST)
        .values_list(*_OWN, *(f"region__{name}" for name in _REGION))[:1]
    )
)
"""What a code of a scheme means today: every save asks it."""


def resolve(actor: Actor, code: str, *, on: date | None = None, scheme: str | None = None) -> Region | None:
    """Find the region that a code means on one day; `None` when it means none, or not surely one.

    Without `on` the codes open today count. With `scheme` the code is looked up in that scheme only. Without
    it a code is a Kemendagri code of any level, or that of an example village, but a bare one (`6201062001`)
    that is the code of another region in another scheme is not resolved: `ambiguity` says what it may mean.
    Dots state the scheme.
    """
    require(actor, READ)
    if scheme is None and "." not in code and ambiguity(actor, code, on=on) is not None:
        return None
    found = _meaning(code, scheme, on)
    return None if found is None else found.region


def meanings(actor: Actor, text: str, *, on: date | None = None) -> tuple[Meaning, ...]:
    """Give all that a code means, Kemendagri first, a region once; a code that was valid earlier as well.

    What is valid on the day (today without `on`) goes before what was: an old code still leads somewhere.
    """
    require(actor, READ)
    if not text.isprintable():  # in no code, and PostgreSQL takes no NUL even in a question
        return ()
    code = dotted(text)
    asked = Q(code=text.strip()) & ~Q(scheme=KEMENDAGRI)
    if code is not None:
        asked |= Q(code=code, scheme__in=PUBLIC_KEYS) | (Q(code=bare(code)) & ~Q(scheme=KEMENDAGRI))
    rows = models.RegionCode.objects.filter(asked).select_related("region")
    now = sorted((_of(row) for row in rows.filter(_valid(on))), key=_rank)
    then = [] if now else sorted((_of(row) for row in rows), key=lambda one: one.valid_to or date.max)[-1:]
    return tuple({one.region.id: one for one in reversed([*now, *then])}.values())[::-1]


def went_on(actor: Actor, code: str) -> Region | None:
    """Find the region that bore a code last, if it lives on under another one and nobody bears it now."""
    if resolve(actor, code) is not None:
        return None
    for one in meanings(actor, code):
        if one.scheme in PUBLIC_KEYS and one.valid_to is not None and one.region.valid_to is None:
            return one.region
    return None


def ambiguity(actor: Actor, text: str, *, on: date | None = None) -> Finding | None:
    """Say what a code without a scheme may mean, when that is more than one region; else `None`."""
    found = meanings(actor, text, on=on)
    if len(found) < 2:
        return None
    words = " atau ".join(f"{one.region.full_name} ({scheme_label(one.scheme)})" for one in found)
    own = next((one.code for one in found if one.scheme == KEMENDAGRI), None)
    remedy = f"Bila yang dimaksud kode Kemendagri, tulislah bertitik: {own}. " if own else ""
    return Finding(
        "CODE_AMBIGUOUS",
        f"Kode {text.strip()} dapat berarti {words}.",
        remedy + "Bila kode BPS, ubahlah dahulu menjadi kode Kemendagri.",
        value=text.strip(),
    )


def _valid(on: date | None) -> Q:
    if on is None:
        return Q(valid_to=None)
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))


def _of(row: models.RegionCode) -> Meaning:
    return Meaning(row.scheme, row.code, row.region.as_word(), row.valid_from, row.valid_to)


def _rank(one: Meaning) -> tuple[bool, str]:
    return one.scheme != KEMENDAGRI, one.scheme


def _meaning(code: str, scheme: str | None, on: date | None) -> Meaning | None:
    text = dotted(code) if scheme is None or scheme in PUBLIC_KEYS else code.strip()
    if text is None or not text.isprintable():
        return None
    scheme = scheme or (EXAMPLE if is_example(text) else KEMENDAGRI)
    if on is None:
        row = _TODAY.first(scheme=scheme, code=text)
        return None if row is None else _read(row)
    rows = models.RegionCode.objects.filter(_valid(on), scheme=scheme, code=text)
    match = rows.select_related("region").order_by(_NEWEST).first()
    return None if match is None else _of(match)


def _read(row: tuple[Any, ...]) -> Meaning:
    """Read a row of `_TODAY`."""
    own, fields = row[: len(_OWN)], row[len(_OWN) :]
    region = models.Region(**dict(zip(_REGION, fields, strict=True))).as_word()
    return Meaning(own[0], own[1], region, own[2], own[3])


def codes_of(actor: Actor, region_id: int) -> tuple[Meaning, ...]:
    """Give all codes that a region has and had, by scheme, the newest first."""
    require(actor, READ)
    rows = models.RegionCode.objects.filter(region_id=region_id).select_related("region")
    found = sorted((_of(row) for row in rows), key=lambda one: one.valid_to or date.max, reverse=True)
    return tuple(sorted(found, key=_rank))


def schemes(actor: Actor) -> Mapping[str, int]:
    """Give the schemes with the number of their open codes, Kemendagri first; codes of examples are none."""
    require(actor, READ)
    found: dict[str, int] = {}
    rows = models.RegionCode.objects.filter(valid_to=None).exclude(scheme=EXAMPLE).order_by("scheme", "id")
    for scheme in rows.values_list("scheme", flat=True):
        found[scheme] = found.get(scheme, 0) + 1
    return dict(sorted(found.items(), key=lambda one: (one[0] != KEMENDAGRI, one[0])))


def spans(actor: Actor, *, scheme: str = KEMENDAGRI) -> pl.DataFrame:
    """Give all codes of a scheme with their regions and days: code, region_id, valid_from, valid_to."""
    require(actor, READ)
    rows = models.RegionCode.objects.filter(scheme=scheme).order_by("code", "id")
    return pl.DataFrame(list(rows.values_list(*SPANS)), schema=SPANS, orient="row")


def codes_to_review(actor: Actor, scheme: str | None = None) -> list[dict[str, Any]]:
    """List the codes that a person should look at, with the region that was found by likeness, if any."""
    require(actor, READ)
    rows = models.CodeToReview.objects.all()
    if scheme is not None:
        rows = rows.filter(scheme=scheme)
    names = ("scheme", "code", "name", "place", "region__code", "region__name", "reason")
    keys = ("skema", "kode", "nama", "wilayah", "kode_kemendagri", "nama_kemendagri", "alasan")
    return [dict(zip(keys, row, strict=True)) for row in rows.values_list(*names)]
