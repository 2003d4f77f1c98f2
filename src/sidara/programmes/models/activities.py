"""Activities with villages, outputs, goals and gaps; villages that were chosen as targets."""

from uuid import uuid4

from django.db import models

from sidara.programmes.core import Government, Level, Stage
from sidara.programmes.models.plans import Goal, PlanImport, PlanLine


class TargetList(models.Model):
    """Villages chosen for something, kept with the data of the day on which they were chosen.

    `rule` is what was asked (filter, formula, list), `basis` what it read (data sets, versions, as-of).
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    name = models.CharField(max_length=200)
    area = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    rule = models.JSONField(default=dict)
    basis = models.JSONField(default=dict)
    as_of_date = models.DateField()
    is_simulated = models.BooleanField(default=False)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-id",)


class TargetVillage(models.Model):
    """A village of a target list with its place and the figures that chose it, as they were."""

    target_list = models.ForeignKey(TargetList, models.PROTECT, related_name="villages")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    rank = models.IntegerField()
    figures = models.JSONField(default=dict)

    class Meta:
        """In the order of the list, each village once."""

        ordering = ("target_list", "rank")
        constraints = (models.UniqueConstraint(fields=("target_list", "region"), name="target_village_once"),)


class Activity(models.Model):
    """What a level does in villages in a year: kind, code, money, time, goals, villages.

    `key` identifies it within owner, year and source table. `phases` are words of `activity_kinds.yaml`.
    `co_financing` names a group that pays together on purpose. `sector`: whose people plan it, empty = all.
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    key = models.CharField(max_length=64)
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, related_name="activities")
    level = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Level])
    area = models.ForeignKey("regions.Region", models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=200)
    sector = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=1000)
    activity_kind = models.CharField(max_length=12)
    government = models.CharField(
        max_length=16, blank=True, choices=[(one.value, one.name) for one in Government]
    )
    code = models.CharField(max_length=24, blank=True)
    nomenclature = models.CharField(max_length=40, blank=True)
    central_programme = models.CharField(max_length=24, blank=True)
    year = models.SmallIntegerField()
    fund_source = models.CharField(max_length=12)
    budget_idr = models.BigIntegerField(null=True)
    phases = models.JSONField(default=list)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    co_financing = models.CharField(max_length=40, blank=True)
    tags = models.JSONField(default=list)
    beneficiaries = models.CharField(max_length=300, blank=True)
    beneficiary_count = models.IntegerField(null=True)
    method = models.CharField(max_length=40, blank=True)
    executor = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    more = models.JSONField(default=dict)
    stage = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in Stage], default=Stage.DRAFT.value
    )
    is_whole_area = models.BooleanField(default=False)
    target_list = models.ForeignKey(TargetList, models.PROTECT, null=True, related_name="activities")
    source = models.ForeignKey(PlanImport, models.PROTECT, null=True, related_name="activities")
    revision = models.IntegerField(default=1)
    is_simulated = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        """Once for each key; asked for by year and kind."""

        ordering = ("year", "activity_kind", "id")
        verbose_name_plural = "activities"
        constraints = (
            models.UniqueConstraint(fields=("key", "is_simulated"), name="activity_once"),
            models.CheckConstraint(
                condition=models.Q(budget_idr__isnull=True) | models.Q(budget_idr__gte=0),
                name="activity_budget",
            ),
        )
        indexes = (models.Index(fields=("is_simulated", "year", "activity_kind"), name="activity_kind_year"),)


class ActivityVillage(models.Model):
    """A village in which an activity is done, and the place below it (hamlet, RT) where one is named."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="villages")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    place = models.CharField(max_length=300, blank=True)

    class Meta:
        """Each village once for an activity."""

        constraints = (models.UniqueConstraint(fields=("activity", "region"), name="activity_village_once"),)


class ActivityOutput(models.Model):
    """What an activity is to bring forth: indicator, unit, target of the year and up to each quarter."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="outputs")
    indicator = models.CharField(max_length=1000)
    unit = models.CharField(max_length=100, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    quarters = models.JSONField(default=list)

    class Meta:
        """Each indicator once for an activity."""

        constraints = (
            models.UniqueConstraint(fields=("activity", "indicator"), name="activity_output_once"),
        )


class ActivityGoal(models.Model):
    """A goal that an activity supports."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="goals")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="activities")

    class Meta:
        """Each goal once for an activity."""

        constraints = (models.UniqueConstraint(fields=("activity", "goal"), name="activity_goal_once"),)


class ActivityGap(models.Model):
    """A gap that an activity addresses: an item of an index, or an indicator (`index` empty)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="gaps")
    index = models.CharField(max_length=24, blank=True)
    item = models.CharField(max_length=64)

    class Meta:
        """Each gap once for an activity."""

        constraints = (
            models.UniqueConstraint(fields=("activity", "index", "item"), name="activity_gap_once"),
        )
