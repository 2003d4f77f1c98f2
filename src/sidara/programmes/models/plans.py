"""Plans with their editions, goal trees and lines, and the files that brought lines in."""

from uuid import uuid4

from django.db import models

from sidara.programmes.core import Edition, GoalKind, GoalTie, Government, Level, PlanKind
from sidara.programmes.core.listed import Tied
from sidara.programmes.core.plan_kinds import PlanStanding


class Plan(models.Model):
    """A plan document of an owner with its years; `area` is the province, kabupaten or village it is for.

    `agency` is the perangkat daerah, ministry or company as written, empty where all the government owns it;
    `sector` the sector whose people plan for it. `revision` counts the changes of its head and editions.
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    kind = models.CharField(max_length=24, choices=[(one.value, one.name) for one in PlanKind])
    level = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Level])
    area = models.ForeignKey("regions.Region", models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=300)
    year_from = models.SmallIntegerField()
    year_to = models.SmallIntegerField()
    revision = models.IntegerField(default=1)
    is_simulated = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        """One document of a kind for an owner and its years."""

        ordering = ("year_from", "kind", "agency", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "level", "area", "agency", "year_from", "year_to", "is_simulated"),
                name="plan_once",
            ),
            models.UniqueConstraint(
                fields=("kind", "level", "agency", "year_from", "year_to", "is_simulated"),
                condition=models.Q(area__isnull=True),
                name="plan_once_country",
            ),
            models.CheckConstraint(condition=models.Q(year_to__gte=models.F("year_from")), name="plan_years"),
        )

    def as_standing(self) -> PlanStanding:
        """Give where the plan stands among all, as the core's word."""
        return PlanStanding(
            uid=str(self.uid),
            kind=PlanKind(self.kind),
            level=Level(self.level),
            area=self.area.code if self.area else "",
            year_from=self.year_from,
            year_to=self.year_to,
        )


class PlanEdition(models.Model):
    """A text of a plan: the original one or a change, with the day on which it was established."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions")
    edition = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Edition])
    number = models.SmallIntegerField()
    document = models.CharField(max_length=200, blank=True)
    established_date = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        """Numbered within the plan; 1 is the original one."""

        ordering = ("plan", "number")
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="plan_edition_once"),)


class Goal(models.Model):
    """A goal of a plan, below another one of it; `priority` names whose priority it is, if any."""

    uid = models.UUIDField(unique=True, default=uuid4)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=20, choices=[(one.value, one.name) for one in GoalKind])
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=500)
    is_priority = models.BooleanField(default=False)
    priority = models.CharField(max_length=200, blank=True)
    valid_from = models.SmallIntegerField()
    valid_to = models.SmallIntegerField()
    place = models.IntegerField(default=0)
    revision = models.IntegerField(default=1)

    class Meta:
        """As laid out in the document."""

        ordering = ("plan", "place", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "code"), condition=~models.Q(code=""), name="goal_code_once"
            ),
        )

    def as_tied(self, tie: GoalTie = GoalTie.SUPPORTS) -> Tied:
        """Give it as the other end of a tie, with its plan."""
        return Tied(
            uid=self.uid,
            tie=tie,
            kind=GoalKind(self.kind),
            name=self.name,
            plan=self.plan.uid,
            plan_kind=PlanKind(self.plan.kind),
            plan_title=self.plan.title,
            level=Level(self.plan.level),
        )


class GoalIndicator(models.Model):
    """An indicator of a goal; its baseline and targets are cells of the plan's data sets, not stored here.

    `indicator` is a code of the dictionary, of an index, or empty where the document has words only.
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="indicators")
    indicator = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=500)
    unit = models.CharField(max_length=64, blank=True)
    direction = models.CharField(max_length=8, blank=True)
    baseline_year = models.SmallIntegerField(null=True)

    class Meta:
        """Once for each goal."""

        constraints = (models.UniqueConstraint(fields=("goal", "name"), name="goal_indicator_once"),)


class GoalLink(models.Model):
    """The lower goal follows the upper one of another plan."""

    lower = models.ForeignKey(Goal, models.PROTECT, related_name="upward")
    upper = models.ForeignKey(Goal, models.PROTECT, related_name="downward")
    tie = models.CharField(max_length=12, choices=[(one.value, one.name) for one in GoalTie])

    class Meta:
        """Once for each pair."""

        constraints = (models.UniqueConstraint(fields=("lower", "upper"), name="goal_link_once"),)


class PlanImport(models.Model):
    """A file of plan lines or activities that was brought in, with its account of rows. Append-only.

    `level` and `area` (dotted code of that day) are those of the owner.
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    table = models.CharField(max_length=24)
    level = models.CharField(
        max_length=12, blank=True, db_default="", choices=[(one.value, one.name) for one in Level]
    )
    area = models.CharField(max_length=20, blank=True, db_default="")
    file = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    asked = models.JSONField(default=dict)
    sent = models.IntegerField()
    created = models.IntegerField()
    updated = models.IntegerField()
    unchanged = models.IntegerField()
    conflicting = models.IntegerField()
    rejected = models.IntegerField()
    account = models.JSONField(default=dict)
    is_simulated = models.BooleanField(default=False)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        """The parts add up to what was sent."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    sent=models.F("created")
                    + models.F("updated")
                    + models.F("unchanged")
                    + models.F("conflicting")
                    + models.F("rejected")
                ),
                name="plan_import_adds_up",
            ),
        )


class PlanLine(models.Model):
    """A line of a plan; `revised` figures are those of the last change, empty where none was made.

    `key` identifies the line within plan and year. `code` is normal, `code_as_written` what the document
    says; `nomenclature` names the version of the list. `agency` is whose line it is in a document of many.
    `more` keeps columns that no table knows.
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    key = models.CharField(max_length=64)
    year = models.SmallIntegerField()
    government = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Government])
    code = models.CharField(max_length=24, blank=True)
    code_as_written = models.CharField(max_length=100, blank=True)
    nomenclature = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=1000)
    agency = models.CharField(max_length=200, blank=True)
    activity_kind = models.CharField(max_length=12, blank=True)
    indicator = models.CharField(max_length=1000, blank=True)
    unit_as_written = models.CharField(max_length=100, blank=True)
    direction = models.CharField(max_length=8, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    target_revised = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    ceiling_original = models.BigIntegerField(null=True)
    ceiling_revised = models.BigIntegerField(null=True)
    fund_source = models.CharField(max_length=12, blank=True)
    account = models.CharField(max_length=24, blank=True)
    tags = models.JSONField(default=list)
    place = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    minutes = models.CharField(max_length=200, blank=True)
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="lines")
    goal_as_written = models.CharField(max_length=500, blank=True)
    more = models.JSONField(default=dict)
    source = models.ForeignKey(PlanImport, models.PROTECT, null=True, related_name="lines")
    is_removed = models.BooleanField(default=False)
    revision = models.IntegerField(default=1)

    class Meta:
        """Once for each plan, year and key; asked for by year and code."""

        ordering = ("plan", "year", "code", "id")
        constraints = (models.UniqueConstraint(fields=("plan", "year", "key"), name="plan_line_once"),)
        indexes = (models.Index(fields=("year", "government", "code"), name="plan_line_code"),)
