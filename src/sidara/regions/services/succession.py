"""Import of a succession file: planned by the core, stored whole or not at all."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from itertools import batched
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
from django.db.models import F

from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock, local_date
from sidara.kernel.finding import Finding, Place, Severity
from sidara.records.writing import writing
from sidara.regions import queries
from sidara.regions.core import KEMENDAGRI, Kind, Level, above, naming, scheme_label, uid
from sidara.regions.core.lineage import DAY
from sidara.regions.core.past import Known, Past, Span
from sidara.regions.core.planning import plan
from sidara.regions.core.succession import Plan, Told
from sidara.regions.formats import content, succession_file
from sidara.regions.models import (
    Region,
    RegionCode,
    RegionPast,
    RegionRecord,
    RegisterVersion,
    Succession,
)

IMPORT = "regions.import_succession"
BATCH = 500


@dataclass(frozen=True, slots=True)
class SuccessionAccount:
    """What came of a file: lines `read` = `created` + `unchanged` + `rejected`; `kinds` counts the created.

    All or nothing: with an error nothing is stored, and every line that would have been counts as rejected.
    """

    read: int = 0
    created: int = 0
    unchanged: int = 0
    made: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    is_stored: bool = False

    @property
    def rejected(self) -> int:
        """Lines that are not in the register after the import."""
        return self.read - self.created - self.unchanged

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be stored."""
        return any(one.severity is Severity.ERROR for one in self.findings)


def import_succession(  # noqa: PLR0913 - each part has its own name
    actor: Actor,
    *,
    source: Path | BinaryIO,
    scheme: str,
    clock: Clock,
    format: str | None = None,  # noqa: A002 - the word of the command line
    sheet: str | None = None,
    dry_run: bool = False,
) -> SuccessionAccount:
    """Import a file of successions (see `formats.succession_file`), whole or not at all.

    `scheme` must be said and be `kemendagri`. The same file again changes nothing. `dry_run` gives the same
    account and stores nothing. Refuses (`NotAllowed`) who may not.
    """
    require(actor, IMPORT)
    if scheme.strip() != KEMENDAGRI:
        return SuccessionAccount(findings=(_other_scheme(scheme),))
    lines = succession_file.read(source, format=format, sheet=sheet)
    if any(one.severity is Severity.ERROR for one in lines.findings):
        return SuccessionAccount(lines.read, findings=lines.findings)
    named = [(one.line, code or "", name or "") for one in lines.told for code, name in _names(one)]
    if doubt := queries.doubt_of_names(actor, named, is_past=True):
        return SuccessionAccount(lines.read, findings=(*lines.findings, doubt))
    with writing():
        held = queries.lineage(actor).successions
        found = plan(lines.told, _known(lines.told), held, today=local_date(clock()))
        faults = found.findings or (*_left_below(found), *_codes_of_later(found))
        if faults:
            return SuccessionAccount(lines.read, findings=(*lines.findings, *faults))
        kinds = Counter(one.succession.kind.value for one in found.successions)
        is_stored = bool(found.successions) and not dry_run
        if is_stored:
            name = source.name if isinstance(source, Path) else ""
            _store(found, name, clock())
            RegisterVersion.mark(clock(), f"succession {name}".strip())
    return SuccessionAccount(
        lines.read,
        len(found.successions),
        found.unchanged,
        len(found.made),
        kinds,
        lines.findings,
        is_stored,
    )


def _names(one: Told) -> tuple[tuple[str | None, str | None], ...]:
    return (one.old_code, one.old_name), (one.new_code, one.new_name)


def _other_scheme(scheme: str) -> Finding:
    return Finding(
        "SCHEME_WRONG",
        f"Skema kode {scheme or '(kosong)'} tidak dapat dipakai untuk perubahan wilayah.",
        f"Perubahan wilayah ditulis dengan kode Kemendagri: --scheme {KEMENDAGRI}.",
        place=Place(column="scheme"),
        value=scheme,
    )


def _known(told: Iterable[Told]) -> list[Known]:
    """Read what the register knows of the areas that a file names, and of those above them."""
    codes = {
        code
        for one in told
        for code in (one.old_code, one.new_code, one.old_parent, one.new_parent)
        if code is not None
    }
    codes |= {parent for code in codes if (parent := above(code)) is not None}
    ids: set[int] = set()
    for batch in batched(sorted(codes), BATCH):
        rows = RegionCode.objects.filter(scheme=KEMENDAGRI, code__in=batch)
        ids |= set(rows.values_list("region_id", flat=True))
    ids |= set(_parents(ids))
    return [_of(row) for batch in batched(sorted(ids), BATCH) for row in _rows(batch)]


