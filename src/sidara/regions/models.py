"""Tables of the register: regions, their codes and states through time, successions, versions."""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Substr
from django.db.models.lookups import Exact

from sidara.regions import core
from sidara.regions.core import EXAMPLE, KEMENDAGRI, Change, Condition, Connection, Difficulty, Kind, Level
from sidara.regions.core.code import EXAMPLE_FIGURE

BATCH = 2_000

__all__ = [
    "KEMENDAGRI",
    "CodeToReview",
    "Region",
    "RegionCode",
    "RegionCondition",
    "RegionPast",
    "RegionRecord",
    "RegisterVersion",
    "Succession",
]


_EXAMPLES_CODE = Q(Exact(Substr(F("code"), 10, 1), Value(EXAMPLE_FIGURE)))
"""Whether a public key is that of an example village: `core.is_example`, as the records keep it."""


class Regions(models.QuerySet["Region"]):
    """Regions, and who of them are real: the one place where examples are told from the others."""

    def real(self) -> "Regions":
        """Leave out the example villages."""
        return self.exclude(scheme=EXAMPLE)

    def examples(self) -> "Regions":
        """Give the example villages only."""
        return self.filter(scheme=EXAMPLE)


class Region(models.Model):
    """One area. `code` is its public key today, of an ended one its last; keys are made from the name.

    `valid_from` and `valid_to` are days, inclusive; empty = since ever, still valid. `recorded_at`: when the
    succession was recorded that made the region; empty = a load brought it. `scheme` is that of `code`.
    """

    uid = models.CharField(max_length=11, unique=True)
    code = models.CharField(max_length=32)
    scheme = models.CharField(max_length=32, default=KEMENDAGRI)
    name = models.CharField(max_length=200)
    level = models.SmallIntegerField(choices=[(level.value, level.name) for level in Level])
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.label) for kind in Kind])
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    sort_key = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)

    objects = Regions.as_manager()

    class Meta:
        """By code, one valid region a code; a province has no parent, others have one; a point is whole."""

        ordering = ("code", "id")
        constraints = (
            models.UniqueConstraint(fields=("code",), condition=Q(valid_to=None), name="region_code_valid"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="region_span",
            ),
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | Q(level__in=(2, 3, 4), parent__isnull=False),
                name="region_parent",
            ),
            models.CheckConstraint(
                condition=Q(level=1, kind="provinsi")
                | Q(level=2, kind__in=("kabupaten", "kota"))
                | Q(level=3, kind="kecamatan")
                | Q(level=4, kind__in=("desa", "kelurahan", "desa_adat")),
                name="region_kind",
            ),
            models.CheckConstraint(
                condition=Q(scheme=KEMENDAGRI) & ~_EXAMPLES_CODE
                | Q(scheme=EXAMPLE, level=4, kind="desa") & _EXAMPLES_CODE,
                name="region_scheme",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="region_point",
            ),
        )
        indexes = (
            models.Index(fields=("level", "code"), name="region_level_code"),
            models.Index(fields=("code",), name="region_code"),
        )

    def as_word(self) -> core.Region:
        """Give the row as the core's word."""
        return core.Region(
            id=self.pk,
            uid=self.uid,
            code=self.code,
            name=self.name,
            level=Level(self.level),
            kind=Kind(self.kind),
            parent_id=self.parent_id,
            latitude=self.latitude,
            longitude=self.longitude,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            scheme=self.scheme,
        )


class RegionCode(models.Model):
    """A code of a region in a scheme. `valid_from` and `valid_to` are days, inclusive; empty = open."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=32)
    code = models.CharField(max_length=32)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        """One open code a region and scheme, and one region an open code."""

        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "code"), condition=Q(valid_to=None), name="region_code_open"
            ),
            models.UniqueConstraint(
                fields=("region", "scheme"), condition=Q(valid_to=None), name="region_code_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="region_code_span",
            ),
            models.CheckConstraint(
                condition=(~Q(scheme=KEMENDAGRI) | ~_EXAMPLES_CODE) & (~Q(scheme=EXAMPLE) | _EXAMPLES_CODE),
                name="region_code_scheme",
            ),
        )
        indexes = (models.Index(fields=("scheme", "code"), name="region_code_lookup"),)


class RegionPast(models.Model):
    """What a region was otherwise until a day, inclusive; an empty attribute was as it is later."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="past")
    valid_to = models.DateField()
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, blank=True, choices=[(kind.value, kind.label) for kind in Kind])
    parent = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        """The first to end first."""

        ordering = ("region", "valid_to", "id")


