"""Runs and findings of the alignment, and the events of everything that is planned."""

from uuid import uuid4

from django.db import models

from sidara.programmes.core import State


class AlignmentRun(models.Model):
    """A run of the checks over the plans of a year: what it read, what it found. Append-only."""

    number = models.BigIntegerField(primary_key=True)
    year = models.SmallIntegerField()
    area = models.ForeignKey("regions.Region", models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=100, blank=True)
    is_simulated = models.BooleanField(default=False)
    as_of_date = models.DateField()
    counts = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-number",)


class AlignmentFinding(models.Model):
    """A finding as it stands: found again by every run until its cause is gone.

    `key` is made of check and rows, so that the same finding keeps its state from run to run.
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    key = models.CharField(max_length=64)
    check_code = models.CharField(max_length=8)
    severity = models.CharField(max_length=16)
    year = models.SmallIntegerField()
    is_simulated = models.BooleanField(default=False)
    rows = models.JSONField(default=list)
    villages = models.JSONField(default=list)
    value = models.TextField(blank=True)
    amount_idr = models.BigIntegerField(null=True)
    message = models.TextField()
    remedy = models.TextField()
    owner = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey("regions.Region", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in State], default=State.OPEN.value
    )
    first_run = models.ForeignKey(AlignmentRun, models.PROTECT, related_name="first_found")
    last_run = models.ForeignKey(AlignmentRun, models.PROTECT, related_name="last_found")
    first_seen_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True)

    class Meta:
        """Once for each year; asked for by check and state."""

        ordering = ("check_code", "id")
        constraints = (
            models.UniqueConstraint(fields=("key", "year", "is_simulated"), name="alignment_finding_once"),
        )
        indexes = (
            models.Index(
                fields=("is_simulated", "year", "check_code", "state"), name="alignment_finding_state"
            ),
        )


class ProgrammeEvent(models.Model):
    """Somebody changed something: what it was before and after, and why. Append-only.

    `subject` is what it is about (`core.Subject`), `act` what was done (`core.Act`); `message_id` is made by
    the client: the same one twice is nothing.
    """

    subject = models.CharField(max_length=16)
    subject_uid = models.UUIDField()
    act = models.CharField(max_length=24)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    message_id = models.UUIDField(unique=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        """In the order in which they were made."""

        ordering = ("id",)
        indexes = (models.Index(fields=("subject", "subject_uid"), name="programme_event_subject"),)