def _parents(ids: Collection[int]) -> list[int]:
    found: list[int] = []
    for batch in batched(sorted(ids), BATCH):
        rows = Region.objects.filter(pk__in=batch, parent__isnull=False)
        found += rows.values_list("parent_id", flat=True)
    return found


def _rows(ids: tuple[int, ...]) -> Iterable[Region]:
    return Region.objects.filter(pk__in=ids).prefetch_related("codes", "past")


def _of(row: Region) -> Known:
    """Give a region with all its days."""
    return Known(
        id=row.pk,
        name=row.name,
        kind=Kind(row.kind),
        level=Level(row.level),
        parent=row.parent_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        spans=[
            Span(one.code, one.valid_from, one.valid_to, one.pk)
            for one in row.codes.all()
            if one.scheme == KEMENDAGRI
        ],
        past=[
            Past(one.valid_to, one.name or None, Kind(one.kind) if one.kind else None, one.parent_id)
            for one in row.past.all()
        ],
    )


def _ends(found: Plan) -> dict[int, tuple[Known, int]]:
    """Give the known regions that a plan ends, with the line that does it."""
    ended = {one.id: one for one in found.changed if one.valid_to is not None}
    lines: dict[int, int] = {}
    for one in found.successions:
        if one.succession.kind.is_structural and one.succession.old in ended:
            lines.setdefault(one.succession.old, one.line)
    return {region: (ended[region], line) for region, line in lines.items()}


def _left_below(found: Plan) -> Iterator[Finding]:
    """Tell the areas that end while others still lie in them: where those go is asked for, not guessed."""
    ends = _ends(found)
    moved = {one.id for one in found.changed if one.parent not in ends}
    below = (
        Region.objects.real().filter(parent_id__in=ends, valid_to=None).exclude(pk__in=moved | ends.keys())
    )
    counts = Counter(below.values_list("parent_id", flat=True))
    counts.update(one.parent for one in found.made if one.parent in ends and one.valid_to is None)
    for region, (ended, line) in ends.items():
        if counts[region]:
            yield Finding(
                "SUCCESSION_BELOW",
                f"{ended.name} ({ended.code}) berakhir, padahal masih berisi {counts[region]} wilayah.",
                "Tulis juga pindah_induk atau ganti_kode untuk tiap wilayah itu, pada tanggal yang sama.",
                place=Place(line=line, column="kode_lama"),
                value=ended.code,
            )


def _codes_of_later(found: Plan) -> Iterator[Finding]:
    """Tell the areas that end before one of their codes in another scheme begins."""
    ends = _ends(found)
    later = RegionCode.objects.filter(region_id__in=ends, valid_to=None).exclude(scheme=KEMENDAGRI)
    for code in later.filter(valid_from__isnull=False).order_by("region_id", "scheme"):
        ended, line = ends[code.region_id]
        if ended.valid_to is not None and code.valid_from is not None and code.valid_from > ended.valid_to:
            yield Finding(
                "SUCCESSION_CODE_LATER",
                f"{ended.name} berakhir {ended.valid_to.isoformat()}, padahal punya "
                f"{scheme_label(code.scheme)} {code.code} sejak {code.valid_from.isoformat()}.",
                "Periksa tanggal berakhirnya, atau tanggal mulai kode itu: sidara regions codes list.",
                place=Place(line=line, column="tanggal"),
                value=code.code,
            )


def _store(found: Plan, source: str, moment: datetime) -> None:
    """Write a plan: new regions first, then days, codes, pasts, successions."""
    keys = _keys({one.name for one in (*found.made, *found.changed)})
    _keep_records([one.id for one in found.changed], moment)
    for one in found.changed:
        _make_room(one)
    ids: dict[int, int] = {}
    for one in found.made:
        row = Region(uid=_uid(one), recorded_at=moment, **_fields(one, keys, ids))
        row.save()
        ids[one.id] = row.pk
    for one in found.changed:
        Region.objects.filter(pk=one.id).update(**_fields(one, keys, ids))
    for one in (*found.made, *found.changed):
        _store_codes(one, ids)
        _store_past(one, ids, moment)
    Succession.objects.bulk_create(
        Succession(
            old_id=_id_or_none(one.succession.old, ids),
            new_id=_id(one.succession.new, ids),
            day=one.succession.day,
            kind=one.succession.kind,
            share=str(one.succession.share),
            share_back=str(one.succession.share_back),
            before=one.before,
            after=one.after,
            basis=one.basis,
            source=source,
            recorded_at=moment,
        )
        for one in found.successions
    )
    _move_examples()


