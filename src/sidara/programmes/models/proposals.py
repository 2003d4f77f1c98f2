"""Proposals of villages (usulan) and what became of them."""

from uuid import uuid4

from django.db import models

from sidara.programmes.core import Decision, Fate, FateSource, Level
from sidara.programmes.models.activities import Activity
from sidara.programmes.models.plans import PlanImport, PlanLine


class Proposal(models.Model):
    """What a village asks a level to do, out of its list of proposals or a file of an outside meeting.

    `row` is the row of the list `usulan` in `collection` (empty: a file brought it), `meeting_date` USL_015.
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    key = models.CharField(max_length=64)
    row = models.CharField(max_length=36, blank=True)
    document = models.CharField(max_length=100)
    year = models.SmallIntegerField()
    village = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    activity_kind = models.CharField(max_length=12, blank=True)
    village_code = models.CharField(max_length=12, blank=True)
    level_asked = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Level])
    agency_asked = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=300, blank=True)
    volume = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    unit = models.CharField(max_length=100, blank=True)
    budget_idr = models.BigIntegerField(null=True)
    rank = models.IntegerField(null=True)
    beneficiaries = models.CharField(max_length=300, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    meeting_date = models.DateField(null=True)
    decision = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in Decision], default=Decision.OPEN.value
    )
    reason = models.TextField(blank=True)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="proposals")
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, related_name="proposals")
    linked_code = models.CharField(max_length=24, blank=True)
    more = models.JSONField(default=dict)
    source = models.ForeignKey(PlanImport, models.PROTECT, null=True, related_name="proposals")
    is_simulated = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        """Once for each key; asked for by village and year."""

        ordering = ("year", "village", "rank", "id")
        constraints = (models.UniqueConstraint(fields=("key", "is_simulated"), name="proposal_once"),)
        indexes = (models.Index(fields=("village", "year"), name="proposal_village"),)


class ProposalFate(models.Model):
    """What became of a proposal on a day; the first that is not `DICATAT` ends the wait. Append-only."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="fates")
    fate = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Fate])
    recorded_date = models.DateField()
    reason = models.TextField(blank=True)
    source = models.CharField(max_length=24, choices=[(one.value, one.name) for one in FateSource])
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta:
        """In the order in which they were recorded; out of the village's list each once a day.

        A level may decide one thing twice on a day, with another decision between.
        """

        ordering = ("proposal", "recorded_date", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "fate", "recorded_date"),
                condition=models.Q(source=FateSource.LIST.value),
                name="proposal_fate_listed_once",
            ),
        )