class RegionRecord(models.Model):
    """What the register held of a region until a moment, when a succession that was recorded changed it.

    `valid_to` and the others are days of the region, `recorded_to` is the moment from which it is held
    otherwise. With it the areas can be told as they were known on an earlier day.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="records")
    recorded_to = models.DateTimeField()
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.label) for kind in Kind])
    parent = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        """The first to be superseded first."""

        ordering = ("recorded_to", "id")


class Succession(models.Model):
    """One link of the lineage (see `core.lineage`). Shares are fractions as text; never changed.

    `before` and `after` are the words of the history (name, code or parent); `basis` the legal basis.
    """

    old = models.ForeignKey(Region, models.PROTECT, null=True, related_name="successors")
    new = models.ForeignKey(Region, models.PROTECT, related_name="predecessors")
    day = models.DateField()
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.label) for kind in Change])
    share = models.CharField(max_length=64)
    share_back = models.CharField(max_length=64)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order of days; a link once."""

        ordering = ("day", "id")
        constraints = (models.UniqueConstraint(fields=("old", "new", "day", "kind"), name="succession_once"),)


class RegionCondition(models.Model):
    """What somebody stated of a village's conditions since a day; an empty part says nothing. Only grows."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="conditions")
    difficulty = models.CharField(
        max_length=16, blank=True, choices=[(one.value, one.label) for one in Difficulty]
    )
    connection = models.CharField(
        max_length=16, blank=True, choices=[(one.value, one.label) for one in Connection]
    )
    valid_from = models.DateField()
    source = models.CharField(max_length=300)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        """What was stated later holds."""

        ordering = ("region", "valid_from", "id")

    def as_word(self) -> Condition:
        """Give the row as the core's word."""
        return Condition(
            Difficulty(self.difficulty) if self.difficulty else None,
            Connection(self.connection) if self.connection else None,
            self.valid_from,
            self.source,
        )


class CodeToReview(models.Model):
    """A code of a scheme that a person should look at: no region found, or one found by likeness only."""

    scheme = models.CharField(max_length=32)
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=64)

    class Meta:
        """By scheme and code."""

        ordering = ("scheme", "code", "id")


class RegisterVersion(models.Model):
    """What the register held after a change: hash of its content, when, from which source."""

    version = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    source = models.CharField(max_length=200)

    class Meta:
        """Newest last."""

        ordering = ("id",)

    @classmethod
    def mark(cls, moment: datetime, source: str) -> None:
        """Write the version of what the register holds: a hash over regions, codes, history, successions."""
        digest = hashlib.sha256()
        for table in (Region, RegionCode, RegionPast, RegionRecord, Succession):
            for line in table.objects.order_by("pk").values_list().iterator(chunk_size=BATCH):
                digest.update(repr(line).encode())
        cls.objects.create(version=digest.hexdigest()[:16], made_at=moment, source=source)


class BoundaryLayer(models.Model):
    """Boundaries that were loaded from one file; the polygons lie in the folder named by `key`.

    `date` is the day of the data, empty where the source tells none. One layer is current, older ones stay.
    """

    key = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    data_date = models.DateField(null=True)
    file = models.CharField(max_length=200)
    provinces = models.CharField(max_length=200)
    matched = models.IntegerField()
    missing = models.IntegerField()
    extra = models.IntegerField()
    area_percent = models.FloatField()
    loaded_at = models.DateTimeField()
    is_current = models.BooleanField()

    class Meta:
        """Newest last; at most one is current."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("is_current",), condition=Q(is_current=True), name="boundary_layer_current"
            ),
        )