def _move_examples() -> None:
    """Let the example villages of kecamatan that ended lie in the area into which most of each went."""
    left = Region.objects.examples().filter(valid_to=None, parent__valid_to__isnull=False)
    for parent in Region.objects.filter(pk__in=left.values("parent_id")).order_by("pk"):
        heir = _heir(parent)
        while heir.valid_to is not None:
            heir = _heir(heir)
        left.filter(parent=parent).update(parent=heir)


def _heir(ended: Region) -> Region:
    """Give the area into which most of one went on the day after its last."""
    assert ended.valid_to is not None  # noqa: S101 - asked of what ended
    rows = Succession.objects.filter(old=ended, day=ended.valid_to + DAY).order_by("new__code", "pk")
    return max(rows.select_related("new"), key=lambda row: Fraction(row.share)).new


def _keep_records(regions: Iterable[int], moment: datetime) -> None:
    """Write down what the register holds of regions that are about to change."""
    fields = ("code", "name", "kind", "parent_id", "valid_from", "valid_to")
    for batch in batched(regions, BATCH):
        RegionRecord.objects.bulk_create(
            RegionRecord(recorded_to=moment, **row)
            for row in Region.objects.filter(pk__in=batch).values(*fields, region_id=F("pk"))
        )


def _id(region: int, ids: Mapping[int, int]) -> int:
    """Give the stored id of a region that was perhaps just made."""
    return ids.get(region, region)


def _id_or_none(region: int | None, ids: Mapping[int, int]) -> int | None:
    """Give the same where there may be none."""
    return None if region is None else _id(region, ids)


def _keys(names: Collection[str]) -> dict[str, tuple[str, str]]:
    """Make the sort and search key of names."""
    reading = content.reading()
    frame = pl.DataFrame({"name": sorted(names)}, schema={"name": pl.String}).with_columns(
        naming.sort_key(pl.col("name"), reading).alias("sort_key"),
        naming.search_key(pl.col("name"), reading).alias("search_key"),
    )
    return {name: (sort_key, search_key) for name, sort_key, search_key in frame.iter_rows()}


def _fields(one: Known, keys: Mapping[str, tuple[str, str]], ids: Mapping[int, int]) -> dict[str, Any]:
    """Give the columns of a region that a plan may change."""
    sort_key, search_key = keys[one.name]
    return {
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "kind": one.kind,
        "parent_id": _id_or_none(one.parent, ids),
        "sort_key": sort_key,
        "search_key": search_key,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
    }


def _uid(one: Known) -> str:
    """Make the outside id; where the first code was another region's first, its first day goes into it."""
    first = min(one.spans, key=lambda span: span.valid_from or span.valid_to or one.valid_to)  # type: ignore[arg-type,return-value]  # a made region has one span with a day
    plain = uid("region", first.code)
    if not Region.objects.filter(uid=plain).exists():
        return plain
    return uid("region", f"{first.code}@{first.valid_from or ''}/{first.valid_to or ''}")


def _make_room(one: Known) -> None:
    """Let codes go that end, before other regions take them; the region's own follows with its fields."""
    changed = Region.objects.filter(pk=one.id).exclude(code=one.code)
    changed.update(code=f"-{one.id}")
    Region.objects.filter(pk=one.id).update(valid_to=one.valid_to)
    for span in one.spans:
        if span.pk:
            days = {"valid_from": span.valid_from, "valid_to": span.valid_to}
            RegionCode.objects.filter(pk=span.pk).update(**days)
    if one.valid_to is not None:
        others = RegionCode.objects.filter(region_id=one.id, valid_to=None).exclude(scheme=KEMENDAGRI)
        others.update(valid_to=one.valid_to)


def _store_codes(one: Known, ids: Mapping[int, int]) -> None:
    """Write the codes that a plan adds to a region."""
    RegionCode.objects.bulk_create(
        RegionCode(
            region_id=_id(one.id, ids),
            scheme=KEMENDAGRI,
            code=span.code,
            valid_from=span.valid_from,
            valid_to=span.valid_to,
        )
        for span in one.spans
        if not span.pk
    )


def _store_past(one: Known, ids: Mapping[int, int], moment: datetime) -> None:
    """Write what a region was before, as far as it is not held."""
    region = _id(one.id, ids)
    held = {
        (past.valid_to, past.name, past.kind, past.parent_id)
        for past in RegionPast.objects.filter(region_id=region)
    }
    for past in one.past:
        row = (past.until, past.name or "", str(past.kind or ""), _id_or_none(past.parent, ids))
        if row not in held:
            RegionPast.objects.create(
                region_id=region,
                valid_to=row[0],
                name=row[1],
                kind=row[2],
                parent_id=row[3],
                recorded_at=moment,
            )
